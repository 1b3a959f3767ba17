"""M/G/1 and M/D/n against older formulas and against queues played by brute force."""

import math

import numpy as np
import pytest

from sim.theory.any_service import constant_service, one_agent
from sim.theory.erlang import erlang_c
from sim.theory.laws import Lognormal, Uniform
from tests.unit.theory.chances import CALLERS, first_come_first_served, near

PATIENT = np.full(CALLERS, math.inf)


def test_one_agent_with_exponential_service_is_erlang_c():
    found = one_agent(arrival_rate=0.7 / 300.0, mean_service=300.0, mean_square=2 * 300.0**2)
    known = erlang_c(agents=1, arrival_rate=0.7 / 300.0, mean_service=300.0)
    assert found.p_wait == pytest.approx(known.p_wait, rel=1e-12)
    assert found.mean_wait == pytest.approx(known.mean_wait, rel=1e-12)


@pytest.mark.parametrize("law", [Uniform(0.2, 1.8), Lognormal(1.0, 0.8)])
def test_one_agent_with_any_service_is_the_queue_played_by_brute_force(law):
    chance = np.random.default_rng(2)
    if isinstance(law, Uniform):
        services = chance.uniform(law.low, law.high, CALLERS)
    else:
        spread = math.sqrt(math.log1p(law.cv**2))
        services = chance.lognormal(-(spread**2) / 2.0, spread, CALLERS)
    gaps = chance.exponential(1.0 / 0.6, CALLERS)
    waits, _ = first_come_first_served(1, gaps, services, PATIENT)
    found = one_agent(arrival_rate=0.6, mean_service=1.0, mean_square=law.second_moment)
    assert found.mean_wait == near(waits)
    assert found.p_wait == near(waits > 0.0)


@pytest.mark.parametrize("within", [0.0, 0.4, 0.999])
@pytest.mark.parametrize("load", [0.3, 0.9])
def test_one_agent_with_constant_service_is_erlang_s_formula_of_1909(load, within):
    """P(W <= t) = (1 - load) exp(load t) for t below the service time, which is 1."""
    found = constant_service(agents=1, arrival_rate=load, service=1.0, within=within)
    assert found.p_later == pytest.approx(1.0 - (1.0 - load) * math.exp(load * within), rel=1e-9)
    assert found.mean_wait == pytest.approx(
        one_agent(arrival_rate=load, mean_service=1.0, mean_square=1.0).mean_wait, rel=1e-9
    )
    assert found.p_wait == pytest.approx(load, rel=1e-9)


@pytest.mark.parametrize(("agents", "load", "within"), [(8, 6.8, 0.2), (2, 1.7, 1.3)])
def test_several_agents_with_constant_service_are_the_queue_played_by_brute_force(
    agents, load, within
):
    chance = np.random.default_rng(3)
    gaps = chance.exponential(1.0 / load, CALLERS)
    waits, _ = first_come_first_served(agents, gaps, np.ones(CALLERS), PATIENT)
    found = constant_service(agents=agents, arrival_rate=load, service=1.0, within=within)
    assert found.p_wait == near(waits > 0.0)
    assert found.mean_wait == near(waits)
    assert found.p_later == near(waits > within)


def test_the_mean_wait_for_constant_service_is_the_area_under_the_waits():
    times = np.linspace(0.0, 12.0, 2401)
    later = [
        constant_service(agents=3, arrival_rate=2.0, service=1.0, within=t).p_later for t in times
    ]
    found = constant_service(agents=3, arrival_rate=2.0, service=1.0)
    assert found.mean_wait == pytest.approx(np.trapezoid(later, times), rel=1e-4)


def test_more_work_than_agents_is_refused():
    with pytest.raises(ValueError, match="1 agents cannot serve 1 erlangs"):
        one_agent(arrival_rate=1.0, mean_service=1.0, mean_square=2.0)
    with pytest.raises(ValueError, match="mean_square must be at least 4, not 3"):
        one_agent(arrival_rate=0.1, mean_service=2.0, mean_square=3.0)
    with pytest.raises(ValueError, match=r"2 agents cannot serve 2\.5 erlangs"):
        constant_service(agents=2, arrival_rate=2.5, service=1.0)
