"""Where MSER cuts off the beginning: by hand, where it must not, and on a queue that fills."""

import numpy as np
import pytest

from sim.statistics.warmup import batched, statistics_of, truncation


def test_batches_are_ratios_of_sums_and_the_rest_is_left_out():
    found = batched([1, 1, 2, 0, 1, 5, 9], [2, 2, 4, 0, 2, 10, 9], batch=3)
    assert found == pytest.approx([0.5, 0.5])
    assert np.isnan(batched([0, 0, 1, 1], [0, 0, 2, 2], batch=2)[0])


def test_the_statistic_is_the_variance_left_over_the_number_left():
    """9, 1, 3, 1, 3: cut one, the rest has mean 2 and squares 4 over 4²; cut two, mean 7/3, squares
    8/3 over 3²."""
    found = statistics_of([9.0, 1.0, 3.0, 1.0, 3.0])
    assert found == pytest.approx([(5.6**2 + 2.4**2 * 2 + 0.4**2 * 2) / 25, 4 / 16, 8 / 27])


def test_a_high_beginning_is_cut_off_and_no_more():
    assert truncation([9.0, 5.0, 1.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 3.0]) == 2


def test_a_series_that_is_settled_from_the_start_is_kept_whole():
    assert truncation([1.0, 3.0] * 10) == 0


def test_a_series_without_variance_or_values_needs_no_warm_up():
    assert truncation([4.0] * 10) == 0
    assert truncation([np.nan] * 10) == 0


def test_a_series_that_never_settles_is_told_from_one_that_does():
    assert truncation(np.arange(40.0)) is None


def test_batches_without_a_value_count_for_nothing():
    assert truncation([9.0, np.nan, 5.0, 1.0, 3.0, 1.0, 3.0, np.nan, 1.0, 3.0, 1.0, 3.0]) == 3


def test_too_short_a_series_is_refused():
    with pytest.raises(ValueError, match="four batches"):
        truncation([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="one length"):
        batched([1.0], [1.0, 2.0])


def test_what_fills_up_with_a_time_constant_is_cut_after_a_few_of_them():
    """A mean that rises from 0 to 1 as 1 - exp(-t / 8), in noise of 0.1: what is left of the rise
    falls below the noise after 8 ln 10 = 18. So does the typical cut; none is made before 8."""
    luck = np.random.default_rng(1)
    t = np.arange(400)
    cuts = [truncation(1.0 - np.exp(-t / 8.0) + 0.1 * luck.normal(size=400)) for _ in range(100)]
    assert all(cut is not None and cut >= 8 for cut in cuts)
    assert 14 <= np.median(cuts) <= 22
