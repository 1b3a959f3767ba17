"""Staffing by interval against load and formulas, and the service that it achieves."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from sim.experiments.staffing.results import Amount, Interval, Staffed
from sim.report.charts import marks
from sim.report.charts.axis import ticked_y
from sim.report.charts.lettering import shown
from sim.report.charts.sheet import INK, MUTED, Sheet, house_style, sheet, write
from sim.report.charts.words import number_ticks, percent_ticks

_LEFT, _ACROSS, _BOTTOM = 0.95, 7.6, 0.3
_UP, _SERVED, _GAP, _HEAD = 1.7, 1.2, 0.45, 9.0
_DOTTED, _DASHED = (0, (1, 1.2)), (0, (4, 1.5))


def draw_staffing(document: Staffed, folder: Path) -> tuple[Path, ...]:
    """Draw a chart for each kind of day, as PNG and SVG in `folder`; returns the files. Raises
    OSError if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with house_style():
        for days in dict.fromkeys(one.days for one in document.intervals):
            own = [one for one in document.intervals if one.days == days]
            files += write(_sheet(document, days, own), folder)
    return tuple(files)


def _sheet(document: Staffed, days: tuple[str, ...], own: Sequence[Interval]) -> Sheet:
    served = _has(own, "service_level")
    page = sheet(
        f"staffing-{'-'.join(days)}",
        _title(document, days, own),
        f"{shown(document.team)}, {', '.join(days)}, by {document.interval / 60:g} minutes. "
        + (
            f"Service on {document.replications} fresh replications, with 95 % intervals."
            if served
            else "Not verified: interrupted before."
        ),
        _BOTTOM + _UP + (2 * (_SERVED + _GAP) if served else 0.0) + 0.3,
        foot="Load: agents busy if there were always enough, repeats included, as simulated. "
        "Erlang C and Erlang A size each interval by itself, on all calls.",
    )
    bottom = _BOTTOM + (2 * (_SERVED + _GAP) if served else 0.0)
    _agents(page, page.axes(_LEFT, bottom, _ACROSS, _UP), own, document, labelled=not served)
    page.text(_LEFT, bottom + _UP + 0.1, "Agents on the floor", fontsize=_HEAD, weight="bold")
    if served:
        for nth, (head, name) in enumerate(
            (
                (f"Service level ({shown(document.service_level_rule)})", "service_level"),
                ("Abandonment", "abandonment"),
            )
        ):
            lower = _BOTTOM + (1 - nth) * (_SERVED + _GAP)
            axes = page.axes(_LEFT, lower, _ACROSS, _SERVED)
            _achieved(axes, own, name, document, labelled=nth == 1)
            page.text(_LEFT, lower + _SERVED + 0.1, head, fontsize=_HEAD, weight="bold")
    return page


def _title(document: Staffed, days: tuple[str, ...], own: Sequence[Interval]) -> str:
    """How many agent hours it takes, against the formulas."""
    hours = document.interval / 3600.0
    ours = hours * sum(one.agents for one in own)
    against = ", ".join(
        f"{_more(hours * sum(getattr(one, of) for one in own) - ours)} by {name}"
        for of, name in (("erlang_c", "Erlang C"), ("erlang_a", "Erlang A"))
    )
    return f"{', '.join(days)}: {ours:g} agent hours on the floor; {against}"


def _more(hours: float) -> str:
    if not hours:
        return "as many"
    return f"{abs(hours):g} {'more' if hours > 0.0 else 'fewer'}"


def _edges(own: Sequence[Interval], interval: float) -> tuple[np.ndarray, np.ndarray]:
    """Hours at which the intervals of a day begin and the last ends, and which of them there are;
    from the first to the last that is staffed for."""
    starts = np.array([_hour(one.time) for one in own])
    hours = interval / 3600.0
    many = round((starts.max() - starts.min()) / hours) + 1
    return starts.min() + hours * np.arange(many + 1), np.rint((starts - starts.min()) / hours)


def _hour(time: str) -> float:
    hours, minutes = time.split(":")
    return int(hours) + int(minutes) / 60.0


