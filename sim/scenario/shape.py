"""What may stand at a place of a scenario, read from the types of its nouns."""

from collections.abc import Iterable, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.lines import KeyPath


def kinds(annotation: Any) -> list[Any]:
    """The types that a value may have: an annotation without unions and notes."""
    if hasattr(annotation, "__value__"):  # a `type` statement's alias
        return kinds(annotation.__value__)
    origin = get_origin(annotation)
    if origin is Annotated:
        return kinds(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [kind for member in get_args(annotation) for kind in kinds(member)]
    return [] if annotation is NoneType else [annotation]


def under(kinds: Iterable[Any], key: str | int) -> list[Any]:
    """The types that may stand under a key, or as an entry, of a value of some types."""
    return [inner for kind in kinds for inner in _under(kind, key)]


def _under(kind: Any, key: str | int) -> list[Any]:
    if is_noun(kind):
        field = fields(kind).get(str(key))
        return kinds(field.annotation) if field else []
    if is_named(kind):
        return kinds(get_args(kind)[1])
    return kinds(entry) if (entry := entry_of(kind)) is not None else []


def at(noun: type[BaseModel], path: KeyPath) -> list[Any]:
    """The types that may stand at a place of a noun."""
    found: list[Any] = [noun]
    for key in path:
        found = under(found, key)
    return found


def is_noun(kind: Any) -> bool:
    """Whether a type is a table with fixed fields."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def is_named(kind: Any) -> bool:
    """Whether a type is a table whose keys are names."""
    return get_origin(kind) is dict


def entry_of(kind: Any) -> Any:
    """The type of a list's entries; None if it is no list."""
    origin, arguments = get_origin(kind), get_args(kind)
    listed = isinstance(origin, type) and issubclass(origin, Sequence) and arguments
    return arguments[0] if listed else None


def fields(noun: type[BaseModel]) -> dict[str, FieldInfo]:
    """A noun's fields by the keys that a planner writes."""
    return {field.alias or name: field for name, field in noun.model_fields.items()}


def nouns(found: Iterable[Any]) -> list[type[BaseModel]]:
    """The nouns among some types."""
    return [kind for kind in found if is_noun(kind)]
