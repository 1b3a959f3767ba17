"""Queues with endless patience whose service times are not exponential: M/G/1 and M/D/n.

Calls arrive in a Poisson stream and are served first come, first served. Rates are per second,
times in seconds.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.theory.erlang import check_limit, check_positive, check_queue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ROUNDING = 1e-9


@dataclass(frozen=True)
class OneAgent:
    """Steady state of M/G/1. p_wait: share of calls that wait; also the share of the agent's time
    spent serving. mean_wait: seconds, zero waits included."""

    p_wait: float
    mean_wait: float


@dataclass(frozen=True)
class ConstantService:
    """Steady state of M/D/n. p_wait: share of calls that wait. mean_wait: seconds, zero waits
    included. within: the limit T. p_later: share who wait longer than T."""

    p_wait: float
    mean_wait: float
    within: float
    p_later: float


def one_agent(*, arrival_rate: float, mean_service: float, mean_square: float) -> OneAgent:
    """Waits for one agent whose service times S have any law; `mean_square` is E[S^2].

    Source: Pollaczek (1930) and Khinchine (1932): E[W] = arrival rate E[S^2] / (2 (1 - load)), and
    a call waits with probability load = arrival rate E[S].

    Raises ValueError for a rate or a mean that is not positive and finite, for a mean square below
    the square of the mean, and for a load of 1 or more.
    """
    check_queue(1, arrival_rate, mean_service)
    if not mean_square >= mean_service**2 * (1.0 - _ROUNDING):
        raise ValueError(f"mean_square must be at least {mean_service**2:g}, not {mean_square:g}")
    load = arrival_rate * mean_service
    _check_load(load, 1)
    return OneAgent(load, arrival_rate * mean_square / (2.0 * (1.0 - load)))


def constant_service(
    *, agents: int, arrival_rate: float, service: float, within: float = 20.0
) -> ConstantService:
    """Waits for agents whose service always takes the same time; `within` is the limit T.

    Source: Crommelin (1932): whoever is in service at an instant has left D later, so the number of
    calls then is that of those who waited, plus a Poisson number of arrivals; its steady state is
    solved here as it stands. E[W] is E[waiting] / arrival rate (Little). Franx (2001), "A simple
    solution for the M/D/c waiting time distribution", Operations Research Letters 29:
    with Q(j) the probability that at most j wait and u = kD - t, for (k - 1) D <= t < kD,

        P(W <= t) = exp(-arrival rate u) sum over j < k agents of
                    Q(k agents - 1 - j) (arrival rate u)^j / j!

    Raises ValueError as erlang_b does, and for a load of the agents' number or more.
    """
    check_queue(agents, arrival_rate, service)
    check_limit(within)
    load = arrival_rate * service
    _check_load(load, agents)
    import numpy as np
    from scipy.stats import poisson

    calls = _calls_at_any_time(agents, load)
    number = np.arange(len(calls))
    waiting = np.maximum(number - agents, 0)
    at_most_waiting = np.cumsum(calls)[agents:]  # entry j: at most j wait
    k = math.floor(within / service) + 1
    j = np.arange(k * agents)
    place = np.minimum(k * agents - 1 - j, len(at_most_waiting) - 1)
    arriving = poisson.pmf(j, arrival_rate * (k * service - within))
    return ConstantService(
        p_wait=float(calls[agents:].sum()),
        mean_wait=float(calls @ waiting) / arrival_rate,
        within=within,
        p_later=1.0 - float(arriving @ at_most_waiting[place]),
    )


def _calls_at_any_time(agents: int, load: float) -> "Floats":
    """The probabilities of 0, 1, 2, ... calls in the system, as far as they matter."""
    import numpy as np
    from scipy.stats import poisson

    # Beyond all agents the tail falls by a factor tau per call: tau = exp(load (tau - 1) / agents).
    falls = 2.0 * (1.0 - load / agents)
    size = agents + math.ceil(40.0 / falls) + math.ceil(10.0 * math.sqrt(load)) + 20
    after = np.arange(size)
    left = np.maximum(after - agents, 0)  # those who waited, from each number of calls
    moves = poisson.pmf(after[:, np.newaxis] - left[np.newaxis, :], load)
    balance = moves - np.eye(size)
    balance[0] = 1.0
    total = np.zeros(size)
    total[0] = 1.0
    return np.asarray(np.linalg.solve(balance, total), dtype=np.float64)


def _check_load(load: float, agents: int) -> None:
    check_positive("load", load)
    if load >= agents:
        raise ValueError(f"{agents} agents cannot serve {load:g} erlangs; the queue has no end")
