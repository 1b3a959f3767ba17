"""Agents on the floor, planned and paid: seconds by interval, and by month for the bill."""

from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import Window, interval_at, month_at, slot_of, start_of
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Terms

FLOOR_TIME = ("planned", "floor", "paid", "overtime")
"""The columns, in agent seconds: planned by the staffing table, able to take calls, paid for, and
worked beyond the floor."""
_PLANNED, _FLOOR, _PAID, _OVERTIME = range(4)


class Floor(NamedTuple):
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


@rule
def count_floor(rows: Rows, window: Window, floor: Floor) -> None:
    """Add a batch of floor rows; what of them lies outside the counted window is left out."""
    intervals, months = floor.intervals, floor.months
    month_ends, month = window.month_ends, 0
    for i in range(len(rows)):
        row = rows[i]
        team, overtime = row["team"], row["overtime"]
        begin, end = max(row["start"], window.first), min(row["end"], window.horizon)
        interval = interval_at(window, begin)
        while begin < end:
            until = min(end, start_of(window, interval + 1))
            seconds = until - begin
            month = month_at(month_ends, begin, month)
            for cells in (intervals[slot_of(window, interval), team], months[month, team]):
                cells[_PLANNED] += row["planned"] * seconds
                cells[_FLOOR] += row["floor"] * seconds
                cells[_PAID] += row["paid"] * seconds
                cells[_OVERTIME] += overtime
            begin, overtime = until, 0.0
            interval += 1
