"""As much of JSON Schema (draft 7) as the schema of scenarios uses, to check files against it."""

import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
KNOWN = {
    "$schema", "title", "description", "definitions", "$ref", "anyOf", "type", "const", "enum",
    "properties", "additionalProperties", "propertyNames", "required", "items", "pattern",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
    "minItems", "maxItems", "minProperties",
}  # fmt: skip
"""The words that are understood here."""


def problems(value: Any, schema: Schema, whole: Schema, place: str = "") -> list[str]:
    """Where a value differs from a schema; `whole` holds the definitions."""
    return list(_problems(value, schema, whole, place))


def _problems(value: Any, schema: Schema, whole: Schema, place: str) -> Iterator[str]:
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        target = whole["definitions"][schema["$ref"].removeprefix("#/definitions/")]
        yield from _problems(value, target, whole, place)
    if "anyOf" in schema:
        ways = [problems(value, way, whole, place) for way in schema["anyOf"]]
        if all(ways):
            yield from min(ways, key=len)
    if "const" in schema and value is not schema["const"]:
        yield f"{place}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: not one of {schema['enum']}"
    if "type" in schema and not _is_of(schema["type"], value):
        yield f"{place}: not of type {schema['type']}"
        return
    yield from _of_type(value, schema, whole, place)


def _is_of(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])


def _of_type(value: Any, schema: Schema, whole: Schema, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _of_object(value, schema, whole, place)
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**9):
            yield f"{place}: {len(value)} items"
        for nth, item in enumerate(value):
            yield from _problems(item, schema.get("items", {}), whole, f"{place}[{nth}]")
    elif isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{place}: does not match {schema['pattern']}"
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9):
            yield f"{place}: {len(value)} characters"
    elif not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
        and schema.get("exclusiveMinimum", value - 1)
        < value
        < schema.get("exclusiveMaximum", value + 1)
    ):
        yield f"{place}: {value} is out of bounds"


def _of_object(value: Schema, schema: Schema, whole: Schema, place: str) -> Iterator[str]:
    yield from (
        f"{place}: {key} is missing" for key in schema.get("required", ()) if key not in value
    )
    if len(value) < schema.get("minProperties", 0):
        yield f"{place}: too few entries"
    others = schema.get("additionalProperties", True)
    for key, item in value.items():
        own = f"{place}.{key}"
        if not re.search(schema.get("propertyNames", {}).get("pattern", ""), key):
            yield f"{own}: no such key"
        if key in schema.get("properties", {}):
            yield from _problems(item, schema["properties"][key], whole, own)
        elif others is False:
            yield f"{own}: no such key"
        elif others is not True:
            yield from _problems(item, others, whole, own)
