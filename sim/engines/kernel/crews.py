"""The kernel's rare events: staffing, closing time, and customers who leave (sections 4, 6, 10).

What happens seldom may take its time: these functions get the whole state.
"""

import math

from sim.codes import DROPPED, LAPSED, NO_RECOVERY, OPEN
from sim.engines.kernel.fixed import Fixed
from sim.engines.kernel.state import (
    ABSENT,
    COUNTED_UNTIL,
    CUSTOMER_ROWS,
    ENDED,
    FLOOR_ROWS,
    FREE_ISSUES,
    IDLE,
    ISSUE_ROWS,
    OVERTIME,
    PAID,
    PLANNED,
    STEP_BEGAN,
    WAITING,
    State,
)
from sim.jit import rule
from sim.rules.agent import leaving_at_once, staying_of_owed


@rule
def count_overtime(s: State, team: int, now: float) -> None:
    """Adds the agent-seconds worked above the floor since the last count."""
    above = s.busy[team] - s.floor[team]
    if above > 0:
        s.rota[team, OVERTIME] += above * (now - s.rota[team, COUNTED_UNTIL])
    s.rota[team, COUNTED_UNTIL] = now


@rule
def end_step(s: State, team: int, now: float) -> None:
    """Writes the stretch of unchanged staffing that ends now."""
    count_overtime(s, team, now)
    if now > s.rota[team, STEP_BEGAN]:
        row = s.numbers[FLOOR_ROWS]
        s.numbers[FLOOR_ROWS] = row + 1
        s.floors["team"][row] = team
        s.floors["start"][row] = s.rota[team, STEP_BEGAN]
        s.floors["end"][row] = now
        s.floors["planned"][row] = s.rota[team, PLANNED]
        s.floors["absence"][row] = s.rota[team, ABSENT]
        s.floors["floor"][row] = s.floor[team]
        s.floors["paid"][row] = s.rota[team, PAID]
        s.floors["overtime"][row] = s.rota[team, OVERTIME]
    s.rota[team, STEP_BEGAN] = now
    s.rota[team, OVERTIME] = 0.0


@rule
def unlink(s: State, queue: int, leg: int) -> None:
    """Takes a leg out of its line."""
    before, after = s.leg_previous[leg], s.leg_next[leg]
    if before >= 0:
        s.leg_next[before] = after
    else:
        s.head[queue] = after
    if after >= 0:
        s.leg_previous[after] = before
    else:
        s.tail[queue] = before
    s.waiting[queue] -= 1
    s.numbers[WAITING] -= 1
    s.leg_timer[leg] = -1


@rule
def end_wait(s: State, leg: int, outcome: int, now: float) -> None:
    """A leg's wait ends by abandonment or dropping; what follows comes after the event."""
    s.leg_rows["outcome"][leg] = outcome
    s.leg_rows["end_wait"][leg] = now
    s.ended[s.numbers[ENDED]] = leg
    s.numbers[ENDED] += 1


@rule
def drop_all(s: State, queue: int, now: float) -> None:
    """Everybody in a line is dropped."""
    while s.waiting[queue] > 0:
        leg = s.head[queue]
        unlink(s, queue, leg)
        end_wait(s, leg, DROPPED, now)


@rule
def is_stranded(f: Fixed, s: State, queue: int) -> bool:
    """Whether a closed queue waits, and nobody is left who could ever serve it."""
    if s.waiting[queue] == 0 or s.open[queue] == 1:
        return False
    for route in range(f.routes[queue]):
        team = f.route_team[queue, route]
        if s.idle[team] + s.busy[team] > s.owed[team]:
            return False
    return True


@rule
def is_held(f: Fixed, s: State, team: int) -> bool:
    """Whether departures are postponed for the sake of a closed queue that still waits."""
    for queue in range(len(f.priority)):
        if (
            f.serving[queue, team]
            and s.waiting[queue] > 0
            and s.open[queue] == 0
            and f.serves[queue]
        ):
            return True
    return False


@rule
def bring_to_floor(f: Fixed, s: State, team: int) -> bool:
    """Idle agents above the floor leave at once, the others owe it; whether agents came."""
    surplus = s.idle[team] + s.busy[team] - s.owed[team] - s.floor[team]
    if surplus > 0 and not is_held(f, s, team):
        leaving = leaving_at_once(surplus, s.idle[team])
        s.idle[team] -= leaving
        s.numbers[IDLE] -= leaving
        s.owed[team] += surplus - leaving
    elif surplus < 0:
        staying = staying_of_owed(-surplus, s.owed[team])
        s.owed[team] -= staying
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
        for queue in range(len(f.priority)):
            if is_stranded(f, s, queue):
                drop_all(s, queue, now)
                changed = True
        for team in range(len(s.idle)):
            entitled = s.idle[team] + s.busy[team] - s.owed[team]
            if entitled > s.floor[team] and not is_held(f, s, team):
                bring_to_floor(f, s, team)
                changed = True


@rule
def forget(s: State, issue: int) -> None:
    """An issue is over: its slot is free, and its customer has one less."""
    customer = s.issue_rows["customer"][issue]
    if customer >= 0:
        older, newer = s.issue_older[issue], s.issue_newer[issue]
        if newer >= 0:
            s.issue_older[newer] = older
        else:
            s.newest_issue[customer] = older
        if older >= 0:
            s.issue_newer[older] = newer
    s.issue_used[issue] = False
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
    s.lost[customer] = True
    s.memory[customer] = 0.0
    done = -1
    while True:
        first = -1
        other = s.newest_issue[customer]
        while other >= 0:
            name = s.issue_identity[other]
            if (
                name > done
                and s.issue_ahead[other] >= 0
                and (first < 0 or name < s.issue_identity[first])
            ):
                first = other
            other = s.issue_older[other]
        if first < 0:
            break
        done = s.issue_identity[first]
        s.issue_ahead[first] = -1
        if s.issue_rows["closing"][first] == OPEN:
            s.issue_rows["closing"][first] = LAPSED
            s.issue_rows["closed"][first] = now
        else:
            s.issue_rows["recovery"][first] = NO_RECOVERY
            s.issue_rows["p"][first] = math.nan
            s.issue_rows["p0"][first] = math.nan
        write_issue(s, first, now, False, False)
