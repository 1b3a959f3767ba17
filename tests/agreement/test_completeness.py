"""Nothing in the model goes unplayed (DESIGN.md section 10): every rule, kind of event, word of the
logs and field of a scenario is exercised by the zoo.

That both engines agree says something only about what the zoo plays. Who adds a rule, a code or a
field finds here that no scenario leans on it yet, and adds one to tests/zoo.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import numpy as np
import pytest

from sim import codes
from sim.engines.reference.calendar import Calendar
from sim.rules.order import kind_of
from sim.scenario.load import load
from sim.scenario.nouns import Noun
from sim.scenario.scenario import Scenario
from sim.scenario.shape import entry_of, is_named, is_noun, kinds
from tests.zoo import zoo

ROOT = Path(__file__).parents[2]
KNOWN = {
    "draws.philox_compiled": "runs only compiled; its twin in Python integers runs here, and "
    "tests/unit/rules/test_draws.py proves them equal",
}
"""What no scenario exercises, and why that is right."""


def unexercised(wanted: set[str], found: set[str]) -> list[str]:
    """What is wanted and neither found nor known; what is known and yet found is wrong too."""
    outdated = wanted & found & KNOWN.keys()
    assert not outdated, f"exercised now, so no longer to be listed as known: {outdated}"
    return sorted(wanted - found - KNOWN.keys())


# --------------------------------------------------------------------------------------- rules

WATCHED = """\
import sys
from pathlib import Path
from tests.engines import ENGINES
from tests.zoo import zoo

wanted, seen = set(sys.argv[1].split()), set()

def watch(frame, event, _):
    code = frame.f_code
    if event == "call" and "rules" in code.co_filename:
        seen.add(f"{Path(code.co_filename).stem}.{code.co_name}")

for name in sorted(zoo.NAMES, key=lambda name: name not in ("crowd", "laws")):
    zoo.tables(name, "horizon=2 days", "warm_up=0 days")
    for engine in ENGINES:
        if not wanted <= seen:
            sys.setprofile(watch)
            zoo.logs(name, "horizon=2 days", "warm_up=0 days", engine=engine)
            sys.setprofile(None)
