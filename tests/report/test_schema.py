"""The JSON Schema of scenarios: what the program takes, an editor does not underline, and what is
plainly wrong, it does."""

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim.report.reference.schema import scenario_schema
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields
from tests.agreement.test_completeness import every_noun
from tests.report.json_schema import problems

HOME = Path(__file__).parents[2]
SCHEMA = json.loads(scenario_schema())
FILES = [
    HOME / "sim" / "scenario" / "new.toml",
    *sorted((HOME / "tests" / "zoo").glob("*.toml")),
    *(file for file in sorted((HOME / "scenarios").rglob("*.toml")) if file.stem != "study"),
]


def as_json(value: Any) -> Any:
    """What an editor makes of TOML: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_scenarios_as_they_are_written_follow_the_schema(file):
    table = as_json(tomllib.loads(file.read_text(encoding="utf-8")))
    assert problems(table, SCHEMA, SCHEMA) == []


WHOLE = """
horizon = "1 day"
teams.desk = { agents = 3 }
[reasons.call]
volume = { per_week = 700.0 }
talk = "4 min"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[reasons.call]\ntalk = "4 min"', ": extends is missing"),
        (WHOLE + "volumes = 3", ".reasons.call.volumes: no such key"),
        (WHOLE + 'fcr = "70 %"', ".reasons.call.fcr: not of type number"),
        (WHOLE + "fcr = 70", ".reasons.call.fcr: 70 is out of bounds"),
        (WHOLE + "after_call = 30", ".reasons.call.after_call"),
        (WHOLE + 'after_call = "thirty"', ".reasons.call.after_call: not of type object"),
        (WHOLE + '[centre]\nclosing = "slam"', ".centre.closing: not one of"),
        (WHOLE + '[centre]\nopening = { monday = "8:00-9:00" }', ".centre.opening.monday"),
        (WHOLE + "[queues.calls]\nroutes = []", ".queues.calls.routes: 0 items"),
        (WHOLE + "[queues.calls]\npriority = 1.5", ".queues.calls.priority"),
        (WHOLE + "[busyness]\ncv = 0.1\ncorrelation = 1.0", "1.0 is out of bounds"),
    ],
)
def test_what_is_plainly_wrong_does_not(text, said):
    found = problems(tomllib.loads(text), SCHEMA, SCHEMA)
    assert any(said in one for one in found), found


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        'extends = "base.toml"\n[teams.desk]\nscale = 0.9',
        'extends = "base.toml"\nloyalty = false\nnotices.outage = false',
        'extends = "base.toml"\n[reasons.call]\nvolume.table = "calls.csv"\ntalk = "3 min"',
        'extends = "base.toml"\n[callers.patience]\nempirical = { file = "p.csv", rest = "never" }',
        'extends = "base.toml"\n[assumptions]\nloyalty = "a guess"\n"a.b" = { why = "x" }',
        'extends = "base.toml"\nstart = 2026-03-02\n[reasons.call.talk]\nexponential = "3 min"',
    ],
)
def test_every_way_of_writing_is_allowed(text):
    assert problems(as_json(tomllib.loads(text)), SCHEMA, SCHEMA) == []


def test_every_table_and_key_is_explained():
    definitions = {**SCHEMA["definitions"], "Scenario": SCHEMA}
    for noun in every_noun(Scenario, set()):
        name = "Distribution" if noun.__name__ == "Law" else noun.__name__
        found = definitions[name]
        assert found["description"]
        assert set(fields(noun)) <= found["properties"].keys()
        for key, field in fields(noun).items():
            told = found["properties"][key].get("description", "")
            assert not field.description or told.startswith(field.description.split()[0])
