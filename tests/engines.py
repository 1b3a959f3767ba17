"""The engines under test, and a whole replication played on one of them."""

from dataclasses import fields
from importlib import import_module

import numpy as np

from sim.demand import Demand
from sim.logs import Logs

ENGINES = ("reference", "kernel")


def played(demand: Demand, engine: str = ENGINES[0]) -> Logs:
    """The logs of a whole replication, the days joined."""
    names = [field.name for field in fields(Logs)]
    batches = import_module(f"sim.engines.{engine}").run(demand)
    days = [Logs(**{name: getattr(day, name).copy() for name in names}) for day in batches]
    return Logs(**{name: np.concatenate([getattr(day, name) for day in days]) for name in names})
