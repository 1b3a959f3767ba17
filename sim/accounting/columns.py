"""The columns that measures name: for each kind of row the cells that each of them adds up.

Measures set columns against each other, so that one definition serves all kinds of rows. A column
says for each of its rows at which places among the cells (`sim.accounting.cells`) the numbers stand
that make it up; one at a negative place is taken away.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from sim.accounting.cells import BASE, MONEY, PUT_OFF, Shapes
from sim.accounting.floor import FLOOR_TIME
from sim.accounting.handling import HANDLING
from sim.accounting.issues import ISSUES, LEAVING
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
            **_traffic(at["contacts"][np.newaxis, np.newaxis]),
            **_handling(at["time"][np.newaxis]),
            **_named(FLOOR_TIME, at["floor"][np.newaxis]),
            "seconds": at["seconds"][np.newaxis],
        },
        "queue": _traffic(at["legs"][:, np.newaxis]),
        "team": {
            **_answering(at["answered"][:, np.newaxis]),
            **_handling(at["time"][:, np.newaxis]),
            **_named(FLOOR_TIME, at["floor"][:, np.newaxis]),
            "seconds": np.repeat(at["seconds"][np.newaxis], len(at["floor"]), axis=0),
        },
    }


def whole_tables(at: Places) -> Mapping[str, Table]:
    """The columns of all kinds of row over the whole counted window."""
    told = interval_tables(at)
    segments = len(at["damage"])
    return {
        "total": {
            **told["total"],
            **_issues(at["issues"].reshape(1, -1, len(ISSUES))),
            **_named(BASE, at["base"][np.newaxis]),
            **_named(MONEY, at["money"][np.newaxis, np.newaxis]),
            "damage": at["damage"][np.newaxis],
            "messages": at["messages"].reshape(1, -1),
            "false_alarms": at["messages"][..., 1].reshape(1, -1),
            "reached": at["reached"][np.newaxis],
            **_named(PUT_OFF, at["put_off"][np.newaxis, np.newaxis]),
            **_failure(at),
        },
        "queue": {**told["queue"], **_handling(at["time_of_queues"][:, np.newaxis])},
        "team": {
            **told["team"],
            "resolved": at["resolved_by"][:, np.newaxis],
            "cost": at["costs"][:, np.newaxis],
        },
        "reason": {
            **_traffic(at["reasons"].swapaxes(0, 1)),
            **_handling(at["time_of_reasons"].swapaxes(0, 1)),
            **_issues(at["issues"].swapaxes(0, 1)),
        },
        "segment": {
            **_traffic(at["reasons"][:segments]),
            **_handling(at["time_of_reasons"][:segments]),
            **_issues(at["issues"][:segments]),
            **_named(BASE, at["base"][:, np.newaxis]),
            "damage": at["damage"][:, np.newaxis],
        },
        "closing": {
            "closed_issues": at["issues"][..., :OPEN].reshape(-1, OPEN).T,
            **_named(LEAVING, at["closings"][:OPEN, np.newaxis]),
        },
        "cause": {"lost_expected": at["causes"][:, np.newaxis]},
        "kind": _kinds(at),
    }


def _named(columns: Sequence[str], places: Ints) -> Table:
    """Columns by name, of places by row, part and column."""
    return {name: places[..., column] for column, name in enumerate(columns)}


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
        "wait": _sum(at["answered_wait"], at["abandoned_wait"]),
        "waits": _sum(answered_waits, at["abandoned"], at["dropped"]),
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
    every = (len(WHYS), 1)
    return {
        "kind_legs": at["kinds"][:, np.newaxis],
        "kind_time": at["time_of_kinds"].T,
        "kind_cost": at["costs_of_kinds"][:, np.newaxis],
        "all_legs": np.tile(at["kinds"], every),
        "all_time": np.tile(at["time_of_kinds"].ravel(), every),
    }


def _failure(at: Places) -> Table:
    """The same of all kinds but first calls: failure demand."""
    kinds = _kinds(at)
    sums = ("kind_legs", "kind_time", "kind_cost")
    return {
        **{name: np.delete(kinds[name], FIRST, axis=0).reshape(1, -1) for name in sums},
        "all_legs": kinds["all_legs"][:1],
        "all_time": kinds["all_time"][:1],
    }
