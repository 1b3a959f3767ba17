"""Curves over one value: costs with their bottom, and below what callers and customers see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.experiments.finding import ECONOMIC, OPERATING
from sim.experiments.sweep.results import Bottom, Point, Sweep, Varied
from sim.report.charts import marks
from sim.report.charts.axis import Told, span, ticked_y
from sim.report.charts.lettering import shown, width
from sim.report.charts.readings import ABANDONMENT, LOST, Reading, reading
from sim.report.charts.sheet import MUTED, Sheet, sheet
from sim.report.charts.words import money_ticks, number_ticks, percent_ticks

_LEFT, _BOTTOM = 0.95, 0.62
_TALL, _LOW = 2.9, 1.5
"""Heights of the panel with the bottom and of the other, inches."""
_ACROSS = 8.7
_PANEL, _GAP = 1.7, 0.55
_SIZE = 9.0
_STYLES = ((marks.BASE, "o", "-"), (marks.ACCENT, "s", (0, (4, 1.5))))
"""Colour, mark and line of the two costs."""


def cost_curve(found: Sweep) -> Sheet | None:
    """Both costs over one value; None if another number of values is varied, or nothing costs."""
    lines = [
        one
        for one in (
            _line(found, ECONOMIC, "Total economic cost"),
            _line(found, OPERATING, "Operating cost"),
        )
        if one
    ]
    if len(found.axes) != 1 or not lines:
        return None
    if len(lines) == 2 and [r.mean for r in lines[0].readings] == [
        r.mean for r in lines[1].readings
    ]:
        lines = lines[1:]
    bottom = _bottom(found, lines[0].measure)
    heights = (_TALL, _LOW)[: len(lines)]
    page = sheet(
        "cost-curve",
        _title(found, lines),
        f"{shown(found.about.title or found.about.name)}. {_how(found)} {_shading(found, bottom)}",
        _BOTTOM + sum(heights) + _GAP * (len(lines) - 1) + 0.35,
        _foot(found),
    )
    for nth, line in enumerate(lines):
        low = _BOTTOM + sum(heights[nth + 1 :]) + _GAP * (len(lines) - 1 - nth)
        axes = page.axes(_LEFT, low, _ACROSS, heights[nth])
        _across(axes, found, labelled=nth == len(lines) - 1)
        ticked_y(axes, _ends(line), lambda values: money_ticks(values, found.about.currency), 5)
        if nth == 0:
            _shade(axes, bottom)
        _now(axes, found, named=nth == 0)
        _draw(axes, found, line, *_STYLES[nth])
        _head(page, low + heights[nth], f"{line.name} per year")
    return page


def quality_curve(found: Sweep) -> Sheet | None:
    """Abandonment and customers lost over one value; None as `cost_curve`."""
    lines = [
        one
        for one in (
            _line(found, ABANDONMENT, "Abandonment, % of contacts offered"),
            _line(found, LOST, "Customers lost for service in the counted days, expected"),
        )
        if one
    ]
    if len(found.axes) != 1 or not lines:
        return None
    page = sheet(
        "quality-curve",
        _change_title(found, lines),
        f"{shown(found.about.title or found.about.name)}. {_how(found)}",
        _BOTTOM + len(lines) * (_PANEL + _GAP) - 0.1,
        _foot(found),
    )
    for nth, line in enumerate(lines):
        bottom = _BOTTOM + (len(lines) - 1 - nth) * (_PANEL + _GAP)
        axes = page.axes(_LEFT, bottom, _ACROSS, _PANEL)
        _across(axes, found, labelled=nth == len(lines) - 1)
        told: Told = percent_ticks if line.measure == ABANDONMENT else number_ticks
        ticked_y(axes, _ends(line), told, most=4)
        _now(axes, found, named=nth == 0)
        _draw(axes, found, line, *_STYLES[0])
        _head(page, bottom + _PANEL, line.name)
    return page


@dataclass(frozen=True)
class _Line:
    """One measure along the axis, in the order of its places."""

    measure: str
    name: str
    places: tuple[float, ...]
    readings: tuple[Reading, ...]


def _line(found: Sweep, measure: str, name: str) -> _Line | None:
    """None where the measure is not there, or zero everywhere."""
    pairs = [
        (place, value)
        for place, point in _in_order(found)
        if (value := reading(point.measure(measure)))
    ]
    if not any(value.mean for _, value in pairs):
        return None
    places, values = zip(*pairs, strict=True)
    return _Line(measure, name, tuple(places), tuple(values))


def _in_order(found: Sweep) -> list[tuple[float, Point]]:
    """The points with their places along the axis: their numbers, or one after another."""
    if found.axes and found.axes[0].numbers:
        return sorted(
            ((point.numbers[0] or 0.0, point) for point in found.points), key=lambda pair: pair[0]
        )
    return [(float(nth), point) for nth, point in enumerate(found.points)]


def _across(axes: Axes, found: Sweep, labelled: bool = True) -> None:
    """The axis of what is varied."""
    axis = found.axes[0]
    places = [place for place, _ in _in_order(found)]
    room = 0.03 * (places[-1] - places[0]) if axis.numbers else 0.4
    axes.set_xlim(places[0] - room, places[-1] + room)
    if not axis.numbers:
        names = [shown(point.name, 18) for _, point in _in_order(found)]
        axes.set_xticks(places, labels=names if labelled else [])
        axes.grid(visible=False, axis="x")
    elif not labelled:
        axes.set_xticklabels([])
    if labelled:
        axes.set_xlabel(axis_name(axis), loc="left", labelpad=6)


def axis_name(axis: Varied) -> str:
    """What an axis is of, with its unit."""
    return shown(f"{axis.path}, {axis.unit}" if axis.unit else axis.path, 70)


def _draw(axes: Axes, found: Sweep, line: _Line, colour: str, mark: str, dashes: object) -> None:
    """A line with its band, or points with their bars where no line can be between them."""
    x, y = np.array(line.places), np.array([r.mean for r in line.readings])
    low, high = (np.array([r.ends[side] for r in line.readings]) for side in (0, 1))
    if found.axes[0].numbers:
        axes.fill_between(x, low, high, color=colour, alpha=0.16, linewidth=0.0, zorder=2)
        axes.plot(x, y, color=colour, linestyle=dashes, linewidth=1.6, zorder=3)
    else:
        axes.vlines(x, low, high, color=colour, linewidth=1.4, zorder=3)
    axes.plot(
        x,
        y,
        mark,
        color=colour,
        markersize=5.5,
        markeredgecolor="white",
        markeredgewidth=0.7,
        zorder=4,
    )


def _ends(line: _Line) -> tuple[float, float]:
    return span([r.mean for r in line.readings], [end for r in line.readings for end in r.ends])


def _head(page: Sheet, top: float, text: str) -> None:
    page.text(_LEFT - 0.65, top + 0.12, text, fontsize=_SIZE, weight="bold")


def _bottom(found: Sweep, measure: str) -> Bottom | None:
    return next((one for one in found.bottoms if one.measure == measure), None)


def _shade(axes: Axes, bottom: Bottom | None) -> None:
    """Where the bottom lies."""
    if bottom is None or bottom.low is None or bottom.high is None:
        return
    left, right = axes.get_xlim()
    low = left if bottom.beyond_low else bottom.low
    high = right if bottom.beyond_high else bottom.high
    axes.axvspan(low, high, color=marks.BAND, alpha=0.6, linewidth=0.0, zorder=1)


def _now(axes: Axes, found: Sweep, named: bool = True) -> None:
    """The value in force, if it lies on the axis."""
    now = found.axes[0].now_number
    left, right = axes.get_xlim()
    if now is None or not found.axes[0].numbers or not left <= now <= right:
        return
    axes.axvline(now, color=marks.RULE, linewidth=0.9, linestyle=(0, (3, 3)), zorder=2)
    if named:
        _, high = axes.get_ylim()
        beyond = (right - now) / (right - left) * _ACROSS < width("in force", 8.0) + 0.1
        axes.text(
            now,
            high,
            "in force " if beyond else " in force",
            fontsize=8.0,
            color=MUTED,
            va="top",
            ha="right" if beyond else "left",
        )


def _how(found: Sweep) -> str:
    return f"Mean of {found.replications} replications with 95 % intervals, discounted."


def _shading(found: Sweep, bottom: Bottom | None) -> str:
    if bottom is None or bottom.low is None:
        return ""
    return "Shaded: where the bottom lies, 95 %, if the curve has one valley."


def _foot(found: Sweep) -> str:
    return (
        "All points meet the same customers with the same luck: differences along a curve are "
        "surer than its intervals show."
    )


def _title(found: Sweep, lines: Sequence[_Line]) -> str:
    """Where the bottom of the first line is, and whether the other's is elsewhere."""
    least = [_least(found, line) for line in lines]
    bottom = _bottom(found, lines[0].measure)
    name = lines[0].name
    axis = shown(found.axes[0].path, 50)
    if bottom is not None and len(bottom.possible) == len(found.points):
        return f"{name} does not tell the values of {axis} apart"
    edge = bottom is not None and (bottom.beyond_low or bottom.beyond_high)
    where = f"{axis} {least[0]}" + (", at the end of what was tried" if edge else "")
    running = _bottom(found, lines[-1].measure)
    told_apart = running is None or len(running.possible) < len(found.points)
    if len(least) == 2 and least[1] != least[0] and told_apart:
        return f"{name} is least at {where}; cheapest to run would be {least[1]}"
    return f"{name} is least at {where}"


def _least(found: Sweep, line: _Line) -> str:
    best = min(range(len(line.readings)), key=lambda nth: line.readings[nth].mean)
    return shown(_in_order(found)[best][1].name, 30)


def _change_title(found: Sweep, lines: Sequence[_Line]) -> str:
    """What happens between the two ends of the axis."""
    ends = [shown(point.name, 24) for _, point in (_in_order(found)[0], _in_order(found)[-1])]
    told = []
    for line in lines:
        first, last = (
            _amount(line, reading.mean) for reading in (line.readings[0], line.readings[-1])
        )
        what = "abandonment" if line.measure == ABANDONMENT else "customers lost"
        told.append(
            f"{what} goes from {first} to {last}"
            if what == "abandonment"
            else f"customers lost from {first} to {last}"
        )
    axis = shown(found.axes[0].path, 50)
    return f"From {axis} {ends[0]} to {ends[1]} {' and '.join(told)}"


def _amount(line: _Line, value: float) -> str:
    tell: Callable[[Sequence[float]], list[str]] = (
        percent_ticks if line.measure == ABANDONMENT else number_ticks
    )
    places = 3 if line.measure == ABANDONMENT else 0
    return tell([round(value, places)])[0]
