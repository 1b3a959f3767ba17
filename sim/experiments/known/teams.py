"""Two teams: overflow from one to the other, and calls shared out between them."""

from collections.abc import Iterator
from typing import NamedTuple

from sim.experiments.known.claim import Case, Claim, Figure
from sim.experiments.known.reading import (
    agents_of,
    given,
    mean,
    patience_of,
    rate_of,
    reason_of,
    talk_of,
    the_only,
    unfit,
)
from sim.scenario.centre import Route
from sim.scenario.scenario import Scenario
from sim.theory.impatient import erlang_a
from sim.theory.overflow import overflow, overflow_without_queue

ABANDONMENT, WAIT = Figure("abandonment"), Figure("mean wait")


class _Side(NamedTuple):
    """A route of the queue, and the team to which it leads."""

    route: Route
    name: str
    agents: int
    handle: float
    """Factor on the length of talks."""


def _sides(scenario: Scenario) -> tuple[_Side, _Side]:
    """The two routes of the only queue, in order."""
    routes = given(the_only(scenario.queues, "queues").routes, "queues.NAME.routes")
    if len(routes) != 2 or any(route.after for route in routes):
        unfit("queues.NAME.routes", "must be two, without `after`, for the known values")
    sides = []
    for route in routes:
        team = scenario.teams[route.team]
        factor = team.factors.handle
        if isinstance(factor, dict):
            unfit(f"teams.{route.team}.factors.handle", "must be one number for the known values")
        sides.append(_Side(route, route.team, agents_of(team, f"teams.{route.team}"), factor))
    return sides[0], sides[1]


def _helped(side: _Side) -> Figure:
    """Share of all calls that a team answers."""
    return Figure("handled", "team", side.name)


def _overflow(scenario: Scenario) -> Iterator[Claim]:
    reason, (home, helpers) = reason_of(scenario), _sides(scenario)
    talk, rate = talk_of(reason), rate_of(reason)
    known = overflow(
        home=home.agents,
        helpers=helpers.agents,
        longer_than=helpers.route.longer_than,
        arrival_rate=rate,
        service_home=talk * home.handle,
        service_helpers=talk * helpers.handle,
        mean_patience=patience_of(scenario),
    )
    yield Claim(ABANDONMENT, known.p_abandon)
    yield Claim(WAIT, known.mean_wait)
    yield Claim(Figure("occupancy", "team", home.name), known.occupancy_home)
    yield Claim(Figure("occupancy", "team", helpers.name), known.occupancy_helpers)
    handled = rate * scenario.horizon * known.p_helped
    yield Claim(Figure("handled", "team", helpers.name), handled)


def _overflow_without_queue(scenario: Scenario) -> Iterator[Claim]:
    reason, (home, helpers) = reason_of(scenario), _sides(scenario)
    if scenario.centre.lines != home.agents + helpers.agents:
        unfit("centre.lines", "must be as many as both teams' agents, so that there is no queue")
    rate = rate_of(reason)
    known = overflow_without_queue(
        home=home.agents,
        helpers=helpers.agents,
        arrival_rate=rate,
        mean_service=mean(reason.talk),
    )
    yield Claim(Figure("blocked", of="contacts"), known.p_blocked)
    handled = rate * scenario.horizon * known.p_helped
    yield Claim(Figure("handled", "team", helpers.name), handled)


def _shares(scenario: Scenario) -> Iterator[Claim]:
    reason, rate = reason_of(scenario), rate_of(reason_of(scenario))
    lost = 0.0
    for side in _sides(scenario):
        share = given(side.route.share, "queues.NAME.routes: share")
        known = erlang_a(
            agents=side.agents,
            arrival_rate=share * rate,
            mean_service=talk_of(reason) * side.handle,
            mean_patience=patience_of(scenario),
        )
        lost += share * known.p_abandon
        yield Claim(Figure("ASA", "team", side.name), known.mean_wait_answered)
        yield Claim(Figure("occupancy", "team", side.name), known.occupancy)
    yield Claim(ABANDONMENT, lost)


_CHAIN = "the chain of both teams and the line"

_TEAMS = ("callers.patience", "queues.routes", "teams.factors.handle")
_LINES = ("centre.lines", "queues.routes")

TEAMS = (
    Case("overflow-shared", _CHAIN, _overflow, 20, _TEAMS),
    Case("overflow-threshold", _CHAIN, _overflow, 20, _TEAMS),
    Case("overflow-lines", "Erlang (1917), Wilkinson (1956)", _overflow_without_queue, 20, _LINES),
    Case("shares", "Erlang A for each team; a Poisson stream split by chance", _shares, 20, _TEAMS),
)
