"""Nothing disappears and nothing comes from nowhere (MODEL.md sections 9 and 10)."""

from itertools import pairwise
from math import isnan

import numpy as np

from sim.codes import (
    ABANDONED,
    BLOCKED,
    CONTAINED,
    DROPPED,
    FALSELY_CONTAINED,
    GAVE_UP,
    HANDLED,
    JOINED,
    LAPSED,
    NO_RESULT,
    OPEN,
    PENDING,
    PREEMPTED,
    REFUSED,
    RESOLVED,
    SILENT,
    SOLVED,
    TRANSFER,
    TRANSFERRED,
    TURNED_DOWN,
    UNRESOLVED,
    UNSOLVED,
    WAITING,
)
from sim.terms import DAY
from tests.properties.worlds import identity, rows_of

RESULT_OF = {
    RESOLVED: SOLVED,
    UNRESOLVED: UNSOLVED,
    REFUSED: TURNED_DOWN,
    GAVE_UP: NO_RESULT,
}


def test_every_issue_of_a_customer_who_is_there_has_one_row_and_no_other_has(world):
    """A customer who leaves over an issue that arises at that very instant was there for it, and
    for those of the instant that came before it."""
    customers, calendar = world.demand.customers, world.tables.terms.calendar
    arose = {identity(row): row["arose"] for row in world.issues}
    gone = {
        row["customer"]: (row["time"], identity(row) if row["origin"] >= 0 else None)
        for row in rows_of(world.logs.customers)
        if row["what"] != JOINED
    }
    expected = []
    for day in range(calendar.days):
        for row in rows_of(world.demand.issues_of(day)):
            customer, time, name = row["customer"], row["time"], identity(row)
            left, over = gone.get(customer, (np.inf, None))
            there = customer < 0 or customers.joined[customer] <= time <= left
            if there and time == left:
                there = over is not None and arose[over] == left and name <= over
            if there and time < calendar.horizon:
                expected.append(name)
    assert len(set(expected)) == len(expected)
    assert sorted(arose) == sorted(expected)
    assert len(arose) == len(world.issues)


def test_an_issue_counts_the_rows_of_its_contacts(world):
    assert set(world.legs) <= {identity(issue) for issue in world.issues}
    for issue in world.issues:
        rows = world.legs.get(identity(issue), [])
        contacts = [row for row in rows if row["last"]]
        assert [row["attempt"] for row in contacts] == list(range(1, issue["contacts"] + 1))
        assert issue["legs_handled"] == sum(not isnan(row["end_talk"]) for row in rows)
        assert issue["transfers"] == sum(row["result"] == TRANSFERRED for row in rows)
        assert issue["reached"] == sum(
            row["outcome"] == BLOCKED or row["leg"] > 0 for row in contacts
        )
        assert issue["abandoned"] == any(row["outcome"] in (ABANDONED, DROPPED) for row in rows)
        assert (issue["resolving_team"] >= 0) == any(row["result"] == SOLVED for row in rows)
        assert all(row["customer"] == issue["customer"] for row in rows)
        assert all(row["reason"] == issue["reason"] for row in rows)


def test_the_legs_of_a_contact_follow_each_other(world):
    for rows in world.legs.values():
        for before, row in pairwise(rows):
            if row["attempt"] > before["attempt"]:
                over = [before[name] for name in ("arrived", "end_wait", "end_talk")]
                assert before["last"] == 1
                assert row["leg"] <= 1
                assert row["arrived"] >= np.nanmax(over)
                continue
            wait = before["end_wait"] - before["joined"]
            assert (before["last"], before["result"], row["why"]) == (0, TRANSFERRED, TRANSFER)
            assert (row["leg"], row["answered_before"]) == (before["leg"] + 1, 1)
            assert row["arrived"] == before["arrived"]
            assert row["joined"] == before["end_talk"]
            assert row["waited_before"] == before["waited_before"] + wait
            assert row["first_queue"] == before["first_queue"]
            assert row["first_wait"] == before["first_wait"]


