"""Where the verdict turns on one lever."""

import math
from collections.abc import Callable, Sequence

from sim.experiments.turning.crossing import Crossing, Seen, crossings, seen, straight
from sim.experiments.turning.lever import Lever
from sim.experiments.turning.response import Response
from sim.experiments.turning.results import Gap, Root, Turn
from sim.statistics.estimate import Statistic
from sim.statistics.paired import difference

_FINE = 33
"""Numbers at which an exact response is read off."""


def turn_of(
    lever: Lever,
    response: Response,
    names: Sequence[str],
    best: int,
    sign: float,
    numbers: Sequence[float],
) -> Turn:
    """Where each other strategy comes to the same as the one in question.

    best: the one in question. sign: 1 where less is better, -1 where more is. numbers: those at
    which a response that must be simulated is read off first.
    """
    course = _Course(lever, response, best)
    at_first = _evenly(lever, _FINE) if response.exact else sorted(set(numbers))
    course.read(at_first)
    rivals = [nth for nth in range(len(names)) if nth != best]
    roots: list[Root] = []
    for rival in rivals:
        for one in course.roots(rival):
            better, worse = names[rival], names[best]
            below, above = (better, worse) if one.rising == (sign > 0.0) else (worse, better)
            roots.append(
                Root(
                    value=one.value,
                    low=one.low,
                    high=one.high,
                    rival=names[rival],
                    below=below,
                    above=above,
                )
            )
    roots.sort(key=lambda root: _distance(lever, root.value))
    shown = names.index(roots[0].rival) if roots else min(rivals, key=course.closest)
    return Turn(
        path=lever.path,
        unit=lever.unit,
        now=lever.now,
        low=lever.low,
        high=lever.high,
        given=lever.given,
        exact=response.exact,
        roots=tuple(roots),
        rival=names[shown],
        gaps=tuple(map(gap_of, course.points(shown))),
    )


def gap_of(one: Seen) -> Gap:
    """A difference at one number, as it is told."""
    known = math.isfinite(one.half)
    return Gap(
        at=one.at,
        mean=one.mean,
        low=one.mean - one.half if known else None,
        high=one.mean + one.half if known else None,
    )


def first_numbers(lever: Lever, many: int) -> list[float]:
    """So many numbers over the range, and the one in force."""
    return sorted({*_evenly(lever, many), lever.now})


def _evenly(lever: Lever, many: int) -> list[float]:
    """Evenly over the range; factors by equal ratios."""
    shares = [nth / (many - 1) for nth in range(many)]
    if lever.is_factor and lever.low > 0.0:
        ratio = lever.high / lever.low
        return [lever.low * ratio**share for share in shares]
    return [lever.low + share * (lever.high - lever.low) for share in shares]


def _distance(lever: Lever, value: float) -> float:
    """How far a value is from the one in force, as a share of it or, of 0, of the range."""
    return abs(value - lever.now) / (abs(lever.now) or lever.high - lever.low)


class _Course:
    """What has been read off so far."""

    def __init__(self, lever: Lever, response: Response, best: int) -> None:
        self._lever, self._response, self._best = lever, response, best
        self._known: dict[float, list[Statistic]] = {}

    def read(self, numbers: Sequence[float]) -> None:
        """Read the response off at numbers, all at once."""
        new = [number for number in numbers if number not in self._known]
        self._known |= dict(zip(new, self._response.at(new), strict=True))

    def difference(self, number: float, rival: int) -> Statistic:
        """Of a rival to the strategy in question."""
        self.read([number])
        statistics = self._known[number]
        return difference(statistics[rival], statistics[self._best])

    def points(self, rival: int) -> list[Seen]:
        """The difference wherever it has been read off."""
        return [seen(number, self.difference(number, rival)) for number in sorted(self._known)]

    def closest(self, rival: int) -> float:
        """The least difference to a rival, by size."""
        return min(abs(one.mean) for one in self.points(rival))

    def roots(self, rival: int) -> list[Crossing]:
        """Where a rival comes to the same."""
        if self._response.exact:
            found = self._straight(rival)
            if found is not None:
                return found
        more: Callable[[float], Seen] = lambda number: seen(number, self.difference(number, rival))  # noqa: E731
        found, _ = crossings(self.points(rival), more, self._response.exact)
        return found

    def _straight(self, rival: int) -> list[Crossing] | None:
        """The root of a difference that is a straight line, if it lies where numbers may lie; None
        if it is no line."""
        numbers = sorted(self._known)
        low, high = numbers[0], numbers[-1]
        middle = (low + high) / 2.0
        ends = (self.difference(low, rival), self.difference(middle, rival))
        far = self.difference(high, rival)
        size = max(abs(float(one.value[0])) for one in (*ends, far))
        if size and abs(float(far.value[0] - ends[0].value[0])) <= 1e-12 * size:
            return []
        root = straight(low, high, *ends, far)
        if root is None:
            return None
        return [root] if root.value > 0.0 else []
