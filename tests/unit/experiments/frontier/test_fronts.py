"""Frontiers: against a search over all pairs, against known probabilities, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student_t

from sim.experiments.frontier.fronts import dominated, knee, on_front, steps
from sim.statistics.estimate import means

values = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=30, unique=True
)


@given(values)
def test_on_the_frontier_are_those_that_no_other_beats_in_one_thing_without_being_worse(places):
    costs, qualities = ([float(v) for v in of] for of in zip(*places, strict=True))
    brute = {
        nth
        for nth in range(len(places))
        if not any(
            costs[o] <= costs[nth] and qualities[o] <= qualities[nth]
            for o in range(len(places))
            if o != nth
        )
    }
    front = on_front(costs, qualities)
    assert set(front) == brute
    assert [costs[nth] for nth in front] == sorted(costs[nth] for nth in front)


def test_a_place_is_dominated_as_surely_as_the_less_sure_of_two_comparisons():
    luck = np.random.default_rng(1)
    cost = [means(c + luck.normal(size=(10, 1))) for c in (10.0, 10.8)]
    quality = [means(q + luck.normal(size=(10, 1))) for q in (1.0, 5.0)]
    (one,) = dominated(cost, quality, [0])
    lead = (cost[1].pulls + cost[1].value) - (cost[0].pulls + cost[0].value)
    alone = student_t.cdf(lead.mean() / (lead.std(ddof=1) / np.sqrt(10)), 9)
    assert one.confidence == pytest.approx(alone)
    assert (one.place, one.by) == (1, 0)
    assert one.costs_more == pytest.approx(lead.mean())


def test_where_two_cost_the_same_in_truth_few_are_held_for_dominated():
    """Where the truth is a tie in one thing, a confidence of 95 % is reached in 5 cases of 100."""
    luck = np.random.default_rng(2)
    cases, sure = 2_000, 0
    for _ in range(cases):
        cost = [means(luck.normal(size=(12, 1))) for _ in range(2)]
        quality = [means(q + luck.normal(size=(12, 1))) for q in (0.0, 50.0)]
        front = on_front([float(c.value[0]) for c in cost], [0.0, 50.0])
        sure += any(one.confidence >= 0.95 for one in dominated(cost, quality, front))
    assert abs(sure / cases - 0.05) < 4 * np.sqrt(0.05 * 0.95 / cases)


def test_the_knee_is_where_quality_becomes_dear():
    costs, qualities = [0.0, 1.0, 2.0, 10.0], [10.0, 5.0, 1.0, 0.0]
    assert knee(costs, qualities, [0, 1, 2, 3]) == 2


def test_a_straight_or_a_bulging_frontier_has_no_knee():
    assert knee([0.0, 1.0, 2.0], [2.0, 1.0, 0.0], [0, 1, 2]) is None
    assert knee([0.0, 1.0, 2.0], [2.0, 1.8, 0.0], [0, 1, 2]) is None
    assert knee([0.0, 1.0], [1.0, 0.0], [0, 1]) is None


def test_the_price_of_a_step_is_what_it_costs_more_over_what_it_is_better():
    cost = [means(np.full((4, 1), c)) for c in (100.0, 160.0)]
    quality = [means(np.full((4, 1), q)) for q in (0.05, 0.02)]
    (step,) = steps(cost, quality, [0, 1], 0.01)
    assert step.price == pytest.approx(20.0)
    assert (step.low, step.high) == (pytest.approx(20.0), pytest.approx(20.0))
