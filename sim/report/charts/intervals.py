"""The measures of one day by interval, as their labels tell them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sim.experiments.results import Measure, Strategy
from sim.report.charts.readings import Reading, reading

_BY_WEEKDAY = 62
"""With more counted days the intervals are averages over weekdays (sim.accounting.intervals)."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LENGTHS = {0.25: "quarter of an hour", 0.5: "half hour", 1.0: "hour"}


@dataclass(frozen=True)
class Day:
    """One day of one strategy, from the first to the last interval in which anything happens."""

    name: str
    """In a sentence: "an average Monday", "Monday of week 2"."""
    edges: tuple[float, ...]
    """Where its intervals begin, and the last ends: hours after midnight."""
    series: dict[str, list[Reading | None]]
    """Readings by measure, one for each interval."""

    @property
    def hours(self) -> float:
        """Length of an interval."""
        return self.edges[1] - self.edges[0]

    @property
    def interval(self) -> str:
        """The length in words."""
        return _LENGTHS.get(self.hours, f"{60 * self.hours:g} minutes")

    def clock(self, nth: int) -> str:
        """When an interval begins."""
        minutes = round(60 * self.edges[nth])
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


def busiest(strategy: Strategy, measure: str) -> str | None:
    """The label of the day with most of a measure; None if it is not told by interval."""
    sums: dict[str, float] = {}
    for day, _, one in _by_interval(strategy, (measure,)):
        sums[day] = sums.get(day, 0.0) + (one.mean or 0.0)
    return max(sums, key=lambda day: sums[day], default=None)


def day_of(strategy: Strategy, label: str, measures: Sequence[str]) -> Day | None:
    """A day by its label; None if nothing happens on it."""
    found = [
        (one.measure, start, reading(one))
        for day, start, one in _by_interval(strategy, measures)
        if day == label
    ]
    starts = sorted({start for _, start, _ in found})
    active = [start for _, start, one in found if one and one.mean > 0.0]
    if not active or len(starts) < 2:
        return None
    hours = min(later - start for start, later in pairwise(starts))
    many = round((max(active) - min(active)) / hours) + 1
    edges = tuple(min(active) + nth * hours for nth in range(many + 1))
    told = {(measure, round(start / hours)): one for measure, start, one in found}
    return Day(
        _name(strategy, label),
        edges,
        {
            measure: [told.get((measure, round(edge / hours))) for edge in edges[:-1]]
            for measure in measures
        },
    )


def _by_interval(strategy: Strategy, measures: Sequence[str]) -> list[tuple[str, float, Measure]]:
    """The company's measures with the day's label and the hour at which the interval begins."""
    found = []
    for one in strategy.measures:
        if one.by_interval and one.row_kind == "total" and one.measure in measures:
            day, _, time = (one.interval or "").rpartition(" ")
            hour, _, minute = time.partition(":")
            found.append((day, int(hour) + int(minute) / 60.0, one))
    return found


def _name(strategy: Strategy, label: str) -> str:
    """A day in a sentence, from "Mon", "week 2 Mon" or "2026-03-02"."""
    week, _, last = label.rpartition(" ")
    weekday = next((name for name in _WEEKDAYS if last and name.startswith(last)), None)
    if weekday is None:
        return f"{_WEEKDAYS[datetime.date.fromisoformat(last).weekday()]} {last}"
    if strategy.counted_days > _BY_WEEKDAY:
        return f"an average {weekday}"
    return f"{weekday} of {week}" if week else weekday
