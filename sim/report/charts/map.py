"""The total economic cost over two values: a map of cells, the best of them framed."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.experiments.finding import ECONOMIC, OPERATING
from sim.experiments.sweep.results import Bottom, Sweep
from sim.report.charts import marks
from sim.report.charts.curve import axis_name
from sim.report.charts.lettering import shown
from sim.report.charts.sheet import Sheet, sheet
from sim.report.charts.words import money

_LEFT, _BOTTOM, _ACROSS = 1.5, 0.62, 7.9
_ROW = 0.46
_SIZE = 7.5
_MOST = 14
"""Columns in which amounts can be read."""
_FILLS = ("#f4f8fc", "#173a5e")
"""Of the least and the greatest cost."""


def cost_map(found: Sweep) -> Sheet | None:
    """The map; None unless two values are varied as a grid, and something costs."""
    if len(found.axes) != 2 or not found.bottoms:
        return None
    names = [[*dict.fromkeys(point.values[nth] for point in found.points)] for nth in (0, 1)]
    if len(found.points) < 0.5 * len(names[0]) * len(names[1]):
        return None
    bottom = next((b for b in found.bottoms if b.measure == ECONOMIC), found.bottoms[0])
    if bottom.measure not in (ECONOMIC, OPERATING):
        return None
    costs = np.full((len(names[1]), len(names[0])), np.nan)
    for point in found.points:
        mean = point.measure(bottom.measure).mean
        costs[names[1].index(point.values[1]), names[0].index(point.values[0])] = mean
    up = _ROW * len(names[1])
    best = found.points[bottom.best]
    what = bottom.measure.removesuffix(" per year")
    page = sheet(
        "cost-map",
        f"{what[:1].upper()}{what[1:]} is least at "
        + " and ".join(
            f"{shown(axis.path, 40)} {value}"
            for axis, value in zip(found.axes, best.values, strict=True)
        ),
        f"{shown(found.about.title or found.about.name)}. Cost per year, mean of "
        f"{found.replications} replications. Darker: more. Framed: the least. Dots: those that may "
        "be the least, all comparisons at once with 95 %.",
        _BOTTOM + up + 0.25,
    )
    axes = page.axes(_LEFT, _BOTTOM, _ACROSS, up)
    _cells(axes, costs, found.about.currency)
    _mark(axes, found, bottom, names)
    for axis, of, set_ticks in (
        (found.axes[0], names[0], axes.set_xticks),
        (found.axes[1], names[1], axes.set_yticks),
    ):
        set_ticks([nth + 0.5 for nth in range(len(of))], labels=[shown(one, 16) for one in of])
        if axis is found.axes[0]:
            axes.set_xlabel(axis_name(axis), loc="left", labelpad=6)
    page.text(
        _LEFT - 1.2, _BOTTOM + up + 0.1, axis_name(found.axes[1]), fontsize=9.0, color="#4d5662"
    )
    axes.grid(visible=False)
    return page


def _cells(axes: Axes, costs: np.ndarray, currency: str) -> None:
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    high, wide = costs.shape
    low, most = np.nanmin(costs), np.nanmax(costs)
    shades = LinearSegmentedColormap.from_list("costs", _FILLS)
    axes.set_xlim(0, wide)
    axes.set_ylim(0, high)
    for row in range(high):
        for column in range(wide):
            cost = costs[row, column]
            if np.isnan(cost):
                continue
            share = (cost - low) / (most - low) if most > low else 0.0
            fill = to_hex(shades(share))
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=fill, edgecolor="white"))
            if wide <= _MOST:
                axes.text(
                    column + 0.5,
                    row + 0.5,
                    money(float(cost), currency),
                    fontsize=_SIZE if wide <= 9 else _SIZE - 1.5,
                    color=marks.ink_on(fill),
                    ha="center",
                    va="center",
                )


def _mark(axes: Axes, found: Sweep, bottom: Bottom, names: Sequence[Sequence[str]]) -> None:
    for nth in bottom.possible:
        column, row = (names[axis].index(found.points[nth].values[axis]) for axis in (0, 1))
        if nth == bottom.best:
            axes.add_patch(
                Rectangle(
                    (column + 0.03, row + 0.05),
                    0.94,
                    0.9,
                    fill=False,
                    edgecolor="#c4510a",
                    linewidth=2.2,
                    zorder=5,
                )
            )
        else:
            axes.plot([column + 0.92], [row + 0.84], "o", color="#c4510a", markersize=3.5, zorder=5)
