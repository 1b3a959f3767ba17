"""Break-evens, assumptions and sensitivity, as a user calls them."""

import csv
import json

import pytest

from sim.experiments.sensitivity import factors
from sim.report.charts import sensitivity as sensitivity_charts
from sim.report.charts import turning as turning_charts


@pytest.fixture
def plain(monkeypatch):
    """Charts that take no time."""

    def draw(_, folder, tell):
        folder.mkdir(parents=True, exist_ok=True)
        return ()

    for charts, name in (
        (turning_charts, "draw_breakeven"),
        (turning_charts, "draw_assumptions"),
        (sensitivity_charts, "draw_sensitivity"),
    ):
        monkeypatch.setattr(charts, name, draw)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("plain")
def test_a_break_even_is_told_on_the_screen_in_a_table_and_as_json(simulate, folder):
    pair = ("study/base.toml", "study/lean.toml")
    words = ("--by", "abandonment", "--at", "callers.patience=0.5:2")
    called = simulate("breakeven", *pair, *words, "--out", folder / "out", "-q")
    assert called.exit_code == 0, called.stderr
    told = json.loads((folder / "out" / "results.json").read_text())
    assert [turn["path"] for turn in told["turns"]]
    rows = rows_of(folder / "out" / "breakeven.csv")
    assert rows[0]["path"].startswith("callers.patience")
    assert "in force" in called.stdout
    again = simulate("breakeven", *pair, *words, "--out", folder / "again", "-q", "--json")
    assert json.loads(again.stdout) == told


def test_a_scenario_is_not_compared_with_itself(simulate):
    called = simulate("breakeven", "study/base.toml", "study/base.toml")
    assert called.exit_code == 2
    assert "named twice" in called.stderr


def test_assumptions_are_listed_without_simulating(simulate):
    called = simulate("assumptions", "study")
    assert called.exit_code == 0, called.stderr
    assert "Assumptions in force" in called.stdout
    assert "Files:" not in called.stdout


@pytest.mark.usefixtures("plain")
def test_after_a_comparison_the_verdict_is_tried_on_every_assumption(simulate, folder):
    assert simulate("compare", "study", "--out", folder / "one", "-q").exit_code == 0
    called = simulate("assumptions", folder / "one", "--out", folder / "two", "-q")
    assert called.exit_code == 0, called.stderr
    assert "is preferred. What would have to be different:" in called.stdout
    paths = [row["path"] for row in rows_of(folder / "two" / "assumptions.csv")]
    told = json.loads((folder / "two" / "results.json").read_text())
    assert [one["path"] for one in told["assumed"]] == paths
    assert told["wanted"] == len(paths)


def test_assumptions_of_one_run_have_no_verdict(simulate, folder):
    out = folder / "run"
    assert simulate("run", "study/base.toml", "--out", out, "-q").exit_code == 0
    called = simulate("assumptions", out)
    assert called.exit_code == 2
    assert "it is no comparison; name the scenario itself" in called.stderr


@pytest.mark.usefixtures("plain")
def test_sensitivity_tells_each_by_itself_and_all_at_once(simulate, folder):
    out = folder / "out"
    words = ("--vary", "teams.agents.scale=0.5:2", "--vary", "callers.patience=0.5:2")
    words += ("--samples", "4", "--morris", "2", "--sobol", "8", "--sample-replications", "2")
    words += ("--by", "abandonment", "-n", "2", "--out", out, "-q")
    called = simulate("sensitivity", "study/base.toml", "--against", "study/lean.toml", *words)
    assert called.exit_code == 0, called.stderr
    swings = rows_of(out / "swings.csv")
    assert "teams.agents.scale" in {row["path"] for row in swings}
    assert len(rows_of(out / "samples.csv")) == 4
    assert len(rows_of(out / "morris.csv")) == len(rows_of(out / "sobol.csv")) == len(swings)
    assert "All at once" in called.stdout
    assert "Shares of the spread" in called.stdout


def test_without_anything_uncertain_it_says_what_to_do(simulate, monkeypatch):
    monkeypatch.setattr(factors, "assumed_factors", lambda paths, _, **__: ([], list(paths)))
    called = simulate("sensitivity", "study/base.toml")
    assert called.exit_code == 2
    assert "give some a `between`" in called.stderr
