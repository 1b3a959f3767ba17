"""The busiest day by interval: what is offered, who is there, how long it takes."""

import re

import numpy as np
from matplotlib.axes import Axes

from sim.experiments.results import Document, Strategy
from sim.report.charts import findings, marks
from sim.report.charts.axis import ticked_y
from sim.report.charts.intervals import Day, busiest, day_of
from sim.report.charts.lettering import shown
from sim.report.charts.readings import Reading, circumstances
from sim.report.charts.sheet import INK, Sheet, sheet
from sim.report.charts.words import clock, count, durations, number_ticks, percent, percent_ticks

OFFERED, FLOOR, HANDLING = "offered", "agents on the floor", "handling hours"
WAIT, SERVICE_LEVEL = "mean wait", "service level"
MEASURES = (OFFERED, FLOOR, HANDLING, WAIT, SERVICE_LEVEL)

_LEFT, _ACROSS, _BOTTOM = 0.95, 8.7, 0.3
_CUT = 1.5
_UP, _GAP, _HEAD = 1.05, 0.42, 9.0

Readings = list[Reading | None]


def days(document: Document) -> list[Sheet]:
    """The busiest day of the base as every strategy lives it, all on the same scales; none if
    nothing is told by interval."""
    label = busiest(document.strategies[0], OFFERED)
    if label is None:
        return []
    found = [(one, day_of(one, label, MEASURES)) for one in document.strategies]
    lived = [(strategy, day) for strategy, day in found if day]
    return [
        _sheet(document, strategy, day, name, _highest([day for _, day in lived]))
        for (strategy, day), name in zip(lived, _names([one for one, _ in lived]), strict=True)
    ]


def _names(strategies: list[Strategy]) -> list[str]:
    """Names of files, fit for any system; the number keeps like names apart."""
    if len(strategies) == 1:
        return ["day"]
    plain = [re.sub(r"[^A-Za-z0-9]+", "-", one.name).strip("-")[:40] for one in strategies]
    return [f"day-{nth}-{name}".rstrip("-") for nth, name in enumerate(plain, start=1)]


def _highest(lived: list[Day]) -> dict[str, float]:
    """The top of each measure's axis over all strategies; intervals far above all figures, as very
    few replications have them, are cut."""
    tops = {}
    for measure in MEASURES:
        found = [one for day in lived for one in day.series[measure] if one]
        most = max((one.mean for one in found), default=0.0)
        tops[measure] = min(max((one.ends[1] for one in found), default=0.0), _CUT * most)
    return tops


def _sheet(
    document: Document, strategy: Strategy, day: Day, name: str, highest: dict[str, float]
) -> Sheet:
    panels = 4
    page = sheet(
        name,
        _title(strategy, day),
        f"The busiest day{' of the base' if len(document.strategies) > 1 else ''}, {day.name}, "
        f"by {day.interval}; {circumstances(document)}"
        + (", shaded." if document.replications > 1 else "."),
        _BOTTOM + panels * (_UP + _GAP) - _GAP + 0.24,
    )
    size, unit = clock([highest[WAIT]])
    hours = day.hours
    busy = [one.times(1.0 / hours) if one else None for one in day.series[HANDLING]]
    waits = [one.times(1.0 / size) if one else None for one in day.series[WAIT]]
    floor_and_busy = [day.series[FLOOR], busy]
    agents = max(highest[FLOOR], highest[HANDLING] / hours)
    drawn = (
        (f"Contacts offered per {day.interval}", [day.series[OFFERED]], highest[OFFERED]),
        ("Agents on the floor (line) and busy with contacts (dashed)", floor_and_busy, agents),
        (f"Mean wait of the contacts offered, {unit}", [waits], highest[WAIT] / size),
        (f"Service level ({shown(strategy.service_level_rule)})", [day.series[SERVICE_LEVEL]], 0.0),
    )
    for nth, (head, series, high) in enumerate(drawn):
        bottom = _BOTTOM + (panels - 1 - nth) * (_UP + _GAP)
        axes = page.axes(_LEFT, bottom, _ACROSS, _UP)
        for line, dashed in zip(series, (False, True), strict=False):
            _steps(axes, day, line, dashed)
        if nth == panels - 1:
            ticked_y(axes, (0.0, 1.0), percent_ticks, most=4)
        else:
            ticked_y(axes, (0.0, 1.08 * high or 1.0), number_ticks, most=4)
        _hours(axes, day, labelled=nth == panels - 1)
        page.text(_LEFT, bottom + _UP + 0.08, head, fontsize=_HEAD, weight="bold")
    return page


def _title(strategy: Strategy, day: Day) -> str:
    """When service is worst, if the intervals of the day can be told apart at all."""
    who = f"{findings.named(strategy)} on {day.name}"
    levels = [(one, nth) for nth, one in enumerate(day.series[SERVICE_LEVEL]) if one]
    if not levels:
        offered = [(one.mean, nth) for nth, one in enumerate(day.series[OFFERED]) if one]
        most, nth = max(offered, default=(0.0, 0))
        return f"{who}: up to {count(most)} contacts per {day.interval}, at {day.clock(nth)}"
    worst, nth = min(levels, key=lambda one: one[0].mean)
    if worst.ends[1] >= max(one.ends[0] for one, _ in levels):
        return f"{who}: the intervals cannot be told apart in service level"
    wait = day.series[WAIT][nth]
    waiting = f", with a mean wait of {durations([wait.mean])[0]}" if wait else ""
    low = percent(round(worst.mean, 2))
    return f"{who}: the service level falls to {low} at {day.clock(nth)}{waiting}"


def _steps(axes: Axes, day: Day, readings: Readings, dashed: bool) -> None:
    """A line by interval within its band; gaps where nothing was there to measure."""
    found = [(one.ends[0], one.mean, one.ends[1]) if one else (np.nan,) * 3 for one in readings]
    low, mean, high = np.array(found).T
    band = axes.stairs(high, day.edges, baseline=low, fill=True, color=marks.BAND, zorder=2)
    band.set_linewidth(0.0)
    axes.stairs(
        mean,
        day.edges,
        baseline=None,
        color=marks.ACCENT if dashed else INK,
        linewidth=1.5,
        linestyle=(0, (3, 1.5)) if dashed else "-",
        zorder=3,
    )


def _hours(axes: Axes, day: Day, labelled: bool) -> None:
    """Round hours along the x axis, at most thirteen; told below the lowest panel."""
    first, last = day.edges[0], day.edges[-1]
    step = next(step for step in (1, 2, 3, 4) if (last - first) / step <= 13)
    ticks = [hour for hour in range(25) if first <= hour <= last and hour % step == 0]
    axes.set_xlim(first, last)
    axes.set_xticks(ticks, labels=[f"{hour:02d}:00" if labelled else "" for hour in ticks])
