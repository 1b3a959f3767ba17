"""The kernel's rare events: staffing, closing time, and customers who leave (sections 4, 6, 10).

What happens seldom may take its time: these functions get the whole state.
"""

import math

from sim.codes import DROPPED, LAPSED, NO_RECOVERY, OPEN
from sim.engines.kernel.fixed import Fixed, Ints
from sim.engines.kernel.state import (
    CUSTOMER_ROWS,
    ENDED,
    FLOOR_ROWS,
    FREE_ISSUES,
    IDLE,
    ISSUE_ROWS,
    WAITING,
    State,
)
from sim.jit import rule
from sim.logs import Rows
from sim.rules.agent import leaving_at_once, staying_of_owed


@rule
def count_overtime(crews: Rows, team: int, now: float) -> None:
    """Adds the agent-seconds worked above the floor since the last count."""
    above = crews["busy"][team] - crews["floor"][team]
    if above > 0:
        crews["overtime"][team] += above * (now - crews["counted"][team])
    crews["counted"][team] = now


@rule
def end_step(s: State, team: int, now: float) -> None:
    """Writes the stretch of unchanged staffing that ends now."""
    count_overtime(s.crews, team, now)
    if now > s.crews["began"][team]:
        row = s.numbers[FLOOR_ROWS]
        s.numbers[FLOOR_ROWS] = row + 1
        s.floors["team"][row] = team
        s.floors["start"][row] = s.crews["began"][team]
        s.floors["end"][row] = now
        s.floors["planned"][row] = s.crews["planned"][team]
        s.floors["absence"][row] = s.crews["absence"][team]
        s.floors["floor"][row] = s.crews["floor"][team]
        s.floors["paid"][row] = s.crews["paid"][team]
        s.floors["overtime"][row] = s.crews["overtime"][team]
    s.crews["began"][team] = now
    s.crews["overtime"][team] = 0.0


@rule
def unlink(n: Ints, lines: Rows, links: Rows, queue: int, leg: int) -> None:
    """Takes a leg out of its line."""
    before, after = links["previous"][leg], links["next"][leg]
    if before >= 0:
        links["next"][before] = after
    else:
        lines["head"][queue] = after
    if after >= 0:
        links["previous"][after] = before
    else:
        lines["tail"][queue] = before
    lines["waiting"][queue] -= 1
    n[WAITING] -= 1
    links["timer"][leg] = -1


@rule
def end_wait(n: Ints, ended: Ints, legs: Rows, leg: int, outcome: int, now: float) -> None:
    """A leg's wait ends by abandonment or dropping; what follows comes after the event."""
    legs["outcome"][leg] = outcome
    legs["end_wait"][leg] = now
    ended[n[ENDED]] = leg
    n[ENDED] += 1


@rule
def drop_all(s: State, queue: int, now: float) -> None:
    """Everybody in a line is dropped."""
    while s.lines["waiting"][queue] > 0:
        leg = s.lines["head"][queue]
        unlink(s.numbers, s.lines, s.links, queue, leg)
        end_wait(s.numbers, s.ended, s.leg_rows, leg, DROPPED, now)


@rule
def is_stranded(f: Fixed, s: State, queue: int) -> bool:
    """Whether a closed queue waits, and nobody is left who could ever serve it."""
    if s.lines["waiting"][queue] == 0 or s.lines["open"][queue] == 1:
        return False
    for route in range(f.queues["routes"][queue]):
        team = f.route_team[queue, route]
        if s.idle[team] + s.crews["busy"][team] > s.crews["owed"][team]:
            return False
    return True


@rule
def is_held(f: Fixed, s: State, team: int) -> bool:
    """Whether departures are postponed for the sake of a closed queue that still waits."""
    for queue in range(len(f.queues)):
        if (
            f.serving[queue, team] == 1
            and s.lines["waiting"][queue] > 0
            and s.lines["open"][queue] == 0
            and f.queues["serves"][queue] == 1
        ):
            return True
    return False


