"""First contact resolution as a dashboard sees it: whom a further contact follows within some days.

A dashboard knows neither issues nor what came of a talk, but customers, reasons and times. It looks
back on each contact that was handled early enough, and asks whether another of the same customer
and reason arrived within the window. Without segments an issue is a customer of its own.

How it is exact, although rows come in the order in which contacts end: contacts that last longer
than a day (or the window) are left out, so that a row arrived no longer ago than that. For each
customer and reason two arrivals are kept: the latest known, and the latest that came more than a
window before its successor. A contact that arrived after both can only follow the latest. One that
arrived before the latest is followed by it; and it can only follow the earlier of the two, for what
else came before is followed already, or came more than a window before. What arrived a window and a
longest contact ago can be neither, and is forgotten.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.codes import HANDLED, IN_MENU, SOLVED, WAITING
from sim.jit import rule
from sim.logs import Rows
from sim.rules.order import identity
from sim.terms import DAY, Floats, Ints, Terms

REPEATS = ("looked_back_on", "followed")
"""The columns: contacts handled whose window ends inside the run, and those of them that a further
contact followed within it."""
_LOOKED_BACK_ON, _FOLLOWED = range(2)

ARRIVALS = np.dtype(
    [("whose", "i8"), ("latest", "f8"), ("earlier", "f8"), ("open", "i4"), ("earlier_open", "i4")]
)
"""The two arrivals of a customer and reason (`whose`; 0 where the table is free), and for each
whether it is of a contact that is looked back on and that none has followed yet."""

_LEAST_ROOM = 1024
_CHUNK = 21
_LOW = (1 << _CHUNK) - 1


class Repeats(NamedTuple):
    """What has been counted, and who may contact again."""

    sums: Floats
    """By segment (the last row: of customers without one) and reason, of `REPEATS`."""
    arrivals: Rows
    """At places that `whose` tells; without room if no window ends inside the run."""
    used: Ints
    """How many places are taken."""
    within: float
    """The window, seconds."""
    longest: float
    """What a contact may last that is not left out, seconds."""


def no_repeats(terms: Terms) -> Repeats:
    """Nothing counted yet."""
    names, calendar = terms.names, terms.calendar
    some_end = terms.fcr_window <= calendar.horizon - calendar.first_counted
    return Repeats(
        sums=np.zeros((len(names.segments) + 1, len(names.reasons), len(REPEATS))),
        arrivals=np.zeros(_LEAST_ROOM if some_end else 0, dtype=ARRIVALS),
        used=np.zeros(1, dtype=np.int64),
        within=terms.fcr_window,
        longest=min(DAY, terms.fcr_window),
    )


def with_room(repeats: Repeats, rows: int) -> Repeats:
    """The same with room for so many contacts more."""
    if 2 * (repeats.used[0] + rows) <= len(repeats.arrivals) or len(repeats.arrivals) == 0:
        return repeats
    arrivals = _roomier(repeats.arrivals, rows, repeats.within + repeats.longest)
    repeats.used[0] = np.count_nonzero(arrivals["whose"])
    return repeats._replace(arrivals=arrivals)


@rule
def look_back(row: np.void, horizon: float, repeats: Repeats) -> None:
    """Count one counted contact, by its last row."""
    sums, arrivals, within = repeats.sums, repeats.arrivals, repeats.within
    arrived, outcome, segment = row["arrived"], row["outcome"], row["segment"]
    asked = outcome == HANDLED and arrived + within <= horizon
    alone, first_call = segment < 0, row["attempt"] == 1
    if alone and first_call and not asked:
        return  # whatever follows it is alike
    ended = row["end_work"] if outcome == HANDLED else row["end_wait"]
    if outcome in (HANDLED, WAITING, IN_MENU) and not ended < horizon:
        ended = horizon
    if ended - arrived > repeats.longest:
        return
    cells = sums[segment, row["reason"]]
    cells[_LOOKED_BACK_ON] += asked
    if alone and first_call and row["result"] == SOLVED:
        return  # nothing follows it
    if alone:
        whose = 1 + identity(int(row["day"]), int(row["origin"]), int(row["ordinal"]))
    else:
        whose = -1 - (int(row["customer"]) * sums.shape[1] + row["reason"])
    known = arrivals[_place(arrivals, whose)]
    if known["whose"] == 0:
        if arrived + within > horizon + repeats.longest:
            return  # nobody who is looked back on ends after this
        repeats.used[0] += 1
        known["whose"] = whose
        known["latest"] = -math.inf
        known["earlier"] = -math.inf
    if arrived < known["latest"]:
        cells[_FOLLOWED] += asked
        if arrived - known["earlier"] <= within:
            cells[_FOLLOWED] += known["earlier_open"]
            known["earlier_open"] = 0
        return
    if arrived - known["latest"] <= within:
        cells[_FOLLOWED] += known["open"]
    else:
        known["earlier"] = known["latest"]
        known["earlier_open"] = known["open"]
    known["latest"] = arrived
    known["open"] = asked


@rule
def _place(arrivals: Rows, whose: int) -> int:
    """The place of a customer and reason, or the free one that they may take."""
    last = len(arrivals) - 1  # of a power of two
    key = abs(whose)
    mixed = (key & _LOW) * 0x9E3779B1
    mixed ^= (key >> _CHUNK & _LOW) * 0x85EBCA77
    mixed ^= (key >> 2 * _CHUNK) * 0xC2B2AE3D
    place = mixed >> 16 & last
    found = arrivals[place]["whose"]
    while found not in (0, whose):
        place = (place + 1) & last
        found = arrivals[place]["whose"]
    return place


@rule(makes_arrays=True)
def _roomier(arrivals: Rows, more: int, past: float) -> Rows:
    """A table with room for so many more, without those that no longer matter."""
    newest = -math.inf
    for i in range(len(arrivals)):
        if arrivals[i]["whose"] != 0:
            newest = max(newest, arrivals[i]["latest"])
    kept = 0
    for i in range(len(arrivals)):
        row = arrivals[i]
        kept += row["whose"] != 0 and row["latest"] >= newest - past
    room = _LEAST_ROOM
    while room < 4 * (kept + more):
        room *= 2
    roomy = np.zeros(room, arrivals.dtype)
    for i in range(len(arrivals)):
        row = arrivals[i]
        if row["whose"] != 0 and row["latest"] >= newest - past:
            roomy[_place(roomy, row["whose"])] = row
    return roomy
