"""Control variates: by hand, where they do nothing, and by measured coverage and variance."""

import math

import numpy as np
import pytest

from sim.statistics.controls import FEWEST, controlled
from sim.statistics.estimate import intervals, means, ratios, standard_errors, student
from sim.statistics.paired import difference


def test_one_control_is_the_line_of_a_regression_at_the_known_mean():
    """Against the constant of an ordinary regression on the control, reckoned by the book."""
    luck = np.random.default_rng(1)
    control = luck.normal(size=20)
    totals = 50.0 + 3.0 * control + luck.normal(size=20)
    centred = control - control.mean()
    slope = (centred @ totals) / (centred @ centred)
    constant = totals.mean() - slope * control.mean()
    left = totals - constant - slope * control
    error = math.sqrt(left @ left / 18 * (1 / 20 + control.mean() ** 2 / (centred @ centred)))
    found = intervals(controlled(means(totals[:, np.newaxis]), control[:, np.newaxis])).row(0)
    assert found.mean == pytest.approx(constant)
    assert found.high - found.mean == pytest.approx(student(18, 0.95) * error)
    assert found.estimator == "mean, with control variates"


def test_what_a_control_explains_wholly_is_certain():
    control = np.random.default_rng(2).normal(size=(20, 1))
    found = intervals(controlled(means(5.0 + 2.0 * control), control)).row(0)
    assert found.mean == pytest.approx(5.0)
    assert found.high - found.low == pytest.approx(0.0, abs=1e-12)


def test_a_control_that_never_varies_says_nothing():
    totals = np.random.default_rng(3).normal(size=(20, 1))
    assert controlled(means(totals), np.zeros((20, 2))).spent == 0
    one = np.hstack([np.zeros((20, 1)), np.random.default_rng(4).normal(size=(20, 1))])
    assert controlled(means(totals), one).spent == 1


def test_few_replications_are_left_as_they_are():
    luck = np.random.default_rng(5)
    totals, controls = luck.normal(size=(FEWEST + 1, 1)), luck.normal(size=(FEWEST + 1, 2))
    plain = means(totals)
    assert controlled(plain, controls) is plain
    enough = luck.normal(size=(FEWEST + 2, 1))
    assert controlled(means(enough), luck.normal(size=(FEWEST + 2, 2))).spent == 2


def test_sums_of_controlled_figures_are_the_controlled_sum():
    """Items of a bill still add up to its total."""
    luck = np.random.default_rng(6)
    control = luck.normal(size=(20, 2))
    items = 100.0 + control @ luck.normal(size=(2, 3)) + luck.normal(size=(20, 3))
    total = items.sum(axis=1, keepdims=True)
    parts = controlled(means(items), control).value
    assert parts.sum() == pytest.approx(controlled(means(total), control).value[0], rel=1e-12)


def test_no_control_makes_a_rare_thing_negative():
    control = np.array([[-1.0]] * 3 + [[1.0]] * 9 + [[8.0]])
    rare = np.zeros((13, 1))
    rare[12] = 1.0
    plain = means(rare)
    assert (means(rare).value - np.linalg.pinv(control - control.mean()) @ rare * control.mean())[
        0, 0
    ] < 0.0
    found = controlled(plain, control)
    assert (found.value, found.pulls) == (plain.value, pytest.approx(plain.pulls))


def test_undefined_rows_stay_undefined_and_leave_the_others_alone():
    luck = np.random.default_rng(7)
    control = luck.normal(size=(20, 1))
    x, y = luck.poisson(5.0, (20, 2)) * [0, 1], luck.poisson(50.0, (20, 2)) * [0, 1]
    both = controlled(ratios(x, y), control)
    alone = controlled(ratios(x[:, 1:], y[:, 1:]), control)
    assert np.isnan(both.value[0])
    assert both.value[1] == pytest.approx(alone.value[0])
    assert standard_errors(both)[1] == pytest.approx(standard_errors(alone)[0])


def test_controls_that_cannot_be_are_refused():
    for controls in (np.zeros(20), np.zeros((19, 1)), np.full((20, 1), np.nan)):
        with pytest.raises(ValueError, match="controls must be finite and 20 x c"):
            controlled(means(np.zeros((20, 1))), controls)


def test_intervals_with_controls_cover_as_often_as_they_say_and_are_narrower():
    """Days of gamma busyness B: 200 B calls, of which 10 B² abandon. The control is the calls less
    their known 200 for the plain mean, the ratio and the difference to a base. Over 4,000
    experiments of 20 days: 95 % give or take four standard errors of 0.0034 (and a shortfall of a
    hundredth for ratios); a calls' mean has nothing left to vary."""
    luck = np.random.default_rng(8)
    covered = np.zeros(3)
    before, after = [], []
    for _ in range(4_000):
        busyness = luck.gamma(25.0, 1 / 25.0, (20, 1))
        offered, abandoned = luck.poisson(200.0 * busyness), luck.poisson(10.0 * busyness**2)
        fewer = luck.binomial(abandoned, 0.7)
        control = offered - 200.0
        plain, ratio = means(abandoned), ratios(abandoned, offered)
        saved = difference(controlled(means(fewer), control), controlled(plain, control))
        truths = (10.4, 0.052, -3.12)
        kinds = (controlled(plain, control), controlled(ratio, control), saved)
        for nth, (statistic, truth) in enumerate(zip(kinds, truths, strict=True)):
            row = intervals(statistic).row(0)
            covered[nth] += row.low <= truth <= row.high
        before.append(standard_errors(plain)[0] ** 2)
        after.append(standard_errors(kinds[0])[0] ** 2)
    assert (abs(covered / 4_000 - [0.95, 0.945, 0.95]) < 0.0155).all()
    assert np.mean(after) < 0.8 * np.mean(before)
