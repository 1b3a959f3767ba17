"""Laws of times against SciPy's distributions and against plain numerical integration."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from sim.theory.laws import Constant, Gamma, Lognormal, Measured, Mixture, Uniform, Weibull

TIMES = np.array([0.0, 1e-3, 1.0, 20.0, 90.0, 200.0, 1000.0])
SPREAD = math.sqrt(math.log1p(1.3**2))
KNOWN = {
    "exponential": (Gamma(90.0), stats.expon(scale=90.0)),
    "gamma": (Gamma(90.0, 0.4), stats.gamma(0.4, scale=90.0 / 0.4)),
    "uniform": (Uniform(20.0, 200.0), stats.uniform(20.0, 180.0)),
    "weibull": (
        Weibull(90.0, 0.7),
        stats.weibull_min(0.7, scale=90.0 / math.gamma(1.0 + 1.0 / 0.7)),
    ),
    "lognormal": (
        Lognormal(90.0, 1.3),
        stats.lognorm(SPREAD, scale=90.0 * math.exp(-(SPREAD**2) / 2.0)),
    ),
}
MEASURED = Measured((30.0, 100.0, 200.0), (0.8, 0.5, 0.1))
ENDLESS = Measured((30.0, 100.0, 200.0), (0.8, 0.5, 0.1), endless=True)
PARTS = Mixture(((0.2, Constant(0.0)), (0.5, Uniform(20.0, 200.0)), (0.3, Gamma(60.0))))
SOME_NEVER = Mixture(((0.1, Constant(40.0)), (0.6, Gamma(60.0))))


@pytest.mark.parametrize("name", KNOWN)
def test_a_law_is_the_distribution_of_its_name(name):
    law, known = KNOWN[name]
    assert law.mean == pytest.approx(known.mean(), rel=1e-12)
    assert law.second_moment == pytest.approx(known.var() + known.mean() ** 2, rel=1e-9)
    assert law.surviving(TIMES) == pytest.approx(known.sf(TIMES), rel=1e-12)


@pytest.mark.parametrize(
    "law",
    [*(law for law, _ in KNOWN.values()), Constant(50.0), MEASURED, ENDLESS, PARTS, SOME_NEVER],
)
def test_what_lasts_within_a_time_is_the_area_under_what_survives(law):
    for time in TIMES[1:]:
        cuts = sorted({0.0, time, *(bend for bend in law.bends if 0.0 < bend < time)})
        area = sum(
            quad(lambda t: law.surviving(np.array([t]))[0], a, b, epsrel=1e-10, limit=200)[0]
            for a, b in pairwise(cuts)
        )
        assert law.within(np.array([time]))[0] == pytest.approx(area, rel=1e-7)


def test_a_constant_patience_is_over_when_it_has_lasted_so_long():
    law = Constant(50.0)
    assert law.surviving(np.array([49.9, 50.0])).tolist() == [1.0, 0.0]
    assert (law.mean, law.second_moment) == (50.0, 2500.0)


def test_a_measured_law_has_the_moments_of_its_straight_pieces():
    """0.2 of the cases evenly up to 30, 0.3 to 100, 0.4 to 200; 0.1 end at 200, or never."""
    mean = 0.2 * 15 + 0.3 * 65 + 0.4 * 150 + 0.1 * 200
    square = 0.2 * 300 + 0.3 * (65**2 + 70**2 / 12) + 0.4 * (150**2 + 100**2 / 12) + 0.1 * 200**2
    assert MEASURED.mean == pytest.approx(mean, rel=1e-12)
    assert MEASURED.second_moment == pytest.approx(square, rel=1e-12)
    assert MEASURED.surviving(np.array([65.0, 199.9, 200.0])) == pytest.approx(
        [0.65, 0.1004, 0.0], rel=1e-9
    )
    assert ENDLESS.surviving(np.array([65.0, 300.0])) == pytest.approx([0.65, 0.1])
    assert (ENDLESS.mean, ENDLESS.second_moment) == (math.inf, math.inf)


def test_a_mixture_leaves_out_who_belongs_to_no_part_for_ever():
    assert PARTS.mean == pytest.approx(0.5 * 110.0 + 0.3 * 60.0)
    assert PARTS.surviving(np.array([0.0]))[0] == pytest.approx(0.8)
    assert SOME_NEVER.mean == SOME_NEVER.second_moment == math.inf
    assert SOME_NEVER.surviving(np.array([1e9]))[0] == pytest.approx(0.3)
