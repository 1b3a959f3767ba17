"""Charts of sensitivity: a tornado, all at once, effects screened, and shares of the spread."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes

from sim.experiments.sensitivity.finding import ahead_of, said
from sim.experiments.sensitivity.results import End, Screened, Sensitivity, Spread, Swing
from sim.experiments.sensitivity.sensitivity import width_of
from sim.experiments.standing import bare_amount
from sim.experiments.turning.finding import number
from sim.report.charts import marks
from sim.report.charts.axis import Told, span, ticked_x, ticked_y
from sim.report.charts.lettering import shown, width, wrapped
from sim.report.charts.sheet import INK, MUTED, Sheet, house_style, sheet, write
from sim.report.charts.words import money_ticks, number_ticks, percent_ticks
from sim.report.export import Tell

_NAMES, _RIGHT, _BOTTOM, _ROW = 3.6, 9.65, 0.62, 0.36
_LEFT, _ACROSS, _UP = 0.95, 8.7, 3.8
_MOST = 16
"""Rows of a chart."""
_NAMED, _DOT_NAME = 9, 8.5
"""How many dots of a chart have names, and how large these are."""
_TURNED, _OPEN = "#c4510a", "#7d8894"


def draw_sensitivity(found: Sensitivity, folder: Path, tell: Tell) -> tuple[Path, ...]:
    """Draw the charts of what there is, as PNG and SVG in `folder`; returns the files. Raises
    OSError if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with house_style():
        sheets = [_tornado(found)]
        if found.spread is not None:
            sheets.append(_all_at_once(found, found.spread))
        if found.screened:
            sheets.append(_screened(found))
        if found.shared:
            sheets.append(_shared(found))
        for nth, page in enumerate(sheets):
            tell(nth, len(sheets))
            files += write(page, folder)
    return tuple(files)


def _tornado(found: Sensitivity) -> Sheet:
    """For each factor a bar from the result at one end of its range to that at the other."""
    rows = found.swings[:_MOST]
    up = _ROW * len(rows)
    widest = rows[0]
    crossing = [one for one in rows if found.other is not None and _crosses(found, one)]
    if crossing:
        title = f"The verdict turns on {_some([one.path for one in crossing])}"
    elif found.other is not None:
        title = f"{shown(ahead_of(found), 30)} stays ahead whichever assumption is varied by itself"
    else:
        title = (
            f"{shown(widest.path, 50)} moves it most, by "
            f"{bare_amount(width_of(widest), found.unit)}"
        )
    page = sheet(
        "tornado",
        title,
        f"{said(found)} per year, each assumption by itself at the ends of its range, as numbers "
        f"at the bars; {found.replications} replications, same customers and luck. Whiskers: 95 % "
        "intervals of the change.",
        _BOTTOM + up + 0.2,
        "" if len(found.swings) <= _MOST else f"{len(found.swings) - _MOST} more in swings.csv.",
    )
    axes = page.axes(_NAMES, _BOTTOM, _RIGHT - _NAMES, up)
    ends = [end.result.mean for one in rows for end in (one.low, one.high)]
    low, high = min(*ends, found.now.mean), max(*ends, found.now.mean)
    if found.other is not None:
        low, high = min(low, 0.0), max(high, 0.0)
    air = 0.16 * (high - low or abs(high) or 1.0)
    ticked_x(axes, (low - air, high + air), _ticks(found))
    _bare(axes, len(rows))
    axes.axvline(found.now.mean, color=marks.BASE, linewidth=1.0, zorder=4)
    if found.other is not None:
        axes.axvline(0.0, color=marks.RULE, linewidth=1.0, linestyle=(0, (3, 3)), zorder=1)
    for nth, one in enumerate(rows):
        middle = len(rows) - nth - 0.5
        for end, fill in ((one.low, marks.PALE), (one.high, marks.ACCENT)):
            _end(axes, found.now.mean, end, middle, fill)
        _labels(axes, one, found.now.mean, middle)
        name = wrapped(shown(one.path, 60), _NAMES - 0.45, 8.5, lines=1)
        page.text(0.3, _BOTTOM + middle * _ROW, name, fontsize=8.5, va="center")
    axes.set_xlabel(
        "pale: at the low end, dark: at the high end; line: as it is", loc="left", labelpad=6
    )
    return page


