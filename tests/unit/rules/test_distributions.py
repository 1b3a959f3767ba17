"""Inversion against SciPy, law by law, from the deepest tail to the highest."""

import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import special, stats

from sim.rules import distributions
from sim.rules.distributions import gamma_at_score, inverse, normal_quantile
from sim.tables.laws import LawTable

LOWER = [10.0**-power for power in range(15, 1, -1)]
MIDDLE = [number / 100 for number in range(1, 100)]
UPPER = [1.0 - u for u in reversed(LOWER)]
DRAWS = np.array([*LOWER, *MIDDLE, *UPPER])

GAMMA_SHAPES = [0.2, 0.35, 0.5, 1.0, 1.7, 4.0, 25.0, 100.0]
WAITS, SHARES = [0.0, 5.0, 5.0, 30.0, 60.0, 90.0], [0.0, 0.1, 0.25, 0.6, 0.6, 1.0]


def values(enter, draws=DRAWS):
    """The values, at these draws, of the law that `enter` puts into a table."""
    table = LawTable()
    law = enter(table)
    laws, knots = table.arrays()
    return np.array([inverse(laws, knots, law, float(u)) for u in draws])


def test_a_normal_score_is_the_score_of_algorithm_as_241():
    # Python's own quantile is the same algorithm, in other hands.
    scores = [normal_quantile(float(u)) for u in DRAWS]
    known = [statistics.NormalDist().inv_cdf(float(u)) for u in DRAWS]
    assert scores == pytest.approx(known, rel=2e-15, abs=1e-16)


def test_a_normal_score_is_right_to_fifteen_digits():
    scores = [normal_quantile(float(u)) for u in DRAWS]
    np.testing.assert_allclose(scores, special.ndtri(DRAWS), rtol=3e-15, atol=1e-16)


def test_a_constant_is_its_value_whatever_the_draw():
    assert set(values(lambda table: table.constant(42.5))) == {42.5}


def test_exponential_values_are_scipys():
    truth = stats.expon(scale=300.0).ppf(DRAWS)
    np.testing.assert_allclose(values(lambda table: table.exponential(300.0)), truth, rtol=1e-14)


def test_uniform_values_are_scipys():
    truth = stats.uniform(20.0, 60.0).ppf(DRAWS)
    np.testing.assert_allclose(values(lambda table: table.uniform(20.0, 80.0)), truth, rtol=1e-14)


@pytest.mark.parametrize("shape", [0.1, 0.5, 1.0, 2.5, 100.0])
def test_weibull_values_are_scipys(shape):
    scale = 300.0 / math.gamma(1.0 + 1.0 / shape)
    truth = stats.weibull_min(shape, scale=scale).ppf(DRAWS)
    np.testing.assert_allclose(values(lambda table: table.weibull(300.0, shape)), truth, rtol=1e-13)


@pytest.mark.parametrize("cv", [0.05, 1.1, 5.0])
def test_lognormal_values_are_scipys(cv):
    sigma = math.sqrt(math.log(1.0 + cv**2))
    truth = stats.lognorm(sigma, scale=300.0 * math.exp(-(sigma**2) / 2)).ppf(DRAWS)
    np.testing.assert_allclose(values(lambda table: table.lognormal(300.0, cv)), truth, rtol=1e-13)


@pytest.mark.parametrize("shape", GAMMA_SHAPES)
def test_gamma_values_are_scipys_to_2e_10(shape):
    lower, upper = DRAWS[DRAWS < 0.5], DRAWS[DRAWS >= 0.5]
    truth = np.concatenate(
        [special.gammaincinv(shape, lower), special.gammainccinv(shape, 1.0 - upper)]
    )
    found = values(lambda table: table.gamma(300.0, shape))
    np.testing.assert_allclose(found, truth * 300.0 / shape, rtol=2e-10)


@pytest.mark.parametrize("shape", [0.05, 0.2, 3.0, 100.0, 10_000.0])
def test_gamma_values_lie_above_the_share_that_was_drawn(shape):
    # The way back, from value to share, between the knots of the table.
    draws = np.random.default_rng(4).random(2_000)
    found = values(lambda table: table.gamma(1.0, shape), draws) * shape
    np.testing.assert_allclose(special.gammainc(shape, found), draws, rtol=1e-9)


def test_a_gamma_value_at_a_score_is_scipys_at_the_scores_share():
    table = LawTable()
    law = table.gamma(2.0, 4.0)
    laws, knots = table.arrays()
    scores = np.linspace(-6.0, 6.0, 25)
    found = [gamma_at_score(laws, knots, law, float(score)) for score in scores]
    known = stats.gamma(4.0, scale=0.5).ppf(stats.norm.cdf(scores))
    np.testing.assert_allclose(found, known, rtol=1e-8)
    assert gamma_at_score(laws, knots, law, 50.0) < math.inf


def test_gamma_values_too_small_for_a_number_are_zero():
    assert values(lambda table: table.gamma(1.0, 0.05), [1e-16, 1e-15])[0] >= 0.0
    log_value = (math.log(1e-12) + math.lgamma(1.05)) / 0.05 - math.log(0.05)
    found = values(lambda table: table.gamma(1.0, 0.05), [1e-12])
    assert found[0] == pytest.approx(math.exp(log_value), rel=1e-9)


def test_empirical_values_are_exactly_on_the_lines_between_breakpoints():
    draws = [0.05, 0.1, 0.2, 0.25, 0.425, 0.5999, 0.6, 0.8, 1.0 - 2.0**-53]
    truth = [2.5, 5.0, 5.0, 5.0, 17.5, 5.0 + 25.0 * (0.3499 / 0.35), 60.0, 75.0, 90.0]
    found = values(lambda table: table.empirical(WAITS, SHARES), draws)
    np.testing.assert_allclose(found, truth, rtol=1e-15)


