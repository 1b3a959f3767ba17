"""Customers who join and leave, messages sent to them, and what they remember at the horizon."""

from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import Window, counted, interval_at, window_of
from sim.codes import DEPARTURES, FALSE_ALARM, JOINED, RECOVERY_CALL
from sim.jit import rule
from sim.logs import Rows
from sim.rules.loyalty import log_odds, probability
from sim.terms import Floats, Ints, Terms

MOVES = (*DEPARTURES, "joined_before", "left_before")
"""The columns of a segment: who joined and left in the window and why, then before it."""
_JOINED_BEFORE, _LEFT_BEFORE = len(DEPARTURES), len(DEPARTURES) + 1

MESSAGES = ("to_customers_hit", "false_alarms")
"""The columns of a notice's month."""


@dataclass(frozen=True, eq=False)
class Customers:
    """Sums over customers."""

    moves: Floats
    """By segment, of `MOVES`."""
    messages: Floats
    """By month and notice, of `MESSAGES`."""
    reached: Floats
    """Customers reached after a bad closing, by month."""
    damage: Floats
    """Damage not yet booked, by segment: customers whom service would lose if each who remembers
    something at the horizon had one more issue, resolved at once."""


def no_customers(terms: Terms) -> Customers:
    """Nothing counted yet."""
    segments, months = len(terms.names.segments), len(terms.calendar.months)
    return Customers(
        moves=np.zeros((segments, len(MOVES))),
        messages=np.zeros((months, len(terms.names.notices), len(MESSAGES))),
        reached=np.zeros(months),
        damage=np.zeros(segments),
    )


def count_customers(customers: Customers, rows: Rows, terms: Terms) -> None:
    """Add a batch of rows of customers who join or leave."""
    _count_moves(rows, window_of(terms.calendar), customers.moves)


def count_outreach(customers: Customers, rows: Rows, terms: Terms) -> None:
    """Add a batch of rows of messages sent and customers reached."""
    window, months = window_of(terms.calendar), terms.calendar.month_of_day
    _count_outreach(rows, window, months, customers.messages, customers.reached)


def count_memory(customers: Customers, rows: Rows, terms: Terms) -> None:
    """Add what customers remember at the horizon."""
    _count_damage(rows, terms.population.base_leaving, customers.damage)


@rule
def _count_moves(rows: Rows, window: Window, moves: Floats) -> None:
    segment, what, time = rows["segment"], rows["what"], rows["time"]
    for i in range(len(rows)):
        if counted(window, time[i]):
            moves[segment[i], what[i]] += 1.0
        else:
            before = _JOINED_BEFORE if what[i] == JOINED else _LEFT_BEFORE
            moves[segment[i], before] += 1.0


@rule
def _count_outreach(
    rows: Rows, window: Window, month_of_day: Ints, messages: Floats, reached: Floats
) -> None:
    kind, programme, time = rows["kind"], rows["programme"], rows["time"]
    for i in range(len(rows)):
        if not counted(window, time[i]):
            continue
        month = month_of_day[interval_at(window, time[i]) // window.per_day]
        if kind[i] == RECOVERY_CALL:
            reached[month] += 1.0
        else:
            messages[month, programme[i], 1 if kind[i] == FALSE_ALARM else 0] += 1.0


@rule
def _count_damage(rows: Rows, base_leaving: float, damage: Floats) -> None:
    segment, memory = rows["segment"], rows["memory"]
    if base_leaving <= 0.0:
        return
    for i in range(len(rows)):
        damage[segment[i]] += probability(log_odds(base_leaving) + memory[i]) - base_leaving
