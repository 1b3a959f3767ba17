"""One strategy in detail: its figures as a whole and by row, its day, its bill, its two views."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from sim.accounting.definitions import VIEWS
from sim.experiments.results import Document, Measure, Strategy
from sim.report.text.bill import bill, in_bill
from sim.report.text.day import day
from sim.report.text.failure import failure_demand, is_failure
from sim.report.text.figures import scale, told
from sim.report.text.footing import assumptions, circumstances, headed, warnings
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import short, visible
from sim.report.text.sureness import sureness
from sim.report.text.waits import is_quantile, waits

_SECTIONS = {
    "queue": "By queue (legs)",
    "team": "By team (legs)",
    "reason": "By reason (contacts and issues)",
    "segment": "By segment of customers",
    "closing": "How issues closed",
    "cause": "Why customers were lost",
}
"""Kinds of row, in the order in which they are told."""
_VARIANTS = "service level, "
"""Beginning of the other rules' service levels, which are told of the whole only."""
_LONGEST_NAME = 24


def detail(document: Document, strategy: Strategy, width: int) -> RenderableType:
    """Everything about one of a document's strategies."""
    alone = document.model_copy(update={"strategies": (strategy,)})
    whole = _of(strategy, "total")
    headline = [one for name in document.headline for one in whole if one.measure == name]
    others = [one for one in whole if one.mean and one not in headline and not _in_table(one)]
    parts: list[RenderableType] = [
        Text(visible(strategy.title or strategy.name), style="bold"),
        Text(f"{visible(strategy.file)}: {circumstances(alone)}", style="dim"),
        Text("± half of the 95 % interval", style="dim"),
        *(sureness(document) if document.kind == "run" else []),
        heading("In short"),
        Text("\n".join(_lines(headline))),
        *(Text(visible(sentence), style="bold") for sentence in _finding(document)),
        heading("Further figures"),
        _in_two_columns(_lines(others), width),
        *waits(strategy, width),
    ]
    for kind, title in _SECTIONS.items():
        parts += _section(title, _of(strategy, kind), width)
    for tell in (failure_demand, day, bill, _views):
        parts += tell(strategy, width)
    return Group(*parts, *assumptions(alone), *warnings(alone))


def _in_table(measure: Measure) -> bool:
    """Whether a measure of the whole is told in a table of its own."""
    return in_bill(measure) or is_quantile(measure) or is_failure(measure)


def _finding(document: Document) -> tuple[str, ...]:
    """The verdict on a run; that of a comparison is not one strategy's."""
    return document.finding if document.kind == "run" else ()


def _of(strategy: Strategy, kind: str) -> list[Measure]:
    """The measures of one kind of row over the counted time."""
    return [one for one in strategy.measures if one.row_kind == kind and one.interval is None]


def _lines(measures: Sequence[Measure]) -> list[str]:
    """Measures below each other, one figure each."""
    scales = [scale(one.unit, [one.mean]) for one in measures]
    heads = [
        headed(one.measure, fitting.unit, one.note)
        for one, fitting in zip(measures, scales, strict=True)
    ]
    longest = max(map(len, heads), default=0)
    return [
        f"{head:{longest}}  {told(one, fitting)}"
        for head, one, fitting in zip(heads, measures, scales, strict=True)
    ]


def _in_two_columns(lines: list[str], width: int) -> Text:
    """Lines in the order of reading, one half beside the other if they fit."""
    half = (len(lines) + 1) // 2
    room = max(map(len, lines[:half]), default=0)
    if room + 4 + max(map(len, lines[half:]), default=0) > width:
        return Text("\n".join(lines))
    pairs = zip(lines[:half], [*lines[half:], ""], strict=False)
    return Text("\n".join(f"{left:{room}}    {right}".rstrip() for left, right in pairs))


def _section(title: str, measures: list[Measure], width: int) -> list[RenderableType]:
    """The rows of one kind against their measures, whichever way is narrower.

    Measures that are zero or undefined for all rows are left out, and so is a kind of a single
    row, which is the whole.
    """
    names = list(dict.fromkeys(one.row for one in measures))
    told_of: dict[str, dict[str, Measure]] = {}
    for one in measures:
        if not one.measure.startswith(_VARIANTS) and not is_quantile(one):
            told_of.setdefault(one.measure, {})[one.row] = one
    told_of = {
        measure: rows for measure, rows in told_of.items() if any(one.mean for one in rows.values())
    }
    if len(names) < 2 or not told_of:
        return []
    columns = [_column(measure, rows, names) for measure, rows in told_of.items()]
    labels = [short(visible(name), _LONGEST_NAME) for name in names]
    if len(names) < len(columns):
        return [heading(title), grid("", labels, columns, width)]
    empty = [
        not any(rows[name].mean for rows in told_of.values() if name in rows) for name in names
    ]
    rows = [
        (label, [cells[nth] for _, cells in columns])
        for nth, label in enumerate(labels)
        if not empty[nth]
    ]
    return [heading(title), grid("", [head for head, _ in columns], rows, width)]


def _column(measure: str, rows: dict[str, Measure], names: list[str]) -> Row:
    """A measure's head and its figures for all rows."""
    fitting = scale(next(iter(rows.values())).unit, [one.mean for one in rows.values()])
    notes = dict.fromkeys(one.note for one in rows.values() if one.note)
    head = headed(measure, fitting.unit, notes.popitem()[0] if len(notes) == 1 else "")
    return head, [Text(told(rows[name], fitting) if name in rows else "") for name in names]


def _views(strategy: Strategy, width: int) -> list[RenderableType]:
    """The same run as a dashboard sees it, by contact, and as customers live it, by issue."""
    whole = {one.measure: one for one in _of(strategy, "total")}
    rows: list[Row] = []
    for view in VIEWS:
        if view.dashboard in whole and view.true in whole:
            names = (view.dashboard, view.true)
            rows.append((view.question, [Text(_with_unit(whole[name])) for name in names]))
            rows.append(("", [Text(f"  {name}", style="dim") for name in names]))
    if not rows:
        return []
    heads = ["as a dashboard sees it, by contact", "as customers live it, by issue"]
    return [heading("Two views of the same days"), grid("", heads, rows, width, words=2)]


def _with_unit(measure: Measure) -> str:
    fitting = scale(measure.unit, [measure.mean])
    return told(measure, fitting) + (f" {fitting.unit}" if measure.mean is not None else "")
