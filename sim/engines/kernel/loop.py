"""The kernel's event loop: the model's mechanics in one compiled function.

Sections stand in the order of a contact's life. An event may leave work to the sections below it,
all at the same instant: a call to make (`calling`), a leg to join a line (`joining`), agents to be
matched with lines (`matching`), legs whose wait has ended (`ended`), an issue whose contact is over
(`over`), which closes as `verdict` says or goes on, and an issue over which the customer stays or
leaves (`deciding`).
"""

import math

import numpy as np

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
    DECISION,
    DROPPED,
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
    MESSAGE_GOES,
    NO_RESULT,
    PATIENCE,
    PENDING,
    REACHED_AFTER,
    REDIAL,
    REFUSED,
    REPEAT,
    RESOLVED,
    RETRY,
    ROUTE_OPENS,
    SOLVED,
    STAFFING,
    TALK_ENDS,
    TRANSFERRED,
    TURNED_DOWN,
    UNRESOLVED,
    UNSOLVED,
    WAITING,
    WORK_ENDS,
)
from sim.engines.kernel import state as place
from sim.engines.kernel.choices import before_calling, happens, result_of, who_of
from sim.engines.kernel.crews import (
    bring_to_floor,
    count_overtime,
    drop_all,
    end_step,
    end_wait,
    is_held,
    link_up,
    settle_crews,
    unlink,
)
from sim.engines.kernel.fixed import Fixed, Floats
from sim.engines.kernel.heap import enter, remove_first
from sim.engines.kernel.legs import begin_leg, free_leg, next_opening, take_leg, write_leg
from sim.engines.kernel.people import (
    begin_issue,
    chance_of,
    is_noticed,
    leaves,
    weigh,
    write_customer,
    write_issue,
    write_recovery,
)
from sim.engines.kernel.state import State
from sim.jit import rule
from sim.logs import Rows
from sim.rules.caller import after_reopening, tries_again
from sim.rules.distributions import inverse
from sim.rules.draws import block, uniform
from sim.rules.loyalty import counted_wait, decayed
from sim.rules.order import identity, kind_of, on_clock, rank
from sim.rules.outcome import talk_time
from sim.rules.outreach import decides_after, how_reached, recovery_odds
from sim.rules.routing import AFTER, first_open_route, goes_before, opens_at

DAY_IS_OVER, BUFFERS_ARE_FULL, SLOTS_ARE_TAKEN = range(3)
BURST = 64
"""Rows and slots that an event may need beyond those that grow with the number of contacts
waiting."""
_PER_LEG = PATIENCE // 4
_PER_CONTACT = CALLS_BACK // 4
assert AFTER_CALL // 4 == _PER_LEG


