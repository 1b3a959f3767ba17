"""Quotients of two differences: by a root found numerically, and by coverage."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import t as student_t

from sim.statistics.estimate import means
from sim.statistics.quotient import quotient


def _pair(seed, below=5.0, replications=20):
    luck = np.random.default_rng(seed)
    shared = luck.normal(size=(replications, 1))
    return (
        means(12.0 + shared + luck.normal(size=(replications, 1))),
        means(below + shared + luck.normal(size=(replications, 1))),
    )


def test_its_ends_are_where_the_difference_from_so_many_times_the_other_is_just_told_from_zero():
    above, below = _pair(1)
    found = quotient(above, below)

    def beyond(q):
        gap = (above.pulls + above.value) - q * (below.pulls + below.value)
        error = gap.std(ddof=1) / np.sqrt(len(gap))
        return (abs(gap.mean()) / error) - student_t.ppf(0.975, len(gap) - 1)

    assert found.mean == pytest.approx(above.value[0] / below.value[0])
    assert found.low == pytest.approx(brentq(beyond, found.mean - 5.0, found.mean))
    assert found.high == pytest.approx(brentq(beyond, found.mean, found.mean + 5.0))


def test_it_has_no_bounds_where_what_it_is_divided_by_may_be_zero():
    above, below = _pair(2, below=0.1)
    found = quotient(above, below)
    assert found.mean is not None
    assert (found.low, found.high) == (None, None)


def test_nothing_can_be_divided_by_nothing():
    nothing = means(np.zeros((5, 1)))
    assert quotient(means(np.ones((5, 1))), nothing).mean is None


def test_one_replication_has_a_quotient_and_no_interval():
    found = quotient(means([[6.0]]), means([[3.0]]))
    assert (found.mean, found.low, found.high) == (2.0, None, None)


def test_it_covers_the_truth_in_95_cases_of_100():
    cases = 2_000
    hits = 0
    for seed in range(cases):
        found = quotient(*_pair(10_000 + seed, replications=10))
        hits += found.low is not None and found.low <= 12.0 / 5.0 <= found.high
    assert abs(hits / cases - 0.95) < 4 * np.sqrt(0.95 * 0.05 / cases)
