"""Days, weekdays, months and opening hours in numbers."""

import calendar as gregorian
import datetime
import math
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sim.scenario.scenario import Scenario
from sim.tables.tables import Floats
from sim.terms import DAY, YEAR_DAYS, Calendar
from sim.units import opening, weekdays

WEEK_WARM_UP = 28
"""Days of warm-up for horizons over a week, if a scenario does not say (MODEL.md section 10)."""

Value = TypeVar("Value")


def by_weekday(groups: Mapping[str, Value]) -> list[Value | None]:
    """What each weekday (Monday first) takes from entries named by days or groups of days: the
    entry that names the fewest days wins."""
    week: list[Value | None] = [None] * 7
    for name in sorted(groups, key=lambda name: -len(weekdays(name))):
        for day in weekdays(name):
            week[day] = groups[name]
    return week


def calendar_of(scenario: Scenario) -> Calendar:
    """Which days are simulated and counted, their months, and how money is discounted."""
    counted = round(scenario.horizon / DAY)
    warm_up = scenario.warm_up
    if warm_up is None:
        warm_up = WEEK_WARM_UP * DAY if counted > 7 else 0.0
    first = datetime.date.fromisoformat(scenario.start) if scenario.start else None
    labels, lengths = _months(first, counted)
    months = tuple(dict.fromkeys(labels))
    month_of_day = np.array([months.index(label) for label in labels], dtype=np.int64)
    days_counted = np.bincount(month_of_day, minlength=len(months))
    middles = np.arange(counted) + 0.5
    return Calendar(
        warm_days=round(warm_up / DAY),
        counted_days=counted,
        first_weekday=first.weekday() if first else 0,
        start=scenario.start,
        interval=scenario.interval,
        month_of_day=month_of_day,
        months=months,
        month_shares=days_counted / np.array([lengths[label] for label in months]),
        month_discount=_discount(
            scenario.discount_rate,
            np.bincount(month_of_day, weights=middles) / days_counted,
        ),
    )


def _months(first: datetime.date | None, counted: int) -> tuple[list[str], dict[str, float]]:
    """For each counted day the label of its month, and each month's length in days."""
    if first is None:
        length = YEAR_DAYS / 12
        labels = [f"month {1 + int(day / length)}" for day in range(counted)]
        return labels, dict.fromkeys(labels, length)
    dates = [first + datetime.timedelta(days=day) for day in range(counted)]
    lengths = {
        f"{date:%Y-%m}": float(gregorian.monthrange(date.year, date.month)[1]) for date in dates
    }
    return [f"{date:%Y-%m}" for date in dates], lengths


def _discount(rate: float, days: npt.ArrayLike) -> Floats:
    yearly = math.log1p(rate)
    return np.array([math.exp(-yearly * day / YEAR_DAYS) for day in np.asarray(days).tolist()])


def hours_of(hours: Mapping[str, str] | None, calendar: Calendar) -> tuple[Floats, Floats]:
    """The instants at which a queue opens and closes over the run and a week beyond it.

    Hours that end at midnight and go on the next day are one stretch. A queue without hours is
    open for ever.
    """
    if hours is None:
        return np.array([-math.inf]), np.array([math.inf])
    week = [opening(text) if text else None for text in by_weekday(hours)]
    if all(stretch == (0.0, DAY) for stretch in week):
        return np.array([-math.inf]), np.array([math.inf])
    opens: list[float] = []
    closes: list[float] = []
    for day in range(calendar.days + 8):
        stretch = week[weekday_of(calendar, day)]
        if stretch is None:
            continue
        begin, end = day * DAY + stretch[0], day * DAY + stretch[1]
        if closes and closes[-1] == begin:
            closes[-1] = end
        else:
            opens.append(begin)
            closes.append(end)
    return np.array(opens), np.array(closes)


def weekday_of(calendar: Calendar, day: int) -> int:
    """Weekday, Monday 0, of a simulated day."""
    return (calendar.first_weekday + day - calendar.warm_days) % 7
