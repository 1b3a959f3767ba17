"""The kernel's event loop: the model's mechanics in one compiled function.

Sections stand in the order of a contact's life. An event may leave work to the sections below it,
all at the same instant: a call to make (`calling`), a leg to join a line (`joining`), agents to be
matched with lines (`matching`), legs whose wait has ended (`State.ended`), and an issue whose
contact is over (`over`), which closes as `verdict` says or goes on.
"""

import math

from sim.codes import (
    ABANDONED,
    ABANDONMENT,
    AFTER_CALL,
    ARISES,
    BASE,
    BLOCKED,
    CALLS_AGAIN,
    CALLS_BACK,
    CASE,
    CLOSED,
    CONTAINED,
    DECISION,
    DETECTED,
    DROPPED,
    ESCALATED,
    FAILED,
    FALSELY_CONTAINED,
    GAVE_UP,
    HANDLED,
    HOURS,
    HUNG_UP_IN_MENU,
    IN_MENU,
    IN_WINDOW,
    JOINED,
    LAPSED,
    LATE,
    LEAVES,
    LEFT_BASE,
    LEFT_SERVICE,
    LEFT_UNAVOIDABLE,
    MENU_DONE,
    MENU_HANG_UP,
    MESSAGE,
    MESSAGE_GOES,
    MISROUTED,
    NO_RECOVERY,
    NO_RESULT,
    NOT_TRIED,
    OPEN,
    PATIENCE,
    PENDING,
    PREEMPTED,
    PREEMPTED_BY,
    REACHED_AFTER,
    RECOVERY_CALL,
    REDIAL,
    REFUSED,
    REPEAT,
    RESOLVED,
    RESOLVES,
    RETRY,
    ROUTE_OPENS,
    SEEKS_HELP,
    SELF_CONTAINED,
    SELF_FALSE,
    SELF_TRIED,
    SILENT,
    SOLVED,
    SPEAKS_UP,
    STAFFING,
    TALK_ENDS,
    TRANSFER,
    TRANSFERRED,
    TURNED_DOWN,
    UNRESOLVED,
    UNSOLVED,
    WAITING,
    WORK_ENDS,
)
from sim.engines.kernel import state as place
from sim.engines.kernel.crews import (
    bring_to_floor,
    count_overtime,
    drop_all,
    end_step,
    end_wait,
    leaves,
    settle_crews,
    unlink,
    write_customer,
    write_issue,
)
from sim.engines.kernel.fixed import Fixed, Floats
from sim.engines.kernel.heap import push, remove_first
from sim.engines.kernel.state import State
from sim.jit import rule
from sim.logs import Rows
from sim.rules.caller import after_reopening, tries_again
from sim.rules.distributions import inverse
from sim.rules.draws import block, uniform
from sim.rules.loyalty import (
    chance_of_leaving,
    counted_wait,
    decayed,
    effects,
    probability,
    remembered,
    repeats_term,
    wait_term,
)
from sim.rules.order import identity, kind_of, on_clock, rank
from sim.rules.outcome import result_of_talk, talk_time
from sim.rules.outreach import decides_after, how_reached, recovery_odds
from sim.rules.routing import first_open_route, goes_before, opens_at

DAY_IS_OVER, BUFFERS_ARE_FULL, SLOTS_ARE_TAKEN = range(3)
BURST = 64
"""Rows and slots that an event may need beyond those that grow with the number of contacts
waiting."""
_PER_LEG = PATIENCE // 4
_PER_CONTACT = CALLS_BACK // 4
assert AFTER_CALL // 4 == _PER_LEG


@rule
def happens(
    f: Fixed, s: State, issue: int, attempt: int, leg: int, purpose: int, chance: float
) -> bool:
    """Whether something with this probability happens; what is certain needs no draw."""
    if chance <= 0.0 or chance >= 1.0:
        return chance >= 1.0
    day, ordinal = s.issue_rows["day"][issue], s.issue_rows["ordinal"][issue]
    key = s.issue_key[issue]
    return uniform(f.seed, f.replication, key, day, ordinal, attempt, leg, purpose) < chance


