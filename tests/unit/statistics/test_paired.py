"""Paired differences: by hand, against plain differences, and by measured coverage."""

import math

import numpy as np
import pytest

from sim.statistics.estimate import intervals, means, ratios
from sim.statistics.paired import difference, relative_difference, variance_ratio

T2 = 0.95 * math.sqrt(2 / (4 * 0.975 * 0.025))
"""Student's t at 97.5 % with 2 degrees of freedom."""


def column(*totals):
    return np.array(totals, dtype=float)[:, np.newaxis]


def coverage(estimates, truth):
    return float(np.mean((estimates.low <= truth) & (truth <= estimates.high)))


def test_the_difference_of_means_is_the_mean_of_the_differences():
    """Differences 1, 2, 6 under totals that vary far more: 3, with standard error sqrt(7 / 3)."""
    base, alternative = column(100.0, 900.0, 500.0), column(101.0, 902.0, 506.0)
    found = intervals(difference(means(alternative), means(base))).row(0)
    half = T2 * math.sqrt(7 / 3)
    assert found.mean == pytest.approx(3.0, rel=1e-12)
    assert found.low == pytest.approx(3.0 - half, rel=1e-11)
    assert found.high == pytest.approx(3.0 + half, rel=1e-11)
    assert (found.replications, found.estimator) == (3, "paired difference, mean")


def test_the_difference_of_ratios_has_the_interval_of_a_hand_calculation():
    """Base 1, 2, 3 of 10 each: 0.2, residuals -1, 0, 1 over 10. Alternative 1, 3, 2 of 10, 20, 30:
    0.1, residuals 0, 1, -1 over 20. Differences 0.1, 0.05, -0.15: variance 0.0175."""
    base = ratios(column(1, 2, 3), column(10, 10, 10))
    alternative = ratios(column(1, 3, 2), column(10, 20, 30))
    found = intervals(difference(alternative, base)).row(0)
    half = T2 * math.sqrt(0.0175 / 3)
    assert found.mean == pytest.approx(-0.1, rel=1e-12)
    assert found.low == pytest.approx(-0.1 - half, rel=1e-12)
    assert found.high == pytest.approx(-0.1 + half, rel=1e-12)
    assert found.estimator == "paired difference, ratio of means"


def test_half_as_much_in_every_replication_is_fifty_percent_less_beyond_doubt():
    base = column(8.0, 30.0, 14.0)
    found = intervals(relative_difference(means(base / 2), means(base))).row(0)
    assert found.mean == found.low == found.high == -50.0


def test_the_relative_difference_of_means_is_the_ratio_of_the_difference_to_the_base():
    luck = np.random.default_rng(4)
    base = luck.normal(100.0, 9.0, (8, 5))
    alternative = base + luck.normal(-10.0, 3.0, (8, 5))
    found = intervals(relative_difference(means(alternative), means(base)))
    as_ratio = intervals(ratios(100.0 * (alternative - base), base))
    for bound in ("mean", "low", "high"):
        assert getattr(found, bound) == pytest.approx(getattr(as_ratio, bound), rel=1e-9)


def test_equal_strategies_differ_by_exactly_nothing():
    of = ratios(column(1, 5, 2), column(7, 9, 8))
    found = intervals(difference(of, of)).row(0)
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)
    assert np.isnan(variance_ratio(of, of))


def test_one_replication_or_an_undefined_side_gives_no_interval():
    one = intervals(difference(means(column(5.0)), means(column(2.0)))).row(0)
    assert (one.mean, one.low, one.high) == (3.0, None, None)
    nobody, somebody = ratios(column(0, 0), column(0, 0)), ratios(column(1, 2), column(4, 5))
    for pair in ((nobody, somebody), (somebody, nobody)):
        for found in (difference(*pair), relative_difference(*pair)):
            row = intervals(found).row(0)
            assert (row.mean, row.low, row.high) == (None, None, None)
    rare = ratios(column(1, 0), column(4, 0))
    row = intervals(difference(rare, somebody)).row(0)
    assert (row.mean, row.low, row.high) == (pytest.approx(0.25 - 1 / 3), None, None)


def test_no_percentage_of_nothing():
    found = intervals(relative_difference(means(column(1, 2)), means(column(0, 0)))).row(0)
    assert (found.mean, found.low, found.high) == (None, None, None)


def test_pairing_saves_what_the_strategies_share_and_nothing_when_they_share_nothing():
    """Shared variance 8 beside 1 of its own for each: (9 + 9) / (1 + 1) = 9 times; independent: 1.
    With 100,000 replications both are within 4 standard errors, which are at most 0.6 %."""
    luck = np.random.default_rng(5)
    shared, base, alternative = luck.normal(size=(3, 100_000, 1))
    paired = variance_ratio(
        means(math.sqrt(8) * shared + alternative), means(math.sqrt(8) * shared + base)
    )
    assert float(paired[0]) == pytest.approx(9.0, rel=0.024)
    apart = variance_ratio(means(alternative), means(base))
    assert float(apart[0]) == pytest.approx(1.0, rel=0.024)


def test_only_like_can_be_paired_with_like():
    x = column(1, 2, 3)
    with pytest.raises(ValueError, match="a ratio of means cannot be paired with a mean"):
        difference(ratios(x, x), means(x))
    for pair in (difference, relative_difference, variance_ratio):
        with pytest.raises(ValueError, match=r"\(3, 1\) and \(2, 1\)"):
            pair(means(x), means(x[:2]))
        with pytest.raises(ValueError, match=r"\(3, 2\) and \(3, 1\)"):
            pair(means(np.hstack([x, x])), means(x))


@pytest.mark.parametrize(("replications", "short"), [(10, 0.0105), (30, 0.005), (100, 0.0015)])
def test_paired_intervals_cover_about_as_often_as_they_say(replications, short):
    """Days of gamma busyness B (variation 0.2): 200 B calls, of which 10 B² abandon; the
    alternative saves three in ten of these and is offered 5 B calls more. In truth 3.12 fewer than
    10.4 abandon. 200,000 intervals of another seed covered, for the four differences below, 0.937
    to 0.942, 0.944 to 0.946 and 0.948 to 0.949; the bounds are half that range and 4 standard
    errors of 10,000 intervals, 0.009."""
    luck = np.random.default_rng(6)
    busyness = luck.gamma(25.0, 1 / 25.0, (replications, 10_000))
    offered, abandoned = luck.poisson(200.0 * busyness), luck.poisson(10.0 * busyness**2)
    fewer, more = luck.binomial(abandoned, 0.7), offered + luck.poisson(5.0 * busyness)
    share, share_after = ratios(abandoned, offered), ratios(fewer, more)
    true_share, true_share_after = 10.4 / 200, 7.28 / 205

    covered = (
        coverage(intervals(difference(means(fewer), means(abandoned))), -3.12),
        coverage(intervals(relative_difference(means(fewer), means(abandoned))), -30.0),
        coverage(intervals(difference(share_after, share)), true_share_after - true_share),
        coverage(
            intervals(relative_difference(share_after, share)),
            100 * (true_share_after / true_share - 1),
        ),
    )
    for found in covered:
        assert abs(found - (0.95 - short)) < 0.012
