"""The bill of each strategy: what it spends, and what bad service loses, item upon item."""

import math

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.experiments.results import Document, Strategy
from sim.report.charts import findings, marks
from sim.report.charts.axis import ticked_x
from sim.report.charts.lettering import width
from sim.report.charts.parts import Part, parts_of
from sim.report.charts.readings import (
    ECONOMIC,
    OPERATING,
    Reading,
    circumstances,
    one_currency,
    total,
)
from sim.report.charts.rows import LEFT, SIZE, write_names
from sim.report.charts.sheet import INK, MARGIN, MUTED, WIDTH, Sheet, sheet
from sim.report.charts.words import money, money_ticks, percent

_ACROSS, _BOTTOM = 7.4, 0.35
_ROW, _BAR = 0.64, 0.64
"""Height of a strategy's row, inches, and of the bar in it as a share."""
_KEY, _SWATCH = 0.26, 0.22
"""Height of a row of the key, and width of a swatch, inches."""
_SIZE = 8.0
_AIR = 0.08


def bill(document: Document) -> Sheet | None:
    """The chart, or None if nothing has a price, or prices are in different currencies."""
    parts = parts_of(document)
    if not parts or not one_currency(document):
        return None
    with_customers = any(
        item.total == "total economic cost" and item.present_value
        for one in document.strategies
        for item in one.bill
    )
    totals = [total(one, ECONOMIC if with_customers else OPERATING) for one in document.strategies]
    low, high = _ends(parts, totals, document.strategies[0].currency)
    inch = (high - low) / _ACROSS
    key = _key_rows([part for part in parts if not _is_named(part, totals, inch)])
    up = _ROW * len(document.strategies)
    page = sheet(
        "bill",
        _title(document, parts, with_customers),
        f"{'Total economic' if with_customers else 'Operating'} cost per year by item, discounted "
        f"to the first counted day. Diamonds: totals, {circumstances(document)}.",
        _BOTTOM + up + _KEY * len(key) + (0.1 if key else 0.0),
    )
    axes = page.axes(LEFT, _BOTTOM, _ACROSS, up)
    axes.set_ylim(0.0, float(len(document.strategies)))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")
    currency = document.strategies[0].currency
    ticked_x(axes, (low, high), lambda values: money_ticks(values, currency))
    axes.axvline(0.0, color=marks.RULE, linewidth=0.8, zorder=3)
    middles = [len(document.strategies) - nth - 0.5 for nth in range(len(document.strategies))]
    for nth, (middle, whole) in enumerate(zip(middles, totals, strict=True)):
        free_until = whole.mean - _mark(whole, inch) * inch if whole else math.inf
        _bar(axes, middle, parts, nth, inch, currency, free_until)
        if whole:
            _total(axes, middle, parts, nth, whole, inch, currency)
    notes = [_operating(one) for one in document.strategies] if with_customers else []
    write_names(page, document, [_BOTTOM + middle * _ROW for middle in middles], notes)
    _draw_key(page, key)
    return page


def _title(document: Document, parts: list[Part], with_customers: bool) -> str:
    """What the alternatives change; of one strategy, where the money goes."""
    compared = findings.bill(document, with_customers)
    base = document.strategies[0]
    whole = sum(part.amounts[0] for part in parts)
    if compared or whole <= 0.0:
        return compared or f"The bill of {findings.named(base)}"
    costs = f"{findings.named(base)} costs {money(whole, base.currency)} a year"
    largest, *others = sorted(parts, key=lambda part: -part.amounts[0])
    if not others or others[0].amounts[0] < 0.005 * whole:
        return f"{costs}, {'nearly all' if others else 'all'} of it {largest.what}"
    shares = [
        f"{part.what} {percent(round(part.amounts[0] / whole, 2))}" for part in (largest, others[0])
    ]
    return f"{costs} in all: {' and '.join(shares)}"


def _ends(parts: list[Part], totals: list[Reading | None], currency: str) -> tuple[float, float]:
    """From where to where the axis goes, so that there is room for the totals' labels."""
    rows = range(len(totals))
    low = min(0.0, *(_sum(parts, nth, -1) for nth in rows))
    high = max(_end(parts, nth, totals[nth]) for nth in rows) or 1.0
    labels = [money(one.mean, currency) for one in totals if one]
    label = max((width(text, SIZE, bold=True) for text in labels), default=0.0) + 0.2
    low *= 1.05
    return low, low + (high - low) * _ACROSS / (_ACROSS - label)