def _end(axes: Axes, now: float, end: End, middle: float, fill: str) -> None:
    axes.barh(middle, end.result.mean - now, left=now, height=0.6, color=fill, zorder=2)
    if end.change.low is not None and end.change.high is not None:
        reach = [now + end.change.low, now + end.change.high]
        axes.plot(reach, [middle, middle], color=INK, linewidth=1.0, zorder=3)


def _labels(axes: Axes, one: Swing, now: float, middle: float) -> None:
    """The numbers of the ends, outside the bars; one on the same side as the other goes beyond."""
    for end, other in ((one.low, one.high), (one.high, one.low)):
        here = end.result.mean
        to_the_left = here < now or (here == now and other.result.mean >= now)
        shorter = (other.result.mean < now) == to_the_left and abs(here - now) < abs(
            other.result.mean - now
        )
        if shorter:
            continue
        edge = min(here, now) if to_the_left else max(here, now)
        if end.change.low is not None and end.change.high is not None:
            edge = (
                min(edge, now + end.change.low) if to_the_left else max(edge, now + end.change.high)
            )
        axes.annotate(
            number(end.at) + ("" if one.unit in ("", "times") else f" {one.unit}"),
            (edge, middle),
            xytext=(-4 if to_the_left else 4, 0),
            textcoords="offset points",
            ha="right" if to_the_left else "left",
            va="center",
            fontsize=8.0,
            color=MUTED,
        )


def _crosses(found: Sensitivity, one: Swing) -> bool:
    return any((end.result.mean > 0.0) != (found.now.mean > 0.0) for end in (one.low, one.high))


def _all_at_once(found: Sensitivity, spread: Spread) -> Sheet:
    """The samples in the order of their results, with intervals."""
    samples = sorted((one.result for one in spread.samples), key=lambda one: one.mean)
    if spread.holds is not None and spread.turns is not None:
        decided = spread.holds + spread.turns
        title = (
            f"{shown(ahead_of(found), 30)} stays ahead in {spread.holds} of {decided} samples of "
            "all assumptions at once"
        )
        if spread.open:
            title += f"; in {spread.open} more luck cannot say"
    else:
        title = (
            f"With all assumptions at once it lies between {bare_amount(spread.low, found.unit)} "
            f"and {bare_amount(spread.high, found.unit)} in nine cases of ten"
        )
    page = sheet(
        "all-at-once",
        title,
        f"{said(found)}; each dot is a sample of all {len(found.swings)} assumptions over their "
        f"ranges, in the order of the result, with its 95 % interval ({found.glances} "
        "replications, same customers and luck).",
        _BOTTOM + _UP + 0.2,
    )
    axes = page.axes(_LEFT, _BOTTOM, _ACROSS, _UP)
    lows = [one.mean if one.low is None else one.low for one in samples]
    highs = [one.mean if one.high is None else one.high for one in samples]
    ends = span([one.mean for one in samples], [*lows, *highs])
    if found.other is not None:
        ends = min(ends[0], 0.0, *lows), max(ends[1], 0.0)
    ticked_y(axes, ends, _ticks(found))
    axes.set_xlim(0.0, len(samples) + 1.0)
    for nth, (one, low, high) in enumerate(zip(samples, lows, highs, strict=True)):
        colour, shape = _look(found, one.mean, low, high)
        axes.plot([nth + 1, nth + 1], [low, high], color=colour, linewidth=0.9, zorder=2)
        axes.plot([nth + 1], [one.mean], shape, color=colour, markersize=4.5, zorder=3)
    axes.axhline(found.now.mean, color=marks.BASE, linewidth=1.0, zorder=1)
    axes.text(len(samples) + 0.8, found.now.mean, "as it is", ha="right", va="bottom", fontsize=8.5)
    if found.other is not None:
        axes.axhline(0.0, color=marks.RULE, linewidth=1.0, linestyle=(0, (3, 3)), zorder=1)
    axes.set_xlabel("samples, in the order of the result", loc="left", labelpad=6)
    return page


def _look(found: Sensitivity, mean: float, low: float, high: float) -> tuple[str, str]:
    """Colour and shape of a sample: one that turns the verdict, an open one, or any other."""
    if found.other is None:
        return marks.ACCENT, "o"
    if low <= 0.0 <= high:
        return _OPEN, "s"
    return (marks.ACCENT, "o") if (mean > 0.0) == (found.now.mean > 0.0) else (_TURNED, "D")


