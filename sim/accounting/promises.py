"""What contracts promise: the service level of the queues that each names, by month."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import Window, counted, month_at
from sim.codes import ABANDONED, DROPPED, HANDLED
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Promise, Terms

PROMISED = ("answered_in_time", "abandoned_in_time", "offered", "answered")
"""The columns of what a contract's service level is made of."""
_A, _B, _O, _ANSWERED = range(4)


class Promises(NamedTuple):
    """Sums over the legs in the queues that promises name, and what the promises say. A contract
    may make two: one with a malus, one with a bonus (`promises_of`)."""

    months: Floats
    """By month and promise, of `PROMISED`; a leg counts in the month in which its contact
    arrived."""
    named: Ints
    """By promise and queue whether it names it (1 or 0)."""
    within: Floats
    """The threshold of each promise, seconds."""


def promises_of(terms: Terms) -> list[Promise]:
    """All promises of all contracts, in the order of the teams, the malus first."""
    contracts = [price.contract for price in terms.tariff.teams if price.contract is not None]
    both = [promise for one in contracts for promise in (one.malus, one.bonus)]
    return [promise for promise in both if promise is not None]


def no_promises(terms: Terms) -> Promises:
    """Nothing counted yet."""
    named, within = _named(terms)
    return Promises(
        np.zeros((len(terms.calendar.months), *named.shape[:1], len(PROMISED))), named, within
    )


@lru_cache(maxsize=256)
def _named(terms: Terms) -> tuple[Ints, Floats]:
    promises = promises_of(terms)
    named = np.zeros((len(promises), len(terms.names.queues)), dtype=np.int64)
    for nth, promise in enumerate(promises):
        named[nth, list(promise.queues)] = 1
    return named, np.array([promise.within for promise in promises])


@rule
def count_promises(rows: Rows, window: Window, promises: Promises) -> None:
    """Add a batch of contact rows, whatever their order."""
    months, named, within = promises.months, promises.named, promises.within
    month_ends, month = window.month_ends, 0
    for i in range(len(rows)):
        row = rows[i]
        arrived, queue, outcome = row["arrived"], row["queue"], row["outcome"]
        if row["leg"] == 0 or not counted(window, arrived):
            continue
        month = month_at(month_ends, arrived, month)
        wait = row["end_wait"] - row["joined"]
        for nth in range(len(within)):
            if named[nth, queue] == 0:
                continue
            cells = months[month, nth]
            cells[_O] += 1.0
            if outcome == HANDLED:
                cells[_ANSWERED] += 1.0
                cells[_A] += wait <= within[nth]
            elif outcome in (ABANDONED, DROPPED):
                cells[_B] += wait <= within[nth]
