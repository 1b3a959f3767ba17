"""Customers: who is there from the beginning, who joins, and who leaves of themselves."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.codes import BASE_LEAVES, JOINS
from sim.demand.order import on_ticks
from sim.jit import rule
from sim.rules.draws import uniform
from sim.tables.tables import Floats, Ints, Tables


@dataclass(frozen=True)
class Customers:
    """Everybody who is a customer at some time of a run, segment after segment."""

    segment: Ints
    joined: Floats
    """When, seconds; 0 for the initial base."""
    leaves: Floats
    """When they leave for reasons other than service; infinity if not within the run."""
    first: Ints
    """Index of each segment's first customer, and at the end the number of customers."""

    @cached_property
    def joining(self) -> tuple[Floats, Ints]:
        """Moments, rising, and customers who join then."""
        return _by_time(self.joined, self.joined > 0.0)

    @cached_property
    def leaving(self) -> tuple[Floats, Ints]:
        """Moments, rising, and customers who would leave of themselves then."""
        return _by_time(self.leaves, self.leaves < np.inf)


def customers_of(tables: Tables, seed: int, replication: int) -> Customers:
    """Everybody who is a customer at some time of a replication."""
    people, horizon = tables.people, tables.terms.calendar.horizon
    joined, leaves = [np.empty(0)], [np.empty(0)]
    sizes = []
    for segment, initial in enumerate(people.initial.tolist()):
        key = int(people.keys[segment])
        arrivals = _joining(seed, replication, key, people.join_rate[segment], horizon)
        since = np.concatenate([np.zeros(initial), on_ticks(arrivals, tables.grain)])
        joined.append(since)
        leaves.append(_leaving(seed, replication, key, people.leave_rate[segment], since))
        sizes.append(len(since))
    times = np.concatenate(leaves)
    within = times < horizon
    times = np.where(within, on_ticks(np.where(within, times, 0.0), tables.grain), np.inf)
    return Customers(
        segment=np.repeat(np.arange(len(sizes)), sizes),
        joined=np.concatenate(joined),
        leaves=times,
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


@rule(makes_arrays=True)
def _joining(seed: int, replication: int, key: int, rate: float, horizon: float) -> Floats:
    """The moments of a Poisson process of joiners."""
    moments = [0.0 for _ in range(0)]
    if rate > 0.0:
        moment = 0.0
        while True:
            u = uniform(seed, replication, key, 0, len(moments), 0, 0, JOINS)
            moment -= math.log(u) / rate
            if moment >= horizon:
                break
            moments.append(moment)
    return np.array(moments, dtype=np.float64)


@rule(makes_arrays=True)
def _leaving(seed: int, replication: int, key: int, rate: float, since: Floats) -> Floats:
    """When each customer leaves at a constant rate after joining."""
    leaves = np.full(len(since), np.inf)
    if rate > 0.0:
        for customer in range(len(since)):
            u = uniform(seed, replication, key, 0, customer, 0, 0, BASE_LEAVES)
            leaves[customer] = since[customer] - math.log(u) / rate
    return leaves


def _by_time(moments: Floats, chosen: npt.NDArray[np.bool_]) -> tuple[Floats, Ints]:
    who = np.flatnonzero(chosen)
    who = who[np.argsort(moments[who], kind="stable")]
    return moments[who], who
