"""Names and numbers that no scenario may hold, whatever they would mean."""

import math
from collections.abc import Iterator
from typing import Any
from unicodedata import category

from sim.errors import Problem, quoted
from sim.scenario.lines import KeyPath
from sim.scenario.source import Document, dotted

DEEPEST = 20
LONGEST_NAME = 60
LARGEST_INTEGER = 2**63 - 1
NAME_MARKS = " -_.'&+()"


def misfits(document: Document) -> dict[KeyPath, Problem]:
    """Names and numbers that no scenario may hold, by their places."""
    found = {}
    for path, value in everything(document.table):
        message = _misfit(path, value)
        if message:
            found[path] = Problem(document.name, document.line(path), dotted(path), message)
    return found


def everything(table: dict[str, Any]) -> Iterator[tuple[KeyPath, Any]]:
    """All values with their places, tables and lists included, down to one level too deep."""
    waiting: list[tuple[KeyPath, Any]] = [((), table)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) <= DEEPEST and isinstance(value, dict):
            waiting += [((*path, key), item) for key, item in value.items()]
        elif len(path) <= DEEPEST and isinstance(value, list):
            waiting += [((*path, entry), item) for entry, item in enumerate(value)]


def _misfit(path: KeyPath, value: Any) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return f"found {quoted(value)}; a finite number is needed"
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        return "found a huge number; the largest whole number is 2^63 - 1"
    if path and isinstance(path[-1], str) and not is_name(path[-1]):
        return (
            f"the name {quoted(path[-1])} is not allowed; a name has 1 to {LONGEST_NAME} "
            f"characters, begins with a letter or a digit, and holds letters, digits, spaces and "
            f"{NAME_MARKS.strip()}"
        )
    return None


def is_name(text: str) -> bool:
    """Whether something may be called so: safe in a workbook's cell, on a page, in a terminal.

    >>> is_name("Störungen (2nd line)"), is_name('=HYPERLINK("x")'), is_name("../../etc")
    (True, False, False)
    """
    return (
        0 < len(text) <= LONGEST_NAME
        and (text[0].isalpha() or text[0].isdecimal())
        and text == text.strip()
        and all(
            mark in NAME_MARKS or category(mark)[0] in "LM" or mark.isdecimal() for mark in text
        )
    )