@rule
def next_opening(f: Fixed, queue: int, moment: float) -> float:
    """The moment itself if the queue is open then, else when it opens next."""
    low, high = f.hours_first[queue], f.hours_first[queue + 1]
    first, last = low, high
    while low < high:
        middle = (low + high) // 2
        if f.opens[middle] <= moment:
            low = middle + 1
        else:
            high = middle
    if low > first and moment < f.closes[low - 1]:
        return moment
    if low < last:
        return f.opens[low]
    return math.inf


@rule
def begin_leg(s: State, issue: int, number: int, queue: int) -> int:
    """A slot with the row of a leg that begins; its issue tells the rest."""
    s.numbers[place.FREE_LEGS] -= 1
    leg = s.free_legs[s.numbers[place.FREE_LEGS]]
    row, about = s.leg_rows, s.issue_rows
    s.leg_used[leg] = True
    s.leg_issue[leg] = issue
    s.leg_timer[leg] = -1
    row["day"][leg] = about["day"][issue]
    row["origin"][leg] = about["origin"][issue]
    row["ordinal"][leg] = about["ordinal"][issue]
    row["customer"][leg] = about["customer"][issue]
    row["segment"][leg] = about["segment"][issue]
    row["reason"][leg] = about["reason"][issue]
    row["attempt"][leg] = about["contacts"][issue]
    row["leg"][leg] = number
    row["why"][leg] = s.issue_why[issue] if number <= 1 else TRANSFER
    row["outcome"][leg] = IN_MENU
    row["result"][leg] = NO_RESULT
    row["last"][leg] = 1
    row["answered_before"][leg] = s.issue_answered[issue]
    row["queue"][leg] = queue
    row["team"][leg] = -1
    row["arrived"][leg] = s.issue_arrived[issue]
    row["joined"][leg] = math.nan
    row["end_wait"][leg] = math.nan
    row["end_talk"][leg] = math.nan
    row["end_work"][leg] = math.nan
    row["waited_before"][leg] = s.issue_waited[issue]
    row["first_wait"][leg] = s.issue_first_wait[issue]
    return leg


@rule
def free_leg(s: State, leg: int) -> None:
    """A leg's slot is free."""
    s.leg_used[leg] = False
    s.free_legs[s.numbers[place.FREE_LEGS]] = leg
    s.numbers[place.FREE_LEGS] += 1


@rule
def write_leg(s: State, leg: int) -> None:
    """Writes a leg that has ended, and frees its slot."""
    row = s.numbers[place.CONTACT_ROWS]
    s.contacts[row] = s.leg_rows[leg]
    s.numbers[place.CONTACT_ROWS] = row + 1
    free_leg(s, leg)


@rule
def before_calling(f: Fixed, s: State, issue: int, now: float) -> int:
    """How an issue closes without a call, or -1 if the customer calls."""
    rows = s.issue_rows
    reason = rows["reason"][issue]
    told = s.issue_told[issue] <= now
    notice = f.notice_of_origin[rows["origin"][issue]] if told else 0
    if told and happens(f, s, issue, 0, 0, PREEMPTED_BY, f.preempts[notice]):
        return PREEMPTED
    if not happens(f, s, issue, 0, 0, SEEKS_HELP, f.seeks_help[reason]):
        speaks_up = f.silent_then_call[notice] if told else 0.0
        if not happens(f, s, issue, 0, 0, SPEAKS_UP, speaks_up):
            return SILENT
        rows["why"][issue] = MESSAGE
    if not happens(f, s, issue, 0, 0, SELF_TRIED, f.tried[reason]):
        return -1
    out = False
    for outage in range(f.outage_first[reason], f.outage_first[reason + 1]):
        out = out or f.outages[outage, 0] <= now < f.outages[outage, 1]
    if out or not happens(f, s, issue, 0, 0, SELF_CONTAINED, f.contained[reason]):
        rows["self_service"][issue] = FAILED
        return -1
    if happens(f, s, issue, 0, 0, SELF_FALSE, f.falsely[reason]):
        rows["self_service"][issue] = FALSELY_CONTAINED
        return UNRESOLVED
    rows["self_service"][issue] = CONTAINED
    return RESOLVED


