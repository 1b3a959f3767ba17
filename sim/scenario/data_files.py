"""Tables that a scenario keeps in CSV files, read into the places that name them.

Where a list of rows belongs, the name of a CSV file may stand instead: a row of the file is an
entry. Where a table of lists belongs, `{ file = "patience.csv" }` may stand: a column of the file
is a list. The header names the fields; a column such as `at_seconds` is the field `at`, in seconds.
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.errors import Problem, ScenarioError, quoted
from sim.scenario import shape
from sim.scenario.files import NotThereError, shown, text_of
from sim.scenario.lines import KeyPath
from sim.scenario.source import Document, Given, Sources, dotted

SECONDS = "_seconds"


@dataclass(frozen=True)
class Filled:
    """A scenario with its data files read."""

    scenario: Given
    files: tuple[Path, ...]
    problems: dict[KeyPath, Problem]
    """What is wrong with data files, by the places that name them."""


def filled(scenario: Given, noun: type[BaseModel]) -> Filled:
    """Read all data files that a scenario names."""
    filling = _Filling(Sources(scenario))
    whole = filling.fill(scenario, [noun], ())
    return Filled(whole, tuple(filling.files), filling.problems)


class _Filling:
    """A walk over a scenario that collects the files read and the problems met."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.files: list[Path] = []
        self.problems: dict[KeyPath, Problem] = {}

    def fill(self, given: Given, kinds: list[Any], path: KeyPath) -> Given:
        rows = shape.nouns(shape.entry_of(kind) for kind in kinds)
        if isinstance(given.value, str) and rows and str not in kinds:
            return self.rows(given, rows[0], path)
        if not isinstance(given.value, dict):
            return given
        file = given.value.get("file")
        listed = [noun for noun in shape.nouns(kinds) if "file" not in shape.fields(noun)]
        if listed and file is not None and isinstance(file.value, str):
            return self.columns(given, listed[0], path)
        table = {
            key: self.fill(item, shape.under(kinds, key), (*path, key))
            for key, item in given.value.items()
        }
        return Given(table, given.documents)

    def rows(self, given: Given, noun: type[BaseModel], path: KeyPath) -> Given:
        """A list of tables, one for each row."""
        read = self.read(given.value, noun, path)
        if read is None:
            return given
        entries = [row for _, row in read.rows]
        places = {(*path, nth): line for nth, (line, _) in enumerate(read.rows)}
        return Given(entries, (read.document(path, places),))

    def columns(self, given: Given, noun: type[BaseModel], path: KeyPath) -> Given:
        """A table of lists, one for each column, beside what else the table says."""
        read = self.read(given.value["file"].value, noun, (*path, "file"))
        table = {key: item for key, item in given.value.items() if key != "file"}
        if read is None:
            for key in shape.fields(noun):
                self.problems.setdefault((*path, key), self.problems[*path, "file"])
            return given
        for key in dict.fromkeys(key for _, row in read.rows for key in row):
            column = [(line, row[key]) for line, row in read.rows if key in row]
            places = {(*path, key, nth): line for nth, (line, _) in enumerate(column)}
            document = read.document((*path, key), places)
            table[key] = Given([value for _, value in column], (document,))
        return Given(table, given.documents)

    def read(self, name: str, noun: type[BaseModel], path: KeyPath) -> "_Csv | None":
        """The rows of a file; None, and a problem at `path`, if there are none to be had."""
        file = self.sources.at(path).folder / name
        try:
            text = text_of(file)
        except NotThereError as error:
            self.problems[path] = self.sources.problem(
                path, f"{error}; a CSV file is looked for beside the scenario that names it"
            )
            return None
        except ScenarioError as error:
            self.problems[path] = error.problems[0]
            return None
        self.files.append(file)
        try:
            return _Csv(file, _parsed(text, noun))
        except _MalformedError as error:
            self.problems[path] = Problem(shown(file), error.line, dotted(path), str(error))
            return None


@dataclass(frozen=True)
class _Csv:
    file: Path
    rows: list[tuple[int, dict[str, Any]]]
    """Line and values of each row."""

    def document(self, path: KeyPath, places: dict[KeyPath, int]) -> Document:
        """The file as the source of what stands at `path`."""
        return Document(shown(self.file), self.file.parent, {}, rows={path: 1, **places})


class _MalformedError(Exception):
    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def _parsed(text: str, noun: type[BaseModel]) -> list[tuple[int, dict[str, Any]]]:
    """The rows with their lines; raises _MalformedError."""
    reader = csv.reader(text.split("\n"), strict=True)
    keys: list[tuple[str, str]] = []
    rows = []
    line = 1
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                pass
            elif not keys:
                keys = _header(cells, line, noun)
            elif len(cells) != len(keys):
                message = f"the header names {len(keys)} columns, this row has {len(cells)}"
                raise _MalformedError(line, message)
            else:
                rows.append((line, _row(keys, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _MalformedError(line, f"not a CSV table: {error}") from None
    if not rows:
        raise _MalformedError(1, "no rows below the header")
    return rows


def _header(cells: list[str], line: int, noun: type[BaseModel]) -> list[tuple[str, str]]:
    """Field and unit of each column."""
    fields = shape.fields(noun)
    allowed = f"the columns can be: {', '.join(fields)} (separated by commas)"
    keys: list[tuple[str, str]] = []
    for cell in cells:
        key, unit = cell.strip(), ""
        if key.endswith(SECONDS) and key not in fields:
            key, unit = key.removesuffix(SECONDS), " s"
        if key not in fields:
            raise _MalformedError(line, f"no column {quoted(cell)} is known; {allowed}")
        if key in dict(keys):
            raise _MalformedError(line, f"the column {quoted(cell)} is there twice")
        keys.append((key, unit))
    return keys


def _row(keys: list[tuple[str, str]], cells: list[str]) -> dict[str, Any]:
    """The values of a row; an empty cell says nothing."""
    return {
        key: cell.strip() + unit if unit else _value(cell.strip())
        for (key, unit), cell in zip(keys, cells, strict=True)
        if cell.strip()
    }


def _value(cell: str) -> str | int | float:
    for number in (int, float):
        try:
            value = number(cell)
        except ValueError:
            continue
        return value if math.isfinite(value) else cell
    return cell
