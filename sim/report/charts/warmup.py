"""How the measures of a run settle after an empty start, and where the warm-up may end."""

from pathlib import Path

import numpy as np

from sim.experiments.warmup import Settling, WarmUp
from sim.report.charts import marks
from sim.report.charts.axis import span, ticked_x, ticked_y
from sim.report.charts.lettering import shown
from sim.report.charts.sheet import INK, MUTED, Sheet, house_style, sheet, write
from sim.report.charts.words import clock, number_ticks, percent_ticks

_LEFT, _ACROSS, _BOTTOM = 0.95, 8.7, 0.5
_UP, _GAP = 1.25, 0.5


def draw_warm_up(found: WarmUp, folder: Path) -> tuple[Path, ...]:
    """Draw the chart as PNG and SVG in `folder`; returns the files, none if nothing was measured.
    Raises OSError if they cannot be written."""
    if not found.series:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    with house_style():
        return write(warm_up(found), folder)


def warm_up(found: WarmUp) -> Sheet:
    """A panel for each measure: its means batch by batch, what is cut off shaded, and the warm-up
    that the scenario has dashed. Call within `house_style`."""
    panels = len(found.series)
    batch = "week" if found.batch == 7 else f"{found.batch} days"
    many = f"{found.replications} replications" if found.replications > 1 else "one replication"
    page = sheet(
        "warm-up",
        _title(found),
        f"{shown(found.title or found.file)}: means of each {batch} over {many}, from an empty "
        f"start. Shaded: cut off by MSER. Dashed: the scenario's warm-up of {found.given} days.",
        _BOTTOM + panels * (_UP + _GAP) - _GAP + 0.24,
    )
    for nth, one in enumerate(found.series):
        bottom = _BOTTOM + (panels - 1 - nth) * (_UP + _GAP)
        _panel(page, found, one, bottom, last=nth == panels - 1)
    page.text(_LEFT + _ACROSS / 2, 0.0, "days from the empty start", color=MUTED, ha="center")
    return page


def _title(found: WarmUp) -> str:
    drifting = [one.measure for one in found.series if one.after is None]
    if drifting:
        return f"{', '.join(drifting)}: not settled within {found.days} days"
    last = max(found.series, key=lambda one: one.after or 0)
    if not last.after:
        return "Nothing tells the first days from the later ones"
    return f"All has settled after {last.after} days, {last.measure} last"


def _panel(page: Sheet, found: WarmUp, one: Settling, bottom: float, last: bool) -> None:
    axes = page.axes(_LEFT, bottom, _ACROSS, _UP)
    known = [value for value in one.batches if value is not None]
    size, unit = clock(known) if one.unit == "s" else (1.0, "")
    values = np.array([np.nan if v is None else v / size for v in one.batches])
    edges = found.batch * np.arange(len(values) + 1)
    axes.stairs(values, edges, baseline=None, color=INK, linewidth=1.6, zorder=3)
    cut = edges[-1] if one.after is None else one.after
    axes.axvspan(0.0, float(cut), color=marks.BAND, linewidth=0.0, zorder=1)
    if found.given <= edges[-1]:
        axes.axvline(found.given, color=marks.ACCENT, linestyle=(0, (3, 1.5)), zorder=2)
    if one.after is not None and one.settled is not None:
        level = one.settled / size
        axes.plot([cut, edges[-1]], [level, level], color=marks.ACCENT, linewidth=1.0, zorder=2)
    ends = span([v / size for v in known], [v / size for v in known])
    ticked_y(axes, ends, percent_ticks if one.unit == "share" else number_ticks, most=4)
    ticked_x(axes, (0.0, float(edges[-1])), number_ticks)
    if not last:
        axes.set_xticklabels([])
    head = f"{one.measure}, {unit}" if unit else one.measure
    head = head[:1].upper() + head[1:]
    after = "not settled" if one.after is None else f"settled after {one.after} days"
    page.text(_LEFT, bottom + _UP + 0.08, f"{head}: {after}", fontsize=9.0, weight="bold")
