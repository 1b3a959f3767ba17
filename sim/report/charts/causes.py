"""Customers lost for service by cause: one panel for each cause, one row for each strategy."""

import math
from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.codes import CAUSES
from sim.experiments.results import Document, Strategy
from sim.report.charts import findings, marks
from sim.report.charts.lettering import height, width, wrapped
from sim.report.charts.readings import (
    LOST,
    Reading,
    circumstances,
    has_customers,
    lost_per_year,
    row,
    years,
)
from sim.report.charts.rows import LEFT, write_names
from sim.report.charts.sheet import INK, MARGIN, WIDTH, Sheet, sheet
from sim.report.charts.words import count

WORDS = {
    "closing": "how the issue ended",
    "wait": "waiting",
    "repeats": "calling again",
    "transfers": "being passed on",
    "self_service": "failed self-service",
    "team": "the team's manner",
    "memory": "earlier bad service",
}
"""The causes as a reader says them."""

_BOTTOM, _ROW, _BAR = 0.1, 0.42, 0.5
_HEAD, _LABEL = 8.5, 8.5
_NARROWEST, _GAP = 0.74, 0.1
"""Of a panel, and between panels, inches."""
_SHORTEST = 0.1
"""Of the longest bar, inches."""


@dataclass(frozen=True)
class Panel:
    """A cause and what each strategy loses by it per year."""

    head: str
    losses: tuple[Reading | None, ...]
    fill: str
    hatch: str

    @property
    def low(self) -> float:
        """Where its bars and intervals begin: at zero or below."""
        return min([0.0, *(one.ends[0] for one in self.losses if one)])

    @property
    def high(self) -> float:
        """Where its bars and intervals end: at zero or above."""
        return max([0.0, *(one.ends[1] for one in self.losses if one)])

    @property
    def label(self) -> float:
        """Width of its widest label, inches."""
        return max(width(count(one.mean), _LABEL) for one in self.losses if one) + 0.12


def losses_by_cause(document: Document) -> Sheet | None:
    """The chart, or None without customers to lose."""
    panels = _panels(document) if has_customers(document) else []
    if not panels:
        return None
    room = WIDTH - MARGIN - LEFT - _GAP * (len(panels) - 1)
    inch = _inch(panels, room)
    heads = [wrapped(panel.head, _across(panel, inch), _HEAD, bold=True) for panel in panels]
    up = _ROW * len(document.strategies)
    head = height(max(text.count("\n") for text in heads) + 1, _HEAD)
    page = sheet(
        "customers-lost-by-cause",
        findings.causes(document, _largest),
        "Customers lost for service per year, expected, by cause, all on one scale; "
        f"{circumstances(document)}.",
        _BOTTOM + up + head + 0.12,
    )
    left = LEFT
    for panel, text in zip(panels, heads, strict=True):
        across = _across(panel, inch)
        axes = page.axes(left, _BOTTOM, across, up)
        _bars(axes, panel, across, inch)
        page.text(left, _BOTTOM + up + 0.1, text, fontsize=_HEAD, weight="bold", va="bottom")
        left += across + _GAP
    rows = range(len(document.strategies))
    write_names(page, document, [_BOTTOM + up - (nth + 0.5) * _ROW for nth in rows])
    return page


def _panels(document: Document) -> list[Panel]:
    """All causes together, and each cause over which some strategy loses or keeps a customer."""
    whole = tuple(lost_per_year(strategy) for strategy in document.strategies)
    found = [
        (WORDS.get(cause, cause), tuple(_lost(strategy, cause) for strategy in document.strategies))
        for cause in CAUSES
    ]
    return [
        Panel("All causes", whole, marks.BASE, ""),
        *(
            Panel(head[:1].upper() + head[1:], losses, *marks.LOSSES[0])
            for head, losses in found
            if any(one and one.mean for one in losses)
        ),
    ]


def _lost(strategy: Strategy, cause: str) -> Reading | None:
    lost = row(strategy, LOST, "cause", cause)
    return lost.times(years(strategy)) if lost else None


def _largest(strategy: Strategy) -> tuple[str, float]:
    """The cause of most of a strategy's losses, and its share of them all."""
    whole = lost_per_year(strategy)
    losses = {cause: lost.mean for cause in CAUSES if (lost := _lost(strategy, cause))}
    if not whole or whole.mean <= 0.0 or not losses:
        return "", 0.0
    cause = max(losses, key=lambda one: losses[one])
    return WORDS.get(cause, cause), losses[cause] / whole.mean


def _across(panel: Panel, inch: float) -> float:
    """Width of a panel, inches, if an inch stands for so many customers."""
    return max(_NARROWEST, (panel.high - panel.low) / inch + panel.label)


def _inch(panels: list[Panel], room: float) -> float:
    """The fewest customers to an inch with which all panels fit into the room; if none do, as
    many as leave the longest bar `_SHORTEST`."""
    few, many = 1e-9, max(panel.high - panel.low for panel in panels) / _SHORTEST
    for _ in range(60):
        middle = math.sqrt(few * many)
        if sum(_across(panel, middle) for panel in panels) > room:
            few = middle
        else:
            many = middle
    return many


def _bars(axes: Axes, panel: Panel, across: float, inch: float) -> None:
    many = len(panel.losses)
    axes.set_xlim(panel.low, panel.low + across * inch)
    axes.set_ylim(0.0, float(many))
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.axvline(0.0, color=marks.RULE, linewidth=1.2, zorder=3)
    for nth, lost in enumerate(panel.losses):
        if lost is None:
            continue
        middle = many - nth - 0.5
        axes.barh(
            [middle],
            [lost.mean],
            height=_BAR,
            color=panel.fill,
            edgecolor="white",
            hatch=panel.hatch,
            linewidth=0.0,
            zorder=2,
        )
        for colour, line in (("white", 3.0), (INK, 1.2)):
            axes.plot(lost.ends, [middle, middle], color=colour, linewidth=line, zorder=4)
        end = max(0.0, lost.ends[1]) + 0.06 * inch
        axes.text(end, middle, count(lost.mean), fontsize=_LABEL, va="center", color=INK)
