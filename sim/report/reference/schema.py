"""The JSON Schema of scenario files, for editors: what they complete, explain and underline.

A file may extend another one and then leaves out what it does not change, so the schema asks for
nothing below the top; what is missing, and what does not fit together, `validate` tells.
"""

import json
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.report.reference.markdown import one_line
from sim.report.reference.values import WRITTEN, default_of, value_of
from sim.scenario import shape
from sim.scenario.assumed import Assumed
from sim.scenario.distributions import Exponential, Law
from sim.scenario.nouns import Duration
from sim.scenario.scenario import Scenario
from sim.units import WEEKDAYS

Schema = dict[str, Any]

_PATTERNS = {
    "length of time": r"^\s*\d[\d.]*\s*[a-z]+(\s*\d[\d.]*\s*[a-z]+)*\s*$",
    "interval": r"^\s*\d[\d.]*\s*[a-z]+\s*$",
    "time of day": r"^\d{1,2}:[0-5]\d$",
    "opening hours": r"^\s*\d{1,2}:[0-5]\d\s*[-–]\s*\d{1,2}:[0-5]\d\s*$",
    "days": f"^(({'|'.join(WEEKDAYS)})(-({'|'.join(WEEKDAYS)}))?|weekday|weekend|all)$",
    "date": r"^\d{4}-\d{2}-\d{2}$",
}
_REMOVED = {"$ref": "#/definitions/removed"}
_BOUNDS: dict[type, tuple[str, str]] = {
    Ge: ("minimum", "ge"),
    Gt: ("exclusiveMinimum", "gt"),
    Le: ("maximum", "le"),
    Lt: ("exclusiveMaximum", "lt"),
}
_PLAIN = {bool: "boolean", int: "integer", float: "number", str: "string"}


def scenario_schema() -> str:
    """The schema as JSON text."""
    removed = {"const": False, "description": "removes what the extended file gives"}
    nouns: dict[str, Schema] = {"removed": removed}
    root = _noun(Scenario, nouns)
    root["properties"] = {
        "extends": {
            "type": "string",
            "description": "The file over which this one is laid; it says only what it changes.",
        },
        **root["properties"],
    }
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A scenario of Waitworth",
        **root,
        "anyOf": [
            {"required": ["extends"]},
            {"required": [name for name, f in Scenario.model_fields.items() if f.is_required()]},
        ],
        "definitions": {name: nouns[name] for name in sorted(nouns)},
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _noun(noun: type[BaseModel], nouns: dict[str, Schema]) -> Schema:
    """A table with fixed keys."""
    hints = get_type_hints(noun, include_extras=True)
    properties = {
        key: _field(hints[key], field, nouns) for key, field in shape.fields(noun).items()
    }
    if any(_is_plain_list(hint) for hint in hints.values()):
        properties["file"] = {
            "type": "string",
            "description": "A CSV file beside the scenario that holds the lists as columns.",
        }
    return {
        "type": "object",
        "description": one_line(noun.__doc__),
        "additionalProperties": False,
        "properties": properties,
    }


def _is_plain_list(hint: Any) -> bool:
    return any(
        not shape.is_noun(entry)
        for kind in shape.kinds(hint)
        if (entry := shape.entry_of(kind)) is not None
    )


def _field(hint: Any, field: FieldInfo, nouns: dict[str, Schema]) -> Schema:
    ways = _ways(hint, nouns)
    schema: Schema = {}
    if field.description:
        default = default_of(field, value_of(hint))
        told = f" If not given: {default.strip('`')}." if default.startswith("`") else ""
        schema["description"] = one_line(field.description) + told
    if not field.is_required() and hint is not bool:
        ways.append(_REMOVED)
    if len(ways) == 1 and "$ref" not in ways[0]:
        return {**ways[0], **schema}
    return {**schema, "anyOf": ways}


def _ways(hint: Any, nouns: dict[str, Schema]) -> list[Schema]:
    """The ways in which a value may be written."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(inner[0], list(inner[1:]), nouns)
    if origin in (Union, UnionType):
        return [way for one in inner if one is not type(None) for way in _ways(one, nouns)]
    if origin is Literal:
        return [{"enum": list(inner)}]
    if shape.is_named(hint):
        return [_named(inner[0], inner[1], nouns)]
    entry = shape.entry_of(hint)
    if entry is not None:
        listed: Schema = {"type": "array", "items": _one_of(_ways(inner[0], nouns))}
        if shape.is_noun(entry):
            return [listed, {"type": "string", "description": "A CSV file beside the scenario."}]
        return [listed]
    if shape.is_noun(hint):
        return _of_noun(hint, nouns)
    return [{"type": _PLAIN[hint]}]


def _one_of(ways: list[Schema]) -> Schema:
    return ways[0] if len(ways) == 1 else {"anyOf": ways}


def _named(key: Any, value: Any, nouns: dict[str, Schema]) -> Schema:
    """A table whose keys are names, or days."""
    table: Schema = {
        "type": "object",
        "additionalProperties": {"anyOf": [*_ways(value, nouns), _REMOVED]},
    }
    for way in _ways(key, nouns):
        if "pattern" in way:
            table["propertyNames"] = {"pattern": way["pattern"]}
    return table


def _of_noun(noun: type[BaseModel], nouns: dict[str, Schema]) -> list[Schema]:
    name = "Distribution" if noun is Law else noun.__name__
    if name not in nouns:
        nouns[name] = {}  # it may hold itself
        nouns[name] = _noun(noun, nouns)
    ways: list[Schema] = [{"$ref": f"#/definitions/{name}"}]
    if noun in (Law, Exponential):
        ways += _ways(Duration, nouns)
    if noun is Assumed:
        ways.append({"type": "string", "description": "Why it is what it is."})
    return ways


def _annotated(plain: Any, notes: list[Any], nouns: dict[str, Schema]) -> list[Schema]:
    for name, (kind, how) in WRITTEN.items():
        if kind.__metadata__[0] in notes:
            return [
                {"type": "string", "pattern": _PATTERNS[name], "description": how.replace("`", "")}
            ]
    ways = _ways(plain, nouns)
    for limit in [
        limit for note in notes if isinstance(note, FieldInfo) for limit in note.metadata
    ]:
        if type(limit) in _BOUNDS:
            word, attribute = _BOUNDS[type(limit)]
            ways[0][word] = getattr(limit, attribute)
        elif isinstance(limit, MinLen | MaxLen):
            word = "min" if isinstance(limit, MinLen) else "max"
            length = limit.min_length if isinstance(limit, MinLen) else limit.max_length
            of = {"string": "Length", "array": "Items"}.get(ways[0]["type"], "Properties")
            ways[0][word + of] = length
    return ways
