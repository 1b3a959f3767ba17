"""What staffings achieve on replications that no search has seen, all on the same luck."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.staffing.judging import Aim, achieved, each, meets
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.reading import Reading
from sim.experiments.staffing.results import Amount, Contender, Kept
from sim.experiments.staffing.targets import LOST, WAIT, Target
from sim.statistics.estimate import Estimates, Statistic, intervals, means, ratios
from sim.statistics.paired import difference
from sim.tables.tables import Floats


@dataclass(frozen=True, eq=False)
class Entry:
    """A staffing and what was simulated of it."""

    name: str
    kind: str
    factor: float
    reading: Reading


def contenders(aim: Aim, pattern: Pattern, entries: Sequence[Entry]) -> tuple[Contender, ...]:
    """All staffings, told beside the first of them."""
    ours = _cost(aim, pattern, entries[0].reading)
    return tuple(
        Contender.model_validate(
            {
                "name": entry.name,
                "kind": entry.kind,
                "factor": entry.factor,
                "paid_hours": float(entry.reading.paid.mean()) / pattern.weeks,
                "staffing_cost": _amount(_per_week(entry.reading.team_cost, pattern)),
                "economic_cost": _amount(_per_week(entry.reading.economic, pattern)),
                "dearer": amount(intervals(difference(_cost(aim, pattern, entry.reading), ours))),
                "targets": (kept := [_kept(one, pattern, entry.reading) for one in aim.targets]),
                "keeps": all(one.missed == 0 for one in kept),
            }
        )
        for entry in entries
    )


def amount(estimates: Estimates, nth: int = 0) -> Amount:
    """One of some estimates."""
    one = estimates.row(nth)
    return Amount(mean=one.mean, low=one.low, high=one.high)


def by_interval(measure: str, pattern: Pattern, reading: Reading) -> Estimates:
    """A measure's long-run value in each interval."""
    tops, bottoms = pattern.pooled(reading.tops[measure]), pattern.pooled(reading.bottoms[measure])
    return intervals(ratios(tops, bottoms))


def _cost(aim: Aim, pattern: Pattern, reading: Reading) -> Statistic:
    return _per_week(reading.team_cost if aim.targets else reading.economic, pattern)


def _per_week(amounts: Floats, pattern: Pattern) -> Statistic:
    return means(amounts[:, np.newaxis] / pattern.weeks)


def _amount(statistic: Statistic) -> Amount:
    return amount(intervals(statistic))


def _kept(target: Target, pattern: Pattern, reading: Reading) -> Kept:
    found = intervals(achieved(target, pattern, reading))
    known = np.flatnonzero(np.isfinite(found.mean))
    within = meets(target, found.mean[known])
    edge = found.high if target.is_floor else found.low
    sure = np.isfinite(edge[known]) & ~meets(target, edge[known])
    order = found.mean[known] if target.is_floor else -found.mean[known]
    worst = int(known[order.argmin()]) if len(known) else 0
    values, place = each(target, pattern, reading)
    lived = np.isfinite(values)
    good = meets(target, values)
    shares = [float(good[own].mean()) for nth in known if (own := lived & (place == nth)).any()]
    return Kept(
        target=target.said(),
        measure=target.measure,
        unit="s" if target.measure == WAIT else "customers" if target.measure == LOST else "share",
        bound=target.bound,
        period=target.period,
        periods=len(known),
        kept=int(within.sum()),
        missed=int(sure.sum()),
        worst=label(target, pattern, worst),
        value=amount(found, worst),
        probability=_share(int(good[lived].sum()), int(lived.sum())),
        lived=int(lived.sum()),
        least=min(shares, default=None),
    )


def label(target: Target, pattern: Pattern, nth: int) -> str:
    """What a period is called: "mon 09:30", "tue, wed", or nothing for the week."""
    if target.period == "interval":
        return f"{', '.join(pattern.days(nth))} {pattern.clock(nth)}"
    if target.period == "day":
        inside = np.flatnonzero(pattern.group == nth)
        return ", ".join(pattern.days(int(inside[0]))) if len(inside) else ""
    return ""


def _share(good: int, of: int) -> Amount:
    """A share with its 95 % interval (Wilson 1927, "Probable inference")."""
    if not of:
        return Amount(mean=None, low=None, high=None)
    from scipy.stats import binomtest

    ends = binomtest(good, of).proportion_ci(0.95, method="wilson")
    return Amount(mean=good / of, low=float(ends.low), high=float(ends.high))
