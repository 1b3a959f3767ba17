"""Charts of break-evens and of assumptions: where the verdict turns."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from sim.experiments.turning.finding import interval_of, number, value_of
from sim.experiments.turning.results import Assumptions, Breakeven, Root, Turn
from sim.report.charts import marks
from sim.report.charts.axis import Told, span, ticked_x, ticked_y
from sim.report.charts.lettering import shown, wrapped
from sim.report.charts.sheet import INK, MUTED, Sheet, house_style, sheet, write
from sim.report.charts.words import money_ticks, number_ticks, percent_ticks
from sim.report.export import Tell
from sim.report.finding import chart_of

_LEFT, _BOTTOM, _ACROSS, _UP = 0.95, 0.62, 8.7, 3.6
_NAMES, _ROW = 3.6, 0.34
_MOST = 14
"""Rows of the chart of turning points."""
_NEAR_THE_EDGE = 0.4
"""Of the end of the axis: beyond it a label would not fit on the outer side."""
_ROOT = "#c4510a"


def draw_breakeven(found: Breakeven, folder: Path, tell: Tell) -> tuple[Path, ...]:
    """Draw a chart for each value that was varied, as PNG and SVG in `folder`; returns the files.
    Raises OSError if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with house_style():
        for nth, turn in enumerate(found.turns):
            tell(nth, len(found.turns))
            files += write(_breakeven(found, turn, nth), folder)
    return tuple(files)


