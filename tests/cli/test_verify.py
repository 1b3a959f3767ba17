"""`run.py verify` as a user calls it."""

import json

import pytest

from sim.experiments import verify
from sim.experiments.judging import judged
from sim.experiments.known import CASES
from sim.experiments.replicate import Stopped

SMALL = ("one-agent", "--quick", "--workers", "1")


def test_what_agrees_is_told_in_a_table_and_ends_with_0(call):
    done = call("verify", *SMALL)
    assert done.exit_code == 0, done.stderr
    assert "Mean wait, s" in done.stdout
    assert "2 comparisons: 2 agree" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_json_is_the_whole_document_and_nothing_else(call):
    done = call("verify", *SMALL, "--json", "--quiet")
    document = json.loads(done.stdout)
    assert done.stderr == ""
    assert (document["kind"], document["quick"], document["asked"]) == ("verify", True, 1)
    (case,) = document["cases"]
    assert case["file"].endswith("scenarios/verification/one-agent.toml")
    wait, occupancy = case["comparisons"]
    assert (wait["measure"], wait["known"], wait["verdict"]) == ("mean wait", 45.0, "agrees")
    assert wait["low"] < wait["mean"] < wait["high"]
    assert occupancy["limit"] > 4.0


def test_the_same_seed_gives_the_same_figures_whatever_the_workers(call):
    one = call("verify", *SMALL, "--json")
    two = call("verify", "one-agent", "--quick", "--workers", "2", "--json")
    other = call("verify", *SMALL, "--json", "--seed", "2")
    assert one.stdout == two.stdout
    assert one.stdout != other.stdout


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        (["agrees", "disagrees"], 1),
        (["too uncertain", "disagrees"], 1),
        (["too uncertain", "agrees"], 3),
    ],
)
def test_the_worst_verdict_is_the_exit_code(call, monkeypatch, verdicts, code):
    wanted = iter(verdicts)

    def fixed(*given):
        return judged(*given).model_copy(update={"verdict": next(wanted)})

    monkeypatch.setattr(verify, "judged", fixed)
    done = call("verify", *SMALL)
    assert done.exit_code == code
    for verdict in verdicts:
        assert verdict in done.stdout


def test_ctrl_c_keeps_the_cases_that_are_finished(call, monkeypatch):
    calls = iter([verify.replicate])

    def replicate(*given, **how):
        for one in calls:
            return one(*given, **how)
        raise Stopped([[]])

    monkeypatch.setattr(verify, "replicate", replicate)
    done = call("verify", "one-agent", "one-agent-lognormal", "--quick")
    assert done.exit_code == 130
    assert "Verification: 1 of 2 cases" in done.stdout
    assert "Interrupted: 1 of 2 cases are finished." in done.stderr
    done = call("verify", "one-agent", "--quick")
    assert (done.exit_code, done.stdout) == (130, "")
    assert "nothing was written" in done.stderr


def test_progress_counts_the_days_of_all_cases(monkeypatch):
    heard = []
    names = ["one-agent", "one-agent-lognormal"]
    monkeypatch.setattr(verify, "_AT_A_TIME", 20)  # so that a case comes in two parts
    verify.verify(names, quick=True, progress=lambda done, of: heard.append((done, of)))
    days = sum(21 * case.replications for case in CASES if case.name in names)
    assert heard[-1] == (days, days)
    assert {of for _, of in heard} == {days}
    whole = [done for done, _ in heard if done and done % 21 == 0]
    assert list(dict.fromkeys(whole)) == list(range(21, days + 1, 21))


def test_a_case_that_does_not_exist_is_told_with_those_that_do(call):
    done = call("verify", "erlang-x", "--quick")
    assert done.exit_code == 2
    assert 'no case "erlang-x"; did you mean "erlang-' in done.stderr
    assert "patience-never" in done.stderr


def test_a_scenario_that_the_formulas_do_not_know_is_refused_before_anything_runs(call):
    done = call("verify", "erlang-a", "erlang-c", "--quick", "--set", "centre.menu=10 s")
    assert done.exit_code == 2
    assert done.stderr.count("is not in the formulas of this case") == 2
    done = call("verify", "erlang-c", "--quick", "--set", "teams.agents.agents=5")
    assert done.exit_code == 2
    assert "the queue has no end" in done.stderr
    done = call("verify", "constant-talks", "--quick", "--set", "teams.agents.agents=5")
    assert "cannot serve 6.5 erlangs" in done.stderr
    assert "erlang-c" not in done.stderr


def test_a_scenario_edited_in_its_place_has_its_own_known_values(tmp_path):
    for name in ("one-agent", "one-agent-lognormal"):
        text = (verify.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace("per_hour = 36.0", "per_hour = 30.0")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    found = verify.verify(["one-agent"], quick=True, folder=tmp_path)
    wait, occupancy = found.cases[0].comparisons
    assert wait.known == pytest.approx(0.5 / (1 - 0.5) / 2 * 60.0)
    assert occupancy.known == pytest.approx(0.5)
    assert found.verdict == "agrees"