@rule
def result_of(f: Fixed, s: State, issue: int, leg: int) -> int:
    """What comes of a leg's talk."""
    attempt, number = s.leg_rows["attempt"][leg], s.leg_rows["leg"][leg]
    team, reason = s.leg_rows["team"][leg], s.leg_rows["reason"][leg]
    return result_of_talk(
        happens(f, s, issue, 0, 0, CASE, f.authority[team, reason]),
        happens(f, s, issue, attempt, number, ESCALATED, f.transferred[reason]),
        happens(f, s, issue, attempt, number, MISROUTED, f.misrouted[team, reason]),
        happens(f, s, issue, attempt, number, RESOLVES, f.chance[team, reason]),
        number,
        f.most_legs,
    )


@rule
def chance_of(f: Fixed, s: State, issue: int, recovery: float) -> float:
    """The probability that the customer leaves over an issue that is weighed."""
    rows = s.issue_rows
    return chance_of_leaving(
        f.bases[RESOLVED],
        rows["closing_term"][issue],
        effects(
            rows["wait_term"][issue],
            rows["repeats_term"][issue],
            rows["transfers_term"][issue],
            rows["self_service_term"][issue],
            rows["team_term"][issue],
        ),
        rows["memory_term"][issue],
        recovery,
    )


@rule
def weigh(f: Fixed, s: State, issue: int, closing: int, now: float) -> None:
    """How likely the customer is to leave, what it is blamed on, and what will be remembered."""
    rows = s.issue_rows
    customer = rows["customer"][issue]
    memory = decayed(s.memory[customer], now - s.memory_since[customer], f.half_life)
    rows["closing_term"][issue] = f.bases[closing] - f.bases[RESOLVED]
    rows["wait_term"][issue] = wait_term(f.per_minute, s.issue_counted[issue], f.wait_cap)
    rows["repeats_term"][issue] = repeats_term(f.per_repeat, rows["reached"][issue])
    rows["transfers_term"][issue] = f.per_transfer * rows["transfers"][issue]
    failed = 1 if rows["self_service"][issue] == FAILED else 0
    rows["self_service_term"][issue] = f.self_service_failed * failed
    rows["team_term"][issue] = s.issue_felt[issue]
    rows["memory_term"][issue] = memory
    rows["p"][issue] = chance_of(f, s, issue, 0.0)
    rows["p0"][issue] = probability(f.bases[RESOLVED])
    if f.half_life > 0.0:
        felt = effects(
            rows["wait_term"][issue],
            rows["repeats_term"][issue],
            rows["transfers_term"][issue],
            rows["self_service_term"][issue],
            rows["team_term"][issue],
        )
        bad = closing in (UNRESOLVED, GAVE_UP, REFUSED)
        kept = remembered(memory, felt, f.weight, bad, f.bad_closing, f.memory_cap)
        if kept > 0.0:
            s.memory[customer] = kept
            s.memory_since[customer] = now


@rule
def decide(f: Fixed, s: State, issue: int, now: float) -> None:
    """The customer stays or leaves over an issue that is weighed."""
    rows = s.issue_rows
    customer, segment = rows["customer"][issue], rows["segment"][issue]
    day, origin, ordinal = rows["day"][issue], rows["origin"][issue], rows["ordinal"][issue]
    u = uniform(f.seed, f.replication, s.issue_key[issue], day, ordinal, 0, 0, LEAVES)
    left = u < rows["p"][issue]
    unavoidable = left and u < rows["p0"][issue]
    write_issue(s, issue, now, left, unavoidable)
    if left:
        what = LEFT_UNAVOIDABLE if unavoidable else LEFT_SERVICE
        write_customer(s, customer, segment, what, now, day, origin, ordinal)
        leaves(s, customer, now)


@rule
def is_noticed(f: Fixed, s: State, issue: int, closing: int) -> bool:
    """Whether a bad closing is detected, so that the decision waits for recovery."""
    if f.reached < 0 or closing not in (UNRESOLVED, GAVE_UP, REFUSED):
        return False
    if s.issue_rows["self_service"][issue] in (CONTAINED, FALSELY_CONTAINED):
        return False
    return happens(f, s, issue, 0, 0, DETECTED, f.detected[closing])


