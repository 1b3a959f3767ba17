"""Queues, their hours and routes in numbers."""

import numpy as np

from sim.codes import RULES
from sim.scenario.centre import Queue, Route
from sim.scenario.scenario import Scenario
from sim.tables.calendar import hours_of
from sim.tables.tables import Queues
from sim.tables.words import ONLY_QUEUE, Words
from sim.terms import Calendar, ServiceTargets


def queues_in(scenario: Scenario) -> dict[str, Queue]:
    """The scenario's queues, or the one that it means by naming none."""
    return dict(scenario.queues) or {ONLY_QUEUE: Queue()}


def routes_of(scenario: Scenario, queue: Queue) -> list[Route]:
    """A queue's routes; all teams at once if it names none."""
    return queue.routes or [Route(team=team) for team in scenario.teams]


def queues_of(scenario: Scenario, words: Words, calendar: Calendar) -> Queues:
    """Where contacts wait, when it is open, and who serves it."""
    queues = queues_in(scenario).values()
    centre = scenario.centre
    hours = [
        hours_of(centre.opening if queue.opening is None else queue.opening, calendar)
        for queue in queues
    ]
    routes = [routes_of(scenario, queue) for queue in queues]
    return Queues(
        priority=np.array([queue.priority for queue in queues], dtype=np.int64),
        serve_at_closing=np.array(
            [(queue.closing or centre.closing) == "serve" for queue in queues]
        ),
        opens=tuple(opens for opens, _ in hours),
        closes=tuple(closes for _, closes in hours),
        route_team=tuple(
            np.array([words.teams.index(route.team) for route in listed], dtype=np.int64)
            for listed in routes
        ),
        route_after=tuple(np.array([route.after for route in listed]) for listed in routes),
    )


def targets_of(scenario: Scenario) -> ServiceTargets:
    """How each queue's service level is measured."""
    targets = [queue.target or scenario.service_level for queue in queues_in(scenario).values()]
    return ServiceTargets(
        within=np.array([target.within for target in targets]),
        share=np.array(
            [float("nan") if target.share is None else target.share for target in targets]
        ),
        rule=np.array([RULES.index(target.rule) for target in targets], dtype=np.int64),
    )
