"""The kernel's lines and crews: closing time, staffing and overtime (MODEL.md section 4)."""

from sim.codes import DROPPED
from sim.engines.kernel.fixed import Ints, Record
from sim.engines.kernel.state import ENDED, FLOOR_ROWS, IDLE, WAITING
from sim.jit import rule
from sim.logs import Rows
from sim.rules.agent import leaving_at_once, staying_of_owed


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
def link_up(line: Record, links: Rows, legs: Rows, leg: int) -> None:
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


@rule
def unlink(n: Ints, line: Record, links: Rows, leg: int) -> None:
    """Takes a leg out of its line."""
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
    line["waiting"] -= 1
    n[WAITING] -= 1
    link["timer"] = -1


@rule
def end_wait(n: Ints, ended: Ints, row: Record, leg: int, outcome: int, now: float) -> None:
    """A leg's wait ends by abandonment or dropping; what follows comes after the event."""
    row["outcome"] = outcome
    row["end_wait"] = now
    ended[n[ENDED]] = leg
    n[ENDED] += 1


@rule
def drop_all(n: Ints, ended: Ints, line: Record, links: Rows, legs: Rows, now: float) -> None:
    """Everybody in a line is dropped."""
    while line["waiting"] > 0:
        leg = int(line["head"])
        unlink(n, line, links, leg)
        end_wait(n, ended, legs[leg], leg, DROPPED, now)


@rule
def is_stranded(
    line: Record, routes: int, route_team: Ints, queue: int, idle: Ints, crews: Rows
) -> bool:
    """Whether a closed queue waits, and nobody is left who could ever serve it."""
    if line["waiting"] == 0 or line["open"] == 1:
        return False
    for route in range(routes):
        team = route_team[queue, route]
        if idle[team] + crews[team]["busy"] > crews[team]["owed"]:
            return False
    return True


@rule
def is_held(queues: Rows, lines: Rows, serving: Ints, team: int) -> bool:
    """Whether departures are postponed for the sake of a closed queue that still waits."""
    for queue in range(len(queues)):
        line = lines[queue]
        if (
            serving[queue, team] == 1
            and line["waiting"] > 0
            and line["open"] == 0
            and queues[queue]["serves"] == 1
        ):
            return True
    return False


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


@rule
def settle_crews(
    n: Ints,
    ended: Ints,
    queues: Rows,
    route_team: Ints,
    serving: Ints,
    lines: Rows,
    links: Rows,
    legs: Rows,
    idle: Ints,
    crews: Rows,
    now: float,
) -> None:
    """After agents left or a closed line emptied: drops who is stranded, and lets go the agents
    who were held, until nothing changes any more."""
    changed = True
    while changed:
        changed = False
        for queue in range(len(queues)):
            line = lines[queue]
            if is_stranded(line, queues[queue]["routes"], route_team, queue, idle, crews):
                drop_all(n, ended, line, links, legs, now)
                changed = True
        for team in range(len(idle)):
            crew = crews[team]
            above = idle[team] + crew["busy"] - crew["owed"] > crew["floor"]
            if above and not is_held(queues, lines, serving, team):
                bring_to_floor(n, idle, crew, team, False)
                changed = True
