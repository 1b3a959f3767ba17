"""Contacts and their legs counted: offered, answered, and how long they waited.

A contact counts once, by its last row, in the total, its reason and its segment; a leg counts in
its queue and its team. Both count in the interval in which the contact arrived, if that is counted.
"""

from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import Window, counted, interval_at, slot_of, window_of
from sim.codes import (
    ABANDONED,
    ANSWERED,
    COUNTED,
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
    "answered",
    "answered_in_time",
    "abandoned_in_time",
    "served",
    "served_of",
    "waits",
    "wait",
    "answered_waits",
    "answered_wait",
)
"""The columns of a table of contacts or legs: first how many came to each outcome, then

first_calls: first attempts · solved: handled, and resolved by it · answered, answered_in_time,
abandoned_in_time: answered on the (first) leg, answered and abandoned within the queue's threshold
· served, served_of: what the queue's rule for the service level sets against each other · waits,
wait: those whose waiting is over, and their seconds · answered_waits, answered_wait: the same of
the handled.
"""
(
    _FIRST_CALLS,
    _SOLVED,
    _ANSWERED,
    _ANSWERED_IN_TIME,
    _ABANDONED_IN_TIME,
    _SERVED,
    _SERVED_OF,
    _WAITS,
    _WAIT,
    _ANSWERED_WAITS,
    _ANSWERED_WAIT,
) = range(len(OUTCOMES), len(TRAFFIC))


@dataclass(frozen=True, eq=False)
class Traffic:
    """Sums over contacts and legs; the last axis of all but `kinds` is `TRAFFIC`."""

    total: Floats
    """Contacts, by slot."""
    queues: Floats
    """Legs, by slot and queue."""
    teams: Floats
    """Legs answered, by slot and team."""
    reasons: Floats
    """Contacts, by reason."""
    segments: Floats
    """Contacts, by segment."""
    kinds: Floats
    """Offered contacts, and each transfer as one more, by kind (`codes.WHYS`)."""


def no_traffic(terms: Terms, slots: int) -> Traffic:
    """Nothing counted yet."""
    names, columns = terms.names, len(TRAFFIC)
    return Traffic(
        total=np.zeros((slots, columns)),
        queues=np.zeros((slots, len(names.queues), columns)),
        teams=np.zeros((slots, len(names.teams), columns)),
        reasons=np.zeros((len(names.reasons), columns)),
        segments=np.zeros((len(names.segments), columns)),
        kinds=np.zeros(len(WHYS)),
    )


def count_contacts(traffic: Traffic, rows: Rows, terms: Terms) -> None:
    """Add a batch of contact rows, whatever their order."""
    window, targets = window_of(terms.calendar), terms.targets
    _count_contacts(
        rows,
        window,
        targets.within,
        targets.rule,
        traffic.total,
        traffic.reasons,
        traffic.segments,
    )
    _count_legs(
        rows,
        window,
        targets.within,
        targets.rule,
        traffic.queues,
        traffic.teams,
        traffic.kinds,
    )


@rule
def _count_contacts(
    rows: Rows,
    window: Window,
    within: Floats,
    service_rule: Ints,
    total: Floats,
    reasons: Floats,
    segments: Floats,
) -> None:
    last, arrived, reason, segment = rows["last"], rows["arrived"], rows["reason"], rows["segment"]
    leg, attempt, outcome, result = rows["leg"], rows["attempt"], rows["outcome"], rows["result"]
    joined, end_wait, before = rows["joined"], rows["end_wait"], rows["waited_before"]
    first_queue, first_wait = rows["first_queue"], rows["first_wait"]
    answered_before = rows["answered_before"]
    for i in range(len(rows)):
        if last[i] == 0 or not counted(window, arrived[i]):
            continue
        # Who waits for a second agent was handled by the first, and so was whoever is transferred.
        fate = HANDLED if answered_before[i] == 1 and outcome[i] == WAITING else outcome[i]
        first_leg = HANDLED if leg[i] > 1 else outcome[i]
        queue = first_queue[i]
        threshold, how = (within[queue], service_rule[queue]) if leg[i] > 0 else (0.0, COUNTED)
        wait = before[i] + (end_wait[i] - joined[i])
        solved = fate == HANDLED and result[i] == SOLVED
        slot = slot_of(window, interval_at(window, arrived[i]))
        for cells in (total[slot], reasons[reason[i]]):
            _count(cells, fate, attempt[i], solved, wait)
            _serve(cells, first_leg, first_wait[i], threshold, how)
        if segment[i] >= 0:
            _count(segments[segment[i]], fate, attempt[i], solved, wait)
            _serve(segments[segment[i]], first_leg, first_wait[i], threshold, how)


@rule
def _count_legs(
    rows: Rows,
    window: Window,
    within: Floats,
    service_rule: Ints,
    queues: Floats,
    teams: Floats,
    kinds: Floats,
) -> None:
    arrived, queue, team, why = rows["arrived"], rows["queue"], rows["team"], rows["why"]
    leg, attempt, outcome, result = rows["leg"], rows["attempt"], rows["outcome"], rows["result"]
    joined, end_wait = rows["joined"], rows["end_wait"]
    for i in range(len(rows)):
        if not counted(window, arrived[i]):
            continue
        if leg[i] > 0:
            kinds[why[i]] += 1.0
        if queue[i] < 0:
            continue
        wait = end_wait[i] - joined[i]
        solved = outcome[i] == HANDLED and result[i] == SOLVED
        first = attempt[i] if leg[i] <= 1 else 0
        slot = slot_of(window, interval_at(window, arrived[i]))
        threshold, how = within[queue[i]], service_rule[queue[i]]
        _count(queues[slot, queue[i]], outcome[i], first, solved, wait)
        _serve(queues[slot, queue[i]], outcome[i], wait, threshold, how)
        if outcome[i] == HANDLED:
            _count(teams[slot, team[i]], outcome[i], first, solved, wait)


@rule
def _count(cells: Floats, fate: int, attempt: int, solved: bool, wait: float) -> None:
    """Add one contact or leg; `wait` is NaN if it never waited or waits still."""
    cells[fate] += 1.0
    if attempt == 1:
        cells[_FIRST_CALLS] += 1.0
    if solved:
        cells[_SOLVED] += 1.0
    if wait >= 0.0:
        cells[_WAITS] += 1.0
        cells[_WAIT] += wait
        if fate == HANDLED:
            cells[_ANSWERED_WAITS] += 1.0
            cells[_ANSWERED_WAIT] += wait


@rule
def _serve(cells: Floats, outcome: int, wait: float, threshold: float, how: int) -> None:
    """Add one leg to the service level, by every rule and by the queue's own."""
    answered = outcome == HANDLED
    gave_up = outcome in (ABANDONED, DROPPED)
    if not (answered or gave_up or outcome == WAITING):
        return
    answered_in_time = 1.0 if answered and wait <= threshold else 0.0
    abandoned_in_time = 1.0 if gave_up and wait <= threshold else 0.0
    cells[_ANSWERED] += 1.0 if answered else 0.0
    cells[_ANSWERED_IN_TIME] += answered_in_time
    cells[_ABANDONED_IN_TIME] += abandoned_in_time
    cells[_SERVED] += answered_in_time
    if how == MET:
        cells[_SERVED] += abandoned_in_time
    if how == EXCLUDED:
        cells[_SERVED_OF] += 1.0 - abandoned_in_time
    elif how == ANSWERED:
        cells[_SERVED_OF] += 1.0 if answered else 0.0
    else:
        cells[_SERVED_OF] += 1.0
