"""Staffing by simulation against what is known: Erlang A, and the equations of a changing day."""

import math

import numpy as np
import pytest

from sim.experiments.replicate import Stopped
from sim.experiments.staffing.effects import effects_of
from sim.experiments.staffing.judging import Aim
from sim.experiments.staffing.pattern import everywhere
from sim.experiments.staffing.reading import reader_of
from sim.experiments.staffing.search import Search
from sim.experiments.staffing.staff import staff
from sim.experiments.staffing.targets import targets_of
from sim.experiments.staffing.trials import Luck, Trials
from sim.tables.build import tables_of
from sim.theory.changing import Stretch, changing
from sim.theory.impatient import erlang_a
from tests.unit.experiments.staffing.centres import ERLANG_A, PEAK, centre

RATE, TALK, PATIENCE = 60.0 / 3600.0, 300.0, 180.0


def abandonment(agents):
    return erlang_a(
        agents=agents, arrival_rate=RATE, mean_service=TALK, mean_patience=PATIENCE
    ).p_abandon


@pytest.mark.parametrize("agents", [6, 8])
def test_of_a_stationary_queue_every_interval_gets_the_fewest_agents_of_erlang_a(tmp_path, agents):
    bound = 0.5 * (abandonment(agents) + abandonment(agents - 1))
    found = staff(
        centre(tmp_path, ERLANG_A),
        "agents",
        targets_of([f"abandonment={bound} by interval"]),
        interval=3600.0,
        replications=20,
        searching=60,
    ).document
    assert [one.agents for one in found.intervals] == [agents] * 24
    (kept,) = found.contenders[0].targets
    assert kept.missed == 0
    assert all(abs(one.load - 5.0) < 0.5 for one in found.intervals)


VALUED = (
    ERLANG_A.replace("volume = { per_hour = 60.0 }", "volume = { per_customer_year = 52.56 }")
    + """
[segments.all]
customers = 10_000
yearly_margin = 100.0
valuation_churn = 0.095162582
[loyalty.base]
resolved = 0.001
unresolved = 0.011
gave_up = 0.011
refused = 0.011
silent = 0.011
preempted = 0.001
"""
)
"""The same: a customer is worth 1000, and who gives up leaves with a probability 1 % higher, so
that each call abandoned costs 10."""


def hourly_cost(agents):
    value = 100.0 / -math.log1p(-0.095162582)
    return 20.0 * agents + 60.0 * abandonment(agents) * 0.01 * value


BEST = min(range(2, 15), key=hourly_cost)


def test_the_least_total_economic_cost_of_a_stationary_queue_is_that_of_erlang_a(tmp_path):
    found = staff(
        centre(tmp_path, VALUED), "agents", interval=3600.0, replications=20, searching=60
    ).document
    agents = np.array([one.agents for one in found.intervals])
    assert abs(agents.mean() - BEST) < 0.5
    assert np.mean([hourly_cost(n) for n in agents]) <= 1.01 * hourly_cost(BEST)


@pytest.mark.slow
def test_agents_move_from_where_they_are_spared_to_where_they_are_missed(tmp_path):
    scenario = centre(tmp_path, VALUED).scenario.model_copy(update={"interval": 3600.0})
    pattern = everywhere(scenario, "agents", 3600.0)
    trials = Trials(reader_of(tables_of(scenario), "agents"), 1, "kernel", 1)
    bad = np.where(pattern.slot < 12, BEST + 3, BEST - 3)
    search = Search(Aim((), 20.0), pattern, trials, Luck(0, 60), [bad])
    effects = effects_of(search.aim, pattern, bad, trials, Luck(0, 20))
    assert effects.gained[12:].min() > effects.gained[:12].max()
    assert effects.harmed[12:].min() > effects.harmed[:12].max()
    search.descend()
    before, after = (np.mean([hourly_cost(n) for n in plan]) for plan in (bad, search.plan))
    assert after - hourly_cost(BEST) < 0.1 * (before - hourly_cost(BEST))


@pytest.mark.slow
def test_after_a_wave_of_long_calls_erlang_c_by_interval_fails_where_the_search_does_not(tmp_path):
    found = staff(
        centre(tmp_path, PEAK),
        "agents",
        targets_of(["service level=80% by interval"]),
        replications=200,
    ).document
    ours, erlang = found.contender("staffed"), found.contender("formula")
    assert erlang is not None
    assert erlang.name == "Erlang C, first calls"
    assert ours.keeps
    assert not erlang.keeps

    by_equations = [
        expected.answered_within / expected.offered
        for expected in expected_of([one.agents for one in found.intervals])
    ]
    by_erlang = [
        expected.answered_within / expected.offered
        for expected in expected_of([one.erlang_c for one in found.intervals])
    ]
    assert min(by_equations) > 0.785
    assert min(by_erlang) < 0.7
    for one, known in zip(found.intervals, by_equations, strict=True):
        assert (
            abs(one.service_level.mean - known)
            < 4.0 * (one.service_level.high - one.service_level.mean) / 1.96 + 0.005
        )

    scaled = [one for one in found.contenders if one.kind == "scaled formula" and one.keeps]
    cheapest = min(one.staffing_cost.mean for one in scaled if one.name.startswith("Erlang C"))
    assert ours.staffing_cost.mean < 0.97 * cheapest


def expected_of(agents):
    calls = 60.0 * np.array([30, 70, 120, 90, 45, 20, 15, 10]) / 400.0
    stretches = [
        Stretch(1800.0, float(rate) / 1800.0, number)
        for rate, number in zip(calls, agents, strict=True)
    ]
    stretches.append(Stretch(6 * 3600.0, 0.0, agents[-1]))
    return changing(stretches, mean_service=1200.0, mean_patience=600.0)[:-1]


def test_the_same_seed_finds_the_same_whatever_the_number_of_workers(tmp_path):
    found = [
        staff(
            centre(tmp_path, PEAK),
            "agents",
            targets_of(["abandonment=5% by interval"]),
            replications=10,
            searching=20,
            workers=workers,
        )
        for workers in (1, 2)
    ]
    assert found[0].document.model_dump() == found[1].document.model_dump()
    assert found[0].staffing == found[1].staffing


def test_an_interrupted_search_keeps_the_best_staffing_so_far(tmp_path, monkeypatch):
    def stop(*_):
        raise Stopped([[]])

    monkeypatch.setattr(Search, "trim", stop)
    found = staff(
        centre(tmp_path, PEAK), "agents", targets_of(["abandonment=5% by interval"]), searching=20
    )
    assert found.document.interrupted
    assert found.document.contenders == ()
    assert found.staffing.days["mon"].start == "09:00"
    assert "Interrupted" in found.document.finding[0]
