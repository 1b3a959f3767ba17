"""Intervals that hold all at once: between the ordinary ones and Bonferroni's, and by coverage."""

import numpy as np
import pytest

from sim.statistics.estimate import means, student, within
from sim.statistics.simultaneous import errors_for_all


def test_a_single_difference_needs_no_more_than_its_own_interval():
    one = means(np.random.default_rng(1).normal(size=(20, 1)))
    assert errors_for_all([one]) == student(19, 0.95)


def test_copies_of_one_difference_need_no_more_than_one():
    """Signs flipped, the |t| of one column exceeds Student's 95 % point in about 5 % of cases."""
    one = means(np.random.default_rng(2).normal(size=(20, 1)))
    assert errors_for_all([one, one, one]) == pytest.approx(student(19, 0.95), rel=0.02)


def test_what_has_nothing_to_do_with_each_other_needs_almost_what_bonferroni_asks():
    luck = np.random.default_rng(3)
    apart = [means(luck.normal(size=(40, 1))) for _ in range(10)]
    bonferroni = student(39, 1 - 0.05 / 10)
    assert 0.97 * bonferroni < errors_for_all(apart) <= bonferroni


def test_what_moves_together_needs_less():
    luck = np.random.default_rng(4)
    shared = luck.normal(size=(20, 1))
    together = [means(shared + 0.3 * luck.normal(size=(20, 1))) for _ in range(10)]
    found = errors_for_all(together)
    assert student(19, 0.95) < found < 0.9 * student(19, 1 - 0.05 / 10)


def test_few_replications_fall_back_on_bonferroni():
    luck = np.random.default_rng(5)
    for replications in (2, 5, 9):
        some = [means(luck.normal(size=(replications, 1))) for _ in range(3)]
        assert errors_for_all(some) == student(replications - 1, 1 - 0.05 / 3)


def test_what_is_certain_or_unknown_has_no_part_in_it():
    luck = np.random.default_rng(6)
    unsure = [means(luck.normal(size=(20, 1))) for _ in range(3)]
    certain = means(np.full((20, 1), 7.0))
    assert errors_for_all([*unsure, certain]) == errors_for_all(unsure)
    assert errors_for_all([certain]) == student(19, 0.95)
    assert np.isnan(errors_for_all([means([[1.0]])]))


def test_statistics_of_different_replications_are_refused():
    with pytest.raises(ValueError, match="different replications"):
        errors_for_all([means([[1.0], [2.0]]), means([[1.0], [2.0], [3.0]])])


@pytest.mark.parametrize("shared", [0.0, 0.8])
def test_all_of_them_hold_in_95_cases_of_100(shared):
    """Nine differences that share so much of their variance, 500 experiments of 20 replications:
    95 % give or take four standard errors of 0.0097. Ordinary intervals all hold in 65 to 75."""
    luck = np.random.default_rng(7)
    held = ordinary = 0
    for _ in range(500):
        common = luck.normal(size=(20, 1))
        totals = np.sqrt(shared) * common + np.sqrt(1 - shared) * luck.normal(size=(20, 9))
        statistic = means(totals)
        for errors, simultaneous in ((errors_for_all([statistic]), 1), (student(19, 0.95), 0)):
            found = within(statistic, errors)
            holds = bool(((found.low <= 0.0) & (found.high >= 0.0)).all())
            held += simultaneous * holds
            ordinary += (1 - simultaneous) * holds
    assert abs(held / 500 - 0.95) < 0.039
    assert ordinary / 500 < 0.85
