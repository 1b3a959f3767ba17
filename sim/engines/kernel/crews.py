"""The kernel's crews: staffing, overtime, and who stays after closing (MODEL.md sections 4, 10)."""

from sim.engines.kernel.fixed import Floats, Ints, Record
from sim.engines.kernel.lines import drop_head, first_of_two
from sim.engines.kernel.state import FLOOR_ROWS, IDLE
from sim.jit import rule
from sim.logs import Rows
from sim.rules.agent import leaving_at_once, staying_of_owed
from sim.rules.routing import CLASS, LONGER_THAN, TEAM, may_take


@rule
def count_overtime(crew: Record, now: float) -> None:
    """Adds the agent-seconds worked above the floor since the last count."""
    above = crew["busy"] - crew["floor"]
    if above > 0:
        crew["overtime"] += above * (now - crew["counted"])
    crew["counted"] = now


@rule
def end_step(n: Ints, floors: Rows, crew: Record, team: int, now: float) -> None:
    """Writes the stretch of unchanged staffing that ends now."""
    count_overtime(crew, now)
    if now > crew["began"]:
        row = floors[n[FLOOR_ROWS]]
        n[FLOOR_ROWS] += 1
        row["team"] = team
        row["start"] = crew["began"]
        row["end"] = now
        row["planned"] = crew["planned"]
        row["absence"] = crew["absence"]
        row["floor"] = crew["floor"]
        row["paid"] = crew["paid"]
        row["overtime"] = crew["overtime"]
    crew["began"] = now
    crew["overtime"] = 0.0


@rule
def may_come(queue: Record, door: Record, line: Record, routes: Floats, team: int) -> bool:
    """Whether the contacts of a line may come to a team, now or after a longer wait."""
    for route in range(queue["routes"]):
        if routes[route, TEAM] == team and may_take(
            routes[route, LONGER_THAN], routes[route, CLASS], door["waiting"], line["of_class"]
        ):
            return True
    return False


@rule
def is_held(queues: Rows, routes: Floats, doors: Rows, lines: Rows, team: int) -> bool:
    """Whether departures are postponed for the sake of contacts of a closed queue."""
    for place in range(len(lines)):
        line = lines[place]
        at = int(line["queue"])
        if (
            line["waiting"] > 0
            and doors[at]["open"] == 0
            and may_come(queues[at], doors[at], line, routes[at], team)
        ):
            return True
    return False


@rule
def is_stranded(
    queue: Record, door: Record, line: Record, routes: Floats, idle: Ints, crews: Rows
) -> bool:
    """Whether contacts of a closed queue wait, and nobody is left who could ever serve them."""
    if line["waiting"] == 0 or door["open"] == 1:
        return False
    for team in range(len(crews)):
        staffed = idle[team] + crews[team]["busy"] > crews[team]["owed"]
        if staffed and may_come(queue, door, line, routes, team):
            return False
    return True


@rule
def bring_to_floor(n: Ints, idle: Ints, crew: Record, team: int, held: bool) -> bool:
    """Idle agents above the floor leave at once, unless they are held, and the others owe it;
    whether agents came."""
    surplus = int(idle[team] + crew["busy"] - crew["owed"] - crew["floor"])
    if surplus > 0 and not held:
        leaving = leaving_at_once(surplus, int(idle[team]))
        idle[team] -= leaving
        n[IDLE] -= leaving
        crew["owed"] += surplus - leaving
    elif surplus < 0:
        staying = staying_of_owed(-surplus, int(crew["owed"]))
        crew["owed"] -= staying
        idle[team] += -surplus - staying
        n[IDLE] += -surplus - staying
        return True
    return False


@rule(inlined=False)
def settle_crews(
    n: Ints,
    ended: Ints,
    timers: Rows,
    unopened: Ints,
    queues: Rows,
    routes: Floats,
    doors: Rows,
    lines: Rows,
    links: Rows,
    legs: Rows,
    idle: Ints,
    crews: Rows,
    now: float,
) -> None:
    """After agents left or a closed queue emptied: drops who is stranded, and lets go the agents
    who were held, until nothing changes any more."""
    changed = True
    while changed:
        changed = False
        for at in range(len(queues)):
            while True:
                first = -1
                for place in range(len(lines)):
                    line = lines[place]
                    if line["queue"] == at and is_stranded(
                        queues[at], doors[at], line, routes[at], idle, crews
                    ):
                        first = first_of_two(lines, links, legs, first, place)
                if first < 0:
                    break
                drop_head(n, ended, timers, unopened, doors, lines, links, legs, first, now)
                changed = True
        for team in range(len(idle)):
            crew = crews[team]
            above = idle[team] + crew["busy"] - crew["owed"] > crew["floor"]
            if above and not is_held(queues, routes, doors, lines, team):
                bring_to_floor(n, idle, crew, team, False)
                changed = True
