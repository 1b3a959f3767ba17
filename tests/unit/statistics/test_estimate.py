"""Estimates and their intervals: by hand, at the edges, and by measured coverage."""

import math

import numpy as np
import pytest

from sim.statistics.estimate import (
    Estimate,
    intervals,
    mean_estimate,
    means,
    ratio_estimate,
    ratios,
)

T2, T3 = 0.95 * math.sqrt(2 / (4 * 0.975 * 0.025)), 3.18244630528
"""Student's t at 97.5 %: with 2 degrees of freedom in closed form, with 3 from the tables."""


def coverage(estimates, truth):
    return float(np.mean((estimates.low <= truth) & (truth <= estimates.high)))


def test_the_mean_of_three_replications_has_the_interval_of_a_hand_calculation():
    """1, 2, 6: mean 3, variance (4 + 1 + 9) / 2 = 7, standard error sqrt(7 / 3)."""
    found = mean_estimate([1.0, 2.0, 6.0])
    half = T2 * math.sqrt(7 / 3)
    assert found.mean == 3.0
    assert found.low == pytest.approx(3 - half, rel=1e-12)
    assert found.high == pytest.approx(3 + half, rel=1e-12)
    assert (found.replications, found.estimator) == (3, "mean")


def test_a_ratio_is_that_of_the_means_with_the_interval_of_a_hand_calculation():
    """Abandoned 1, 3, 0, 4 of offered 10, 20, 10, 40: 8 / 80 = 0.1; residuals 0, 1, -1, 0 over a
    mean of 20 calls; variance 2 / 3 / 400, standard error sqrt(2 / 3 / 400 / 4). The mean of the
    four ratios would be 0.0875."""
    found = ratio_estimate([1, 3, 0, 4], [10, 20, 10, 40])
    half = T3 * math.sqrt(2 / 3 / 400 / 4)
    assert found.mean == pytest.approx(0.1, rel=1e-14)
    assert found.low == pytest.approx(0.1 - half, rel=1e-10)
    assert found.high == pytest.approx(0.1 + half, rel=1e-10)
    assert found.estimator == "ratio of means"


def test_a_ratio_over_a_constant_is_the_mean_in_another_unit():
    minutes = mean_estimate([3.0, 5.0, 4.0, 9.0])
    days = ratio_estimate([3.0, 5.0, 4.0, 9.0], [1440.0] * 4)
    for of_minutes, of_days in ((minutes.low, days.low), (minutes.high, days.high)):
        assert of_days * 1440.0 == pytest.approx(of_minutes, rel=1e-12)


def test_more_confidence_needs_a_wider_interval():
    narrow, wide = (mean_estimate([1.0, 2.0, 6.0], confidence) for confidence in (0.8, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_replications_that_agree_leave_no_doubt():
    assert mean_estimate([0.1] * 7) == Estimate(0.1, 0.1, 0.1, 7, "mean")
    assert ratio_estimate([7, 21], [7, 21]) == Estimate(1.0, 1.0, 1.0, 2, "ratio of means")


def test_one_replication_has_a_mean_and_no_interval():
    assert mean_estimate([5.0]) == Estimate(5.0, None, None, 1, "mean")
    assert ratio_estimate([1.0], [4.0]) == Estimate(0.25, None, None, 1, "ratio of means")


def test_a_share_of_nobody_is_undefined_and_one_replication_with_calls_proves_nothing():
    assert ratio_estimate([0, 0, 0], [0, 0, 0]) == Estimate(None, None, None, 3, "ratio of means")
    assert ratio_estimate([0, 1, 0], [0, 4, 0]) == Estimate(0.25, None, None, 3, "ratio of means")


def test_an_empty_replication_counts_as_one_that_says_nothing_of_the_ratio():
    """2 of 4, 1 of 4, 0 of 0: ratio 3 / 8, residuals 0.5, -0.5 and 0 over a mean of 8 / 3."""
    found = ratio_estimate([2, 1, 0], [4, 4, 0])
    half = T2 * math.sqrt(0.5 / 2 / 3) * 3 / 8
    assert found.mean == pytest.approx(0.375)
    assert found.high == pytest.approx(0.375 + half, rel=1e-12)


def test_columns_are_estimated_as_if_each_stood_alone():
    luck = np.random.default_rng(1)
    x, y = luck.poisson(3.0, (6, 4)), luck.poisson(9.0, (6, 4))
    of_means, of_ratios = intervals(means(x)), intervals(ratios(x, y))
    for column in range(4):
        for found, alone in (
            (of_means.row(column), mean_estimate(x[:, column])),
            (of_ratios.row(column), ratio_estimate(x[:, column], y[:, column])),
        ):
            assert (found.replications, found.estimator) == (alone.replications, alone.estimator)
            for bound in ("mean", "low", "high"):
                assert getattr(found, bound) == pytest.approx(getattr(alone, bound), rel=1e-12)


def test_a_row_of_nobody_leaves_the_other_rows_alone():
    found = intervals(ratios([[1, 0], [3, 0]], [[4, 0], [4, 0]]))
    assert found.row(0) == ratio_estimate([1, 3], [4, 4])
    assert found.row(1) == Estimate(None, None, None, 2, "ratio of means")


def test_totals_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="finite"):
        mean_estimate([1.0, math.nan])
    with pytest.raises(ValueError, match="finite"):
        ratio_estimate([1.0, 2.0], [1.0, math.inf])
    with pytest.raises(ValueError, match="replications x rows"):
        mean_estimate([])
    with pytest.raises(ValueError, match="replications x rows"):
        means([1.0, 2.0])
    with pytest.raises(ValueError, match=r"numerators are \(2, 1\)"):
        ratio_estimate([1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="confidence"):
        mean_estimate([1.0, 2.0], 95)


@pytest.mark.parametrize("replications", [2, 5, 30])
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_intervals_of_normal_means_cover_the_truth_as_often_as_they_say(replications, confidence):
    """Exact by theory, so the share of 10,000 intervals that cover is binomial: within 4 of its
    standard errors, which are 0.004 and 0.0022."""
    totals = np.random.default_rng(2).normal(50.0, 9.0, (replications, 10_000))
    error = math.sqrt(confidence * (1 - confidence) / 10_000)
    found = coverage(intervals(means(totals), confidence), 50.0)
    assert abs(found - confidence) < 4 * error


@pytest.mark.parametrize(("replications", "short"), [(10, 0.008), (30, 0.005), (100, 0.002)])
def test_intervals_of_ratios_on_days_of_uneven_busyness_cover_about_as_often_as_they_say(
    replications, short
):
    """Offered 200 calls a day times a gamma busyness of variation 0.2; abandoned 10 times its
    square, so the true ratio is 10 x 1.04 / 200. The delta method falls short of 95 % by something
    that shrinks with the replications (200,000 intervals of another seed covered 0.9423, 0.9451 and
    0.9483, give or take 0.0005); the bounds are 4 standard errors of 10,000 intervals, 0.009."""
    luck = np.random.default_rng(3)
    busyness = luck.gamma(25.0, 1 / 25.0, (replications, 10_000))
    offered, abandoned = luck.poisson(200.0 * busyness), luck.poisson(10.0 * busyness**2)
    found = coverage(intervals(ratios(abandoned, offered)), 0.052)
    assert abs(found - (0.95 - short)) < 0.009