def draw_assumptions(found: Assumptions, folder: Path, tell: Tell) -> tuple[Path, ...]:
    """Draw the turning points of all assumptions on one sheet; returns the files, none if nothing
    was varied. Raises OSError if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    turns = [turn for one in found.assumed for turn in one.turns]
    if not turns:
        return ()
    tell(0, 1)
    with house_style():
        return write(_turning_points(found, turns), folder)


def _breakeven(found: Breakeven, turn: Turn, nth: int) -> Sheet:
    """The difference of two strategies against one value, with its zero."""
    what = found.measure.removesuffix(" per year")
    page = sheet(
        chart_of(nth, turn.path),
        _title(found, turn),
        f"{what[:1].upper()}{what[1:]} of {shown(found.other)} minus that of {shown(found.one)}; "
        f"mean of {found.replications} replications with 95 % intervals, same customers and luck. "
        + ("Reckoned from the finished runs." if turn.exact else "Simulated at the dots."),
        _BOTTOM + _UP + 0.35,
    )
    axes = page.axes(_LEFT, _BOTTOM, _ACROSS, _UP)
    x = np.array([gap.at for gap in turn.gaps])
    y = np.array([gap.mean for gap in turn.gaps])
    low = np.array([gap.mean if gap.low is None else gap.low for gap in turn.gaps])
    high = np.array([gap.mean if gap.high is None else gap.high for gap in turn.gaps])
    told: Told = number_ticks
    if found.unit == "share":
        told = percent_ticks
    elif found.currency in found.unit:
        told = lambda values: money_ticks(values, found.currency)  # noqa: E731
    ends = span([*y, 0.0], [*low, *high, 0.0])
    spread = max(*high, 0.0) - min(*low, 0.0)
    ticked_y(axes, (min(ends[0], min(*low, 0.0) - 0.08 * spread), ends[1]), told)
    ticked_x(axes, (float(x.min()), float(x.max())), number_ticks)
    axes.fill_between(x, low, high, color=marks.BASE, alpha=0.16, linewidth=0.0, zorder=2)
    axes.plot(x, y, color=marks.BASE, linewidth=1.6, zorder=3)
    if not turn.exact:
        axes.plot(x, y, "o", color=marks.BASE, markersize=5, markeredgecolor="white", zorder=4)
    axes.axhline(0.0, color=marks.RULE, linewidth=1.0, zorder=2)
    if x.min() <= turn.now <= x.max():
        axes.axvline(turn.now, color=marks.RULE, linewidth=0.9, linestyle=(0, (3, 3)), zorder=1)
        axes.text(turn.now, axes.get_ylim()[1], " in force", fontsize=8.0, color=MUTED, va="top")
    for root in turn.roots:
        if x.min() <= root.value <= x.max():
            _root(axes, root)
    unit = {"times": "times what is in force", "": ""}.get(turn.unit, turn.unit)
    label = f"{shown(turn.path, 70)}{', ' if unit else ''}{unit}"
    axes.set_xlabel(label, loc="left", labelpad=6)
    side = "more" if not found.more_is_better else "less"
    head = f"Above zero: {shown(found.other)} {'costs ' if 'cost' in what else 'has '}{side}"
    page.text(_LEFT - 0.65, _BOTTOM + _UP + 0.12, head, color=MUTED, fontsize=9.0)
    return page


def _root(axes: Axes, root: Root) -> None:
    left, right = axes.get_xlim()
    low = left if root.low is None else max(root.low, left)
    high = right if root.high is None else min(root.high, right)
    axes.plot([low, high], [0.0, 0.0], color=_ROOT, linewidth=4.0, solid_capstyle="butt", zorder=4)
    axes.plot(
        [root.value], [0.0], "D", color=_ROOT, markersize=8, markeredgecolor="white", zorder=5
    )
    axes.annotate(
        number(root.value),
        (root.value, 0.0),
        xytext=(0, 9),
        textcoords="offset points",
        ha="center",
        fontsize=9.0,
        weight="bold",
        color=INK,
        zorder=6,
    )


def _title(found: Breakeven, turn: Turn) -> str:
    path = shown(turn.path, 60)
    if not turn.roots:
        return f"Nothing turns on {path} between {number(turn.low)} and {number(turn.high)}"
    root = turn.roots[0]
    return (
        f"{shown(root.above, 40)} is better where {path} is above {value_of(turn, root.value)} "
        f"({interval_of(root)})"
    )


def _turning_points(found: Assumptions, turns: list[Turn]) -> Sheet:
    """All on one scale: how many times what is in force a value would have to be."""
    rows = sorted(
        ((turn, _nearest(turn)) for turn in turns if turn.now > 0.0),
        key=lambda pair: _far(pair[0], pair[1]),
    )[:_MOST]
    turning = sum(root is not None for _, root in rows)
    up = _ROW * len(rows)
    page = sheet(
        "turning-points",
        _verdict(found, rows, turning),
        "Each assumption by itself, as a multiple of what is in force (logarithmic). Bars: the "
        "range that was tried. Diamonds: where another strategy would be preferred, with the 95 % "
        "interval.",
        _BOTTOM + up + 0.15,
        "" if len(turns) <= _MOST else f"{len(turns) - _MOST} more in turning-points.csv.",
    )
    axes = page.axes(_NAMES, _BOTTOM, 9.65 - _NAMES, up)
    axes.set_xscale("log")
    ends = (0.2, 5.0)
    axes.set_xlim(ends)
    ticks = [0.25, 0.5, 1.0, 2.0, 4.0]
    axes.set_xticks(ticks, labels=["¼", "½", "1", "2", "4"])
    axes.minorticks_off()
    axes.set_ylim(0.0, float(len(rows)))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    axes.axvline(1.0, color=marks.RULE, linewidth=1.0, zorder=2)
    axes.set_xlabel("times what is in force", loc="left", labelpad=6)
    for nth, (turn, root) in enumerate(rows):
        middle = len(rows) - nth - 0.5
        axes.plot(
            [max(turn.low / turn.now, ends[0]), min(turn.high / turn.now, ends[1])],
            [middle, middle],
            color=marks.PALE,
            linewidth=6.0,
            solid_capstyle="butt",
            zorder=1,
        )
        name = wrapped(shown(turn.path, 60), _NAMES - 0.45, 8.5, lines=1)
        page.text(0.3, _BOTTOM + middle * _ROW, name, fontsize=8.5, va="center")
        if root is not None:
            _mark(axes, turn, root, middle, ends)
    return page


def _mark(axes: Axes, turn: Turn, root: Root, middle: float, ends: tuple[float, float]) -> None:
    """A turning point with its interval, or, beyond the axis, a word of where it is."""
    at = root.value / turn.now
    beyond = not ends[0] <= at <= ends[1]
    low = ends[0] if root.low is None or root.low <= 0.0 else max(root.low / turn.now, ends[0])
    high = ends[1] if root.high is None else min(root.high / turn.now, ends[1])
    if not beyond:
        axes.plot([low, high], [middle, middle], color=_ROOT, linewidth=1.6, zorder=3)
        axes.plot([at], [middle], "D", color=_ROOT, markersize=7, markeredgecolor="white", zorder=4)
    inwards = beyond or at > _NEAR_THE_EDGE * ends[1] or at < ends[0] / _NEAR_THE_EDGE
    to_the_left = (at > 1.0) == inwards
    arrow = ("→ " if at > 1.0 else "← ") if beyond else ""
    place = (ends[1] if at > 1.0 else ends[0]) if beyond else (low if to_the_left else high)
    axes.annotate(
        f"{arrow}{number(at)}: {shown(root.rival, 18)}",
        (place, middle),
        xytext=(-6 if to_the_left else 6, 0),
        textcoords="offset points",
        ha="right" if to_the_left else "left",
        va="center",
        fontsize=8.0,
        color=MUTED if beyond else INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.0},
        zorder=5,
    )


def _nearest(turn: Turn) -> Root | None:
    return turn.roots[0] if turn.roots else None


def _far(turn: Turn, root: Root | None) -> float:
    if root is None or root.value <= 0.0:
        return float("inf")
    return max(root.value / turn.now, turn.now / root.value)


def _verdict(found: Assumptions, rows: list[tuple[Turn, Root | None]], turning: int) -> str:
    preferred = shown(found.preferred or "", 40)
    if not turning:
        return f"{preferred} stays preferred whatever single assumption is varied within its range"
    turn, root = rows[0]
    at = number(root.value / turn.now) if root else ""
    return (
        f"{preferred} stays preferred unless {shown(turn.path, 50)} is {at} times what is assumed"
        + (f", or one of {turning - 1} others is farther off" if turning > 1 else "")
    )
