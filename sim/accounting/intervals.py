"""The counted window, its days and reporting intervals: by date, or by weekday if there are many.

A slot is a row of the interval tables: one interval of one counted day if at most `DATED_DAYS` are
counted, beyond that one interval of a weekday, so that the tables do not grow with the horizon.
"""

import datetime
import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.jit import rule
from sim.terms import DAY, Calendar, Floats

DATED_DAYS = 62
"""The most counted days whose intervals are told apart by date."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Window(NamedTuple):
    """What is counted, in the numbers that compiled counting takes."""

    first: float
    """When counting begins, seconds."""
    horizon: float
    """When it ends; an event at this instant is not counted."""
    interval: float
    """Length of a reporting interval, seconds."""
    per_day: int
    first_weekday: int
    by_weekday: bool
    month_ends: Floats
    """For each month when its counted days end, seconds; infinity for the last."""


@lru_cache(maxsize=256)
def window_of(calendar: Calendar) -> Window:
    """The counted window of a run."""
    days = np.bincount(calendar.month_of_day, minlength=len(calendar.months))
    month_ends = calendar.first_counted + DAY * days.cumsum()
    month_ends[-1] = math.inf
    return Window(
        first=calendar.first_counted,
        horizon=calendar.horizon,
        interval=calendar.interval,
        per_day=_per_day(calendar),
        first_weekday=calendar.first_weekday,
        by_weekday=calendar.counted_days > DATED_DAYS,
        month_ends=month_ends,
    )


def slots(calendar: Calendar) -> int:
    """How many rows the interval tables have."""
    days = 7 if calendar.counted_days > DATED_DAYS else calendar.counted_days
    return days * _per_day(calendar)


def _per_day(calendar: Calendar) -> int:
    return round(DAY / calendar.interval)


def days_in_slot(calendar: Calendar) -> Floats:
    """For each slot the number of counted days that share it: 1 by date."""
    window = window_of(calendar)
    if not window.by_weekday:
        return np.ones(slots(calendar))
    weekdays = (window.first_weekday + np.arange(calendar.counted_days)) % 7
    return np.repeat(np.bincount(weekdays, minlength=7).astype(np.float64), window.per_day)


def labels(calendar: Calendar) -> tuple[str, ...]:
    """For each slot "Mon 09:30"; by date "2026-03-02 09:30", or "week 2 Mon 09:30" if the scenario
    has no date and more than a week is counted."""
    window = window_of(calendar)
    starts = [k * window.interval for k in range(window.per_day)]
    times = [f"{int(s // 3600):02d}:{int(s % 3600 // 60):02d}" for s in starts]
    return tuple(f"{day} {time}" for day in day_labels(calendar) for time in times)


def day_labels(calendar: Calendar) -> list[str]:
    """For each day that the slots tell apart "Mon", "2026-03-02" or "week 2 Mon"."""
    days = range(calendar.counted_days)
    if calendar.counted_days > DATED_DAYS:
        return list(_WEEKDAYS)
    if calendar.start is not None:
        first = datetime.date.fromisoformat(calendar.start)
        return [(first + datetime.timedelta(days=day)).isoformat() for day in days]
    names = [_WEEKDAYS[(calendar.first_weekday + day) % 7] for day in days]
    if calendar.counted_days <= 7:
        return names
    return [f"week {1 + day // 7} {name}" for day, name in zip(days, names, strict=True)]


@rule
def counted(window: Window, time: float) -> bool:
    """Whether an instant lies in the window; false for NaN."""
    return window.first <= time < window.horizon


@rule
def interval_at(window: Window, time: float) -> int:
    """The number of the interval, from the first counted midnight, in which a counted instant lies;
    an interval begins with its first instant and ends before the next."""
    return math.floor((time - window.first) / window.interval)


@rule
def slot_of(window: Window, interval: int) -> int:
    """The row of the interval tables for an interval numbered by `interval_at`."""
    if not window.by_weekday:
        return interval
    day = math.floor(interval / window.per_day)  # integers are divided slowly
    return interval + ((window.first_weekday + day) % 7 - day) * window.per_day


@rule
def start_of(window: Window, interval: int) -> float:
    """When an interval numbered by `interval_at` begins."""
    return window.first + interval * window.interval


@rule
def month_at(month_ends: Floats, time: float, month: int) -> int:
    """The month in which a counted instant lies, looked for from another one on: rows come nearly
    in the order of time, so that it is mostly the month of the row before."""
    while month > 0 and time < month_ends[month - 1]:
        month -= 1
    while time >= month_ends[month]:
        month += 1
    return month
