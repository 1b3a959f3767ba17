"""Curves over values of a scenario, on the same customers and the same luck all along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.accounting.measures import Line
from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.criteria import criteria_of
from sim.experiments.document import (
    HEADLINE,
    about,
    headline_lines,
    headline_of,
    measure_of,
    places_of,
)
from sim.experiments.finding import ECONOMIC, OPERATING
from sim.experiments.points import Lot, PointsStopped, simulate_points
from sim.experiments.replicate import Progress, in_silence
from sim.experiments.replication import Figures
from sim.experiments.results import Difference, Measure
from sim.experiments.sweep.adaptive import next_number
from sim.experiments.sweep.axes import Axis, Spot, axes_of, loaded_at
from sim.experiments.sweep.bottom import bottom_of, lies_between, saved
from sim.experiments.sweep.design import spots_of
from sim.experiments.sweep.finding import finding_of_sweep
from sim.experiments.sweep.results import Bottom, Point, Sweep, Varied
from sim.scenario.load import Loaded, load
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Estimate, Statistic, intervals
from sim.statistics.paired import difference
from sim.tables.build import tables_of

Headline = dict[str, Statistic]
_COSTS = (OPERATING, ECONOMIC)


@dataclass(frozen=True)
class Plan:
    """What is to be run."""

    file: Path
    """The scenario's, from which values are varied."""
    base: Loaded[Scenario]
    axes: tuple[Axis, ...]
    spots: tuple[Spot, ...]
    overrides: tuple[str, ...] = ()
    more: int = 0
    """Points to be added where the curve bends or its bottom may be; of one axis of numbers."""
    by: str = ECONOMIC
    """The headline measure whose bottom is looked for, besides the two costs."""


def planned(
    file: Path,
    vary: Sequence[str],
    *,
    overrides: Sequence[str] = (),
    points: int | None = None,
    more: int = 0,
    by: str | None = None,
    seed: int = 1,
) -> Plan:
    """A sweep in the words of a user: a scenario's file, what `--vary`, `--points`, `--adaptive`
    and `--by` say.

    Raises ScenarioError for what cannot be, and ValueError with a sentence for too many points, or
    for points that are to be added to anything but one stretch of numbers.
    """
    base = load(file, overrides)
    axes = axes_of(vary, file, base)
    if more and (points or len(axes) > 1 or not axes[0].is_stretch):
        raise ValueError(
            "points can be added along one stretch of numbers only; vary one value, as "
            "PATH=LOW:HIGH, and give no number of scattered points"
        )
    spots = spots_of(axes, points, seed)
    loaded_at(file, axes, spots, overrides)
    criteria = criteria_of(by, None, select=False, simultaneous=False)
    return Plan(file, base, axes, spots, tuple(overrides), more, criteria.by)


class SweepStopped(Exception):
    """The user stopped a sweep; `sweep` tells of the points that were finished, None if of none."""

    def __init__(self, sweep: Sweep | None) -> None:
        self.sweep = sweep
        super().__init__("stopped")


def sweep(plan: Plan, lot: Lot, progress: Progress = in_silence) -> Sweep:
    """Simulate every point, add more where they are wanted, and tell the curve.

    Raises ScenarioError for a value that cannot be, and SweepStopped on Ctrl-C.
    """
    course = _Course(plan, lot, progress)
    try:
        course.run(plan.spots)
        for _ in range(plan.more):
            spot = course.next_spot()
            if spot is None:
                break
            course.run([spot])
    except PointsStopped:
        raise SweepStopped(course.told() if course.headlines else None) from None
    return course.told()


