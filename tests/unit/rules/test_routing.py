"""Which route is open to whom, from tables made by hand."""

import numpy as np
import pytest

from sim.rules.routing import (
    AFTER,
    CLASS,
    EVERYONE,
    LONGER_THAN,
    TEAM,
    class_of,
    first_open_route,
    goes_before,
    may_take,
    opens_at,
)

NOBODY = np.array([], dtype=np.float64)


def routes(*rows):
    """Routes as (team, after, longer_than, class); what is left out says nothing."""
    table = np.zeros((len(rows), 4))
    for row, said in zip(table, rows, strict=True):
        row[[TEAM, AFTER, LONGER_THAN, CLASS]] = (*said, *(0, 0, EVERYONE)[len(said) - 1 :])
    return table


def taken(table, idle, *, waited=0.0, waiting=1, of_class=0, grain=0.0):
    """The route that a contact takes which joined at 1,000."""
    agents = np.array(idle, dtype=np.int64)
    return first_open_route(table, agents, 1000.0, waiting, of_class, 1000.0 + waited, grain)


def test_the_first_route_with_an_idle_agent_is_taken():
    table = routes((2,), (0,), (1,))
    assert taken(table, [1, 1, 1]) == 0
    assert taken(table, [1, 1, 0]) == 1
    assert taken(table, [0, 5, 0]) == 2
    assert taken(table, [0, 0, 0]) == -1


def test_a_route_opens_after_its_wait_and_not_before():
    table = routes((0, 30.0))
    assert taken(table, [1], waited=29.9) == -1
    assert taken(table, [1], waited=30.0) == 0


def test_a_route_opens_at_the_tick_at_which_its_event_is_due():
    table = routes((0, 30.0))
    assert opens_at(1000.0, 30.0, 60.0) == 1080.0
    assert taken(table, [1], waited=79.0, grain=60.0) == -1
    assert taken(table, [1], waited=80.0, grain=60.0) == 0
    assert opens_at(1000.0, 0.0, 60.0) == 1000.0


def test_a_route_is_open_while_the_queue_is_longer_than_it_says():
    table = routes((0, 0.0, 3))
    assert [taken(table, [1], waiting=waiting) for waiting in (1, 3, 4, 9)] == [-1, -1, 0, 0]
    assert taken(routes((0, 0.0, 0)), [1], waiting=1) == 0


def test_a_route_with_a_share_is_open_to_its_class_alone():
    table = routes((0, 0.0, 0, 0), (1, 0.0, 0, 1), (2,))
    both = [[taken(table, idle, of_class=k) for k in range(3)] for idle in ([1, 1, 1], [1, 1, 0])]
    assert both == [[0, 1, 2], [0, 1, -1]]


@pytest.mark.parametrize("waited", [59.0, 60.0])
@pytest.mark.parametrize("waiting", [2, 3])
@pytest.mark.parametrize("of_class", [0, 1])
def test_all_that_a_route_says_must_hold(waited, waiting, of_class):
    table = routes((0, 60.0, 2, 1))
    open_to_it = waited == 60.0 and waiting == 3 and of_class == 1
    found = taken(table, [1], waited=waited, waiting=waiting, of_class=of_class)
    assert found == (0 if open_to_it else -1)


def test_whoever_may_take_a_route_need_not_have_waited_long_enough_yet():
    assert may_take(0.0, float(EVERYONE), 1, 4)
    assert may_take(2.0, 1.0, 3, 1)
    assert not may_take(2.0, 1.0, 2, 1)
    assert not may_take(2.0, 1.0, 3, 0)


def test_a_draw_is_cut_into_classes_in_the_order_of_the_routes():
    cuts = np.array([0.2, 0.5])
    draws = (0.01, 0.19, 0.2, 0.49, 0.5, 0.99)
    assert [class_of(cuts, u) for u in draws] == [0, 0, 1, 1, 2, 2]
    assert class_of(NOBODY, 0.7) == 0


def test_priority_goes_before_time_and_time_before_identity():
    assert goes_before(2, 9.0, 9, 1, 1.0, 1)
    assert not goes_before(1, 1.0, 1, 2, 9.0, 9)
    assert goes_before(1, 1.0, 9, 1, 2.0, 1)
    assert goes_before(1, 1.0, 1, 1, 1.0, 2)
    assert not goes_before(1, 1.0, 2, 1, 1.0, 1)
