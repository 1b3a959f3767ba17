"""The engines under test, and a whole replication played on one of them."""

from dataclasses import fields
from importlib import import_module

import numpy as np

from sim.demand import Demand
from sim.logs import Logs
from sim.rules.routing import CLASS, EVERYONE, LONGER_THAN
from sim.tables.tables import Tables

ENGINES = ("reference", "kernel")


def engines_of(tables: Tables) -> tuple[str, ...]:
    """The engines that can play a scenario: the kernel knows no routes by share or length yet."""
    rows = np.concatenate(tables.queues.routes)
    plain = (rows[:, LONGER_THAN] == 0.0).all() and (rows[:, CLASS] == EVERYONE).all()
    return ENGINES if plain else ENGINES[:1]


def played(demand: Demand, engine: str = ENGINES[0]) -> Logs:
    """The logs of a whole replication, the days joined."""
    days = list(import_module(f"sim.engines.{engine}").run(demand))
    names = [field.name for field in fields(Logs)]
    return Logs(**{name: np.concatenate([getattr(day, name) for day in days]) for name in names})
