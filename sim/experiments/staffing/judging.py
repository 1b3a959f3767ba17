"""Whether plans achieve what they have to, how far they are from it, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.staffing.pattern import WEEK, Pattern
from sim.experiments.staffing.reading import Reading
from sim.experiments.staffing.targets import LOST, Target
from sim.statistics.estimate import Statistic, means, ratios, standard_errors
from sim.tables.tables import Floats, Ints

SURE = 1.0
"""Standard errors by which a plan has to keep a target while it is looked for: what is just kept by
luck is missed on the next replications half of the time."""


@dataclass(frozen=True)
class Aim:
    """What is looked for: the least staffing cost that keeps the targets, or without targets the
    least total economic cost."""

    targets: tuple[Target, ...]
    price: float
    """Of an agent hour of the staffing table; 1 if the team has no pay."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """How a plan is judged on some replications."""

    shortfall: float
    """Sum over the targets and their periods of how far each is missed, as a share of its bound."""
    cost: float
    """Per week: of the staffing, or the total economic cost."""
    costs: Floats
    """The same by replication."""
    short: Floats
    """Shortfall of the targets by interval, for each interval."""

    @property
    def keeps(self) -> bool:
        """Whether all targets are kept."""
        return bool(self.shortfall <= 0.0)

    def beats(self, other: "Verdict") -> bool:
        """Whether it is nearer to the targets, or cheaper beyond luck where neither misses more."""
        if self.shortfall != other.shortfall:
            return bool(self.shortfall < other.shortfall)
        gain = other.costs - self.costs
        if len(gain) < 2 or np.ptp(gain) == 0.0:
            return bool(gain[0] > 0.0)
        return bool(gain.mean() > gain.std(ddof=1) / len(gain) ** 0.5)

    @property
    def rank(self) -> tuple[float, float]:
        """The lower is better."""
        return max(0.0, self.shortfall), self.cost


def judged(aim: Aim, pattern: Pattern, plan: Ints, reading: Reading, sure: float = SURE) -> Verdict:
    """A plan's verdict; it must keep its targets by so many standard errors."""
    shortfall, short = 0.0, np.zeros(pattern.size)
    for target in aim.targets:
        missed = _missed(target, achieved(target, pattern, reading), sure)
        shortfall += float(missed.sum())
        if target.period == "interval":
            short += missed
    if aim.targets:
        costs = np.full(reading.replications, aim.price * pattern.hours(plan))
    else:
        costs = reading.economic / pattern.weeks
    return Verdict(shortfall, float(costs.mean()), costs, short)


def achieved(target: Target, pattern: Pattern, reading: Reading) -> Statistic:
    """The long-run value of a target's measure in each of its periods: the intervals of the plan,
    the kinds of day, or the week. NaN where nobody calls."""
    if target.measure == LOST:
        return means(reading.lost[:, np.newaxis] / pattern.weeks)
    tops, bottoms = (of[target.measure] for of in (reading.tops, reading.bottoms))
    return ratios(*(periods(target, pattern, pattern.pooled(own)) for own in (tops, bottoms)))


def periods(target: Target, pattern: Pattern, by_interval: Floats) -> Floats:
    """Sums over the intervals (R x intervals) of each period (R x periods)."""
    if target.period == "interval":
        return by_interval
    if target.period == "week":
        return np.asarray(by_interval.sum(axis=1, keepdims=True))
    kinds = [by_interval[:, pattern.group == nth].sum(axis=1) for nth in range(pattern.groups)]
    return np.stack(kinds, axis=1)


def each(target: Target, pattern: Pattern, reading: Reading) -> tuple[Floats, Ints]:
    """The value of each period that was lived, one by one (a day in one replication, say), and the
    number of the long-run period that it is one of. NaN where nobody called."""
    if target.measure == LOST:
        return reading.lost / pattern.weeks, np.zeros(reading.replications, dtype=int)
    tops, bottoms = (of[target.measure] for of in (reading.tops, reading.bottoms))
    groups = pattern.group_of[pattern.weekday_of_day]
    if target.period == "interval":
        day, place = np.nonzero(groups[:, np.newaxis] == pattern.group)
        tops, bottoms = (own[:, day, pattern.slot[place]] for own in (tops, bottoms))
    elif target.period == "day":
        place = groups
        tops, bottoms = (own.sum(axis=2) for own in (tops, bottoms))
    else:
        days = len(groups)
        length = WEEK if days % WEEK == 0 else days
        place = np.zeros(days // length, dtype=int)
        shape = (reading.replications, days // length, -1)
        tops, bottoms = (own.reshape(shape).sum(axis=2) for own in (tops, bottoms))
    values = np.divide(tops, bottoms, out=np.full(tops.shape, np.nan), where=bottoms > 0.0)
    return values.ravel(), np.tile(place, reading.replications)


def meets(target: Target, values: Floats) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """Whether values keep the bound."""
    return values >= target.bound if target.is_floor else values <= target.bound


def _missed(target: Target, statistic: Statistic, sure: float) -> Floats:
    """By how much each period misses its bound, as a share of it; 0 where it is kept."""
    error = np.nan_to_num(standard_errors(statistic)) * sure
    beyond = statistic.value - target.bound
    beyond = (-beyond if target.is_floor else beyond) + error
    return np.maximum(0.0, np.nan_to_num(beyond)) / target.bound


def best(verdicts: Sequence[Verdict]) -> int:
    """The number of the best of some verdicts."""
    return min(range(len(verdicts)), key=lambda nth: verdicts[nth].rank)