def test_an_issue_closes_by_what_came_of_its_last_contact(world):
    for issue in world.issues:
        closing, rows = issue["closing"], world.legs.get(identity(issue))
        if closing in (OPEN, LAPSED):
            continue
        if closing in (SILENT, PREEMPTED):
            assert rows is None
        elif rows is None:
            told = {RESOLVED: CONTAINED, UNRESOLVED: FALSELY_CONTAINED}
            assert issue["self_service"] == told[closing]
        else:
            last = rows[-1]
            ended = last["end_talk"] if last["outcome"] == HANDLED else last["end_wait"]
            assert last["result"] == RESULT_OF[closing]
            assert isnan(ended) or ended == issue["closed"]


def test_an_issue_waited_as_long_as_its_legs(world):
    for issue in world.issues:
        if issue["closing"] != OPEN:
            legs = world.legs.get(identity(issue), [])
            waits = [row["end_wait"] - row["joined"] for row in legs if row["leg"] > 0]
            assert abs(issue["waited"] - sum(waits)) < 1e-6


def test_offered_is_handled_and_abandoned_and_dropped_and_waiting(world):
    rows = world.logs.contacts
    joined = ~np.isnan(rows["joined"])
    assert np.array_equal(joined, rows["leg"] > 0)
    assert np.array_equal(joined, np.isin(rows["outcome"], (HANDLED, ABANDONED, DROPPED, WAITING)))
    assert np.array_equal(np.isnan(rows["end_wait"][joined]), rows["outcome"][joined] == WAITING)
    assert np.array_equal(rows["team"] >= 0, rows["outcome"] == HANDLED)


def test_times_come_in_their_order_and_before_the_horizon(world):
    horizon = world.tables.terms.calendar.horizon
    contacts, issues = world.logs.contacts, world.logs.issues
    steps = ["arrived", "joined", "end_wait", "end_talk", "end_work"]
    for rows, names in ((contacts, steps), (issues, ["arose", "closed", "decided"])):
        for before, after in pairwise(names):
            known = ~np.isnan(rows[after])
            assert (rows[before][known] <= rows[after][known]).all()
            assert (rows[after][known] < horizon).all()
    known = ~np.isnan(contacts["end_talk"])
    assert np.array_equal(known, contacts["result"] != NO_RESULT)


def test_an_issue_is_decided_when_it_closes_or_later_if_recovery_waits(world):
    rows = world.logs.issues
    undecided = (rows["closing"] == OPEN) | (rows["recovery"] == PENDING)
    assert np.array_equal(np.isnan(rows["decided"]), undecided)
    assert np.array_equal(np.isnan(rows["closed"]), rows["closing"] == OPEN)
    if world.tables.loyalty.on:
        booked = ~undecided & (rows["closing"] != LAPSED)
        assert not np.isnan(rows["p0"][booked & (rows["closed"] == rows["decided"])]).any()
        assert np.isnan(rows["p"][~booked]).all()
    else:
        assert np.isnan(rows["p"]).all()


def test_customers_leave_once_and_nothing_is_decided_for_them_afterwards(world):
    log = world.logs.customers
    left = log[log["what"] != JOINED]
    assert len(np.unique(left["customer"])) == len(left)
    when = dict(left[["customer", "time"]].tolist())
    for row in world.issues:
        if row["customer"] in when:
            assert row["arose"] <= when[row["customer"]]
            assert isnan(row["p"]) or row["decided"] <= when[row["customer"]]
    over = left[left["origin"] >= 0]
    decided = world.logs.issues[world.logs.issues["left"] == 1]
    assert sorted(map(identity, rows_of(over))) == sorted(map(identity, rows_of(decided)))
    assert (decided["unavoidable"] <= (decided["p0"] > 0)).all()


def test_the_rows_of_the_floor_tile_the_run_within_days(world):
    rows, horizon = world.logs.floor, world.tables.terms.calendar.horizon
    for team in range(len(world.tables.teams.keys)):
        own = rows[rows["team"] == team]
        assert own["start"][0] == 0
        assert own["end"][-1] == horizon
        assert np.array_equal(own["start"][1:], own["end"][:-1])
        assert (own["start"] // DAY == np.nextafter(own["end"], 0) // DAY).all()
        assert (own["floor"] >= 0).all()
        assert (own["overtime"] >= 0).all()
