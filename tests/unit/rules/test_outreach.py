"""What notices and recovery change, worked out by hand."""

import math

import pytest

from sim.codes import IN_WINDOW, LATE, NO_RECOVERY, NOT_REACHED, PENDING
from sim.rules.outreach import decides_after, how_reached, recovery_odds, sent_at

HOUR = 3600.0


def test_messages_go_out_one_after_the_other_at_the_send_rate():
    assert [sent_at(1000.0, place, 360.0) for place in (0, 1, 9)] == [1010.0, 1020.0, 1100.0]


@pytest.mark.parametrize(
    ("delay", "how"),
    [
        (0.0, IN_WINDOW),
        (24.0 * HOUR, IN_WINDOW),
        (24.0 * HOUR + 1.0, LATE),
        (72.0 * HOUR, LATE),
        (72.0 * HOUR + 1.0, NOT_REACHED),
        (math.inf, NOT_REACHED),
    ],
)
def test_a_customer_is_reached_within_the_window_late_or_not_at_all(delay, how):
    assert how_reached(delay, 24.0 * HOUR, 72.0 * HOUR) == how


def test_after_the_deadline_nobody_is_reached_even_within_the_window():
    assert how_reached(20.0 * HOUR, 24.0 * HOUR, 12.0 * HOUR) == NOT_REACHED
    assert how_reached(10.0 * HOUR, 24.0 * HOUR, 12.0 * HOUR) == IN_WINDOW


@pytest.mark.parametrize(
    ("delay", "hours"), [(5.0 * HOUR, 5.0), (72.0 * HOUR, 72.0), (math.inf, 72.0)]
)
def test_the_decision_falls_when_the_customer_is_reached_or_at_the_deadline(delay, hours):
    assert decides_after(delay, 72.0 * HOUR) == hours * HOUR


@pytest.mark.parametrize(
    ("how", "odds"),
    [(IN_WINDOW, 0.4), (LATE, 0.8), (NOT_REACHED, 1.0), (NO_RECOVERY, 1.0), (PENDING, 1.0)],
)
def test_who_is_reached_has_other_odds_and_who_is_not_has_the_same(how, odds):
    assert math.exp(recovery_odds(how, math.log(0.4), math.log(0.8))) == pytest.approx(odds)
