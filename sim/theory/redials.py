"""Abandonment with redials: Erlang A in which some of those who hang up call again.

New calls arrive in a Poisson stream; agents serve for exponential times; an exponential patience
ends the wait of those who are not answered; of these a share calls again after an exponential time
in the orbit. Rates are per second, times in seconds.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sim.theory.chain import race, steady_state
from sim.theory.erlang import check_limit, check_positive, check_queue

Place = tuple[int, int]
"""How many are in the centre, and how many in the orbit."""


@dataclass(frozen=True)
class Redialled:
    """Steady state. Shares and times of all calls, redials included.

    calls_per_issue: new calls and redials per new call. p_abandon: share hung up; p_abandon_first:
    of the new calls alone. mean_wait: until answered or hung up, zero waits included.
    within: the limit T. p_answered_within: answered after a wait of at most T.
    occupancy: share of the agents' time spent serving.
    """

    calls_per_issue: float
    p_abandon: float
    p_abandon_first: float
    mean_wait: float
    within: float
    p_answered_within: float
    occupancy: float


def redials(
    *,
    agents: int,
    arrival_rate: float,
    mean_service: float,
    mean_patience: float,
    redialling: float,
    mean_delay: float,
    within: float = 20.0,
) -> Redialled:
    """`redialling`: the probability of calling again after hanging up, however often before;
    `mean_delay`: of the time until then.

    Source: the two-dimensional Markov chain of those in the centre and those in the orbit (Falin
    and Templeton 1997, Retrial Queues, chapter 2; Mandelbaum, Massey, Reiman and Rider 1999,
    "Time varying multiserver queues with abandonments and retrials"), solved as it stands, up to
    numbers that are as good as never reached.

    Raises ValueError as erlang_a does, and for a probability outside 0 to below 1.
    """
    check_queue(agents, arrival_rate, mean_service)
    check_positive("mean_patience", mean_patience)
    check_positive("mean_delay", mean_delay)
    check_limit(within)
    if not 0.0 <= redialling < 1.0:
        raise ValueError(f"redialling must lie from 0 to below 1, not {redialling}")
    import numpy as np

    # No more can be there than if nobody were ever answered and everybody redialled as often.
    calls = arrival_rate / (1.0 - redialling)
    most = agents + _surely_below(calls * max(mean_patience, mean_service))
    most_in_orbit = _surely_below(redialling * calls * mean_delay)

    def flows(place: Place) -> Iterator[tuple[Place, float]]:
        here, orbit = place
        waiting = max(here - agents, 0)
        if here < most:
            yield (here + 1, orbit), arrival_rate
            if orbit:
                yield (here + 1, orbit - 1), orbit / mean_delay
        if here:
            gone_for_good = (here - waiting) / mean_service
            gone_for_good += (1.0 - redialling) * waiting / mean_patience
            yield (here - 1, orbit), gone_for_good
            if orbit < most_in_orbit:
                yield (here - 1, orbit + 1), redialling * waiting / mean_patience

    shares = steady_state((agents, 0), flows)
    here, orbit = np.array(list(shares)).T
    share = np.array(list(shares.values()))
    at_once, waiting = here < agents, np.maximum(here - agents, 0)
    ends = race(most - agents + 1, agents / mean_service, 1.0 / mean_patience, within)
    calling = share * (arrival_rate + orbit / mean_delay)
    total = float(calling.sum())
    mean_waiting = float(share @ waiting)
    return Redialled(
        calls_per_issue=total / arrival_rate,
        p_abandon=mean_waiting / mean_patience / total,
        p_abandon_first=float(share @ np.where(at_once, 0.0, 1.0 - ends.answered[waiting])),
        mean_wait=mean_waiting / total,
        within=within,
        p_answered_within=float(calling @ np.where(at_once, 1.0, ends.answered_within[waiting]))
        / total,
        occupancy=float(share @ np.minimum(here, agents)) / agents,
    )


def _surely_below(mean: float) -> int:
    """A number that a Poisson variable of this mean does not reach."""
    return math.ceil(mean + 8.0 * math.sqrt(mean) + 15.0)