def _end(parts: list[Part], nth: int, whole: Reading | None) -> float:
    """Where a strategy's bar and its total's interval have both ended."""
    return max(_sum(parts, nth, 1), whole.ends[1] if whole else 0.0)


def _sum(parts: list[Part], nth: int, sign: int) -> float:
    return sign * sum(max(0.0, sign * part.amounts[nth]) for part in parts)


def _mark(whole: Reading | None, inch: float) -> float:
    """How far the mark of a total reaches to the left of it, inches; texts must not touch it."""
    return max(0.07, (whole.mean - whole.ends[0]) / inch) + 0.03 if whole else 0.0


def _bar(
    axes: Axes,
    middle: float,
    parts: list[Part],
    nth: int,
    inch: float,
    currency: str,
    free_until: float,
) -> None:
    """Costs to the right of zero, deductions to its left."""
    ends = {1: 0.0, -1: 0.0}
    for part in parts:
        amount = part.amounts[nth]
        side = 1 if amount >= 0.0 else -1
        left = min(ends[side], ends[side] + amount)
        ends[side] += amount
        axes.add_patch(
            Rectangle(
                (left, middle - _BAR / 2),
                abs(amount),
                _BAR,
                facecolor=part.fill,
                edgecolor="white",
                hatch=part.hatch,
                linewidth=0.8,
                label=part.what,
                zorder=2,
            )
        )
        room = min(abs(amount), max(0.0, free_until - left))
        text = _inside(part, amount, room / inch - _AIR, currency)
        if text:
            axes.text(
                left + room / 2,
                middle,
                text,
                fontsize=_SIZE,
                color=marks.ink_on(part.fill),
                ha="center",
                va="center",
                linespacing=1.25,
                bbox=_patch(part),
                zorder=4,
            )


def _patch(part: Part) -> dict[str, object] | None:
    """What lifts a text off a hatch."""
    if not part.hatch:
        return None
    return {"facecolor": part.fill, "edgecolor": "none", "pad": 1.0}


def _inside(part: Part, amount: float, room: float, currency: str) -> str:
    """What a part says of itself in so many inches: name and amount, amount, or nothing."""
    told = money(amount, currency)
    if max(width(part.what, _SIZE), width(told, _SIZE)) <= room:
        return f"{part.what}\n{told}"
    return told if width(told, _SIZE) <= room else ""


def _is_named(part: Part, totals: list[Reading | None], inch: float) -> bool:
    """Whether a part surely says its name in some bar, even if that is the last part of it."""
    return any(
        width(part.what, _SIZE) + _AIR + _mark(whole, inch) <= abs(amount) / inch
        for amount, whole in zip(part.amounts, totals, strict=True)
    )


def _total(
    axes: Axes,
    middle: float,
    parts: list[Part],
    nth: int,
    whole: Reading,
    inch: float,
    currency: str,
) -> None:
    for colour, line in (("white", 3.4), (INK, 1.4)):
        axes.plot(whole.ends, [middle, middle], color=colour, linewidth=line, zorder=5)
    axes.plot(
        [whole.mean],
        [middle],
        marker="D",
        markersize=6.5,
        color=INK,
        markeredgecolor="white",
        linestyle="none",
        zorder=6,
    )
    axes.text(
        _end(parts, nth, whole) + 0.1 * inch,
        middle,
        money(whole.mean, currency),
        fontsize=SIZE,
        weight="bold",
        va="center",
    )


def _operating(strategy: Strategy) -> str:
    cost = total(strategy, OPERATING)
    return f"{money(cost.mean, strategy.currency)} to operate" if cost else ""


def _key_rows(parts: list[Part]) -> list[list[tuple[float, Part]]]:
    """Where in the key the parts stand that are too small to be named where they are."""
    rows: list[list[tuple[float, Part]]] = []
    left = WIDTH
    for part in parts:
        across = _SWATCH + 0.08 + width(part.what, _SIZE) + 0.25
        if left + across > WIDTH - MARGIN:
            rows.append([])
            left = LEFT
        rows[-1].append((left, part))
        left += across
    return rows


def _draw_key(page: Sheet, rows: list[list[tuple[float, Part]]]) -> None:
    for nth, row in enumerate(rows):
        bottom = page.room - (nth + 1) * _KEY + 0.08
        for left, part in row:
            swatch = page.axes(left, bottom, _SWATCH, 0.12)
            swatch.set_axis_off()
            swatch.add_patch(
                Rectangle((0, 0), 1, 1, facecolor=part.fill, hatch=part.hatch, edgecolor="white")
            )
            page.text(left + _SWATCH + 0.08, bottom + 0.015, part.what, fontsize=_SIZE, color=MUTED)
