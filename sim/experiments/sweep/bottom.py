"""Where the bottom of a curve is, and how sure that is.

Every point is compared with every other on the same luck, all comparisons holding at once with
95 %. A point that another beats is not the best; those that none beats may be (the set of the
possibly best: Hsu 1984, Constrained simultaneous confidence intervals for multiple comparisons with
the best, Annals of Statistics 12). Since the intervals hold at once, choosing the best and then
telling by how much it is better spoils nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sim.statistics.estimate import Estimate, Statistic, student, within
from sim.statistics.paired import difference
from sim.statistics.simultaneous import errors_for_all

_MOST_PAIRS = 500
"""Beyond so many Bonferroni's bound is taken: random signs for all of them take long, and save
little."""
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Bottom:
    """The best of some points."""

    best: int
    possible: tuple[int, ...]
    """Points that may be the best, this one among them; all if nothing can be said."""
    errors: float
    """How many standard errors hold all comparisons at once."""


def bottom_of(statistics: Sequence[Statistic], sign: float) -> Bottom:
    """The best of points, each with one statistic on the same replications.

    sign: 1 where less is better, -1 where more is. Raises ValueError if no point has a value.
    """
    values = [sign * float(one.value[0]) for one in statistics]
    known = [nth for nth, value in enumerate(values) if np.isfinite(value)]
    if not known:
        raise ValueError("no point has a value")
    best = min(known, key=values.__getitem__)
    leads = {(i, j): difference(statistics[i], statistics[j]) for i, j in combinations(known, 2)}
    errors = _errors(list(leads.values()))
    beaten = set()
    for (i, j), lead in leads.items():
        estimate = within(lead, errors).row(0)
        if estimate.low is None or estimate.high is None:
            continue
        low, high = sorted((sign * estimate.low, sign * estimate.high))
        beaten |= {i} if low > 0.0 else {j} if high < 0.0 else set()
    return Bottom(best, tuple(nth for nth in known if nth not in beaten), errors)


def _errors(leads: Sequence[Statistic]) -> float:
    if not leads:
        return 0.0
    if len(leads) <= _MOST_PAIRS:
        return errors_for_all(leads, _CONFIDENCE)
    degrees = min(lead.degrees for lead in leads)
    return student(degrees, 1.0 - (1.0 - _CONFIDENCE) / len(leads))


def lies_between(
    numbers: Sequence[float], bottom: Bottom
) -> tuple[tuple[float, bool], tuple[float, bool]]:
    """From where to where the bottom of the whole curve lies, if the curve has one valley: between
    the last points on either side of those that may be the best, which it cannot lie beyond.

    Each end with whether the curve was followed so far; if not, the bottom may lie beyond the end.
    """
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    places = [place for place, nth in enumerate(order) if nth in bottom.possible]
    first, last = places[0], places[-1]
    low, high = max(first - 1, 0), min(last + 1, len(order) - 1)
    return (numbers[order[low]], first > 0), (numbers[order[high]], last < len(order) - 1)


def saved(at: Statistic, instead_of: Statistic, errors: float) -> Estimate:
    """By how much one point is below another; the interval holds at once with all others."""
    return within(difference(instead_of, at), errors).row(0)
