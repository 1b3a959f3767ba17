"""Sizing: the smallest team that meets a target, found by stepping through every size."""

import math
from itertools import pairwise

import pytest

from sim.theory.erlang import erlang_c
from sim.theory.impatient import erlang_a
from sim.theory.sizing import AbandonmentTarget, ServiceLevelTarget, agents_for

QUEUE = {"arrival_rate": 0.1, "mean_service": 300.0}


@pytest.mark.parametrize("at_most", [0.5, 0.05, 0.001])
def test_one_agent_fewer_than_sized_would_miss_the_abandonment_target(at_most):
    target = AbandonmentTarget(at_most)
    agents = agents_for(target, **QUEUE, mean_patience=180.0)
    shares = [
        erlang_a(agents=n, **QUEUE, mean_patience=180.0).p_abandon for n in (agents - 1, agents)
    ]
    assert shares[0] > at_most >= shares[1]


@pytest.mark.parametrize("rule", ["counted", "excluded", "met", "answered"])
@pytest.mark.parametrize("mean_patience", [10.0, 180.0, 3600.0])
def test_every_service_level_rises_with_each_agent_and_sizing_finds_the_first(rule, mean_patience):
    levels = [
        erlang_a(agents=n, **QUEUE, mean_patience=mean_patience, within=20.0).service_level(rule)
        for n in range(1, 61)
    ]
    assert all(more >= fewer - 1e-15 for fewer, more in pairwise(levels))
    agents = agents_for(ServiceLevelTarget(0.8, 20.0, rule), **QUEUE, mean_patience=mean_patience)
    assert agents == 1 + next(n for n, level in enumerate(levels) if level >= 0.8)


def test_fourteen_agents_answer_the_published_load_within_twenty_seconds():
    """100 calls in 30 minutes of 180 s, 80 % within 20 s: 14 agents (manuals of the R package
    ErlangC 0.1.0 and of the Python package pyworkforce 0.1.0)."""
    queue = {"arrival_rate": 100 / 1800, "mean_service": 180.0}
    assert agents_for(ServiceLevelTarget(0.8, 20.0), **queue) == 14
    assert erlang_c(agents=13, **queue, within=20.0).service_level < 0.8


def test_endless_patience_needs_more_agents_than_the_load_and_more_than_patience_that_ends():
    target = ServiceLevelTarget(0.01, 3600.0)
    endless = agents_for(target, **QUEUE)
    assert endless == 31
    assert agents_for(target, **QUEUE, mean_patience=180.0) < endless


def test_a_longer_limit_needs_fewer_agents_when_patience_is_endless():
    sizes = [agents_for(ServiceLevelTarget(0.9, within), **QUEUE) for within in (0.0, 20.0, 120.0)]
    assert sizes == sorted(set(sizes), reverse=True)
    levels = [erlang_c(agents=n, **QUEUE, within=120.0).service_level for n in range(31, 60)]
    assert sizes[-1] == 31 + next(n for n, level in enumerate(levels) if level >= 0.9)


def test_a_center_of_thousands_is_sized():
    queue = {"arrival_rate": 10.0, "mean_service": 300.0, "mean_patience": 180.0}
    agents = agents_for(AbandonmentTarget(0.02), **queue)
    assert 2900 < agents < 3000
    assert erlang_a(agents=agents, **queue).p_abandon <= 0.02
    assert erlang_a(agents=agents - 1, **queue).p_abandon > 0.02


def test_nobody_calling_needs_nobody_and_a_rare_caller_one_agent():
    target = ServiceLevelTarget(0.8, 20.0)
    assert agents_for(target, arrival_rate=0.0, mean_service=300.0) == 0
    assert agents_for(target, arrival_rate=1e-9, mean_service=300.0) == 1


def test_targets_that_no_team_can_meet_or_miss_are_refused():
    for share in (0.0, 1.0, math.nan):
        with pytest.raises(ValueError, match="at_most must lie between 0 and 1"):
            AbandonmentTarget(share)
        with pytest.raises(ValueError, match="at_least must lie between 0 and 1"):
            ServiceLevelTarget(share, 20.0)
    with pytest.raises(ValueError, match="within must be zero or more seconds"):
        ServiceLevelTarget(0.8, -1.0)
    with pytest.raises(ValueError, match="patience ends"):
        agents_for(AbandonmentTarget(0.05), **QUEUE)
    with pytest.raises(ValueError, match="arrival_rate must be positive"):
        agents_for(AbandonmentTarget(0.05), arrival_rate=-1.0, mean_service=1.0, mean_patience=1.0)
