"""The reference page of scenario files: every table, every key, from the schema's docstrings."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from sim.report.reference.markdown import GENERATED, anchor, one_line, table
from sim.report.reference.values import WRITTEN, default_of, title_of, value_of
from sim.scenario import shape
from sim.scenario.assumed import is_assumed
from sim.scenario.distributions import Law
from sim.scenario.nouns import Days
from sim.scenario.scenario import Scenario
from sim.scenario.study import Plan

INTRODUCTION = """\
# Scenario files: every table and every key

A scenario is a [TOML](https://toml.io) file. A key that is not on this page is an error, and
`python run.py validate FILE` tells every error at once, with its line. What the words mean is told
in [the model](../explanation/model.md); `scenarios/starter.toml` is a file to begin with.

- **Names.** Where a value is "by name", you choose the names: `[teams.gold]` is the team `gold`.
  Names are also keys of chance: [renaming reseeds](../decisions/names-are-keys-of-chance.md).
- **`extends = "base.toml"`**, at the top, lays this file over another one. Tables are merged key by
  key; numbers, texts and lists replace what the base says; `name = false` removes what it gives.
- **CSV files.** Where a list of tables belongs (`volume.table`), the name of a CSV file may stand;
  where a table of lists belongs (`empirical`), `{ file = "name.csv" }` may. The columns are the
  keys; `at_seconds` is `at` in seconds. The file is looked for beside the scenario.
- **Shares and probabilities** lie between 0 and 1. Money is in the scenario's `currency`.

Values with a form of their own:
"""

A_DISTRIBUTION = "DISTRIBUTION"
"""Stands for the place of any distribution."""


def scenario_page() -> str:
    """The page as Markdown."""
    places = _places()
    forms = table(["kind", "written"], [[name, how] for name, (_, how) in WRITTEN.items()])
    contents = [f"[{title_of(noun)}](#{anchor(title_of(noun))})" for noun in places]
    parts = [GENERATED, "", INTRODUCTION, *forms, "", "On this page: " + " · ".join(contents)]
    for noun, where in places.items():
        parts += ["", *_section(noun, where)]
    parts += ["", *_section(Plan, [])]
    for noun, place in dict(_below(Plan, "")).items():
        parts += ["", *_section(noun, [f"{place} of study.toml"])]
    return "\n".join(parts) + "\n"


def _places() -> dict[type[BaseModel], list[str]]:
    """Every noun of a scenario, and the places where it stands, in the order of a file."""
    places: dict[type[BaseModel], dict[str, None]] = {Scenario: {}}
    for noun, place in _below(Scenario, ""):
        places.setdefault(noun, {})[place] = None
    return {noun: list(where) for noun, where in places.items()}


def _below(noun: type[BaseModel], place: str) -> Iterator[tuple[type[BaseModel], str]]:
    """The nouns under a place, each with its own place."""
    for key, field in shape.fields(noun).items():
        for kind in shape.kinds(field.annotation):
            yield from _at(kind, f"{place}.{key}" if place else key)


def _at(kind: Any, place: str) -> Iterator[tuple[type[BaseModel], str]]:
    if shape.is_noun(kind):
        yield kind, place
        if kind is not Law:
            yield from _below(kind, place)
        elif not place.startswith(A_DISTRIBUTION):
            yield from _below(kind, A_DISTRIBUTION)
    elif shape.is_named(kind):
        name = "DAYS" if get_args(kind)[0] == Days else "NAME"
        for inner in shape.under([kind], name):
            yield from _at(inner, f"{place}.{name}")
    elif shape.entry_of(kind) is not None:
        for inner in shape.under([kind], 0):
            yield from _at(inner, f"{place}[]")


def _section(noun: type[BaseModel], where: list[str]) -> Iterator[str]:
    yield f"## {title_of(noun)}"
    yield ""
    yield one_line(noun.__doc__)
    if noun is Law:
        yield 'A constant may stand alone, as in `talk = "4 min"`.'
    if where:
        yield ""
        yield f"Stands at {', '.join(f'`{place}`' for place in where)}."
    yield ""
    yield from table(["key", "value", "if not given", "meaning"], _rows(noun))


def _rows(noun: type[BaseModel]) -> Iterator[list[str]]:
    hints = get_type_hints(noun, include_extras=True)
    for name, field in noun.model_fields.items():
        value = value_of(hints[name])
        yield [
            f"`{name}`",
            value,
            default_of(field, value) + (", assumed" if is_assumed(hints[name]) else ""),
            _meaning(field.description, hints[name]),
        ]


def _meaning(description: str | None, hint: Any) -> str:
    """What a field says of itself, or else the first sentence of the table that stands there."""
    if description:
        return one_line(description)
    nouns = shape.nouns(shape.under(shape.kinds(hint), "a name")) or shape.nouns(shape.kinds(hint))
    return one_line(nouns[0].__doc__).split(". ")[0].rstrip(".") + "." if nouns else ""
