"""Values without a primary source: how a file says so, and which defaults are such values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, BeforeValidator, Field

from sim.scenario import shape
from sim.scenario.lines import KeyPath
from sim.scenario.nouns import Noun

Strength = Literal["none", "weak", "moderate", "strong"]


class Assumed(Noun):
    """A value without a primary source. A text in place of the table says why."""

    why: str
    """Why it is what it is."""
    source: str = ""
    """Where it comes from, if from anywhere: a survey, a vendor, a colleague."""
    strength: Strength = "none"
    """How much that source can bear."""
    between: Annotated[list[float | str], Field(min_length=2, max_length=2)] | None = None
    """The least and the greatest value that it may well have; of a table, factors on it."""


def _why_alone(value: Any) -> Any:
    return value if isinstance(value, dict | Assumed) else {"why": value}


Assumption = Annotated[Assumed, BeforeValidator(_why_alone)]
"""How a file says that a value is assumed."""


@dataclass(frozen=True)
class Default:
    """Marks a field whose default is an assumption."""

    why: str
    between: tuple[float | str, float | str]
    """The least and the greatest value that it may well have, as a file has them."""


def defaults_in_force(noun: BaseModel, place: KeyPath = ()) -> Iterator[tuple[KeyPath, Default]]:
    """The defaults that are assumptions, and count since a scenario does not say otherwise."""
    hints = get_type_hints(type(noun), include_extras=True)
    for name in type(noun).model_fields:
        path = (*place, name)
        mark = next((note for note in _notes(hints[name]) if isinstance(note, Default)), None)
        if mark is not None and name not in noun.model_fields_set:
            yield path, mark
        yield from _within(getattr(noun, name), path)


def is_assumed(hint: Any) -> bool:
    """Whether the default of a field of this type, with its notes, is an assumption."""
    return any(isinstance(note, Default) for note in _notes(hint))


def _within(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Default]]:
    if shape.is_noun(type(value)):
        yield from defaults_in_force(value, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(item, (*path, key))


def _notes(hint: Any) -> tuple[Any, ...]:
    return getattr(hint, "__metadata__", ())
