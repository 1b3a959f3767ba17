"""First contact resolution as a dashboard sees it: by hand, and against a search of all rows."""

from dataclasses import replace

import numpy as np
import pytest

from sim.accounting.fold import add, empty
from sim.codes import (
    ABANDONED,
    BLOCKED,
    HANDLED,
    REDIAL,
    REPEAT,
    TRANSFER,
    TRANSFERRED,
    UNSOLVED,
    WAITING,
)
from sim.logs import CONTACT
from sim.terms import DAY
from tests.unit.accounting.handmade import (
    HOUR,
    NAN,
    Figures,
    a_calendar,
    a_contact,
    logs_of,
    rows_of,
    some_terms,
    turned_away,
)
from tests.unit.accounting.search import looked_back

TERMS = some_terms(a_calendar(30), fcr_window=7 * DAY)


def fcr(contacts, terms=TERMS, kind="total", row="total"):
    """Contacts that nothing followed, and contacts looked back on."""
    return Figures(terms, contacts=contacts).pair("FCR, as a dashboard sees it", kind, row)


def call(day, **fields):
    """A contact that one of the agents handles, at noon of a day."""
    return a_contact(arrived=day * DAY + 12 * HOUR, **fields)


def test_a_contact_that_nothing_follows_is_taken_for_resolved_whatever_came_of_it():
    assert fcr([call(1, result=UNSOLVED)]) == (1, 1)


@pytest.mark.parametrize(("days", "unfollowed"), [(6, 0), (7, 0), (7.001, 1)])
def test_a_contact_is_followed_by_one_that_arrives_within_the_window(days, unfollowed):
    assert fcr([call(1), call(1 + days)]) == (1 + unfollowed, 2)


def test_another_customer_or_another_reason_is_no_further_contact():
    rows = [call(1), call(2, customer=1), call(3, reason=1)]
    assert fcr(rows) == (3, 3)
    assert fcr(rows, kind="reason", row="fault") == (1, 1)
    assert fcr([*rows, call(4, reason=1)], kind="reason", row="fault") == (1, 2)


def test_only_contacts_handled_are_looked_back_on_but_any_contact_is_a_further_one():
    assert fcr([call(1, outcome=ABANDONED, end_wait=DAY + 13 * HOUR)]) == (0, 0)
    for further in (
        turned_away(BLOCKED, arrived=2 * DAY),
        a_contact(outcome=ABANDONED, arrived=2 * DAY, end_wait=2 * DAY + 60.0),
    ):
        assert fcr([call(1), further]) == (0, 1)


def test_a_contact_counts_if_its_window_ends_inside_the_run():
    """The horizon is at the midnight that ends day 29; noon of day 22.5 is seven days before it."""
    assert fcr([call(22.5)]) == (1, 1)
    assert fcr([call(22.6)]) == (0, 0)


def test_a_contact_that_cannot_be_looked_back_on_still_follows_others():
    assert fcr([call(20), call(26), call(29)]) == (0, 1)
    assert fcr([call(18), call(26), call(29)]) == (1, 1)


def test_a_run_shorter_than_the_window_says_nothing():
    assert fcr([call(1), call(2)], some_terms(a_calendar(6), fcr_window=7 * DAY)) == (0, 0)


def test_contacts_of_the_warm_up_are_not_looked_back_on():
    terms = some_terms(a_calendar(30, warm_days=3), fcr_window=7 * DAY)
    assert fcr([call(1), call(4)], terms) == (1, 1)


def test_a_transfer_is_no_further_contact():
    one = call(1, last=0, result=TRANSFERRED)
    two = a_contact(
        arrived=one["arrived"], joined=one["end_talk"], leg=2, why=TRANSFER, queue=1, team=1
    )
    assert fcr([one, two]) == (1, 1)


def test_without_segments_an_issue_is_followed_by_its_own_contacts_alone():
    terms = some_terms(a_calendar(30), segments=())
    own = {"segment": -1, "customer": -1}
    rows = [
        call(1, **own, ordinal=1, result=UNSOLVED),
        call(2, **own, ordinal=1, attempt=2, why=REPEAT, result=UNSOLVED),
        call(10, **own, ordinal=1, attempt=3, why=REPEAT),
        call(1, **own, ordinal=2),
        call(1, **own, ordinal=3, outcome=ABANDONED, end_wait=DAY + 13 * HOUR),
        call(2, **own, ordinal=3, attempt=2, why=REDIAL),
        call(1, **own, ordinal=4, origin=1, result=UNSOLVED),
    ]
    # of the first issue's three the first is followed; all others by nothing within seven days
    assert fcr(rows, terms) == (5, 6)


