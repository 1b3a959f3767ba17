"""What contracts promise: the service level of the queues that each names, by month."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import Window, counted, month_at
from sim.codes import ABANDONED, DROPPED, HANDLED
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Terms

PROMISED = ("answered_in_time", "abandoned_in_time", "offered", "answered")
"""The columns of what a contract's service level is made of."""
_A, _B, _O, _ANSWERED = range(4)


class Promises(NamedTuple):
    """Sums over the legs in the queues that contracts name, and what the contracts say."""

    months: Floats
    """By month and team, of `PROMISED`, by the threshold of the team's contract; a leg counts in
    the month in which its contact arrived."""
    teams: Ints
    """The teams whose contracts name queues."""
    named: Ints
    """By team and queue whether its contract names it (1 or 0)."""
    within: Floats
    """The threshold of each team's contract, seconds."""


def no_promises(terms: Terms) -> Promises:
    """Nothing counted yet."""
    months, teams = len(terms.calendar.months), len(terms.names.teams)
    return Promises(np.zeros((months, teams, len(PROMISED))), *_named(terms))


@lru_cache(maxsize=256)
def _named(terms: Terms) -> tuple[Ints, Ints, Floats]:
    named = np.zeros((len(terms.names.teams), len(terms.names.queues)), dtype=np.int64)
    within = np.zeros(len(terms.names.teams))
    for team, price in enumerate(terms.tariff.teams):
        if price.contract is not None:
            named[team, list(price.contract.malus_queues)] = 1
            within[team] = price.contract.malus_within
    return np.flatnonzero(named.any(axis=1)), named, within


@rule
def count_promises(rows: Rows, window: Window, promises: Promises) -> None:
    """Add a batch of contact rows, whatever their order."""
    months, teams, named = promises.months, promises.teams, promises.named
    within, month_ends, month = promises.within, window.month_ends, 0
    for i in range(len(rows)):
        row = rows[i]
        arrived, queue, outcome = row["arrived"], row["queue"], row["outcome"]
        if row["leg"] == 0 or not counted(window, arrived):
            continue
        month = month_at(month_ends, arrived, month)
        wait = row["end_wait"] - row["joined"]
        for team in teams:
            if named[team, queue] == 0:
                continue
            cells = months[month, team]
            cells[_O] += 1.0
            if outcome == HANDLED:
                cells[_ANSWERED] += 1.0
                cells[_A] += wait <= within[team]
            elif outcome in (ABANDONED, DROPPED):
                cells[_B] += wait <= within[team]
