"""The kernel's lines: contacts that wait, in the order in which they joined.

A queue has a line for each class of its contacts (`sim.rules.routing`), so that only the first of a
line need be asked whether it may be served.
"""

from sim.codes import DROPPED
from sim.engines.kernel.fixed import Floats, Ints, Record
from sim.engines.kernel.heap import clear
from sim.engines.kernel.state import ENDED, WAITING
from sim.jit import rule
from sim.logs import Rows
from sim.rules.routing import AFTER, opens_at


@rule
def link_up(n: Ints, door: Record, line: Record, links: Rows, legs: Rows, leg: int) -> None:
    """Puts a leg into its line, by the time of joining and then by issue."""
    link, joined = links[leg], legs[leg]["joined"]
    before = int(line["tail"])
    while before >= 0 and legs[before]["joined"] == joined:
        if links[before]["order"] < link["order"]:
            break
        before = int(links[before]["previous"])
    after = int(line["head"] if before < 0 else links[before]["next"])
    link["previous"] = before
    link["next"] = after
    if before < 0:
        line["head"] = leg
    else:
        links[before]["next"] = leg
    if after < 0:
        line["tail"] = leg
    else:
        links[after]["previous"] = leg
    line["waiting"] += 1
    door["waiting"] += 1
    n[WAITING] += 1


@rule
def unlink(
    n: Ints, timers: Rows, unopened: Ints, door: Record, line: Record, links: Rows, leg: int
) -> None:
    """Takes a leg out of its line. `unopened` is of the line."""
    link = links[leg]
    before, after = int(link["previous"]), int(link["next"])
    if before >= 0:
        links[before]["next"] = after
    else:
        line["head"] = after
    if after >= 0:
        links[after]["previous"] = before
    else:
        line["tail"] = before
    for route in range(len(unopened)):
        if unopened[route] == leg:
            unopened[route] = after
    line["waiting"] -= 1
    door["waiting"] -= 1
    n[WAITING] -= 1
    link["timer"] = -1
    if n[WAITING] == 0:
        clear(timers)


@rule(inlined=False)
def opening_after(
    unopened: Ints, routes: Floats, lines: Rows, links: Rows, legs: Rows, now: float, grain: float
) -> float:
    """Lets the routes open that are due, and says when the next one opens to somebody by waiting;
    infinity if none will."""
    soonest = float("inf")
    for place in range(len(lines)):
        queue = lines[place]["queue"]
        for route in range(unopened.shape[1]):
            leg = unopened[place, route]
            while leg >= 0:
                due = opens_at(legs[leg]["joined"], routes[queue, route, AFTER], grain)
                if due > now:
                    soonest = min(soonest, due)
                    break
                leg = int(links[leg]["next"])
            unopened[place, route] = leg
    return soonest


@rule
def end_wait(n: Ints, ended: Ints, row: Record, leg: int, outcome: int, now: float) -> None:
    """A leg's wait ends by abandonment or dropping; what follows comes after the event."""
    row["outcome"] = outcome
    row["end_wait"] = now
    ended[n[ENDED]] = leg
    n[ENDED] += 1


@rule
def first_of_two(lines: Rows, links: Rows, legs: Rows, one: int, two: int) -> int:
    """Of two lines that are not empty, the one whose first contact joined first; `one` may be -1,
    for none."""
    if one < 0:
        return two
    first, second = int(lines[one]["head"]), int(lines[two]["head"])
    since, since2 = legs[first]["joined"], legs[second]["joined"]
    if since2 < since or (since2 == since and links[second]["order"] < links[first]["order"]):
        return two
    return one


@rule
def drop_head(
    n: Ints,
    ended: Ints,
    timers: Rows,
    unopened: Ints,
    doors: Rows,
    lines: Rows,
    links: Rows,
    legs: Rows,
    place: int,
    now: float,
) -> None:
    """The first contact of a line is dropped."""
    line = lines[place]
    leg = int(line["head"])
    unlink(n, timers, unopened[place], doors[line["queue"]], line, links, leg)
    end_wait(n, ended, legs[leg], leg, DROPPED, now)


@rule(inlined=False)
def drop_all(
    n: Ints,
    ended: Ints,
    timers: Rows,
    unopened: Ints,
    queue: Record,
    doors: Rows,
    lines: Rows,
    links: Rows,
    legs: Rows,
    now: float,
) -> None:
    """Everybody in a queue is dropped, in the order in which they joined."""
    while True:
        first = -1
        for place in range(queue["first_line"], queue["first_line"] + queue["classes"]):
            if lines[place]["waiting"] > 0:
                first = first_of_two(lines, links, legs, first, place)
        if first < 0:
            break
        drop_head(n, ended, timers, unopened, doors, lines, links, legs, first, now)