def test_a_customer_may_call_again_before_the_agent_has_done_with_the_call():
    """The row of a contact is written at the end of after-call work, that of the next one here
    before it."""
    for own in ({"segment": -1, "ordinal": 1}, {"segment": 0}):
        one = call(1, **own, result=UNSOLVED, end_work=DAY + 14 * HOUR)
        two = turned_away(BLOCKED, **own, arrived=DAY + 13 * HOUR, attempt=2, why=REPEAT)
        assert fcr([two, one], some_terms(a_calendar(30))) == (0, 1)


def test_a_contact_that_lasts_longer_than_a_day_is_left_out():
    long = a_contact(arrived=DAY, end_wait=2.1 * DAY)
    waits_still = a_contact(arrived=28 * DAY, outcome=WAITING, end_wait=NAN, first_wait=NAN)
    assert fcr([long]) == (0, 0)
    assert fcr([call(0.2), long]) == (1, 1)
    assert fcr([call(22), waits_still]) == (1, 1)
    assert fcr([a_contact(arrived=DAY, end_wait=1.9 * DAY)]) == (1, 1)


def test_a_long_contact_that_ends_after_a_later_one_stands_where_it_arrived():
    """In the order of ends: a short one of day 1, a short one of day 8.4, and one that arrived
    between them, within the window of the first, and lasted almost a day."""
    first, later = call(1), call(8.4)
    between = a_contact(arrived=8.2 * DAY, end_wait=9.1 * DAY, result=UNSOLVED)
    assert fcr([first, later]) == (2, 2)
    assert fcr([first, later, between]) == (1, 3)


# ------------------------------------------------------------------------------ against all rows


def contacts_by_chance(seed, days, contacts):
    """Contacts of few customers, many at once and some very long, in the order of their ends."""
    draw = np.random.default_rng(seed)
    rows = np.zeros(contacts, dtype=CONTACT)
    rows["arrived"] = draw.uniform(0.0, days * DAY, contacts)
    rows["outcome"] = draw.choice([HANDLED, HANDLED, ABANDONED, BLOCKED], contacts)
    rows["customer"] = draw.integers(0, contacts // 12, contacts)
    rows["segment"], rows["reason"] = rows["customer"] % 2, draw.integers(0, 2, contacts)
    rows["last"], rows["leg"], rows["attempt"], rows["result"] = 1, 1, 1, UNSOLVED
    ends = rows["arrived"] + draw.exponential(0.3 * DAY, contacts)
    under_way = ends >= days * DAY
    rows["outcome"][under_way & (rows["outcome"] == ABANDONED)] = WAITING
    blocked, waits_still = rows["outcome"] == BLOCKED, rows["outcome"] == WAITING
    ends = np.where(blocked, rows["arrived"], np.where(under_way, days * DAY, ends))
    rows["end_wait"] = np.where(blocked | waits_still, NAN, ends)
    rows["end_talk"] = rows["end_work"] = np.where(under_way, NAN, rows["end_wait"])
    return rows[np.argsort(ends, kind="stable")]


@pytest.mark.parametrize("batches", [1, 40])
@pytest.mark.parametrize("window", [0.4 * DAY, 2 * DAY, 7 * DAY])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_found_row_by_row_is_what_a_search_through_all_rows_finds(seed, window, batches):
    terms = some_terms(a_calendar(28, warm_days=2), fcr_window=window)
    rows = contacts_by_chance(seed, 30, 3000)
    counts = empty(terms)
    for batch in np.array_split(rows, batches):
        add(counts, replace(logs_of(), contacts=batch), terms)
    looked_back_on, followed = counts.repeats.sums.sum(axis=(0, 1))
    wanted = looked_back(rows, window, 2 * DAY, 30 * DAY)
    assert (looked_back_on - followed, looked_back_on) == wanted
    assert 0 < wanted[0] < wanted[1]


def test_what_is_remembered_does_not_grow_with_the_run():
    sizes = []
    for days in (40, 400):
        terms = some_terms(a_calendar(days), fcr_window=7 * DAY)
        counts = empty(terms)
        for day in range(days):
            rows = np.repeat(rows_of(CONTACT, [call(day)]), 500)
            rows["customer"] = day * 500 + np.arange(500)
            add(counts, replace(logs_of(), contacts=rows), terms)
        sizes.append(len(counts.repeats.arrivals))
        assert counts.repeats.sums.sum() == 500 * (days - 7)
    assert sizes[0] == sizes[1]