@rule
def play(f: Fixed, s: State, arrivals: Rows, plan: Rows, messages: Rows, until: float) -> int:
    """Plays all events before `until`; returns DAY_IS_OVER, or before that BUFFERS_ARE_FULL (the
    caller empties the logs and calls again) or SLOTS_ARE_TAKEN (the caller makes room).

    `arrivals` (`logs.ARISING`) and `plan` (`state.PLAN`) are in the order of time and rank.
    """
    n = s.numbers
    times, ranks, slots = s.heap_times, s.heap_ranks, s.heap_slots
    rows, states, legs, links = s.issue_rows, s.states, s.leg_rows, s.links
    free_legs, free_issues, ended = s.free_legs, s.free_issues, s.ended
    people, idle, crews, lines = s.people, s.idle, s.crews, s.lines
    contacts, issues, floors = s.contacts, s.issues, s.floors
    customers, outreach = s.customers, s.outreach
    laws, knots, again, hours, outages = f.laws, f.knots, f.again, f.hours, f.outages
    reasons, pairs, teams, queues, patiences = f.reasons, f.pairs, f.teams, f.queues, f.patience
    route_team, routes_of, serving = f.route_team, f.routes, f.serving
    origins, notices, bases, detected = f.origins, f.notices, f.bases, f.detected
    world = f.world[0]
    seed, replication = int(world["seed"]), int(world["replication"])
    grain, horizon = float(world["grain"]), float(world["horizon"])
    loyal, has_menu, most_lines = world["loyal"] == 1, world["menu"] > 0.0, int(world["lines"])
    arising = arrivals["time"]
    planned = plan["time"]
    status = DAY_IS_OVER
    arrival_rank = 0
    ranked = -1
    while True:
        # ------------------------------------------------------------------- room for the event
        if n[place.FIRST_IS_OVER] == 1:
            remove_first(n, times, ranks, slots)
        waiting = n[place.WAITING]
        burst = (waiting + 4) * (n[place.MOST_OF_ONE] + 2) + BURST
        if (
            n[place.CONTACT_ROWS] + waiting + BURST > len(contacts)
            or n[place.ISSUE_ROWS] + burst > len(issues)
            or n[place.CUSTOMER_ROWS] + waiting + BURST > len(customers)
            or n[place.FLOOR_ROWS] + BURST > len(floors)
            or n[place.OUTREACH_ROWS] + BURST > len(outreach)
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
            if t < now or (t == now and plan[coming]["rank"] < order) or source < 0:
                now, order, source = t, plan[coming]["rank"], 1
        arriving = n[place.NEXT_ARRIVAL]
        if arriving < len(arising):
            if ranked != arriving:
                new = arrivals[arriving]
                name = identity(int(new["day"]), int(new["origin"]), int(new["ordinal"]))
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
            n[place.FIRST_IS_OVER] = 1
        elif source == 1:
            n[place.NEXT_PLANNED] = coming + 1
        else:
            n[place.NEXT_ARRIVAL] = arriving + 1
        kind = kind_of(order)
        calling = joining = over = verdict = deciding = -1
        number = queue = 0
        matching = unsettled = False

        # ----------------------------------------------------------------------- what was known
        if source == 1:
            known = plan[coming]
            index, what = int(known["index"]), int(known["what"])
            if kind == HOURS:
                lines[index]["open"] = what
                if what == 0 and queues[index]["serves"] == 0:
                    drop_all(n, ended, lines[index], links, legs, now)
                unsettled = True
            elif kind == STAFFING:
                crew = crews[index]
                end_step(n, floors, crew, index, now)
                crew["planned"] = known["planned"]
                crew["absence"] = known["absence"]
                crew["paid"] = known["paid"]
                crew["floor"] = int(known["floor"])
                held = is_held(queues, lines, serving, index)
                matching = bring_to_floor(n, idle, crew, index, held)
                unsettled = True
            elif kind == BASE:
                person = people[index]
                if what == JOINED or not person["lost"]:
                    segment = int(person["segment"])
                    write_customer(n, customers, index, segment, what, now, 0, -1, -1)
                    if what == LEFT_BASE:
                        leaves(n, free_issues, issues, rows, states, people, index, now)
            elif kind == MESSAGE_GOES:
                person = people[messages[index]["customer"]]
                if not person["lost"] and person["joined"] <= now:
                    outreach[n[place.OUTREACH_ROWS]] = messages[index]
                    n[place.OUTREACH_ROWS] += 1

        # ----------------------------------------------------------------------- an issue arises
        elif source == 2:
            new = arrivals[arriving]
            customer = int(new["customer"])
            if customer < 0 or (not people[customer]["lost"] and people[customer]["joined"] <= now):
                n[place.FREE_ISSUES] -= 1
                issue = int(free_issues[n[place.FREE_ISSUES]])
                row, standing = rows[issue], states[issue]
                origin = int(new["origin"])
                begin_issue(row, standing, new, int(origins[origin]["key"]), now)
                if customer >= 0:
                    own = 1
                    older = int(people[customer]["newest"])
                    standing["older"] = older
                    if older >= 0:
                        states[older]["newer"] = issue
                    people[customer]["newest"] = issue
                    while older >= 0:
                        own += 1
                        older = int(states[older]["older"])
                    n[place.MOST_OF_ONE] = max(n[place.MOST_OF_ONE], own)
                told = standing["told"] <= now
                preempts = silent_then_call = 0.0
                if told:
                    notice = notices[origins[origin]["notice"]]
                    preempts = float(notice["preempts"])
                    silent_then_call = float(notice["silent_then_call"])
                verdict = before_calling(
                    who_of(world, row, standing),
                    row,
                    reasons[row["reason"]],
                    outages,
                    told,
                    preempts,
                    silent_then_call,
                    now,
                )
                standing["why"] = row["why"]
                if verdict >= 0:
                    over = issue
                else:
                    calling = issue

        # ------------------------------------------------------------------------ a call is due
        elif kind == CALLS_AGAIN:
            if states[slot]["ahead"] == order:
                states[slot]["ahead"] = -1
                calling = slot
        elif kind == MENU_DONE:
            leg, issue = legs[slot], int(links[slot]["issue"])
            row = rows[issue]
            who = who_of(world, row, states[issue])
            queue = int(leg["queue"])
            hangs_up = happens(who, int(leg["attempt"]), 0, MENU_HANG_UP, world["menu_hang_up"])
            if hangs_up or lines[queue]["open"] == 0:
                leg["outcome"] = HUNG_UP_IN_MENU if hangs_up else CLOSED
                write_leg(n, free_legs, links, legs, contacts, slot)
                n[place.TAKEN] -= 1
                over = issue
            else:
                free_leg(n, free_legs, links, slot)
                row["reached"] += 1
                joining, number = issue, 1

        # ------------------------------------------------------------------------ in the line
        elif kind == ROUTE_OPENS:
            matching = True
        elif kind == ABANDONMENT:
            if links[slot]["timer"] == order:
                line = lines[legs[slot]["queue"]]
                unlink(n, line, links, slot)
                end_wait(n, ended, legs[slot], slot, ABANDONED, now)
                unsettled = line["open"] == 0

        # ------------------------------------------------------------------------ with an agent
        elif kind == TALK_ENDS:
            leg, link = legs[slot], links[slot]
            issue, team = int(link["issue"]), int(leg["team"])
            row, standing, reason = rows[issue], states[issue], reasons[leg["reason"]]
            pair = pairs[team, leg["reason"]]
            who = who_of(world, row, standing)
            result = result_of(who, leg, pair, reason["transferred"], int(world["most_legs"]))
            leg["end_talk"] = now
            leg["result"] = result
            row["legs_handled"] += 1
            standing["felt"] += teams[team]["felt"]
            work = 0.0
            if reason["after_call"] >= 0:
                drawn = inverse(laws, knots, reason["after_call"], link["work"])
                work = drawn * pair["handle"]
            done = on_clock(now + work, grain)
            if done < horizon:
                order = rank(WORK_ENDS, 0, 0, 0, 0) | int(link["order"])
                enter(n, times, ranks, slots, done, order, slot)
            if result == TRANSFERRED:
                leg["last"] = 0
                row["transfers"] += 1
                joining, number = issue, int(leg["leg"]) + 1
                settles = happens(who, 0, 0, CASE, pair["authority"])
                queue = int(reason["misrouted_to"] if settles else reason["transferred_to"])
            else:
                if result == SOLVED:
                    row["resolving_team"] = team
                standing["result"] = result
                n[place.TAKEN] -= 1
                over = issue
        elif kind == WORK_ENDS:
            legs[slot]["end_work"] = now
            team = int(legs[slot]["team"])
            crew = crews[team]
            write_leg(n, free_legs, links, legs, contacts, slot)
            count_overtime(crew, now)
            crew["busy"] -= 1
            if crew["owed"] > 0:
                crew["owed"] -= 1
                unsettled = True
            else:
                idle[team] += 1
                n[place.IDLE] += 1
                matching = True

        # ---------------------------------------------------------------- a decision that waited
        elif kind == DECISION and states[slot]["ahead"] == order:
            row = rows[slot]
            states[slot]["ahead"] = -1
            how = how_reached(states[slot]["delay"], world["window"], world["deadline"])
            row["recovery"] = how
            if how in (IN_WINDOW, LATE):
                write_recovery(outreach[n[place.OUTREACH_ROWS]], row, now)
                n[place.OUTREACH_ROWS] += 1
            row["p"] = chance_of(bases, row, recovery_odds(how, world["in_window"], world["late"]))
            deciding = slot

        # --------------------------------------------------------------------- an attempt begins
        if calling >= 0:
            issue = calling
            row, standing = rows[issue], states[issue]
            queue = int(reasons[row["reason"]]["queue"])
            row["contacts"] += 1
            standing["arrived"] = now
            standing["waited"] = 0.0
            standing["first_wait"] = math.nan
            standing["answered"] = 0
            standing["result"] = NO_RESULT
            outcome = IN_MENU
            if lines[queue]["open"] == 0:
                outcome = CLOSED
            elif 0 <= most_lines <= n[place.TAKEN]:
                outcome = BLOCKED
            else:
                n[place.TAKEN] += 1
            if outcome != IN_MENU or has_menu:
                at = take_leg(n, free_legs)
                begin_leg(legs[at], links[at], row, standing, issue, 0, queue, queue)
                legs[at]["outcome"] = outcome
                if outcome == IN_MENU:
                    done = on_clock(now + world["menu"], grain)
                    if done < horizon:
                        name, attempt = int(standing["identity"]), int(row["contacts"])
                        order = rank(MENU_DONE, name, attempt, 0, 0)
                        enter(n, times, ranks, slots, done, order, at)
                else:
                    write_leg(n, free_legs, links, legs, contacts, at)
                    over = issue
            else:
                joining, number = issue, 1
            if outcome == BLOCKED or joining >= 0:
                row["reached"] += 1

        # -------------------------------------------------------------------- a leg joins its line
        joined = -1
        if joining >= 0:
            row, standing = rows[joining], states[joining]
            at = take_leg(n, free_legs)
            leg, link, line = legs[at], links[at], lines[queue]
            first_queue = int(reasons[row["reason"]]["queue"])
            begin_leg(leg, link, row, standing, joining, number, queue, first_queue)
            leg["joined"] = now
            leg["outcome"] = WAITING
            if line["open"] == 0 and queues[queue]["serves"] == 0:
                end_wait(n, ended, leg, at, DROPPED, now)
            else:
                name, attempt = int(standing["identity"]), int(row["contacts"])
                link["order"] = rank(-1, name, attempt, number, 0)
                link_up(line, links, legs, at)
                n[place.WAITING] += 1
                joined = at
                matching = True

        # ------------------------------------------------------------- agents and lines are matched
        while matching and n[place.IDLE] > 0 and n[place.WAITING] > 0:
            best = best_route = -1
            for candidate in range(len(queues)):
                if lines[candidate]["waiting"] > 0:
                    at = int(lines[candidate]["head"])
                    routes = int(queues[candidate]["routes"])
                    route = first_open_route(
                        routes_of[candidate, :routes],
                        idle,
                        legs[at]["joined"],
                        lines[candidate]["waiting"],
                        0,
                        now,
                        grain,
                    )
                    if route >= 0 and (
                        best < 0
                        or goes_before(
                            queues[candidate]["priority"],
                            legs[at]["joined"],
                            states[links[at]["issue"]]["identity"],
                            queues[legs[best]["queue"]]["priority"],
                            legs[best]["joined"],
                            states[links[best]["issue"]]["identity"],
                        )
                    ):
                        best, best_route = at, route
            if best < 0:
                break
            leg, link = legs[best], links[best]
            line, issue = lines[leg["queue"]], int(link["issue"])
            team = int(route_team[leg["queue"], best_route])
            row, standing, crew = rows[issue], states[issue], crews[team]
            count_overtime(crew, now)
            unlink(n, line, links, best)
            idle[team] -= 1
            n[place.IDLE] -= 1
            crew["busy"] += 1
            wait = now - leg["joined"]
            leg["team"] = team
            leg["outcome"] = HANDLED
            leg["end_wait"] = now
            standing["waited"] += wait
            if leg["leg"] == 1:
                leg["first_wait"] = wait
                standing["first_wait"] = wait
            standing["answered"] = 1
            _, u_talk, u_work, _ = block(
                seed,
                replication,
                int(standing["key"]),
                int(row["day"]),
                int(row["ordinal"]),
                int(leg["attempt"]),
                int(leg["leg"]),
                _PER_LEG,
            )
            link["work"] = u_work
            drawn = inverse(laws, knots, reasons[leg["reason"]]["talk"], u_talk)
            handle = pairs[team, leg["reason"]]["handle"]
            done = on_clock(now + talk_time(drawn, handle, teams[team]["pace"]), grain)
            if done < horizon:
                order = rank(TALK_ENDS, 0, 0, 0, 0) | int(link["order"])
                enter(n, times, ranks, slots, done, order, best)
            if line["open"] == 0 and line["waiting"] == 0:
                settle_crews(
                    n, ended, queues, route_team, serving, lines, links, legs, idle, crews, now
                )

        # ------------------------------------------------------------------- a leg has to wait
        if joined >= 0 and legs[joined]["outcome"] == WAITING:
            leg, link = legs[joined], links[joined]
            row, standing = rows[link["issue"]], states[link["issue"]]
            law = patiences[leg["reason"], max(leg["segment"], 0)]
            if law >= 0:
                u_patience, _, _, _ = block(
                    seed,
                    replication,
                    int(standing["key"]),
                    int(row["day"]),
                    int(row["ordinal"]),
                    int(leg["attempt"]),
                    int(leg["leg"]),
                    _PER_LEG,
                )
                patience = inverse(laws, knots, law, u_patience)
                order = rank(ABANDONMENT, 0, 0, 0, 0) | int(link["order"])
                link["timer"] = order
                if patience < math.inf:
                    due = on_clock(now + patience, grain)
                    if due < horizon:
                        enter(n, times, ranks, slots, due, order, joined)
            queue = int(leg["queue"])
            for route in range(queues[queue]["routes"]):
                after_wait = routes_of[queue, route, AFTER]
                if after_wait > 0.0:
                    due = opens_at(now, after_wait, grain)
                    if due < horizon:
                        order = rank(ROUTE_OPENS, 0, 0, 0, route) | int(link["order"])
                        enter(n, times, ranks, slots, due, order, joined)
            unsettled = unsettled or lines[queue]["open"] == 0
        if unsettled:
            settle_crews(
                n, ended, queues, route_team, serving, lines, links, legs, idle, crews, now
            )

        # ------------------------------------------------- contacts that are over: and then?
        finished = 0
        while finished < n[place.ENDED] or over >= 0 or deciding >= 0:
            if deciding < 0:
                if finished < n[place.ENDED]:
                    at = int(ended[finished])
                    finished += 1
                    leg, issue, closing = legs[at], int(links[at]["issue"]), -1
                    row, standing = rows[issue], states[issue]
                    wait = leg["end_wait"] - leg["joined"]
                    standing["waited"] += wait
                    if leg["leg"] == 1:
                        leg["first_wait"] = wait
                    row["abandoned"] = 1
                    write_leg(n, free_legs, links, legs, contacts, at)
                    n[place.TAKEN] -= 1
                else:
                    issue, closing, over = over, verdict, -1
                    row, standing = rows[issue], states[issue]
                gone = row["customer"] >= 0 and people[row["customer"]]["lost"]
                if closing < 0:
                    result = int(standing["result"])
                    row["waited"] += standing["waited"]
                    standing["counted"] += counted_wait(standing["waited"], world["tolerance"])
                    if standing["answered"] == 1 and row["first_handled_resolved"] < 0:
                        row["first_handled_resolved"] = 1 if result == SOLVED else 0
                    if result == SOLVED:
                        closing = RESOLVED
                    elif not gone:
                        way, why, closing = 0, REDIAL, GAVE_UP
                        if result == UNSOLVED:
                            way, why, closing = 1, REPEAT, UNRESOLVED
                        elif result == TURNED_DOWN:
                            way, why, closing = 2, RETRY, REFUSED
                        attempt = int(row["contacts"])
                        _, u_again, u_delay, u_spread = block(
                            seed,
                            replication,
                            int(standing["key"]),
                            int(row["day"]),
                            int(row["ordinal"]),
                            attempt,
                            0,
                            _PER_CONTACT,
                        )
                        manner = again[way, row["reason"], max(row["segment"], 0)]
                        if tries_again(
                            manner["probability"],
                            manner["per_attempt"],
                            attempt,
                            world["most_contacts"],
                            u_again,
                        ):
                            moment = now + inverse(laws, knots, manner["delay"], u_delay)
                            where = queues[reasons[row["reason"]]["queue"]]
                            opening = next_opening(
                                hours, int(where["hours_begin"]), int(where["hours_end"]), moment
                            )
                            moment = after_reopening(moment, opening, world["spread"], u_spread)
                            if moment < math.inf:
                                moment = on_clock(moment, grain)
                            order = rank(CALLS_AGAIN, int(standing["identity"]), attempt + 1, 0, 0)
                            standing["ahead"] = order
                            standing["why"] = why
                            if moment < horizon:
                                enter(n, times, ranks, slots, moment, order, issue)
                            continue
                # -------------------------------------------------------------- an issue closes
                row["closing"] = LAPSED if gone else closing
                row["closed"] = now
                if gone or not loyal:
                    write_issue(
                        n, free_issues, issues, rows, states, people, issue, now, False, False
                    )
                    continue
                weigh(world, bases, row, standing, people[row["customer"]], closing, now)
                who = who_of(world, row, standing)
                self_service, reached = int(row["self_service"]), int(world["reached"])
                if is_noticed(who, self_service, detected, reached, closing):
                    u = uniform(
                        seed,
                        replication,
                        int(standing["key"]),
                        int(row["day"]),
                        int(row["ordinal"]),
                        0,
                        0,
                        REACHED_AFTER,
                    )
                    delay = inverse(laws, knots, reached, u)
                    order = rank(DECISION, int(standing["identity"]), 0, 0, 0)
                    due = on_clock(now + decides_after(delay, world["deadline"]), grain)
                    row["recovery"] = PENDING
                    standing["delay"] = delay
                    standing["ahead"] = order
                    if due < horizon:
                        enter(n, times, ranks, slots, due, order, issue)
                    continue
                deciding = issue
            # ---------------------------------------------------- the customer stays or leaves
            row = rows[deciding]
            who = who_of(world, row, states[deciding])
            left = happens(who, 0, 0, LEAVES, row["p"])
            unavoidable = left and happens(who, 0, 0, LEAVES, row["p0"])
            customer, segment = int(row["customer"]), int(row["segment"])
            day, origin, ordinal = int(row["day"]), int(row["origin"]), int(row["ordinal"])
            write_issue(
                n, free_issues, issues, rows, states, people, deciding, now, left, unavoidable
            )
            if left:
                what = LEFT_UNAVOIDABLE if unavoidable else LEFT_SERVICE
                write_customer(n, customers, customer, segment, what, now, day, origin, ordinal)
                leaves(n, free_issues, issues, rows, states, people, customer, now)
            deciding = -1
        n[place.ENDED] = 0
    return status


@rule
def finish_crews(s: State, now: float) -> None:
    """Writes the staffing that is under way at the horizon."""
    for team in range(len(s.idle)):
        end_step(s.numbers, s.floors, s.crews[team], team, now)


@rule(makes_arrays=True)
def memories_at(f: Fixed, s: State, now: float) -> Floats:
    """What each customer remembers at the horizon."""
    left = np.zeros(len(s.people))
    for customer in range(len(left)):
        person = s.people[customer]
        if person["memory"] > 0.0:
            since = now - person["since"]
            left[customer] = decayed(person["memory"], since, f.world[0]["half_life"])
    return left
