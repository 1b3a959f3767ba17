"""What is looked for is found, and nothing else."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.accounting.intervals import labels
from sim.experiments.replay import replay
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.clock import Clock
from sim.report.trace.moments import OF_LEGS, moments_of
from sim.report.trace.selection import Selection, chosen_legs, chosen_moments, slots_of
from sim.report.trace.words import line
from sim.scenario.load import load
from tests.zoo import zoo

CROWD = Path(__file__).parents[2] / "zoo" / "crowd.toml"
IN_A_QUEUE = (3, 4, 5, 6)
"""Codes of the outcomes of those who joined one."""


@cache
def followed():
    return replay(load(CROWD), 1, engine="reference")


@cache
def chronicle():
    played = followed()
    return Chronicle(played.scenario, played.demand, played.logs)


def test_the_contacts_of_an_interval_and_a_queue_are_those_that_its_figures_count():
    shown = [
        one
        for one in followed().document.strategies[0].measures
        if one.interval and one.row_kind == "queue" and one.measure in ("offered", "abandonment")
    ]
    assert sum(bool(one.mean) for one in shown) > 100
    for one in shown:
        legs = chronicle().legs[chosen_legs(chronicle(), Selection(one.interval, queue=one.row))]
        offered = np.isin(legs["outcome"], IN_A_QUEUE)
        gone = np.isin(legs["outcome"], IN_A_QUEUE[:2])
        if one.measure == "offered":
            assert one.mean == offered.sum()
        else:
            assert one.mean == pytest.approx(gone.sum() / offered.sum())


def test_since_and_until_are_an_interval_if_they_bound_one():
    clock, label = chronicle().clock, "2026-03-03 10:00"
    bounds = Selection(since=clock.moment(label), until=clock.moment("2026-03-03 10:30"))
    by_label = chosen_legs(chronicle(), Selection(label))
    assert by_label.sum() > 5
    assert (chosen_legs(chronicle(), bounds) == by_label).all()


def told(selection):
    moments = moments_of(chronicle())
    chosen = moments[chosen_moments(chronicle(), selection, moments)]
    return [line(chronicle(), moment) for moment in chosen]


def test_the_story_of_an_issue_holds_every_leg_of_it_and_its_end():
    issues = chronicle().issues
    row = int(np.flatnonzero((issues["contacts"] >= 3) & (issues["transfers"] >= 1))[0])
    name, customer = chronicle().issue_names[row], int(issues["customer"][row]) + 1
    story = told(Selection(issue=name, customer=customer))
    own = chronicle().issue_of_leg == row
    assert sum("joins " in text for text in story) == (own & (chronicle().legs["leg"] > 0)).sum()
    assert sum("calls again" in text for text in story) >= 2
    assert any("closes" in text for text in story)
    assert all(name in text for text in story)


def test_the_story_of_a_customer_is_all_that_happened_to_it():
    issues = chronicle().issues
    customer = int(np.bincount(issues["customer"]).argmax())
    story = "\n".join(told(Selection(customer=customer + 1)))
    own = [
        name
        for name, one in zip(chronicle().issue_names, issues, strict=True)
        if one["customer"] == customer
    ]
    assert len(own) > 2
    assert all(f"{name} (" in story for name in own)
    assert story.count(f"customer {customer + 1:,}, ") == story.count("customer ") - story.count(
        "the customer "
    )


def test_contacts_of_a_queue_are_told_to_their_end_also_where_they_go_on_elsewhere():
    moments = moments_of(chronicle())
    selection = Selection("2026-03-03 11:30", queue="faults")
    chosen = moments[chosen_moments(chronicle(), selection, moments)]
    rows = chosen["row"][np.isin(chosen["kind"], OF_LEGS)]
    contacts = set(chronicle().contact_of_leg[rows])
    wanted = chronicle().contact_of_leg[chosen_legs(chronicle(), selection)]
    assert contacts == set(wanted)
    assert (chosen["time"] >= chronicle().clock.moment("2026-03-03 11:30")).all()
    assert any("team back" in text or "team front" in text for text in told(selection))
    assert not any("team vendor" in text for text in told(selection))


def test_without_a_wish_everything_is_told():
    moments = moments_of(chronicle())
    assert Selection().is_everything
    assert chosen_moments(chronicle(), Selection(), moments).all()


# ----------------------------------------------------------------------------------- the clock


@pytest.mark.parametrize(
    ("overrides", "days"),
    [
        (["horizon=3 days", "warm_up=2 days"], ["day -2 Sat", "day -1 Sun", "Mon", "Tue", "Wed"]),
        (["horizon=8 days", "warm_up=0 d"], ["week 1 Mon", "week 1 Tue", "week 1 Wed"]),
        (["horizon=2 days", "warm_up=1 d", "start=2026-03-04"], ["2026-03-03", "2026-03-04"]),
    ],
)
def test_days_are_called_as_in_the_tables_by_interval(overrides, days):
    clock = Clock(zoo.tables("erlang-a", *overrides).terms.calendar)
    assert list(clock.days[: len(days)]) == days
    counted = clock.days[clock.calendar.warm_days :]
    assert {label.rpartition(" ")[0] for label in labels(clock.calendar)} == set(counted)


@pytest.mark.parametrize("days", [3, 20, 100])
def test_a_stamp_is_read_back_as_its_moment(days):
    calendar = zoo.tables("erlang-a", f"horizon={days} days", "warm_up=5 days").terms.calendar
    clock = Clock(calendar)
    for moment in (0.0, 123_456.0, 432_000.0, 500_000.0, calendar.horizon - 1.0):
        assert clock.moment(clock.stamp(moment)) == moment
    assert clock.moment("day 0 09:00") == clock.moment(clock.stamp(5 * 86_400.0 + 32_400.0))
    assert clock.moment(clock.days[6]) == 6 * 86_400.0


@pytest.mark.parametrize("text", ["", "09:00", "Mon 25:00", "Mon 09:61", "day 99 09:00", "Mon x"])
def test_a_moment_that_is_none_is_refused_with_an_example(text):
    clock = Clock(zoo.tables("erlang-a", "horizon=3 days").terms.calendar)
    with pytest.raises(ValueError, match='such as "Mon 09:00"'):
        clock.moment(text)


def test_of_many_days_an_interval_is_that_of_its_weekday():
    calendar = zoo.tables("erlang-a", "horizon=70 days", "warm_up=0 days").terms.calendar
    mondays = np.array([9.5, 7 * 24 + 9.6, 14 * 24 + 10.0, -1.0]) * 3600.0
    assert slots_of(mondays, calendar).tolist() == [19, 19, 20, -1]
