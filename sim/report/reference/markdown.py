"""Tables and links of a Markdown page."""

import re
from collections.abc import Iterable, Sequence

GENERATED = "<!-- Made by `make docs`; to change this page, change what it is made from. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; cells may hold Markdown, but no line ends.

    >>> table(["unit", "rows"], [["s", "a|b"]])
    ['| unit | rows |', '|---|---|', '| s | a\\\\|b |']
    """
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def anchor(heading: str) -> str:
    """What a link to a heading of the same page ends with.

    >>> anchor("Word of mouth")
    'word-of-mouth'
    """
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def one_line(text: str | None) -> str:
    """A docstring on one line."""
    return " ".join((text or "").split())
