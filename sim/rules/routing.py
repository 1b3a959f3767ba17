"""Who is served next, and by whom (MODEL.md section 4)."""

import numpy as np
import numpy.typing as npt

from sim.jit import rule
from sim.rules.order import on_clock


@rule
def opens_at(joined: float, after: float, grain: float) -> float:
    """When a route opens to a contact that joined its leg at `joined`."""
    if after <= 0.0:
        return joined
    return on_clock(joined + after, grain)


@rule
def first_open_route(
    teams: npt.NDArray[np.int64],
    after: npt.NDArray[np.float64],
    idle: npt.NDArray[np.int64],
    joined: float,
    now: float,
    grain: float,
) -> int:
    """The first route of a queue that is open to a contact and leads to an idle agent, or -1.

    `teams` and `after` say for each route its team and the wait from which it is open; `idle` says
    for each team how many agents are idle. A contact that joined the leg at `joined` has waited
    long enough once `now` reaches the instant at which the route's event is due.
    """
    for route in range(len(teams)):
        if idle[teams[route]] > 0 and opens_at(joined, after[route], grain) <= now:
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
