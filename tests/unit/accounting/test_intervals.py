import numpy as np
import pytest

from sim.accounting.intervals import (
    counted,
    days_in_slot,
    interval_at,
    labels,
    month_at,
    slot_of,
    slots,
    start_of,
    window_of,
)
from sim.terms import DAY
from tests.unit.accounting.handmade import a_calendar


def test_an_interval_begins_with_its_first_instant():
    window = window_of(a_calendar(1, warm_days=2))
    assert interval_at(window, 2 * DAY + 1800.0) == 1
    assert interval_at(window, np.nextafter(2 * DAY + 1800.0, 0.0)) == 0


def test_the_window_holds_its_first_instant_and_not_its_last():
    window = window_of(a_calendar(1, warm_days=2))
    assert counted(window, 2 * DAY)
    assert not counted(window, np.nextafter(2 * DAY, 0.0))
    assert not counted(window, 3 * DAY)
    assert not counted(window, np.nan)


def test_up_to_62_days_are_told_apart_by_date():
    calendar = a_calendar(62)
    assert slots(calendar) == 62 * 48
    assert slot_of(window_of(calendar), 61 * 48 + 3) == 61 * 48 + 3
    assert set(days_in_slot(calendar)) == {1.0}


def test_more_days_share_the_slots_of_their_weekday():
    calendar = a_calendar(65, first_weekday=2)
    window = window_of(calendar)
    assert slots(calendar) == 7 * 48
    assert slot_of(window, 3) == 2 * 48 + 3
    assert slot_of(window, 7 * 48 + 3) == 2 * 48 + 3
    assert slot_of(window, 5 * 48) == 0
    # 65 days from a Wednesday: nine weeks, and one more Wednesday and Thursday
    assert list(days_in_slot(calendar)[::48]) == [9, 9, 10, 10, 9, 9, 9]


@pytest.mark.parametrize(
    ("calendar", "first", "last"),
    [
        (a_calendar(2, first_weekday=6), "Sun 00:00", "Mon 23:30"),
        (a_calendar(8), "week 1 Mon 00:00", "week 2 Mon 23:30"),
        (
            a_calendar(3, start="2026-02-27", interval=900.0),
            "2026-02-27 00:00",
            "2026-03-01 23:45",
        ),
        (a_calendar(63, start="2026-03-02", interval=3600.0), "Mon 00:00", "Sun 23:00"),
    ],
)
def test_slots_are_named_by_day_and_time(calendar, first, last):
    names = labels(calendar)
    assert len(names) == len(set(names)) == slots(calendar)
    assert (names[0], names[-1]) == (first, last)


def test_each_interval_ends_where_the_next_begins():
    window = window_of(a_calendar(2, warm_days=1))
    starts = [start_of(window, k) for k in range(97)]
    assert starts[:2] == [DAY, DAY + 1800.0]
    assert starts[96] == 3 * DAY
    assert [interval_at(window, start) for start in starts] == list(range(97))


@pytest.mark.parametrize("known", [0, 1, 2])
def test_a_month_is_found_from_any_other(known):
    calendar = a_calendar(5, warm_days=1, month_of_day=[0, 0, 1, 2, 2], month_shares=[0.1] * 3)
    ends = window_of(calendar).month_ends
    moments = [DAY, np.nextafter(3 * DAY, 0.0), 3 * DAY, 4 * DAY, np.nextafter(6 * DAY, 0.0)]
    assert [month_at(ends, moment, known) for moment in moments] == [0, 0, 1, 2, 2]
