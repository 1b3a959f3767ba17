"""Who has which issue when (MODEL.md sections 2, 7 and 11), by what theory says of the draws."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from sim.codes import AVOIDABLE, FALSE_ALARM, FIRST, INCIDENT, MESSAGE, MESSAGE_SENT
from sim.demand import demand_of
from sim.demand.incidents import MOST_A_DAY
from sim.rules.order import identity
from sim.scenario import checks
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.terms import DAY, YEAR_DAYS
from tests.zoo import zoo

YEAR = YEAR_DAYS * DAY


def scenario(table):
    """A scenario in which reasons need not say how they are handled."""
    whole = {"teams": {"desk": {"agents": 1}}, "horizon": "1 day", "warm_up": "0 s", **table}
    for reason in whole["reasons"].values():
        reason.setdefault("talk", "1 min")
    return Scenario.model_validate(whole)


def demand(table):
    return demand_of(tables_of(scenario(table)), 1, 0)


def issues(demand, days=None):
    days = range(demand.tables.terms.calendar.days) if days is None else days
    return np.concatenate([demand.issues_of(day) for day in days])


def per_day(demand):
    return np.array([len(demand.issues_of(d)) for d in range(demand.tables.terms.calendar.days)])


def within_errors(values, expected, errors=4.0):
    """Whether a mean lies within so many standard errors."""
    return abs(np.mean(values) - expected) < errors * np.std(values) / np.sqrt(len(values))


def test_a_days_number_is_poisson():
    counts = per_day(
        demand({"horizon": "700 days", "reasons": {"a": {"volume": {"per_week": 70.0}}}})
    )
    assert within_errors(counts, 10.0)
    expected = 700 * stats.poisson.pmf(np.arange(30), 10.0)
    observed = np.bincount(counts, minlength=30)[:30]
    bins = np.digitize(np.arange(30), [6, 8, 10, 12, 14])
    observed, expected = (np.bincount(bins, weights=w) for w in (observed, expected))
    assert stats.chisquare(observed, expected * 700 / expected.sum()).pvalue > 1e-4


def test_within_a_day_issues_follow_the_profile_and_within_an_interval_they_are_spread_evenly():
    table = {
        "horizon": "7 days",
        "reasons": {"a": {"volume": {"per_week": 40_000.0}, "profile": "p"}},
        "profiles": {
            "p": {
                "interval": "60 min",
                "days": {"mon": 3.0, "tue": 1.0},
                "shapes": {"all": {"start": "8:00", "weights": [1.0, 0.0, 3.0]}},
            }
        },
    }
    world = demand(table)
    assert [len(world.issues_of(day)) for day in range(2, 7)] == [0] * 5
    monday, tuesday = (len(world.issues_of(day)) for day in (0, 1))
    assert abs(monday - 30_000) < 4 * np.sqrt(30_000)
    assert abs(tuesday - 10_000) < 4 * np.sqrt(10_000)
    hours = world.issues_of(0)["time"] / 3600.0
    first, last = hours[hours < 9], hours[hours >= 10]
    assert len(first) + len(last) == len(hours)
    assert (first >= 8).all()
    assert (last < 11).all()
    assert abs(len(last) / len(hours) - 0.75) < 0.011
    assert stats.kstest(last - 10, "uniform").pvalue > 1e-4


def test_without_a_profile_issues_arise_while_their_queue_is_open():
    world = demand(
        {
            "horizon": "7 days",
            "centre": {"opening": {"mon-fri": "8:00-18:10"}},
            "reasons": {"a": {"volume": {"per_hour": 100.0}}},
        }
    )
    rows = issues(world)
    clock = rows["time"] % DAY / 3600.0
    assert (clock >= 8).all()
    assert len(per_day(world).nonzero()[0]) == 5
    assert abs(len(rows) - 5 * 1016.7) < 4 * np.sqrt(5 * 1016.7)
    last = np.sum(clock >= 18)
    assert abs(last - 5 * 100 / 6) < 4 * np.sqrt(5 * 100 / 6)


def test_busyness_is_one_factor_of_mean_1_for_the_whole_company():
    reasons = {name: {"volume": {"per_week": 7_000.0}} for name in ("a", "b")}
    world = demand({"horizon": "400 days", "reasons": reasons, "busyness": {"cv": 0.3}})
    counts = np.array([np.bincount(world.issues_of(day)["reason"]) for day in range(400)])
    assert within_errors(counts[:, 0], 1000.0)
    assert np.std(counts[:, 0]) / 1000 == pytest.approx(np.sqrt(0.3**2 + 1 / 1000), rel=0.15)
    assert np.corrcoef(counts.T)[0, 1] > 0.95


def test_customers_of_a_segment_are_drawn_alike_and_joiners_as_often_as_the_others():
    """Volumes are for the initial base; candidates fall on joiners too, who may not be there."""
    world = demand(
        {
            "horizon": "365 days",
            "segments": {"s": {"customers": 200, "joins": 1.0}},
            "reasons": {"a": {"volume": {"per_customer_year": 50.0}}},
        }
    )
    joined = world.customers.joined
    assert abs(np.sum(joined > 0) - 200) < 4 * np.sqrt(200)
    rows = issues(world)
    counts = np.bincount(rows["customer"], minlength=len(joined))
    assert len(counts) == len(joined)
    assert abs(len(rows) - 50 * len(joined)) < 4 * np.sqrt(50 * len(joined))
    assert stats.chisquare(counts).pvalue > 1e-4
    happens = joined[rows["customer"]] <= rows["time"]
    assert 0.7 < happens.mean() < 0.8


def test_customers_leave_for_their_own_reasons_at_the_base_rate():
    world = demand(
        {
            "horizon": "365 days",
            "segments": {"s": {"customers": 4000, "base_churn": 0.2}},
            "reasons": {"a": {"volume": {"per_week": 1.0}}},
        }
    )
    leaves = world.customers.leaves
    assert abs(np.mean(leaves < np.inf) - 0.2) < 4 * np.sqrt(0.2 * 0.8 / 4000)
    early = np.mean(leaves < YEAR / 2)
    assert abs(early - (1 - np.sqrt(0.8))) < 4 * np.sqrt(0.1 * 0.9 / 4000)


def test_why_an_issue_arises_is_that_of_its_reason():
    reasons = {
        "a": {"volume": {"per_week": 700.0}},
        "b": {"volume": {"per_week": 700.0}, "avoidable": True},
    }
    rows = issues(demand({"reasons": reasons}))
    assert set(rows["why"][rows["reason"] == 0]) == {FIRST}
    assert set(rows["why"][rows["reason"] == 1]) == {AVOIDABLE}
    assert np.isinf(rows["told"]).all()


# ----------------------------------------------------------------------- incidents and notices

INCIDENT_AT_NINE = {
    "horizon": "2 days",
    "segments": {"homes": {"customers": 3000}, "firms": {"customers": 500}},
    "reasons": {"fault": {"volume": {"per_week": 0.0}}},
    "incidents": {
        "outage": {
            "reason": "fault",
            "at": [{"day": 0, "time": "9:00"}],
            "hits": {"homes": 0.3},
            "lag": {"exponential": "1 h"},
        }
    },
    "notices": {
        "sorry": {
            "incident": "outage",
            "detected_after": "10 min",
            "per_hour": 600.0,
            "reach": 0.8,
            "preempts": 0.5,
            "false_alarms": 0.25,
            "false_alarm_opens": 0.4,
        }
    },
}


def test_an_incident_hits_a_share_of_a_segment_after_a_lag():
    rows = issues(demand(INCIDENT_AT_NINE))
    hit = rows[rows["why"] == INCIDENT]
    assert set(hit["segment"]) == {0}
    assert len(np.unique(hit["customer"])) == len(hit)
    assert abs(len(hit) - 900) < 4 * np.sqrt(3000 * 0.3 * 0.7)
    lags = hit["time"] - 9 * 3600
    assert (lags > 0).all()
    assert within_errors(lags, 3600.0)


def test_messages_go_out_one_by_one_to_those_hit_and_to_others_by_mistake():
    """The first 6 s after detection, each 6 s after the one before, in an order that does not
    know who was hit."""
    world = demand(INCIDENT_AT_NINE)
    messages = world.messages_of(0)
    number = np.arange(1, len(messages) + 1)
    np.testing.assert_allclose(messages["time"], 9 * 3600 + 600 + 6 * number, atol=1e-6)
    false = messages["kind"] == FALSE_ALARM
    rows = issues(world)
    hit = rows[rows["why"] == INCIDENT]
    assert set(messages["customer"][~false]) == set(hit["customer"])
    assert not set(messages["customer"][false]) & set(hit["customer"])
    assert abs(false.mean() - 0.25) < 0.04
    assert abs(np.mean(number[false]) / len(number) - 0.5) < 0.07
    assert (messages["kind"][~false] == MESSAGE_SENT).all()


def test_who_reads_the_message_is_told_when_it_is_sent():
    world = demand(INCIDENT_AT_NINE)
    messages = world.messages_of(0)
    sent = dict(zip(messages["customer"].tolist(), messages["time"].tolist(), strict=True))
    rows = issues(world)
    hit = rows[rows["why"] == INCIDENT]
    reads = np.isfinite(hit["told"])
    assert abs(reads.mean() - 0.8) < 4 * np.sqrt(0.16 / len(hit))
    assert all(row["told"] == sent[int(row["customer"])] for row in hit[reads])


def test_some_false_alarms_open_an_issue_when_they_are_sent():
    world = demand(INCIDENT_AT_NINE)
    messages = world.messages_of(0)
    false = messages[messages["kind"] == FALSE_ALARM]
    rows = issues(world)
    opened = rows[rows["why"] == MESSAGE]
    assert abs(len(opened) / len(false) - 0.4) < 4 * np.sqrt(0.24 / len(false))
    sent = dict(zip(false["customer"].tolist(), false["time"].tolist(), strict=True))
    assert all(row["time"] == sent[int(row["customer"])] for row in opened)
    assert np.isinf(opened["told"]).all()


def test_incidents_at_random_come_as_often_as_said():
    table = {
        **INCIDENT_AT_NINE,
        "horizon": "500 days",
        "warm_up": "0 s",
        "segments": {"homes": {"customers": 50}},
        "notices": {},
    }
    table["incidents"] = {
        "glitch": {
            "reason": "fault",
            "per_year": 146.0,
            "hits": {"homes": 1.0},
            "lag": "0 s",
        }
    }
    rows = issues(demand(table))
    moments = np.unique(rows["time"])
    assert abs(len(moments) - 200) < 4 * np.sqrt(200)
    assert stats.kstest(moments % DAY / DAY, "uniform").pvalue > 1e-4
    assert len(rows) == 50 * len(moments)


def test_incidents_of_one_day_keep_their_issues_apart():
    """Eight fit into a day's names; more are refused, and left out if they come at random."""

    def at_hours(number):
        moments = [{"day": 0, "time": f"{hour}:00"} for hour in range(1, number + 1)]
        outage = {**INCIDENT_AT_NINE["incidents"]["outage"], "at": moments}
        return {**INCIDENT_AT_NINE, "notices": {}, "incidents": {"outage": outage}}

    def names(world):
        rows = issues(world)
        return [identity(*row) for row in rows[["day", "origin", "ordinal"]].tolist()]

    eight = names(demand(at_hours(8)))
    assert len(eight) > 7000
    assert len(set(eight)) == len(eight)
    assert MOST_A_DAY == checks.MOST_A_DAY
    nine = scenario(at_hours(9))
    assert [path for path, *_ in checks.checks(nine)] == [("incidents", "outage", "at")]
    world = demand(INCIDENT_AT_NINE)
    incidents = replace(
        world.tables.incidents, at=(np.empty(0),), per_day=np.array([50.0]), notice=np.array([-1])
    )
    often = names(demand_of(replace(world.tables, incidents=incidents), 1, 0))
    assert len(often) > 7000
    assert len(set(often)) == len(often)


@pytest.mark.parametrize("name", zoo.NAMES)
@pytest.mark.parametrize("grain", [0.0, 30.0])
def test_a_days_issues_come_in_the_order_of_time_and_identity_and_once(name, grain):
    world = demand_of(zoo.tables(name, grain=grain), 1, 0)
    seen = set()
    for day in range(world.tables.terms.calendar.days):
        rows = world.issues_of(day)
        keys = list(rows[["time", "day", "origin", "ordinal"]].tolist())
        assert keys == sorted(keys)
        names = {key[1:] for key in keys}
        assert len(names) == len(rows)
        assert not names & seen
        seen |= names
        assert (rows["time"] >= day * DAY).all()
        assert (rows["time"] <= (day + 1) * DAY).all()
