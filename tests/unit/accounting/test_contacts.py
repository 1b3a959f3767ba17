"""Contacts, legs and waits on logs of a few rows, with figures computed by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sim.codes import (
    ABANDONED,
    ANSWERED,
    BLOCKED,
    CLOSED,
    COUNTED,
    DROPPED,
    EXCLUDED,
    HANDLED,
    HUNG_UP_IN_MENU,
    IN_MENU,
    MET,
    REDIAL,
    REPEAT,
    TRANSFER,
    TRANSFERRED,
    WAITING,
)
from sim.terms import DAY
from tests.unit.accounting.handmade import (
    A_PROMISE,
    FREE,
    NAN,
    NO_CONTRACT_TERMS,
    Figures,
    a_calendar,
    a_contact,
    at,
    counted,
    some_terms,
    turned_away,
)


def waiting(wait, **fields):
    arrived = fields.get("arrived", 0.0)
    return a_contact(**fields, end_wait=arrived + wait)


def transferred(*, first_wait, second_wait, second_outcome, arrived=0.0):
    """A contact answered in `general` and transferred to `faults`: its two rows."""
    answered = arrived + first_wait
    one = a_contact(
        arrived=arrived, last=0, result=TRANSFERRED, end_wait=answered, end_talk=answered + 100.0
    )
    two = a_contact(
        arrived=arrived,
        leg=2,
        why=TRANSFER,
        outcome=second_outcome,
        queue=1,
        team=1,
        joined=answered + 100.0,
        end_wait=answered + 100.0 + second_wait,
        waited_before=first_wait,
        answered_before=1,
        first_queue=0,
        first_wait=first_wait,
    )
    return [one, two]


FIVE = [
    waiting(0.0),
    waiting(20.0),  # exactly the threshold
    waiting(50.0),
    waiting(5.0, outcome=ABANDONED),  # before the threshold
    waiting(95.0, outcome=ABANDONED),
]


def test_offered_is_handled_and_abandoned_and_still_waiting():
    still = a_contact(outcome=WAITING, end_wait=NAN, first_wait=30.0)
    told = Figures(some_terms(), contacts=[*FIVE, waiting(9.0, outcome=DROPPED), still])
    parts = [told(name) for name in ("handled", "abandoned", "still waiting", "dropped")]
    assert parts == [3.0, 3.0, 1.0, 1.0]
    assert told("offered") == 7.0
    assert told.pair("abandonment") == (3.0, 7.0)


def test_blocked_closed_and_menu_contacts_are_not_offered():
    codes = (BLOCKED, CLOSED, HUNG_UP_IN_MENU, IN_MENU)
    told = Figures(some_terms(), contacts=[*(turned_away(code) for code in codes), *FIVE])
    assert [told(name) for name in ("blocked", "closed", "menu hang-ups", "in the menu")] == [1] * 4
    assert told("contacts") == 9.0
    assert told("offered") == 5.0
    assert told("blocked", "queue", "general") == 1.0


def test_first_calls_are_first_attempts_whatever_came_of_them():
    rows = [turned_away(BLOCKED), a_contact(attempt=2, why=REDIAL), a_contact(), *FIVE[3:]]
    assert Figures(some_terms(), contacts=rows)("first calls") == 4.0


@pytest.mark.parametrize(
    ("rule", "own"),
    [(COUNTED, (2, 5)), (EXCLUDED, (2, 4)), (MET, (3, 5)), (ANSWERED, (2, 3))],
)
def test_each_rule_of_the_service_level_treats_early_abandons_its_own_way(rule, own):
    told = Figures(some_terms(rules=(rule, COUNTED)), contacts=FIVE)
    assert told.pair("service level") == own
    assert told.pair("service level", "queue", "general") == own
    assert told.pair("service level, counted") == (2, 5)
    assert told.pair("service level, excluded") == (2, 4)
    assert told.pair("service level, met") == (3, 5)
    assert told.pair("service level, answered") == (2, 3)


@pytest.mark.parametrize(
    ("rule", "own"),
    [(COUNTED, (2, 6)), (EXCLUDED, (2, 5)), (MET, (3, 6)), (ANSWERED, (2, 3))],
)
def test_who_waits_still_counts_against_a_service_level_unless_it_is_of_the_answered(rule, own):
    still = a_contact(outcome=WAITING, end_wait=NAN)
    told = Figures(some_terms(rules=(rule, COUNTED)), contacts=[*FIVE, still])
    assert told.pair("service level") == own
    assert told.pair("service level", "reason", "invoice") == own
    assert told.pair("service level", "queue", "general") == own


@pytest.mark.parametrize("rule", [COUNTED, EXCLUDED, MET, ANSWERED])
@pytest.mark.parametrize("outcome", [HANDLED, ABANDONED, DROPPED, WAITING])
def test_whatever_comes_of_a_transfer_the_contact_was_answered_by_every_rule(rule, outcome):
    wait = NAN if outcome == WAITING else 5.0
    rows = transferred(first_wait=10.0, second_wait=wait, second_outcome=outcome)
    told = Figures(some_terms(rules=(rule, rule)), contacts=rows)
    assert told.pair("service level") == (1, 1)
    assert told.pair("service level", "segment", "home") == (1, 1)
    assert told.pair("service level, answered") == (1, 1)


def test_the_total_pools_queues_with_rules_and_thresholds_of_their_own():
    rows = [waiting(5.0, outcome=ABANDONED), waiting(50.0), waiting(50.0, queue=1)]
    told = Figures(some_terms(rules=(EXCLUDED, MET)), contacts=rows)
    # general: 0 of 2 - 1; faults (within 60 s): 1 of 1
    assert told.pair("service level") == (1, 2)
    assert told.pair("service level", "queue", "faults") == (1, 1)


def test_waits_are_of_those_whose_waiting_is_over():
    still = a_contact(outcome=WAITING, end_wait=NAN, first_wait=1000.0)
    told = Figures(some_terms(), contacts=[*FIVE, still])
    assert told.pair("ASA") == (70.0, 3.0)
    assert told.pair("mean wait") == (170.0, 5.0)


def test_a_contact_handled_on_both_legs_counts_once_and_each_leg_in_its_queue():
    rows = transferred(first_wait=10.0, second_wait=30.0, second_outcome=HANDLED)
    told = Figures(some_terms(), contacts=rows)
    assert told("offered") == told("handled") == 1.0
    assert told.pair("ASA") == (40.0, 1.0)
    assert told.pair("service level") == (1, 1)
    assert told.pair("mean wait", "queue", "general") == (10.0, 1.0)
    assert told.pair("mean wait", "queue", "faults") == (30.0, 1.0)
    assert told("handled", "team", "frontline") == told("handled", "team", "specialists") == 1.0
    assert told("first calls", "queue", "faults") == 0.0
    # 100 + 60 s with the first agent, 240 + 60 s with the second, of one handled contact
    assert told.pair("AHT") == (460.0, 1.0)
    assert told.pair("AHT", "team", "specialists") == (300.0, 1.0)
    assert told.pair("resolved per contact") == (1.0, 1.0)
    assert told.pair("resolved per contact", "team", "frontline") == (0.0, 1.0)


def test_a_contact_abandoned_on_a_later_leg_is_abandoned_but_was_answered_in_time():
    rows = transferred(first_wait=10.0, second_wait=30.0, second_outcome=ABANDONED)
    told = Figures(some_terms(), contacts=rows)
    assert (told("handled"), told("abandoned")) == (0.0, 1.0)
    assert told.pair("service level") == (1, 1)
    assert told.pair("service level, answered") == (1, 1)
    assert told.pair("mean wait") == (40.0, 1.0)
    assert told.pair("ASA") == (0.0, 0.0)
    assert told("handled", "queue", "general") == told("abandoned", "queue", "faults") == 1.0


def test_the_service_level_of_a_contact_is_that_of_its_first_leg_in_its_first_queue():
    rows = transferred(first_wait=50.0, second_wait=0.0, second_outcome=HANDLED)
    told = Figures(some_terms(within=(20.0, 60.0)), contacts=rows)
    assert told.pair("service level") == (0, 1)
    assert told.pair("service level", "queue", "faults") == (1, 1)


def test_who_waits_for_a_second_agent_at_the_horizon_has_been_handled():
    rows = transferred(first_wait=10.0, second_wait=NAN, second_outcome=WAITING)
    told = Figures(some_terms(), contacts=rows)
    assert (told("handled"), told("still waiting")) == (1.0, 0.0)
    assert told("still waiting", "queue", "faults") == 1.0
    assert told.pair("mean wait") == (0.0, 0.0)


def test_the_order_of_legs_in_the_log_does_not_matter():
    rows = transferred(first_wait=10.0, second_wait=30.0, second_outcome=ABANDONED)
    forth, back = (Figures(some_terms(), contacts=r) for r in (rows, rows[::-1]))
    assert np.array_equal(forth.top, back.top)
    assert np.array_equal(forth.bottom, back.bottom)


def test_a_contact_counts_in_the_interval_in_which_it_arrived():
    late = waiting(120.0, arrived=at(9, 29))
    told = Figures(some_terms(), contacts=[late])
    assert told("offered", interval="Mon 09:00") == told("handled", interval="Mon 09:00") == 1.0
    assert told("offered", interval="Mon 09:30") == 0.0
    assert told("handled", "team", "frontline", "Mon 09:00") == 1.0


def test_an_interval_without_calls_has_no_service_level_and_no_wait():
    told = Figures(some_terms(), contacts=FIVE)
    for name in ("service level", "abandonment", "mean wait", "ASA"):
        assert told.pair(name, interval="Mon 04:00") == (0.0, 0.0)
        assert told.pair(name, "queue", "faults", "Mon 00:00") == (0.0, 0.0)


def test_contacts_of_the_warm_up_are_not_counted():
    terms = some_terms(a_calendar(1, warm_days=1))
    before = waiting(120.0, arrived=DAY - 60.0)
    told = Figures(terms, contacts=[before, waiting(0.0, arrived=DAY)])
    assert told("offered") == 1.0
    # but the agent's time of both is: 300 s each, all after midnight
    assert told("handling hours") * 3600.0 == 600.0


def test_reasons_and_segments_tell_the_same_contacts_apart():
    rows = [waiting(0.0, reason=1), waiting(50.0), waiting(9.0, segment=1, outcome=ABANDONED)]
    told = Figures(some_terms(), contacts=rows)
    assert told("offered", "reason", "fault") == told("offered", "segment", "business") == 1.0
    assert told("offered", "reason", "invoice") == told("offered", "segment", "home") == 2.0
    assert told.pair("service level", "reason", "invoice") == (0, 2)
    assert told.pair("AHT", "reason", "fault") == (300.0, 1.0)
    assert told.pair("AHT", "segment", "home") == (600.0, 2.0)
    assert told.pair("AHT", "segment", "business") == (0.0, 0.0)


def test_customers_without_a_segment_count_in_all_other_rows():
    told = Figures(some_terms(segments=()), contacts=[waiting(0.0, segment=-1)])
    assert told("offered") == told("offered", "reason", "invoice") == 1.0
    assert not any(line.row_kind == "segment" for line in told.lines)
    means = np.array([line.estimator == "mean" for line in told.lines])
    assert np.all(told.bottom[means] == 1.0)


def test_failure_demand_is_all_but_first_calls_of_value_with_transfers_as_contacts():
    rows = [
        *transferred(first_wait=0.0, second_wait=0.0, second_outcome=HANDLED),  # 160 s and 300 s
        a_contact(attempt=2, why=REPEAT),  # 300 s
        waiting(9.0, attempt=2, why=REDIAL, outcome=ABANDONED),
        turned_away(CLOSED),
    ]
    told = Figures(some_terms(), contacts=rows)
    assert told.pair("failure demand, share of contacts") == (3, 4)
    assert told.pair("failure demand, share of contacts", "kind", "redial") == (1, 4)
    assert told.pair("failure demand, share of contacts", "kind", "first") == (1, 4)
    assert told.pair("failure demand, share of handling time") == (600.0, 760.0)
    assert told.pair("failure demand, share of handling time", "kind", "transfer") == (300.0, 760.0)


def test_a_contract_s_service_level_is_of_the_legs_in_its_queues_by_month_of_arrival():
    contract = replace(
        NO_CONTRACT_TERMS,
        malus=replace(A_PROMISE, queues=(1,), within=30.0),
        bonus=replace(A_PROMISE, queues=(0, 1), within=9.0),
    )
    calendar = a_calendar(2, month_of_day=[0, 1], month_shares=(0.03, 0.03))
    terms = some_terms(calendar, teams=(FREE, replace(FREE, contract=contract)))
    rows = [
        waiting(30.0, queue=1),
        waiting(31.0, queue=1),
        waiting(10.0, queue=1, outcome=ABANDONED),
        waiting(10.0, queue=0),
        waiting(0.0, queue=1, arrived=DAY),
        turned_away(BLOCKED, queue=1),
    ]
    promised = counted(terms, contacts=rows).promises.months
    assert promised[:, 0].tolist() == [[1, 1, 3, 2], [1, 0, 1, 1]]
    assert promised[:, 1].tolist() == [[0, 0, 4, 3], [1, 0, 1, 1]]
