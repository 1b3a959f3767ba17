"""What happens first of what happens at once."""

from itertools import product

import pytest

from sim import codes
from sim.rules.order import (
    EARLIEST_DAY,
    LATEST_DAY,
    MOST_ORDINALS,
    MOST_ORIGINS,
    identity,
    kind_of,
    on_clock,
    rank,
)

FIRST = (EARLIEST_DAY, 0, 0)
LAST = (LATEST_DAY, MOST_ORIGINS - 1, MOST_ORDINALS - 1)


def test_issues_go_by_day_then_by_origin_then_by_ordinal():
    days, origins = (EARLIEST_DAY, -1, 0, 1, LATEST_DAY), (0, 1, MOST_ORIGINS - 1)
    ordinals = (0, 1, MOST_ORDINALS - 1)
    names = [identity(*name) for name in product(days, origins, ordinals)]
    assert names == sorted(set(names))


def test_events_go_by_kind_then_by_issue_attempt_leg_and_route():
    kinds, issues = range(len(codes.EVENTS)), (identity(*FIRST), identity(0, 3, 7), identity(*LAST))
    ranks = [rank(*event) for event in product(kinds, issues, (0, 1, 31), (0, 1, 7), (0, 1, 7))]
    assert ranks == sorted(set(ranks))


def test_0_and_1_are_left_to_the_calendar_and_no_rank_has_a_sign():
    least = rank(0, 0, 0, 0, 0)
    greatest = rank(len(codes.EVENTS) - 1, identity(*LAST), 31, 7, 7)
    assert 2 <= least < greatest < 2**63


@pytest.mark.parametrize("kind", range(len(codes.EVENTS)))
def test_a_rank_tells_its_kind(kind):
    assert kind_of(rank(kind, 0, 0, 0, 0)) == kind
    assert kind_of(rank(kind, identity(*LAST), 31, 7, 7)) == kind


def test_a_continuous_clock_leaves_times_as_they_are():
    assert on_clock(1234.567, 0.0) == 1234.567


def test_a_coarse_clock_takes_the_next_tick():
    assert [on_clock(time, 30.0) for time in (0.0, 0.1, 29.9, 30.0, 30.1)] == [0, 30, 30, 30, 60]
