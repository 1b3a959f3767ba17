"""A comparison on one screen: what each strategy costs and loses, and what it changes."""

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.results import Difference, Document, Measure, Strategy
from sim.report.text.figures import PER_YEAR, Scale, differs, scale, told
from sim.report.text.footing import assumptions, circumstances, headed, warnings
from sim.report.text.grid import aligned, grid
from sim.report.text.names import short, visible
from sim.report.text.sureness import sureness

_LESS_IS_BETTER = (
    "operating cost",
    "margin lost within 12 months",
    "total economic cost",
    "abandonment",
    "mean wait",
    "contacts per issue",
    "customers lost, expected",
)
_MORE_IS_BETTER = ("service level", "FCR")
_LONGEST_NAME = 24


def comparison(document: Document, width: int) -> RenderableType:
    """A block for each measure, with the strategies below each other: the estimate, and beside it
    the difference to the base."""
    parts: list[RenderableType] = [Text(visible(document.title), style="bold")]
    if document.question:
        parts.append(Text(visible(document.question)))
    parts += [Text(circumstances(document), style="dim"), *_legend(document, width), Text("")]
    names = [short(visible(strategy.name), _LONGEST_NAME) for strategy in document.strategies]
    scales = _scales(document)
    blocks = [_block(document, name, scales) for name in document.headline]
    rows = [(name, [cells[nth] for _, cells in blocks]) for nth, name in enumerate(names)]
    parts.append(grid("", [head for head, _ in blocks], rows, width, words=len(blocks)))
    at_once = ", all of them at once" if document.simultaneous else ""
    legend = (
        f"± half of the 95 % interval; then the difference to {names[0]}, same customers and luck"
        f"{at_once}"
    )
    parts += [Text(f"{legend}; * not zero", style="dim"), *sureness(document)]
    parts += [Text(""), *(Text(visible(sentence)) for sentence in document.finding)]
    parts += [*assumptions(document), *warnings(document)]
    return Group(*parts)


def _legend(document: Document, width: int) -> list[RenderableType]:
    """What the strategies' names stand for."""
    names = [short(visible(strategy.name), _LONGEST_NAME) for strategy in document.strategies]
    longest = max(map(len, names))
    differ = len({strategy.replications for strategy in document.strategies}) > 1
    ends = [f" ({one.replications} replications)" if differ else "" for one in document.strategies]
    room = width - longest - 2 - max(map(len, ends))
    return [
        Text(f"{name:{longest}}  {short(visible(strategy.title), room)}{end}")
        for name, strategy, end in zip(names, document.strategies, ends, strict=True)
        if strategy.title or end
    ]


def _scales(document: Document) -> dict[str, Scale]:
    """For each unit how it is told, the same for all measures, so that costs can be added up."""
    values: dict[str, list[float | None]] = {}
    for strategy in document.strategies:
        for name in document.headline:
            one = _measure(strategy, name)
            if one:
                values.setdefault(one.unit, []).append(one.mean)
    return {unit: scale(unit, of_unit) for unit, of_unit in values.items()}


def _block(document: Document, name: str, scales: dict[str, Scale]) -> tuple[str, list[Text]]:
    """A measure's head, and for each strategy its estimate and its difference to the base."""
    found = [_measure(strategy, name) for strategy in document.strategies]
    unit = next((one.unit for one in found if one), "")
    fitting = scales.get(unit, Scale(1.0, unit))
    differences = {d.strategy: d for d in document.differences if d.measure == name}
    changes = [_change(differences.get(s.name), fitting) for s in document.strategies]
    estimates = [Text(told(one, fitting) if one else "") for one in found]
    cells = [
        Text("  ").join(pair) for pair in zip(aligned(estimates), aligned(changes), strict=True)
    ]
    return headed(name, fitting.unit, _note(found)), cells


def _note(found: list[Measure | None]) -> str:
    """What must be said beside a measure of all strategies."""
    notes = dict.fromkeys(one.note for one in found if one and one.note)
    return " or ".join(notes)


def _measure(strategy: Strategy, name: str) -> Measure | None:
    try:
        return strategy.measure(name)
    except KeyError:
        return None


def _change(difference: Difference | None, fitting: Scale) -> Text:
    if difference is None:
        return Text("")
    mark = "*" if differs(difference) else " "
    return Text(f"{told(difference, fitting, signed=True)}{mark}", style=_style(difference))


def _style(difference: Difference) -> str:
    """Green for what is better than the base, red for what is worse, where luck cannot be why."""
    if difference.mean is None or not differs(difference):
        return "dim"
    measure = difference.measure.removesuffix(PER_YEAR)
    if measure in _LESS_IS_BETTER:
        return "green" if difference.mean < 0.0 else "red"
    if measure in _MORE_IS_BETTER:
        return "green" if difference.mean > 0.0 else "red"
    return ""
