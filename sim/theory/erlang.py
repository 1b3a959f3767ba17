"""Queues in which nobody loses patience: Erlang B and Erlang C.

Calls arrive in a Poisson stream and are served first come, first served, for exponential times
(Erlang B: for any times). Rates are per second, times in seconds. All sums run over positive terms
only, so the results keep their relative precision up to many thousands of agents.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class ErlangB:
    """Steady state of M/G/n/n: whoever finds all agents busy is blocked.

    p_blocked: share of calls blocked. occupancy: share of the agents' time spent serving.
    """

    p_blocked: float
    occupancy: float


@dataclass(frozen=True)
class ErlangC:
    """Steady state of M/M/n: everybody waits until answered.

    p_wait: share of calls that wait. mean_wait: seconds, zero waits included. within: the limit T
    in seconds. p_later: share who wait longer than T. occupancy: share of the agents' time spent
    serving. Where the load is not below the number of agents, the queue grows without end; the
    figures are then those it tends to: p_wait, p_later and occupancy 1, mean_wait infinite.
    """

    p_wait: float
    mean_wait: float
    within: float
    p_later: float
    occupancy: float

    @property
    def service_level(self) -> float:
        """Share answered within T. All rules agree, because nobody abandons."""
        return 1.0 - self.p_later


def erlang_b(*, agents: int, arrival_rate: float, mean_service: float) -> ErlangB:
    """Blocking of `agents` servers without a queue.

    Source: Erlang (1917), the loss formula, by the recursion B_k = a B_(k-1) / (k + a B_(k-1)) from
    B_0 = 1, a being the offered load (Cooper 1981, Introduction to Queueing Theory, chapter 3).

    Raises ValueError for fewer than one agent, or for a rate or time that is not positive and
    finite.
    """
    check_queue(agents, arrival_rate, mean_service)
    load = arrival_rate * mean_service
    p_blocked = blocking(agents, load)
    return ErlangB(p_blocked, load * (1.0 - p_blocked) / agents)


def erlang_c(
    *, agents: int, arrival_rate: float, mean_service: float, within: float = 20.0
) -> ErlangC:
    """Waits of `agents` servers whose callers have endless patience; `within` is T in seconds.

    Source: Erlang (1917), the delay formula. With a the offered load and B the blocking of
    erlang_b, P(wait) = n B / (n - a + a B), P(W > t) = P(wait) exp(-(n - a) t / mean service) and
    E[W] = P(wait) mean service / (n - a) (Cooper 1981, chapter 3).

    Raises ValueError as erlang_b does, and for a negative or undefined limit.
    """
    check_queue(agents, arrival_rate, mean_service)
    check_limit(within)
    load = arrival_rate * mean_service
    spare = agents - load
    if spare <= 0.0:
        return ErlangC(p_wait=1.0, mean_wait=math.inf, within=within, p_later=1.0, occupancy=1.0)
    blocked = blocking(agents, load)
    p_wait = agents * blocked / (spare + load * blocked)
    return ErlangC(
        p_wait=p_wait,
        mean_wait=p_wait * mean_service / spare,
        within=within,
        p_later=p_wait * math.exp(-spare * within / mean_service),
        occupancy=load / agents,
    )


def blocking(agents: int, load: float) -> float:
    """Erlang B for an offered load in erlangs, by the recursion of erlang_b; 1 for no agents."""
    blocked = 1.0
    for k in range(1, agents + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def check_queue(agents: int, arrival_rate: float, mean_service: float) -> None:
    """Raise ValueError unless there is an agent, and rate and time are positive and finite."""
    if agents < 1:
        raise ValueError(f"agents must be at least 1, not {agents}")
    check_positive("arrival_rate", arrival_rate)
    check_positive("mean_service", mean_service)


def check_positive(name: str, value: float) -> None:
    """Raise ValueError unless the value is positive and finite."""
    if not (value > 0.0 and math.isfinite(value)):
        raise ValueError(f"{name} must be positive and finite, not {value}")


def check_limit(within: float) -> None:
    """Raise ValueError unless the limit is zero seconds or more."""
    if not within >= 0.0:
        raise ValueError(f"within must be zero or more seconds, not {within}")