print(*sorted(seen))
"""
"""Plays the zoo with rules that are plain functions, until all wanted ones have been called."""


def rules_of(file: Path) -> Iterator[str]:
    """The names of the functions of a file that bear the decorator."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            marks = [ast.unparse(mark).partition("(")[0] for mark in node.decorator_list]
            if "rule" in marks:
                yield f"{file.stem}.{node.name}"


def test_every_rule_is_called_in_the_zoo() -> None:
    wanted = {name for file in (ROOT / "sim" / "rules").glob("*.py") for name in rules_of(file)}
    assert len(wanted) > 30
    played = subprocess.run(
        [sys.executable, "-c", WATCHED, " ".join(wanted - KNOWN.keys())],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert unexercised(wanted, set(played.stdout.split())) == []


def test_every_rule_has_tests_of_its_own() -> None:
    """Both engines share it, so that their agreement says nothing about it."""
    rules = {name for file in (ROOT / "sim" / "rules").glob("*.py") for name in rules_of(file)}
    tested = {
        node.id if isinstance(node, ast.Name) else node.attr
        for file in (ROOT / "tests" / "unit" / "rules").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    names = {name.partition(".")[2] for name in rules}
    assert sorted(name for name in names - tested if not name.startswith("_")) == []


# ------------------------------------------------------------------------------ events and words


def test_every_kind_of_event_happens_in_the_zoo(monkeypatch: pytest.MonkeyPatch) -> None:
    found: set[str] = set()
    step = Calendar.step

    def watched(calendar: Calendar) -> None:
        _, rank, _, event = calendar._queue[0]
        if rank >= 2 and event.callbacks:  # 0 and 1 are SimPy's own; a cancelled one has none
            found.add(codes.EVENTS[kind_of(int(rank))])
        step(calendar)

    monkeypatch.setattr(Calendar, "step", watched)
    for name in zoo.NAMES:
        if not set(codes.EVENTS) <= found:
            zoo.logs.__wrapped__(name, engine="reference")
    assert unexercised(set(codes.EVENTS), found) == []


WORDS = {
    ("contacts", "why"): codes.WHYS,
    ("contacts", "outcome"): codes.OUTCOMES,
    ("contacts", "result"): codes.RESULTS,
    ("issues", "why"): ("first", "avoidable", "incident", "message"),
    ("issues", "closing"): codes.CLOSINGS,
    ("issues", "self_service"): codes.SELF_SERVICE,
    ("issues", "recovery"): codes.RECOVERIES,
    ("customers", "what"): codes.DEPARTURES,
    ("outreach", "kind"): codes.OUTREACH,
}
"""Fields of the logs that hold codes, and the words that must occur in them."""
OF_THE_CODES = {("issues", "why"): codes.WHYS}
"""The words that the codes stand for, where a field knows only some of them."""


@pytest.mark.parametrize(("log", "field"), WORDS)
def test_every_word_of_the_logs_is_said_in_the_zoo(log: str, field: str) -> None:
    words = OF_THE_CODES.get((log, field), WORDS[log, field])
    said = {
        words[code]
        for name in zoo.NAMES
        for code in np.unique(getattr(zoo.logs(name, engine="kernel"), log)[field]).tolist()
    }
    assert unexercised(set(WORDS[log, field]), said) == []


def test_everything_that_can_make_a_customer_leave_does_so_in_the_zoo() -> None:
    found = {
        cause
        for name in zoo.NAMES
        for cause in codes.CAUSES
        if np.nan_to_num(zoo.logs(name, engine="kernel").issues[f"{cause}_term"]).any()
    }
    assert unexercised(set(codes.CAUSES), found) == []


# ----------------------------------------------------------------------------- fields of a scenario


def every_noun(kind: Any, seen: set[type[Noun]]) -> set[type[Noun]]:
    """A type's nouns: itself, and those of its fields, entries and names."""
    if is_noun(kind):
        if kind not in seen:
            seen.add(kind)
            for field in kind.model_fields.values():
                for inner in kinds(field.annotation):
                    every_noun(inner, seen)
    elif is_named(kind) or entry_of(kind) is not None:
        for inner in kinds(get_args(kind)[-1]):
            every_noun(inner, seen)
    return seen


def to_be_said(noun: type[Noun]) -> Iterator[str]:
    """Its fields, the ways of writing a field that has several, and the words of a choice."""
    for name, field in noun.model_fields.items():
        place = f"{noun.__name__}.{name}"
        yield place
        ways = kinds(field.annotation)
        for way in ways:
            if get_origin(way) is Literal and place != "Calls.weekday":
                yield from (f"{place} = {word}" for word in get_args(way))
            elif len(ways) > 1:
                yield f"{place} as {'a table' if is_named(way) else 'a number'}"


def said(value: Any) -> Iterator[str]:
    """What a scenario says, in the words of `to_be_said`: fields that differ from their default."""
    if isinstance(value, Noun):
        for name, field in type(value).model_fields.items():
            place, given = f"{type(value).__name__}.{name}", getattr(value, name)
            if name in value.model_fields_set and (field.is_required() or given != field.default):
                yield place
            if given is not None:
                yield f"{place} = {given}" if isinstance(given, str) else place_as(place, given)
            yield from said(given)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from said(inner)


def place_as(place: str, given: Any) -> str:
    return f"{place} as {'a table' if isinstance(given, dict) else 'a number'}"


@cache
def said_somewhere() -> set[str]:
    """What the scenarios of the zoo say."""
    files = sorted((ROOT / "tests" / "zoo").glob("*.toml"))
    return {words for file in files for words in said(load(file).scenario)}


@pytest.mark.parametrize(
    "noun", sorted(every_noun(Scenario, set()), key=lambda noun: noun.__name__)
)
def test_every_field_of_a_noun_is_said_by_a_scenario(noun: type[Noun]) -> None:
    assert unexercised(set(to_be_said(noun)), said_somewhere()) == []
