"""Customers who come, go, are contacted, and remember."""

import math

import pytest

from sim.codes import (
    FALSE_ALARM,
    JOINED,
    LEFT_BASE,
    LEFT_SERVICE,
    LEFT_UNAVOIDABLE,
    MESSAGE_SENT,
    RECOVERY_CALL,
)
from sim.terms import DAY
from tests.unit.accounting.handmade import (
    Figures,
    a_calendar,
    an_issue,
    some_terms,
)

WITH_A_DAY_BEFORE = some_terms(a_calendar(1, warm_days=1))


def moved(what, time, segment=0):
    return {"customer": 1, "segment": segment, "what": what, "time": time}


def sent(kind, time, programme=0):
    return {"kind": kind, "time": time, "programme": programme}


def test_customers_at_end_are_those_at_start_with_joiners_and_without_leavers():
    moves = [
        moved(JOINED, 10.0),
        moved(JOINED, 20.0),
        moved(LEFT_SERVICE, 30.0),
        moved(JOINED, DAY),
        moved(LEFT_BASE, DAY + 1.0),
        moved(LEFT_SERVICE, DAY + 2.0),
        moved(LEFT_UNAVOIDABLE, DAY + 3.0),
        moved(LEFT_BASE, DAY + 3.0, segment=1),
    ]
    told = Figures(WITH_A_DAY_BEFORE, customers=moves)
    assert told("customers at start", "segment", "home") == 1001.0
    assert told("customers at end", "segment", "home") == 1001.0 + 1.0 - 3.0
    assert told("customers at end") == 999.0 + 99.0
    assert (told("joiners"), told("base leavers")) == (1.0, 2.0)


def test_the_yearly_share_lost_is_of_the_customers_at_start():
    issue = an_issue(arose=DAY, p=0.103, p0=0.003)
    told = Figures(WITH_A_DAY_BEFORE, issues=[issue], customers=[moved(JOINED, 10.0)])
    assert told("customers lost per year") == pytest.approx(0.1 / 1101.0 * 365.0)


def test_messages_and_customers_reached_count_when_they_go():
    rows = [
        sent(MESSAGE_SENT, DAY - 1.0),
        sent(MESSAGE_SENT, DAY),
        sent(FALSE_ALARM, DAY + 1.0),
        sent(RECOVERY_CALL, DAY + 2.0, programme=-1),
    ]
    told = Figures(WITH_A_DAY_BEFORE, outreach=rows)
    assert (told("messages"), told("false alarms"), told("customers reached")) == (2, 1, 1)


def test_damage_not_yet_booked_is_what_one_more_resolved_issue_would_cost():
    memory = [
        {"customer": 1, "segment": 0, "memory": math.log(2.0)},
        {"customer": 2, "segment": 1, "memory": math.log(3.0)},
    ]
    told = Figures(some_terms(base_leaving=0.2), memory=memory)
    # odds of 1 to 4 doubled and trebled: 1/3 and 3/7
    assert told("damage not yet booked", "segment", "home") == pytest.approx(1 / 3 - 0.2)
    assert told("damage not yet booked") == pytest.approx(1 / 3 + 3 / 7 - 0.4)


def test_nothing_is_remembered_where_leaving_is_switched_off():
    memory = [{"customer": 1, "segment": 0, "memory": 1.0}]
    told = Figures(some_terms(base_leaving=0.0), memory=memory)
    assert told("damage not yet booked") == 0.0