@rule
def play(f: Fixed, s: State, arrivals: Rows, plan: Rows, messages: Rows, until: float) -> int:
    """Plays all events before `until`; returns DAY_IS_OVER, or before that BUFFERS_ARE_FULL (the
    caller empties the logs and calls again) or SLOTS_ARE_TAKEN (the caller makes room).

    `arrivals` (`logs.ARISING`) and `plan` (`state.PLAN`) are in the order of time and rank.
    """
    n = s.numbers
    times, ranks, slots = s.heap_times, s.heap_ranks, s.heap_slots
    rows, legs = s.issue_rows, s.leg_rows
    arising = arrivals["time"]
    planned, planned_rank = plan["time"], plan["rank"]
    status = DAY_IS_OVER
    arrival_rank = 0
    ranked = -1
    while True:
        # ------------------------------------------------------------------- room for the event
        waiting = n[place.WAITING]
        burst = (waiting + 4) * (n[place.MOST_OF_ONE] + 2) + BURST
        if (
            n[place.CONTACT_ROWS] + waiting + BURST > len(s.contacts)
            or n[place.ISSUE_ROWS] + burst > len(s.issues)
            or n[place.CUSTOMER_ROWS] + waiting + BURST > len(s.customers)
            or n[place.FLOOR_ROWS] + BURST > len(s.floors)
            or n[place.OUTREACH_ROWS] + BURST > len(s.outreach)
        ):
            status = BUFFERS_ARE_FULL
            break
        if (
            n[place.HEAP] + 2 * waiting + BURST > len(times)
            or n[place.FREE_LEGS] < BURST
            or n[place.FREE_ISSUES] < BURST
        ):
            status = SLOTS_ARE_TAKEN
            break

        # ----------------------------------------------------------------------- the next event
        now, order, source = math.inf, 0, -1
        if n[place.HEAP] > 0:
            now, order, source = times[0], ranks[0], 0
        coming = n[place.NEXT_PLANNED]
        if coming < len(planned):
            t = planned[coming]
            if t < now or (t == now and planned_rank[coming] < order) or source < 0:
                now, order, source = t, planned_rank[coming], 1
        arriving = n[place.NEXT_ARRIVAL]
        if arriving < len(arising):
            if ranked != arriving:
                name = identity(
                    arrivals["day"][arriving],
                    arrivals["origin"][arriving],
                    arrivals["ordinal"][arriving],
                )
                arrival_rank = rank(ARISES, name, 0, 0, 0)
                ranked = arriving
            t = arising[arriving]
            if t < now or (t == now and arrival_rank < order) or source < 0:
                now, order, source = t, arrival_rank, 2
        if source < 0 or now >= until:
            break
        slot = 0
        if source == 0:
            slot = slots[0]
            n[place.HEAP] = remove_first(times, ranks, slots, n[place.HEAP])
        elif source == 1:
            n[place.NEXT_PLANNED] = coming + 1
        else:
            n[place.NEXT_ARRIVAL] = arriving + 1
        kind = kind_of(order)
        calling = joining = over = verdict = -1
        number = queue = 0
        matching = unsettled = False

        # ----------------------------------------------------------------------- what was known
        if source == 1:
            index = plan["index"][coming]
            what = plan["what"][coming]
            if kind == HOURS:
                s.open[index] = what
                if what == 0 and not f.serves[index]:
                    drop_all(s, index, now)
                unsettled = True
            elif kind == STAFFING:
                end_step(s, index, now)
                s.rota[index, place.PLANNED] = plan["planned"][coming]
                s.rota[index, place.ABSENT] = plan["absence"][coming]
                s.rota[index, place.PAID] = plan["paid"][coming]
                s.floor[index] = int(plan["floor"][coming])
                matching = bring_to_floor(f, s, index)
                unsettled = True
            elif kind == BASE:
                if what == JOINED:
                    write_customer(s, index, f.segment[index], JOINED, now, 0, -1, -1)
                elif not s.lost[index]:
                    write_customer(s, index, f.segment[index], LEFT_BASE, now, 0, -1, -1)
                    leaves(s, index, now)
            elif kind == MESSAGE_GOES:
                customer = messages["customer"][index]
                if not s.lost[customer] and f.joined[customer] <= now:
                    row = n[place.OUTREACH_ROWS]
                    s.outreach[row] = messages[index]
                    n[place.OUTREACH_ROWS] = row + 1

        # ----------------------------------------------------------------------- an issue arises
        elif source == 2:
            customer = arrivals["customer"][arriving]
            if customer < 0 or (not s.lost[customer] and f.joined[customer] <= now):
                n[place.FREE_ISSUES] -= 1
                issue = s.free_issues[n[place.FREE_ISSUES]]
                s.issue_used[issue] = True
                origin = arrivals["origin"][arriving]
                rows["day"][issue] = arrivals["day"][arriving]
                rows["origin"][issue] = origin
                rows["ordinal"][issue] = arrivals["ordinal"][arriving]
                rows["customer"][issue] = customer
                rows["segment"][issue] = arrivals["segment"][arriving]
                rows["reason"][issue] = arrivals["reason"][arriving]
                rows["why"][issue] = arrivals["why"][arriving]
                rows["closing"][issue] = OPEN
                rows["contacts"][issue] = 0
                rows["reached"][issue] = 0
                rows["legs_handled"][issue] = 0
                rows["transfers"][issue] = 0
                rows["first_handled_resolved"][issue] = -1
                rows["abandoned"][issue] = 0
                rows["self_service"][issue] = NOT_TRIED
                rows["recovery"][issue] = NO_RECOVERY
                rows["resolving_team"][issue] = -1
                rows["arose"][issue] = now
                rows["closed"][issue] = math.nan
                rows["waited"][issue] = 0.0
                rows["p"][issue] = math.nan
                rows["p0"][issue] = math.nan
                rows["closing_term"][issue] = math.nan
                rows["wait_term"][issue] = math.nan
                rows["repeats_term"][issue] = math.nan
                rows["transfers_term"][issue] = math.nan
                rows["self_service_term"][issue] = math.nan
                rows["team_term"][issue] = math.nan
                rows["memory_term"][issue] = math.nan
                s.issue_identity[issue] = identity(
                    rows["day"][issue], origin, rows["ordinal"][issue]
                )
                s.issue_key[issue] = f.origin_keys[origin]
                s.issue_told[issue] = arrivals["told"][arriving]
                s.issue_counted[issue] = 0.0
                s.issue_felt[issue] = 0.0
                s.issue_ahead[issue] = -1
                if customer >= 0:
                    older = s.newest_issue[customer]
                    s.issue_older[issue] = older
                    s.issue_newer[issue] = -1
                    if older >= 0:
                        s.issue_newer[older] = issue
                    s.newest_issue[customer] = issue
                    own = 1
                    while older >= 0:
                        own += 1
                        older = s.issue_older[older]
                    n[place.MOST_OF_ONE] = max(n[place.MOST_OF_ONE], own)
                verdict = before_calling(f, s, issue, now)
                s.issue_why[issue] = rows["why"][issue]
                if verdict >= 0:
                    over = issue
                else:
                    calling = issue

        # ------------------------------------------------------------------------ a call is due
        elif kind == CALLS_AGAIN:
            if s.issue_ahead[slot] == order:
                s.issue_ahead[slot] = -1
                calling = slot
        elif kind == MENU_DONE:
            issue = s.leg_issue[slot]
            queue = legs["queue"][slot]
            attempt = legs["attempt"][slot]
            legs["outcome"][slot] = IN_MENU
            if happens(f, s, issue, attempt, 0, MENU_HANG_UP, f.menu_hang_up):
                legs["outcome"][slot] = HUNG_UP_IN_MENU
            elif s.open[queue] == 0:
                legs["outcome"][slot] = CLOSED
            if legs["outcome"][slot] == IN_MENU:
                free_leg(s, slot)
                rows["reached"][issue] += 1
                joining, number = issue, 1
            else:
                write_leg(s, slot)
                n[place.TAKEN] -= 1
                over = issue

        # ------------------------------------------------------------------------ in the line
        elif kind == ROUTE_OPENS:
            matching = True
        elif kind == ABANDONMENT:
            if s.leg_timer[slot] == order:
                queue = legs["queue"][slot]
                unlink(s, queue, slot)
                end_wait(s, slot, ABANDONED, now)
                unsettled = s.open[queue] == 0

        # ------------------------------------------------------------------------ with an agent
        elif kind == TALK_ENDS:
            issue = s.leg_issue[slot]
            team, reason = legs["team"][slot], legs["reason"][slot]
            result = result_of(f, s, issue, slot)
            legs["end_talk"][slot] = now
            legs["result"][slot] = result
            rows["legs_handled"][issue] += 1
            s.issue_felt[issue] += f.felt[team]
            work = 0.0
            if f.after_call[reason] >= 0:
                drawn = inverse(f.laws, f.knots, f.after_call[reason], s.leg_work[slot])
                work = drawn * f.handle[team, reason]
            done = on_clock(now + work, f.grain)
            if done < f.horizon:
                order = rank(WORK_ENDS, 0, 0, 0, 0) | s.leg_order[slot]
                n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], done, order, slot)
            if result == TRANSFERRED:
                legs["last"][slot] = 0
                rows["transfers"][issue] += 1
                joining, number = issue, legs["leg"][slot] + 1
                if happens(f, s, issue, 0, 0, CASE, f.authority[team, reason]):
                    queue = f.misrouted_to[reason]
                else:
                    queue = f.transferred_to[reason]
            else:
                if result == SOLVED:
                    rows["resolving_team"][issue] = team
                s.issue_result[issue] = result
                n[place.TAKEN] -= 1
                over = issue
        elif kind == WORK_ENDS:
            team = legs["team"][slot]
            legs["end_work"][slot] = now
            write_leg(s, slot)
            count_overtime(s, team, now)
            s.busy[team] -= 1
            if s.owed[team] > 0:
                s.owed[team] -= 1
                unsettled = True
            else:
                s.idle[team] += 1
                n[place.IDLE] += 1
                matching = True

        # ---------------------------------------------------------------- a decision that waited
        elif kind == DECISION:
            if s.issue_ahead[slot] == order:
                s.issue_ahead[slot] = -1
                how = how_reached(s.issue_delay[slot], f.window, f.deadline)
                rows["recovery"][slot] = how
                if how in (IN_WINDOW, LATE):
                    row = n[place.OUTREACH_ROWS]
                    n[place.OUTREACH_ROWS] = row + 1
                    s.outreach["day"][row] = rows["day"][slot]
                    s.outreach["origin"][row] = rows["origin"][slot]
                    s.outreach["ordinal"][row] = rows["ordinal"][slot]
                    s.outreach["customer"][row] = rows["customer"][slot]
                    s.outreach["segment"][row] = rows["segment"][slot]
                    s.outreach["reason"][row] = rows["reason"][slot]
                    s.outreach["programme"][row] = -1
                    s.outreach["kind"][row] = RECOVERY_CALL
                    s.outreach["time"][row] = now
                rows["p"][slot] = chance_of(f, s, slot, recovery_odds(how, f.in_window, f.late))
                decide(f, s, slot, now)

        # --------------------------------------------------------------------- an attempt begins
        if calling >= 0:
            issue = calling
            reason = rows["reason"][issue]
            queue = f.queue[reason]
            rows["contacts"][issue] += 1
            s.issue_arrived[issue] = now
            s.issue_waited[issue] = 0.0
            s.issue_first_wait[issue] = math.nan
            s.issue_answered[issue] = 0
            s.issue_result[issue] = NO_RESULT
            if s.open[queue] == 0:
                leg = begin_leg(s, issue, 0, queue)
                legs["outcome"][leg] = CLOSED
                write_leg(s, leg)
                over = issue
            elif 0 <= f.lines <= n[place.TAKEN]:
                rows["reached"][issue] += 1
                leg = begin_leg(s, issue, 0, queue)
                legs["outcome"][leg] = BLOCKED
                write_leg(s, leg)
                over = issue
            else:
                n[place.TAKEN] += 1
                if f.menu > 0.0:
                    leg = begin_leg(s, issue, 0, queue)
                    name, attempt = s.issue_identity[issue], rows["contacts"][issue]
                    done = on_clock(now + f.menu, f.grain)
                    if done < f.horizon:
                        order = rank(MENU_DONE, name, attempt, 0, 0)
                        n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], done, order, leg)
                else:
                    rows["reached"][issue] += 1
                    joining, number = issue, 1

        # -------------------------------------------------------------------- a leg joins its line
        joined = -1
        if joining >= 0:
            issue = joining
            leg = begin_leg(s, issue, number, queue)
            attempt = rows["contacts"][issue]
            legs["joined"][leg] = now
            legs["outcome"][leg] = WAITING
            if s.open[queue] == 0 and not f.serves[queue]:
                end_wait(s, leg, DROPPED, now)
            else:
                s.leg_order[leg] = rank(-1, s.issue_identity[issue], attempt, number, 0)
                before = s.tail[queue]
                while (
                    before >= 0
                    and legs["joined"][before] == now
                    and s.leg_order[before] > s.leg_order[leg]
                ):
                    before = s.leg_previous[before]
                after = s.head[queue] if before < 0 else s.leg_next[before]
                s.leg_previous[leg] = before
                s.leg_next[leg] = after
                if before < 0:
                    s.head[queue] = leg
                else:
                    s.leg_next[before] = leg
                if after < 0:
                    s.tail[queue] = leg
                else:
                    s.leg_previous[after] = leg
                s.waiting[queue] += 1
                n[place.WAITING] += 1
                joined = leg
                matching = True

        # ------------------------------------------------------------- agents and lines are matched
        while matching and n[place.IDLE] > 0 and n[place.WAITING] > 0:
            best = best_route = -1
            for line in range(len(f.priority)):
                if s.waiting[line] > 0:
                    leg = s.head[line]
                    route = first_open_route(
                        f.route_team[line, : f.routes[line]],
                        f.route_after[line, : f.routes[line]],
                        s.idle,
                        legs["joined"][leg],
                        now,
                        f.grain,
                    )
                    if route >= 0 and (
                        best < 0
                        or goes_before(
                            f.priority[line],
                            legs["joined"][leg],
                            s.issue_identity[s.leg_issue[leg]],
                            f.priority[legs["queue"][best]],
                            legs["joined"][best],
                            s.issue_identity[s.leg_issue[best]],
                        )
                    ):
                        best, best_route = leg, route
            if best < 0:
                break
            line = legs["queue"][best]
            team = f.route_team[line, best_route]
            issue, reason = s.leg_issue[best], legs["reason"][best]
            count_overtime(s, team, now)
            unlink(s, line, best)
            s.idle[team] -= 1
            n[place.IDLE] -= 1
            s.busy[team] += 1
            wait = now - legs["joined"][best]
            legs["team"][best] = team
            legs["outcome"][best] = HANDLED
            legs["end_wait"][best] = now
            s.issue_waited[issue] += wait
            if legs["leg"][best] == 1:
                legs["first_wait"][best] = wait
                s.issue_first_wait[issue] = wait
            s.issue_answered[issue] = 1
            day, ordinal = rows["day"][issue], rows["ordinal"][issue]
            _, u_talk, u_work, _ = block(
                f.seed,
                f.replication,
                s.issue_key[issue],
                day,
                ordinal,
                legs["attempt"][best],
                legs["leg"][best],
                _PER_LEG,
            )
            s.leg_work[best] = u_work
            drawn = inverse(f.laws, f.knots, f.talk[reason], u_talk)
            done = on_clock(now + talk_time(drawn, f.handle[team, reason], f.pace[team]), f.grain)
            if done < f.horizon:
                order = rank(TALK_ENDS, 0, 0, 0, 0) | s.leg_order[best]
                n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], done, order, best)
            if s.open[line] == 0 and s.waiting[line] == 0:
                settle_crews(f, s, now)

        # ------------------------------------------------------------------- a leg has to wait
        if joined >= 0 and legs["outcome"][joined] == WAITING:
            issue, reason = s.leg_issue[joined], legs["reason"][joined]
            line = legs["queue"][joined]
            law = f.patience[reason, max(legs["segment"][joined], 0)]
            if law >= 0:
                u = uniform(
                    f.seed,
                    f.replication,
                    s.issue_key[issue],
                    rows["day"][issue],
                    rows["ordinal"][issue],
                    legs["attempt"][joined],
                    legs["leg"][joined],
                    PATIENCE,
                )
                patience = inverse(f.laws, f.knots, law, u)
                order = rank(ABANDONMENT, 0, 0, 0, 0) | s.leg_order[joined]
                s.leg_timer[joined] = order
                if patience < math.inf:
                    due = on_clock(now + patience, f.grain)
                    if due < f.horizon:
                        n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], due, order, joined)
            for route in range(f.routes[line]):
                after_wait = f.route_after[line, route]
                if after_wait > 0.0:
                    due = opens_at(now, after_wait, f.grain)
                    if due < f.horizon:
                        order = rank(ROUTE_OPENS, 0, 0, 0, route) | s.leg_order[joined]
                        n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], due, order, joined)
            unsettled = unsettled or s.open[line] == 0
        if unsettled:
            settle_crews(f, s, now)

        # ------------------------------------------------- contacts that are over: and then?
        finished = 0
        while finished < n[place.ENDED] or over >= 0:
            if finished < n[place.ENDED]:
                leg = s.ended[finished]
                finished += 1
                issue, closing = s.leg_issue[leg], -1
                wait = legs["end_wait"][leg] - legs["joined"][leg]
                s.issue_waited[issue] += wait
                if legs["leg"][leg] == 1:
                    legs["first_wait"][leg] = wait
                rows["abandoned"][issue] = 1
                write_leg(s, leg)
                n[place.TAKEN] -= 1
            else:
                issue, closing, over = over, verdict, -1
            reason, customer = rows["reason"][issue], rows["customer"][issue]
            gone = customer >= 0 and s.lost[customer]
            if closing < 0:
                result = s.issue_result[issue]
                rows["waited"][issue] += s.issue_waited[issue]
                s.issue_counted[issue] += counted_wait(s.issue_waited[issue], f.tolerance)
                if s.issue_answered[issue] == 1 and rows["first_handled_resolved"][issue] < 0:
                    rows["first_handled_resolved"][issue] = 1 if result == SOLVED else 0
                if result == SOLVED:
                    closing = RESOLVED
                elif not gone:
                    way, why, closing = 0, REDIAL, GAVE_UP
                    if result == UNSOLVED:
                        way, why, closing = 1, REPEAT, UNRESOLVED
                    elif result == TURNED_DOWN:
                        way, why, closing = 2, RETRY, REFUSED
                    attempt, column = rows["contacts"][issue], max(rows["segment"][issue], 0)
                    _, u_again, u_delay, u_spread = block(
                        f.seed,
                        f.replication,
                        s.issue_key[issue],
                        rows["day"][issue],
                        rows["ordinal"][issue],
                        attempt,
                        0,
                        _PER_CONTACT,
                    )
                    if tries_again(
                        f.again_probability[way, reason, column],
                        f.again_per_attempt[way, reason, column],
                        attempt,
                        f.most_contacts,
                        u_again,
                    ):
                        delay = inverse(
                            f.laws, f.knots, f.again_delay[way, reason, column], u_delay
                        )
                        moment = now + delay
                        opening = next_opening(f, f.queue[reason], moment)
                        moment = after_reopening(moment, opening, f.spread, u_spread)
                        if moment < math.inf:
                            moment = on_clock(moment, f.grain)
                        order = rank(CALLS_AGAIN, s.issue_identity[issue], attempt + 1, 0, 0)
                        s.issue_ahead[issue] = order
                        s.issue_why[issue] = why
                        if moment < f.horizon:
                            n[place.HEAP] = push(
                                times, ranks, slots, n[place.HEAP], moment, order, issue
                            )
                        continue
            # ------------------------------------------------------------------ an issue closes
            rows["closing"][issue] = LAPSED if gone else closing
            rows["closed"][issue] = now
            if gone or not f.loyal:
                write_issue(s, issue, now, False, False)
                continue
            weigh(f, s, issue, closing, now)
            if not is_noticed(f, s, issue, closing):
                decide(f, s, issue, now)
                continue
            u = uniform(
                f.seed,
                f.replication,
                s.issue_key[issue],
                rows["day"][issue],
                rows["ordinal"][issue],
                0,
                0,
                REACHED_AFTER,
            )
            delay = inverse(f.laws, f.knots, f.reached, u)
            order = rank(DECISION, s.issue_identity[issue], 0, 0, 0)
            due = on_clock(now + decides_after(delay, f.deadline), f.grain)
            rows["recovery"][issue] = PENDING
            s.issue_delay[issue] = delay
            s.issue_ahead[issue] = order
            if due < f.horizon:
                n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], due, order, issue)
        n[place.ENDED] = 0
    return status


@rule
def finish_crews(s: State, now: float) -> None:
    """Writes the staffing that is under way at the horizon."""
    for team in range(len(s.idle)):
        end_step(s, team, now)


@rule
def memories_at(f: Fixed, s: State, now: float) -> Floats:
    """What each customer remembers at the horizon."""
    left = s.memory.copy()
    for customer in range(len(left)):
        if left[customer] > 0.0:
            since = now - s.memory_since[customer]
            left[customer] = decayed(left[customer], since, f.half_life)
    return left
