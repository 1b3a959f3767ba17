"""The dashboard view against the true view: the same run by contact and by issue."""

from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.accounting.definitions import VIEWS, View
from sim.experiments.results import Document, Strategy
from sim.report.charts import findings, marks
from sim.report.charts.lettering import height, width
from sim.report.charts.readings import Reading, circumstances, one_currency, total
from sim.report.charts.rows import LEFT, write_names
from sim.report.charts.sheet import INK, MARGIN, MUTED, WIDTH, Sheet, sheet
from sim.report.charts.words import told

_PLAIN = {
    "handled": "contacts handled",
    "abandonment": "contacts abandoned",
    "ASA": "mean wait of the answered (ASA)",
    "resolved per contact": "contacts that resolved the issue",
    "FCR": "issues resolved at the first contact (FCR)",
    "AHT": "handle time per contact (AHT)",
}
"""Measures whose names a board need not know, in plain words."""

_COLUMNS, _GAP = 2, 0.35
_ACROSS = (WIDTH - MARGIN - LEFT - _GAP * (_COLUMNS - 1)) / _COLUMNS
_ROW, _BELOW = 0.36, 0.28
_HEAD, _KEY, _LABEL = 9.5, 8.0, 8.5
_KEY_LINES = 2
_MARK = 0.06
"""Half of a mark, inches."""
_APART = 0.13
"""How far the marks and their intervals stand above and below their row's middle, in rows."""


@dataclass(frozen=True)
class Pair:
    """A view's question and both its answers for every strategy."""

    view: View
    unit: str
    same_unit: bool
    dashboard: tuple[Reading | None, ...]
    true: tuple[Reading | None, ...]


