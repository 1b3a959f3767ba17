"""Agents on the floor, planned and paid: seconds by interval, and by month for the bill."""

from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import Window, interval_at, seconds_in, slot_of, window_of
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Terms

FLOOR_TIME = ("planned", "floor", "paid", "overtime")
"""The columns, in agent seconds: planned by the staffing table, able to take calls, paid for, and
worked beyond the floor."""
_PLANNED, _FLOOR, _PAID, _OVERTIME = range(4)


@dataclass(frozen=True, eq=False)
class Floor:
    """Sums over stretches of staffing; the last axis is `FLOOR_TIME`."""

    intervals: Floats
    """By slot and team. The overtime of a stretch stands in its first interval: it follows the end
    of a shift by the length of a call."""
    months: Floats
    """By month and team."""


def no_floor(terms: Terms, slots: int) -> Floor:
    """Nothing counted yet."""
    teams, columns = len(terms.names.teams), len(FLOOR_TIME)
    return Floor(
        intervals=np.zeros((slots, teams, columns)),
        months=np.zeros((len(terms.calendar.months), teams, columns)),
    )


def count_floor(floor: Floor, rows: Rows, terms: Terms) -> None:
    """Add a batch of floor rows; what of them lies outside the counted window is left out."""
    window, months = window_of(terms.calendar), terms.calendar.month_of_day
    _count_floor(rows, window, months, floor.intervals, floor.months)


@rule
def _count_floor(
    rows: Rows, window: Window, month_of_day: Ints, intervals: Floats, months: Floats
) -> None:
    team, start, end = rows["team"], rows["start"], rows["end"]
    planned, on_floor, paid, overtime = (
        rows["planned"],
        rows["floor"],
        rows["paid"],
        rows["overtime"],
    )
    for i in range(len(rows)):
        begin, until = max(start[i], window.first), min(end[i], window.horizon)
        if until <= begin:
            continue
        first = interval_at(window, begin)
        for k in range(first, interval_at(window, until) + 1):
            seconds = seconds_in(window, k, begin, until)
            if seconds <= 0.0:
                continue
            month = month_of_day[k // window.per_day]
            for cells in (intervals[slot_of(window, k), team[i]], months[month, team[i]]):
                cells[_PLANNED] += planned[i] * seconds
                cells[_FLOOR] += on_floor[i] * seconds
                cells[_PAID] += paid[i] * seconds
                if k == first:
                    cells[_OVERTIME] += overtime[i]
