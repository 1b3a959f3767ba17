"""`run.py staff` as a user calls it."""

import csv
import json

import pytest

from sim.experiments.replicate import Stopped
from sim.experiments.staffing import search as searching
from sim.report.charts import staffing as charts
from sim.scenario.load import load

QUICK = ("-n", "4", "--search-replications", "4", "--workers", "1", "--quiet")
TARGET = ("--target", "service level=70% by interval", "--target", "abandonment=10%")
MENU = """\
[shifts.whole]
start = "09:00"
length = "4 h"
breaks = [{ after = "1h30m", latest = "2 h", length = "30 min" }]
[shifts.half]
start = "09:00"
latest_start = "11:00"
length = "2 h"
price = 1.1
"""


@pytest.fixture(autouse=True)
def no_charts(monkeypatch):
    monkeypatch.setattr(charts, "draw_staffing", lambda *_: ())


@pytest.fixture
def staffed(call, folder):
    (folder / "shifts.toml").write_text(MENU, encoding="utf-8")

    def called(*words):
        return call("staff", "study/base.toml", *QUICK, *words, "--out", "out")

    return called


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_what_is_found_is_told_and_its_scenarios_go_on_with_run_and_compare(staffed, call, folder):
    told = staffed(*TARGET, "--shifts", "shifts.toml")
    assert told.exit_code == 0, told.output
    for words in ("Least staffing found", "Erlang C, all calls", "Abandonment at most 10%", "half"):
        assert words in told.stdout
    found, base = (load(folder / f"out/{name}.toml") for name in ("staffed", "rostered"))
    assert found.scenario.teams["agents"].agents is None
    how = ("-n", "2", "--workers", "1", "--quiet", "--engine", "reference")
    compared = call("compare", "study/base.toml", "out/staffed.toml", "out/rostered.toml", *how)
    assert compared.exit_code == 0, compared.output
    assert base.scenario.interval == 1800.0


def test_the_staffing_in_the_scenario_is_that_of_the_table_and_covers_what_the_roster_must(
    staffed, folder
):
    assert staffed(*TARGET, "--shifts", "shifts.toml").exit_code == 0
    table = {
        (row["day"], row["time"]): int(row["agents_floor"])
        for row in rows(folder / "out/staffing.csv")
    }
    shift = load(folder / "out/staffed.toml").scenario.teams["agents"].staffing.days["mon"]
    assert shift.start == "09:00"
    assert [table["mon", f"{9 + k // 2:02d}:{30 * (k % 2):02d}"] for k in range(8)] == shift.agents
    covered = load(folder / "out/rostered.toml").scenario.teams["agents"].staffing.days["mon"]
    assert all(c >= n for c, n in zip(covered.agents, shift.agents, strict=True))
    assert sum(int(row["agents"]) for row in rows(folder / "out/roster.csv")) > 0
    assert {row["staffing"] for row in rows(folder / "out/verification.csv")} >= {
        "staffed",
        "roster",
        "as it is",
        "Erlang A, first calls",
    }


def test_json_holds_the_same_figures_as_run_finds_for_the_scenario(staffed, call):
    document = json.loads(staffed("--json", *TARGET).stdout)
    ours = document["contenders"][0]
    told = call("run", "out/staffed.toml", "-n", "4", "--workers", "1", "--quiet", "--json")
    (strategy,) = json.loads(told.stdout)["strategies"]
    cost = next(
        one["mean"]
        for one in strategy["measures"]
        if (one["measure"], one["row_kind"], one["interval"]) == ("team cost", "team", None)
    )
    assert ours["staffing_cost"]["mean"] == pytest.approx(cost * 7.0)
    assert document["targets"][1] == "abandonment at most 10% by week"


def test_what_set_said_holds_in_the_scenario_too(staffed, folder):
    assert staffed(*TARGET, "--set", "title=Other", "--set", "centre.menu=10 s").exit_code == 0
    found = load(folder / "out/staffed.toml").scenario
    assert found.centre.menu == 10.0
    assert found.title == "Other, agents staffed anew"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--team", "agent"), 'did you mean "agents"?'),
        (("--target", "abandonment"), "there is no bound"),
        (("--set", "teams.agents.pay=false"), "cost nothing"),
        (("--set", "horizon=70 days"), "at most 62"),
        (("--shifts", "none.toml"), "there is no file"),
        (("--set", "reasons.call.seeks_help=0.0"), "nobody calls"),
        (
            ("--set", "teams.agents={agents = 1, contract = {per_hour = 1.0}, pay = false}"),
            "all teams of this scenario are vendors'",
        ),
    ],
)
def test_what_cannot_be_staffed_is_refused_in_a_sentence_and_nothing_is_written(
    staffed, folder, words, sentence
):
    told = staffed(*words)
    assert told.exit_code == 2, told.output
    assert sentence in told.stderr
    assert not (folder / "out").exists()


def test_an_interruption_keeps_the_best_so_far_and_says_so(staffed, folder, monkeypatch):
    def stop(*_):
        raise Stopped([[]])

    monkeypatch.setattr(searching.Search, "keep", stop)
    told = staffed(*TARGET)
    assert told.exit_code == 130
    assert "the best staffing found so far is kept" in told.stderr
    assert load(folder / "out/staffed.toml").scenario.teams["agents"].staffing is not None


def test_an_interruption_before_anything_is_found_writes_nothing(staffed, folder, monkeypatch):
    def stop(*_):
        raise Stopped([[]])

    monkeypatch.setattr(searching.Search, "__init__", stop)
    told = staffed(*TARGET)
    assert told.exit_code == 130
    assert not (folder / "out").exists()
