"""What happens in small worlds, told in plain words: every line known beforehand."""

import numpy as np
import pytest

from sim.report.trace.chronicle import Chronicle
from sim.report.trace.moments import KINDS, moments_of
from sim.report.trace.phrases import lasting
from sim.report.trace.words import line
from tests.agreement.by_hand import Arises, Person, scenario, world
from tests.engines import played
from tests.zoo import zoo

DESK = """
reasons.call = { talk = "4 min", after_call = "30 s" }
centre.opening = { all = "9:00-17:00" }
teams.desk = { agents = 1 }
"""


def told(text, issues, people=()):
    """All lines of a world, without those of the night before it opens."""
    demand = world(text, issues, people=people)
    chronicle = Chronicle(scenario(text, people), demand, played(demand))
    moments = moments_of(chronicle)
    return [line(chronicle, moment) for moment in moments[moments["time"] > 0.0]]


def test_contacts_are_told_from_dialling_to_hanging_up():
    patient = 'callers.patience = { constant = "2 min" }'
    redial = 'callers.redial = { probability = 1.0, delay = "50 min" }'
    issues = [Arises("8:59:30", "call"), Arises("9:01:00", "call"), Arises("9:02:00", "call")]
    assert told((DESK, patient, redial, "most_contacts = 2"), issues) == [
        "Mon 08:59:30  call 0-1: calls: queue calls is closed; will call again at 09:49",
        "Mon 09:00:00  queue calls opens",
        "Mon 09:00:00  team desk: 1 on the floor",
        "Mon 09:01:00  call 0-2: calls and joins calls, answered at once by desk",
        "Mon 09:02:00  call 0-3: calls and joins calls, first in line; busy: desk 1 of 1",
        "Mon 09:04:00  call 0-3: hangs up in calls after 2 min; will call again at 09:54",
        "Mon 09:05:00  call 0-2: talk ends after 4 min: resolved (the agent is free 30 s later)",
        "Mon 09:49:30  call 0-1: calls again (redial), attempt 2 and joins calls, answered at once "
        "by desk",
        "Mon 09:53:30  call 0-1: talk ends after 4 min: resolved (the agent is free 30 s later)",
        "Mon 09:54:00  call 0-3: calls again (redial), attempt 2 and joins calls, answered at once "
        "by desk",
        "Mon 09:58:00  call 0-3: talk ends after 4 min: resolved (the agent is free 30 s later)",
        "Mon 17:00:00  queue calls closes; who waits is served",
        "Mon 17:00:00  team desk: 0 on the floor",
    ]


MANY = """
centre = { lines = 1, menu = "20 s" }
queues.front = { routes = [{ team = "desk" }] }
queues.back = { routes = [{ team = "back" }] }
teams.desk = { agents = 1 }
teams.back = { agents = 1 }
[reasons.call]
talk = "4 min"
queue = "front"
misrouted = { probability = 1.0, to = "back" }
fcr = 0.0
"""


def test_the_menu_taken_lines_and_transfers_are_told():
    lines = told(MANY, [Arises("9:00:00", "call"), Arises("9:00:10", "call")])
    assert lines == [
        "Mon 09:00:00  call 0-1: calls and hears the menu",
        "Mon 09:00:10  call 0-2: calls: all lines are taken; gives up",
        "Mon 09:00:20  call 0-1: joins front, answered at once by desk",
        "Mon 09:04:20  call 0-1: talk ends after 4 min: transferred to back",
        "Mon 09:04:20  call 0-1: joins back, answered at once by back",
        "Mon 09:08:20  call 0-1: talk ends after 4 min: not resolved; leaves it at that",
    ]


def test_those_who_are_under_way_at_the_end_of_the_run_are_told():
    text = (DESK, 'centre.opening = { all = "0:00-24:00" }', 'centre.menu = "1 min"')
    issues = [Arises("23:57", "call"), Arises("23:57:30", "call"), Arises("23:59:30", "call")]
    assert told(text, issues)[-3:] == [
        "Mon 24:00:00  call 0-1: still talks with desk at the end of the run",
        "Mon 24:00:00  call 0-2: still waits in calls, since 1 min 30 s, at the end of the run",
        "Mon 24:00:00  call 0-3: is still in the menu at the end of the run",
    ]


LEAVING = """
reasons.call = { talk = "4 min", seeks_help = 0.0 }
teams.desk = { agents = 1 }
[loyalty.base]
resolved = 0.01
unresolved = 0.5
gave_up = 0.5
refused = 0.5
silent = 0.1
preempted = 0.01
"""


def test_who_stays_and_who_leaves_is_told_with_its_probability_and_what_raised_it():
    people = [Person("homes"), Person("homes", leaves="12:00")]
    lines = told(LEAVING, [Arises("9:00", "call", customer=0)], people)
    silent = (
        "Mon 09:00:00  call 0-1 (customer 1, homes): arises; says nothing; the customer {} "
        "(probability of leaving 10 %, 1 % if settled at once; odds: closing ×11)"
    )
    assert lines[0] in (silent.format("stays"), silent.format("LEAVES"))
    assert lines[1:] == ["Mon 12:00:00  customer 2, homes: leaves for reasons of its own"]


@pytest.mark.parametrize("name", zoo.NAMES)
def test_every_moment_of_the_zoo_can_be_told(name):
    chronicle = of_zoo(name)
    moments = moments_of(chronicle)
    lines = [line(chronicle, moment) for moment in moments]
    assert all(text.isprintable() and "None" not in text for text in lines)
    assert (np.diff(moments["time"]) >= 0.0).all()


def test_every_kind_of_moment_happens_in_the_zoo():
    found = {KINDS[kind] for name in zoo.NAMES for kind in set(moments_of(of_zoo(name))["kind"])}
    assert found == set(KINDS)


def of_zoo(name):
    whole = zoo.load(zoo.Path(zoo.__file__).parent / f"{name}.toml").scenario
    demand = zoo.demand_of(zoo.tables(name), 1, 0)
    return Chronicle(whole, demand, zoo.logs(name))


@pytest.mark.parametrize("name", ["crowd", "transfers", "longer", "held", "closing-drop"])
def test_places_in_line_and_busy_agents_are_those_that_one_counts(name):
    chronicle = of_zoo(name)
    legs, places = chronicle.legs, chronicle.place_in_line
    joined, left, free = legs["joined"], legs["end_wait"], legs["end_work"]
    gone, released = (np.where(np.isnan(t), np.inf, t) for t in (left, free))
    for row in np.flatnonzero(~np.isnan(joined))[::7].tolist():
        now = joined[row]
        before = (joined < now) | ((joined == now) & (np.arange(len(legs)) <= row))
        waiting = (legs["queue"] == legs["queue"][row]) & before & (gone >= now)
        assert places[row] == waiting.sum()
        for team in range(len(chronicle.names.teams)):
            busy = (legs["team"] == team) & (left < now) & (released >= now)
            assert chronicle.busy_at(team, now) == busy.sum()


def test_a_length_of_time_is_cut_not_rounded():
    assert lasting(119.9) == "1 min 59 s"
    assert lasting(3599.9) == "59 min 59 s"
    assert lasting(86_399.0) == "23 h 59 min"
