"""The table of laws: shared rows, means, and what it refuses."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.rules.distributions import COLUMNS, GAMMA_KNOTS
from sim.tables.laws import LawTable

WAITS, SHARES = [0.0, 5.0, 5.0, 30.0], [0.0, 0.1, 0.25, 1.0]


@pytest.fixture
def table():
    return LawTable()


def test_identical_laws_share_an_index_and_others_do_not(table):
    def enter():
        talk = table.lognormal(300.0, 1.1)
        wrap = table.exponential(30.0)
        return [
            talk,
            wrap,
            table.exponential(31.0),
            table.exponential(30.0, zero=0.1),
            table.exponential(30.0, infinite=0.1),
            table.gamma(300.0, 2.0),
            table.empirical(WAITS, SHARES),
            table.mixture(0.5, talk, wrap),
            table.mixture(0.5, wrap, talk),
        ]

    once = enter()
    assert once == list(range(len(once)))
    assert enter() == once
    assert len(table.arrays()[0]) == len(once)


def test_gamma_laws_of_one_shape_share_their_knots(table):
    table.gamma(1.0, 2.0)
    table.gamma(300.0, 2.0, infinite=0.1)
    assert len(table.arrays()[1]) == 2 * GAMMA_KNOTS
    table.gamma(300.0, 3.0)
    assert len(table.arrays()[1]) == 4 * GAMMA_KNOTS


def test_an_empty_table_still_has_its_columns(table):
    laws, knots = table.arrays()
    assert laws.shape == (0, COLUMNS)
    assert knots.shape == (0,)


MOMENTS = [
    (lambda table: table.constant(30.0), 30.0, 0.0),
    (lambda table: table.exponential(300.0), 300.0, 1.0),
    (lambda table: table.uniform(0.0, 60.0), 30.0, 1 / math.sqrt(3)),
    (lambda table: table.gamma(300.0, 4.0), 300.0, 0.5),
    (lambda table: table.weibull(300.0, 0.5), 300.0, math.sqrt(5)),
    (lambda table: table.lognormal(300.0, 1.1), 300.0, 1.1),
]


@pytest.mark.parametrize(("enter", "mean", "cv"), MOMENTS)
def test_a_law_knows_its_mean_and_coefficient_of_variation(table, enter, mean, cv):
    law = enter(table)
    assert table.mean_of(law) == pytest.approx(mean, rel=1e-12)
    assert table.cv_of(law) == pytest.approx(cv, rel=1e-7, abs=1e-7)


def test_the_mean_of_a_measured_law_is_that_of_its_pieces(table):
    law = table.empirical(WAITS, SHARES)
    # 10 % around 2.5 s, 15 % at 5 s, 75 % around 17.5 s
    mean = 0.1 * 2.5 + 0.15 * 5.0 + 0.75 * 17.5
    spread = 0.1 * (25 / 12 + 2.5**2) + 0.15 * 25 + 0.75 * (25**2 / 12 + 17.5**2) - mean**2
    assert table.mean_of(law) == pytest.approx(mean, rel=1e-12)
    assert table.cv_of(law) == pytest.approx(math.sqrt(spread) / mean, rel=1e-12)


def test_a_mean_counts_zeros_and_leaves_out_what_never_comes(table):
    assert table.mean_of(table.exponential(300.0, zero=0.25)) == pytest.approx(225.0)
    assert table.mean_of(table.exponential(300.0, infinite=0.25)) == pytest.approx(300.0)
    assert table.mean_of(table.exponential(300.0, zero=0.2, infinite=0.5)) == pytest.approx(180.0)
    assert math.isnan(table.mean_of(table.exponential(300.0, infinite=1.0)))
    assert math.isnan(table.cv_of(table.exponential(300.0, infinite=1.0)))
    assert math.isnan(table.cv_of(table.constant(0.0)))


def test_the_mean_of_a_mixture_weighs_the_finite_parts(table):
    patient = table.exponential(600.0, infinite=0.5)
    hurried = table.constant(60.0)
    law = table.mixture(0.5, patient, hurried)
    assert table.mean_of(law) == pytest.approx((0.25 * 600.0 + 0.5 * 60.0) / 0.75)
    square = (0.25 * 2 * 600.0**2 + 0.5 * 60.0**2) / 0.75
    cv = math.sqrt(square / table.mean_of(law) ** 2 - 1.0)
    assert table.cv_of(law) == pytest.approx(cv)


def test_a_weibull_law_has_the_mean_that_was_asked_for(table):
    law = table.weibull(300.0, 1.7)
    scale = table.arrays()[0][law, 3]
    assert stats.weibull_min(1.7, scale=scale).mean() == pytest.approx(300.0, rel=1e-12)


REFUSED = {
    "a negative constant": lambda table: table.constant(-1.0),
    "an infinite constant": lambda table: table.constant(math.inf),
    "a constant that is no number": lambda table: table.constant(math.nan),
    "an exponential mean of zero": lambda table: table.exponential(0.0),
    "an infinite mean": lambda table: table.exponential(math.inf),
    "a falling range": lambda table: table.uniform(2.0, 1.0),
    "a gamma shape of zero": lambda table: table.gamma(1.0, 0.0),
    "a gamma shape that is no number": lambda table: table.gamma(1.0, math.nan),
    "a Weibull shape without a usable mean": lambda table: table.weibull(1.0, 0.01),
    "a lognormal without spread": lambda table: table.lognormal(1.0, 0.0),
    "too few breakpoints": lambda table: table.empirical([1.0], [1.0]),
    "breakpoints without shares": lambda table: table.empirical([0.0, 1.0, 2.0], [0.0, 1.0]),
    "falling breakpoints": lambda table: table.empirical([2.0, 1.0], [0.0, 1.0]),
    "negative breakpoints": lambda table: table.empirical([-1.0, 1.0], [0.0, 1.0]),
    "falling shares": lambda table: table.empirical([0.0, 1.0, 2.0, 3.0], [0.0, 0.5, 0.4, 1.0]),
    "shares that stop short": lambda table: table.empirical([0.0, 1.0], [0.0, 0.9]),
    "shares that start late": lambda table: table.empirical([0.0, 1.0], [0.1, 1.0]),
    "a weight above 1": lambda table: table.mixture(1.1, table.constant(1), table.constant(2)),
    "a mixture of laws not there": lambda table: table.mixture(0.5, table.constant(1.0), 1),
    "a negative share": lambda table: table.constant(1.0, zero=-0.1),
    "shares beyond the whole": lambda table: table.constant(1.0, zero=0.6, infinite=0.5),
    "a share that is no number": lambda table: table.constant(1.0, infinite=math.nan),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_refuses(table, what):
    with pytest.raises(ValueError, match=r"law|mix"):
        REFUSED[what](table)


def test_shares_may_exceed_the_whole_by_rounding(table):
    law = table.constant(1.0, zero=0.1, infinite=math.nextafter(0.9, 1.0))
    assert table.mean_of(law) == 0.0


def test_every_number_of_the_table_is_finite(table):
    for shape in np.geomspace(0.05, 10_000.0, 12):
        table.gamma(1.0, float(shape))
    laws, knots = table.arrays()
    assert np.all(np.isfinite(laws))
    assert np.all(np.isfinite(knots))
