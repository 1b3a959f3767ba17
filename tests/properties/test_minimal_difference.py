"""Minimally different worlds: what is not touched stays as it was (MODEL.md section 11)."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.codes import HANDLED, IN_MENU, WAITING
from sim.demand import Demand, demand_of
from sim.demand.order import in_order
from sim.logs import Logs
from sim.rules.order import MOST_ORDINALS
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.terms import DAY
from tests.engines import ENGINES, played
from tests.properties.worlds import identity, rows_of
from tests.zoo import zoo

TIMES = ["arrived", "joined", "end_wait", "end_talk", "end_work"]


def demand(name, *overrides):
    return demand_of(zoo.tables(name, *overrides), 1, 0)


def noon_of(demand: Demand) -> float:
    """Noon of the first counted day."""
    return demand.tables.terms.calendar.first_counted + DAY / 2


def with_twins_at_noon(demand: Demand) -> Demand:
    """The same demand, and at noon five issues like the first of the day, but with ordinals of
    their own."""
    twins = demand.issues_of(demand.tables.terms.calendar.warm_days)[:5].copy()
    twins["time"] = noon_of(demand)
    twins["ordinal"] = MOST_ORDINALS - 1 - np.arange(len(twins))
    rows = in_order(np.concatenate([twins, demand.incident_issues]))
    return replace(demand, incident_issues=rows)


def over_before(logs: Logs, time: float) -> Logs:
    """The rows whose subjects ended before a time."""
    contacts = logs.contacts
    known = np.array([contacts[name] for name in TIMES])
    under_way = np.isin(contacts["outcome"], (WAITING, IN_MENU)) | (
        (contacts["outcome"] == HANDLED) & np.isnan(contacts["end_work"])
    )
    return Logs(
        contacts=contacts[(np.nanmax(known, axis=0) < time) & ~under_way],
        issues=logs.issues[logs.issues["decided"] < time],
        floor=logs.floor[logs.floor["end"] <= time],
        customers=logs.customers[logs.customers["time"] < time],
        outreach=logs.outreach[logs.outreach["time"] < time],
        memory=logs.memory[:0],
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["crowd", "loyalty", "lines", "transfers", "recovery", "staffing"])
def test_more_issues_at_noon_change_nothing_before_noon(name, engine):
    world = demand(name)
    one, other = (played(d, engine) for d in (world, with_twins_at_noon(world)))
    before = [over_before(logs, noon_of(world)) for logs in (one, other)]
    assert len(before[0].contacts) > 100
    for field in fields(Logs):
        rows, others = (getattr(logs, field.name) for logs in before)
        assert rows.tobytes() == others.tobytes()
    assert len(other.issues) > len(one.issues)
    assert one.contacts.tobytes() != other.contacts.tobytes()


def lengths(logs: Logs) -> dict[tuple[object, ...], tuple[float, float]]:
    """Talk and after-call work of each leg that ended, by issue, attempt, leg and team."""
    return {
        (identity(row), row["attempt"], row["leg"], row["team"]): (
            row["end_talk"] - row["end_wait"],
            row["end_work"] - row["end_talk"],
        )
        for row in rows_of(logs.contacts)
        if row["end_work"] >= 0
    }


def assert_same_luck(one: Logs, other: Logs, share: float = 0.9) -> None:
    """Legs that happened in both worlds were equally long."""
    ones, others = lengths(one), lengths(other)
    both = ones.keys() & others.keys()
    assert len(both) > share * max(len(ones), len(others))
    for leg in both:
        np.testing.assert_allclose(ones[leg], others[leg], rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", ["erlang-a", "crowd", "laws", "transfers"])
def test_more_issues_at_noon_change_nobodys_luck_afterwards(name):
    world = demand(name)
    one, other = played(world), played(with_twins_at_noon(world))
    assert_same_luck(one, other)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("routes", "teams.c.agents=2"),
        ("routes", "queues.calls.priority=9"),
        ("lines", "centre.lines=7"),
        ("redials", "callers.redial.probability=0.7"),
        ("staffing", "teams.one.scale=1.0"),
    ],
)
def test_another_strategy_reshuffles_nobodys_luck(name, change):
    one, other = zoo.logs(name), zoo.logs(name, change)
    assert one.contacts.tobytes() != other.contacts.tobytes()
    assert_same_luck(one, other, share=0.5)


def test_another_team_answers_with_the_same_luck_at_its_own_pace():
    """Talk is what was drawn for the leg times the team's factor: twice as long on every leg."""
    slow = zoo.logs("erlang-a", "teams.agents.factors.handle=2.0", "teams.agents.agents=40")
    fast = zoo.logs("erlang-a", "teams.agents.agents=40")
    ones, others = lengths(fast), lengths(slow)
    both = ones.keys() & others.keys()
    assert len(both) > 1000
    for leg in both:
        assert others[leg][0] == pytest.approx(2 * ones[leg][0], abs=1e-6)


# --------------------------------------------------------------------- something new beside it


