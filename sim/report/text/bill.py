"""The bill: item by item over the counted days, then its three totals."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.console import RenderableType
from rich.text import Text

from sim.experiments.results import BillItem, Measure, Strategy
from sim.report.text.figures import PER_YEAR, UNDEFINED, Scale, money, plain, scale, told
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import short, visible

_TOTALS = {
    "operating cost": "",
    "total economic cost": "operating cost",
    "margin lost within 12 months": "",
}
"""The totals, and what each holds besides its own items."""
_LONGEST_NAME = 32
_LONGEST_UNIT = 18


def in_bill(measure: Measure) -> bool:
    """Whether a measure is told beside the bill."""
    return measure.measure.removesuffix(PER_YEAR) in _TOTALS


def bill(strategy: Strategy, width: int) -> list[RenderableType]:
    """All items, the months added up; nothing without prices."""
    if not strategy.bill:
        return []
    rows: list[Row] = []
    for total, also in _TOTALS.items():
        lines = _lines(item for item in strategy.bill if item.total == total)
        if lines:
            adds_up = (item for item in strategy.bill if item.total in (total, also))
            rows += [*map(_row, lines), _sum(total, list(adds_up))]
    heads = ["quantity", "", "price", "amount", "discounted"]
    return [
        heading(f"The bill, {visible(strategy.currency)}"),
        grid("", heads, rows, width),
        *_notes(strategy),
        Text(""),
        _totals(strategy, width),
    ]


def _lines(items: Iterable[BillItem]) -> list[BillItem]:
    """Items that differ by month alone, added up. Only a single month keeps its interval."""
    lines: dict[tuple[object, ...], BillItem] = {}
    for item in items:
        key = (item.what, item.who, item.unit, item.price, item.how)
        known = lines.get(key)
        lines[key] = item if known is None else _added(known, item)
    return list(lines.values())


def _added(one: BillItem, other: BillItem) -> BillItem:
    return one.model_copy(
        update={
            "quantity": one.quantity + other.quantity,
            "amount": one.amount + other.amount,
            "present_value": one.present_value + other.present_value,
            "low": None,
            "high": None,
        }
    )


class _Amount(NamedTuple):
    """An item's amount as an estimate."""

    mean: float
    low: float | None
    high: float | None


def _row(item: BillItem) -> Row:
    counted = item.price is not None
    amount = _Amount(item.amount, item.low, item.high)
    return (
        short(_name(item), _LONGEST_NAME),
        [
            Text(plain(round(item.quantity, 1)) if counted else ""),
            Text(short(visible(item.unit), _LONGEST_UNIT) if counted else ""),
            Text(UNDEFINED if item.price is None else plain(item.price)),
            Text(money(item.amount) if item.low is None else told(amount, Scale(1.0, ""))),
            Text(money(item.present_value)),
        ],
    )


def _name(item: BillItem) -> str:
    return visible(f"{item.what}, {item.who}" if item.who else item.what)


def _sum(total: str, lines: list[BillItem]) -> Row:
    amounts = sum(line.amount for line in lines), sum(line.present_value for line in lines)
    cells = [Text(""), Text(""), Text(""), *(Text(money(amount), "bold") for amount in amounts)]
    return f"= {visible(total)}", cells


def _notes(strategy: Strategy) -> list[RenderableType]:
    """How the amounts come about that are not plainly a quantity times a price, each said once."""
    whose: dict[tuple[str, str], dict[str, None]] = {}
    for item in strategy.bill:
        if item.how:
            whose.setdefault((item.what, item.how), {})[item.who] = None
    return [
        Text(visible(f"{', '.join(filter(None, (what, *names)))}: {how}"), style="dim")
        for (what, how), names in whose.items()
    ]


def _totals(strategy: Strategy, width: int) -> RenderableType:
    """The three totals, of the counted days and per year."""
    found = {
        one.measure: one
        for one in strategy.measures
        if one.row_kind == "total" and one.interval is None
    }
    rows: list[Row] = []
    periods = ("", PER_YEAR)
    pairs = {name: [found.get(name + period) for period in periods] for name in _TOTALS}
    scales = [_scale(column) for column in zip(*pairs.values(), strict=True)]
    for name, pair in pairs.items():
        cells = [_with_unit(*cell) for cell in zip(pair, scales, strict=True)]
        rows.append((name[:1].upper() + name[1:], [Text(cell) for cell in cells]))
    return grid("", [f"{strategy.counted_days} days", "per year"], rows, width)


def _scale(column: Iterable[Measure | None]) -> Scale:
    found = [one for one in column if one is not None]
    return scale(found[0].unit if found else "", [one.mean for one in found])


def _with_unit(measure: Measure | None, fitting: Scale) -> str:
    if measure is None:
        return UNDEFINED
    return f"{told(measure, fitting)} {fitting.unit.removesuffix(PER_YEAR)}"
