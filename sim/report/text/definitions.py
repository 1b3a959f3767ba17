"""What the measures are, exactly."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sim.accounting.definitions import MEASURES
from sim.experiments.results import Document


def definitions(document: Document) -> RenderableType:
    """The definition of each measure that the document holds."""
    told = {one.measure for strategy in document.strategies for one in strategy.measures}
    parts: list[RenderableType] = []
    for measure in MEASURES:
        if measure.name in told:
            note = f" ({measure.note})" if measure.note else ""
            parts.append(Text(f"{measure.name} [{measure.estimator}]", style="bold"))
            parts.append(Padding(Text(f"{measure.definition}{note}"), (0, 0, 0, 4)))
    return Group(*parts)
