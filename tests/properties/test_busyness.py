"""How busy days are: gamma each, a Gaussian AR(1) from date to date (MODEL.md section 2)."""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from sim.codes import BUSYNESS
from sim.demand import demand_of
from sim.rules.distributions import inverse
from sim.rules.draws import uniform
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of

CV, CORRELATION = 0.4, 0.7
REPLICATIONS = 3000


@cache
def tables(correlation, days=5, warm_up=0):
    return tables_of(
        Scenario.model_validate(
            {
                "horizon": f"{days} days",
                "warm_up": f"{warm_up} days",
                "busyness": {"cv": CV, "correlation": correlation},
                "reasons": {"call": {"volume": {"per_week": 7000.0}, "talk": "1 min"}},
                "teams": {"desk": {"agents": 1}},
            }
        )
    )


def busyness(replication, *world):
    return demand_of(tables(*world), 1, replication).busyness


@cache
def many():
    """The factors of five days in many replications, and their normal scores."""
    factors = np.array([busyness(r, CORRELATION) for r in range(REPLICATIONS)])
    return factors, stats.norm.ppf(stats.gamma.cdf(factors, CV**-2, scale=CV**2))


@pytest.mark.parametrize("day", [0, 4])
def test_a_days_factor_is_gamma_of_mean_1_also_where_days_are_correlated(day):
    factors, _ = many()
    assert stats.kstest(factors[:, day], stats.gamma(CV**-2, scale=CV**2).cdf).pvalue > 1e-4


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_scores_of_days_are_correlated_as_in_an_ar_1(lag):
    _, scores = many()
    expected = CORRELATION**lag
    found = np.corrcoef(scores[:, 4], scores[:, 4 - lag])[0, 1]
    assert abs(found - expected) < 4 * (1 - expected**2) / np.sqrt(REPLICATIONS)


def test_given_yesterday_the_day_before_says_nothing_more():
    """The partial correlation of an AR(1) beyond the first lag is zero."""
    _, scores = many()
    near, here, far = scores[:, 4], scores[:, 3], scores[:, 2]
    without = [x - np.polyval(np.polyfit(here, x, 1), here) for x in (near, far)]
    assert abs(np.corrcoef(*without)[0, 1]) < 4 / np.sqrt(REPLICATIONS)


def test_a_negative_correlation_makes_quiet_days_follow_busy_ones():
    factors = np.array([busyness(r, -0.5) for r in range(300)])
    assert np.corrcoef(factors[:, 1], factors[:, 2])[0, 1] == pytest.approx(-0.5, abs=0.2)


def test_without_correlation_a_days_factor_is_the_law_at_the_days_own_draw_to_the_last_bit():
    world = tables(0.0, 20, 7)
    expected = [
        inverse(
            world.laws,
            world.knots,
            world.streams.busyness,
            uniform(1, 3, world.busyness_key, date, 0, 0, 0, BUSYNESS),
        )
        for date in range(-7, 20)
    ]
    assert demand_of(world, 1, 3).busyness.tolist() == expected


@pytest.mark.parametrize("correlation", [0.0, CORRELATION])
def test_a_date_is_as_busy_whatever_the_warm_up_and_the_horizon(correlation):
    counted = busyness(0, correlation, 5, 0)
    assert busyness(0, correlation, 5, 28)[28:].tolist() == counted.tolist()
    assert busyness(0, correlation, 9, 0)[:5].tolist() == counted.tolist()


def test_a_days_factor_is_what_multiplies_its_volume():
    world = demand_of(tables(CORRELATION, 100), 1, 0)
    numbers = np.array([len(world.issues_of(day)) for day in range(100)])
    errors = (numbers - 1000 * world.busyness) / np.sqrt(1000 * world.busyness)
    assert np.abs(errors).max() < 5
    assert np.std(errors) == pytest.approx(1.0, abs=0.3)
