"""Which strategy is best by a measure, and replications where that is open."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from sim.experiments.document import Place, headline_of
from sim.experiments.replicate import Outlook
from sim.experiments.replication import Figures
from sim.experiments.results import Choice, Rival, Strategy
from sim.experiments.sizes import Size
from sim.statistics.estimate import Statistic, intervals
from sim.statistics.paired import difference
from sim.statistics.selection import Knockout, probability_of_best

MORE_IS_BETTER = ("service level", "FCR")
"""Of the headline measures; of the others less is."""


class UntilChosen:
    """The goal of `replicate`: a strategy that is clearly behind another gets no more replications,
    until one is left (`sim.statistics.selection.Knockout`)."""

    def __init__(self, measure: str, places: Sequence[Mapping[str, Place]], zone: Size) -> None:
        self._measure, self._places, self._size = measure, places, zone
        self._sign = -1.0 if measure in MORE_IS_BETTER else 1.0
        self._contest: Knockout | None = None
        self.still = tuple(range(len(places)))
        """The strategies that may yet be the best."""
        self.zone: float | None = None
        """What does not matter, in the measure's unit; None before the first look."""

    def __call__(self, figures: Sequence[Sequence[Figures]]) -> Outlook:
        """Who goes on, and about how long."""
        found = [
            headline_of(self._places[one], figures[one], [self._measure], with_controls=False)
            for one in self.still
        ]
        statistics = [one[self._measure] for one in found]
        values = self._sign * np.array([one.value[0] for one in statistics])
        replications = len(figures[self.still[0]])
        if self._contest is None:
            self.zone = zone_of(self._size, values.tolist())
            if len(self.still) < 2 or not (np.isfinite(values).all() and self.zone > 0.0):
                return Outlook((), replications)
            self._contest = Knockout(statistics, self.zone)
        self.still = self._contest.left(values, self.still, replications)
        if len(self.still) == 1:
            return Outlook((), replications)
        return Outlook(self.still, self._contest.longest)


def zone_of(size: Size, values: Sequence[float]) -> float:
    """A difference that does not matter, in the unit of the values: a share is one of the base's,
    which comes first, or of the largest if that is zero."""
    return size.of(values[0] or max(map(abs, values)))


def choice_of(
    measure: str,
    strategies: Sequence[Strategy],
    places: Sequence[Mapping[str, Place]],
    figures: Sequence[Sequence[Figures]],
    *,
    indifference: Size | None = None,
    goal: UntilChosen | None = None,
) -> Choice | None:
    """Which strategy is best by a measure, the base being the first; None where nobody has a figure
    other than zero, or where they cannot be compared.

    goal: the contest that was fought, if one was; only those left in it can be the best.
    """
    sign = -1.0 if measure in MORE_IS_BETTER else 1.0
    told = [strategy.measure(measure) for strategy in strategies]
    means = [one.mean for one in told]
    if len({one.unit for one in told}) > 1 or None in means or not any(means):
        return None
    values = [sign * (mean or 0.0) for mean in means]
    best = min(goal.still if goal else range(len(strategies)), key=values.__getitem__)
    zone = zone_of(indifference, values) if indifference else 0.0
    if goal and goal.zone:
        zone = goal.zone

    def lead_of(other: int) -> Statistic:
        both = min(len(figures[best]), len(figures[other]))
        ours, theirs = (
            headline_of(places[one], figures[one][:both], [measure])[measure]
            for one in (best, other)
        )
        return difference(theirs, ours)

    leads = {other: lead_of(other) for other in range(len(strategies)) if other != best}
    signed = [Statistic(sign * one.value, one.pulls, "", one.spent) for one in leads.values()]
    probability = probability_of_best(signed, zone)
    rivals = sorted(
        (_rival(strategies[other].name, lead, sign, zone) for other, lead in leads.items()),
        key=lambda rival: sign * (rival.mean or 0.0),
    )
    return Choice(
        measure=measure,
        unit=told[0].unit,
        best=strategies[best].name,
        probability=None if np.isnan(probability) else probability,
        indifference=zone,
        rivals=tuple(rivals),
        contest="none" if goal is None else "decided" if len(goal.still) == 1 else "open",
    )


def _rival(name: str, lead: Statistic, sign: float, zone: float) -> Rival:
    estimate = intervals(lead).row(0)
    verdict: Literal["worse", "tie", "open"] = "open"
    if estimate.low is not None and estimate.high is not None:
        least, most = sorted((sign * estimate.low, sign * estimate.high))
        if most <= zone:
            verdict = "tie"
        elif least > 0.0:
            verdict = "worse"
    return Rival(
        strategy=name,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        replications=estimate.replications,
        verdict=verdict,
    )
