"""The kernel's event loop: the model's mechanics in one compiled function.

Sections stand in the order of a contact's life. An event may leave work to the sections below it,
all at the same instant: a call to make (`calling`), a leg to join a line (`joining`), agents to be
matched with lines (`matching`), legs whose wait has ended (`ended`), an issue whose contact is over
(`over`), which closes as `verdict` says or goes on, and an issue over which the customer stays or
leaves (`deciding`).
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
    ROUTE,
    ROUTE_OPENS,
    SELLS,
    SOLVED,
    STAFFING,
    TALK,
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
    end_step,
    is_held,
    settle_crews,
)
from sim.engines.kernel.fixed import Fixed, Ints, Record
from sim.engines.kernel.heap import enter, first_is_over, is_next, remove_first, size_of
from sim.engines.kernel.legs import begin_leg, free_leg, next_opening, take_leg, write_leg
from sim.engines.kernel.lines import drop_all, end_wait, link_up, opening_after, unlink
from sim.engines.kernel.people import (
    begin_issue,
    chance_of,
    is_noticed,
    leaves,
    put_away,
    take_issue,
    take_up,
    weigh,
    write_customer,
    write_issue,
    write_recovery,
)
from sim.engines.kernel.state import BUFFERS, ISSUE_SLOTS, LEG_SLOTS, State
from sim.jit import rule
from sim.logs import Rows
from sim.rules.caller import after_reopening, tries_again
from sim.rules.distributions import inverse
from sim.rules.draws import block, uniform
from sim.rules.loyalty import counted_wait
from sim.rules.order import identity, kind_of, on_clock, rank
from sim.rules.outcome import talk_time
from sim.rules.outreach import decides_after, how_reached, recovery_odds
from sim.rules.routing import AFTER, TEAM, class_of, first_open_route, goes_before, opens_at

DAY_IS_OVER = -1
BURST = 64
"""Rows and slots that an event may need beyond those that grow with the number of contacts
waiting."""
_PER_LEG = PATIENCE // 4
_PER_CONTACT = CALLS_BACK // 4
_RANK_OF_ROUTE = rank(ROUTE_OPENS, 0, 0, 0, 0)
assert TALK // 4 == AFTER_CALL // 4 == ROUTE // 4 == _PER_LEG

_KNOWN, _ARRIVAL, _TALK, _TIMER, _LATER, _ROUTE, _WORK = range(7)
"""Where the next event comes from: the plan, the day's issues, one of the three calendars, a route
that opens by waiting, or the end of after-call work that took no time."""


@rule(inlined=False)
def play(f: Fixed, s: State, arrivals: Rows, plan: Rows, messages: Rows, until: float) -> int:
    """Plays all events before `until`; returns DAY_IS_OVER, or before that what is full
    (`state.GROWING`): the caller empties the logs or makes room, and calls again.

    `arrivals` (`logs.ARISING`) and `plan` (`state.PLAN`) are in the order of time and rank.
    """
    n, opening = s.numbers, s.opening
    talks, timers, later = s.talks, s.timers, s.later
    rows, states, legs, links = s.issue_rows, s.states, s.leg_rows, s.links
    free_legs, free_issues, ended = s.free_legs, s.free_issues, s.ended
    people, idle, crews, doors, lines = s.people, s.idle, s.crews, s.doors, s.lines
    unopened = s.unopened
    contacts, issues, floors = s.contacts, s.issues, s.floors
    customers, outreach = s.customers, s.outreach
    laws, knots, again, hours, outages = f.laws, f.knots, f.again, f.hours, f.outages
    reasons, pairs, teams, queues, patiences = f.reasons, f.pairs, f.teams, f.queues, f.patience
    routes_of, cuts = f.routes, f.cuts
    origins, notices, bases, detected = f.origins, f.notices, f.bases, f.detected
    world = f.world[0]
    seed, replication = int(world["seed"]), int(world["replication"])
    grain, horizon = float(world["grain"]), float(world["horizon"])
    loyal, has_menu, most_lines = world["loyal"] == 1, world["menu"] > 0.0, int(world["lines"])
    now = 0.0
    order = at_once_order = 0
    at_once = -1
    without_asking = 0
    planned_time, planned_order = next_planned(plan, n[place.NEXT_PLANNED])
    arrival_time, arrival_order = next_arrival(arrivals, n[place.NEXT_ARRIVAL])
    status = DAY_IS_OVER
    while True:
        # ------------------------------------------------------------------- room for the event
        without_asking -= 1
        if without_asking < 0 and at_once < 0:
            without_asking = room_in_rows(n, contacts, issues, floors, customers, outreach)
            if without_asking < 0:
                status = BUFFERS
                break
            without_asking = min(without_asking, room_for_legs(n, talks, timers, legs))
            if without_asking < 0:
                status = LEG_SLOTS
                break
            without_asking = min(without_asking, room_for_issues(n, later, rows))
            if without_asking < 0:
                status = ISSUE_SLOTS
                break

        # ----------------------------------------------------------------------- the next event
        if at_once >= 0 and is_next(talks, now, at_once_order):
            source, slot, kind = _WORK, at_once, WORK_ENDS
            at_once = -1
        else:
            if talks[0]["rank"] == 1:
                remove_first(talks)
            event = talks[1]
            now, order, source = event["time"], event["rank"], _TALK
            while timers[1]["time"] <= min(now, horizon) and not is_due(links, timers[1]):
                remove_first(timers)
            event = timers[1]
            if event["time"] < now or (event["time"] == now and event["rank"] < order):
                now, order, source = event["time"], event["rank"], _TIMER
            event = later[1]
            if event["time"] < now or (event["time"] == now and event["rank"] < order):
                now, order, source = event["time"], event["rank"], _LATER
            if opening[0] < now or (opening[0] == now and order > _RANK_OF_ROUTE):
                now, order, source = opening[0], _RANK_OF_ROUTE, _ROUTE
            if planned_time < now or (planned_time == now and planned_order < order):
                now, order, source = planned_time, planned_order, _KNOWN
            if arrival_time < now or (arrival_time == now and arrival_order < order):
                now, order, source = arrival_time, arrival_order, _ARRIVAL
            if now >= until:
                break
            slot = 0
            kind = kind_of(order)
            if source == _TALK:
                slot = int(talks[1]["slot"])
                first_is_over(talks)
            elif source == _TIMER:
                slot = int(timers[1]["slot"])
                remove_first(timers)
            elif source == _LATER:
                slot = int(later[1]["slot"])
                remove_first(later)
        calling = joining = over = verdict = deciding = gone_leg = -1
        number = queue = 0
        matching = unsettled = False

        # ----------------------------------------------------------------------- an issue arises
        if source == _ARRIVAL:
            new = arrivals[n[place.NEXT_ARRIVAL]]
            n[place.NEXT_ARRIVAL] += 1
            arrival_time, arrival_order = next_arrival(arrivals, n[place.NEXT_ARRIVAL])
            customer = int(new["customer"])
            if customer < 0 or (
                people[customer]["lost"] == 0 and people[customer]["joined"] <= now
            ):
                issue = take_issue(n, free_issues)
                row, standing = rows[issue], states[issue]
                origin = int(new["origin"])
                begin_issue(row, standing, new, int(origins[origin]["key"]), now)
                if customer >= 0:
                    own = take_up(states, people[customer], issue)
                    if own > n[place.MOST_OF_ONE]:
                        n[place.MOST_OF_ONE] = own
                        without_asking = 0
                calling = issue
                told = standing["told"] <= now
                if told or reasons[row["reason"]]["calls_at_once"] == 0:
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
                    if verdict >= 0:
                        over, calling = issue, -1
                standing["why"] = row["why"]

        # ----------------------------------------------------------------------- what was known
        elif source == _KNOWN:
            known = plan[n[place.NEXT_PLANNED]]
            n[place.NEXT_PLANNED] += 1
            planned_time, planned_order = next_planned(plan, n[place.NEXT_PLANNED])
            without_asking = 0
            index, what = int(known["index"]), int(known["what"])
            if kind == HOURS:
                doors[index]["open"] = what
                if what == 0 and queues[index]["serves"] == 0:
                    drop_all(
                        n, ended, timers, unopened, queues[index], doors, lines, links, legs, now
                    )
                unsettled = True
            elif kind == STAFFING:
                crew = crews[index]
                end_step(n, floors, crew, index, now)
                crew["planned"] = known["planned"]
                crew["absence"] = known["absence"]
                crew["paid"] = known["paid"]
                crew["floor"] = int(known["floor"])
                held = is_held(queues, routes_of, doors, lines, index)
                matching = bring_to_floor(n, idle, crew, index, held)
                unsettled = True
            elif kind == BASE:
                person = people[index]
                if what == JOINED or person["lost"] == 0:
                    segment = int(person["segment"])
                    write_customer(n, customers, index, segment, what, now, 0, -1, -1)
                    if what == LEFT_BASE:
                        leaves(n, free_issues, issues, rows, states, people, index, now)
            elif kind == MESSAGE_GOES:
                person = people[messages[index]["customer"]]
                if person["lost"] == 0 and person["joined"] <= now:
                    outreach[n[place.OUTREACH_ROWS]] = messages[index]
                    n[place.OUTREACH_ROWS] += 1

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
            if hangs_up or doors[queue]["open"] == 0:
                leg["outcome"] = HUNG_UP_IN_MENU if hangs_up else CLOSED
                gone_leg = slot
                n[place.TAKEN] -= 1
                over = issue
            else:
                free_leg(n, free_legs, links[slot], slot)
                row["reached"] += 1
                joining, number = issue, 1

        # ------------------------------------------------------------------------ in the line
        elif kind == ROUTE_OPENS:
            opening[0] = opening_after(unopened, routes_of, lines, links, legs, now, grain)
            matching = True
        elif kind == ABANDONMENT:
            at_door = doors[legs[slot]["queue"]]
            where = int(links[slot]["line"])
            unlink(n, timers, unopened[where], at_door, lines[where], links, slot)
            end_wait(n, ended, legs[slot], slot, ABANDONED, now)
            unsettled = at_door["open"] == 0

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
            order = rank(WORK_ENDS, 0, 0, 0, 0) | int(link["order"])
            if done == now and at_once < 0:
                at_once, at_once_order = slot, order
            elif done < horizon:
                enter(talks, done, order, slot)
            if result == TRANSFERRED:
                leg["last"] = 0
                row["transfers"] += 1
                joining, number = issue, int(leg["leg"]) + 1
                settles = happens(who, 0, 0, CASE, pair["authority"])
                queue = int(reason["misrouted_to"] if settles else reason["transferred_to"])
            else:
                if result == SOLVED:
                    row["resolving_team"] = team
                    row["sold"] = happens(who, 0, 0, SELLS, reason["sells"])
                standing["result"] = result
                n[place.TAKEN] -= 1
                over = issue
        elif kind == WORK_ENDS:
            leg = legs[slot]
            leg["end_work"] = now
            gone_leg = slot
            team = int(leg["team"])
            crew = crews[team]
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
            row, standing = rows[calling], states[calling]
            queue = int(reasons[row["reason"]]["queue"])
            row["contacts"] += 1
            standing["arrived"] = now
            standing["waited"] = 0.0
            standing["first_wait"] = math.nan
            standing["answered"] = 0
            standing["result"] = NO_RESULT
            outcome = IN_MENU
            if doors[queue]["open"] == 0:
                outcome = CLOSED
            elif 0 <= most_lines <= n[place.TAKEN]:
                outcome = BLOCKED
            else:
                n[place.TAKEN] += 1
            if outcome != IN_MENU or has_menu:
                at = take_leg(n, free_legs)
                begin_leg(legs[at], links[at], row, standing, calling, 0, queue, queue)
                legs[at]["outcome"] = outcome
                if outcome == IN_MENU:
                    done = on_clock(now + world["menu"], grain)
                    if done < horizon:
                        name, attempt = int(standing["identity"]), int(row["contacts"])
                        enter(talks, done, rank(MENU_DONE, name, attempt, 0, 0), at)
                else:
                    gone_leg = at
                    over = calling
            else:
                joining, number = calling, 1
            if outcome == BLOCKED or joining >= 0:
                row["reached"] += 1

        # ------------------------------------------------------------------- a leg that is over
        if gone_leg >= 0:
            write_leg(n, contacts, legs[gone_leg])
            free_leg(n, free_legs, links[gone_leg], gone_leg)

        # -------------------------------------------------------------------- a leg joins its line
        joined = -1
        u_patience = 0.0
        if joining >= 0:
            row, standing = rows[joining], states[joining]
            at = take_leg(n, free_legs)
            leg, link = legs[at], links[at]
            first_queue = int(reasons[row["reason"]]["queue"])
            begin_leg(leg, link, row, standing, joining, number, queue, first_queue)
            leg["joined"] = now
            leg["outcome"] = WAITING
            if doors[queue]["open"] == 0 and queues[queue]["serves"] == 0:
                end_wait(n, ended, leg, at, DROPPED, now)
            else:
                u_patience, u_talk, u_work, u_route = block(
                    seed,
                    replication,
                    int(standing["key"]),
                    int(row["day"]),
                    int(row["ordinal"]),
                    int(leg["attempt"]),
                    number,
                    _PER_LEG,
                )
                link["talk"] = u_talk
                link["work"] = u_work
                name, attempt = int(standing["identity"]), int(row["contacts"])
                link["order"] = rank(-1, name, attempt, number, 0)
                where = int(queues[queue]["first_line"])
                if queues[queue]["classes"] > 1:
                    where += class_of(cuts[queue], u_route)
                link["line"] = where
                link_up(n, doors[queue], lines[where], links, legs, at)
                joined = at
                # Behind others of its class nobody is served whom they could not be, unless the
                # queue's length counts, or a route opens at this very instant.
                matching = (
                    matching
                    or lines[where]["head"] == at
                    or queues[queue]["by_length"] == 1
                    or opening[0] <= now
                )

        # ------------------------------------------------------------- agents and lines are matched
        while matching and n[place.IDLE] > 0 and n[place.WAITING] > 0:
            best = best_route = -1
            for where in range(len(lines)):
                line = lines[where]
                if line["waiting"] > 0:
                    at, candidate = int(line["head"]), int(line["queue"])
                    route = first_open_route(
                        routes_of[candidate, : queues[candidate]["routes"]],
                        idle,
                        legs[at]["joined"],
                        doors[candidate]["waiting"],
                        line["of_class"],
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
            candidate, where = int(leg["queue"]), int(link["line"])
            team = int(routes_of[candidate, best_route, TEAM])
            standing, crew = states[link["issue"]], crews[team]
            count_overtime(crew, now)
            unlink(n, timers, unopened[where], doors[candidate], lines[where], links, best)
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
            drawn = inverse(laws, knots, reasons[leg["reason"]]["talk"], link["talk"])
            handle = pairs[team, leg["reason"]]["handle"]
            done = on_clock(now + talk_time(drawn, handle, teams[team]["pace"]), grain)
            if done < horizon:
                enter(talks, done, rank(TALK_ENDS, 0, 0, 0, 0) | int(link["order"]), best)
            if doors[candidate]["open"] == 0:
                settle_crews(
                    n,
                    ended,
                    timers,
                    unopened,
                    queues,
                    routes_of,
                    doors,
                    lines,
                    links,
                    legs,
                    idle,
                    crews,
                    now,
                )

        # ------------------------------------------------------------------- a leg has to wait
        if joined >= 0 and legs[joined]["outcome"] == WAITING:
            leg, link = legs[joined], links[joined]
            law = patiences[leg["reason"], max(leg["segment"], 0)]
            if law >= 0:
                patience = inverse(laws, knots, law, u_patience)
                order = rank(ABANDONMENT, 0, 0, 0, 0) | int(link["order"])
                link["timer"] = order
                if patience < math.inf:
                    due = on_clock(now + patience, grain)
                    if due < horizon:
                        enter(timers, due, order, joined)
            queue, where = int(leg["queue"]), int(link["line"])
            for route in range(queues[queue]["routes"]):
                after_wait = routes_of[queue, route, AFTER]
                if after_wait > 0.0 and unopened[where, route] == link["next"]:
                    unopened[where, route] = joined
                    opening[0] = min(opening[0], opens_at(now, after_wait, grain))
            unsettled = unsettled or doors[queue]["open"] == 0
        if unsettled:
            settle_crews(
                n,
                ended,
                timers,
                unopened,
                queues,
                routes_of,
                doors,
                lines,
                links,
                legs,
                idle,
                crews,
                now,
            )

        # ------------------------------------------------- contacts that are over: and then?
        finished = 0
        while finished < n[place.ENDED] or over >= 0 or deciding >= 0:
            left = unavoidable = False
            if deciding >= 0:
                issue = deciding
                row, standing = rows[issue], states[issue]
            else:
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
                    write_leg(n, contacts, leg)
                    free_leg(n, free_legs, links[at], at)
                    n[place.TAKEN] -= 1
                else:
                    issue, closing, over = over, verdict, -1
                    row, standing = rows[issue], states[issue]
                gone = row["customer"] >= 0 and people[row["customer"]]["lost"] == 1
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
                            at_queue = queues[reasons[row["reason"]]["queue"]]
                            reopens = next_opening(
                                hours,
                                int(at_queue["hours_begin"]),
                                int(at_queue["hours_end"]),
                                moment,
                            )
                            moment = after_reopening(moment, reopens, world["spread"], u_spread)
                            if moment < math.inf:
                                moment = on_clock(moment, grain)
                            order = rank(CALLS_AGAIN, int(standing["identity"]), attempt + 1, 0, 0)
                            standing["ahead"] = order
                            standing["why"] = why
                            if moment < horizon:
                                enter(later, moment, order, issue)
                            continue
                # -------------------------------------------------------------- an issue closes
                row["closing"] = LAPSED if gone else closing
                row["closed"] = now
                if loyal and not gone:
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
                            enter(later, due, order, issue)
                        continue
                    deciding = issue
            # ---------------------------------------------------- the customer stays or leaves
            if deciding >= 0:
                who = who_of(world, row, standing)
                left = happens(who, 0, 0, LEAVES, row["p"])
                unavoidable = left and happens(who, 0, 0, LEAVES, row["p0"])
                deciding = -1
            customer = int(row["customer"])
            put_away(states, people, customer, standing)
            write_issue(n, free_issues, issues, row, standing, issue, now, left, unavoidable)
            if left:
                what = LEFT_UNAVOIDABLE if unavoidable else LEFT_SERVICE
                day, origin, ordinal = int(row["day"]), int(row["origin"]), int(row["ordinal"])
                segment = int(row["segment"])
                write_customer(n, customers, customer, segment, what, now, day, origin, ordinal)
                leaves(n, free_issues, issues, rows, states, people, customer, now)
                without_asking = 0
        if n[place.ENDED] > 1:
            without_asking = 0
        n[place.ENDED] = 0
    return status


@rule
def next_planned(plan: Rows, coming: int) -> tuple[float, int]:
    """Time and rank of the event of a plan that comes next; infinity after the last."""
    if coming < len(plan):
        event = plan[coming]
        return float(event["time"]), int(event["rank"])
    return math.inf, 0


@rule
def next_arrival(arrivals: Rows, coming: int) -> tuple[float, int]:
    """Time and rank of the issue that arises next; infinity after the last."""
    if coming < len(arrivals):
        new = arrivals[coming]
        name = identity(int(new["day"]), int(new["origin"]), int(new["ordinal"]))
        return float(new["time"]), rank(ARISES, name, 0, 0, 0)
    return math.inf, 0


@rule
def is_due(links: Rows, timer: Record) -> bool:
    """Whether the leg of a timer still waits."""
    return bool(links[timer["slot"]]["timer"] == timer["rank"])


@rule
def room_in_rows(
    n: Ints, contacts: Rows, issues: Rows, floors: Rows, customers: Rows, outreach: Rows
) -> int:
    """How many events may go on writing to the logs before this is asked again; negative if there
    is no room even for one.

    Most events write at most two rows to a log, and add at most one contact that waits. What can
    write more (a plan's event, several contacts that end at once, a customer who leaves) may do
    so once, and asks again.
    """
    waiting, each = n[place.WAITING] + 4, n[place.MOST_OF_ONE] + 2
    return int(
        min(
            (len(contacts) - n[place.CONTACT_ROWS] - waiting - BURST) // 3,
            (len(issues) - n[place.ISSUE_ROWS] - waiting * each - BURST) // (each + 2),
            (len(customers) - n[place.CUSTOMER_ROWS] - waiting - BURST) // 2,
            len(floors) - n[place.FLOOR_ROWS] - BURST,
            len(outreach) - n[place.OUTREACH_ROWS] - BURST,
        )
    )


@rule
def room_for_legs(n: Ints, talks: Rows, timers: Rows, legs: Rows) -> int:
    """The same for the slots of legs and their calendars, to which an event adds at most two
    entries, or as many as there are contacts waiting."""
    slots = len(legs)
    return int(
        min(
            (slots - size_of(talks) - n[place.WAITING] - BURST) // 3,
            slots - size_of(timers) - BURST,
            slots - n[place.FRESH_LEG] + n[place.FREE_LEGS] - BURST,
        )
    )


@rule
def room_for_issues(n: Ints, later: Rows, rows: Rows) -> int:
    """The same for the slots of issues and their calendar."""
    slots = len(rows)
    return int(
        min(
            (slots - size_of(later) - n[place.WAITING] - BURST) // 3,
            slots - n[place.FRESH_ISSUE] + n[place.FREE_ISSUES] - BURST,
        )
    )
