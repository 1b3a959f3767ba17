"""The search for a warm-up, on companies whose settling is known beforehand."""

import csv
from pathlib import Path
from typing import Any

import pytest

from sim.experiments.simulate import run
from sim.experiments.warmup import WarmUp, find_warm_up
from sim.report.charts.sheet import house_style
from sim.report.charts.warmup import warm_up as chart
from sim.report.text.warmup import advice
from sim.scenario.load import load

STEADY = """\
title = "All days alike"
horizon = "1 day"
reasons.call = { volume = { per_hour = 12.0 }, talk = { exponential = "4 min" }, fcr = 0.6 }
callers.patience = { exponential = "3 min" }
teams.agents = { agents = 2 }
"""
SLOW_RETURNS = 'callers.returns = { probability = 1.0, delay = { exponential = "10 d" } }\n'


def found(tmp_path: Path, text: str, days: int = 140, **how: Any) -> WarmUp:
    file = tmp_path / "one.toml"
    file.write_text(text, encoding="utf-8")
    given = how.pop("given", 0)
    return find_warm_up(load(file, [f"warm_up={days} days"]), given, replications=6, **how)


def after(told: WarmUp, measure: str) -> int | None:
    return next(one.after for one in told.series if one.measure == measure)


def test_a_queue_settles_within_its_first_days(tmp_path: Path) -> None:
    told = found(tmp_path, STEADY)
    assert [one.measure for one in told.series] == [
        "abandonment",
        "mean wait",
        "contacts per issue",
    ]
    assert told.batch == 5
    settled = after(told, "abandonment")
    assert settled is not None
    assert settled <= 65


def test_issues_that_come_back_after_ten_days_take_some_weeks(tmp_path: Path) -> None:
    """Issues that close in the first days are those that needed one call."""
    told = found(tmp_path, STEADY + SLOW_RETURNS)
    settled = after(told, "contacts per issue")
    assert settled is not None
    assert settled >= 15
    contacts = next(one for one in told.series if one.measure == "contacts per issue")
    assert contacts.batches[0] is not None
    assert contacts.settled is not None
    assert contacts.batches[0] < 0.9 * contacts.settled


def test_where_the_days_of_a_week_differ_only_weeks_are_compared(tmp_path: Path) -> None:
    rota = """\
[teams.agents.staffing]
interval = "60 min"
days.mon-fri = { start = "08:00", agents = [2, 2] }
"""
    text = STEADY.replace("teams.agents = { agents = 2 }\n", rota)
    assert found(tmp_path, text, days=70).batch == 7


def test_what_is_found_is_what_a_run_with_that_warm_up_measures(tmp_path: Path) -> None:
    told = found(tmp_path, STEADY + SLOW_RETURNS)
    contacts = next(one for one in told.series if one.measure == "contacts per issue")
    document = run(
        load(tmp_path / "one.toml", ["warm_up=70 days", "horizon=70 days"]), replications=6
    )
    measured = document.strategies[0].measure("contacts per issue").mean
    assert contacts.settled == pytest.approx(measured, rel=0.02)


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    kernel, reference = (
        found(tmp_path, STEADY, days=35, engine=engine) for engine in ("kernel", "reference")
    )
    assert kernel.series == reference.series


def test_progress_ends_with_the_last_replication(tmp_path: Path) -> None:
    seen: list[tuple[float, int]] = []
    found(tmp_path, STEADY, days=35, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (6, 6)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


# -------------------------------------------------------------------------------- what is told


def changed(told: WarmUp, measure: str, settles: int | None) -> WarmUp:
    series = tuple(
        one.model_copy(update={"after": settles}) if one.measure == measure else one
        for one in told.series
    )
    every = [one.after for one in series]
    last = None if None in every else max(one or 0 for one in every)
    return told.model_copy(update={"series": series, "found": last})


def test_what_follows_for_the_scenario_is_said(tmp_path: Path) -> None:
    told = found(tmp_path, STEADY, given=28)
    for measure in ("abandonment", "mean wait", "contacts per issue"):
        told = changed(told, measure, 5)
    assert advice(told) == "The scenario's warm-up of 28 days is long enough."
    assert advice(changed(told, "mean wait", 35)) == (
        'The scenario has a warm-up of 28 days. Write warm_up = "35 days" into it.'
    )
    drifting = advice(changed(told, "mean wait", None))
    assert drifting.startswith("Mean wait has not settled within 140 days.")
    assert "--days 280" in drifting


@pytest.mark.parametrize("settles", [35, None])
def test_the_chart_says_when_all_has_settled(tmp_path: Path, settles: int | None) -> None:
    told = changed(found(tmp_path, STEADY, days=70), "mean wait", settles)
    with house_style():
        page = chart(told)
    title = page.figure.texts[0].get_text()
    assert title == (
        "Mean wait: not settled within 70 days"
        if settles is None
        else "All has settled after 35 days, mean wait last"
    )
    assert len(page.figure.axes) == len(told.series)


def test_the_command_writes_a_chart_and_a_table(tmp_path: Path, monkeypatch: Any) -> None:
    from click.testing import CliRunner

    from sim.cli import cli

    monkeypatch.chdir(tmp_path)
    Path("one.toml").write_text(STEADY, encoding="utf-8")
    words = ["warm-up", "one.toml", "--days", "35", "-n", "2", "--out", "found"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.stderr
    assert "settles after" in done.stdout
    assert "Files: found" in done.stdout
    assert {path.name for path in Path("found").iterdir()} == {
        "warm-up.csv",
        "warm-up.png",
        "warm-up.svg",
    }
    with Path("found/warm-up.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 7
    as_json = CliRunner().invoke(cli, [*words[:-1], "other", "--json", "--quiet"])
    assert WarmUp.model_validate_json(as_json.stdout).days == 35
    refused = CliRunner().invoke(cli, words)
    assert refused.exit_code == 2
