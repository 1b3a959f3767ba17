"""Agents: no more at work than there are, none idle while somebody waits for them (section 4)."""

import numpy as np
import pytest

from sim.codes import (
    BLOCKED,
    CLOSED,
    HANDLED,
    HUNG_UP_IN_MENU,
)
from sim.rules.order import on_clock
from tests.properties.worlds import is_open, routes_of


def steps(times, values, horizon):
    """A step function as (instants, values from each instant on), the last change of an instant
    counting; it is 0 before."""
    order = np.argsort(times, kind="stable")
    times, total = times[order], np.cumsum(values[order])
    last = np.append(times[1:] != times[:-1], True)
    inside = last & (times < horizon)
    return np.concatenate([[-1.0], times[inside]]), np.concatenate([[0.0], total[inside]])


def busy_of(world, team):
    """Agents of a team who are in a talk or in after-call work."""
    horizon = world.tables.terms.calendar.horizon
    rows = world.logs.contacts[world.logs.contacts["team"] == team]
    ends = np.where(np.isnan(rows["end_work"]), horizon, rows["end_work"])
    times = np.concatenate([rows["end_wait"], ends])
    return steps(times, np.repeat([1.0, -1.0], len(rows)), horizon)


def floor_of(world, team):
    rows = world.logs.floor[world.logs.floor["team"] == team]
    return np.concatenate([[-1.0], rows["start"]]), np.concatenate([[0.0], rows["floor"]])


def at(function, moments):
    return function[1][np.searchsorted(function[0], moments, side="right") - 1]


def differences(one, other):
    """The step function one - other."""
    moments = np.union1d(one[0], other[0])
    return moments, at(one, moments) - at(other, moments)


def teams(world):
    return range(len(world.tables.teams.keys))


def test_overtime_is_the_time_worked_above_the_floor(world):
    horizon = world.tables.terms.calendar.horizon
    for team in teams(world):
        moments, above = differences(busy_of(world, team), floor_of(world, team))
        rows = world.logs.floor[world.logs.floor["team"] == team]
        for row in rows:
            edges = np.clip(np.append(moments, horizon), row["start"], row["end"])
            overtime = np.sum(np.maximum(above, 0.0) * np.diff(edges))
            assert overtime == pytest.approx(row["overtime"], abs=1e-5)


def test_nobody_is_answered_above_the_floor_but_after_closing(world):
    """A closed queue that serves whom it still has keeps agents above the floor."""
    queues = world.tables.queues
    closes = np.array([np.isfinite(closes).any() for closes in queues.closes])
    if (closes & queues.serve_at_closing).any():
        return
    for team in teams(world):
        answered = world.logs.contacts["end_wait"][world.logs.contacts["team"] == team]
        moments, above = differences(busy_of(world, team), floor_of(world, team))
        assert (above[np.isin(moments, answered)] <= 0).all()


def test_nobody_waits_while_an_agent_is_idle_who_may_answer(world):
    """From the instant at which a route is open to a contact until its wait ends, every agent of
    that team is busy, or the queue is too short for the route; only the very instants of the events
    are left out."""
    horizon = world.tables.terms.calendar.horizon
    spare = {t: differences(floor_of(world, t), busy_of(world, t)) for t in teams(world)}
    free = {}
    for row in world.contacts:
        if row["leg"] == 0:
            continue
        end = horizon if np.isnan(row["end_wait"]) else row["end_wait"]
        queue = row["queue"]
        for team, after, length in routes_of(world, row):
            begin = on_clock(row["joined"] + after, world.tables.grain)
            if begin < end:
                if (team, queue, length) not in free:
                    waiting = waiting_in(world, queue)
                    moments = np.union1d(spare[team][0], waiting[0])
                    idle = (at(spare[team], moments) > 0) & (at(waiting, moments) > length)
                    free[team, queue, length] = moments, idle
                moments, idle = free[team, queue, length]
                first = np.searchsorted(moments, begin, side="right") - 1
                last = np.searchsorted(moments, end, side="left")
                assert not idle[first:last].any()


def waiting_in(world, queue):
    """How many wait in a queue."""
    horizon, rows = world.tables.terms.calendar.horizon, world.logs.contacts
    rows = rows[(rows["queue"] == queue) & ~np.isnan(rows["joined"])]
    ends = np.where(np.isnan(rows["end_wait"]), horizon, rows["end_wait"])
    times = np.concatenate([rows["joined"], ends])
    return steps(times, np.repeat([1.0, -1.0], len(rows)), horizon)


def test_who_is_answered_had_an_open_route_to_the_team(world):
    """By its draw, by its wait, and by the length of the queue (at most those who waited at some
    time of the instant)."""
    contacts = world.logs.contacts
    for row in world.contacts:
        if row["outcome"] != HANDLED:
            continue
        now = row["end_wait"]
        there = (contacts["joined"] <= now) & (contacts["queue"] == row["queue"])
        most = (there & ~(contacts["end_wait"] < now)).sum()
        assert any(
            team == row["team"]
            and (after == 0.0 or on_clock(row["joined"] + after, world.tables.grain) <= now)
            and most > length
            for team, after, length in routes_of(world, row)
        )


def test_of_those_with_the_same_routes_a_queue_serves_first_who_came_first(world):
    """Nobody is answered while someone waits on who joined the same queue earlier and has the same
    share of its routes."""
    rows = world.logs.contacts[~np.isnan(world.logs.contacts["joined"])]
    ends = np.where(np.isnan(rows["end_wait"]), np.inf, rows["end_wait"])
    legs = [row for row in world.contacts if not np.isnan(row["joined"])]
    alike = [(row["queue"], *routes_of(world, row)) for row in legs]
    for kind in set(alike):
        own = np.array([index for index, other in enumerate(alike) if other == kind])
        order = own[np.argsort(rows["joined"][own], kind="stable")]
        joined = rows["joined"][order]
        latest = np.concatenate([[-np.inf], np.maximum.accumulate(ends[order])])
        earlier = np.searchsorted(joined, joined, side="left")
        handled = rows["outcome"][order] == HANDLED
        assert (latest[earlier] <= ends[order])[handled].all()


def test_no_more_contacts_hold_a_line_than_there_are_and_who_is_blocked_found_none(world):
    tables, horizon = world.tables, world.tables.terms.calendar.horizon
    rows = world.logs.contacts[world.logs.contacts["last"] == 1]
    blocked = rows["outcome"] == BLOCKED
    if tables.lines < 0:
        assert not blocked.any()
        return
    in_hours = np.array([is_open(tables, row["queue"], row["arrived"]) for row in rows])
    rows, blocked = rows[in_hours], blocked[in_hours]
    menu = [on_clock(float(time + tables.menu), tables.grain) for time in rows["arrived"]]
    turned_away = np.isin(rows["outcome"], (HUNG_UP_IN_MENU, CLOSED))
    ends = np.where(rows["outcome"] == HANDLED, rows["end_talk"], rows["end_wait"])
    ends = np.where(turned_away, menu, ends)
    ends = np.where(np.isnan(ends), horizon, ends)
    begins, ends = rows["arrived"][~blocked], ends[~blocked]
    held = steps(np.concatenate([begins, ends]), np.repeat([1.0, -1.0], len(begins)), horizon)
    assert (held[1] <= tables.lines).all()
    if tables.grain == 0.0:
        assert (at(held, rows["arrived"][blocked]) == tables.lines).all()
