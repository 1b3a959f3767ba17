"""Agent time: talk and after-call work where they are spent, whoever's contact it is.

A contact still with an agent at the horizon has taken the agent's time until then.
"""

from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import (
    Window,
    counted,
    interval_at,
    month_at,
    slot_of,
    start_of,
)
from sim.codes import HANDLED, WHYS
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Terms

HANDLING = ("talk", "work")
"""The columns: agent seconds of talk, and of after-call work."""
_TALK, _WORK = range(2)

LABOUR = (*HANDLING, "legs")
"""The columns of a team's month: agent seconds, and legs answered."""
_LEGS = 2


class Handling(NamedTuple):
    """Sums over the legs answered; the last axis of the first three is `HANDLING`."""

    queues: Floats
    """By queue."""
    teams: Floats
    """By slot and team."""
    reasons: Floats
    """By segment (the last row: of customers without one) and reason."""
    kinds: Floats
    """Agent seconds by team and kind of contact (`codes.WHYS`)."""
    labour: Floats
    """By month and team, of `LABOUR`: in the month in which it was spent, or answered."""


def no_handling(terms: Terms, slots: int) -> Handling:
    """Nothing counted yet."""
    names, columns = terms.names, len(HANDLING)
    teams, months = len(names.teams), len(terms.calendar.months)
    return Handling(
        queues=np.zeros((len(names.queues), columns)),
        teams=np.zeros((slots, teams, columns)),
        reasons=np.zeros((len(names.segments) + 1, len(names.reasons), columns)),
        kinds=np.zeros((teams, len(WHYS))),
        labour=np.zeros((months, teams, len(LABOUR))),
    )


@rule
def count_handling(rows: Rows, window: Window, handling: Handling) -> None:
    """Add a batch of contact rows, whatever their order."""
    queues, teams, reasons = handling.queues, handling.teams, handling.reasons
    kinds, labour = handling.kinds, handling.labour
    month_ends = window.month_ends
    interval, slot, month, opens, closes = 0, 0, 0, 0.0, 0.0
    for i in range(len(rows)):
        row = rows[i]
        if row["outcome"] != HANDLED:
            continue
        answered, talked, worked = row["end_wait"], row["end_talk"], row["end_work"]
        if not talked < window.horizon:  # also if it never ended
            talked = window.horizon
        if not worked < window.horizon:
            worked = window.horizon
        team, begin = row["team"], max(answered, window.first)
        if not opens <= begin < closes:  # mostly it is the interval of the row before
            interval = interval_at(window, begin)
            slot, month = slot_of(window, interval), month_at(month_ends, begin, month)
            opens, closes = start_of(window, interval), start_of(window, interval + 1)
        if counted(window, answered):
            labour[month, team, _LEGS] += 1.0
        if worked <= begin:
            continue
        _spend(queues[row["queue"]], begin, talked, worked)
        _spend(reasons[row["segment"], row["reason"]], begin, talked, worked)
        kinds[team, row["why"]] += worked - begin
        until = min(worked, closes)
        _spend(teams[slot, team], begin, talked, until)
        _spend(labour[month, team], begin, talked, until)
        later = interval
        while until < worked:
            begin, until, later = until, min(worked, until + window.interval), later + 1
            later_month = month_at(month_ends, begin, month)
            _spend(teams[slot_of(window, later), team], begin, talked, until)
            _spend(labour[later_month, team], begin, talked, until)


@rule
def _spend(cells: Floats, begin: float, talked: float, until: float) -> None:
    """Add an agent's time from `begin` to `until`: talk until `talked`, from then on work."""
    talking = min(max(talked, begin), until)
    cells[_TALK] += talking - begin
    cells[_WORK] += until - talking
