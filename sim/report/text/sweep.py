"""A sweep in a table: a row for each point, and where the bottom is."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.finding import ECONOMIC, OPERATING
from sim.experiments.results import Measure
from sim.experiments.sweep.results import Point, Sweep
from sim.report.text.figures import UNDEFINED, Scale, scale, told
from sim.report.text.footing import days, headed
from sim.report.text.grid import Row, grid
from sim.report.text.names import short, visible

_LONGEST = 40
_MOST = 40
"""Rows on the screen; the files have all."""


def curve(found: Sweep, width: int) -> RenderableType:
    """The points by their values, what there is at each, and what follows."""
    about = found.about
    start = f" from {about.start}" if about.start else ""
    warm = f" after {days(about.warm_up_days)} of warm-up" if about.warm_up_days else ""
    how = (
        f"{days(about.counted_days)}{start}{warm}, {len(found.points)} points, "
        f"{found.replications} replications, seed {found.seed}, {found.engine} engine"
    )
    measures = _told_of(found)
    scales = _scales(found, measures)
    heads = ["", *(headed(one, scales[one].unit, _note(found, one)) for one in measures)]
    shown = _shown(found)
    rows = [_row(found, nth, measures, scales) for nth in shown]
    if found.now:
        now = {one.measure: one for one in found.now}
        cells = [_cell(now[one], scales[one]) for one in measures]
        rows.append((_now(found), [Text(""), *cells]))
    corner = short(visible(", ".join(axis.path for axis in found.axes)), _LONGEST)
    left_out = len(found.points) - len(shown)
    more = f"; {left_out} points more in points.csv" if left_out else ""
    parts: list[RenderableType] = [
        Text(visible(about.title or about.name), style="bold"),
        Text(how, style="dim"),
        Text(""),
        grid(corner, heads, rows, width, words=1),
        Text(f"± half of the 95 % interval of each figure; differences are surer{more}", "dim"),
        Text(""),
        *(Text(visible(sentence)) for sentence in found.finding),
    ]
    if len(found.points) < found.wanted:
        parts.append(Text(f"{found.wanted - len(found.points)} points have not been run."))
    parts += [Text(visible(f"Warning: {one}")) for one in about.warnings]
    return Group(*parts)


def _told_of(found: Sweep) -> list[str]:
    """Headline measures that are anything but zero everywhere."""
    return [name for name in found.headline if any(one.measure(name).mean for one in found.points)]


def _scales(found: Sweep, measures: Sequence[str]) -> dict[str, Scale]:
    """How each measure is told; costs all alike, so that they can be added up."""
    values: dict[str, list[float | None]] = {}
    units = {name: found.points[0].measure(name).unit for name in measures}
    for name, unit in units.items():
        values.setdefault(unit, []).extend(one.measure(name).mean for one in found.points)
    return {name: scale(unit, values[unit]) for name, unit in units.items()}


def _note(found: Sweep, name: str) -> str:
    notes = {one.measure(name).note for one in found.points}
    return notes.pop() if len(notes) == 1 else "each by its own rule"


def _shown(found: Sweep) -> list[int]:
    """All points in the order of their values; of too many the best."""
    order = list(range(len(found.points)))
    if len(found.axes) == 1 and found.axes[0].numbers:
        order.sort(key=lambda nth: found.points[nth].numbers[0] or 0.0)
    if len(order) <= _MOST or not found.bottoms:
        return order[:_MOST]
    measure = found.bottoms[-1].measure
    return sorted(order, key=lambda nth: found.points[nth].measure(measure).mean or 0.0)[:_MOST]


def _row(found: Sweep, nth: int, measures: Sequence[str], scales: dict[str, Scale]) -> Row:
    point: Point = found.points[nth]
    cells = [_cell(point.measure(name), scales[name]) for name in measures]
    return short(visible(point.name), _LONGEST), [Text(_mark(found, nth)), *cells]


def _mark(found: Sweep, nth: int) -> str:
    """What a point is the best of."""
    names = {OPERATING: "cheapest to run", ECONOMIC: "least in all"}
    marks = [
        names.get(bottom.measure, f"best {bottom.measure}")
        for bottom in found.bottoms
        if bottom.best == nth
    ]
    return ", ".join(marks)


def _now(found: Sweep) -> str:
    now = ", ".join(axis.now for axis in found.axes if axis.now)
    return short(visible(f"in force ({now})" if now else "in force"), _LONGEST)


def _cell(measure: Measure, fitting: Scale) -> Text:
    return Text(UNDEFINED if measure.mean is None else told(measure, fitting))
