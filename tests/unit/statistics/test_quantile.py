"""Quantiles of counts: by hand, at the edges, and by measured coverage."""

import math

import numpy as np
import pytest

from sim.statistics.estimate import intervals
from sim.statistics.paired import difference
from sim.statistics.quantile import quantile, quantile_intervals

T2 = 0.95 * math.sqrt(2 / (4 * 0.975 * 0.025))
"""Student's t at 97.5 % with 2 degrees of freedom."""
BOUNDS = [0.0, 10.0, 20.0, 40.0]


def test_the_quantile_is_that_of_all_replications_together():
    """Below 0, 10, 20 and 40: 2, 5, 9, 10 of 10 and 0, 0, 1, 10 of 10. In all 2, 5, 10, 20 of 20:
    the median is 20, 40 % lie below 10 + 3/5 of 10, 75 % below 30."""
    below = [[2, 5, 9, 10], [0, 0, 1, 10]]
    for share, value in ((0.5, 20.0), (0.4, 16.0), (0.75, 30.0), (0.1, 0.0), (0.05, 0.0)):
        assert quantile(below, BOUNDS, share).value[0] == pytest.approx(value)


def test_the_interval_is_that_of_the_share_carried_over_to_values():
    """Three replications of 10 with 4, 5 and 6 below 20, in all half: the share's pulls are -0.1,
    0 and 0.1, its error sqrt(0.01 / 3). From 0 to 20 and from 20 to 40 there is half of all each:
    a share of 0.01 is 0.4 of the value."""
    below = [[0, 2, 4, 10], [0, 2.5, 5, 10], [0, 3, 6, 10]]
    half = T2 * math.sqrt(0.01 / 3) * 40
    found = quantile_intervals(below, BOUNDS, 0.5).row(0)
    assert found.mean == pytest.approx(20.0)
    assert found.low == pytest.approx(20.0 - half)
    assert found.high == pytest.approx(20.0 + half)
    assert (found.replications, found.estimator) == (3, "quantile 0.5")
    linear = intervals(quantile(below, BOUNDS, 0.5)).row(0)
    assert (linear.low, linear.high) == (pytest.approx(found.low), pytest.approx(found.high))


def test_an_interval_reaches_farther_to_the_side_where_values_lie_apart():
    below = [[0, 4, 8, 10], [0, 5, 9, 10], [0, 4.5, 8.5, 10]]
    found = quantile_intervals(below, BOUNDS, 0.84).row(0)
    assert found.high - found.mean > found.mean - found.low > 0.0


def test_most_who_do_not_wait_at_all_wait_zero_beyond_doubt():
    below = [[8, 9, 10, 10], [7, 9, 10, 10], [9, 9, 10, 10]]
    found = quantile_intervals(below, BOUNDS, 0.3).row(0)
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)


def test_a_quiet_replication_weighs_what_it_counted():
    below = [[0, 0, 50, 100], [0, 1, 1, 1]]
    assert quantile(below, BOUNDS, 0.5).value[0] == pytest.approx(19.9)


def test_without_values_or_without_two_replications_there_is_no_interval():
    nobody = quantile_intervals([[0, 0, 0, 0], [0, 0, 0, 0]], BOUNDS, 0.5).row(0)
    assert (nobody.mean, nobody.low, nobody.high) == (None, None, None)
    once = quantile_intervals([[0, 5, 9, 10]], BOUNDS, 0.5).row(0)
    assert (once.mean, once.low, once.high) == (10.0, None, None)
    alone = quantile_intervals([[0, 5, 9, 10], [0, 0, 0, 0]], BOUNDS, 0.5).row(0)
    assert (alone.mean, alone.low, alone.high) == (10.0, None, None)