def dashboard_and_true_view(document: Document) -> Sheet | None:
    """The chart, or None if no view has both its measures."""
    pairs = [pair for view in VIEWS if (pair := _pair(document, view))]
    if not pairs:
        return None
    many = len(document.strategies)
    panel = _ROW * many + height(1, _HEAD) + height(_KEY_LINES, _KEY) + 0.1
    rows = -(-len(pairs) // _COLUMNS)
    page = sheet(
        "dashboard-and-true-view",
        _title(document, pairs),
        "Hollow: by contact, as a dashboard counts. Filled: by issue, as customers live it. "
        f"Lines at zero; {circumstances(document)}.",
        rows * (panel + _BELOW) - _BELOW,
    )
    for nth, pair in enumerate(pairs):
        left = LEFT + nth % _COLUMNS * (_ACROSS + _GAP)
        bottom = page.room - (nth // _COLUMNS + 1) * (panel + _BELOW) + _BELOW
        _panel(page, document, pair, left, bottom)
        if nth % _COLUMNS == 0:
            middles = [bottom + (many - row - 0.5) * _ROW for row in range(many)]
            write_names(page, document, middles)
    return page


def _pair(document: Document, view: View) -> Pair | None:
    dashboard = tuple(total(one, view.dashboard) for one in document.strategies)
    true = tuple(total(one, view.true) for one in document.strategies)
    if not any(a and b for a, b in zip(dashboard, true, strict=True)):
        return None
    units = [_unit(document.strategies, name) for name in (view.dashboard, view.true)]
    in_money = units[0] == document.strategies[0].currency
    if in_money and not one_currency(document):
        return None
    return Pair(view, units[0], units[0] == units[1], dashboard, true)


def _unit(strategies: tuple[Strategy, ...], name: str) -> str:
    return strategies[0].measure(name).unit


def _title(document: Document, pairs: list[Pair]) -> str:
    """The pair that is furthest apart, of the strategy where it is so."""
    apart = [
        (_apart(dashboard, true), f"{findings.named(strategy)} on the dashboard", pair, nth)
        for pair in pairs
        if pair.same_unit
        for nth, strategy in enumerate(document.strategies)
        if (dashboard := pair.dashboard[nth]) and (true := pair.true[nth])
    ]
    furthest = max(apart, key=lambda one: one[0], default=None)
    if furthest is None or furthest[0] <= 1.0:
        return "What the dashboard shows and what customers live cannot be told apart"
    _, whose, pair, nth = furthest
    shown, lived = _texts(document, pair)[nth]
    return (
        f"{whose}: {_plain(pair.view.dashboard)} {shown}. "
        f"As its customers live it: {_plain(pair.view.true)} {lived}"
    )


def _plain(measure: str) -> str:
    return _PLAIN.get(measure, measure)


def _apart(one: Reading, other: Reading) -> float:
    """How many times one figure is the other; 1 if their intervals overlap."""
    less, more = sorted([one, other], key=lambda reading: reading.mean)
    if less.mean <= 0.0 or less.ends[1] >= more.ends[0]:
        return 1.0
    return more.mean / less.mean


def _texts(document: Document, pair: Pair) -> list[tuple[str, str]]:
    """Both answers in words for every strategy, all in one unit."""
    answers = [one.mean if one else 0.0 for one in (*pair.dashboard, *pair.true)]
    texts = told(answers, pair.unit, document.strategies[0].currency)
    many = len(pair.dashboard)
    return list(zip(texts[:many], texts[many:], strict=True))


def _panel(page: Sheet, document: Document, pair: Pair, left: float, bottom: float) -> None:
    many = len(document.strategies)
    axes = page.axes(left, bottom, _ACROSS, _ROW * many)
    texts = _texts(document, pair)
    label = max(width(text, _LABEL) for both in texts for text in both) + _MARK + 0.08
    ends = [end for one in (*pair.dashboard, *pair.true) if one for end in one.ends]
    low = min(0.0, *ends)
    inch = (max(0.0, *ends) - low or 1.0) / (_ACROSS - 2 * label)
    axes.set_xlim(low - label * inch, low + (_ACROSS - label) * inch)
    axes.set_ylim(0.0, float(many))
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.axvline(0.0, color=marks.RULE, linewidth=1.0, zorder=1)
    for nth in range(many):
        _row(axes, many - nth - 0.5, (pair.dashboard[nth], pair.true[nth]), texts[nth], inch)
    _key(page, pair, left, bottom + _ROW * many)


def _row(
    axes: Axes,
    middle: float,
    answers: tuple[Reading | None, Reading | None],
    texts: tuple[str, str],
    inch: float,
) -> None:
    """Both marks joined by a bar, with their intervals; the labels outside of them."""
    both = zip(answers, texts, (False, True), strict=True)
    found = [(one, text, filled) for one, text, filled in both if one]
    found.sort(key=lambda one: one[0].mean)
    axes.plot(
        [one.mean for one, _, _ in found],
        [middle] * len(found),
        color=marks.PALE,
        linewidth=5.5,
        solid_capstyle="butt",
        zorder=2,
    )
    for one, _, filled in found:
        height = middle - _APART if filled else middle + _APART
        axes.plot(one.ends, [height, height], color=INK, linewidth=1.2, zorder=3)
        axes.plot(
            [one.mean],
            [height],
            marker="o",
            markersize=6.5,
            color=INK,
            markerfacecolor=INK if filled else "white",
            markeredgewidth=1.3,
            linestyle="none",
            zorder=4,
        )
    lowest = min(min(one.ends[0], one.mean - _MARK * inch) for one, _, _ in found)
    highest = max(max(one.ends[1], one.mean + _MARK * inch) for one, _, _ in found)
    for nth, (_, text, _) in enumerate(found):
        is_last = nth == len(found) - 1
        axes.text(
            highest + 0.04 * inch if is_last else lowest - 0.04 * inch,
            middle,
            text,
            fontsize=_LABEL,
            va="center",
            ha="left" if is_last else "right",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            zorder=1.5,
        )


def _key(page: Sheet, pair: Pair, left: float, bottom: float) -> None:
    """The question of a panel, and what its two marks stand for."""
    bottom += 0.05
    for name, filled in ((pair.view.true, True), (pair.view.dashboard, False)):
        mark = page.axes(left, bottom, 0.1, height(1, _KEY))
        mark.set_axis_off()
        mark.plot(
            [0.5],
            [0.58],
            marker="o",
            markersize=5.0,
            color=INK,
            markerfacecolor=INK if filled else "white",
            clip_on=False,
        )
        mark.set(xlim=(0, 1), ylim=(0, 1))
        page.text(left + 0.18, bottom + 0.045, _plain(name), fontsize=_KEY, color=MUTED)
        bottom += height(1, _KEY)
    page.text(left, bottom + 0.06, pair.view.question, fontsize=_HEAD, weight="bold")
