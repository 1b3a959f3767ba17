"""What is wrong in a scenario, said so that a planner can mend it: all at once, file by file.

>>> print(told([Problem("scenarios/peak.toml", 31, "queues.billing.meen", "not a field")]))
scenarios/peak.toml: 1 problem
  line 31  queues.billing.meen: not a field
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (an error), or that a planner will hardly have meant (a warning)."""

    file: str
    """The file, or the option of the command line, in which it stands."""
    line: int | None
    """The line in that file, from 1; None where there is none."""
    path: str
    """The place in the scenario, as "queues.billing.routes[2].after" (entries from 1), or ""."""
    message: str
    """What was found, what is allowed, and the cure."""
    severity: Severity = "error"


class ScenarioError(Exception):
    """A scenario cannot be used; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return told(self.problems)


def told(problems: Iterable[Problem]) -> str:
    """All problems as text: a header for each file, then its problems by line."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.file, []).append(problem)
    return "\n".join(_told_of_file(file, found) for file, found in files.items())


def _told_of_file(file: str, problems: list[Problem]) -> str:
    warnings = sum(problem.severity == "warning" for problem in problems)
    counts = [_count(len(problems) - warnings, "problem"), _count(warnings, "warning")]
    rows = [f"{file}: {', '.join(filter(None, counts))}"]
    width = max(len(str(problem.line or "")) for problem in problems)
    for problem in sorted(problems, key=lambda problem: problem.line or 0):
        line = f"line {problem.line:>{width}}  " if problem.line else ""
        mark = "warning: " if problem.severity == "warning" else ""
        place = f"{problem.path}: " if problem.path else ""
        rows.append(f"  {line}{mark}{place}{problem.message}")
    return "\n".join(rows)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def quoted(value: object) -> str:
    """A value as it would stand in a scenario file, short enough for a sentence.

    Characters that could upset a terminal are written as escapes.

    >>> quoted("serv"), quoted(True), quoted(0.5), quoted({"a": 1})
    ('"serv"', 'true', '0.5', 'a table')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            huge = isinstance(value, int) and value.bit_length() > 200
            return "a huge number" if huge else str(value)
        case str():
            return f'"{_shortened("".join(map(_visible, value)))}"'
        case datetime.date() | datetime.time():
            return value.isoformat()
        case dict():
            return "a table" if value else "an empty table"
        case list() | tuple():
            return f"a list of {len(value)}" if value else "an empty list"
        case _:
            return "nothing" if value is None else f"a {type(value).__name__}"


def _visible(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def meant(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that was probably meant by `word`, or None.

    >>> meant("meen", ["mean", "cv"]), meant("x", ["mean", "cv"])
    ('mean', None)
    """
    by_lower = {known.lower(): known for known in words}
    close = get_close_matches(word.lower()[:LONGEST_QUOTE], by_lower, n=1, cutoff=0.65)
    return by_lower[close[0]] if close else None
