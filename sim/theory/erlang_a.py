"""Erlang A: the queue in which callers lose patience (M/M/n+M).

Calls arrive in a Poisson stream, are answered first come, first served by agents with exponential
service times, and hang up when an exponential patience ends before an agent answers. Rates are per
second, times in seconds.

Source: Baccelli and Hebuterne (1981), "On queues with impatient customers"; Zeltyn and Mandelbaum
(2005), "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue",
Queueing Systems 51. Both are for any patience; here it is exponential. V, the wait of a caller of
endless patience, has at x > 0 the density c g(x), with

    g(x) = exp(h(x)),    h(x) = arrival rate (1 - exp(-x / patience)) patience - x agents / service,

and is 0 with probability c / (arrival rate B), B being Erlang's blocking of one agent fewer. A
caller is answered if the patience exceeds V, and hangs up when it ends otherwise.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.theory.erlang import blocking, check_limit, check_positive, check_queue

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Weight = Callable[[Floats], Floats]

ServiceLevelRule = Literal["counted", "excluded", "met", "answered"]


@dataclass(frozen=True)
class ErlangA:
    """Steady state of M/M/n+M. Shares are of all calls offered, times in seconds.

    p_wait: not answered at once. p_answered, p_abandon: how the wait ends. mean_wait: of all
    offered, until answered or abandoned; mean_wait_answered: of the answered (ASA); both with zero
    waits included. within: the limit T. p_answered_within, p_abandoned_within: answered, or
    abandoned, after a wait of at most T; p_later: still waiting then. occupancy: share of the
    agents' time spent serving.
    """

    p_wait: float
    p_answered: float
    p_abandon: float
    mean_wait: float
    mean_wait_answered: float
    within: float
    p_answered_within: float
    p_abandoned_within: float
    p_later: float
    occupancy: float

    def service_level(self, rule: ServiceLevelRule = "counted") -> float:
        """Service level within T: A answered and B abandoned within T, of O offered.

        counted: A / O. excluded: A / (O - B). met: (A + B) / O. answered: A / all answered.
        Raises ValueError for any other rule.
        """
        match rule:
            case "counted":
                return self.p_answered_within
            case "excluded":
                return self.p_answered_within / (self.p_answered_within + self.p_later)
            case "met":
                return self.p_answered_within + self.p_abandoned_within
            case "answered":
                return self.p_answered_within / self.p_answered
        raise ValueError(f"no service-level rule {rule!r}: counted, excluded, met or answered")


def erlang_a(
    *,
    agents: int,
    arrival_rate: float,
    mean_service: float,
    mean_patience: float,
    within: float = 20.0,
) -> ErlangA:
    """Waits and abandonment of `agents` servers; `within` is the limit T in seconds.

    Source: see the module. Any load has a steady state. For endless patience use erlang_c.

    Raises ValueError for fewer than one agent, for a rate or time that is not positive and finite,
    and for a negative or undefined limit.
    """
    check_queue(agents, arrival_rate, mean_service)
    check_positive("mean_patience", mean_patience)
    check_limit(within)
    import numpy as np

    wait = _OfferedWait.of(arrival_rate, agents / mean_service, mean_patience)
    blocked = blocking(agents - 1, arrival_rate * mean_service)

    def still_patient(x: "Floats") -> "Floats":
        return np.exp(-x / mean_patience)

    def out_of_patience(x: "Floats") -> "Floats":
        return -np.expm1(-x / mean_patience)

    # Both weights are divided by exp(h) at its top, so that no overload overflows them.
    weight_at_once = math.exp(-wait.top)
    weight_waiting = arrival_rate * blocked * wait.area(np.ones_like)
    p_at_once = weight_at_once / (weight_at_once + weight_waiting)
    c = arrival_rate * blocked / (weight_at_once + weight_waiting)

    p_answered = p_at_once + c * wait.area(still_patient)
    p_abandon = c * wait.area(out_of_patience)
    p_wait_beyond = c * wait.area(np.ones_like, low=within)
    patience_ends = -math.expm1(-within / mean_patience)
    return ErlangA(
        p_wait=c * wait.area(np.ones_like),
        p_answered=p_answered,
        p_abandon=p_abandon,
        mean_wait=p_abandon * mean_patience,
        mean_wait_answered=c * wait.area(lambda x: x * still_patient(x)) / p_answered,
        within=within,
        p_answered_within=p_at_once + c * wait.area(still_patient, high=within),
        p_abandoned_within=(
            c * wait.area(out_of_patience, high=within) + patience_ends * p_wait_beyond
        ),
        p_later=math.exp(-within / mean_patience) * p_wait_beyond,
        occupancy=arrival_rate * p_answered * mean_service / agents,
    )


@dataclass(frozen=True)
class _OfferedWait:
    """The function h of the module, which is concave, and where exp(h) matters.

    h is highest at `peak`, with the value `top`, and lower by FALL at `start` and `end`, beyond
    which exp(h) is below the rounding of its integral.
    """

    arrivals: float
    drain: float
    patience: float
    peak: float
    top: float
    start: float
    end: float

    FALL: ClassVar[float] = 45.0

    @classmethod
    def of(cls, arrivals: float, drain: float, patience: float) -> "_OfferedWait":
        def h(x: float) -> float:
            return -arrivals * math.expm1(-x / patience) * patience - drain * x

        peak = max(0.0, math.log(arrivals / drain) * patience)
        floor = h(peak) - cls.FALL
        start = 0.0 if h(0.0) >= floor else _crossing(h, floor, below=0.0, above=peak)
        reach = 1.0 / drain
        while h(peak + reach) > floor:
            reach *= 2.0
        end = _crossing(h, floor, below=peak + reach, above=peak)
        return cls(arrivals, drain, patience, peak, h(peak), start, end)

    def area(self, weight: "Weight", low: float = 0.0, high: float = math.inf) -> float:
        """Integral of weight(x) exp(h(x) - top) from low to high, by Gauss-Legendre.

        Piece by piece between the bends of h: its peak, and the point after which the term
        exp(-x / patience) is spent and h falls in a straight line.
        """
        import numpy as np

        nodes, weights = _gauss_legendre()
        straight = min(self.peak + self.FALL * self.patience, self.end)
        area = 0.0
        for left, right in pairwise((self.start, self.peak, straight, self.end)):
            a, b = max(low, left), min(high, right)
            if a < b:
                x = a + (b - a) * nodes
                came = -self.arrivals * np.expm1(-x / self.patience) * self.patience
                height = np.exp(came - self.drain * x - self.top)
                area += (b - a) * float(np.sum(weights * weight(x) * height))
        return area


def _crossing(h: Callable[[float], float], floor: float, below: float, above: float) -> float:
    """Where h crosses `floor` between `below`, where it is lower, and `above`; by bisection."""
    for _ in range(40):
        middle = 0.5 * (below + above)
        if h(middle) > floor:
            above = middle
        else:
            below = middle
    return below


@cache
def _gauss_legendre() -> tuple["Floats", "Floats"]:
    """Nodes and weights on 0 to 1; 128 of them integrate a piece to about 1e-11."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(128)
    return 0.5 * (nodes + 1.0), 0.5 * weights
