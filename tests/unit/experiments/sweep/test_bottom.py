"""The bottom of a curve: which points may be it, where it lies, and how often that is true."""

import numpy as np
import pytest

from sim.experiments.sweep.adaptive import next_number
from sim.experiments.sweep.bottom import Bottom, bottom_of, lies_between, saved
from sim.statistics.estimate import means


def _curve(numbers, seed, noise=0.05, replications=20):
    """A valley with its bottom at 1, whose points share most of their luck."""
    luck = np.random.default_rng(seed)
    shared = luck.normal(size=(replications, 1))
    return [
        means(10.0 + (x - 1.0) ** 2 + shared + noise * luck.normal(size=(replications, 1)))
        for x in numbers
    ]


NUMBERS = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0]


def test_the_best_point_is_found_and_clearly_worse_ones_are_out():
    found = bottom_of(_curve(NUMBERS, 1), 1.0)
    assert found.best == 4
    assert 4 in found.possible
    assert not {0, 8} & set(found.possible)


def test_where_more_is_better_the_top_is_the_best():
    curve = [means(-one.pulls - one.value) for one in _curve(NUMBERS, 2)]
    assert bottom_of(curve, -1.0).best == bottom_of(_curve(NUMBERS, 2), 1.0).best


def test_points_that_luck_cannot_tell_apart_may_all_be_the_best():
    found = bottom_of(_curve(NUMBERS, 3, noise=50.0), 1.0)
    assert found.possible == tuple(range(9))


def test_the_bottom_lies_between_the_last_points_that_are_out():
    bottom = Bottom(4, (3, 4), 2.0)
    assert lies_between(NUMBERS, bottom) == ((0.5, True), (1.25, True))


def test_at_an_end_that_may_be_the_best_nobody_knows_what_comes_beyond():
    assert lies_between(NUMBERS, Bottom(0, (0, 1), 2.0)) == ((0.0, False), (0.5, True))
    assert lies_between(NUMBERS, Bottom(8, (8,), 2.0)) == ((1.75, True), (2.0, False))


def test_the_order_in_which_points_were_run_does_not_matter():
    shuffled = [1.0, 0.0, 2.0, 0.5, 1.5]
    assert lies_between(shuffled, Bottom(0, (0,), 2.0)) == ((0.5, True), (1.5, True))


@pytest.mark.parametrize("noise", [0.05, 0.3])
def test_where_it_lies_and_what_it_saves_are_true_in_at_least_95_cases_of_100(noise):
    """The true bottom of the curve, and the true saving against the point at 2, which is what the
    chosen point is below it: the choice must not spoil the interval."""
    cases, places, savings = 300, 0, 0
    for seed in range(cases):
        curve = _curve(NUMBERS, 1_000 + seed, noise)
        found = bottom_of(curve, 1.0)
        (low, _), (high, _) = lies_between(NUMBERS, found)
        places += low <= 1.0 <= high
        estimate = saved(curve[found.best], curve[-1], found.errors)
        savings += estimate.low <= 1.0 - (NUMBERS[found.best] - 1.0) ** 2 <= estimate.high
    least = 0.95 - 4 * np.sqrt(0.95 * 0.05 / cases)
    assert places / cases > least
    assert savings / cases > least


def test_the_next_point_is_set_where_the_curve_bends():
    numbers = [0.0, 1.0, 2.0, 3.0, 4.0]
    curve = [means(np.full((5, 1), y)) for y in (0.0, 1.0, 2.0, 3.0, 9.0)]
    assert next_number(numbers, curve, Bottom(0, (0,), 2.0)) in (2.5, 3.5)


def test_or_where_the_bottom_may_be():
    numbers = [0.0, 1.0, 2.0, 3.0]
    luck = np.random.default_rng(1)
    flat = [means(y + luck.normal(size=(20, 1))) for y in (5.0, 5.0, 90.0, 175.0)]
    assert next_number(numbers, flat, Bottom(0, (0, 1), 2.0)) in (0.5, 1.5)


def test_points_are_not_set_ever_nearer_to_one_another():
    numbers = [0.0, 1e-4, 2e-4, 1.0]
    curve = [means(np.full((5, 1), y)) for y in (0.0, 5.0, 0.0, 0.0)]
    assert next_number(numbers, curve, Bottom(0, (0,), 2.0)) == pytest.approx(0.5, abs=1e-3)
