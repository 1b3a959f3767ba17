"""All that happened in a replication, in the order in which it is told."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.codes import (
    ABANDONED,
    CLOSED,
    DROPPED,
    HANDLED,
    HUNG_UP_IN_MENU,
    IN_MENU,
    JOINED,
    LAPSED,
    LEFT_BASE,
    PENDING,
    RECOVERY_CALL,
    WAITING,
)
from sim.demand.incidents import occurrences_of
from sim.logs import Rows
from sim.report.trace.chronicle import Chronicle
from sim.tables.tables import Floats, Ints

KINDS = (
    "hours",
    "floor",
    "incident",
    "talk_ends",
    "moves",
    "outreach",
    "arises",
    "calls",
    "turned_away",
    "joins",
    "leaves_line",
    "answered",
    "closes",
    "decides",
    "horizon",
)
"""Kinds of moments, in the order in which those of one instant are told: causes first."""
(
    HOURS,
    FLOOR,
    INCIDENT,
    TALK_ENDS,
    MOVES,
    OUTREACH,
    ARISES,
    CALLS,
    TURNED_AWAY,
    JOINS,
    LEAVES_LINE,
    ANSWERED,
    CLOSES,
    DECIDES,
    HORIZON,
) = range(len(KINDS))

OF_THE_CENTRE = (HOURS, FLOOR, INCIDENT)
OF_LEGS = (TALK_ENDS, CALLS, TURNED_AWAY, JOINS, LEAVES_LINE, ANSWERED, HORIZON)
OF_ISSUES = (ARISES, CLOSES, DECIDES)
"""The kinds by what their rows are of; those of MOVES and OUTREACH are of logs of their own."""

MOMENT = np.dtype([("time", "f8"), ("kind", "i4"), ("row", "i8")])
"""When, what, and which row of the log (or which queue or incident) it is about."""


class _Found(NamedTuple):
    kind: int
    times: Floats
    rows: Ints


def moments_of(chronicle: Chronicle) -> Rows:
    """Every moment that is told (`MOMENT`), in order."""
    found = [*_of_the_centre(chronicle), *_of_customers(chronicle)]
    found += [*_of_contacts(chronicle), *_of_issues(chronicle)]
    moments = np.zeros(sum(len(one.rows) for one in found), dtype=MOMENT)
    end = 0
    for one in found:
        begin, end = end, end + len(one.rows)
        moments["time"][begin:end] = one.times
        moments["kind"][begin:end] = one.kind
        moments["row"][begin:end] = one.rows
    ordered: Rows = moments[np.lexsort((moments["row"], moments["kind"], moments["time"]))]
    return ordered


def _of_the_centre(chronicle: Chronicle) -> Iterator[_Found]:
    """Queues that open and close, the floor where it changes, and incidents."""
    queues, horizon = chronicle.tables.queues, chronicle.tables.terms.calendar.horizon
    for queue, moments in enumerate(zip(queues.opens, queues.closes, strict=True)):
        times = np.concatenate(moments)
        times = times[(times >= 0.0) & (times < horizon)]
        yield _Found(HOURS, times, np.full(len(times), queue))
    floor = chronicle.logs.floor
    order = np.lexsort((floor["start"], floor["team"]))
    changes = np.ones(len(order), dtype=bool)
    same_team = floor["team"][order][1:] == floor["team"][order][:-1]
    changes[1:] = ~same_team | (np.diff(floor["floor"][order]) != 0.0)
    rows = order[changes]
    yield _Found(FLOOR, floor["start"][rows], rows)
    run = chronicle.tables, chronicle.demand.seed, chronicle.demand.replication
    for incident in range(len(chronicle.tables.incidents.keys)):
        times = np.array([when for when, _ in occurrences_of(*run, incident)], dtype=np.float64)
        yield _Found(INCIDENT, times, np.full(len(times), incident))


def _of_customers(chronicle: Chronicle) -> Iterator[_Found]:
    """Customers who join, or leave for reasons of their own, and messages to them. (Who is
    contacted after a bad closing decides at that moment, which tells of it.)"""
    moves, outreach = chronicle.logs.customers, chronicle.logs.outreach
    rows = np.flatnonzero(np.isin(moves["what"], (JOINED, LEFT_BASE)))
    yield _Found(MOVES, moves["time"][rows], rows)
    rows = np.flatnonzero(outreach["kind"] != RECOVERY_CALL)
    yield _Found(OUTREACH, outreach["time"][rows], rows)


def _of_contacts(chronicle: Chronicle) -> Iterator[_Found]:
    """Contacts from dialling to hanging up."""
    legs, horizon = chronicle.legs, chronicle.tables.terms.calendar.horizon
    outcome, all_rows = legs["outcome"], np.arange(len(legs))

    def found(kind: int, field: str, chosen: npt.NDArray[np.bool_]) -> _Found:
        rows = np.flatnonzero(chosen & ~np.isnan(legs[field]))
        return _Found(kind, legs[field][rows], rows)

    first = chronicle.contact_of_leg == all_rows
    yield found(CALLS, "arrived", first & (legs["arrived"] != legs["joined"]))
    yield found(JOINS, "joined", legs["leg"] > 0)
    waited = legs["end_wait"] > legs["joined"]
    yield found(ANSWERED, "end_wait", waited & (outcome == HANDLED))
    yield found(LEAVES_LINE, "end_wait", np.isin(outcome, (ABANDONED, DROPPED)))
    yield found(TALK_ENDS, "end_talk", outcome == HANDLED)
    in_menu = (outcome == HUNG_UP_IN_MENU) | ((outcome == CLOSED) & chronicle.was_open)
    rows = np.flatnonzero(in_menu)
    yield _Found(TURNED_AWAY, legs["arrived"][rows] + chronicle.tables.menu, rows)
    talking = (outcome == HANDLED) & np.isnan(legs["end_talk"])
    rows = np.flatnonzero(talking | np.isin(outcome, (WAITING, IN_MENU)))
    yield _Found(HORIZON, np.full(len(rows), horizon), rows)


def _of_issues(chronicle: Chronicle) -> Iterator[_Found]:
    """Issues that nobody calls about, closings that a contact does not tell, and decisions; what
    is decided when it arises is told once."""
    issues = chronicle.issues
    closed, decided, closing = issues["closed"], issues["decided"], issues["closing"]
    is_decided = ~np.isnan(issues["p"])
    at_once = is_decided & (decided == issues["arose"])
    rows = np.flatnonzero((issues["contacts"] == 0) & ~at_once)
    yield _Found(ARISES, issues["arose"][rows], rows)
    later = (is_decided & (decided > closed)) | (issues["recovery"] == PENDING)
    rows = np.flatnonzero(later | (closing == LAPSED))
    yield _Found(CLOSES, closed[rows], rows)
    rows = np.flatnonzero(is_decided)
    yield _Found(DECIDES, decided[rows], rows)
