"""Results in words and tables, for a terminal, a pipe or a mail.

Only characters that every console knows; what a name holds beyond them is written as an escape.
"""

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.results import Document
from sim.report.text.comparison import comparison
from sim.report.text.definitions import definitions
from sim.report.text.detail import detail


def tables(
    document: Document, width: int, strategy: str | None = None, with_definitions: bool = False
) -> RenderableType:
    """A comparison on one screen; a run, or the strategy of this name, in detail."""
    chosen = [one for one in document.strategies if one.name == strategy]
    if document.kind == "compare" and not chosen:
        told = comparison(document, width)
    else:
        told = detail(document, (chosen or document.strategies)[0], width)
    return Group(told, Text(""), definitions(document)) if with_definitions else told
