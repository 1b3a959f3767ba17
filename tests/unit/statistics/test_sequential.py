"""How many replications: the rule by hand, and by the coverage of what it stops at."""

import numpy as np
import pytest

from sim.statistics.estimate import student
from sim.statistics.sequential import FEWEST, Stopping, needed


def stops_at(precise):
    """With how many replications it stops, asked from 1 on."""
    rule = Stopping()
    return next(n for n, one in enumerate(precise, start=1) if rule.enough(n, one))


def test_it_looks_five_replications_ahead():
    assert stops_at([False] * 19 + [True] * 30) == 25


def test_a_precision_that_does_not_last_does_not_count():
    assert stops_at([False] * 9 + [True] * 5 + [False] + [True] * 30) == 21


def test_it_looks_farther_ahead_the_more_there_are():
    """Five percent: first precise with 200, so until 210."""
    assert stops_at([False] * 199 + [True] * 90) == 210


def test_it_never_stops_without_precision():
    rule = Stopping()
    assert not any(rule.enough(n, False) for n in range(1, 1_000))


def test_a_precision_that_cannot_be_reached_needs_very_many():
    assert needed(20, float("inf"), 1.0) > 10**12


def stopped(totals, share, fewest):
    """Where the rule stops on these totals for a half-width of this share of the mean, and the
    interval there."""
    rule = Stopping()
    sums, squares = np.cumsum(totals), np.cumsum(np.square(totals))
    for n in range(fewest, len(totals) + 1):
        mean = sums[n - 1] / n
        error = np.sqrt(max(squares[n - 1] - n * mean**2, 0.0) / (n - 1) / n)
        half = student(n - 1, 0.95) * error
        if rule.enough(n, half <= share * mean):
            return n, mean - half, mean + half
    raise AssertionError("not within the limit")


@pytest.mark.parametrize("share", [0.1, 0.03])
def test_stopping_does_not_spoil_the_coverage(share):
    """Days of gamma busyness (variation 0.25) with a Poisson number of 100 calls on average, so
    about 33 and 300 replications. 2,000 experiments: 95 % give or take four standard errors of
    0.0049, less half a hundredth for what stopping costs."""
    luck = np.random.default_rng(1)
    covered = 0
    took = []
    for _ in range(2_000):
        totals = luck.poisson(luck.gamma(16.0, 100 / 16.0, 700))
        n, low, high = stopped(totals, share, FEWEST)
        covered += low <= 100.0 <= high
        took.append(n)
    assert abs(covered / 2_000 - 0.945) < 0.0195
    expected = (1.96 * np.sqrt(0.0625 + 0.01) / share) ** 2
    assert expected * 0.9 < np.mean(took) < expected * 1.1 + 12