def test_empirical_values_are_those_of_linear_interpolation():
    waits = np.cumsum(np.random.default_rng(2).exponential(10.0, size=500))
    shares = np.linspace(0.0, 1.0, 500) ** 2
    shares[-1] = 1.0
    found = values(lambda table: table.empirical(waits, shares))
    np.testing.assert_allclose(found, np.interp(DRAWS, shares, waits), rtol=1e-13)


def test_a_mixture_gives_its_first_law_the_lower_draws():
    def enter(table):
        return table.mixture(0.25, table.constant(1.0), table.exponential(300.0))

    found = values(enter, [0.1, 0.2499, 0.25, 0.625, 0.999])
    others = [300.0 * -math.log1p(-(u - 0.25) / 0.75) for u in (0.625, 0.999)]
    assert found[:2].tolist() == [1.0, 1.0]
    assert 0.0 < found[2] < 1e-12
    assert found[3:] == pytest.approx(others, rel=1e-14)


def test_a_mixture_of_mixtures_and_of_laws_that_may_be_infinite_is_drawn_through():
    def enter(table):
        patience = table.mixture(0.5, table.constant(1.0), table.constant(2.0), infinite=0.2)
        return table.mixture(0.5, patience, table.constant(3.0), zero=0.1)

    found = values(enter, np.arange(0.005, 1.0, 0.01))
    shares = {value: np.mean(found == value) for value in (0.0, 1.0, 2.0, 3.0, math.inf)}
    assert shares == pytest.approx({0.0: 0.1, 1.0: 0.18, 2.0: 0.18, 3.0: 0.45, math.inf: 0.09})


def test_a_mixture_of_all_or_nothing_is_one_of_its_laws():
    def enter(weight):
        return lambda table: table.mixture(weight, table.constant(1.0), table.constant(2.0))

    assert set(values(enter(1.0))) == {1.0}
    assert set(values(enter(0.0))) == {2.0}


EVERY_KIND = {
    "constant": lambda table, **shares: table.constant(300.0, **shares),
    "exponential": lambda table, **shares: table.exponential(300.0, **shares),
    "uniform": lambda table, **shares: table.uniform(20.0, 80.0, **shares),
    "gamma": lambda table, **shares: table.gamma(300.0, 0.7, **shares),
    "weibull": lambda table, **shares: table.weibull(300.0, 0.7, **shares),
    "lognormal": lambda table, **shares: table.lognormal(300.0, 1.1, **shares),
    "empirical": lambda table, **shares: table.empirical(WAITS, SHARES, **shares),
    "mixture": lambda table, **shares: table.mixture(
        0.3, table.constant(7.0), table.gamma(300.0, 2.0), **shares
    ),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_shares_at_zero_and_at_infinity_frame_the_rest(kind):
    enter = EVERY_KIND[kind]
    inner = np.array([0.01, 0.31, 0.77, 0.999])
    draws = [1e-15, 0.0999, *(0.1 + 0.7 * inner), 0.8001, 1.0 - 1e-15]
    found = values(lambda table: enter(table, zero=0.1, infinite=0.2), draws)
    assert found[:2].tolist() == [0.0, 0.0]
    assert found[2:-2] == pytest.approx(values(enter, inner), rel=1e-12)
    assert found[-2:].tolist() == [math.inf, math.inf]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_shares_that_leave_no_rest_are_the_whole_law(kind):
    enter = EVERY_KIND[kind]
    assert set(values(lambda table: enter(table, infinite=1.0))) == {math.inf}
    assert set(values(lambda table: enter(table, zero=1.0))) == {0.0}
    halves = values(lambda table: enter(table, zero=0.5, infinite=0.5))
    assert halves.tolist() == [0.0 if u < 0.5 else math.inf for u in DRAWS]


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind != "mixture"])
def test_a_higher_draw_never_gives_a_lower_value(kind):
    draws = np.unique(np.concatenate([DRAWS, np.arange(0.00005, 1.0, 0.0001)]))
    found = values(lambda table: EVERY_KIND[kind](table, zero=0.05, infinite=0.05), draws)
    assert np.all(found[1:] >= found[:-1])


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_ends_of_the_draws_give_finite_values(kind):
    ends = values(EVERY_KIND[kind], [0.0, 2.0**-53, 1.0 - 2.0**-53])
    assert np.all(np.isfinite(ends))
    assert np.all(ends >= 0.0)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_mean_of_the_values_is_the_mean_of_the_law(kind):
    draws = (np.arange(20_000) + 0.5) / 20_000
    table = LawTable()
    law = EVERY_KIND[kind](table, zero=0.2)
    laws, knots = table.arrays()
    mean = sum(inverse(laws, knots, law, u) for u in draws.tolist()) / len(draws)
    assert mean == pytest.approx(table.mean_of(law), rel=2e-3)


def test_values_are_the_same_without_the_compiler(tmp_path):
    table = LawTable()
    for enter in EVERY_KIND.values():
        enter(table, zero=0.01, infinite=0.02)
        enter(table)
    laws, knots = table.arrays()
    np.savez(tmp_path / "table.npz", laws=laws, knots=knots, draws=DRAWS)
    program = (
        "import sys; import numpy as np; from sim.rules.distributions import inverse\n"
        "table = np.load(sys.argv[1]); laws, knots = table['laws'], table['knots']\n"
        "for law in range(len(laws)):\n"
        "    for u in table['draws'].tolist():\n"
        "        print(inverse(laws, knots, law, u).hex())\n"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "table.npz")],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        cwd=Path(distributions.__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    here = [inverse(laws, knots, law, u) for law in range(len(laws)) for u in DRAWS.tolist()]
    assert printed == [value.hex() for value in here]
