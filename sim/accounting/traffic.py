"""Contacts and their legs counted: offered, answered, and how long they waited.

A contact counts once, by its last row, in the total and its reason; a leg counts in its queue and
its team. Both count in the interval in which the contact arrived, if that is counted, and so do
their waits.
"""

from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import Window, counted, interval_at, slot_of, start_of
from sim.accounting.repeats import Repeats, look_back
from sim.accounting.waits import BINS, Numbers, bin_of, no_waits
from sim.codes import (
    ABANDONED,
    ANSWERED,
    DROPPED,
    EXCLUDED,
    HANDLED,
    MET,
    OUTCOMES,
    SOLVED,
    WAITING,
    WHYS,
)
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Terms

TRAFFIC = (
    *OUTCOMES,
    "first_calls",
    "solved",
    "answered_in_time",
    "answered_wait",
    "abandoned_in_time",
    "abandoned_wait",
    "met",
    "left_out",
    "answered_before",
    "waiting_again",
)
"""The columns of a table of contacts or legs: first how many came to each outcome, then

first_calls: first attempts · solved: handled, and resolved by it · answered_in_time,
abandoned_in_time: answered and abandoned (or dropped) on the first leg within the queue's threshold
· answered_wait, abandoned_wait: seconds waited by the handled, and by the abandoned and dropped ·
met, left_out: not answered, but counted as served by the rule of the queue's service level, or left
out of it · answered_before: contacts abandoned or dropped after an earlier leg was answered ·
waiting_again: contacts handled that wait for a second agent at the horizon.
"""
(
    _FIRST_CALLS,
    _SOLVED,
    _ANSWERED_IN_TIME,
    _ANSWERED_WAIT,
    _ABANDONED_IN_TIME,
    _ABANDONED_WAIT,
    _MET,
    _LEFT_OUT,
    _ANSWERED_BEFORE,
    _WAITING_AGAIN,
) = range(len(OUTCOMES), len(TRAFFIC))

ANSWERING = ("handled", "solved", "answered_wait")
"""The columns of a team's legs."""
_LEGS_HANDLED, _LEGS_SOLVED, _LEGS_WAIT = range(3)


class Traffic(NamedTuple):
    """Sums over contacts and legs; the last axis of the first four is `TRAFFIC`, or `ANSWERING`."""

    total: Floats
    """Contacts, by slot."""
    queues: Floats
    """Legs, by slot and queue."""
    teams: Floats
    """Legs answered, by slot and team, of `ANSWERING`."""
    reasons: Floats
    """Contacts, by segment (the last row: of customers without one) and reason."""
    kinds: Floats
    """Offered contacts, and each transfer as one more, by kind (`codes.WHYS`)."""
    waits: Numbers
    """Waits that are over, in the histograms of `sim.accounting.waits`."""


def no_traffic(terms: Terms, slots: int) -> Traffic:
    """Nothing counted yet."""
    names, columns = terms.names, len(TRAFFIC)
    return Traffic(
        total=np.zeros((slots, columns)),
        queues=np.zeros((slots, len(names.queues), columns)),
        teams=np.zeros((slots, len(names.teams), len(ANSWERING))),
        reasons=np.zeros((len(names.segments) + 1, len(names.reasons), columns)),
        kinds=np.zeros(len(WHYS)),
        waits=no_waits(terms),
    )


