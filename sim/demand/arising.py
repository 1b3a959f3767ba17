"""Issues that arise by themselves: how many on a day, when, and whose (MODEL.md sections 2, 11)."""

import math

import numpy as np

from sim.codes import LEVEL
from sim.demand.customers import Customers
from sim.demand.order import joined
from sim.jit import rule
from sim.logs import ARISING, Rows
from sim.rules.draws import block
from sim.rules.order import on_clock
from sim.tables.tables import Floats, Ints, Tables
from sim.terms import DAY

QUARTER = 900.0
HINTS = 256


def issues_by_themselves(
    tables: Tables, customers: Customers, busyness: float, seed: int, replication: int, day: int
) -> Rows:
    """The issues of a simulated day that no incident brings (`logs.ARISING`), stream by stream;
    `busyness` is the day's factor on all volumes."""
    streams = tables.streams
    date = day - tables.terms.calendar.warm_days
    volumes = streams.volume[:, day] * busyness * _growth(tables, customers)
    rows = np.empty(_enough_for(float(volumes.sum())), dtype=ARISING)
    hints = np.empty(HINTS, dtype=np.int64)
    end = 0
    for stream, segment in enumerate(streams.segment.tolist()):
        first, size = 0, 0
        if segment >= 0:
            first = int(customers.first[segment])
            size = int(customers.first[segment + 1]) - first
        reason = int(streams.reason[stream])
        begin, end = end, -1
        while end < 0:
            end = _arise(
                rows,
                begin,
                seed,
                replication,
                int(streams.keys[stream]),
                date,
                day * DAY,
                float(volumes[stream]),
                streams.shapes[streams.shape[stream, day]],
                hints,
                int(streams.origin[stream]),
                first,
                size,
                segment,
                reason,
                int(tables.reasons.why[reason]),
                tables.grain,
            )
            if end < 0:
                rows = joined([rows, np.empty_like(rows)])
    return rows[:end]


def _growth(tables: Tables, customers: Customers) -> Floats:
    """For each stream, how many times the initial base its candidates are drawn for: everybody who
    is a customer at some time."""
    growth = np.ones(len(tables.streams.segment))
    of_segment = np.diff(customers.first) / np.maximum(tables.people.initial, 1)
    has_customers = tables.streams.segment >= 0
    growth[has_customers] = of_segment[tables.streams.segment[has_customers]]
    return growth


def _enough_for(expected: float) -> int:
    """Room for a Poisson number of this mean; in one case of some hundred million too little."""
    return int(expected + 6.0 * math.sqrt(expected)) + 64


@rule
def _arise(
    rows: Rows,
    begin: int,
    seed: int,
    replication: int,
    key: int,
    date: int,
    midnight: float,
    volume: float,
    shape: Floats,
    hints: Ints,
    origin: int,
    first: int,
    size: int,
    segment: int,
    reason: int,
    why: int,
    grain: float,
) -> int:
    """Writes one stream's issues of a day into `rows` from index `begin` on; returns the index
    after the last, or -1 if there is no room for them.

    Candidate k happens if its level, a running sum of k + 1 unit exponentials, is below the day's
    volume: a Poisson number in which more volume only adds issues. `first` and `size` are of the
    segment's customers; without segments nobody is named.
    """
    _hint(hints, shape)
    level, place = 0.0, begin
    while True:
        ordinal = place - begin
        u, moment, customer, _ = block(seed, replication, key, date, ordinal, 0, 0, LEVEL // 4)
        level -= math.log(u)
        if level >= volume:
            return place
        if place >= len(rows):
            return -1
        row = rows[place]
        row["day"] = date
        row["origin"] = origin
        row["ordinal"] = ordinal
        row["customer"] = first + min(int(customer * size), size - 1) if segment >= 0 else -1
        row["segment"] = segment
        row["reason"] = reason
        row["why"] = why
        row["time"] = on_clock(midnight + moment_of_day(shape, hints, moment), grain)
        row["told"] = math.inf
        place += 1


@rule
def _hint(hints: Ints, shape: Floats) -> None:
    """Writes for each of the equal parts of [0, 1], as many as there are hints, the last quarter of
    an hour by whose beginning no more than that share of the day's issues has arisen."""
    low = 0
    for part in range(len(hints)):
        while shape[low + 1] <= part / len(hints):
            low += 1
        hints[part] = low


@rule
def moment_of_day(shape: Floats, hints: Ints, u: float) -> float:
    """The second of the day at which a share `u` of its issues has arisen.

    `shape` holds 97 cumulative shares, one at each quarter of an hour; `hints` say where in it to
    begin to look.
    """
    low = hints[int(u * len(hints))]
    while shape[low + 1] <= u:
        low += 1
    return QUARTER * float(low + (u - shape[low]) / (shape[low + 1] - shape[low]))
