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
from sim.engines.kernel.fixed import Fixed, Floats, Ints
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


Who = tuple[int, int, int, int, int]
"""Whose draws: seed, replication, and an issue's key, day and ordinal."""


@rule
def happens(who: Who, attempt: int, leg: int, purpose: int, chance: float) -> bool:
    """Whether something with this probability happens; what is certain needs no draw."""
    if chance <= 0.0 or chance >= 1.0:
        return chance >= 1.0
    seed, replication, key, day, ordinal = who
    return uniform(seed, replication, key, day, ordinal, attempt, leg, purpose) < chance


@rule
def who_of(world: Rows, states: Rows, issue_rows: Rows, issue: int) -> Who:
    """Whose draws an issue's are."""
    return (
        world["seed"][0],
        world["replication"][0],
        states["key"][issue],
        issue_rows["day"][issue],
        issue_rows["ordinal"][issue],
    )


@rule
def next_opening(hours: Floats, begin: int, end: int, moment: float) -> float:
    """The moment itself if a queue is open then, else when it opens next. Its hours are the rows
    `begin` to `end` of `hours`."""
    low, high = begin, end
    while low < high:
        middle = (low + high) // 2
        if hours[middle, 0] <= moment:
            low = middle + 1
        else:
            high = middle
    if low > begin and moment < hours[low - 1, 1]:
        return moment
    if low < end:
        return hours[low, 0]
    return math.inf


@rule
def begin_leg(
    leg: int,
    row: Rows,
    links: Rows,
    about: Rows,
    states: Rows,
    issue: int,
    number: int,
    queue: int,
    first_queue: int,
) -> None:
    """Fills a slot with the row of a leg that begins; its issue tells the rest."""
    links["used"][leg] = True
    links["issue"][leg] = issue
    links["timer"][leg] = -1
    row["day"][leg] = about["day"][issue]
    row["origin"][leg] = about["origin"][issue]
    row["ordinal"][leg] = about["ordinal"][issue]
    row["customer"][leg] = about["customer"][issue]
    row["segment"][leg] = about["segment"][issue]
    row["reason"][leg] = about["reason"][issue]
    row["attempt"][leg] = about["contacts"][issue]
    row["leg"][leg] = number
    row["why"][leg] = states["why"][issue] if number <= 1 else TRANSFER
    row["outcome"][leg] = IN_MENU
    row["result"][leg] = NO_RESULT
    row["last"][leg] = 1
    row["answered_before"][leg] = states["answered"][issue]
    row["queue"][leg] = queue
    row["team"][leg] = -1
    row["first_queue"][leg] = first_queue
    row["arrived"][leg] = states["arrived"][issue]
    row["joined"][leg] = math.nan
    row["end_wait"][leg] = math.nan
    row["end_talk"][leg] = math.nan
    row["end_work"][leg] = math.nan
    row["waited_before"][leg] = states["waited"][issue]
    row["first_wait"][leg] = states["first_wait"][issue]


@rule
def take_leg(n: Ints, free_legs: Ints) -> int:
    """A slot for a leg."""
    n[place.FREE_LEGS] -= 1
    return free_legs[n[place.FREE_LEGS]]


@rule
def free_leg(n: Ints, free_legs: Ints, links: Rows, leg: int) -> None:
    """A leg's slot is free."""
    links["used"][leg] = False
    free_legs[n[place.FREE_LEGS]] = leg
    n[place.FREE_LEGS] += 1


@rule
def write_leg(n: Ints, free_legs: Ints, links: Rows, legs: Rows, contacts: Rows, leg: int) -> None:
    """Writes a leg that has ended, and frees its slot."""
    row = n[place.CONTACT_ROWS]
    contacts[row] = legs[leg]
    n[place.CONTACT_ROWS] = row + 1
    free_leg(n, free_legs, links, leg)


