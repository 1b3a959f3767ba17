"""What the kernel tells at the horizon: contacts, issues and staffing that are under way, memories.

Nothing disappears: what has not ended stands in the logs as it is.
"""

import math

import numpy as np

from sim.engines.kernel.crews import end_step
from sim.engines.kernel.fixed import Fixed, Floats, Ints
from sim.engines.kernel.people import unweighed
from sim.engines.kernel.state import State
from sim.jit import rule
from sim.logs import Rows
from sim.rules.loyalty import decayed
from sim.rules.order import identity, rank


@rule(makes_arrays=True)
def contacts_under_way(s: State) -> Rows:
    """The legs that have not ended, by issue, attempt and leg."""
    slots = _used(s.links)
    orders = np.empty(len(slots), dtype=np.int64)
    for i in range(len(slots)):
        row = s.leg_rows[slots[i]]
        name = identity(int(row["day"]), int(row["origin"]), int(row["ordinal"]))
        orders[i] = rank(-1, name, int(row["attempt"]), int(row["leg"]), 0)
    rows = np.empty(len(slots), s.leg_rows.dtype)
    in_order = slots[np.argsort(orders)]
    for i in range(len(slots)):
        rows[i] = s.leg_rows[in_order[i]]
    return rows


@rule(makes_arrays=True)
def issues_under_way(s: State) -> Rows:
    """The issues that are open or not decided, by issue."""
    slots = _used(s.states)
    names = np.empty(len(slots), dtype=np.int64)
    for i in range(len(slots)):
        names[i] = s.states[slots[i]]["identity"]
    rows = np.empty(len(slots), s.issue_rows.dtype)
    in_order = slots[np.argsort(names)]
    for i in range(len(slots)):
        rows[i] = s.issue_rows[in_order[i]]
        row = rows[i]
        row["decided"] = math.nan
        row["left"] = 0
        row["unavoidable"] = 0
        unweighed(row)
    return rows


@rule(makes_arrays=True)
def _used(slots: Rows) -> Ints:
    used = np.empty(len(slots), dtype=np.int64)
    count = 0
    for slot in range(len(slots)):
        if slots[slot]["used"] == 1:
            used[count] = slot
            count += 1
    return used[:count]


@rule
def finish_crews(s: State, now: float) -> None:
    """Writes the staffing that is under way at the horizon."""
    for team in range(len(s.idle)):
        end_step(s.numbers, s.floors, s.crews[team], team, now)


@rule(makes_arrays=True)
def memories_at(f: Fixed, s: State, now: float) -> Floats:
    """What each customer remembers at the horizon."""
    left = np.zeros(len(s.people))
    for customer in range(len(left)):
        person = s.people[customer]
        if person["memory"] > 0.0:
            since = now - person["since"]
            left[customer] = decayed(person["memory"], since, f.world[0]["half_life"])
    return left
