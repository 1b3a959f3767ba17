"""What a result stands on: how it was made, on which assumptions, and what was odd."""

from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from sim.experiments.results import Document, Strategy
from sim.report.text.figures import PER_YEAR
from sim.report.text.names import visible

_MOST_TOLD = 8
"""Assumptions named one by one."""


def circumstances(document: Document) -> str:
    """How it was made, in a line."""
    first = document.strategies[0]
    since = f" from {first.start}" if first.start else ""
    warm_up = f" after {days(first.warm_up_days)} of warm-up" if first.warm_up_days else ""
    runs = sorted({strategy.replications for strategy in document.strategies})
    count = f"{runs[0]:,} to {runs[-1]:,}" if len(runs) > 1 else f"{document.replications:,}"
    replications = f"{count} replication{'' if count == '1' else 's'}"
    if document.replication is not None:
        replications = f"replication {document.replication} alone"
    return (
        f"{days(first.counted_days)}{since}{warm_up}, {replications}, "
        f"seed {document.seed}, {document.engine} engine"
    )


def headed(measure: str, unit: str, note: str) -> str:
    """A measure's name over its figures, with what must be said beside them and the unit.

    >>> headed("service level", "%", "counted, within 20 s")
    'Service level (counted, within 20 s), %'
    >>> headed("operating cost per year", "thousand USD per year", "")
    'Operating cost per year, thousand USD'
    >>> headed("customers lost, expected", "customers", "")
    'Customers lost, expected'
    """
    name = visible(f"{measure} ({note})" if note else measure)
    name = name[:1].upper() + name[1:]
    if f" {unit} " in f" {measure.replace(',', '')} ":
        return name
    return f"{name}, {visible(unit.removesuffix(PER_YEAR) if PER_YEAR in measure else unit)}"


def days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def assumptions(document: Document) -> list[RenderableType]:
    """The values without a primary source, those that price most first."""
    shares: dict[str, list[float]] = {}
    for strategy in document.strategies:
        for assumption in strategy.assumptions:
            known = shares.setdefault(assumption.path, [])
            if assumption.share is not None:
                known.append(assumption.share)
    if not shares:
        return []
    ordered = sorted(shares, key=lambda path: -max(shares[path], default=-1.0))
    groups = [
        f"{share}: {', '.join(map(visible, paths))}"
        for share, paths in groupby(ordered[:_MOST_TOLD], lambda path: _share(shares[path]))
    ]
    if len(ordered) > _MOST_TOLD:
        groups.append(f"and {len(ordered) - _MOST_TOLD} more, in run.json")
    text = Text("\nRests on assumptions", style="bold")
    how = ", which price so much of the total economic cost: "
    return [text.append(f"{how}{'; '.join(groups)}.", style="not bold")]


def _share(shares: list[float]) -> str:
    """The share that an assumption prices, over the strategies.

    >>> _share([0.021, 0.204]), _share([0.3]), _share([0.001]), _share([])
    ('2-20%', '30%', '<1%', 'no price')
    """
    if not shares:
        return "no price"
    low, high = round(100 * min(shares)), round(100 * max(shares))
    if high == 0:
        return "<1%"
    return f"{low}%" if low == high else f"{low}-{high}%"


def warnings(document: Document) -> list[RenderableType]:
    """What was odd, each said once with the strategies that it is true of."""
    whose: dict[str, list[Strategy]] = {}
    for strategy in document.strategies:
        for warning in strategy.warnings:
            whose.setdefault(warning, []).append(strategy)
    parts: list[RenderableType] = []
    for warning, strategies in whose.items():
        text = Text("\n" if not parts else "").append("Warning", style="bold yellow")
        if len(strategies) < len(document.strategies):
            text.append(f" ({', '.join(visible(strategy.name) for strategy in strategies)})")
        parts.append(text.append(f": {visible(warning)}"))
    return parts
