"""Whatever stands in a scenario file, `validate` and `run` answer with results or with sentences,
never with a traceback; and what is wrong leaves no folder behind."""

import json
import shutil
from pathlib import Path
from typing import Any

import tomlkit
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.cli import cli
from tests.zoo import zoo

SMALL = {
    "crowd": ("horizon=1 day", "warm_up=0 days", "segments.homes.customers=60"),
    "prices": ("horizon=1 day",),
    "laws": ("reasons.weibull.volume.per_hour=2", "reasons.measured.volume.per_hour=2"),
}
"""Scenarios to be spoilt: together they hold nearly every field."""
NAMES = ['=HYPERLINK("x")', "../../etc", "<script>", "a.b", "", " ", "con", "\u202e", "é" * 61, "x"]
NUMBERS = [float("nan"), float("inf"), -1, -0.5, 0, 0.0, 1, 0.5, 2, 7, 1e300, 2**63]
TEXTS = ["0 s", "-1 s", "90 s", "3 min", "1 day", "1e9 days", "24:00", "25:00", "never", "mon"]
TABLES = [{}, {"x": 1}, {"all": "8:00-7:00"}, {"mean": "1 min"}]
WORDS = st.sampled_from([*TEXTS, *NAMES]) | st.text(max_size=4)
ANYTHING = st.sampled_from([*NUMBERS, *TABLES, True, [], [1], [[]]]) | WORDS
ALIKE: dict[type, st.SearchStrategy[Any]] = {
    int: st.sampled_from(NUMBERS),
    float: st.sampled_from(NUMBERS),
    str: WORDS,
    dict: st.sampled_from(TABLES),
}
"""What may well be meant where a value of this type stands: the schema lets more of it pass."""
MOST = 5_000.0
"""Customers and first calls of a scenario that is still played here; more is right, but slow."""


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a scenario."""
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    return [path, *(place for key in keys for place in places(value[key], (*path, key)))]


def spoilt(scenario: dict[str, Any], data: st.DataObject) -> None:
    """Replace, remove, rename or add something somewhere."""
    *path, last = data.draw(st.sampled_from(places(scenario)[1:]))
    inside: Any = scenario
    for key in path:
        inside = inside[key]
    do = data.draw(st.sampled_from(["replace", "replace", "remove", "rename", "add"]))
    if do == "replace":
        alike = ALIKE.get(type(inside[last]), ANYTHING)
        inside[last] = data.draw(ANYTHING if data.draw(st.integers(0, 3)) == 3 else alike)
    elif do == "add" and isinstance(inside, dict):
        inside[data.draw(st.sampled_from(NAMES))] = data.draw(ANYTHING)
    else:
        value = inside.pop(last)
        if do == "rename" and isinstance(inside, dict):
            inside[data.draw(st.sampled_from(NAMES))] = value


def called(*words: str) -> tuple[int, str]:
    """A command's exit code and what it printed; fails if it raised anything but its exit."""
    done = CliRunner().invoke(cli, words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert "Traceback" not in done.stderr
    return done.exit_code, done.stdout


def is_small(scenario: dict[str, Any], told: str) -> bool:
    customers = sum(one["customers"] for one in scenario.get("segments", {}).values())
    (only,) = json.loads(told)["scenarios"]
    calls = sum(reason["first_calls"] for reason in only["implied"]["reasons"])
    return customers <= MOST and calls <= MOST and scenario["horizon"] in ("1 day", "24 h")


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_a_spoilt_scenario_gets_results_or_sentences(folder: Path, data: st.DataObject) -> None:
    scenario = zoo.resolved(name := data.draw(st.sampled_from(sorted(SMALL))), *SMALL[name])
    for _ in range(data.draw(st.integers(1, 2))):
        spoilt(scenario, data)
    (folder / "spoilt.toml").write_text(tomlkit.dumps(scenario), encoding="utf-8")
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    verdict, told = called("validate", "spoilt.toml", "--json")
    assert verdict in (0, 2)
    if verdict == 2 or is_small(scenario, told):
        code, _ = called("run", "spoilt.toml", "-n", "1", "--workers", "1", "--quiet")
        assert code == verdict
        assert (folder / "outputs").exists() == (code == 0)