@rule
def before_calling(
    who: Who,
    rows: Rows,
    reasons: Rows,
    outages: Floats,
    told: bool,
    preempts: float,
    silent_then_call: float,
    issue: int,
    now: float,
) -> int:
    """How an issue closes without a call, or -1 if the customer calls. `preempts` and
    `silent_then_call` are those of the notice by which the customer is `told`."""
    reason = rows["reason"][issue]
    if told and happens(who, 0, 0, PREEMPTED_BY, preempts):
        return PREEMPTED
    if not happens(who, 0, 0, SEEKS_HELP, reasons["seeks_help"][reason]):
        speaks_up = silent_then_call if told else 0.0
        if not happens(who, 0, 0, SPEAKS_UP, speaks_up):
            return SILENT
        rows["why"][issue] = MESSAGE
    if not happens(who, 0, 0, SELF_TRIED, reasons["tried"][reason]):
        return -1
    out = False
    for outage in range(reasons["outage_begin"][reason], reasons["outage_end"][reason]):
        out = out or outages[outage, 0] <= now < outages[outage, 1]
    if out or not happens(who, 0, 0, SELF_CONTAINED, reasons["contained"][reason]):
        rows["self_service"][issue] = FAILED
        return -1
    if happens(who, 0, 0, SELF_FALSE, reasons["falsely"][reason]):
        rows["self_service"][issue] = FALSELY_CONTAINED
        return UNRESOLVED
    rows["self_service"][issue] = CONTAINED
    return RESOLVED


