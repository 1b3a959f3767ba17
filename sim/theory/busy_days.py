"""Days of different busyness: Erlang A whose rate of calls is gamma-mixed from day to day.

Each day has a gamma factor of mean 1 of its own; given it, calls arrive in a Poisson stream all
day. Rates are per second, times in seconds.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.theory.erlang import check_positive, check_queue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BusyDays:
    """Over days that begin empty. calls: of a day, as a mean; calls_sd: their standard deviation.

    p_abandon: abandoned by the end of the day, of all calls, so that a busy day weighs more.
    mean_waiting: calls waiting, of an average day, in which a busy day weighs like a quiet one.
    occupancy: share of the agents' time spent serving, likewise.
    """

    calls: float
    calls_sd: float
    p_abandon: float
    mean_waiting: float
    occupancy: float


def busy_days(
    *,
    agents: int,
    arrival_rate: float,
    mean_service: float,
    mean_patience: float,
    cv: float,
    seconds: float,
) -> BusyDays:
    """`cv`: coefficient of variation of the factor; `seconds`: length of a day.

    Source: the calls of a day are negative binomial (Greenwood and Yule 1920), with the variance
    m + (cv m)^2 at the mean m; the other figures are those of a day given its factor, by
    Kolmogorov's equations from the empty centre on, integrated over the gamma density (Jongbloed
    and Koole 2001, "Managing uncertainty in call centres using Poisson mixtures").

    Raises ValueError as erlang_a does, and for a cv that is not positive and finite.
    """
    check_queue(agents, arrival_rate, mean_service)
    for name, value in (("mean_patience", mean_patience), ("cv", cv), ("seconds", seconds)):
        check_positive(name, value)
    import numpy as np
    from scipy.stats import gamma

    factor = gamma(cv**-2, scale=cv**2)
    low, high = factor.ppf(1e-12), factor.isf(1e-12)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    factors = low + (high - low) * (nodes + 1.0) / 2.0
    shares = weights * (high - low) / 2.0 * factor.pdf(factors)
    waiting, busy = shares @ [
        _one_day(agents, arrival_rate * f, mean_service, mean_patience, seconds) for f in factors
    ]
    calls = arrival_rate * seconds
    return BusyDays(
        calls=calls,
        calls_sd=math.sqrt(calls + (cv * calls) ** 2),
        p_abandon=float(waiting) / mean_patience / calls,
        mean_waiting=float(waiting) / seconds,
        occupancy=float(busy) / (agents * seconds),
    )


def _one_day(
    agents: int, rate: float, mean_service: float, mean_patience: float, seconds: float
) -> "Floats":
    """The time spent waiting, and the time spent serving, of a day that begins empty."""
    import numpy as np
    from scipy.linalg import expm

    reach = rate * max(mean_service, mean_patience)
    calls = np.arange(math.ceil(reach + 8.0 * math.sqrt(reach) + 15.0) + agents)
    busy, waiting = np.minimum(calls, agents), np.maximum(calls - agents, 0)
    size = len(calls)
    whole = np.zeros((size + 2, size + 2))  # the last two columns add up what is spent
    whole[calls[:-1], calls[1:]] = rate
    whole[calls[1:], calls[:-1]] = (busy / mean_service + waiting / mean_patience)[1:]
    whole[calls, calls] = -whole.sum(axis=1)[:size]
    whole[:size, size], whole[:size, size + 1] = waiting, busy
    return np.asarray(expm(whole * seconds)[0, size:], dtype=np.float64)
