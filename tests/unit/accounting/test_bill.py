"""The bill, item by item, against amounts worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.accounting.bill import TOTALS, amounts, items, team_costs, totals
from sim.codes import (
    ABANDONED,
    ANSWERED,
    COUNTED,
    EXCLUDED,
    FAILED,
    FALSE_ALARM,
    GAVE_UP,
    LAPSED,
    MESSAGE_SENT,
    MET,
    RECOVERY_CALL,
)
from sim.terms import DAY, FixPrice, TeamPrice, WordOfMouth
from tests.unit.accounting.handmade import (
    A_PROMISE,
    FREE,
    HOUR,
    NO_CONTRACT_TERMS,
    Figures,
    a_calendar,
    a_contact,
    a_floor,
    an_issue,
    at,
    counted,
    some_terms,
)

IN_HOUSE = TeamPrice(wage=20.0, on_cost=0.3, seat=4.0, overtime=1.5, contract=None)
TWO_MONTHS = a_calendar(2, month_of_day=[0, 1], month_shares=(0.1, 0.2), month_discount=[1.0, 0.99])
TOLD = WordOfMouth(told=5.0, prospects=0.1, put_off=0.2, pool_per_year=1e9, acquisition_cost=400.0)


def vendor(**contract):
    return replace(FREE, contract=replace(NO_CONTRACT_TERMS, **contract))


def billed(terms, **logs):
    """Quantity and amount of each item by what, who and month."""
    quantities, sums = amounts(counted(terms, **logs), terms)
    every = items(terms)
    keys = [(item.what, item.who, item.month) for item in every]
    assert len(set(keys)) == len(keys)
    for item, quantity, amount in zip(every, quantities, sums, strict=True):
        if item.price is not None:
            assert amount == quantity * item.price
        else:
            assert item.how
    return {key: (float(q), float(a)) for key, q, a in zip(keys, quantities, sums, strict=True)}


def test_in_house_pay_is_wage_with_on_cost_and_seat_per_paid_hour():
    terms = some_terms(TWO_MONTHS, teams=(IN_HOUSE, FREE), base_leaving=0.0)
    floor = [
        a_floor(0, at(8), at(10), 7.0, paid=10.0, overtime=1800.0),
        a_floor(0, at(8, day=1), at(9, day=1), 7.0, paid=10.0),
        a_floor(1, at(8), at(10), 9.0),
    ]
    assert billed(terms, floor=floor) == {
        ("pay", "frontline", "month 1"): pytest.approx((20.0, 600.0)),
        ("pay", "frontline", "month 2"): pytest.approx((10.0, 300.0)),
        ("overtime", "frontline", "month 1"): pytest.approx((0.5, 19.5)),  # 20 × 1.3 × 1.5 an hour
        ("overtime", "frontline", "month 2"): (0.0, 0.0),
    }


@pytest.mark.parametrize(
    ("price", "unit", "quantity", "amount"),
    [
        (25.0, "paid hours", 3.0, 75.0),
        (0.8, "handled minutes", 10.0, 8.0),
        (0.8, "minutes of talk", 8.0, 6.4),
        (6.0, "contacts handled", 2.0, 12.0),
        (9.0, "issues resolved", 1.0, 9.0),
    ],
)
def test_a_vendor_is_paid_by_the_unit_of_its_contract(price, unit, quantity, amount):
    terms = some_terms(teams=(FREE, vendor(unit=unit, price=price)))
    contacts = [a_contact(team=1), a_contact(team=1), a_contact(team=0)]
    issues = [an_issue(resolving_team=1), an_issue(resolving_team=0)]
    floor = [a_floor(1, at(8), at(9), 2.0, paid=3.0)]
    logs = {"contacts": contacts, "floor": floor, "issues": issues}
    fee = billed(terms, **logs)["contract fee", "specialists", "month 1"]
    assert fee == pytest.approx((quantity, amount))
    assert {item.unit for item in items(terms) if item.what == "contract fee"} == {unit}


def test_units_short_of_the_committed_minimum_are_paid_for_month_by_month():
    team = vendor(unit="contacts handled", price=6.0, committed=20.0)
    terms = some_terms(TWO_MONTHS, teams=(FREE, team))
    contacts = [a_contact(team=1, arrived=DAY * (i > 0)) for i in range(8)]
    bill = billed(terms, contacts=contacts)
    # a tenth of 20, less one; a fifth of 20, with seven handled
    assert bill["committed minimum", "specialists", "month 1"] == pytest.approx((1.0, 6.0))
    assert bill["committed minimum", "specialists", "month 2"] == (0.0, 0.0)


@pytest.mark.parametrize(
    ("rule", "achieved"), [(COUNTED, 2 / 5), (EXCLUDED, 2 / 4), (MET, 3 / 5), (ANSWERED, 2 / 3)]
)
def test_the_malus_takes_a_share_of_the_fee_for_each_point_short(rule, achieved):
    team = vendor(
        unit="contacts handled",
        price=10.0,
        committed=100.0,
        malus=replace(A_PROMISE, queues=(0, 1), within=30.0, rule=rule, at_most=0.35),
    )
    terms = some_terms(teams=(FREE, team))
    waits = [(30.0, 0), (0.0, 1), (31.0, 1)]
    contacts = [a_contact(team=1, queue=queue, end_wait=wait) for wait, queue in waits]
    contacts += [a_contact(outcome=ABANDONED, end_wait=wait) for wait in (10.0, 40.0)]
    share = min(0.35, 0.8 - achieved)
    bill = billed(terms, contacts=contacts)
    # the fee: 3 contacts, and 97 short of the committed 100
    assert bill["malus", "specialists", "month 1"] == pytest.approx((share, -share * 1000.0))


def test_a_month_without_contacts_has_neither_malus_nor_bonus():
    team = vendor(price=10.0, malus=A_PROMISE, bonus=A_PROMISE)
    terms = some_terms(teams=(FREE, team))
    floor = [a_floor(1, 0.0, HOUR, 1.0)]
    bill = billed(terms, floor=floor)
    assert bill["malus", "specialists", "month 1"] == (0.0, 0.0)
    assert bill["bonus", "specialists", "month 1"] == (0.0, 0.0)


@pytest.mark.parametrize(("at_most", "share"), [(0.5, 0.2), (0.15, 0.15)])
def test_the_bonus_adds_a_share_of_the_fee_for_each_point_above(at_most, share):
    """Three of four in time, against 55 % promised for the bonus and 70 % for the malus."""
    bonus = replace(A_PROMISE, share=0.55, at_most=at_most)
    team = vendor(price=10.0, bonus=bonus, malus=replace(A_PROMISE, share=0.7))
    terms = some_terms(teams=(FREE, team))
    logs = {
        "contacts": [a_contact(team=1, end_wait=wait) for wait in (0.0, 0.0, 0.0, 1.0)],
        "floor": [a_floor(1, 0.0, HOUR, 1.0, paid=8.0)],
    }
    bill = billed(terms, **logs)
    assert bill["bonus", "specialists", "month 1"] == pytest.approx((share, share * 80.0))
    assert bill["malus", "specialists", "month 1"] == (0.0, 0.0)


def test_malus_and_bonus_go_by_their_own_targets():
    """Three of four answered at once, all of them within a minute."""
    team = vendor(
        price=10.0,
        malus=replace(A_PROMISE, share=0.8),
        bonus=replace(A_PROMISE, within=60.0, share=0.98),
    )
    terms = some_terms(teams=(FREE, team))
    logs = {
        "contacts": [a_contact(team=1, end_wait=wait) for wait in (0.0, 0.0, 0.0, 1.0)],
        "floor": [a_floor(1, 0.0, HOUR, 1.0, paid=8.0)],
    }
    bill = billed(terms, **logs)
    assert bill["malus", "specialists", "month 1"] == pytest.approx((0.05, -4.0))
    assert bill["bonus", "specialists", "month 1"] == pytest.approx((0.02, 1.6))


def test_a_block_is_paid_for_in_any_case_and_what_is_beyond_it_by_the_piece():
    """A tenth of 20 contacts a month in the first month, of which one is used; a fifth in the
    second, with seven handled. The malus goes by both together."""
    team = vendor(unit="contacts handled", price=6.0, block=100.0, includes=20.0, malus=A_PROMISE)
    terms = some_terms(TWO_MONTHS, teams=(FREE, team))
    contacts = [
        a_contact(team=1, end_wait=DAY * (i > 0) + 1.0, arrived=DAY * (i > 0)) for i in range(8)
    ]
    bill = billed(terms, contacts=contacts)
    assert bill["block", "specialists", "month 1"] == pytest.approx((0.1, 10.0))
    assert bill["block", "specialists", "month 2"] == pytest.approx((0.2, 20.0))
    assert bill["contract fee", "specialists", "month 1"] == (0.0, 0.0)
    assert bill["contract fee", "specialists", "month 2"] == pytest.approx((3.0, 18.0))
    assert bill["malus", "specialists", "month 2"] == pytest.approx((0.25, -0.25 * 38.0))


def test_sales_are_taken_off_the_total_economic_cost_and_off_nothing_else():
    terms = some_terms(TWO_MONTHS, sales=np.array([0.0, 30.0]), base_leaving=0.0)
    issues = [an_issue(reason=1, sold=1), an_issue(reason=1), an_issue(reason=0, sold=1)]
    issues += [an_issue(reason=1, sold=1, arose=DAY), an_issue(reason=1, sold=1, arose=-DAY)]
    bill = billed(terms, issues=issues)
    assert bill == {
        ("sales margin", "fault", "month 1"): pytest.approx((1.0, -30.0)),
        ("sales margin", "fault", "month 2"): pytest.approx((1.0, -30.0)),
    }
    told = Figures(terms, issues=issues)
    assert told("sales margin") == pytest.approx(30.0 + 0.99 * 30.0)
    assert told("total economic cost") == pytest.approx(-59.7)
    assert told("operating cost") == 0.0
    assert told.pair("share sold", "reason", "fault") == (2, 3)


def test_monthly_and_one_off_amounts_are_prorated_by_the_counted_share_of_the_month():
    fix = FixPrice(once=3600.0, months=36.0, per_month=50.0, from_day=1)
    terms = some_terms(
        TWO_MONTHS,
        teams=(FREE, vendor(price=1.0, managing=900.0, transition_once=72e3)),
        lines=30,
        line_cost=18.0,
        fixed=45_000.0,
        fixes=(fix,),
    )
    bill = billed(terms)
    first = {what: bill[what, who, "month 1"] for what, who, month in bill if month == "month 1"}
    assert first["lines"] == pytest.approx((3.0, 54.0))
    assert first["fixed costs"] == pytest.approx((0.1, 4500.0))
    assert first["vendor management"] == pytest.approx((0.1, 90.0))
    assert first["transition"] == pytest.approx((0.1, 7200.0))
    assert first["root cause removed"] == pytest.approx((0.1, 10.0))
    # kept up from the second day on, which is the second month's only one
    assert first["fix kept up"] == (0.0, 0.0)
    assert bill["fix kept up", "clear invoice", "month 2"] == pytest.approx((0.2, 10.0))


def test_a_one_off_cost_is_charged_over_its_life():
    team = vendor(price=1.0, transition_once=72e3, transition_months=24.0)
    terms = some_terms(TWO_MONTHS, teams=(FREE, team))
    bill = billed(terms)
    charged = [amount for (what, _, _), (_, amount) in bill.items() if what == "transition"]
    assert sum(charged) == pytest.approx(72e3 * 0.3 / 24.0)


def test_unlimited_lines_cost_nothing():
    terms = some_terms(line_cost=18.0)
    assert "lines" not in {item.what for item in items(terms)}


def test_self_service_settlements_and_outreach_are_paid_by_the_piece():
    terms = some_terms(
        self_service=np.array([0.1, 0.0]),
        settlement=np.array([0.0, 12.0]),
        messages=np.array([0.05]),
        recovery=8.0,
        gesture=15.0,
    )
    issues = [
        an_issue(self_service=FAILED),
        an_issue(self_service=FAILED, closing=GAVE_UP, resolving_team=-1),
        an_issue(reason=1, resolving_team=1),
        an_issue(reason=1, resolving_team=-1),
        an_issue(reason=1, closing=LAPSED, resolving_team=1),
        an_issue(reason=1, closing=GAVE_UP, resolving_team=-1),
    ]
    outreach = [
        {"kind": kind, "time": 60.0, "programme": programme}
        for kind, programme in ((MESSAGE_SENT, 0), (FALSE_ALARM, 0), (RECOVERY_CALL, -1))
    ]
    bill = billed(terms, issues=issues, outreach=outreach)
    assert bill["self-service", "invoice", "month 1"] == pytest.approx((2.0, 0.2))
    assert bill["settlements", "fault", "month 1"] == (1.0, 12.0)
    assert bill["messages", "outage", "month 1"] == pytest.approx((2.0, 0.1))
    assert bill["recovery", "", "month 1"] == (1.0, 8.0)
    assert bill["gestures", "", "month 1"] == (1.0, 15.0)


LEAVING = [
    an_issue(p=0.023, p0=0.003),
    an_issue(p=0.103, p0=0.003, segment=1, arose=DAY),
    an_issue(p=0.001, p0=0.003, segment=1),
]


def test_leaving_beyond_p0_is_valued_by_segment_and_month():
    bill = billed(some_terms(TWO_MONTHS), issues=LEAVING)
    assert bill["customers lost", "home", "month 1"] == pytest.approx((0.02, 20.0))
    assert bill["customers lost", "business", "month 1"] == pytest.approx((-0.002, -18.0))
    assert bill["customers lost", "business", "month 2"] == pytest.approx((0.1, 900.0))
    assert bill["margin lost", "business", "month 2"] == pytest.approx((0.1, 105.0))


def test_a_customer_is_lost_in_the_month_of_the_decision():
    gave_up = an_issue(closing=GAVE_UP, resolving_team=-1, decided=DAY + 60.0, p=0.023, p0=0.003)
    bill = billed(some_terms(TWO_MONTHS), issues=[gave_up])
    assert bill["customers lost", "home", "month 1"] == (0.0, 0.0)
    assert bill["customers lost", "home", "month 2"] == pytest.approx((0.02, 20.0))


def test_prospects_put_off_are_worth_a_customer_less_the_cost_of_winning_one():
    terms = some_terms(TWO_MONTHS, word_of_mouth=TOLD)
    bill = billed(terms, issues=LEAVING)
    assert bill["prospects put off", "home", "month 1"] == pytest.approx((0.002, 1.2))
    assert bill["prospects put off", "business", "month 2"] == pytest.approx((0.01, 86.0))
    told = Figures(terms, issues=LEAVING)
    assert told("prospects put off") == pytest.approx(0.0118)
    assert told("pool of prospects exhausted") == 0.0


def test_a_prospect_that_costs_more_than_it_is_worth_is_no_loss():
    terms = some_terms(word_of_mouth=replace(TOLD, acquisition_cost=2000.0))
    bill = billed(terms, issues=LEAVING[:1])
    assert bill["prospects put off", "home", "month 1"] == pytest.approx((0.002, 0.0))


def test_no_more_prospects_are_put_off_than_the_pool_of_the_counted_days_holds():
    pool = 0.0059 * 365.0 / 2.0  # half of the 0.0118 told, in two days
    terms = some_terms(TWO_MONTHS, word_of_mouth=replace(TOLD, pool_per_year=pool))
    bill = billed(terms, issues=LEAVING)
    assert bill["prospects put off", "business", "month 2"] == pytest.approx((0.005, 43.0))
    told = Figures(terms, issues=LEAVING)
    assert told("prospects put off") == pytest.approx(0.0059)
    assert told("pool of prospects exhausted") == 1.0


def test_service_that_keeps_more_than_it_loses_puts_nobody_off():
    terms = some_terms(word_of_mouth=TOLD)
    bill = billed(terms, issues=LEAVING[2:])
    assert bill["prospects put off", "business", "month 1"] == (0.0, 0.0)
    assert bill["customers lost", "business", "month 1"][1] == pytest.approx(-18.0)


def test_nothing_is_lost_where_leaving_is_switched_off():
    terms = some_terms(base_leaving=0.0, word_of_mouth=TOLD)
    assert items(terms) == ()
    assert [x.tolist() for x in amounts(counted(terms), terms)] == [[], []]
    assert totals(np.zeros(0), terms).tolist() == [0.0, 0.0, 0.0]


def test_totals_are_the_sums_of_their_items_discounted():
    terms = some_terms(TWO_MONTHS, fixed=1000.0, word_of_mouth=TOLD)
    by_hand = {
        "operating cost": 100.0 + 200.0 * 0.99,
        "margin lost within 12 months": 0.02 * 170 - 0.002 * 1050 + 0.1 * 1050,
    }
    by_hand["total economic cost"] = (
        by_hand["operating cost"]
        + (20.0 - 18.0 + 900.0 * 0.99)
        + (0.002 * 600 - 0.0002 * 8600 + 0.01 * 8600 * 0.99)
    )
    told = Figures(terms, issues=LEAVING)
    assert list(by_hand) == list(TOTALS)
    for name, amount in by_hand.items():
        assert told(name) == pytest.approx(amount)
        assert told(f"{name} per year") == pytest.approx(amount * 365.0 / 2.0)


def test_every_operating_item_is_in_the_total_once():
    terms = some_terms(
        TWO_MONTHS,
        teams=(IN_HOUSE, vendor(unit="handled minutes", price=0.8, managing=900.0)),
        fixed=1000.0,
        word_of_mouth=TOLD,
    )
    counts = counted(terms, issues=LEAVING, floor=[a_floor(0, 0.0, HOUR, 3.0)])
    _, sums = amounts(counts, terms)
    every = items(terms)
    economic, within_year = 0.0, 0.0
    for item, amount in zip(every, sums, strict=True):
        if item.group == "loss within 12 months":
            within_year += amount
        else:
            economic += amount * item.discount
    told = totals(sums, terms)
    assert math.isclose(told[2], economic, rel_tol=1e-13)
    assert math.isclose(told[1], within_year, rel_tol=1e-13)


def test_totals_of_many_replications_are_taken_at_once():
    terms = some_terms(TWO_MONTHS, fixed=1000.0)
    _, sums = amounts(counted(terms, issues=LEAVING), terms)
    stacked = totals(np.stack([sums, 2.0 * sums]), terms)
    assert stacked == pytest.approx(np.stack([totals(sums, terms), 2.0 * totals(sums, terms)]))


def test_a_team_s_full_cost_is_told_per_minute_contact_and_resolved_issue():
    terms = some_terms(
        TWO_MONTHS, teams=(IN_HOUSE, vendor(unit="contacts handled", price=6.0, managing=90.0))
    )
    logs = {
        "contacts": [a_contact(), a_contact(team=1), a_contact(team=1)],
        "issues": [an_issue(resolving_team=1)],
        "floor": [a_floor(0, 0.0, HOUR, 2.0)],
    }
    # two hours at 30; two contacts at 6, and three tenths of a month, two of them at .99
    costs = team_costs(amounts(counted(terms, **logs), terms)[1], terms)
    assert costs.tolist() == pytest.approx([60.0, 12.0 + 9.0 + 18.0 * 0.99])
    told = Figures(terms, **logs)
    assert told("cost per handled minute", "team", "frontline") == pytest.approx(12.0)
    assert told.pair("cost per contact", "team", "specialists") == pytest.approx((costs[1], 2.0))
    assert told.pair("cost per resolved issue", "team", "specialists") == (
        pytest.approx((costs[1], 1.0))
    )
    assert told.pair("cost per resolved issue") == pytest.approx((costs.sum(), 1.0))
    assert told.pair("cost per contact") == pytest.approx((costs.sum(), 3.0))
