"""Queues in which callers lose patience: M/M/n+G, and Erlang A (M/M/n+M), its exponential case.

Calls arrive in a Poisson stream, are answered first come, first served by agents with exponential
service times, and hang up when their patience, of any law, ends before an agent answers. Rates are
per second, times in seconds.

Source: Baccelli and Hebuterne (1981), "On queues with impatient customers"; Zeltyn and Mandelbaum
(2005), "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue",
Queueing Systems 51. V, the wait of a caller of endless patience, has at x > 0 the density c g(x),
with

    g(x) = exp(h(x)),    h(x) = arrival rate E[min(patience, x)] - x agents / mean service,

and is 0 with probability c / (arrival rate B), B being Erlang's blocking of one agent fewer. A
caller is answered if the patience exceeds V, and hangs up when it ends otherwise.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from sim.theory.erlang import blocking, check_limit, check_positive, check_queue
from sim.theory.laws import Gamma, Law

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ServiceLevelRule = Literal["counted", "excluded", "met", "answered"]


@dataclass(frozen=True)
class Impatient:
    """Steady state of M/M/n+G. Shares are of all calls offered, times in seconds.

    p_wait: not answered at once. p_answered, p_abandon: how the wait ends. mean_wait: of all
    offered, until answered or abandoned; mean_wait_answered: of the answered (ASA); both with zero
    waits included; mean_wait_abandoned: of those who hang up, NaN if nobody does. within: the limit
    T. p_answered_within, p_abandoned_within: answered, or abandoned, after a wait of at most T;
    p_later: still waiting then. occupancy: share of the agents' time spent serving.
    """

    p_wait: float
    p_answered: float
    p_abandon: float
    mean_wait: float
    mean_wait_answered: float
    mean_wait_abandoned: float
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
) -> Impatient:
    """Erlang A: patience is exponential. `within` is the limit T in seconds.

    Source: see the module; the queue goes back to Palm (1946). Any load has a steady state. For
    endless patience use erlang_c.

    Raises ValueError for fewer than one agent, for a rate or time that is not positive and finite,
    and for a negative or undefined limit.
    """
    check_positive("mean_patience", mean_patience)
    return impatient(
        agents=agents,
        arrival_rate=arrival_rate,
        mean_service=mean_service,
        patience=Gamma(mean_patience),
        within=within,
    )


def impatient(
    *,
    agents: int,
    arrival_rate: float,
    mean_service: float,
    patience: Law,
    within: float = 20.0,
) -> Impatient:
    """Waits and abandonment of callers whose patience has any law; `within` is the limit T.

    Source: see the module. Patience of zero is answered if an agent is idle.

    Raises ValueError as erlang_a does, and if so many never hang up that the agents cannot serve
    them all: the queue then has no steady state.
    """
    check_queue(agents, arrival_rate, mean_service)
    check_limit(within)
    import numpy as np

    x, weights, top = _offered_waits(arrival_rate, agents / mean_service, patience, within)
    surviving, lasting = patience.surviving(x), patience.within(x)
    ended, in_time = 1.0 - surviving, x < within
    # Both shares are divided by exp(h) at its top, so that no overload overflows them.
    blocked = arrival_rate * blocking(agents - 1, arrival_rate * mean_service)
    at_once = math.exp(-top)
    c = blocked / (at_once + blocked * float(weights.sum()))
    p_at_once = at_once / (at_once + blocked * float(weights.sum()))

    p_answered = p_at_once + c * float(weights @ surviving)
    p_abandon = c * float(weights @ ended)
    p_wait_beyond = c * float(weights @ ~in_time)
    patient = float(patience.surviving(np.array([within]))[0])
    abandon_weight = float(weights @ ended)
    waited_abandoned = float(weights @ (lasting - x * surviving))
    return Impatient(
        p_wait=c * float(weights.sum()),
        p_answered=p_answered,
        p_abandon=p_abandon,
        mean_wait=c * float(weights @ lasting),
        mean_wait_answered=c * float(weights @ (x * surviving)) / p_answered,
        mean_wait_abandoned=waited_abandoned / abandon_weight if abandon_weight else math.nan,
        within=within,
        p_answered_within=p_at_once + c * float(weights @ (surviving * in_time)),
        p_abandoned_within=c * float(weights @ (ended * in_time)) + (1.0 - patient) * p_wait_beyond,
        p_later=patient * p_wait_beyond,
        occupancy=arrival_rate * p_answered * mean_service / agents,
    )


def _offered_waits(
    arrivals: float, drain: float, patience: Law, within: float
) -> tuple["Floats", "Floats", float]:
    """Points x and weights that make integrals of exp(h(x) - top) into sums, and top, the highest
    value of h, which is concave.

    They reach as far as exp(h - top) is above the rounding of its integral, in pieces on which h
    and the law are smooth, by Gauss-Legendre.
    """
    import numpy as np

    def slope(x: float) -> float:
        return arrivals * float(patience.surviving(np.array([x]))[0]) - drain

    def h(x: float) -> float:
        return arrivals * float(patience.within(np.array([x]))[0]) - drain * x

    falls_at = _first_beyond(lambda x: slope(x) < 0.0, 1.0 / drain)
    peak = _crossing(slope, 0.0, falls_at) if slope(0.0) > 0.0 else 0.0
    top = h(peak)
    start = 0.0
    if h(0.0) < top - _FALL:
        start = _crossing(lambda x: top - _FALL - h(x), 0.0, peak)
    low_at = peak + _first_beyond(lambda x: h(peak + x) < top - _FALL, 1.0 / drain)
    end = _crossing(lambda x: h(x) - top + _FALL, peak, low_at)

    bends = {0.0, peak, within, *patience.bends}
    # From each bend on, pieces that double in length: a law may be steep behind it.
    fine = {bend + (end - bend) * 2.0**-k for bend in bends if bend < end for k in range(40)}
    cuts = np.array([start, *sorted(x for x in bends | fine if start < x < end), end])
    nodes, node_weights = _gauss_legendre()
    lengths = np.diff(cuts)[:, np.newaxis]
    x = (cuts[:-1, np.newaxis] + lengths * nodes).ravel()
    height = np.exp(arrivals * patience.within(x) - drain * x - top)
    return x, (lengths * node_weights).ravel() * height, top


_FALL = 45.0
"""exp(-45) is below the rounding of 1."""


def _first_beyond(met: Callable[[float], bool], reach: float) -> float:
    """A distance at which a condition that holds from some point on is met, by doubling."""
    for _ in range(200):
        if met(reach):
            return reach
        reach *= 2.0
    raise ValueError("more callers never hang up than the agents can serve; there is no end to it")


def _crossing(falling: Callable[[float], float], positive: float, negative: float) -> float:
    """Where a function turns from positive to negative between two points, by bisection."""
    for _ in range(60):
        middle = 0.5 * (positive + negative)
        if falling(middle) > 0.0:
            positive = middle
        else:
            negative = middle
    return positive


@cache
def _gauss_legendre() -> tuple["Floats", "Floats"]:
    """Nodes and weights on 0 to 1."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(24)
    return 0.5 * (nodes + 1.0), 0.5 * weights
