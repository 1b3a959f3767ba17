"""Roots of differences, straight and bent, with their intervals."""

import numpy as np
import pytest
from scipy.optimize import brentq

from sim.experiments.turning.crossing import Seen, crossings, seen, straight
from sim.statistics.estimate import Statistic, means
from sim.statistics.quotient import quotient


def _line(seed, replications=20):
    """A difference that is (a - b x) in every replication, and the a and b of each."""
    luck = np.random.default_rng(seed)
    a = 12.0 + luck.normal(size=(replications, 1))
    b = 4.0 + 0.3 * luck.normal(size=(replications, 1))
    return a, b, lambda x: means(a - b * x)


def test_the_root_of_a_line_is_a_quotient_with_fiellers_interval():
    a, b, at = _line(1)
    root = straight(0.0, 2.0, at(0.0), at(1.0), at(2.0))
    expected = quotient(means(a), means(b))
    assert root.value == pytest.approx(a.mean() / b.mean())
    assert (root.low, root.high) == (pytest.approx(expected.low), pytest.approx(expected.high))
    assert not root.rising


def test_what_is_bent_or_level_is_no_line():
    def bent(x):
        return Statistic(np.array([1.0 - x * x]), np.zeros((5, 1)), "mean")

    level = means(np.full((5, 1), 3.0))
    assert straight(0.0, 2.0, bent(0.0), bent(1.0), bent(2.0)) is None
    assert straight(0.0, 2.0, level, level, level) is None


def _exact(at):
    return lambda x: seen(x, at(x))


def test_an_exact_root_is_found_to_the_last_digits_and_its_ends_are_those_of_the_line():
    _, _, at = _line(2)
    points = [seen(float(x), at(x)) for x in np.linspace(0.0, 6.0, 201)]
    (root,), _ = crossings(points, _exact(at), exact=True)
    line = straight(0.0, 6.0, at(0.0), at(3.0), at(6.0))
    assert root.value == pytest.approx(line.value, rel=1e-9)
    assert root.low == pytest.approx(line.low, abs=0.002)
    assert root.high == pytest.approx(line.high, abs=0.002)


def test_a_simulated_root_is_near_the_true_one_after_a_few_rounds():
    asked = []

    def more(x):
        asked.append(x)
        return Seen(x, np.log(x), 0.02)

    points = [Seen(x, np.log(x), 0.02) for x in (0.1, 2.5, 5.0)]
    (root,), known = crossings(points, more, exact=False)
    assert root.value == pytest.approx(1.0, abs=0.02)
    assert root.low == pytest.approx(brentq(lambda x: np.log(x) + 0.02, 0.5, 1.0), abs=0.005)
    assert root.high == pytest.approx(brentq(lambda x: np.log(x) - 0.02, 1.0, 1.5), abs=0.005)
    assert root.rising
    assert len(asked) <= 8
    assert len(known) == len(points) + len(asked)


def test_more_roots_than_one_are_all_found():
    def at(x):
        return Seen(x, np.sin(x), 1e-3)

    points = [at(float(x)) for x in np.arange(1.0, 11.0)]
    roots, _ = crossings(points, at, exact=True)
    assert [root.value for root in roots] == pytest.approx([np.pi, 2 * np.pi, 3 * np.pi], abs=1e-6)
    assert [root.rising for root in roots] == [False, True, False]


def test_without_a_change_of_sign_there_is_no_root():
    points = [Seen(x, 5.0 - x, 0.1) for x in (1.0, 2.0, 3.0)]
    assert crossings(points, lambda x: Seen(x, 5.0 - x, 0.1), exact=True)[0] == []


def test_an_interval_that_reaches_beyond_the_range_has_no_end_there():
    def at(x):
        return Seen(x, x - 1.0, 0.5)

    (root,), _ = crossings([at(0.8), at(3.0)], at, exact=True)
    assert root.low is None
    assert root.high == pytest.approx(1.5, abs=0.05)


def test_fiellers_interval_of_a_turning_point_covers_it_in_95_cases_of_100():
    cases, hits = 1_000, 0
    for seed in range(cases):
        _, _, at = _line(500 + seed, replications=10)
        root = straight(0.0, 6.0, at(0.0), at(3.0), at(6.0))
        hits += root.low <= 3.0 <= root.high
    assert abs(hits / cases - 0.95) < 4 * np.sqrt(0.95 * 0.05 / cases)
