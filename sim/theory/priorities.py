"""Two classes of callers, the first of which is served first: M/M/n with priorities.

Both arrive in Poisson streams and are served for exponential times of the same mean by the same
agents; a talk is never interrupted; within a class first come, first served, with endless patience.
Rates are per second, times in seconds.
"""

import math
from dataclasses import dataclass

from sim.theory.erlang import check_limit, check_positive, check_queue, erlang_c


@dataclass(frozen=True)
class Classes:
    """Steady state of both classes. p_wait: share of calls that wait, the same in both. mean_wait:
    of the first and of the second class, seconds, zero waits included. within: the limit T.
    p_later: share who wait longer than T, of each class."""

    p_wait: float
    mean_wait: tuple[float, float]
    within: float
    p_later: tuple[float, float]


def two_classes(
    *, agents: int, first_rate: float, second_rate: float, mean_service: float, within: float = 20.0
) -> Classes:
    """Waits of both classes; `within` is the limit T in seconds.

    Source: Cobham (1954), "Priority assignment in waiting line problems"; Kella and Yechiali
    (1985), "Waiting times in the non-preemptive priority M/M/c queue", Stochastic Models 1. While
    all agents are busy, one becomes free at the rate m = agents / mean service. Whoever waits, and
    that is as likely as in Erlang C, waits

    - in the first class as in M/M/1 with the rates of that class and m: exponentially, at the rate
      m - first rate;
    - in the second class for all calls ahead and for all of the first class that come meanwhile:
      with L calls waiting already, P(L = l) = (1 - r) r^l and r = (first + second rate) / m, for
      the time in which a chain that goes up at the first rate and down at the rate m falls from
      L + 1 to 0. Its mean is 1 / (m (1 - r) (1 - first rate / m)).

    Raises ValueError as erlang_c does, and for a load of the agents' number or more.
    """
    check_positive("first_rate", first_rate)
    check_positive("second_rate", second_rate)
    rate = first_rate + second_rate
    check_queue(agents, rate, mean_service)
    check_limit(within)
    free = agents / mean_service
    if rate >= free:
        raise ValueError(f"{agents} agents cannot serve {rate * mean_service:g} erlangs")
    p_wait = erlang_c(agents=agents, arrival_rate=rate, mean_service=mean_service).p_wait
    first_mean = 1.0 / (free - first_rate)
    return Classes(
        p_wait=p_wait,
        mean_wait=(p_wait * first_mean, p_wait * first_mean / (1.0 - rate / free)),
        within=within,
        p_later=(
            p_wait * math.exp(-(free - first_rate) * within),
            p_wait * _still_above_zero(first_rate, free, rate / free, within),
        ),
    )


def _still_above_zero(up: float, down: float, ratio: float, time: float) -> float:
    """The share of chains that have not reached 0 by a time, begun geometrically from 1 on, by the
    chain's Kolmogorov equations."""
    import numpy as np
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import expm_multiply

    # Up to where the beginning, and what may come to it, is below the rounding of 1.
    most = (
        math.ceil(math.log(1e-16) / math.log(ratio)) + math.ceil(10.0 * math.sqrt(up * time)) + 20
    )
    begin = (1.0 - ratio) * ratio ** np.arange(most)
    chain = diags_array(
        [np.full(most, -up - down), np.full(most - 1, up), np.full(most - 1, down)],
        offsets=[0, -1, 1],
    )
    return float(expm_multiply(chain.tocsr() * time, begin).sum())
