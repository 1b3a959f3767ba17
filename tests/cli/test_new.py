"""A scenario to begin with: valid and sensible at once, and never over another file."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from sim.report.reference.schema import scenario_schema
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields, nouns, under
from sim.scenario.study import study
from tests.agreement.test_completeness import every_noun

HOME = Path(__file__).parents[2]
LEFT_OUT = re.compile(r"^#   ([\w. ]+):  +(.*(?:\n#    +.*)*)$", re.MULTILINE)
NOUNS_LEFT_OUT = {
    "at the top": "Scenario",
    "a segment": "Segment",
    "loyalty.odds": "Effects",
    "a reason": "Reason",
    "a volume": "Volume",
    "a distribution": "Law",
    "an incident": "Incident",
    "the callers": "Callers",
    "the centre": "Centre",
    "a queue": "Queue",
    "a route": "Route",
    "a team": "Team",
}
"""What the template calls the nouns of which it leaves keys out."""


def test_a_new_scenario_is_right_and_tells_how_to_go_on(call, folder):
    done = call("new", "mine/base")
    assert done.exit_code == 0, done.stderr
    assert "Written: mine/base.toml" in done.stdout
    assert "python run.py run mine/base.toml" in done.stdout
    checked = call("validate", "mine/base.toml")
    assert checked.exit_code == 0
    assert checked.stderr == ""
    text = (folder / "mine" / "base.toml").read_text(encoding="utf-8")
    assert "NAME" not in text
    assert "FILE" not in text


def test_a_new_scenario_is_sensible(call):
    call("new", "base")
    done = call("run", "base.toml", "-n", "4", "--workers", "1", "--json", "--quiet")
    (strategy,) = json.loads(done.stdout)["strategies"]
    assert strategy["warnings"] == []
    found = {
        one["measure"]: one["mean"]
        for one in strategy["measures"]
        if one["row_kind"] == "total" and one["interval"] is None
    }
    assert 0.7 < found["service level"] < 0.9
    assert 0.02 < found["abandonment"] < 0.1
    assert 1.1 < found["contacts per issue"] < 1.4
    operating = found["operating cost per year"]
    assert 1.2 * operating < found["total economic cost per year"] < 2 * operating


def test_every_value_of_a_new_scenario_says_where_it_comes_from(call, folder):
    call("new", "base")
    text = (folder / "base.toml").read_text(encoding="utf-8")
    before = text.partition("[assumptions]")[0]
    unexplained = []
    for block in re.split(r"\n(?=\[)", before.partition("title ")[2]):
        lines = [line for line in block.splitlines() if re.match(r"[\w.-]+ *=", line)]
        if "[A]" in block.partition("\n")[0] or "[yours]" in block.partition("\n")[0]:
            continue
        unexplained += [line for line in lines if "#" not in line]
    # Names of things, and the base probabilities, of which the paragraph above them speaks.
    assert {line.split()[0] for line in unexplained} <= {
        "currency", "profile", "interval", "days", "shapes.mon-fri",
        "resolved", "unresolved", "gave_up", "refused", "silent", "preempted",
    }  # fmt: skip
    assumed = load(folder / "base.toml").scenario.assumptions
    assert {"loyalty.base", "loyalty.odds", "loyalty.memory"} <= assumed.keys()


def keys_of(value, found, used):
    """Add the keys of a value, by the name of the noun that they belong to, to `used`."""
    if isinstance(value, dict):
        for noun in nouns(found):
            used.setdefault(noun.__name__, set()).update(value.keys() & fields(noun).keys())
        for key, inner in value.items():
            keys_of(inner, under(found, key), used)
    elif isinstance(value, list):
        for inner in value:
            keys_of(inner, under(found, 0), used)


def test_every_key_stands_in_a_new_scenario_or_among_those_that_it_says_are_left_out(call, folder):
    call("new", "base")
    text = (folder / "base.toml").read_text(encoding="utf-8")
    used = {}
    shown = re.sub(r"^# (?=\[incidents|\w+ +=)", "", text, flags=re.MULTILINE)
    keys_of(tomllib.loads(shown), [Scenario], used)
    listed = {
        NOUNS_LEFT_OUT[whose.strip()]: set(re.findall(r"\b[a-z_]+\b", keys)) - {"with"}
        for whose, keys in LEFT_OUT.findall(text.partition("# Left out above")[2])
    }
    assert listed.keys() == set(NOUNS_LEFT_OUT.values())
    every = {noun.__name__: set(fields(noun)) for noun in every_noun(Scenario, set())}
    assert used == {noun: every[noun] - listed.get(noun, set()) for noun in used}
    assert all(keys <= every[noun] for noun, keys in listed.items())


@pytest.mark.parametrize("name", ["", ".", "..", "mine/.."])
def test_what_names_no_file_is_refused(call, folder, name):
    before = sorted(folder.rglob("*"))
    done = call("new", name)
    assert done.exit_code == 2, done.output
    assert "no name for a file" in done.stderr
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
@pytest.mark.parametrize("mark", [b"", "\ufeff".encode()])
def test_an_editor_of_any_system_may_have_saved_it(call, folder, ends, mark):
    call("new", "base")
    written = (folder / "base.toml").read_bytes()
    assert b"\r" not in written
    (folder / "saved.toml").write_bytes(mark + written.replace(b"\n", ends))
    assert load(folder / "saved.toml").scenario == load(folder / "base.toml").scenario
    assert call("new", "other", "--extends", "saved.toml").exit_code == 0
    assert load(folder / "other.toml").warnings == ()


@pytest.mark.parametrize("name", ["base", "base.toml"])
def test_nothing_is_overwritten(call, folder, name):
    (folder / "base.toml").write_text("precious", encoding="utf-8")
    done = call("new", name)
    assert done.exit_code == 2
    assert "base.toml: it exists already" in done.stderr
    assert (folder / "base.toml").read_text(encoding="utf-8") == "precious"


def test_an_alternative_extends_its_base_and_changes_nothing_yet(call, folder):
    shutil.copytree(HOME / "scenarios", folder / "scenarios")
    done = call("new", "mine/other", "--extends", "scenarios/do-over/outsourced.toml")
    assert done.exit_code == 0, done.stderr
    assert "compare scenarios/do-over/outsourced.toml mine/other.toml" in done.stdout
    base = load(folder / "scenarios" / "do-over" / "outsourced.toml").scenario
    made = load(folder / "mine" / "other.toml")
    assert made.warnings == ()
    assert made.scenario == base.model_copy(update={"title": made.scenario.title})
    assert study(folder / "scenarios/do-over/base.toml", folder / "mine/other.toml").scenarios


@pytest.mark.parametrize("base", ["do-over/outsourced", "do-over/do-over", "bank/bank"])
def test_every_line_that_an_alternative_offers_is_what_its_base_says(call, folder, base):
    shutil.copytree(HOME / "scenarios", folder / "scenarios")
    call("new", "other", "--extends", f"scenarios/{base}.toml")
    file = folder / "other.toml"
    head, _, levers = file.read_text(encoding="utf-8").partition("\n[")
    offered = re.sub(r"^# ", "", f"\n[{levers}", flags=re.MULTILINE)
    assert offered.count(" = ") > 10
    file.write_text(head + offered, encoding="utf-8")
    made = load(file).scenario
    expected = load(folder / "scenarios" / f"{base}.toml").scenario
    assert made == expected.model_copy(update={"title": made.title})


def test_an_alternative_to_a_scenario_that_is_wrong_is_refused(call, folder):
    (folder / "wrong.toml").write_text('horizon = "1 day"\nnonsense = 1\n', encoding="utf-8")
    done = call("new", "other", "--extends", "wrong.toml")
    assert done.exit_code == 2
    assert "nonsense" in done.stderr
    assert not (folder / "other.toml").exists()


@pytest.mark.parametrize("name", ['a "b" & ü', "=HYPERLINK(x)", "v1.5", "-n", "a\nb"])
def test_any_name_is_a_name(call, folder, name):
    done = call("new", "--", name)
    assert done.exit_code == 0, done.stderr
    made = load(folder / f"{name}.toml")
    assert made.warnings == ()
    assert call("run", "--trace", "--help").exit_code == 0


def test_the_schema_goes_to_the_screen_or_to_a_new_file(call, folder):
    shown = call("schema")
    assert json.loads(shown.stdout) == json.loads(scenario_schema())
    assert json.loads(shown.stdout)["title"] == "A scenario of Waitworth"
    committed = HOME / "docs" / "reference" / "scenario.schema.json"
    assert shown.stdout == committed.read_text(encoding="utf-8")
    assert call("schema", "s.json").exit_code == 0
    assert json.loads((folder / "s.json").read_text(encoding="utf-8")) == json.loads(shown.stdout)
    again = call("schema", "s.json")
    assert again.exit_code == 2
    assert "exists already" in again.stderr


def test_a_new_scenario_names_the_schema_that_is_there(call, folder):
    call("new", "mine/base")
    first = (folder / "mine" / "base.toml").read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("#:schema ")
    assert (folder / "mine" / path).resolve() == HOME / "docs/reference/scenario.schema.json"