def test_an_end_beyond_all_values_is_no_end():
    """Which of 20 or so is the highest but one nobody knows."""
    found = quantile_intervals([[0, 5, 9, 10], [0, 9, 9.5, 10]], BOUNDS, 0.97).row(0)
    assert found.mean is not None
    assert (found.low, found.high) == (None, None)
    assert np.isnan(quantile([[0, 5, 9, 10], [0, 9, 9.5, 10]], BOUNDS, 0.97).pulls).all()


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match=r"replications x bounds, not \(4,\)"):
        quantile_intervals([0, 1, 2, 3], BOUNDS, 0.5)
    with pytest.raises(ValueError, match=r"\(1, 3\) for bounds \(4,\)"):
        quantile_intervals([[0, 1, 2]], BOUNDS, 0.5)
    with pytest.raises(ValueError, match="cannot fall"):
        quantile_intervals([[0, 3, 2, 4]], BOUNDS, 0.5)
    with pytest.raises(ValueError, match="finite"):
        quantile_intervals([[0, 3, 3, math.nan]], BOUNDS, 0.5)
    with pytest.raises(ValueError, match="share must lie"):
        quantile_intervals([[0, 1, 2, 3]], BOUNDS, 80)


SHARES = (0.5, 0.8, 0.95)
FINE = np.concatenate([[0.0], 1.01 ** np.arange(1_000)])


def waits_of_days(luck, days, scale=1.0):
    """Counts below fine bounds of 150 waits or so a day: exponential, of a mean that differs by day
    (gamma of variation 0.3), so that the waits of one day are alike."""
    busyness = luck.gamma(11.0, 1 / 11.0, days)
    numbers = luck.poisson(150.0 * busyness)
    return [
        np.searchsorted(np.sort(luck.exponential(30.0 * scale * b, n)), FINE, side="right")
        for b, n in zip(busyness, numbers, strict=True)
    ]


def test_intervals_of_quantiles_cover_about_as_often_as_they_say():
    """Of all callers, each in a day of busyness b as often as b is common: waits are a gamma
    mixture, 1 - F(t) = E[b exp(-t / 30 b)]. Over 1,500 experiments of 20 days, 95 % give or take
    four standard errors of 0.0056; the delta method's shortfall is 0.005 or so."""
    luck = np.random.default_rng(7)
    busyness = np.random.default_rng(8).gamma(11.0, 1 / 11.0, 400_000)
    found = {share: [] for share in SHARES}
    for _ in range(1_500):
        days = waits_of_days(luck, 20)
        for share in SHARES:
            row = quantile_intervals(days, FINE, share)
            found[share].append((row.low[0], row.high[0]))
    for share in SHARES:
        low, high = np.array(found[share]).T
        beyond = [
            float(np.mean(busyness * np.exp(-t / (30.0 * busyness))))
            for t in (low.min(), high.max())
        ]
        assert beyond[0] > 1.0 - share > beyond[1]
        truth = np.interp(
            -(1.0 - share),
            [-np.mean(busyness * np.exp(-t / (30.0 * busyness))) for t in np.arange(1.0, 200.0)],
            np.arange(1.0, 200.0),
        )
        covered = float(np.mean((low <= truth) & (truth <= high)))
        assert abs(covered - 0.945) < 0.0225


def test_differences_of_quantiles_on_the_same_days_are_surer_than_the_quantiles():
    """The same days with waits a tenth longer: the quantile grows by a tenth of itself."""
    luck = np.random.default_rng(9)
    inside = 0
    widths = []
    for _ in range(300):
        state = luck.bit_generator.state
        days = waits_of_days(luck, 20)
        luck.bit_generator.state = state
        longer = waits_of_days(luck, 20, scale=1.1)
        base, more = quantile(days, FINE, 0.8), quantile(longer, FINE, 0.8)
        row = intervals(difference(more, base)).row(0)
        inside += row.low <= 0.1 * 49.6 <= row.high
        alone = intervals(base).row(0)
        widths.append((row.high - row.low) / (alone.high - alone.low))
    assert inside / 300 > 0.9
    assert np.mean(widths) < 0.25
