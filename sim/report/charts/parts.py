"""The parts of the bill: few enough to be told apart, the same for every strategy."""

from dataclasses import dataclass

from sim.experiments.results import Document
from sim.report.charts import marks
from sim.report.charts.readings import years

LOSSES = ("customers lost", "prospects put off")
"""Items that are no spending."""
OTHER = "other operating items"
_WITHIN_YEAR = "margin lost within 12 months"
"""The total of what finance misses within a year; the value of a customer lost contains it."""


@dataclass(frozen=True)
class Part:
    """One item of every strategy's bill: its amounts per year, discounted, in their currency."""

    what: str
    amounts: tuple[float, ...]
    fill: str
    hatch: str


def parts_of(document: Document) -> list[Part]:
    """Spending, the largest first and the smallest as one; what is deducted from it; then what bad
    service loses."""
    bills = [item for one in document.strategies for item in one.bill if item.total != _WITHIN_YEAR]
    amounts = {what: _amounts(document, [what]) for what in dict.fromkeys(i.what for i in bills)}
    operating = [what for what in amounts if what not in LOSSES]
    deductions = [what for what in operating if min(amounts[what]) < 0.0]
    spending = [what for what in operating if what not in deductions]
    spending.sort(key=lambda what: -max(amounts[what]))
    most = len(marks.SPENDING)
    named = spending if len(spending) <= most else spending[: most - 1]
    rest = spending[len(named) :]
    fills = dict(zip(named, marks.SPENDING, strict=False))
    losses = dict(zip(LOSSES, marks.LOSSES, strict=True))
    parts = [
        *(Part(what, amounts[what], fill, "") for what, fill in fills.items()),
        *(Part(OTHER, _amounts(document, rest), marks.SPENDING[-1], "") for _ in rest[:1]),
        *(Part(what, amounts[what], *marks.DEDUCTION) for what in deductions),
        *(Part(what, amounts[what], *look) for what, look in losses.items() if what in amounts),
    ]
    return [part for part in parts if any(part.amounts)]


def _amounts(document: Document, whats: list[str]) -> tuple[float, ...]:
    return tuple(
        years(one) * sum(item.present_value for item in one.bill if item.what in whats)
        for one in document.strategies
    )
