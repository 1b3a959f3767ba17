"""What contracts promise: the service level of the queues that each names, by month."""

from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import Window, counted, interval_at, window_of
from sim.codes import ABANDONED, DROPPED, HANDLED
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Terms

PROMISED = ("answered_in_time", "abandoned_in_time", "offered", "answered")
"""The columns of what a contract's service level is made of."""
_A, _B, _O, _ANSWERED = range(4)


@dataclass(frozen=True, eq=False)
class Promises:
    """Sums over the legs in the queues that contracts name."""

    months: Floats
    """By month and team, of `PROMISED`, by the threshold of the team's contract; a leg counts in
    the month in which its contact arrived."""


def no_promises(terms: Terms) -> Promises:
    """Nothing counted yet."""
    months, teams = len(terms.calendar.months), len(terms.names.teams)
    return Promises(months=np.zeros((months, teams, len(PROMISED))))


def count_promises(promises: Promises, rows: Rows, terms: Terms) -> None:
    """Add a batch of contact rows, whatever their order."""
    named, within = _named(terms)
    if named.any():
        window, months = window_of(terms.calendar), terms.calendar.month_of_day
        _count_promises(rows, window, months, named, within, promises.months)


def _named(terms: Terms) -> tuple[Ints, Floats]:
    """Which queues (1 or 0) each team's contract names for its malus, and its threshold."""
    named = np.zeros((len(terms.names.teams), len(terms.names.queues)), dtype=np.int64)
    within = np.zeros(len(terms.names.teams))
    for team, price in enumerate(terms.tariff.teams):
        if price.contract is not None:
            named[team, list(price.contract.malus_queues)] = 1
            within[team] = price.contract.malus_within
    return named, within


@rule
def _count_promises(
    rows: Rows,
    window: Window,
    month_of_day: Ints,
    named: Ints,
    within: Floats,
    months: Floats,
) -> None:
    arrived, queue, leg, outcome = rows["arrived"], rows["queue"], rows["leg"], rows["outcome"]
    joined, end_wait = rows["joined"], rows["end_wait"]
    for i in range(len(rows)):
        if leg[i] == 0 or not counted(window, arrived[i]):
            continue
        month = month_of_day[interval_at(window, arrived[i]) // window.per_day]
        wait = end_wait[i] - joined[i]
        for team in range(len(named)):
            if named[team, queue[i]] == 0:
                continue
            cells = months[month, team]
            cells[_O] += 1.0
            if outcome[i] == HANDLED:
                cells[_ANSWERED] += 1.0
                cells[_A] += 1.0 if wait <= within[team] else 0.0
            elif outcome[i] in (ABANDONED, DROPPED):
                cells[_B] += 1.0 if wait <= within[team] else 0.0
