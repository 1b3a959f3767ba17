"""Operating cost against what it buys: each strategy a point with both its intervals."""

from matplotlib.axes import Axes

from sim.experiments.results import Document
from sim.report.charts import findings, marks
from sim.report.charts.axis import Told, span, ticked_x, ticked_y
from sim.report.charts.labels import SIZE, Box, Point, write_labels
from sim.report.charts.lettering import wrapped
from sim.report.charts.readings import (
    ABANDONMENT,
    OPERATING,
    Reading,
    circumstances,
    difference,
    has_customers,
    lost_difference,
    lost_per_year,
    one_currency,
    total,
)
from sim.report.charts.sheet import MUTED, Sheet, sheet
from sim.report.charts.words import money_ticks, number_ticks, percent_ticks

_LEFT, _BOTTOM, _ACROSS, _UP = 0.95, 0.5, 8.7, 4.3
_ROOM = 5.1
_THIN = 0.03
"""Half the thickness of an interval's bar as an obstacle to labels, inches."""
_LABEL = 2.2
"""Widest label, inches."""

Pairs = list[tuple[Reading | None, Reading | None]]


def cost_and_abandonment(document: Document) -> Sheet | None:
    """The chart, or None if there are not two strategies to compare in both."""
    found = [(total(s, OPERATING), total(s, ABANDONMENT)) for s in document.strategies]
    title = findings.trade(
        document,
        lambda d, s: difference(d, s, ABANDONMENT),
        findings.abandonment_told,
        "abandonment",
    )
    up = "Abandonment, % of contacts offered (lower: fewer hang up)"
    name = "operating-cost-and-abandonment"
    return _chart(document, found, name, title, "abandonment", up, percent_ticks)


def cost_and_customers(document: Document) -> Sheet | None:
    """The chart, or None without customers to lose or without two strategies."""
    if not has_customers(document):
        return None
    found = [(total(s, OPERATING), lost_per_year(s)) for s in document.strategies]
    title = findings.trade(document, lost_difference, findings.lost_told, "customers lost")
    up = "Customers lost for service per year (lower: more stay)"
    name = "operating-cost-and-customers-lost"
    return _chart(document, found, name, title, "customers lost for service", up, number_ticks)


def _chart(
    document: Document, found: Pairs, name: str, title: str, what: str, up: str, ticks: Told
) -> Sheet | None:
    labels = marks.labels(document)
    drawn = [(x, y, nth) for nth, (x, y) in enumerate(found) if x and y]
    if len(drawn) < 2 or not one_currency(document):
        return None
    currency = document.strategies[0].currency
    subtitle = f"Operating cost per year against {what}; {circumstances(document)}."
    page = sheet(name, title or f"Operating cost and {what}", subtitle, _ROOM, _foot(document))
    axes = page.axes(_LEFT, _BOTTOM, _ACROSS, _UP)
    wide = span([x.mean for x, _, _ in drawn], [end for x, _, _ in drawn for end in x.ends])
    high = span([y.mean for _, y, _ in drawn], [end for _, y, _ in drawn for end in y.ends])
    ticked_x(axes, wide, lambda values: money_ticks(values, currency))
    ticked_y(axes, high, ticks)
    axes.set_xlabel("Operating cost per year (further left: cheaper)", loc="left", labelpad=6)
    page.text(_LEFT - 0.65, _BOTTOM + _UP + 0.12, up, color=MUTED, fontsize=9)
    if drawn[0][2] == 0:
        _lines_through(axes, drawn[0][0], drawn[0][1])
    for x, y, nth in drawn:
        _point(axes, x, y, *marks.POINTS[nth % len(marks.POINTS)])
    places = [
        _place(x, y, wide, high, wrapped(labels[nth], _LABEL, SIZE, lines=3)) for x, y, nth in drawn
    ]
    write_labels(
        axes,
        places,
        _ACROSS,
        _UP,
        [marks.POINTS[nth % len(marks.POINTS)][1] for _, _, nth in drawn],
    )
    return page


def _foot(document: Document) -> str:
    through = "Dashed lines run through the base."
    if document.replications < 2:
        return through
    return (
        f"{through} Bars are each strategy's own intervals; differences, on the same customers and "
        "the same luck, are surer than that."
    )


def _lines_through(axes: Axes, x: Reading, y: Reading) -> None:
    axes.axvline(x.mean, color=marks.RULE, linewidth=0.8, linestyle=(0, (4, 4)), zorder=1)
    axes.axhline(y.mean, color=marks.RULE, linewidth=0.8, linestyle=(0, (4, 4)), zorder=1)


def _point(axes: Axes, x: Reading, y: Reading, shape: str, colour: str) -> None:
    low, high = x.ends
    axes.plot([low, high], [y.mean, y.mean], color=colour, linewidth=1.2, zorder=3)
    low, high = y.ends
    axes.plot([x.mean, x.mean], [low, high], color=colour, linewidth=1.2, zorder=3)
    axes.plot(
        [x.mean],
        [y.mean],
        marker=shape,
        color=colour,
        markersize=8.5,
        markeredgecolor="white",
        markeredgewidth=0.8,
        linestyle="none",
        zorder=4,
    )


def _place(
    x: Reading, y: Reading, wide: tuple[float, float], high: tuple[float, float], label: str
) -> Point:
    """A point in inches, with its bars as obstacles."""

    def across(value: float) -> float:
        return (value - wide[0]) / (wide[1] - wide[0]) * _ACROSS

    def up(value: float) -> float:
        return (value - high[0]) / (high[1] - high[0]) * _UP

    at_x, at_y = across(x.mean), up(y.mean)
    bars = (
        Box(across(x.ends[0]), at_y - _THIN, across(x.ends[1]), at_y + _THIN),
        Box(at_x - _THIN, up(y.ends[0]), at_x + _THIN, up(y.ends[1])),
    )
    return Point(at_x, at_y, label, bars)