@rule
def result_of(
    who: Who, legs: Rows, pairs: Rows, transferred: float, leg: int, most_legs: int
) -> int:
    """What comes of a leg's talk; `transferred` is the share of cases beyond authority that the
    reason passes on."""
    attempt, number = legs["attempt"][leg], legs["leg"][leg]
    team, reason = legs["team"][leg], legs["reason"][leg]
    return result_of_talk(
        happens(who, 0, 0, CASE, pairs["authority"][team, reason]),
        happens(who, attempt, number, ESCALATED, transferred),
        happens(who, attempt, number, MISROUTED, pairs["misrouted"][team, reason]),
        happens(who, attempt, number, RESOLVES, pairs["chance"][team, reason]),
        number,
        most_legs,
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
    memory = decayed(
        s.people["memory"][customer], now - s.people["since"][customer], f.world["half_life"][0]
    )
    rows["closing_term"][issue] = f.bases[closing] - f.bases[RESOLVED]
    rows["wait_term"][issue] = wait_term(
        f.world["per_minute"][0], s.states["counted"][issue], f.world["wait_cap"][0]
    )
    rows["repeats_term"][issue] = repeats_term(f.world["per_repeat"][0], rows["reached"][issue])
    rows["transfers_term"][issue] = f.world["per_transfer"][0] * rows["transfers"][issue]
    failed = 1 if rows["self_service"][issue] == FAILED else 0
    rows["self_service_term"][issue] = f.world["self_service_failed"][0] * failed
    rows["team_term"][issue] = s.states["felt"][issue]
    rows["memory_term"][issue] = memory
    rows["p"][issue] = chance_of(f, s, issue, 0.0)
    rows["p0"][issue] = probability(f.bases[RESOLVED])
    if f.world["half_life"][0] > 0.0:
        felt = effects(
            rows["wait_term"][issue],
            rows["repeats_term"][issue],
            rows["transfers_term"][issue],
            rows["self_service_term"][issue],
            rows["team_term"][issue],
        )
        bad = closing in (UNRESOLVED, GAVE_UP, REFUSED)
        kept = remembered(
            memory,
            felt,
            f.world["weight"][0],
            bad,
            f.world["bad_closing"][0],
            f.world["memory_cap"][0],
        )
        if kept > 0.0:
            s.people["memory"][customer] = kept
            s.people["since"][customer] = now


@rule
def decide(f: Fixed, s: State, issue: int, now: float) -> None:
    """The customer stays or leaves over an issue that is weighed."""
    rows = s.issue_rows
    customer, segment = rows["customer"][issue], rows["segment"][issue]
    day, origin, ordinal = rows["day"][issue], rows["origin"][issue], rows["ordinal"][issue]
    u = uniform(
        f.world["seed"][0],
        f.world["replication"][0],
        s.states["key"][issue],
        day,
        ordinal,
        0,
        0,
        LEAVES,
    )
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
    if f.world["reached"][0] < 0 or closing not in (UNRESOLVED, GAVE_UP, REFUSED):
        return False
    if s.issue_rows["self_service"][issue] in (CONTAINED, FALSELY_CONTAINED):
        return False
    who = who_of(f.world, s.states, s.issue_rows, issue)
    return happens(who, 0, 0, DETECTED, f.detected[closing])


@rule
def play(f: Fixed, s: State, arrivals: Rows, plan: Rows, messages: Rows, until: float) -> int:
    """Plays all events before `until`; returns DAY_IS_OVER, or before that BUFFERS_ARE_FULL (the
    caller empties the logs and calls again) or SLOTS_ARE_TAKEN (the caller makes room).

    `arrivals` (`logs.ARISING`) and `plan` (`state.PLAN`) are in the order of time and rank.
    """
    n = s.numbers
    times, ranks, slots = s.heap_times, s.heap_ranks, s.heap_slots
    rows, states, legs, links = s.issue_rows, s.states, s.leg_rows, s.links
    free_legs, contacts, people = s.free_legs, s.contacts, s.people
    crews, lines, idle = s.crews, s.lines, s.idle
    laws, knots = f.laws, f.knots
    seed, replication = f.world["seed"][0], f.world["replication"][0]
    grain, horizon = f.world["grain"][0], f.world["horizon"][0]
    most_legs = f.world["most_legs"][0]
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
            n[place.CONTACT_ROWS] + waiting + BURST > len(contacts)
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
                lines["open"][index] = what
                if what == 0 and not f.queues["serves"][index]:
                    drop_all(s, index, now)
                unsettled = True
            elif kind == STAFFING:
                end_step(s, index, now)
                crews["planned"][index] = plan["planned"][coming]
                crews["absence"][index] = plan["absence"][coming]
                crews["paid"][index] = plan["paid"][coming]
                crews["floor"][index] = int(plan["floor"][coming])
                matching = bring_to_floor(f, s, index)
                unsettled = True
            elif kind == BASE:
                if what == JOINED:
                    write_customer(s, index, people["segment"][index], JOINED, now, 0, -1, -1)
                elif not people["lost"][index]:
                    write_customer(s, index, people["segment"][index], LEFT_BASE, now, 0, -1, -1)
                    leaves(s, index, now)
            elif kind == MESSAGE_GOES:
                customer = messages["customer"][index]
                if not people["lost"][customer] and people["joined"][customer] <= now:
                    row = n[place.OUTREACH_ROWS]
                    s.outreach[row] = messages[index]
                    n[place.OUTREACH_ROWS] = row + 1

        # ----------------------------------------------------------------------- an issue arises
        elif source == 2:
            customer = arrivals["customer"][arriving]
            if customer < 0 or (not people["lost"][customer] and people["joined"][customer] <= now):
                n[place.FREE_ISSUES] -= 1
                issue = s.free_issues[n[place.FREE_ISSUES]]
                states["used"][issue] = True
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
                states["identity"][issue] = identity(
                    rows["day"][issue], origin, rows["ordinal"][issue]
                )
                states["key"][issue] = f.origins["key"][origin]
                states["told"][issue] = arrivals["told"][arriving]
                states["counted"][issue] = 0.0
                states["felt"][issue] = 0.0
                states["ahead"][issue] = -1
                if customer >= 0:
                    older = people["newest"][customer]
                    states["older"][issue] = older
                    states["newer"][issue] = -1
                    if older >= 0:
                        states["newer"][older] = issue
                    people["newest"][customer] = issue
                    own = 1
                    while older >= 0:
                        own += 1
                        older = states["older"][older]
                    n[place.MOST_OF_ONE] = max(n[place.MOST_OF_ONE], own)
                told = states["told"][issue] <= now
                notice = f.origins["notice"][origin] if told else -1
                verdict = before_calling(
                    who_of(f.world, states, rows, issue),
                    rows,
                    f.reasons,
                    f.outages,
                    told,
                    f.notices["preempts"][notice] if told else 0.0,
                    f.notices["silent_then_call"][notice] if told else 0.0,
                    issue,
                    now,
                )
                states["why"][issue] = rows["why"][issue]
                if verdict >= 0:
                    over = issue
                else:
                    calling = issue

        # ------------------------------------------------------------------------ a call is due
        elif kind == CALLS_AGAIN:
            if states["ahead"][slot] == order:
                states["ahead"][slot] = -1
                calling = slot
        elif kind == MENU_DONE:
            issue = links["issue"][slot]
            queue = legs["queue"][slot]
            attempt = legs["attempt"][slot]
            legs["outcome"][slot] = IN_MENU
            who = who_of(f.world, states, rows, issue)
            if happens(who, attempt, 0, MENU_HANG_UP, f.world["menu_hang_up"][0]):
                legs["outcome"][slot] = HUNG_UP_IN_MENU
            elif lines["open"][queue] == 0:
                legs["outcome"][slot] = CLOSED
            if legs["outcome"][slot] == IN_MENU:
                free_leg(n, free_legs, links, slot)
                rows["reached"][issue] += 1
                joining, number = issue, 1
            else:
                write_leg(n, free_legs, links, legs, contacts, slot)
                n[place.TAKEN] -= 1
                over = issue

        # ------------------------------------------------------------------------ in the line
        elif kind == ROUTE_OPENS:
            matching = True
        elif kind == ABANDONMENT:
            if links["timer"][slot] == order:
                queue = legs["queue"][slot]
                unlink(n, lines, links, queue, slot)
                end_wait(n, s.ended, legs, slot, ABANDONED, now)
                unsettled = lines["open"][queue] == 0

        # ------------------------------------------------------------------------ with an agent
        elif kind == TALK_ENDS:
            issue = links["issue"][slot]
            team, reason = legs["team"][slot], legs["reason"][slot]
            who = who_of(f.world, states, rows, issue)
            result = result_of(
                who, legs, f.pairs, f.reasons["transferred"][reason], slot, most_legs
            )
            legs["end_talk"][slot] = now
            legs["result"][slot] = result
            rows["legs_handled"][issue] += 1
            states["felt"][issue] += f.teams["felt"][team]
            work = 0.0
            if f.reasons["after_call"][reason] >= 0:
                drawn = inverse(laws, knots, f.reasons["after_call"][reason], links["work"][slot])
                work = drawn * f.pairs["handle"][team, reason]
            done = on_clock(now + work, grain)
            if done < horizon:
                order = rank(WORK_ENDS, 0, 0, 0, 0) | links["order"][slot]
                n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], done, order, slot)
            if result == TRANSFERRED:
                legs["last"][slot] = 0
                rows["transfers"][issue] += 1
                joining, number = issue, legs["leg"][slot] + 1
                if happens(who, 0, 0, CASE, f.pairs["authority"][team, reason]):
                    queue = f.reasons["misrouted_to"][reason]
                else:
                    queue = f.reasons["transferred_to"][reason]
            else:
                if result == SOLVED:
                    rows["resolving_team"][issue] = team
                states["result"][issue] = result
                n[place.TAKEN] -= 1
                over = issue
        elif kind == WORK_ENDS:
            team = legs["team"][slot]
            legs["end_work"][slot] = now
            write_leg(n, free_legs, links, legs, contacts, slot)
            count_overtime(crews, team, now)
            crews["busy"][team] -= 1
            if crews["owed"][team] > 0:
                crews["owed"][team] -= 1
                unsettled = True
            else:
                idle[team] += 1
                n[place.IDLE] += 1
                matching = True

        # ---------------------------------------------------------------- a decision that waited
        elif kind == DECISION and states["ahead"][slot] == order:
            states["ahead"][slot] = -1
            how = how_reached(states["delay"][slot], f.world["window"][0], f.world["deadline"][0])
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
            rows["p"][slot] = chance_of(
                f, s, slot, recovery_odds(how, f.world["in_window"][0], f.world["late"][0])
            )
            decide(f, s, slot, now)

        # --------------------------------------------------------------------- an attempt begins
        if calling >= 0:
            issue = calling
            reason = rows["reason"][issue]
            queue = f.reasons["queue"][reason]
            rows["contacts"][issue] += 1
            states["arrived"][issue] = now
            states["waited"][issue] = 0.0
            states["first_wait"][issue] = math.nan
            states["answered"][issue] = 0
            states["result"][issue] = NO_RESULT
            if lines["open"][queue] == 0:
                leg = take_leg(n, free_legs)
                begin_leg(leg, legs, links, rows, states, issue, 0, queue, queue)
                legs["outcome"][leg] = CLOSED
                write_leg(n, free_legs, links, legs, contacts, leg)
                over = issue
            elif 0 <= f.world["lines"][0] <= n[place.TAKEN]:
                rows["reached"][issue] += 1
                leg = take_leg(n, free_legs)
                begin_leg(leg, legs, links, rows, states, issue, 0, queue, queue)
                legs["outcome"][leg] = BLOCKED
                write_leg(n, free_legs, links, legs, contacts, leg)
                over = issue
            else:
                n[place.TAKEN] += 1
                if f.world["menu"][0] > 0.0:
                    leg = take_leg(n, free_legs)
                    begin_leg(leg, legs, links, rows, states, issue, 0, queue, queue)
                    name, attempt = states["identity"][issue], rows["contacts"][issue]
                    done = on_clock(now + f.world["menu"][0], grain)
                    if done < horizon:
                        order = rank(MENU_DONE, name, attempt, 0, 0)
                        n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], done, order, leg)
                else:
                    rows["reached"][issue] += 1
                    joining, number = issue, 1

        # -------------------------------------------------------------------- a leg joins its line
        joined = -1
        if joining >= 0:
            issue = joining
            leg = take_leg(n, free_legs)
            first_queue = f.reasons["queue"][rows["reason"][issue]]
            begin_leg(leg, legs, links, rows, states, issue, number, queue, first_queue)
            attempt = rows["contacts"][issue]
            legs["joined"][leg] = now
            legs["outcome"][leg] = WAITING
            if lines["open"][queue] == 0 and not f.queues["serves"][queue]:
                end_wait(n, s.ended, legs, leg, DROPPED, now)
            else:
                links["order"][leg] = rank(-1, states["identity"][issue], attempt, number, 0)
                before = lines["tail"][queue]
                while (
                    before >= 0
                    and legs["joined"][before] == now
                    and links["order"][before] > links["order"][leg]
                ):
                    before = links["previous"][before]
                after = lines["head"][queue] if before < 0 else links["next"][before]
                links["previous"][leg] = before
                links["next"][leg] = after
                if before < 0:
                    lines["head"][queue] = leg
                else:
                    links["next"][before] = leg
                if after < 0:
                    lines["tail"][queue] = leg
                else:
                    links["previous"][after] = leg
                lines["waiting"][queue] += 1
                n[place.WAITING] += 1
                joined = leg
                matching = True

        # ------------------------------------------------------------- agents and lines are matched
        while matching and n[place.IDLE] > 0 and n[place.WAITING] > 0:
            best = best_route = -1
            for line in range(len(f.queues)):
                if lines["waiting"][line] > 0:
                    leg = lines["head"][line]
                    route = first_open_route(
                        f.route_team[line, : f.queues["routes"][line]],
                        f.route_after[line, : f.queues["routes"][line]],
                        idle,
                        legs["joined"][leg],
                        now,
                        grain,
                    )
                    if route >= 0 and (
                        best < 0
                        or goes_before(
                            f.queues["priority"][line],
                            legs["joined"][leg],
                            states["identity"][links["issue"][leg]],
                            f.queues["priority"][legs["queue"][best]],
                            legs["joined"][best],
                            states["identity"][links["issue"][best]],
                        )
                    ):
                        best, best_route = leg, route
            if best < 0:
                break
            line = legs["queue"][best]
            team = f.route_team[line, best_route]
            issue, reason = links["issue"][best], legs["reason"][best]
            count_overtime(crews, team, now)
            unlink(n, lines, links, line, best)
            idle[team] -= 1
            n[place.IDLE] -= 1
            crews["busy"][team] += 1
            wait = now - legs["joined"][best]
            legs["team"][best] = team
            legs["outcome"][best] = HANDLED
            legs["end_wait"][best] = now
            states["waited"][issue] += wait
            if legs["leg"][best] == 1:
                legs["first_wait"][best] = wait
                states["first_wait"][issue] = wait
            states["answered"][issue] = 1
            day, ordinal = rows["day"][issue], rows["ordinal"][issue]
            _, u_talk, u_work, _ = block(
                seed,
                replication,
                states["key"][issue],
                day,
                ordinal,
                legs["attempt"][best],
                legs["leg"][best],
                _PER_LEG,
            )
            links["work"][best] = u_work
            drawn = inverse(laws, knots, f.reasons["talk"][reason], u_talk)
            done = on_clock(
                now + talk_time(drawn, f.pairs["handle"][team, reason], f.teams["pace"][team]),
                grain,
            )
            if done < horizon:
                order = rank(TALK_ENDS, 0, 0, 0, 0) | links["order"][best]
                n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], done, order, best)
            if lines["open"][line] == 0 and lines["waiting"][line] == 0:
                settle_crews(f, s, now)

        # ------------------------------------------------------------------- a leg has to wait
        if joined >= 0 and legs["outcome"][joined] == WAITING:
            issue, reason = links["issue"][joined], legs["reason"][joined]
            line = legs["queue"][joined]
            law = f.patience[reason, max(legs["segment"][joined], 0)]
            if law >= 0:
                u = uniform(
                    seed,
                    replication,
                    states["key"][issue],
                    rows["day"][issue],
                    rows["ordinal"][issue],
                    legs["attempt"][joined],
                    legs["leg"][joined],
                    PATIENCE,
                )
                patience = inverse(laws, knots, law, u)
                order = rank(ABANDONMENT, 0, 0, 0, 0) | links["order"][joined]
                links["timer"][joined] = order
                if patience < math.inf:
                    due = on_clock(now + patience, grain)
                    if due < horizon:
                        n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], due, order, joined)
            for route in range(f.queues["routes"][line]):
                after_wait = f.route_after[line, route]
                if after_wait > 0.0:
                    due = opens_at(now, after_wait, grain)
                    if due < horizon:
                        order = rank(ROUTE_OPENS, 0, 0, 0, route) | links["order"][joined]
                        n[place.HEAP] = push(times, ranks, slots, n[place.HEAP], due, order, joined)
            unsettled = unsettled or lines["open"][line] == 0
        if unsettled:
            settle_crews(f, s, now)

        # ------------------------------------------------- contacts that are over: and then?
        finished = 0
        while finished < n[place.ENDED] or over >= 0:
            if finished < n[place.ENDED]:
                leg = s.ended[finished]
                finished += 1
                issue, closing = links["issue"][leg], -1
                wait = legs["end_wait"][leg] - legs["joined"][leg]
                states["waited"][issue] += wait
                if legs["leg"][leg] == 1:
                    legs["first_wait"][leg] = wait
                rows["abandoned"][issue] = 1
                write_leg(n, free_legs, links, legs, contacts, leg)
                n[place.TAKEN] -= 1
            else:
                issue, closing, over = over, verdict, -1
            reason, customer = rows["reason"][issue], rows["customer"][issue]
            gone = customer >= 0 and people["lost"][customer]
            if closing < 0:
                result = states["result"][issue]
                rows["waited"][issue] += states["waited"][issue]
                states["counted"][issue] += counted_wait(
                    states["waited"][issue], f.world["tolerance"][0]
                )
                if states["answered"][issue] == 1 and rows["first_handled_resolved"][issue] < 0:
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
                        seed,
                        replication,
                        states["key"][issue],
                        rows["day"][issue],
                        rows["ordinal"][issue],
                        attempt,
                        0,
                        _PER_CONTACT,
                    )
                    if tries_again(
                        f.again["probability"][way, reason, column],
                        f.again["per_attempt"][way, reason, column],
                        attempt,
                        f.world["most_contacts"][0],
                        u_again,
                    ):
                        delay = inverse(laws, knots, f.again["delay"][way, reason, column], u_delay)
                        moment = now + delay
                        queue = f.reasons["queue"][reason]
                        opening = next_opening(
                            f.hours,
                            f.queues["hours_begin"][queue],
                            f.queues["hours_end"][queue],
                            moment,
                        )
                        moment = after_reopening(moment, opening, f.world["spread"][0], u_spread)
                        if moment < math.inf:
                            moment = on_clock(moment, grain)
                        order = rank(CALLS_AGAIN, states["identity"][issue], attempt + 1, 0, 0)
                        states["ahead"][issue] = order
                        states["why"][issue] = why
                        if moment < horizon:
                            n[place.HEAP] = push(
                                times, ranks, slots, n[place.HEAP], moment, order, issue
                            )
                        continue
            # ------------------------------------------------------------------ an issue closes
            rows["closing"][issue] = LAPSED if gone else closing
            rows["closed"][issue] = now
            if gone or not f.world["loyal"][0]:
                write_issue(s, issue, now, False, False)
                continue
            weigh(f, s, issue, closing, now)
            if not is_noticed(f, s, issue, closing):
                decide(f, s, issue, now)
                continue
            u = uniform(
                seed,
                replication,
                states["key"][issue],
                rows["day"][issue],
                rows["ordinal"][issue],
                0,
                0,
                REACHED_AFTER,
            )
            delay = inverse(laws, knots, f.world["reached"][0], u)
            order = rank(DECISION, states["identity"][issue], 0, 0, 0)
            due = on_clock(now + decides_after(delay, f.world["deadline"][0]), grain)
            rows["recovery"][issue] = PENDING
            states["delay"][issue] = delay
            states["ahead"][issue] = order
            if due < horizon:
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
    left = s.people["memory"].copy()
    for customer in range(len(left)):
        if left[customer] > 0.0:
            since = now - s.people["since"][customer]
            left[customer] = decayed(left[customer], since, f.world["half_life"][0])
    return left
