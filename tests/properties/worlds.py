"""A scenario, what it demanded, and what happened, as rows that are quick to walk through."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from sim.codes import ROUTE
from sim.demand import Demand, demand_of
from sim.logs import Logs, Rows
from sim.rules.draws import uniform
from sim.rules.routing import CLASS, EVERYONE
from sim.tables.tables import Tables
from tests.properties import random_scenarios
from tests.zoo import zoo

Row = dict[str, Any]
Identity = tuple[int, int, int]


@dataclass(frozen=True)
class World:
    """A scenario in numbers, its demand, and what happened."""

    tables: Tables
    demand: Demand
    logs: Logs

    @cached_property
    def contacts(self) -> list[Row]:
        return rows_of(self.logs.contacts)

    @cached_property
    def issues(self) -> list[Row]:
        return rows_of(self.logs.issues)

    @cached_property
    def legs(self) -> dict[Identity, list[Row]]:
        """For each issue its legs, by attempt and leg."""
        legs = defaultdict(list)
        for row in sorted(self.contacts, key=lambda row: (row["attempt"], row["leg"])):
            legs[identity(row)].append(row)
        return dict(legs)


def rows_of(log: Rows) -> list[Row]:
    """The rows of a log as dictionaries."""
    return [dict(zip(log.dtype.names or (), row, strict=True)) for row in log.tolist()]


def identity(row: Row) -> Identity:
    """What names an issue."""
    return row["day"], row["origin"], row["ordinal"]


def draw(world: World, row: Row, purpose: int, attempt: int = 0, leg: int = 0) -> float:
    """The uniform for a purpose; of the issue itself if neither attempt nor leg is said."""
    demand = world.demand
    key = int(world.tables.origin_keys[row["origin"]])
    name = (key, row["day"], row["ordinal"], attempt, leg)
    return uniform(demand.seed, demand.replication, *name, purpose)


def of_leg(world: World, row: Row, purpose: int) -> float:
    """The uniform of a leg for a purpose."""
    return draw(world, row, purpose, row["attempt"], row["leg"])


def routes_of(world: World, row: Row) -> list[tuple[int, float, float]]:
    """The routes that a leg may take, by its draw: team, wait and length of the queue."""
    queues, queue = world.tables.queues, row["queue"]
    below = queues.cuts[queue] <= of_leg(world, row, ROUTE)
    rows = queues.routes[queue]
    mine = rows[np.isin(rows[:, CLASS], (EVERYONE, below.sum()))]
    return [(int(team), after, length) for team, after, length, _ in mine.tolist()]


def is_open(tables: Tables, queue: int, moment: float) -> bool:
    """Whether a queue is open at a moment."""
    opens, closes = tables.queues.opens[queue], tables.queues.closes[queue]
    return bool(((opens <= moment) & (moment < closes)).any())


@cache
def world_of(name: str | int, grain: float, engine: str) -> World:
    """A scenario of the zoo, or one made by chance, and what happens in it."""
    if isinstance(name, int):
        tables, seed = random_scenarios.tables(name, grain), name
        logs = random_scenarios.logs(name, grain, engine)
    else:
        tables, seed = zoo.tables(name, grain=grain), 1
        logs = zoo.logs(name, grain=grain, engine=engine)
    return World(tables, demand_of(tables, seed, 0), logs)
