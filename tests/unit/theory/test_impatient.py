"""M/M/n+G against a closed form worked out by hand, and against queues played by brute force."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.theory.impatient import erlang_a, impatient
from sim.theory.laws import Constant, Gamma, Lognormal, Measured, Mixture, Uniform, Weibull
from tests.unit.theory.chances import CALLERS, first_come_first_served, near

SPREAD = math.sqrt(math.log1p(1.5**2))
LAWS = {
    "constant": (Constant(1.2), lambda u: np.full_like(u, 1.2)),
    "uniform": (Uniform(0.2, 1.6), lambda u: 0.2 + 1.4 * u),
    "gamma": (Gamma(0.8, 0.5), lambda u: stats.gamma(0.5, scale=1.6).ppf(u)),
    "weibull": (
        Weibull(0.8, 0.6),
        lambda u: stats.weibull_min(0.6, scale=0.8 / math.gamma(1 + 1 / 0.6)).ppf(u),
    ),
    "lognormal": (
        Lognormal(0.8, 1.5),
        lambda u: stats.lognorm(SPREAD, scale=0.8 * math.exp(-(SPREAD**2) / 2)).ppf(u),
    ),
    "measured": (
        Measured((0.3, 1.0), (0.6, 0.2), endless=True),
        lambda u: np.interp(u, [0.0, 0.4, 0.8, 0.8 + 1e-9], [0.0, 0.3, 1.0, math.inf]),
    ),
    "a mixture": (
        Mixture(((0.4, Gamma(0.1)), (0.6, Constant(2.0)))),
        lambda u: np.where(u < 0.4, -0.1 * np.log1p(-np.minimum(u, 0.3999999) / 0.4), 2.0),
    ),
    "some for ever": (
        Mixture(((0.6, Gamma(0.5)),)),
        lambda u: np.where(u < 0.6, -0.5 * np.log1p(-np.minimum(u, 0.5999999) / 0.6), math.inf),
    ),
    "some not at all": (
        Mixture(((0.3, Constant(0.0)), (0.7, Gamma(0.8)))),
        lambda u: np.where(u < 0.3, 0.0, -0.8 * np.log1p(-(u - 0.3) / 0.7)),
    ),
}


@pytest.mark.parametrize("name", LAWS)
def test_any_law_of_patience_gives_the_queue_played_by_brute_force(name):
    law, draw = LAWS[name]
    agents, rate, within = 3, 3.3, 0.3
    chance = np.random.default_rng(1)
    waits, answered = first_come_first_served(
        agents,
        chance.exponential(1.0 / rate, CALLERS),
        chance.exponential(1.0, CALLERS),
        draw(chance.random(CALLERS)),
    )
    found = impatient(
        agents=agents, arrival_rate=rate, mean_service=1.0, patience=law, within=within
    )
    soon = waits <= within
    assert found.p_abandon == near(~answered)
    assert found.p_answered == near(answered)
    assert found.mean_wait == near(waits)
    assert found.mean_wait_answered == near(waits[answered])
    assert found.mean_wait_abandoned == near(waits[~answered])
    assert found.p_answered_within == near(answered & soon)
    assert found.p_later == near(~soon)
    if name == "constant":
        assert found.p_abandoned_within == 0.0
    else:
        assert found.p_abandoned_within == near(~answered & soon)


@pytest.mark.parametrize(("rate", "patience"), [(0.8, 2.0), (1.0, 0.5), (2.5, 4.0)])
def test_one_agent_and_constant_patience_are_the_closed_form(rate, patience):
    """M/M/1+D with service 1 (Barrer 1957, "Queuing with impatient customers and indifferent
    clerks"): V has density rate p0 exp((rate - 1) x) up to the patience, and exp(-x) beyond."""
    slope = rate - 1.0
    below = patience if slope == 0.0 else math.expm1(slope * patience) / slope
    beyond = math.exp(slope * patience)
    idle = 1.0 / (1.0 + rate * (below + beyond))
    found = impatient(
        agents=1,
        arrival_rate=rate,
        mean_service=1.0,
        patience=Constant(patience),
        within=patience / 2.0,
    )
    assert found.p_abandon == pytest.approx(idle * rate * beyond, rel=1e-11)
    assert found.p_wait == pytest.approx(1.0 - idle, rel=1e-11)
    assert found.mean_wait_abandoned == pytest.approx(patience, rel=1e-11)
    assert found.p_abandoned_within == pytest.approx(0.0, abs=1e-14)
    half = patience / 2.0 if slope == 0.0 else math.expm1(slope * patience / 2.0) / slope
    assert found.p_answered_within == pytest.approx(idle * (1.0 + rate * half), rel=1e-11)


def test_shares_add_up_and_agents_serve_whoever_is_answered():
    for law, _ in LAWS.values():
        found = impatient(agents=20, arrival_rate=21.0, mean_service=1.0, patience=law, within=0.1)
        assert found.p_answered + found.p_abandon == pytest.approx(1.0, abs=1e-11)
        assert found.p_answered_within + found.p_abandoned_within + found.p_later == pytest.approx(
            1.0, abs=1e-11
        )
        assert found.occupancy == pytest.approx(21.0 * found.p_answered / 20, rel=1e-12)
        waits = (
            found.p_answered * found.mean_wait_answered
            + found.p_abandon * found.mean_wait_abandoned
        )
        assert found.mean_wait == pytest.approx(waits, rel=1e-9)


def test_the_mean_wait_of_the_abandoning_is_what_erlang_a_leaves_over():
    found = erlang_a(agents=8, arrival_rate=0.03, mean_service=300.0, mean_patience=100.0)
    waits = found.mean_wait - found.p_answered * found.mean_wait_answered
    assert found.mean_wait_abandoned == pytest.approx(waits / found.p_abandon, rel=1e-9)


def test_a_queue_without_end_is_refused():
    endless = Mixture(((0.2, Gamma(60.0)),))
    with pytest.raises(ValueError, match="more callers never hang up than the agents can serve"):
        impatient(agents=5, arrival_rate=1.0, mean_service=10.0, patience=endless)
