"""Where a difference becomes zero: its roots, each with an interval."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.statistics.estimate import Statistic, standard_errors, student
from sim.statistics.quotient import quotient

_ROUNDS = 5
"""Further simulations for a root, at most."""
_EXACT_ROUNDS = 100
_HIDDEN = 0.25
"""Of half the interval: a simulated difference that is nearer to zero is as good as zero."""
_STRAIGHT = 1e-9
"""Of the largest difference: so little off a straight line is straight."""

Difference = Callable[[float], Statistic]


@dataclass(frozen=True)
class Crossing:
    """Where a difference is zero; `low` and `high` bound the 95 % interval, None if it has no bound
    within the range that was tried."""

    value: float
    low: float | None
    high: float | None
    rising: bool
    """Whether the difference is below zero below it."""


@dataclass(frozen=True)
class Seen:
    """A difference at one number."""

    at: float
    mean: float
    half: float
    """Half of its 95 % interval; infinite with one replication."""


def seen(at: float, difference: Statistic) -> Seen:
    """What is seen of a difference at a number."""
    error = float(standard_errors(difference)[0])
    half = student(difference.degrees, 0.95) * error
    return Seen(at, float(difference.value[0]), math.inf if math.isnan(half) else half)


def straight(
    low: float, high: float, at_low: Statistic, at_middle: Statistic, at_high: Statistic
) -> Crossing | None:
    """The root of a difference that is a straight line, wherever it lies; None if the three points
    are on no line, or the line is level.

    The line is exact replication by replication, so its root is a quotient of two means, with
    Fieller's interval.
    """
    size = max(abs(float(one.value[0])) for one in (at_low, at_middle, at_high))
    bend = at_middle.value[0] - (at_low.value[0] + at_high.value[0]) / 2.0
    slope = Statistic(
        (at_high.value - at_low.value) / (high - low),
        (at_high.pulls - at_low.pulls) / (high - low),
        "slope",
    )
    if abs(bend) > _STRAIGHT * size or abs(slope.value[0]) * (high - low) <= _STRAIGHT * size:
        return None
    level = Statistic(
        low * slope.value - at_low.value, low * slope.pulls - at_low.pulls, "level at zero"
    )
    root = quotient(level, slope)
    if root.mean is None:
        return None
    return Crossing(root.mean, root.low, root.high, bool(slope.value[0] > 0.0))


def crossings(
    points: Sequence[Seen], more: Callable[[float], Seen], exact: bool
) -> tuple[list[Crossing], list[Seen]]:
    """All roots between the points that are there, and these with those that were added.

    more: the difference at a further number. A root between two points is closed in on until it is
    known, or, where every number must be simulated, until luck hides it or after a few rounds.
    """
    known = sorted(points, key=lambda one: one.at)
    found = []
    for first, second in itertools.pairwise(tuple(known)):
        if first.mean == 0.0 or (first.mean < 0.0) == (second.mean < 0.0):
            continue
        close = _closed_in(first, second, more, exact)
        if not exact:
            close += _at_the_ends(close[0], close[1], more, known)
        known = sorted({*known, *close}, key=lambda one: one.at)
        found.append((close[0], close[1], first.mean < 0.0))
    roots = []
    for left, right, rising in found:
        root = left.at - left.mean * (right.at - left.at) / (right.mean - left.mean)
        roots.append(Crossing(root, _end(known, root, -1), _end(known, root, 1), rising))
    return roots, known


def _closed_in(
    left: Seen, right: Seen, more: Callable[[float], Seen], exact: bool
) -> tuple[Seen, ...]:
    """The nearest points on either side of a root (Brent, 1973); then, if they had to be simulated,
    all others that were seen on the way."""
    from scipy.optimize import brentq

    met = {left.at: left, right.at: right}

    def gap(at: float) -> float:
        one = met[at] = met[at] if at in met else more(at)
        hidden = not exact and abs(one.mean) < _HIDDEN * one.half
        return 0.0 if hidden else one.mean

    brentq(gap, left.at, right.at, maxiter=_EXACT_ROUNDS if exact else _ROUNDS, disp=False)
    on_the_way = sorted(met.values(), key=lambda one: one.at)
    nearest = next(
        (one, other)
        for one, other in itertools.pairwise(on_the_way)
        if (one.mean < 0.0) != (other.mean < 0.0)
    )
    return nearest if exact else (*nearest, *on_the_way)


def _at_the_ends(
    left: Seen, right: Seen, more: Callable[[float], Seen], known: Sequence[Seen]
) -> tuple[Seen, ...]:
    """The difference about where its interval just touches zero: straight lines between points that
    are far apart would tell the ends badly."""
    slope = (right.mean - left.mean) / (right.at - left.at)
    root = left.at - left.mean / slope
    reach = 1.1 * max(left.half, right.half) / abs(slope)
    lowest, highest = known[0].at, known[-1].at
    ends = [end for end in (root - reach, root + reach) if lowest < end < highest]
    return tuple(more(end) for end in ends if math.isfinite(end))


def _end(known: Sequence[Seen], root: float, side: int) -> float | None:
    """Where the interval of the difference just touches zero, on one side of a root; None if it
    holds zero as far as was tried. Straight lines between the points."""
    beside = [one for one in known if side * (one.at - root) > 0.0]
    beside.sort(key=lambda one: side * one.at)
    last_at, last_gap = root, None
    for one in beside:
        gap = abs(one.mean) - one.half
        if last_gap is None:
            last_gap = -one.half if gap > 0.0 else gap
        if gap > 0.0:
            return last_at + (one.at - last_at) * last_gap / (last_gap - gap)
        last_at, last_gap = one.at, gap
    return None