class _Course:
    """The points that have been run so far."""

    def __init__(self, plan: Plan, lot: Lot, progress: Progress) -> None:
        self.plan, self.lot, self.progress = plan, lot, progress
        self.spots: list[Spot] = []
        self.headlines: list[Headline] = []
        self.now: Headline | None = None
        self._done = 0.0

    def run(self, spots: Sequence[Spot]) -> None:
        """Simulate further points; before the first of them, the scenario as it is."""
        plan = self.plan
        loaded = loaded_at(plan.file, plan.axes, spots, plan.overrides)
        if self.now is None:
            loaded = [plan.base, *loaded]
        later = self.lot.replications * (len(plan.spots) + plan.more - len(self.spots) - len(spots))
        before, latest = self._done, [0.0]

        def tell(done: float, of: int) -> None:
            latest[0] = done
            self.progress(before + done, round(before) + of + later)

        try:
            figures = simulate_points([one.scenario for one in loaded], self.lot, tell)
        except PointsStopped as stop:
            self._take(loaded, stop.figures, spots)
            raise
        self._done = before + latest[0]
        self._take(loaded, figures, spots)

    def next_spot(self) -> Spot | None:
        """Where a point is wanted most; None if nowhere."""
        axis = self.plan.axes[0]
        statistics = [one[self.plan.by] for one in self.headlines]
        numbers = [spot[0].number or 0.0 for spot in self.spots]
        number = next_number(numbers, statistics, bottom_of(statistics, _sign(self.plan.by)))
        if number is None or axis.at(number).number in numbers:
            return None
        return (axis.at(number),)

    def _take(
        self,
        loaded: Sequence[Loaded[Scenario]],
        figures: Sequence[Sequence[Figures]],
        spots: Sequence[Spot],
    ) -> None:
        """Note the points that are whole."""
        places: tuple[Spot | None, ...] = (None, *spots) if self.now is None else tuple(spots)
        for one, own, spot in zip(loaded, figures, places, strict=True):
            if len(own) < self.lot.replications:
                continue
            headline = headline_of(places_of(one), own)
            if spot is None:
                self.now = headline
            else:
                self.spots.append(spot)
                self.headlines.append(headline)

    def told(self) -> Sweep:
        """The curve so far."""
        plan = self.plan
        terms = tables_of(plan.base.scenario).terms
        lines = {line.measure: line for _, line in headline_lines(terms)}
        points = tuple(
            Point(
                values=tuple(value.label for value in spot),
                given=tuple(value.text for value in spot),
                numbers=tuple(value.number for value in spot),
                added=nth >= len(plan.spots),
                measures=_measures(lines, headline),
                changes=_changes(lines, spot, headline, self.now) if self.now else (),
            )
            for nth, (spot, headline) in enumerate(zip(self.spots, self.headlines, strict=True))
        )
        axes = tuple(map(_varied, plan.axes))
        found = (self._bottom(measure, lines[measure].unit) for measure in self._judged_by())
        bottoms = tuple(one for one in found if one is not None)
        return Sweep(
            about=about(plan.base, terms),
            seed=self.lot.seed,
            replications=self.lot.replications,
            engine=self.lot.engine,
            axes=axes,
            points=points,
            wanted=max(len(plan.spots), len(points)),
            now=_measures(lines, self.now) if self.now else (),
            headline=HEADLINE,
            bottoms=bottoms,
            finding=finding_of_sweep(axes, points, bottoms),
        )

    def _judged_by(self) -> list[str]:
        """The measures whose best is looked for; one of the costs if both are the same."""
        costs = [[float(one[cost].value[0]) for one in self.headlines] for cost in _COSTS]
        alike = costs[0] == costs[1]
        wanted = dict.fromkeys((*_COSTS, self.plan.by))
        return [name for name in wanted if not (alike and name == ECONOMIC)]

    def _bottom(self, measure: str, unit: str) -> Bottom | None:
        """Where a measure is best; None if it is zero everywhere, or if there is one point."""
        statistics = [one[measure] for one in self.headlines]
        if len(statistics) < 2 or not any(abs(one.value[0]) > 0.0 for one in statistics):
            return None
        found = bottom_of(statistics, _sign(measure))
        bottom = Bottom(measure=measure, unit=unit, best=found.best, possible=found.possible)
        added: dict[str, object] = {}
        if self.now is not None:
            estimate = saved(statistics[found.best], self.now[measure], found.errors)
            name = _name(self.spots[found.best])
            added["saves"] = _difference(name, measure, unit, estimate)
        if len(self.plan.axes) == 1 and self.plan.axes[0].is_stretch:
            numbers = [spot[0].number or 0.0 for spot in self.spots]
            (low, low_seen), (high, high_seen) = lies_between(numbers, found)
            added |= {"low": low, "high": high}
            added |= {"beyond_low": not low_seen, "beyond_high": not high_seen}
        return bottom.model_copy(update=added)


def _varied(axis: Axis) -> Varied:
    return Varied(
        path=axis.path,
        unit=axis.unit,
        numbers=axis.is_stretch,
        now=axis.now.label if axis.now else None,
        now_number=axis.now.number if axis.now else None,
    )


def _sign(measure: str) -> float:
    return -1.0 if measure in MORE_IS_BETTER else 1.0


def _name(spot: Spot) -> str:
    return ", ".join(value.label for value in spot)


def _measures(lines: Mapping[str, Line], headline: Headline) -> tuple[Measure, ...]:
    return tuple(
        measure_of(lines[name], intervals(statistic).row(0)) for name, statistic in headline.items()
    )


def _changes(
    lines: Mapping[str, Line], spot: Spot, headline: Headline, now: Headline
) -> tuple[Difference, ...]:
    return tuple(
        _difference(
            _name(spot), name, lines[name].unit, intervals(difference(one, now[name])).row(0)
        )
        for name, one in headline.items()
    )


def _difference(name: str, measure: str, unit: str, estimate: Estimate) -> Difference:
    return Difference(
        strategy=name,
        measure=measure,
        unit=unit,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        replications=estimate.replications,
        estimator=estimate.estimator,
    )
