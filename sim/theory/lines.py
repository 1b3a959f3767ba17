"""Queues with few telephone lines: M/M/n/K and, with impatient callers, M/M/n/K+M.

Calls arrive in a Poisson stream; whoever finds all K lines taken is blocked, everybody else waits
first come, first served, for agents with exponential service times, and hangs up when an
exponential patience ends. Rates are per second, times in seconds.
"""

import math
from dataclasses import dataclass

from sim.theory.chain import race
from sim.theory.erlang import check_limit, check_queue


@dataclass(frozen=True)
class FiniteLines:
    """Steady state of M/M/n/K+M. Times in seconds, zero waits included.

    p_blocked: share of calls blocked. All other shares and times are of the calls that are not.
    p_wait: not answered at once. p_abandon: hung up. mean_wait: of all, until answered or hung up;
    mean_wait_answered: of the answered. within: the limit T. p_answered_within,
    p_abandoned_within: answered, or hung up, after a wait of at most T. occupancy: share of the
    agents' time spent serving.
    """

    p_blocked: float
    p_wait: float
    p_abandon: float
    mean_wait: float
    mean_wait_answered: float
    within: float
    p_answered_within: float
    p_abandoned_within: float
    occupancy: float


def finite_lines(
    *,
    agents: int,
    lines: int,
    arrival_rate: float,
    mean_service: float,
    mean_patience: float = math.inf,
    within: float = 20.0,
) -> FiniteLines:
    """Blocking, waits and abandonment; `lines` is K, the calls being served included.

    Source: the birth-and-death equations of M/M/c/K (Gross, Shortle, Thompson and Harris 2008,
    Fundamentals of Queueing Theory, chapter 2), with departures at the rate of the agents who are
    busy and, while callers wait, of their patience (Riordan 1962, Stochastic Service Systems,
    chapter 6). Calls find the states as they are over time; those who wait run the race of
    `chain.race`.

    Raises ValueError for fewer than one agent, for fewer lines than agents, for a rate or time that
    is not positive and finite (patience may be endless), and for a negative or undefined limit.
    """
    check_queue(agents, arrival_rate, mean_service)
    check_limit(within)
    if lines < agents:
        raise ValueError(f"lines must be at least the {agents} agents, not {lines}")
    if not mean_patience > 0.0:
        raise ValueError(f"mean_patience must be positive, not {mean_patience}")
    import numpy as np

    calls = np.arange(lines + 1)
    busy, waiting = np.minimum(calls, agents), np.maximum(calls - agents, 0)
    departing = busy / mean_service + waiting / mean_patience
    logs = np.append(0.0, np.cumsum(math.log(arrival_rate) - np.log(departing[1:])))
    states = np.exp(logs - logs.max())
    states /= states.sum()

    found = states[:-1] / states[:-1].sum()
    at_once, ahead = float(found[:agents].sum()), found[agents:]
    ends = race(lines - agents, agents / mean_service, 1.0 / mean_patience, within)
    answered = at_once + float(ahead @ ends.answered)
    return FiniteLines(
        p_blocked=float(states[-1]),
        p_wait=float(ahead.sum()),
        p_abandon=float(ahead @ (1.0 - ends.answered)),
        mean_wait=float(ahead @ ends.wait),
        mean_wait_answered=float(ahead @ ends.wait_answered) / answered,
        within=within,
        p_answered_within=at_once + float(ahead @ ends.answered_within),
        p_abandoned_within=float(ahead @ ends.abandoned_within),
        occupancy=float(states @ busy) / agents,
    )
