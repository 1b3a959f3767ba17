"""The textbook's queues and all that reduces to a formula: `run.py verify --quick`, case by case.

And the verification itself: a known value that is wrong, and a simulation that is, turn it.
"""

from dataclasses import replace

import pytest

from sim.experiments import replicate, verify
from sim.experiments.known import CASES
from sim.scenario.load import load
from sim.tables.build import tables_of


@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_what_is_simulated_agrees_with_what_is_known(name):
    found = verify.verify([name], quick=True)
    (case,) = found.cases
    assert [one for one in case.comparisons if one.verdict != "agrees"] == []
    assert case.comparisons


@pytest.mark.parametrize("edited", ["teams.agents.agents=34", "callers.patience.exponential=5 min"])
def test_whoever_edits_a_number_is_told_what_is_known_of_the_new_one(edited):
    (case,) = [case for case in CASES if case.name == "erlang-a"]
    before = [claim.known for claim in case.claims(load(verify.FOLDER / "erlang-a.toml").scenario)]
    found = verify.verify(["erlang-a"], quick=True, overrides=[edited])
    assert "disagrees" not in [one.verdict for one in found.comparisons]
    for one, was in zip(found.comparisons, before, strict=True):
        assert abs(one.known / was - 1.0) > 0.005


def test_a_wrong_known_value_disagrees(monkeypatch):
    def wrong(case):
        def claims(scenario):
            first, *others = case.claims(scenario)
            return [replace(first, known=1.15 * first.known), *others]

        return replace(case, claims=claims)

    monkeypatch.setattr(verify, "CASES", [wrong(case) for case in CASES])
    found = verify.verify(["patience-weibull"], quick=True)
    verdicts = [one.verdict for one in found.comparisons]
    assert verdicts == ["disagrees", *["agrees"] * (len(verdicts) - 1)]
    assert found.verdict == "disagrees"


def test_a_simulation_that_draws_patience_too_short_disagrees(monkeypatch):
    """As if an hour of patience had 54 minutes where scenarios become numbers."""

    def mistaken(scenario):
        patience = scenario.callers.patience
        short = patience.exponential.model_copy(update={"mean": 0.9 * patience.exponential.mean})
        law = patience.model_copy(update={"exponential": short})
        callers = scenario.callers.model_copy(update={"patience": law})
        return tables_of(scenario.model_copy(update={"callers": callers}))

    monkeypatch.setattr(replicate, "tables_of", mistaken)
    found = verify.verify(["erlang-a"], quick=True)
    wrong = {one.measure for one in found.comparisons if one.verdict == "disagrees"}
    assert "time to abandon" in wrong
    assert found.verdict == "disagrees"


def test_the_engine_that_is_read_is_verified_by_the_same_cases():
    """On short days, which prove less: nothing may disagree."""
    short = ["horizon=1 day", "warm_up=0 days"]
    found = verify.verify(["overflow-threshold"], quick=True, engine="reference", overrides=short)
    assert found.engine == "reference"
    assert {one.verdict for one in found.comparisons} <= {"agrees", "too uncertain"}
