"""Customers who join and leave, messages sent to them, and what they remember at the horizon."""

from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import Window, counted, month_at
from sim.codes import DEPARTURES, FALSE_ALARM, JOINED, RECOVERY_CALL
from sim.jit import rule
from sim.logs import Rows
from sim.rules.loyalty import log_odds, probability
from sim.terms import Floats, Terms

MOVES = (*DEPARTURES, "joined_before", "left_before")
"""The columns of a segment: who joined and left in the window and why, then before it."""
_JOINED_BEFORE, _LEFT_BEFORE = len(DEPARTURES), len(DEPARTURES) + 1

MESSAGES = ("to_customers_hit", "false_alarms")
"""The columns of a notice's month."""


class Customers(NamedTuple):
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


@rule
def count_customers(rows: Rows, window: Window, customers: Customers) -> None:
    """Add a batch of rows of customers who join or leave."""
    for i in range(len(rows)):
        row = rows[i]
        if counted(window, row["time"]):
            column = row["what"]
        else:
            column = _JOINED_BEFORE if row["what"] == JOINED else _LEFT_BEFORE
        customers.moves[row["segment"], column] += 1.0


@rule
def count_outreach(rows: Rows, window: Window, customers: Customers) -> None:
    """Add a batch of rows of messages sent and customers reached."""
    month = 0
    for i in range(len(rows)):
        row = rows[i]
        if not counted(window, row["time"]):
            continue
        month = month_at(window.month_ends, row["time"], month)
        if row["kind"] == RECOVERY_CALL:
            customers.reached[month] += 1.0
        else:
            column = 1 if row["kind"] == FALSE_ALARM else 0
            customers.messages[month, row["programme"], column] += 1.0


@rule
def count_memory(rows: Rows, base_leaving: float, customers: Customers) -> None:
    """Add what customers remember at the horizon."""
    if base_leaving <= 0.0:
        return
    for i in range(len(rows)):
        odds = log_odds(base_leaving) + rows[i]["memory"]
        customers.damage[rows[i]["segment"]] += probability(odds) - base_leaving
