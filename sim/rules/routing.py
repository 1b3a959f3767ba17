"""Who is served next, and by whom (MODEL.md section 4).

A queue's routes are rows of numbers in the columns below. The shares of its routes divide its
contacts into *classes*: one for each route with a share, in their order, and a last one for the
rest. Contacts of a class have the same routes, so that of two who wait, the one who joined earlier
has every open route of the other.
"""

import numpy as np
import numpy.typing as npt

from sim.jit import rule
from sim.rules.order import on_clock

TEAM, AFTER, LONGER_THAN, CLASS = range(4)
"""Columns of routes: the index of the team, the wait in seconds and the length of the queue beyond
which the route is open, and the class to which it is open."""
EVERYONE = -1
"""In the column CLASS: the route is open to all classes."""


@rule
def class_of(cuts: npt.NDArray[np.float64], u: float) -> int:
    """The class of a leg with the draw `u`; `cuts` rise, and are one fewer than the classes."""
    for place in range(len(cuts)):
        if u < cuts[place]:
            return place
    return len(cuts)


@rule
def opens_at(joined: float, after: float, grain: float) -> float:
    """When a route opens to a contact that joined its leg at `joined`."""
    if after <= 0.0:
        return joined
    return on_clock(joined + after, grain)


@rule
def may_take(longer_than: float, open_to: float, waiting: int, of_class: int) -> bool:
    """Whether a route is open to a contact of this class, now or after a longer wait, while so many
    wait in its queue (the contact included). `longer_than` and `open_to` are the route's."""
    return waiting > longer_than and (open_to < 0.0 or open_to == of_class)


@rule
def first_open_route(
    routes: npt.NDArray[np.float64],
    idle: npt.NDArray[np.int64],
    joined: float,
    waiting: int,
    of_class: int,
    now: float,
    grain: float,
) -> int:
    """The first route of a queue that is open to a contact and leads to an idle agent, or -1.

    `routes` has a row for each route; `idle` says for each team how many agents are idle. The
    contact joined the leg at `joined`, is of this class, and is one of so many `waiting` in its
    queue. It has waited long enough once `now` reaches the instant at which the route's event is
    due.
    """
    for route in range(len(routes)):
        if (
            idle[int(routes[route, TEAM])] > 0
            and may_take(routes[route, LONGER_THAN], routes[route, CLASS], waiting, of_class)
            and opens_at(joined, routes[route, AFTER], grain) <= now
        ):
            return route
    return -1


@rule
def goes_before(
    priority: int, joined: float, issue: int, priority2: int, joined2: float, issue2: int
) -> bool:
    """Whether the first contact is served before the second: by priority of the queue (the higher
    number first), then by the time of joining this leg, then by issue identity."""
    if priority != priority2:
        return priority > priority2
    if joined != joined2:
        return joined < joined2
    return issue < issue2