def named(logs: Logs, demand: Demand) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the logs with names instead of indices, and customers by segment and number."""
    names, people = demand.tables.terms.names, demand.customers
    words = {
        "origin": names.origins,
        "segment": names.segments,
        "reason": names.reasons,
        "queue": names.queues,
        "first_queue": names.queues,
        "team": names.teams,
        "resolving_team": names.teams,
        "programme": names.notices,
    }

    def value(row, field):
        if field == "customer" and row[field] >= 0:
            return row[field] - int(people.first[people.segment[row[field]]])
        if field in words:
            return words[field][row[field]] if row[field] >= 0 else None
        return None if row[field] != row[field] else row[field]

    return {
        field.name: [
            tuple(value(row, name) for name in row) for row in rows_of(getattr(logs, field.name))
        ]
        for field in fields(Logs)
    }


NEW_REASON = {
    "volume": {"per_week": 2000.0},
    "queue": "aaa",
    "talk": {"exponential": "3 min"},
    "segments": ["aaa"],
}


def grown(name: str) -> Demand:
    """A scenario of the zoo with a new segment, reason, queue and team before all others; they
    have nothing to do with those that were there."""
    table = zoo.resolved(name)
    queues = table.get("queues") or {"calls": {}}
    for queue in queues.values():
        queue.setdefault("routes", [{"team": team} for team in table["teams"]])
    for reason in table["reasons"].values():
        reason.setdefault("queue", next(iter(queues)))
        reason.setdefault("segments", list(table["segments"]))
    table["queues"] = {"aaa": {"routes": [{"team": "aaa"}]}, **queues}
    table["teams"] = {"aaa": {"agents": 3}, **table["teams"]}
    table["segments"] = {"aaa": {"customers": 77, "joins": 3.0}, **table["segments"]}
    table["reasons"] = {"aaa": NEW_REASON, **table["reasons"]}
    return demand_of(tables_of(Scenario.model_validate(table)), 1, 0)


@pytest.mark.parametrize("name", ["crowd", "notices", "recovery", "loyalty", "churn"])
def test_a_new_segment_reason_queue_and_team_reseed_nothing_else(name):
    """Without a limit on lines, which all share."""
    limit = ("centre.lines=1000",) if name == "crowd" else ()
    old = demand(name, *limit)
    new = grown(name)
    if limit:
        new = replace(new, tables=replace(new.tables, lines=1000))
    before, after = named(played(old), old), named(played(new), new)
    for log, rows in before.items():
        kept = [row for row in after[log] if not any("aaa" in str(cell) for cell in row)]
        assert kept == rows
    assert len(after["contacts"]) > len(before["contacts"]) + 100


# ------------------------------------------------------------------------------ volumes that nest


def arising(demand: Demand, fields_compared=("day", "origin", "ordinal", "time", "customer")):
    days = range(demand.tables.terms.calendar.days)
    return {
        tuple(row[f] for f in fields_compared) for d in days for row in rows_of(demand.issues_of(d))
    }


@pytest.mark.parametrize("seed", range(3))
def test_a_fix_keeps_a_part_of_the_same_issues(seed):
    """From day 1 on, a Saturday, the volume of invoices is halved; day 2 has none."""
    whole = demand_of(zoo.tables("volumes", "fixes.invoice.factor=1.0"), seed, 0)
    fixed = demand_of(zoo.tables("volumes"), seed, 0)
    assert arising(fixed) < arising(whole)
    gone = arising(whole) - arising(fixed)
    names = whole.tables.terms.names.origins
    assert {names[row[1]].split("@")[0] for row in gone} == {"reason:invoice"}
    assert {row[0] for row in gone} == {1}


@pytest.mark.parametrize("change", ["busyness=false", "reasons.order.volume.per_week=900.0"])
def test_more_volume_only_adds_issues(change):
    """Of each origin and day one world has a part of the other's issues."""
    one, other = arising(demand("volumes")), arising(demand("volumes", change))
    assert one != other
    for day, origin in {row[:2] for row in one | other}:
        here = {row for row in one if row[:2] == (day, origin)}
        there = {row for row in other if row[:2] == (day, origin)}
        assert here <= there or there <= here


@pytest.mark.parametrize("name", ["erlang-a", "volumes", "notices", "crowd"])
def test_a_longer_warm_up_leaves_the_counted_days_their_issues(name):
    """Without joiners, whose number follows the length of the run."""
    segments = zoo.resolved(name).get("segments", {})
    still = [f"segments.{segment}.joins=0.0" for segment in segments]
    still += [f"segments.{segment}.base_churn=0.0" for segment in segments]
    counted = [
        {
            (row["day"], row["origin"], row["ordinal"], row["customer"], round(second, 6))
            for d in range(world.tables.terms.calendar.days)
            for row in rows_of(world.issues_of(d))
            for second in [row["time"] - days * DAY]
            if row["day"] >= 0
        }
        for days in (1, 3)
        for world in [demand(name, f"warm_up={days} days", *still)]
    ]
    assert counted[0] == counted[1]
