"""The columns that measures name: for each kind of row the cells that each of them adds up.

Measures set columns against each other, so that one definition serves all kinds of rows. A column
says for each of its rows at which places among the cells (`sim.accounting.cells`) the numbers stand
that make it up; one at a negative place is taken away.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from sim.accounting.cells import BASE, KIND_COSTS, MONEY, PUT_OFF, Shapes
from sim.accounting.floor import FLOOR_TIME
from sim.accounting.handling import HANDLING
from sim.accounting.issues import BLAMED, ISSUES, LEAVING
from sim.accounting.repeats import REPEATS
from sim.accounting.traffic import ANSWERING, TRAFFIC
from sim.codes import CAUSES, CLOSINGS, FIRST, OPEN, OUTCOMES, WHYS
from sim.terms import Ints, Terms

Places = Mapping[str, Ints]
"""The places of the cells of each table, in the shape of the table."""
Table = Mapping[str, Ints]
"""The columns of one kind of row, each rows × places."""
ONE = 0
"""The place of the number 1, which is the denominator of a mean."""


def row_names(terms: Terms) -> dict[str, tuple[str, ...]]:
    """The rows of each kind. A closing is one of an issue that has closed."""
    names = terms.names
    return {
        "total": ("total",),
        "queue": names.queues,
        "team": names.teams,
        "reason": names.reasons,
        "segment": names.segments,
        "closing": CLOSINGS[:OPEN],
        "cause": CAUSES,
        "kind": WHYS,
    }


def places_of(shapes: Shapes) -> Places:
    """Where the cells of tables of these shapes stand."""
    places, first = {}, 0
    for name, shape in shapes:
        after = first + math.prod(shape)
        places[name] = np.arange(first, after).reshape(shape)
        first = after
    return places


def interval_tables(at: Places) -> Mapping[str, Table]:
    """The columns of the kinds of row that are told by interval: total, queue and team."""
    return {
        "total": {
            **_traffic(_together(at["contacts"])),
            **_handling(_together(at["time"])),
            **_named(FLOOR_TIME, _together(at["floor"])),
            "seconds": _row(at["seconds"]),
        },
        "queue": _traffic(_each(at["legs"])),
        "team": {
            **_answering(_each(at["answered"])),
            **_handling(_each(at["time"])),
            **_named(FLOOR_TIME, _each(at["floor"])),
            "seconds": np.tile(at["seconds"], (len(at["floor"]), 1)),
        },
    }


def whole_tables(at: Places) -> Mapping[str, Table]:
    """The columns of all kinds of row over the whole counted window."""
    told = interval_tables(at)
    segments = len(at["damage"])
    return {
        "total": {
            **told["total"],
            **_issues(_together(at["issues"])),
            **_named(REPEATS, _together(at["repeats"])),
            **_named(BASE, _together(at["base"])),
            **_named(PUT_OFF, _together(at["put_off"])),
            **_named(MONEY, _together(at["money"])),
            "damage": _row(at["damage"]),
            "messages": _row(at["messages"]),
            "false_alarms": _row(at["messages"][..., 1]),
            "reached": _row(at["reached"]),
            **_failure(at),
        },
        "queue": {**told["queue"], **_handling(_each(at["time_of_queues"]))},
        "team": {
            **told["team"],
            "resolved": _column(at["resolved_by"]),
            "cost": _column(at["costs"]),
        },
        "reason": {
            **_traffic(at["reasons"].swapaxes(0, 1)),
            **_handling(at["time_of_reasons"].swapaxes(0, 1)),
            **_issues(at["issues"].swapaxes(0, 1)),
            **_named(REPEATS, at["repeats"].swapaxes(0, 1)),
        },
        "segment": {
            **_traffic(at["reasons"][:segments]),
            **_handling(at["time_of_reasons"][:segments]),
            **_issues(at["issues"][:segments]),
            **_named(REPEATS, at["repeats"][:segments]),
            **_named(BASE, _each(at["base"])),
            "damage": _column(at["damage"]),
        },
        "closing": {
            "closed_issues": at["issues"][..., :OPEN].reshape(-1, OPEN).T,
            **_named(LEAVING, _each(at["closings"][:OPEN])),
        },
        "cause": _named(BLAMED, _each(at["causes"])),
        "kind": _kinds(at),
    }


# ------------------------------------------------------------------------- rows, parts and columns
# Every cell of a row's column is a part of its sum: places are laid out by row, part and column,
# and those of one column by row and part.


def _each(places: Ints) -> Ints:
    """By row and column: each row is a sum of one part."""
    return places[:, np.newaxis]


def _together(places: Ints) -> Ints:
    """By anything and column: all are parts of one row."""
    return places.reshape(1, -1, places.shape[-1])


def _column(places: Ints) -> Ints:
    """One column, a row for each place."""
    return places.reshape(-1, 1)


def _row(places: Ints) -> Ints:
    """One column, whose one row all places are parts of."""
    return places.reshape(1, -1)


def _named(names: Sequence[str], places: Ints) -> Table:
    return {name: places[..., column] for column, name in enumerate(names)}


def _sum(*columns: Ints) -> Ints:
    return np.concatenate(columns, axis=1)


def _traffic(places: Ints) -> Table:
    at = _named(TRAFFIC, places)
    offered = _sum(at["handled"], at["abandoned"], at["dropped"], at["waiting"])
    answered_waits = _sum(at["handled"], -at["waiting_again"])
    return {
        **at,
        "contacts_made": _sum(*(at[outcome] for outcome in OUTCOMES)),
        "offered": offered,
        "answered": _sum(at["handled"], at["answered_before"]),
        "served": _sum(at["answered_in_time"], at["met"]),
        "served_of": _sum(offered, -at["left_out"]),
        "waits": _sum(answered_waits, at["abandoned"], at["dropped"]),
        "wait": _sum(at["answered_wait"], at["abandoned_wait"]),
        "answered_waits": answered_waits,
    }


def _answering(places: Ints) -> Table:
    at = _named(ANSWERING, places)
    return {**at, "answered_waits": at["handled"]}


def _handling(places: Ints) -> Table:
    at = _named(HANDLING, places)
    return {**at, "handling": _sum(at["talk"], at["work"])}


def _issues(places: Ints) -> Table:
    at = _named(ISSUES, places)
    return {**at, "closed_issues": _sum(*(at[closing] for closing in CLOSINGS[:OPEN]))}


def _kinds(at: Places) -> Table:
    """Legs, agent time and cost by kind of contact."""
    return {
        "kind_legs": _column(at["kinds"]),
        "kind_time": at["time_of_kinds"].T,
        **_named(KIND_COSTS, _each(at["costs_of_kinds"])),
        "all_legs": np.tile(at["kinds"], (len(WHYS), 1)),
        "all_time": np.tile(at["time_of_kinds"].ravel(), (len(WHYS), 1)),
    }


def _failure(at: Places) -> Table:
    """The same of all kinds but first calls: failure demand."""
    kinds = _kinds(at)
    sums = ("kind_legs", "kind_time", *KIND_COSTS)
    return {
        **{name: _row(np.delete(kinds[name], FIRST, axis=0)) for name in sums},
        "all_legs": kinds["all_legs"][:1],
        "all_time": kinds["all_time"][:1],
    }
