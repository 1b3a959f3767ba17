"""Queues, their hours and routes in numbers."""

import numpy as np

from sim.codes import RULES
from sim.rules.routing import AFTER, CLASS, EVERYONE, LONGER_THAN, TEAM
from sim.scenario.centre import Queue, Route
from sim.scenario.routes import class_of_route, cuts_of, routes_of
from sim.scenario.scenario import Scenario
from sim.tables.calendar import hours_of
from sim.tables.tables import Floats, Queues
from sim.tables.words import ONLY_QUEUE, Words
from sim.terms import Calendar, ServiceTargets


def queues_in(scenario: Scenario) -> dict[str, Queue]:
    """The scenario's queues, or the one that it means by naming none."""
    return dict(scenario.queues) or {ONLY_QUEUE: Queue()}


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
        routes=tuple(_routes(listed, words) for listed in routes),
        cuts=tuple(np.array(cuts_of(listed), dtype=np.float64) for listed in routes),
    )


def _routes(listed: list[Route], words: Words) -> Floats:
    """The routes of a queue as rows with the columns of `sim.rules.routing`."""
    rows = np.zeros((len(listed), 4))
    for index, route in enumerate(listed):
        rows[index, TEAM] = words.teams.index(route.team)
        rows[index, AFTER] = route.after
        rows[index, LONGER_THAN] = route.longer_than
        of_class = class_of_route(listed, index)
        rows[index, CLASS] = EVERYONE if of_class is None else of_class
    return rows


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
