"""What a sweep varies: `--vary teams.frontline.scale=0.7:1.3:13`, in the words of the user.

A stretch of numbers or lengths of time is divided evenly; anything else is a list: numbers, files,
texts, or strategies by name.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError, quoted
from sim.scenario.load import Loaded, load
from sim.scenario.overrides import keys_of
from sim.scenario.scenario import Scenario
from sim.scenario.varied import found_at
from sim.units import duration

STRATEGY = "strategy"
"""The axis whose values are scenarios, by the names of their files."""
POINTS = 9
"""On a stretch, if nothing is said."""
MOST = 1_000
_WAY = (
    "write it as --vary PATH=LOW:HIGH:POINTS, such as --vary teams.frontline.scale=0.7:1.3:13, or "
    "as a list, --vary PATH=A,B,C"
)
_LENGTH = re.compile(r"\s*([\d.]+)\s*([a-z]+)\s*")


@dataclass(frozen=True)
class Value:
    """One value of an axis."""

    text: str
    """As `--set` takes it; for the axis of strategies a file."""
    label: str
    number: float | None
    """In the unit of the axis; None if it is no number."""


@dataclass(frozen=True)
class Axis:
    """What is varied, and over which values."""

    path: str
    unit: str
    """Of its numbers: that of a length of time as the user wrote it; empty for plain numbers."""
    values: tuple[Value, ...]
    whole: bool
    """Whether only whole numbers are allowed."""
    now: Value | None
    """What the scenario says; None if it says nothing, or something that has no short name."""

    @property
    def is_stretch(self) -> bool:
        """Whether it can be divided further."""
        return all(value.number is not None for value in self.values)

    @property
    def numbers(self) -> list[float]:
        """Its values, of an axis of numbers."""
        return [value.number for value in self.values if value.number is not None]

    def at(self, number: float) -> Value:
        """The value at a number of its unit, to the nearest whole one if only those are allowed."""
        exact, short = f"{number:.10g}", f"{number:.6g}"
        if self.whole:
            exact = short = f"{round(number)}"
        value = _value(f"{exact} {self.unit}".strip())
        return replace(value, label=f"{short} {self.unit}".strip())


Spot = tuple[Value, ...]
"""A point of a sweep: a value of each axis."""


def axes_of(texts: Sequence[str], file: Path, base: Loaded[Scenario]) -> tuple[Axis, ...]:
    """What `--vary` says, of a scenario and its file. Raises ScenarioError with all problems."""
    axes: list[Axis] = []
    problems = []
    for text in texts:
        try:
            axis = _axis(text, file, base.scenario)
            if any(axis.path == other.path for other in axes):
                raise ValueError("varied twice; leave one of them out")
            axes.append(axis)
        except ValueError as error:
            problems.append(Problem(f"--vary {quoted(text)}", None, "", str(error)))
    if problems:
        raise ScenarioError(problems)
    return tuple(axes)


def loaded_at(
    file: Path, axes: Sequence[Axis], spots: Sequence[Spot], overrides: Sequence[str]
) -> list[Loaded[Scenario]]:
    """The scenario at each spot. Raises ScenarioError with what is wrong, each told once."""
    loaded = []
    problems: dict[tuple[str, str], Problem] = {}
    for spot in spots:
        here, sets = file, list(overrides)
        for axis, value in zip(axes, spot, strict=True):
            if axis.path == STRATEGY:
                here = Path(value.text)
            else:
                sets.append(f"{axis.path}={value.text}")
        try:
            loaded.append(load(here, sets))
        except ScenarioError as error:
            for problem in error.problems:
                problems.setdefault((problem.path, problem.message), problem)
    if problems:
        raise ScenarioError(map(_as_varied, problems.values()))
    return loaded


def _as_varied(problem: Problem) -> Problem:
    """A problem in a value that `--vary` gave, which `load` knows as one of `--set`."""
    return replace(problem, file=problem.file.replace("--set", "--vary", 1))


def _axis(text: str, file: Path, scenario: Scenario) -> Axis:
    path, equals, said = (part.strip() for part in text.partition("="))
    if not (path and equals and said):
        raise ValueError(_WAY)
    if path == STRATEGY:
        return _strategies(said, file)
    now = _in_force(scenario, path)
    items = list(_split(said, ","))
    if len(items) > 1:
        units = [_unit(value) for value in items]
        unit = units[0] if all(units) else ""
        values = tuple(map(_value, items))
        if unit:
            values = tuple(replace(value, number=_number(value.text, unit)) for value in values)
        if len({value.text for value in values}) < len(values):
            raise ValueError("a value stands in the list twice")
        return Axis(path, unit, values, False, _told(now, unit))
    ends = list(_split(said, ":"))
    if len(ends) not in (2, 3):
        raise ValueError(f"found one value; {_WAY}")
    points = _count(ends[2]) if len(ends) == 3 else POINTS
    return _stretch(path, ends[0], ends[1], points, now)


def _stretch(path: str, low: str, high: str, points: int, now: object) -> Axis:
    unit = _unit(low) if _unit(low) == _unit(high) else "s"
    ends = [_number(end, unit) for end in (low, high)]
    if not ends[0] < ends[1]:
        raise ValueError(f"{low} to {high}: the second must be the greater one")
    whole = isinstance(now, int) and not isinstance(now, bool)
    axis = Axis(path, unit, (), whole, _told(now, unit))
    values = dict.fromkeys(
        axis.at(float(number)) for number in np.linspace(ends[0], ends[1], points)
    )
    return Axis(path, unit, tuple(values), whole, axis.now)


def _strategies(said: str, file: Path) -> Axis:
    """Scenarios of the same folder by name, or files."""
    values = []
    for item in _split(said, ","):
        named = file.parent / f"{item}.toml"
        there = named if named.is_file() else Path(item)
        if not there.is_file():
            others = sorted(path.stem for path in file.parent.glob("*.toml"))
            raise ValueError(
                f"no scenario {quoted(item)}; beside {file.name} there are: {', '.join(others)}"
            )
        values.append(Value(str(there), there.stem, None))
    return Axis(STRATEGY, "", tuple(values), False, Value(str(file), file.stem, None))


def _in_force(scenario: Scenario, path: str) -> object:
    """What stands at a path; None if nothing does, or if it is no place: that is told later."""
    try:
        return found_at(scenario, tuple(keys_of(path)))[0]
    except (KeyError, TypeError, StopIteration):
        return None


def _told(now: object, unit: str) -> Value | None:
    """The value in force, in the unit of an axis."""
    if isinstance(now, bool) or not isinstance(now, (int, float, str)):
        return None
    if isinstance(now, str):
        return Value(now, now, None)
    number = now / duration(f"1 {unit}") if unit else now
    return _value(f"{number:.10g} {unit}".strip())


def _value(text: str) -> Value:
    unit = _unit(text)
    number = _number(text, unit) if unit or _is_number(text) else None
    return Value(text, text.strip('"'), number)


def _unit(text: str) -> str:
    """The unit of a length of time, if it is one number and one unit; s for any other length."""
    match = _LENGTH.fullmatch(text.strip('"'))
    try:
        duration(text.strip('"'))
    except ValueError:
        return ""
    return match[2] if match else "s"


def _number(text: str, unit: str) -> float:
    """A number, or a length of time in its unit; raises ValueError with a sentence."""
    if unit and not _is_number(text):
        return duration(text.strip('"')) / duration(f"1 {unit}")
    if not _is_number(text):
        raise ValueError(f"found {quoted(text)}, which is neither a number nor a length of time")
    return float(text)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _count(text: str) -> int:
    if not text.isdigit() or not 2 <= int(text) <= MOST:
        raise ValueError(
            f"found {quoted(text)} points; a whole number from 2 to {MOST:,} is needed"
        )
    return int(text)


def _split(text: str, mark: str) -> Iterator[str]:
    """The parts between marks that stand outside brackets and quotes."""
    depth, quoted_part, begun = 0, False, 0
    for place, letter in enumerate(text):
        if letter == '"':
            quoted_part = not quoted_part
        elif not quoted_part:
            depth += (letter in "[{") - (letter in "]}")
            if letter == mark and depth == 0:
                yield text[begun:place].strip()
                begun = place + 1
    yield text[begun:].strip()
