"""Who said what: the documents of which a scenario is made, laid over one another.

A scenario is a file over its base over the base's base, with `--set` on top. Tables merge, lists
and values replace, `name = false` removes. Every value remembers the document that gave it, so
that a problem is told at the place to mend and a data file is looked for beside the file that
names it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.errors import Problem, Severity, quoted
from sim.scenario.lines import KeyPath, lines


@dataclass(frozen=True)
class Document:
    """A TOML file, a CSV file, or one `--set` option."""

    name: str
    """As it is told to the user: "scenarios/peak.toml" or "--set teams.gold.scale=2"."""
    folder: Path
    """Where the files that it names are looked for."""
    table: dict[str, Any]
    """What it says, as TOML has it."""
    text: str | None = None
    """The text of a TOML file, with "\\n" as line ends."""
    extends: Any = None
    """The base that it names; not part of the table."""
    rows: dict[KeyPath, int] = field(default_factory=dict)
    """The lines of a CSV file's values, by their places in the scenario."""

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return self.rows if self.text is None else lines(self.text)

    def line(self, path: KeyPath) -> int | None:
        """The line of a place, or of the nearest table around it; None if there are no lines."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)


@dataclass(frozen=True)
class Given:
    """A value and the documents that gave it; a table's value is a dict of `Given`."""

    value: Any
    documents: tuple[Document, ...]
    """The first is the lowest. One for all but tables, which many may add to."""


def given(document: Document, value: Any = None) -> Given:
    """All that a document says, or one value of it."""
    value = document.table if value is None else value
    if isinstance(value, dict):
        value = {key: given(document, item) for key, item in value.items()}
    return Given(value, (document,))


def laid_over(below: Given, above: Given) -> Given:
    """What `below` becomes when a document says `above`.

    `false` removes what is below, unless that is itself true or false. A table from which
    something was removed counts as given by the document that removed it.
    """
    if not (isinstance(below.value, dict) and isinstance(above.value, dict)):
        return above
    table = dict(below.value)
    removed = False
    for key, item in above.value.items():
        if key not in table:
            table[key] = item
        elif item.value is False and not isinstance(table[key].value, bool):
            del table[key]
            removed = True
        else:
            table[key] = laid_over(table[key], item)
    return Given(table, above.documents if removed else below.documents + above.documents)


def plain(given: Given) -> Any:
    """The bare values, tables as dicts."""
    if isinstance(given.value, dict):
        return {key: plain(item) for key, item in given.value.items()}
    return given.value


@dataclass(frozen=True)
class Source:
    """Where something was said."""

    file: str
    line: int | None
    folder: Path
    """Where a file that is named there is to be looked for."""


@dataclass(frozen=True)
class Sources:
    """Tells for every place of a scenario where it was said."""

    scenario: Given

    def at(self, path: KeyPath) -> Source:
        """Who said what stands at `path`: the topmost document that had a word in it.

        What is not there belongs to the document that began the table in which it is missing.
        """
        found = self.scenario
        for depth, key in enumerate(path):
            if not isinstance(found.value, dict):
                break
            if key not in found.value:
                return _source(found.documents[0], path[:depth])
            found = found.value[key]
        return _source(found.documents[-1], path)

    def problem(self, path: KeyPath, message: str, severity: Severity = "error") -> Problem:
        """A problem at a place, with its file and line."""
        source = self.at(path)
        return Problem(source.file, source.line, dotted(path), message, severity)

    def problems(self, found: Iterable[tuple[KeyPath, str, Severity]]) -> list[Problem]:
        """Several problems, with their files and lines."""
        return [self.problem(*one) for one in found]


def _source(document: Document, path: KeyPath) -> Source:
    return Source(document.name, document.line(path), document.folder)


def dotted(path: KeyPath) -> str:
    """A place as a planner writes it; the entries of a list are counted from 1.

    >>> dotted(("queues", "Gold line", "routes", 1, "after"))
    'queues."Gold line".routes[2].after'
    """
    text = ""
    for key in path:
        if isinstance(key, int):
            text += f"[{key + 1}]"
        else:
            text += ("." if text else "") + _key(key)
    return text


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else quoted(key)
