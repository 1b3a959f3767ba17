"""Counting by simulated day: contacts where they arrived, issues where they closed."""

import numpy as np
import pytest

from sim.accounting.daily import SERIES, count_days, no_days
from sim.codes import ABANDONED, DROPPED, HANDLED, OPEN, RESOLVED
from sim.terms import DAY
from tests.unit.accounting.handmade import a_contact, an_issue, logs_of

NAMES = [one.measure for one in SERIES]


def counted(*, contacts=(), issues=(), days=3):
    """Numerators and denominators by the name of the measure."""
    sums = no_days(days)
    count_days(sums, logs_of(contacts=contacts, issues=issues))
    return dict(zip(NAMES, sums, strict=True))


def test_a_contact_counts_on_the_day_on_which_it_arrived():
    late = DAY - 10.0
    found = counted(
        contacts=[
            a_contact(arrived=late, joined=late, end_wait=late + 30.0, outcome=HANDLED, leg=1),
            a_contact(arrived=DAY, joined=DAY, end_wait=DAY + 5.0, outcome=ABANDONED, leg=1),
            a_contact(arrived=DAY, joined=DAY, end_wait=DAY + 7.0, outcome=DROPPED, leg=1),
        ]
    )
    assert found["mean wait"].tolist() == [[30.0, 12.0, 0.0], [1.0, 2.0, 0.0]]
    assert found["abandonment"].tolist() == [[0.0, 2.0, 0.0], [1.0, 2.0, 0.0]]


def test_who_reached_no_queue_or_waits_still_does_not_count():
    found = counted(
        contacts=[
            a_contact(arrived=5.0, joined=np.nan, end_wait=np.nan, outcome=HANDLED, leg=0),
            a_contact(arrived=5.0, joined=5.0, end_wait=np.nan, outcome=HANDLED, leg=1),
        ]
    )
    assert not found["mean wait"].any()


def test_an_issue_counts_on_the_day_on_which_it_closed():
    found = counted(
        issues=[
            an_issue(arose=5.0, closed=2 * DAY, closing=RESOLVED, contacts=3, p=0.02, p0=0.005),
            an_issue(
                arose=5.0, closed=DAY + 1.0, closing=RESOLVED, contacts=0, p=np.nan, p0=np.nan
            ),
            an_issue(arose=5.0, closed=np.nan, closing=OPEN, contacts=1, p=np.nan, p0=np.nan),
            an_issue(arose=5.0, closed=3 * DAY, closing=RESOLVED, contacts=1, p=0.5, p0=0.0),
        ]
    )
    assert found["contacts per issue"].tolist() == [[0.0, 0.0, 3.0], [0.0, 0.0, 1.0]]
    lost, closed = found["customers lost per 1,000 issues"]
    assert lost.tolist() == [0.0, 0.0, pytest.approx(15.0)]
    assert closed.tolist() == [0.0, 1.0, 1.0]
