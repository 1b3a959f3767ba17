"""Agent time: talk and after-call work where they are spent, whoever's contact it is.

A contact still with an agent at the horizon has taken the agent's time until then.
"""

from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import Window, counted, interval_at, seconds_in, slot_of, window_of
from sim.codes import HANDLED, WHYS
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Terms

HANDLING = ("talk", "work")
"""The columns: agent seconds of talk, and of after-call work."""
_TALK, _WORK = range(2)

LABOUR = (*HANDLING, "legs")
"""The columns of a team's month: agent seconds, and legs answered."""
_LEGS = 2


@dataclass(frozen=True, eq=False)
class Handling:
    """Sums over the legs answered; the last axis of the first four is `HANDLING`."""

    queues: Floats
    """By slot and queue."""
    teams: Floats
    """By slot and team."""
    reasons: Floats
    """By reason."""
    segments: Floats
    """By segment."""
    kinds: Floats
    """Agent seconds by team and kind of contact (`codes.WHYS`)."""
    labour: Floats
    """By month and team, of `LABOUR`: in the month in which it was spent, or answered."""


def no_handling(terms: Terms, slots: int) -> Handling:
    """Nothing counted yet."""
    names, columns = terms.names, len(HANDLING)
    teams, months = len(names.teams), len(terms.calendar.months)
    return Handling(
        queues=np.zeros((slots, len(names.queues), columns)),
        teams=np.zeros((slots, teams, columns)),
        reasons=np.zeros((len(names.reasons), columns)),
        segments=np.zeros((len(names.segments), columns)),
        kinds=np.zeros((teams, len(WHYS))),
        labour=np.zeros((months, teams, len(LABOUR))),
    )


def count_handling(handling: Handling, rows: Rows, terms: Terms) -> None:
    """Add a batch of contact rows, whatever their order."""
    _count_handling(
        rows,
        window_of(terms.calendar),
        terms.calendar.month_of_day,
        handling.queues,
        handling.teams,
        handling.reasons,
        handling.segments,
        handling.kinds,
        handling.labour,
    )


@rule
def _count_handling(
    rows: Rows,
    window: Window,
    month_of_day: Ints,
    queues: Floats,
    teams: Floats,
    reasons: Floats,
    segments: Floats,
    kinds: Floats,
    labour: Floats,
) -> None:
    queue, team, reason, segment = rows["queue"], rows["team"], rows["reason"], rows["segment"]
    why, outcome = rows["why"], rows["outcome"]
    end_wait, end_talk, end_work = rows["end_wait"], rows["end_talk"], rows["end_work"]
    for i in range(len(rows)):
        if outcome[i] != HANDLED:
            continue
        if counted(window, end_wait[i]):
            month = month_of_day[interval_at(window, end_wait[i]) // window.per_day]
            labour[month, team[i], _LEGS] += 1.0
        talked_until = end_talk[i] if end_talk[i] < window.horizon else window.horizon
        worked_until = end_work[i] if end_work[i] < window.horizon else window.horizon
        for column in range(2):
            start, end = end_wait[i], talked_until
            if column == _WORK:
                start, end = talked_until, worked_until
            begin = max(start, window.first)
            if end <= begin:
                continue
            for k in range(interval_at(window, begin), interval_at(window, end) + 1):
                seconds = seconds_in(window, k, begin, end)
                if seconds <= 0.0:
                    continue
                slot = slot_of(window, k)
                queues[slot, queue[i], column] += seconds
                teams[slot, team[i], column] += seconds
                labour[month_of_day[k // window.per_day], team[i], column] += seconds
            reasons[reason[i], column] += end - begin
            kinds[team[i], why[i]] += end - begin
            if segment[i] >= 0:
                segments[segment[i], column] += end - begin