def _spread(values: Sequence[float | None], edges: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Values at their places, with gaps in between."""
    row = np.full(len(edges) - 1, np.nan)
    row[places.astype(int)] = [np.nan if value is None else value for value in values]
    return row


def _agents(
    page: Sheet, axes: Axes, own: Sequence[Interval], document: Staffed, labelled: bool
) -> None:
    edges, places = _edges(own, document.interval)
    load = _spread([one.load for one in own], edges, places)
    axes.stairs(np.nan_to_num(load), edges, fill=True, color=marks.BAND, zorder=1, linewidth=0.0)
    lines = (
        ("Erlang C", [one.erlang_c for one in own], MUTED, _DOTTED, 1.2),
        ("Erlang A", [one.erlang_a for one in own], marks.ACCENT, _DASHED, 1.2),
        ("staffed", [one.agents for one in own], INK, "-", 1.9),
    )
    ends = []
    for name, values, color, style, width in lines:
        row = _spread(list(values), edges, places)
        axes.stairs(
            row, edges, baseline=None, color=color, linestyle=style, linewidth=width, zorder=3
        )
        ends.append((float(row[-1]), name, color))
    ends.append((float(load[-1]) / 2.0, "load, Erlangs", MUTED))
    high = 1.1 * max(max(one.erlang_c, one.erlang_a, one.agents, one.load) for one in own)
    ticked_y(axes, (0.0, high), number_ticks, most=5)
    _hours(axes, edges, labelled)
    _labels(axes, ends, edges[-1], high)


def _labels(axes: Axes, ends: list[tuple[float, str, str]], right: float, high: float) -> None:
    """Names beside the ends of the lines, none over another."""
    apart = 0.105 * high
    last = -high
    for value, name, color in sorted(ends):
        last = max(value, last + apart)
        axes.annotate(
            name,
            (right, last),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=color,
            fontsize=8.5,
            annotation_clip=False,
        )


def _achieved(
    axes: Axes, own: Sequence[Interval], name: str, document: Staffed, labelled: bool
) -> None:
    edges, places = _edges(own, document.interval)
    found: list[Amount] = [getattr(one, name) for one in own]
    low, mean, high = (
        _spread([getattr(one, end) for one in found], edges, places)
        for end in ("low", "mean", "high")
    )
    low, high = np.where(np.isnan(low), mean, low), np.where(np.isnan(high), mean, high)
    middle = (edges[:-1] + edges[1:]) / 2.0
    axes.vlines(middle, low, high, color=marks.PALE, linewidth=3.0, zorder=2)
    axes.stairs(mean, edges, baseline=None, color=INK, linewidth=1.5, zorder=3)
    top = 1.0 if name == "service_level" else max(0.02, 1.1 * float(np.nanmax(high)))
    ticked_y(axes, (0.0, top), percent_ticks, most=4)
    for bound, period in _bounds(document, name.replace("_", " ")):
        axes.axhline(bound, color=marks.ACCENT, linestyle=_DASHED, linewidth=1.2, zorder=2)
        axes.annotate(
            f"target by {period}",
            (edges[-1], bound),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=marks.ACCENT,
            fontsize=8.5,
            annotation_clip=False,
        )
    _hours(axes, edges, labelled)


def _bounds(document: Staffed, measure: str) -> list[tuple[float, str]]:
    if not document.contenders:
        return []
    return [
        (one.bound, one.period) for one in document.contenders[0].targets if one.measure == measure
    ]


def _has(own: Sequence[Interval], name: str) -> bool:
    return any(getattr(one, name).mean is not None for one in own)


def _hours(axes: Axes, edges: np.ndarray, labelled: bool) -> None:
    """Round hours along the x axis, at most thirteen."""
    first, last = float(edges[0]), float(edges[-1])
    step = next(step for step in (1, 2, 3, 4) if (last - first) / step <= 13)
    ticks = [hour for hour in range(25) if first <= hour <= last and hour % step == 0]
    axes.set_xlim(first, last)
    axes.set_xticks(ticks, labels=[f"{hour:02d}:00" if labelled else "" for hour in ticks])
