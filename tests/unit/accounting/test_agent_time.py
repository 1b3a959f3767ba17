"""Agent time where it is spent, and the floor that it is set against."""

from dataclasses import replace

import pytest

from sim.codes import AVOIDABLE
from sim.terms import DAY
from tests.unit.accounting.handmade import (
    FREE,
    HOUR,
    NAN,
    Figures,
    a_calendar,
    a_contact,
    a_floor,
    at,
    counted,
    some_terms,
)


def test_a_talk_across_intervals_is_split_where_it_is_spent():
    talk = a_contact(arrived=at(9, 20), end_talk=at(10, 10), end_work=at(10, 35))
    told = Figures(some_terms(), contacts=[talk])
    minutes = [
        told("handling hours", interval=f"Mon {label}") * 60.0
        for label in ("09:00", "09:30", "10:00", "10:30")
    ]
    assert minutes == pytest.approx([10.0, 30.0, 30.0, 5.0])
    assert told.pair("talk") == (50 * 60.0, 1.0)
    assert told.pair("ACW") == (25 * 60.0, 1.0)


def test_a_talk_across_midnight_belongs_to_both_days_and_months():
    calendar = a_calendar(2, month_of_day=[0, 1], month_shares=(0.03, 0.03))
    terms = some_terms(calendar)
    talk = a_contact(arrived=at(23, 50), end_talk=at(0, 5, day=1), end_work=at(0, 6, day=1))
    labour = counted(terms, contacts=[talk]).handling.labour[:, 0]
    # talk, after-call work and legs: answered in the first month
    assert labour.tolist() == [[600.0, 0.0, 1.0], [300.0, 60.0, 0.0]]


def test_agent_time_is_cut_to_the_counted_window():
    terms = some_terms(a_calendar(1, warm_days=1))
    begun_before = a_contact(arrived=DAY - 100.0, end_talk=DAY + 50.0, end_work=DAY + 70.0)
    never_ended = a_contact(arrived=2 * DAY - 40.0, end_talk=NAN, end_work=NAN)
    working_still = a_contact(arrived=2 * DAY - 90.0, end_talk=2 * DAY - 30.0, end_work=NAN)
    long_past = a_contact(arrived=DAY - 900.0)
    counts = counted(terms, contacts=[begun_before, never_ended, working_still, long_past])
    assert counts.handling.teams.sum(axis=(0, 1)).tolist() == [50.0 + 40.0 + 60.0, 20.0 + 30.0]
    assert counts.handling.labour[0, 0, 2] == 2.0
    assert counts.handling.reasons[0, 0].tolist() == [150.0, 50.0]


def test_a_leg_is_labour_of_the_month_in_which_it_is_answered():
    terms = some_terms(a_calendar(1, warm_days=1))
    rows = [
        a_contact(arrived=DAY - 10.0, end_wait=DAY + 10.0),
        a_contact(arrived=DAY - 10.0, end_wait=DAY - 5.0),
    ]
    assert counted(terms, contacts=rows).handling.labour[0, 0, 2] == 1.0


def test_many_days_share_the_intervals_of_their_weekday():
    terms = some_terms(a_calendar(70))
    mondays = [a_contact(arrived=at(9, day=day)) for day in (0, 7, 14)]
    floor = [a_floor(0, day * DAY, (day + 1) * DAY, 2.0) for day in range(70)]
    told = Figures(terms, contacts=mondays, floor=floor)
    assert told("offered") == 3.0
    # three contacts on ten Mondays
    assert told("offered", interval="Mon 09:00") == pytest.approx(0.3)
    assert told.pair("service level", interval="Mon 09:00") == pytest.approx((0.3, 0.3))
    assert told("agents on the floor", interval="Sun 12:00") == pytest.approx(2.0)
    assert told("occupancy", interval="Mon 09:00") == pytest.approx(90.0 / (2 * 1800.0))


def test_occupancy_is_handling_time_over_floor_time_with_overtime():
    talk = a_contact(arrived=at(9), end_talk=at(9, 30), end_work=at(9, 45))
    floor = [a_floor(0, at(9), at(10), 2.0, paid=3.0), a_floor(1, at(9), at(11), 1.0)]
    told = Figures(some_terms(), contacts=[talk], floor=floor)
    assert told("occupancy", "team", "frontline") == pytest.approx(0.75 / 2)
    assert told("utilisation", "team", "frontline") == pytest.approx(0.75 / 3)
    assert told("occupancy") == pytest.approx(0.75 / 4)
    assert told("paid hours") == pytest.approx(5.0)
    assert told("agents on the floor", interval="Mon 09:30") == pytest.approx(3.0)
    assert told("agents on the floor") == pytest.approx(4.0 / 24.0)


def test_an_agent_past_the_end_of_the_shift_is_not_busier_than_busy():
    talk = a_contact(arrived=at(17, 50), end_talk=at(18, 10), end_work=at(18, 10))
    floor = [a_floor(0, at(9), at(18), 1.0), a_floor(0, at(18), at(24), 0.0, overtime=600.0)]
    told = Figures(some_terms(), contacts=[talk], floor=floor)
    assert told("occupancy", interval="Mon 18:00") == 1.0
    assert told.pair("occupancy", interval="Mon 18:30") == (0.0, 0.0)
    assert told("overtime hours") * HOUR == pytest.approx(600.0)
    assert told("floor hours") == pytest.approx(9.0)


def test_floor_of_the_warm_up_is_not_counted():
    terms = some_terms(a_calendar(1, warm_days=1))
    told = Figures(terms, floor=[a_floor(0, 0.0, DAY, 5.0), a_floor(0, DAY, 2 * DAY, 1.0)])
    assert told("floor hours") == pytest.approx(24.0)


def test_failure_demand_has_its_share_of_each_team_s_cost():
    dear = replace(FREE, seat=30.0)
    cheap = replace(FREE, seat=10.0)
    rows = [
        a_contact(),
        a_contact(why=AVOIDABLE, end_talk=60.0, end_work=100.0),
        a_contact(why=AVOIDABLE, team=1),
    ]
    floor = [a_floor(0, 0.0, HOUR, 1.0), a_floor(1, 0.0, HOUR, 1.0)]
    told = Figures(some_terms(teams=(dear, cheap)), contacts=rows, floor=floor)
    # a quarter of the frontline's 400 s at 30, all of the specialists' at 10
    assert told("price of failure demand") == pytest.approx(17.5)
    assert told("price of failure demand", "kind", "first") == pytest.approx(22.5)
    assert {line.note for line in told.lines if line.measure == "price of failure demand"} == {
        "released only if staffing follows"
    }
