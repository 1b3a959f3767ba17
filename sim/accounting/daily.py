"""Counting by simulated day, warm-up included: what tells when a run has forgotten that it began
empty. Contacts count on the day on which they arrived, issues on that on which they closed.
"""

from dataclasses import dataclass

import numpy as np

from sim.codes import ABANDONED, DROPPED, OPEN
from sim.logs import Logs
from sim.terms import DAY, Floats


@dataclass(frozen=True)
class Series:
    """One measure by day: a ratio of two counts."""

    measure: str
    unit: str


SERIES = (
    Series("abandonment", "share"),
    Series("mean wait", "s"),
    Series("contacts per issue", "contacts"),
    Series("customers lost per 1,000 issues", "customers"),
)
"""What is followed: the queues, the issues that come back, and the memory of those who do."""
_ABANDONMENT, _WAIT, _CONTACTS, _LOST = range(4)


def no_days(days: int) -> Floats:
    """Numerators and denominators of nothing: `SERIES` x 2 x days."""
    return np.zeros((len(SERIES), 2, days))


def count_days(sums: Floats, logs: Logs) -> None:
    """Count a batch of logs; what lies after the last day is left out."""
    contacts, issues = logs.contacts, logs.issues
    ended = contacts[(contacts["leg"] > 0) & np.isfinite(contacts["end_wait"])]
    arrived, whole = ended["arrived"], np.ones(len(ended))
    gone = np.isin(ended["outcome"], (ABANDONED, DROPPED)).astype(np.float64)
    _count(sums[_ABANDONMENT], arrived, gone, whole)
    _count(sums[_WAIT], arrived, ended["end_wait"] - ended["joined"], whole)
    closed = issues[issues["closing"] != OPEN]
    called = closed[closed["contacts"] > 0]
    _count(sums[_CONTACTS], called["closed"], called["contacts"], np.ones(len(called)))
    lost = 1_000.0 * np.nan_to_num(closed["p"] - closed["p0"])
    _count(sums[_LOST], closed["closed"], lost, np.ones(len(closed)))


def _count(sums: Floats, times: Floats, tops: Floats, bottoms: Floats) -> None:
    days = sums.shape[1]
    day = np.floor(times / DAY)
    within = day < days  # false where the time is not known
    place = day[within].astype(np.int64)
    for row, weights in enumerate((tops, bottoms)):
        sums[row] += np.bincount(place, weights=weights[within], minlength=days)
