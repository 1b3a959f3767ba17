"""Each leg is as long, and ends as, its own draws say: nobody else's, and not the moment's.

The lengths and results are worked out once more from the tables and from the draws of MODEL.md
section 11, each keyed by its issue, attempt, leg and purpose.
"""

import math

from sim.codes import (
    ABANDONED,
    AFTER_CALL,
    CALLS_BACK,
    CALLS_BACK_AFTER,
    CASE,
    CLOSED,
    ESCALATED,
    HANDLED,
    HUNG_UP_IN_MENU,
    LAPSED,
    MISROUTED,
    NO_RESULT,
    OPEN,
    PATIENCE,
    RESOLVES,
    SOLVED,
    TALK,
    TRANSFERRED,
    TURNED_DOWN,
    UNSOLVED,
    WAITING,
)
from sim.rules.distributions import inverse
from sim.rules.order import on_clock
from tests.properties.worlds import draw, identity, is_open, of_leg


def length(world, law, u):
    return inverse(world.tables.laws, world.tables.knots, int(law), u)


def hang_up(world, row):
    """When a contact was over for the customer."""
    if row["leg"] > 0:
        return row["end_talk"] if row["outcome"] == HANDLED else row["end_wait"]
    through_menu = row["outcome"] in (HUNG_UP_IN_MENU, CLOSED) and is_open(
        world.tables, row["queue"], row["arrived"]
    )
    return on_clock(row["arrived"] + world.tables.menu * through_menu, world.tables.grain)


def test_waits_end_by_patience_or_before(world):
    reasons, horizon = world.tables.reasons, world.tables.terms.calendar.horizon
    for row in world.contacts:
        if row["leg"] == 0:
            continue
        law, limit = reasons.patience[row["reason"], max(row["segment"], 0)], math.inf
        if law >= 0:
            patience = length(world, law, of_leg(world, row, PATIENCE))
            if patience < math.inf:
                limit = on_clock(row["joined"] + patience, world.tables.grain)
        if row["outcome"] == ABANDONED:
            assert row["end_wait"] == limit
        elif row["outcome"] == WAITING:
            assert limit >= horizon
        else:
            assert row["end_wait"] <= limit


def test_talk_and_after_call_work_are_drawn_for_the_leg_and_scaled_by_the_team(world):
    reasons, teams, grain = world.tables.reasons, world.tables.teams, world.tables.grain
    for row in world.contacts:
        if math.isnan(row["end_talk"]):
            continue
        team, reason = row["team"], row["reason"]
        handle = float(teams.handle[team, reason])
        talk = length(world, reasons.talk[reason], of_leg(world, row, TALK))
        talk *= handle * float(teams.pace[team])
        assert math.isclose(row["end_talk"], on_clock(row["end_wait"] + talk, grain), abs_tol=1e-6)
        work = 0.0
        if reasons.after_call[reason] >= 0:
            work = (
                length(world, reasons.after_call[reason], of_leg(world, row, AFTER_CALL)) * handle
            )
        if not math.isnan(row["end_work"]):
            due = on_clock(row["end_talk"] + work, grain)
            assert math.isclose(row["end_work"], due, abs_tol=1e-6)


def test_what_comes_of_a_talk_is_decided_in_the_order_of_the_model(world):
    """Beyond authority first (by the issue's one draw), then misrouted, then resolved or not."""
    reasons, teams = world.tables.reasons, world.tables.teams
    for row in world.contacts:
        if row["result"] == NO_RESULT:
            continue
        team, reason = row["team"], row["reason"]
        usual = reasons.misrouted[reason] if reasons.misrouted_to[reason] >= 0 else 0.0
        own = teams.misrouted[team] if reasons.misrouted_to[reason] >= 0 else -1.0
        fcr = reasons.fcr[reason] * teams.fcr[team, reason]
        fcr *= teams.pace[team] ** teams.elasticity[team]
        if draw(world, row, CASE) >= teams.authority[team, reason]:
            passed = of_leg(world, row, ESCALATED) < reasons.transferred[reason]
            expected = TRANSFERRED if passed else TURNED_DOWN
        elif row["leg"] == 1 and of_leg(world, row, MISROUTED) < (own if own >= 0 else usual):
            expected = TRANSFERRED
        else:
            expected = SOLVED if of_leg(world, row, RESOLVES) < fcr else UNSOLVED
        if expected == TRANSFERRED and row["leg"] >= world.tables.most_legs:
            expected = TURNED_DOWN
        assert row["result"] == expected


def test_whether_and_when_a_caller_tries_again_is_drawn_for_the_contact(world):
    """Unless the customer has left meanwhile, or the next call falls behind the horizon."""
    tables = world.tables
    ways = {
        NO_RESULT: tables.reasons.redial,
        UNSOLVED: tables.reasons.returns,
        TURNED_DOWN: tables.reasons.retry,
    }
    closings = {identity(issue): issue for issue in world.issues}
    for name, legs in world.legs.items():
        contacts = [row for row in legs if row["last"]]
        closing = closings[name]["closing"]
        for row, following in zip(contacts, [*contacts[1:], None], strict=True):
            if row["result"] == SOLVED or closing in (LAPSED, OPEN):
                continue
            again, cell = ways[row["result"]], (row["reason"], max(row["segment"], 0))
            attempt = row["attempt"]
            chance = again.probability[cell] * again.per_attempt[cell] ** (attempt - 1)
            tries = draw(world, row, CALLS_BACK, attempt) < chance
            assert (following is not None) == (tries and attempt < tables.most_contacts)
            if following is not None:
                u = draw(world, row, CALLS_BACK_AFTER, attempt)
                moment = hang_up(world, row) + length(world, again.delay[cell], u)
                assert following["arrived"] >= moment - 1e-6
                if is_open(tables, row["first_queue"], moment):
                    due = on_clock(moment, tables.grain)
                    assert math.isclose(following["arrived"], due, abs_tol=1e-6)
