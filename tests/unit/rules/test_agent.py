"""How many agents there are, worked out by hand."""

import pytest

from sim.rules.agent import (
    absence_of_day,
    floor_of,
    leaving_at_once,
    paid_of,
    staying_of_owed,
)


@pytest.mark.parametrize(
    ("score", "absent"), [(0.0, 0.10), (2.0, 0.20), (-1.0, 0.05), (-3.0, 0.0), (30.0, 1.0)]
)
def test_absence_is_drawn_around_its_mean_and_is_never_less_than_nobody_nor_more_than_all(
    score, absent
):
    assert absence_of_day(0.10, 0.05, score) == pytest.approx(absent, abs=1e-15)


@pytest.mark.parametrize(
    ("scheduled", "absence", "shrinkage", "floor"),
    [
        (10.0, 0.0, 0.0, 10.0),
        (10.0, 0.0, 0.3, 7.0),
        (10.0, 0.1, 0.3, 6.0),  # 6.3
        (9.0, 0.0, 0.3, 6.0),  # 6.3
        (9.5, 0.0, 0.3, 7.0),  # 6.65
        (5.0, 0.0, 0.5, 3.0),  # 2.5: half up
        (3.0, 0.0, 0.5, 2.0),  # 1.5: half up, not to even
        (10.0, 1.0, 0.3, 0.0),
        (0.0, 0.1, 0.3, 0.0),
    ],
)
def test_of_agents_scheduled_those_are_on_the_floor_who_are_neither_shrunk_nor_absent(
    scheduled, absence, shrinkage, floor
):
    assert floor_of(scheduled, absence, shrinkage, False) == floor


@pytest.mark.parametrize(
    ("planned", "absence", "floor"),
    [(10.0, 0.0, 10.0), (10.0, 0.04, 10.0), (10.0, 0.1, 9.0), (5.0, 0.5, 3.0), (8.0, 1.0, 0.0)],
)
def test_a_table_of_the_floor_contains_no_shrinkage(planned, absence, floor):
    assert floor_of(planned, absence, 0.3, True) == floor


def test_agents_scheduled_are_paid_and_for_those_of_the_floor_so_many_more():
    assert paid_of(12.0, 0.25, False) == 12.0
    assert paid_of(12.0, 0.25, True) == 16.0


@pytest.mark.parametrize(("surplus", "idle", "now"), [(3, 5, 3), (3, 1, 1), (3, 0, 0), (0, 4, 0)])
def test_when_the_floor_shrinks_idle_agents_go_first_and_the_rest_are_owed(surplus, idle, now):
    assert leaving_at_once(surplus, idle) == now


@pytest.mark.parametrize(("rise", "owed", "stay"), [(3, 0, 0), (3, 2, 2), (3, 5, 3), (0, 5, 0)])
def test_a_rise_cancels_what_is_owed_before_anyone_comes(rise, owed, stay):
    assert staying_of_owed(rise, owed) == stay