@rule
def bring_to_floor(f: Fixed, s: State, team: int) -> bool:
    """Idle agents above the floor leave at once, the others owe it; whether agents came."""
    surplus = s.idle[team] + s.crews["busy"][team] - s.crews["owed"][team] - s.crews["floor"][team]
    if surplus > 0 and not is_held(f, s, team):
        leaving = leaving_at_once(surplus, s.idle[team])
        s.idle[team] -= leaving
        s.numbers[IDLE] -= leaving
        s.crews["owed"][team] += surplus - leaving
    elif surplus < 0:
        staying = staying_of_owed(-surplus, s.crews["owed"][team])
        s.crews["owed"][team] -= staying
        s.idle[team] += -surplus - staying
        s.numbers[IDLE] += -surplus - staying
        return True
    return False


@rule
def settle_crews(f: Fixed, s: State, now: float) -> None:
    """After agents left or a closed line emptied: drops who is stranded, and lets go the agents
    who were held, until nothing changes any more."""
    changed = True
    while changed:
        changed = False
        for queue in range(len(f.queues)):
            if is_stranded(f, s, queue):
                drop_all(s, queue, now)
                changed = True
        for team in range(len(s.idle)):
            entitled = s.idle[team] + s.crews["busy"][team] - s.crews["owed"][team]
            if entitled > s.crews["floor"][team] and not is_held(f, s, team):
                bring_to_floor(f, s, team)
                changed = True


@rule
def forget(s: State, issue: int) -> None:
    """An issue is over: its slot is free, and its customer has one less."""
    customer = s.issue_rows["customer"][issue]
    if customer >= 0:
        older, newer = s.states["older"][issue], s.states["newer"][issue]
        if newer >= 0:
            s.states["older"][newer] = older
        else:
            s.people["newest"][customer] = older
        if older >= 0:
            s.states["newer"][older] = newer
    s.states["used"][issue] = False
    s.free_issues[s.numbers[FREE_ISSUES]] = issue
    s.numbers[FREE_ISSUES] += 1


@rule
def write_issue(s: State, issue: int, decided: float, left: bool, unavoidable: bool) -> None:
    """Writes an issue about which staying or leaving is decided, and forgets it."""
    s.issue_rows["decided"][issue] = decided
    s.issue_rows["left"][issue] = left
    s.issue_rows["unavoidable"][issue] = unavoidable
    row = s.numbers[ISSUE_ROWS]
    s.issues[row] = s.issue_rows[issue]
    s.numbers[ISSUE_ROWS] = row + 1
    forget(s, issue)


@rule
def write_customer(
    s: State,
    customer: int,
    segment: int,
    what: int,
    now: float,
    day: int,
    origin: int,
    ordinal: int,
) -> None:
    """Writes a customer who joins or leaves."""
    row = s.numbers[CUSTOMER_ROWS]
    s.numbers[CUSTOMER_ROWS] = row + 1
    s.customers["customer"][row] = customer
    s.customers["segment"][row] = segment
    s.customers["what"][row] = what
    s.customers["time"][row] = now
    s.customers["day"][row] = day
    s.customers["origin"][row] = origin
    s.customers["ordinal"][row] = ordinal


@rule
def leaves(s: State, customer: int, now: float) -> None:
    """A customer has left: what lies ahead of its other issues does not happen."""
    s.people["lost"][customer] = True
    s.people["memory"][customer] = 0.0
    done = -1
    while True:
        first = -1
        other = s.people["newest"][customer]
        while other >= 0:
            name = s.states["identity"][other]
            if (
                name > done
                and s.states["ahead"][other] >= 0
                and (first < 0 or name < s.states["identity"][first])
            ):
                first = other
            other = s.states["older"][other]
        if first < 0:
            break
        done = s.states["identity"][first]
        s.states["ahead"][first] = -1
        if s.issue_rows["closing"][first] == OPEN:
            s.issue_rows["closing"][first] = LAPSED
            s.issue_rows["closed"][first] = now
        else:
            s.issue_rows["recovery"][first] = NO_RECOVERY
            s.issue_rows["p"][first] = math.nan
            s.issue_rows["p0"][first] = math.nan
        write_issue(s, first, now, False, False)
