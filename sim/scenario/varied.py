"""The numbers of a scenario that can be varied, and scenarios in which they are.

Below a place of a scenario stand numbers of several kinds. Those that say one thing together (the
probabilities of leaving by closing, the odds ratios of experiences, what an hour costs) are varied
together, each by the same factor; so are those of all entries of a table of names. Of a
probability the odds are multiplied, of an odds ratio the logarithm: so both stay what they are.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo

from sim.errors import quoted
from sim.scenario import shape
from sim.scenario.centre import Absence, Pay
from sim.scenario.demand import Profile
from sim.scenario.distributions import Law
from sim.scenario.lines import KeyPath
from sim.scenario.nouns import Amount, Duration, Interval, Noun, Number, Odds, Positive, Probability
from sim.scenario.outreach import Detected
from sim.scenario.people import Bases, Effects
from sim.scenario.scenario import Scenario
from sim.units import duration

PROBABILITY, ODDS, DURATION, AMOUNT, NUMBER = (
    "probability",
    "odds ratio",
    "length of time",
    "amount",
    "number",
)
_TYPES: tuple[tuple[Any, str], ...] = (
    (Probability, PROBABILITY),
    (Odds, ODDS),
    (Duration, DURATION),
    (Amount, AMOUNT),
    (Number, NUMBER),
    (Positive, NUMBER),
)
_MARKS = tuple((one.__metadata__[0], kind) for one, kind in _TYPES)
"""The note by which each type is known, and the kind of its numbers."""
_ANNOTATED: Any = Interval
_INTERVAL = _ANNOTATED.__metadata__[0]
"""The note of a length that is one of three."""
_TOGETHER: tuple[tuple[type[Noun], str], ...] = (
    (Bases, PROBABILITY),
    (Effects, ODDS),
    (Pay, AMOUNT),
    (Absence, PROBABILITY),
    (Detected, PROBABILITY),
    (Law, DURATION),
)
"""Tables of which all numbers of a kind are varied together."""
_ANY = "*"
"""Stands for every name of a table of names."""
_NEAR = 1e-9


class OutsideError(ValueError):
    """A value lies outside the range that it is said to have."""


@dataclass(frozen=True)
class Leaf:
    """One number of a scenario."""

    path: KeyPath
    kind: str
    value: float
    least: float
    most: float


@dataclass(frozen=True)
class Variable:
    """Numbers that are varied together."""

    path: KeyPath
    """The place of the only one, or of what they have in common, with "*" for every name."""
    kind: str
    leaves: tuple[Leaf, ...]

    @property
    def alone(self) -> Leaf | None:
        """The number, if it is one."""
        return self.leaves[0] if len(self.leaves) == 1 else None


def variables(scenario: Scenario, place: KeyPath) -> list[Variable]:
    """What can be varied at or below a place; nothing where all is zero, certain or a shape.

    Raises KeyError if there is no such place.
    """
    value, hint = found_at(scenario, place)
    groups: dict[tuple[KeyPath, str], list[Leaf]] = {}
    for group, leaf in _leaves(value, hint, place, place):
        groups.setdefault((group, leaf.kind), []).append(leaf)
    return [
        Variable(path, kind, tuple(leaves))
        for (path, kind), leaves in groups.items()
        if any(scaled(leaf, 2.0) != leaf.value for leaf in leaves)
    ]


def found_at(scenario: Scenario, place: KeyPath) -> tuple[Any, Any]:
    """What stands at a place, and its type with all notes. Raises KeyError if nothing does."""
    value: Any = scenario
    hint: Any = Scenario
    for key in place:
        if shape.is_noun(type(value)):
            hints = get_type_hints(type(value), include_extras=True)
            if key not in hints:
                raise KeyError(key)
            value, hint = getattr(value, str(key)), hints[str(key)]
        elif isinstance(value, dict):
            hint = get_args(_fitting(hint, value))[1]
            value = value[key]
        else:
            raise KeyError(key)
    return value, hint


def number_at(scenario: Scenario, place: KeyPath) -> Leaf | None:
    """The number at a place; None if something else stands there. Raises KeyError if nothing."""
    value, hint = found_at(scenario, place)
    if isinstance(value, bool) or not isinstance(value, float):
        return None
    return next((leaf for _, leaf in _leaves(value, hint, place, place)), None)


def range_of(
    scenario: Scenario, place: KeyPath, between: Sequence[float | str]
) -> tuple[float, float]:
    """The least and the greatest value that a number may well have; of anything else at the place,
    the least and the greatest factor on it.

    Raises ValueError with a sentence, and KeyError if there is no such place.
    """
    leaf = number_at(scenario, place)
    is_length = leaf is not None and leaf.kind == DURATION
    low, high = (duration(end) if is_length else _number(end) for end in between)
    least, now, most = (leaf.least, leaf.value, leaf.most) if leaf else (0.0, 1.0, math.inf)
    what = "the value itself" if leaf else "1, for they are factors on what stands there,"
    told = f"found {quoted(between[0])} to {quoted(between[1])}; {what} must lie between the two"
    if not least <= low < high <= most or (leaf is None and not 0.0 < low <= now <= high):
        raise ValueError(told)
    if not low <= now <= high:
        raise OutsideError(told)
    return low, high


def _number(end: float | str) -> float:
    if isinstance(end, str):
        raise ValueError(f"found {quoted(end)}; two numbers without quotes are needed here")
    return float(end)


def scaled(leaf: Leaf, factor: float) -> float:
    """A number varied by a factor, within what is allowed."""
    if leaf.kind == PROBABILITY:
        odds = leaf.value / (1.0 - leaf.value) if leaf.value < 1.0 else math.inf
        new = 1.0 if odds == math.inf else factor * odds / (1.0 + factor * odds)
    elif leaf.kind == ODDS:
        new = leaf.value**factor
    else:
        new = leaf.value * factor
    return min(max(new, leaf.least), leaf.most)


def with_values(scenario: Scenario, values: dict[KeyPath, float]) -> Scenario:
    """The scenario with other numbers at some places."""
    for path, number in values.items():
        scenario = _replaced(scenario, path, number)
    return scenario


def _replaced(value: Any, path: KeyPath, number: float) -> Any:
    if not path:
        return number
    key, *rest = path
    if isinstance(value, dict):
        return {**value, key: _replaced(value[key], tuple(rest), number)}
    if isinstance(value, list):
        return [
            _replaced(item, tuple(rest), number) if nth == key else item
            for nth, item in enumerate(value)
        ]
    inner = _replaced(getattr(value, str(key)), tuple(rest), number)
    return value.model_copy(update={key: inner})


def _leaves(value: Any, hint: Any, path: KeyPath, group: KeyPath) -> Iterator[tuple[KeyPath, Leaf]]:
    """The numbers at or below a path, each with the path that stands for its group."""
    if value is None or isinstance(value, (str, bool, Profile)):
        return
    if shape.is_noun(type(value)):
        hints = get_type_hints(type(value), include_extras=True)
        together = [kind for noun, kind in _TOGETHER if isinstance(value, noun)]
        for name in type(value).model_fields:
            below = _leaves(getattr(value, name), hints[name], (*path, name), (*group, name))
            for own, leaf in below:
                if leaf.kind in together:
                    yield group, leaf
                elif not isinstance(value, Law):
                    yield own, leaf
    elif isinstance(value, dict):
        inner = get_args(_fitting(hint, value))[1]
        for key, item in value.items():
            own = group if isinstance(item, float) else (*group, _ANY)
            yield from _leaves(item, inner, (*path, key), own)
    elif isinstance(value, list):
        inner = get_args(_fitting(hint, value))[0]
        for nth, item in enumerate(value):
            if isinstance(item, float):
                below = _leaves(item, inner, (*path, nth), group)
                yield from (one for one in below if one[1].kind != PROBABILITY)
    elif isinstance(value, float) and _INTERVAL not in _notes(hint):
        notes = list(_notes(hint))
        kinds = (kind for mark, kind in _MARKS if any(note is mark for note in notes))
        yield group, Leaf(path, next(kinds, NUMBER), value, *_bounds(notes))


def _fitting(hint: Any, value: Any) -> Any:
    """The member of a union that a dict or a list is of, without notes."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _fitting(get_args(hint)[0], value)
    if origin in (Union, UnionType):
        members = [_fitting(one, value) for one in get_args(hint)]
        return next(one for one in members if get_origin(one) is type(value))
    return hint


def _notes(hint: Any) -> Iterator[Any]:
    """All notes of a type, those of the members of a union included."""
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        yield from _notes(inner)
        yield from notes
    elif get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from _notes(one)


def _bounds(notes: list[Any]) -> tuple[float, float]:
    """The least and the greatest value that a field allows."""
    least, most = -math.inf, math.inf
    for limit in [
        limit for note in notes if isinstance(note, FieldInfo) for limit in note.metadata
    ]:
        match limit:
            case Ge():
                least = max(least, float(limit.ge))  # type: ignore[arg-type]
            case Gt():
                least = max(least, float(limit.gt) + _NEAR)  # type: ignore[arg-type]
            case Le():
                most = min(most, float(limit.le))  # type: ignore[arg-type]
            case Lt():
                most = min(most, float(limit.lt) - _NEAR)  # type: ignore[arg-type]
    return least, most