def _screened(found: Sensitivity) -> Sheet:
    """Elementary effects: how large, and how much they depend on the other factors."""
    first = found.screened[0]
    page = sheet(
        "screening",
        f"What matters most, wherever the others are, is {shown(first.path, 50)}",
        f"{said(found)}: elementary effects of each assumption (Morris): mean size of the change "
        "from one end of its range to the other with 95 % interval, against its spread. Far up: "
        "what it does depends on the others.",
        _BOTTOM + _UP + 0.3,
    )
    axes = page.axes(_LEFT, _BOTTOM, _ACROSS, _UP)
    sizes = [one.size for one in found.screened]
    spreads = [one.spread for one in found.screened]
    ticked_x(axes, (0.0, 1.12 * max(*(one.high for one in found.screened), 1e-12)), _ticks(found))
    ticked_y(axes, (0.0, 1.15 * max(*spreads, 1e-12)), _ticks(found))
    for one, size, spread in zip(found.screened, sizes, spreads, strict=True):
        axes.plot([one.low, one.high], [spread, spread], color=marks.PALE, linewidth=1.2, zorder=2)
        axes.plot([size], [spread], "o", color=marks.ACCENT, markersize=5, zorder=3)
    _name_dots(axes, found.screened[:_NAMED])
    axes.set_xlabel("mean size of the effect (mu*)", loc="left", labelpad=6)
    page.text(_LEFT - 0.65, _BOTTOM + _UP + 0.1, "Its spread (sigma)", color=MUTED, fontsize=9.0)
    return page


def _name_dots(axes: Axes, named: Sequence[Screened]) -> None:
    """Names beside dots, above or below them where there is room; none where there is not."""
    across = (axes.get_xlim()[1] - axes.get_xlim()[0]) / _ACROSS
    up = (axes.get_ylim()[1] - axes.get_ylim()[0]) / _UP
    taken: list[tuple[float, float, float]] = []
    for one in named:
        name = shown(one.path, 40)
        reach = width(name, _DOT_NAME) / 2.0
        x, y = max(one.size / across, reach), one.spread / up
        for shift in (0.16, -0.16):
            if all(
                abs(y + shift - other) > 0.17 or abs(x - at) > reach + far
                for at, other, far in taken
            ):
                taken.append((x, y + shift, reach))
                axes.text(
                    *(x * across, (y + shift) * up, name),
                    ha="center",
                    va="center",
                    fontsize=_DOT_NAME,
                    zorder=4,
                )
                break


def _shared(found: Sensitivity) -> Sheet:
    """Sobol's indices as bars with intervals."""
    rows = found.shared[:_MOST]
    first = rows[0]
    up = _ROW * len(rows)
    page = sheet(
        "shares-of-the-spread",
        f"Most of the spread comes of {shown(first.path, 50)}: {max(0.0, first.in_all):.0%}",
        f"{said(found)}: shares of the variance when all assumptions vary (Sobol's indices), with "
        "95 % intervals. Dark: alone; pale: with all that it does together with others.",
        _BOTTOM + up + 0.2,
    )
    axes = page.axes(_NAMES, _BOTTOM, _RIGHT - _NAMES, up)
    ticked_x(axes, (0.0, 1.0), percent_ticks)
    _bare(axes, len(rows))
    for nth, one in enumerate(rows):
        middle = len(rows) - nth - 0.5
        for value, low, high, fill, shift in (
            (one.in_all, one.in_all_low, one.in_all_high, marks.PALE, -0.17),
            (one.alone, one.alone_low, one.alone_high, marks.ACCENT, 0.17),
        ):
            axes.barh(middle + shift, min(max(0.0, value), 1.0), height=0.3, color=fill, zorder=2)
            reach = [min(max(0.0, low), 1.0), min(max(0.0, high), 1.0)]
            axes.plot(reach, [middle + shift] * 2, color=INK, linewidth=0.9, zorder=3)
        name = wrapped(shown(one.path, 60), _NAMES - 0.45, 8.5, lines=1)
        page.text(0.3, _BOTTOM + middle * _ROW, name, fontsize=8.5, va="center")
    axes.set_xlabel("share of the variance", loc="left", labelpad=6)
    return page


def _bare(axes: Axes, rows: int) -> None:
    axes.set_ylim(0.0, float(rows))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")


def _ticks(found: Sensitivity) -> Told:
    if found.unit == "share":
        return percent_ticks
    if found.currency in found.unit:
        return lambda values: money_ticks(values, found.currency)
    return number_ticks


def _some(paths: Sequence[str]) -> str:
    named = " and ".join(shown(one, 40) for one in paths[:2])
    return named if len(paths) <= 2 else f"{named}, and {len(paths) - 2} more"
