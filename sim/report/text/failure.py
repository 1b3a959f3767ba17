"""The ledger of failure demand: its kinds, how much work they are, and what they cost."""

from collections.abc import Iterable, Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from sim.accounting.definitions import FAILURE_MEASURES
from sim.codes import FIRST, WHYS
from sim.experiments.results import Measure, Strategy
from sim.report.text.figures import PER_YEAR, Scale, scale, told
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import visible

_COLUMNS = {
    "failure demand, contacts": "contacts",
    "failure demand, share of contacts": "share of contacts",
    "failure demand, share of handling time": "share of handling time",
    "price of failure demand per year": "price per year",
}
"""The measures that are told, and what stands over them."""
_KINDS = {
    "avoidable": "avoidable: need not have arisen",
    "redial": "redial: not answered before",
    "repeat": "repeat: not solved before",
    "transfer": "transfer: passed on by an agent",
    "incident": "incident: something broke",
    "message": "message: called because of a message",
    "retry": "retry: refused before",
}
"""What the kinds mean."""

_VALUE = WHYS[FIRST]
"""The kind that is no failure demand."""

_Ledger = Mapping[str, Mapping[str, Measure]]
"""By kind (or `total`) and name of the measure."""


def is_failure(measure: Measure) -> bool:
    """Whether a measure belongs to this ledger."""
    return any(measure.measure == one.name for one in FAILURE_MEASURES)


def failure_demand(strategy: Strategy, width: int) -> list[RenderableType]:
    """Failure demand by kind, its total, and value demand; nothing if there is none."""
    ledger: dict[str, dict[str, Measure]] = {}
    for one in strategy.measures:
        if one.interval is None and is_failure(one):
            ledger.setdefault(one.row, {})[one.measure] = one
    total = ledger.get("total", {})
    told_of = [name for name in _COLUMNS if name in total and total[name].mean]
    if not told_of:
        return []
    kinds = [kind for kind in _KINDS if any(one.mean for one in ledger.get(kind, {}).values())]
    columns = {name: _scale(ledger, name) for name in told_of}
    heads = [_head(_COLUMNS[name], fitting) for name, fitting in columns.items()]
    rows: list[Row] = [(_KINDS[kind], _cells(ledger[kind], columns)) for kind in kinds]
    rows.append(("= failure demand", _cells(total, columns, "bold")))
    if _VALUE in ledger:
        rows.append(("value demand: first calls", _cells(ledger[_VALUE], columns)))
    return [
        heading("Failure demand"),
        grid("", heads, rows, width),
        *(Text(f"{what}: {visible(note)}", style="dim") for what, note in _notes(total, told_of)),
    ]


def _notes(total: Mapping[str, Measure], told_of: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What must be said beside the figures."""
    yield "contacts", "each transfer is one more"
    for name in told_of:
        if total[name].note:
            yield _COLUMNS[name], total[name].note


def _scale(ledger: _Ledger, name: str) -> Scale:
    found = [row[name] for row in ledger.values() if name in row]
    return scale(found[0].unit, [one.mean for one in found])


def _head(name: str, fitting: Scale) -> str:
    unit = fitting.unit.removesuffix(PER_YEAR)
    return name if unit == name else f"{name}, {visible(unit)}"


def _cells(row: Mapping[str, Measure], columns: Mapping[str, Scale], style: str = "") -> list[Text]:
    return [
        Text(told(row[name], fitting) if name in row else "", style)
        for name, fitting in columns.items()
    ]
