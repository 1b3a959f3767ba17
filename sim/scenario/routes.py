"""What a queue's routes say together: into which classes its contacts fall, and who serves them."""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from sim.scenario.centre import Queue, Route
from sim.scenario.scenario import Scenario

_ROUNDING = 1e-9


def routes_of(scenario: Scenario, queue: Queue) -> list[Route]:
    """A queue's routes; all teams at once if it names none."""
    return queue.routes or [Route(team=team) for team in scenario.teams]


def cuts_of(routes: Sequence[Route]) -> list[float]:
    """Where a leg's draw is cut into classes: one for each route with a share, and one for the rest
    if the shares do not add up to 1."""
    cuts = list(accumulate(route.share for route in routes if route.share is not None))
    return cuts[:-1] if cuts and cuts[-1] >= 1.0 - _ROUNDING else cuts


def class_of_route(routes: Sequence[Route], index: int) -> int | None:
    """The class to which a route is open, or None if it is open to everyone."""
    if routes[index].share is None:
        return None
    return sum(route.share is not None for route in routes[:index])


def problems_of(
    routes: Sequence[Route], staffed: Collection[str]
) -> Iterator[tuple[tuple[int, ...], str]]:
    """What is wrong with a queue's routes: the place below them, and a sentence with the cure.

    staffed: the teams that have agents at some time.
    """
    total = sum(route.share or 0.0 for route in routes)
    if total > 1.0 + _ROUNDING:
        yield (), f"the shares add up to {total:.6g}; at most 1 can be shared out, so lower them"
        return
    to_all = [route for route in routes if route.share is None]
    if not to_all and total < 1.0 - _ROUNDING:
        yield (
            (),
            f"the shares add up to {total:.6g}, and the other {1.0 - total:.6g} of the contacts "
            "find no route; let them add up to 1, or add a route without a share",
        )
    for index, route in enumerate(routes):
        if route.share is not None:
            mine = [*to_all, route]
            yield from (((index,), message) for message in _unserved(mine, "this share", staffed))
    if to_all and total < 1.0 - _ROUNDING:
        who = "the rest of the contacts" if total else "the contacts"
        yield from (((), message) for message in _unserved(to_all, who, staffed))


def _unserved(routes: Sequence[Route], who: str, staffed: Collection[str]) -> Iterator[str]:
    """Whether some contacts with these routes are certain never to be served."""
    teams = list(dict.fromkeys(route.team for route in routes if not route.longer_than))
    if not teams:
        yield (
            f"{who} may take only routes with `longer_than`, so that the last in line could never "
            "be answered; add a route without"
        )
    elif not any(team in staffed for team in teams):
        yield (
            f"no team serves {who}: {', '.join(teams)} never has an agent; staff one of them, or "
            "add another route"
        )
