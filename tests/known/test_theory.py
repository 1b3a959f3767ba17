"""Known results, from formulas: figures that others have computed, and what they say."""

import numpy as np
import pytest
from scipy.stats import gamma

from sim.theory.attempts import attempts
from sim.theory.cosourcing import Prices, best_staff, cost, flow, normal_rates
from sim.theory.impatient import erlang_a

MINUTE = 60.0
FRESH, AHT, PATIENCE = 10.0 / MINUTE, 5.0 * MINUTE, 2.0 * MINUTE


def abandoned(agents, rate):
    return erlang_a(
        agents=agents, arrival_rate=rate, mean_service=AHT, mean_patience=PATIENCE
    ).p_abandon


def orbit(agents, **shares):
    return attempts(
        agents=agents, fresh_rate=FRESH, mean_service=AHT, mean_patience=PATIENCE, **shares
    )


def fewest(enough):
    return next(agents for agents in range(40, 100) if enough(agents))


def test_redials_raise_the_load_that_makes_them():
    found = orbit(48, redial=0.5, again=0.1)
    assert found.rate * MINUTE == pytest.approx(12.39, abs=0.005)
    assert found.p_abandon == pytest.approx(0.232, abs=0.0005)
    # The balance that defines it, by the share itself.
    back = 0.5 * found.p_abandon + 0.1 * (1.0 - found.p_abandon)
    assert found.rate * (1.0 - back) == pytest.approx(FRESH, rel=1e-9)


def test_counting_fresh_calls_alone_understaffs_and_counting_all_as_fresh_overstaffs():
    assert fewest(lambda n: abandoned(n, FRESH) <= 0.03) == 55
    assert fewest(lambda n: orbit(n, redial=0.5, again=0.1).p_abandon <= 0.03) == 62
    crowded = orbit(45, redial=0.5, again=0.1).rate
    assert crowded * MINUTE == pytest.approx(12.82, abs=0.005)
    assert fewest(lambda n: abandoned(n, crowded) <= 0.03) == 69


@pytest.mark.parametrize(
    ("aht", "fcr", "of_attempts", "of_issues"),
    [(5.0, 0.70, 0.091, 0.125), (6.0, 0.85, 0.099, 0.114)],
)
def test_handle_time_buys_resolution_by_the_issue_and_not_by_the_attempt(
    aht, fcr, of_attempts, of_issues
):
    """Who abandons gives up; who is not helped calls again. So an issue has one abandoned attempt
    at most, and the share of issues that are abandoned is abandoned attempts per issue."""
    found = attempts(
        agents=65,
        fresh_rate=FRESH,
        mean_service=aht * MINUTE,
        mean_patience=PATIENCE,
        again=1.0 - fcr,
    )
    assert found.p_abandon == pytest.approx(of_attempts, abs=0.0005)
    assert found.abandoned_per_fresh == pytest.approx(of_issues, abs=0.0005)


@pytest.mark.parametrize(("cv", "known"), [(0.0, 0.035), (0.1, 0.046), (0.2, 0.071), (0.3, 0.103)])
def test_uncertain_days_are_worse_than_their_mean(cv, known):
    """Per call: each day counts by its calls."""
    if cv == 0.0:
        assert abandoned(54, FRESH) == pytest.approx(known, abs=0.001)
        return
    nodes, weights = np.polynomial.legendre.leggauss(60)
    days = gamma(cv**-2, scale=cv**2)
    factors = days.isf(1e-12) * (nodes + 1.0) / 2.0
    shares = weights * days.isf(1e-12) / 2.0 * days.pdf(factors)
    lost = sum(
        share * factor * abandoned(54, FRESH * factor)
        for share, factor in zip(shares, factors, strict=True)
    )
    assert lost == pytest.approx(known, abs=0.001)


PRICES = Prices(agent=1.0, outsourced=1.5, abandoned=5.0)
QUEUE = {"mean_service": 1.0, "mean_patience": 1.0, "prices": PRICES}


@pytest.mark.parametrize(
    ("sd", "without", "with_vendor", "saved"),
    [(0.0, 108, 98, 0.03), (10.0, 112, 96, 0.065), (20.0, 119, 90, 0.12)],
)
def test_with_a_vendor_for_overflow_one_staffs_below_the_load_and_saves_more_the_less_one_knows(
    sd, without, with_vendor, saved
):
    """The optimum is flat: the numbers of agents that are known cost next to nothing more."""
    rates = normal_rates(100.0, sd)
    own, own_cost = best_staff(among=range(100, 126), rates=rates, with_vendor=False, **QUEUE)
    less, less_cost = best_staff(among=range(84, 106), rates=rates, with_vendor=True, **QUEUE)
    assert abs(own - without) <= 1
    assert abs(less - with_vendor) <= 1
    assert less < 100 < own
    assert 1.0 - less_cost / own_cost == pytest.approx(saved, abs=0.005)
    there = cost(agents=with_vendor, rates=rates, with_vendor=True, **QUEUE)
    assert there == pytest.approx(less_cost, rel=1e-3)


def test_without_a_vendor_the_flow_is_erlang_a_s():
    known = erlang_a(agents=105, arrival_rate=100.0, mean_service=1.0, mean_patience=1.0)
    found = flow(agents=105, arrival_rate=100.0, mean_service=1.0, mean_patience=1.0, waiting=None)
    assert found.abandoned == pytest.approx(100.0 * known.p_abandon, rel=1e-9)
    assert found.outsourced == 0.0


def test_a_vendor_who_takes_whoever_finds_no_idle_agent_gets_erlang_b_s_overflow():
    found = flow(agents=90, arrival_rate=100.0, mean_service=1.0, mean_patience=3.0, waiting=0)
    blocked = 1.0
    for agents in range(1, 91):
        blocked = 100.0 * blocked / (agents + 100.0 * blocked)
    assert found.outsourced == pytest.approx(100.0 * blocked, rel=1e-9)
    assert found.abandoned == pytest.approx(0.0, abs=1e-12)


def test_impossible_shares_are_refused():
    with pytest.raises(ValueError, match="redial must be a share"):
        orbit(48, redial=1.0)
    with pytest.raises(ValueError, match="waiting must be 0 or more"):
        flow(agents=1, arrival_rate=1.0, mean_service=1.0, mean_patience=1.0, waiting=-1)
