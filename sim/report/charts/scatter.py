"""The cost of scattered points against each value that is varied."""

import math

from sim.experiments.finding import ECONOMIC, OPERATING
from sim.experiments.sweep.results import Sweep
from sim.report.charts import marks
from sim.report.charts.axis import span, ticked_y
from sim.report.charts.curve import axis_name
from sim.report.charts.lettering import shown
from sim.report.charts.readings import reading
from sim.report.charts.sheet import MUTED, Sheet, sheet
from sim.report.charts.words import money_ticks

_LEFT, _BOTTOM, _ACROSS, _UP = 0.95, 0.6, 3.9, 2.3
_BESIDE, _BELOW = 0.85, 0.75


def cost_scatter(found: Sweep) -> Sheet | None:
    """A panel for each axis of numbers; None for one axis, for a grid, or if nothing costs."""
    panels = [nth for nth, axis in enumerate(found.axes) if axis.numbers]
    bottom = next((b for b in found.bottoms if b.measure == ECONOMIC), None) or next(
        (b for b in found.bottoms if b.measure == OPERATING), None
    )
    if len(found.axes) < 2 or not panels or bottom is None:
        return None
    cells = math.prod(len({point.values[nth] for point in found.points}) for nth in panels)
    if len(found.axes) == 2 and len(found.points) >= 0.5 * cells:
        return None
    rows = math.ceil(len(panels) / 2)
    what = bottom.measure.removesuffix(" per year")
    best = found.points[bottom.best]
    page = sheet(
        "cost-scatter",
        f"{what[:1].upper()}{what[1:]} is least at "
        + ", ".join(
            f"{shown(axis.path, 40)} {value}"
            for axis, value in zip(found.axes, best.values, strict=True)
        ),
        f"{shown(found.about.title or found.about.name)}. {len(found.points)} points, each the "
        f"mean of {found.replications} replications with its 95 % interval. Squares: those that "
        "may be the least, all comparisons at once with 95 %.",
        rows * (_UP + _BELOW) + 0.1,
    )
    readings = [reading(point.measure(bottom.measure)) for point in found.points]
    known = [one for one in readings if one]
    ends = span([r.mean for r in known], [end for r in known for end in r.ends])
    for place, nth in enumerate(panels):
        left = _LEFT + (place % 2) * (_ACROSS + _BESIDE)
        low = _BOTTOM + (rows - 1 - place // 2) * (_UP + _BELOW)
        axes = page.axes(left, low, _ACROSS, _UP)
        ticked_y(axes, ends, lambda values: money_ticks(values, found.about.currency), most=4)
        for one, point, value in zip(range(len(readings)), found.points, readings, strict=True):
            if value is None:
                continue
            x = point.numbers[nth] or 0.0
            possible = one in bottom.possible
            colour = "#c4510a" if possible else marks.ACCENT
            axes.plot([x, x], value.ends, color=colour, linewidth=0.8, zorder=2)
            axes.plot([x], [value.mean], "s" if possible else "o", color=colour, markersize=4)
        axes.set_xlabel(axis_name(found.axes[nth]), loc="left", labelpad=4)
        if place % 2 == 0:
            page.text(_LEFT - 0.65, low + _UP + 0.1, "Cost per year", color=MUTED, fontsize=9.0)
    return page
