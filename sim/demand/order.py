"""Rows of demand put into order, and joined."""

from collections.abc import Sequence

import numpy as np

from sim.jit import rule
from sim.logs import Rows
from sim.rules.order import identity, on_clock
from sim.tables.tables import Floats, Ints
from sim.terms import DAY


def in_order(rows: Rows) -> Rows:
    """Rows sorted by time, then by issue identity."""
    times = np.ascontiguousarray(rows["time"])
    order = np.argsort(times)
    if (times[order[1:]] == times[order[:-1]]).any():
        order = np.lexsort((identities(rows), times))
    ordered: Rows = _bare(rows)[order].view(rows.dtype)
    return ordered


def in_order_of_day(rows: Rows, day: int) -> Rows:
    """The same for rows whose times lie within a simulated day, or so near that there are few
    outside it."""
    return _spread_and_sorted(rows, day * DAY)


@rule(makes_arrays=True)
def _spread_and_sorted(rows: Rows, midnight: float) -> Rows:
    """Sorts by time and identity: first into so many equal parts of the day that few share one
    (Isaac and Singleton 1956, Sorting by address calculation), then within these by insertion."""
    count, parts = len(rows), 2 * len(rows) + 1
    time, day, origin, ordinal = rows["time"], rows["day"], rows["origin"], rows["ordinal"]
    part, begins = np.empty(count, dtype=np.int32), np.zeros(parts, dtype=np.int32)
    for i in range(count):
        part[i] = min(max(int((time[i] - midnight) * (parts / DAY)), 0), parts - 1)
        begins[part[i]] += 1
    end = 0
    for j in range(parts):
        end += begins[j]
        begins[j] = end
    times, order = np.empty(count), np.empty(count, dtype=np.int32)
    for i in range(count - 1, -1, -1):
        begins[part[i]] -= 1
        place = begins[part[i]]
        times[place] = time[i]
        order[place] = i
    for i in range(1, count):
        moment, row, place = times[i], order[i], i
        name = identity(day[row], origin[row], ordinal[row])
        while place > 0 and times[place - 1] >= moment:
            other = order[place - 1]
            if times[place - 1] == moment and name > identity(
                day[other], origin[other], ordinal[other]
            ):
                break
            times[place] = times[place - 1]
            order[place] = other
            place -= 1
        times[place] = moment
        order[place] = row
    ordered = np.empty_like(rows)
    for i in range(count):
        ordered[i] = rows[order[i]]
    return ordered


def joined(batches: Sequence[Rows]) -> Rows:
    """Batches of like rows, one after another."""
    rows: Rows = np.concatenate([_bare(batch) for batch in batches]).view(batches[0].dtype)
    return rows


def _bare(rows: Rows) -> Rows:
    """The same rows without their fields: NumPy moves these many times as fast."""
    return np.ascontiguousarray(rows).view(np.dtype((np.void, rows.dtype.itemsize)))


@rule(makes_arrays=True)
def identities(rows: Rows) -> Ints:
    """The identity of the issue that each row names."""
    names = np.empty(len(rows), dtype=np.int64)
    day, origin, ordinal = rows["day"], rows["origin"], rows["ordinal"]
    for i in range(len(rows)):
        names[i] = identity(day[i], origin[i], ordinal[i])
    return names


def within(rows: Rows, day: int) -> Rows:
    """The rows, in order, whose times lie within a simulated day."""
    begin, end = np.searchsorted(rows["time"], (day * DAY, (day + 1) * DAY))
    return rows[begin:end]


@rule(makes_arrays=True)
def on_ticks(times: Floats, grain: float) -> Floats:
    """Each time at the next tick of a clock (`sim.rules.order.on_clock`)."""
    ticks = np.empty(len(times))
    for i in range(len(times)):
        ticks[i] = on_clock(times[i], grain)
    return ticks
