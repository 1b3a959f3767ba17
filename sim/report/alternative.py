"""An alternative to a scenario, as a file that shows what it could change."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sim.report.reference.markdown import one_line
from sim.report.reference.values import written_default
from sim.scenario import shape
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.scenario.source import dotted

LEVERS: dict[str, tuple[str, ...]] = {
    "centre": ("opening", "closing", "lines", "menu"),
    "queues.*": ("priority", "target", "routes"),
    "teams.*": ("agents", "scale", "shrinkage", "pace", "authority", "factors", "transfers"),
    "teams.*.pay": ("per_hour",),
    "teams.*.contract": (
        *("per_hour", "per_minute", "per_contact", "per_resolved"),
        *("committed_per_month", "block"),
    ),
    "teams.*.staffing.days": (),
    "reasons.*": ("self_service", "fcr", "authority", "settlement", "sale"),
    "notices.*": ("detected_after", "per_hour", "reach"),
    "recovery": ("detected", "reached", "price", "gesture"),
}
"""What management decides: tables of a scenario, and the keys in them (all, if none are named)."""
_WIDTH, _LONGEST = 28, 100

_HEAD = """\
{schema}# An alternative to {base}: it says only what it changes.
# Take the `#` away from a line and give it another value; as it stands, it is that of the base.
# Tables are merged key by key; numbers, texts and lists are replaced; `name = false` removes.
extends = {extends}
title   = {title}
"""


def alternative(base: Loaded[Scenario], name: str, extends: str, schema: str) -> str:
    """The text of a scenario that extends `base` and changes nothing yet.

    extends: how the new file names the base. schema: the line that tells editors of the schema.
    """
    parts = [
        _HEAD.format(
            schema=schema,
            base=base.files[0].name,
            extends=in_toml(extends),
            title=in_toml(f"{name}: as {base.files[0].stem}, but ..."),
        )
    ]
    blocks: dict[tuple[str, ...], list[str]] = {}
    for pattern, keys in LEVERS.items():
        for path, table in _tables(base.resolved, pattern.split("."), ()):
            lines = list(_lines(table, keys, shape.nouns(shape.at(Scenario, path))))
            if lines:
                block = "\n".join([f"[{dotted(path)}]", *lines]) + "\n"
                blocks.setdefault(path[:2], []).append(block)
    return "\n".join([*parts, *(block for of_one in blocks.values() for block in of_one)])


def _tables(
    table: Any, pattern: list[str], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The tables of a scenario at the places that a pattern names."""
    if not isinstance(table, dict):
        return
    if not pattern:
        yield path, table
        return
    first, *rest = pattern
    for key in table if first == "*" else {first} & table.keys():
        yield from _tables(table[key], rest, (*path, key))


def _lines(
    table: dict[str, Any], keys: tuple[str, ...], nouns: list[type[BaseModel]]
) -> Iterator[str]:
    """A commented line for each key, with the value that counts now and what it means."""
    fields = {key: field for noun in nouns for key, field in shape.fields(noun).items()}
    for key in keys or table:
        field = fields.get(key)
        value = in_toml(table[key]) if key in table else None
        if value is None and field is not None:
            value = written_default(nouns[0], key)
        if value is None:
            continue
        said = f"# {_key(key)} = {value}"
        meaning = re.split(r"[.;:] | \(|\.$", one_line(field.description))[0] if field else ""
        explained = f"{said:{_WIDTH}}  # {meaning}".rstrip("# ")
        yield explained if len(explained) <= _LONGEST else said


def in_toml(value: Any) -> str:
    """A plain value as TOML has it.

    >>> in_toml({"mon-fri": [1, 2.5], "a b": {"c": "8 h", "d": True}})
    '{ mon-fri = [1, 2.5], "a b" = { c = "8 h", d = true } }'
    """
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {in_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return dotted((key,))


def relative(target: Path, folder: Path) -> str | None:
    """A path as seen from a folder, with "/"; None if there is no way, as between two drives."""
    try:
        return Path(os.path.relpath(target, folder)).as_posix()
    except ValueError:
        return None
