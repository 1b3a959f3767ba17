"""Targets in the words of a user."""

import pytest

from sim.errors import ScenarioError
from sim.experiments.staffing.targets import Target, targets_of


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("service level=80% by interval", Target("service level", 0.8, "interval")),
        ("Service Level = 0.8 by day", Target("service level", 0.8, "day")),
        ("abandonment=3%", Target("abandonment", 0.03, "week")),
        ("mean wait=1m30s by interval", Target("mean wait", 90.0, "interval")),
        ("customers lost=5", Target("customers lost", 5.0, "week")),
    ],
)
def test_a_target_names_a_measure_a_bound_and_a_period(text, target):
    assert targets_of([text]) == (target,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abandonment", "there is no bound"),
        ("abandonmnt=3%", 'did you mean "abandonment"?'),
        ("abandonment=3% by month", "no period"),
        ("abandonment=300%", "between 0% and 100%"),
        ("service level=eighty", "not a number"),
        ("mean wait=30", "without a unit"),
        ("mean wait=0 s", "nobody waits for 0 s"),
        ("customers lost=5 by day", "only by week"),
        ("customers lost=5%", "how many customers a week"),
    ],
)
def test_a_target_that_cannot_be_is_told_in_a_sentence(text, sentence):
    with pytest.raises(ScenarioError) as caught:
        targets_of([text])
    assert sentence in str(caught.value)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_bound_twice():
    with pytest.raises(ScenarioError) as caught:
        targets_of(["abandonment=3%", "abandonment=4% by week", "mean wait=x"])
    assert len(caught.value.problems) == 2
    assert "bound twice" in str(caught.value)