@rule
def count_contacts(
    rows: Rows,
    window: Window,
    within: Floats,
    service_rule: Ints,
    traffic: Traffic,
    repeats: Repeats,
) -> None:
    """Add a batch of contact rows, in any order but for `repeats`; `within` and `service_rule` are
    the threshold (seconds) and the rule of each queue's service level."""
    total, queues, teams = traffic.total, traffic.queues, traffic.teams
    reasons, kinds, waits = traffic.reasons, traffic.kinds, traffic.waits
    looks_back, segments = len(repeats.arrivals) > 0, len(reasons) - 1
    slot, opens, closes = 0, 0.0, 0.0
    for i in range(len(rows)):
        row = rows[i]
        arrived = row["arrived"]
        if not counted(window, arrived):
            continue
        if not opens <= arrived < closes:  # mostly it is the interval of the row before
            interval = interval_at(window, arrived)
            slot = slot_of(window, interval)
            opens, closes = start_of(window, interval), start_of(window, interval + 1)
        outcome, leg, queue = row["outcome"], row["leg"], row["queue"]
        wait = row["end_wait"] - row["joined"]
        in_time, how = wait <= within[queue], service_rule[queue]
        solved, first_call = row["result"] == SOLVED, row["attempt"] == 1
        first_leg = first_call and leg <= 1
        _count(queues[slot, queue], outcome, first_leg, solved, in_time, wait, how)
        length = -1  # in bins, if the wait is over
        if outcome == HANDLED:
            _count_answering(teams[slot, row["team"]], solved, wait)
            length = bin_of(wait)
            waits[queue, length] += 1
        elif outcome in (ABANDONED, DROPPED):
            length = BINS + bin_of(wait)
            waits[queue, length] += 1
        if leg > 0:
            kinds[row["why"]] += 1.0
        if row["last"] == 0:
            continue
        if looks_back:
            look_back(row, window.horizon, repeats)
        segment, reason = row["segment"], row["reason"]
        cells = reasons[segment, reason]
        if leg <= 1:
            _count(total[slot], outcome, first_call, solved, in_time, wait, how)
            _count(cells, outcome, first_call, solved, in_time, wait, how)
        else:
            wait += row["waited_before"]
            in_time = row["first_wait"] <= within[row["first_queue"]]
            _count_transferred(total[slot], outcome, first_call, solved, in_time, wait)
            _count_transferred(cells, outcome, first_call, solved, in_time, wait)
            if length >= 0:
                length = bin_of(wait) + (0 if outcome == HANDLED else BINS)
        if length >= 0:
            whose = segment if segment >= 0 else segments
            waits[len(within) + whose * reasons.shape[1] + reason, length] += 1


@rule
def _count(
    cells: Floats,
    outcome: int,
    first_call: bool,
    solved: bool,
    in_time: bool,
    wait: float,
    how: int,
) -> None:
    """Add a leg, or a contact of one leg; `how` is the rule of its queue's service level."""
    cells[outcome] += 1.0
    cells[_FIRST_CALLS] += first_call
    if outcome == HANDLED:
        cells[_SOLVED] += solved
        cells[_ANSWERED_IN_TIME] += in_time
        cells[_ANSWERED_WAIT] += wait
    elif outcome in (ABANDONED, DROPPED):
        cells[_ABANDONED_IN_TIME] += in_time
        cells[_ABANDONED_WAIT] += wait
        if how == MET:
            cells[_MET] += in_time
        elif how == EXCLUDED:
            cells[_LEFT_OUT] += in_time
        elif how == ANSWERED:
            cells[_LEFT_OUT] += 1.0
    elif outcome == WAITING and how == ANSWERED:
        cells[_LEFT_OUT] += 1.0


@rule
def _count_transferred(
    cells: Floats, outcome: int, first_call: bool, solved: bool, in_time: bool, wait: float
) -> None:
    """Add a contact of several legs: its first one was answered, `in_time` or not."""
    cells[_FIRST_CALLS] += first_call
    cells[_ANSWERED_IN_TIME] += in_time
    if outcome == HANDLED:
        cells[HANDLED] += 1.0
        cells[_SOLVED] += solved
        cells[_ANSWERED_WAIT] += wait
    elif outcome == WAITING:
        cells[HANDLED] += 1.0
        cells[_WAITING_AGAIN] += 1.0
    else:
        cells[outcome] += 1.0
        cells[_ANSWERED_BEFORE] += 1.0
        cells[_ABANDONED_WAIT] += wait


@rule
def _count_answering(cells: Floats, solved: bool, wait: float) -> None:
    """Add a leg to the team that answered it."""
    cells[_LEGS_HANDLED] += 1.0
    cells[_LEGS_SOLVED] += solved
    cells[_LEGS_WAIT] += wait
