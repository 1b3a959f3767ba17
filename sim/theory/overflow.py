"""Overflow between two teams: one queue, served at home and, from a length on, by helpers.

Calls arrive in a Poisson stream and wait first come, first served; each team has its own mean of
exponential service times; an exponential patience ends the wait of those who are not answered.
Rates are per second, times in seconds.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.theory.chain import steady_state
from sim.theory.erlang import blocking, check_positive, check_queue

Busy = tuple[int, int, int]
"""How many agents are busy at home, how many helpers are, and how many calls wait."""


@dataclass(frozen=True)
class Overflow:
    """Steady state. p_abandon: share of calls hung up. mean_wait: of all calls, seconds.
    p_helped: share of calls that the helpers answer. occupancy_home, occupancy_helpers: shares of
    the teams' time spent serving."""

    p_abandon: float
    mean_wait: float
    p_helped: float
    occupancy_home: float
    occupancy_helpers: float


def overflow(
    *,
    home: int,
    helpers: int,
    longer_than: int,
    arrival_rate: float,
    service_home: float,
    service_helpers: float,
    mean_patience: float,
) -> Overflow:
    """Helpers take the first in the line while more than `longer_than` are in it; with 0 the teams
    share one queue, in which an idle agent at home goes before an idle helper.

    service_home, service_helpers: mean service times, seconds.

    Source: the three-dimensional Markov chain of busy agents and waiting calls, solved as it stands
    up to a queue that is as good as never reached. Nobody waits while an agent at home is idle, and
    more than `longer_than` only while all helpers are busy.

    Raises ValueError for fewer than one agent at home, for fewer than none elsewhere, and for a
    rate or time that is not positive and finite.
    """
    check_queue(home, arrival_rate, service_home)
    check_positive("service_helpers", service_helpers)
    check_positive("mean_patience", mean_patience)
    if helpers < 0 or longer_than < 0:
        raise ValueError("helpers and longer_than must not be negative")
    import numpy as np

    reach = arrival_rate * mean_patience
    most = longer_than + math.ceil(reach + 8.0 * math.sqrt(reach) + 15.0)

    def flows(state: Busy) -> Iterator[tuple[Busy, float]]:
        at_home, helping, waiting = state
        if at_home < home:
            yield (at_home + 1, helping, 0), arrival_rate
        elif waiting + 1 > longer_than and helping < helpers:
            yield (home, helping + 1, waiting), arrival_rate
        elif waiting < most:
            yield (home, helping, waiting + 1), arrival_rate
        if waiting:
            yield (home, helping, waiting - 1), home / service_home + waiting / mean_patience
        else:
            yield (at_home - 1, helping, 0), at_home / service_home
        taken = waiting > longer_than
        yield (at_home, helping - (not taken), waiting - taken), helping / service_helpers

    shares = steady_state((home, 0, 0), flows)
    at_home, helping, waiting = np.array(list(shares.values())) @ np.array(list(shares))
    return Overflow(
        p_abandon=float(waiting) / mean_patience / arrival_rate,
        mean_wait=float(waiting) / arrival_rate,
        p_helped=float(helping) / service_helpers / arrival_rate,
        occupancy_home=float(at_home) / home,
        occupancy_helpers=float(helping) / helpers if helpers else 0.0,
    )


@dataclass(frozen=True)
class OverflowWithoutQueue:
    """Steady state. p_blocked: share of calls blocked. p_helped: share that the helpers answer."""

    p_blocked: float
    p_helped: float


def overflow_without_queue(
    *, home: int, helpers: int, arrival_rate: float, mean_service: float
) -> OverflowWithoutQueue:
    """Calls that find all agents at home busy go to the helpers, and are blocked if these are, too.

    Source: Erlang (1917): what overflows the home team is the load times its blocking, what
    overflows both the load times the blocking of both together (Wilkinson 1956, "Theories for toll
    traffic engineering in the U.S.A.", begins with this).

    Raises ValueError for fewer than one agent at home, for fewer than none elsewhere, and for a
    rate or time that is not positive and finite.
    """
    check_queue(home, arrival_rate, mean_service)
    if helpers < 0:
        raise ValueError("helpers must not be negative")
    load = arrival_rate * mean_service
    p_blocked = blocking(home + helpers, load)
    return OverflowWithoutQueue(p_blocked, blocking(home, load) - p_blocked)
