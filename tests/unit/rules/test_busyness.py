"""The rule of a day after another."""

import numpy as np
import pytest

from sim.rules.busyness import next_score


def test_without_correlation_a_day_is_its_own_draw():
    assert next_score(2.5, 0.0, -0.75) == -0.75


def test_a_day_keeps_so_much_of_the_day_before_that_all_are_standard_normal():
    luck = np.random.default_rng(7)
    before, own = luck.normal(size=(2, 100_000))
    after = np.array([next_score(b, 0.6, o) for b, o in zip(before, own, strict=True)])
    assert after.std() == pytest.approx(1.0, abs=4 * 0.0022)
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(0.6, abs=4 * 0.002)
    assert next_score(1.0, 0.6, 1.0) == pytest.approx(0.6 + 0.8)
