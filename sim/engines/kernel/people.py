"""The kernel's customers and the end of their issues: staying or leaving (MODEL.md section 6)."""

import math

from sim.codes import (
    CONTAINED,
    DETECTED,
    FAILED,
    FALSELY_CONTAINED,
    GAVE_UP,
    LAPSED,
    NO_RECOVERY,
    NOT_TRIED,
    OPEN,
    RECOVERY_CALL,
    REFUSED,
    RESOLVED,
    UNRESOLVED,
)
from sim.engines.kernel.choices import Who, happens
from sim.engines.kernel.fixed import Floats, Ints, Record
from sim.engines.kernel.state import CUSTOMER_ROWS, FREE_ISSUES, FRESH_ISSUE, ISSUE_ROWS
from sim.jit import rule
from sim.logs import Rows
from sim.rules.loyalty import (
    chance_of_leaving,
    decayed,
    effects,
    probability,
    remembered,
    repeats_term,
    wait_term,
)
from sim.rules.order import identity


@rule
def take_issue(n: Ints, free_issues: Ints) -> int:
    """A slot for an issue."""
    if n[FREE_ISSUES] > 0:
        n[FREE_ISSUES] -= 1
        return int(free_issues[n[FREE_ISSUES]])
    n[FRESH_ISSUE] += 1
    return int(n[FRESH_ISSUE]) - 1


@rule
def begin_issue(row: Record, standing: Record, new: Record, key: int, now: float) -> None:
    """Fills a slot with an issue that arises."""
    row["day"] = new["day"]
    row["origin"] = new["origin"]
    row["ordinal"] = new["ordinal"]
    row["customer"] = new["customer"]
    row["segment"] = new["segment"]
    row["reason"] = new["reason"]
    row["why"] = new["why"]
    row["closing"] = OPEN
    row["contacts"] = 0
    row["reached"] = 0
    row["legs_handled"] = 0
    row["transfers"] = 0
    row["first_handled_resolved"] = -1
    row["abandoned"] = 0
    row["self_service"] = NOT_TRIED
    row["recovery"] = NO_RECOVERY
    row["resolving_team"] = -1
    row["sold"] = 0
    row["arose"] = now
    row["closed"] = math.nan
    row["waited"] = 0.0
    unweighed(row)
    standing["used"] = 1
    standing["identity"] = identity(int(new["day"]), int(new["origin"]), int(new["ordinal"]))
    standing["key"] = key
    standing["told"] = new["told"]
    standing["counted"] = 0.0
    standing["felt"] = 0.0
    standing["ahead"] = -1
    standing["older"] = -1
    standing["newer"] = -1


@rule
def unweighed(row: Record) -> None:
    """Nothing is known of whether the customer of an issue leaves over it."""
    row["p"] = math.nan
    row["p0"] = math.nan
    row["closing_term"] = math.nan
    row["wait_term"] = math.nan
    row["repeats_term"] = math.nan
    row["transfers_term"] = math.nan
    row["self_service_term"] = math.nan
    row["team_term"] = math.nan
    row["memory_term"] = math.nan


@rule
def effects_of(row: Record) -> float:
    """What the experiences of an issue add to the log odds of leaving, once it is weighed."""
    return effects(
        row["wait_term"],
        row["repeats_term"],
        row["transfers_term"],
        row["self_service_term"],
        row["team_term"],
    )


@rule
def chance_of(bases: Floats, row: Record, recovery: float) -> float:
    """The probability that the customer leaves over an issue that is weighed."""
    return chance_of_leaving(
        bases[RESOLVED], row["closing_term"], effects_of(row), row["memory_term"], recovery
    )


@rule(inlined=False)
def weigh(
    world: Record,
    bases: Floats,
    row: Record,
    standing: Record,
    person: Record,
    closing: int,
    now: float,
) -> None:
    """How likely the customer is to leave, what it is blamed on, and what will be remembered."""
    memory = decayed(person["memory"], now - person["since"], world["half_life"])
    row["closing_term"] = bases[closing] - bases[RESOLVED]
    row["wait_term"] = wait_term(world["per_minute"], standing["counted"], world["wait_cap"])
    row["repeats_term"] = repeats_term(world["per_repeat"], row["reached"])
    row["transfers_term"] = world["per_transfer"] * row["transfers"]
    failed = 1 if row["self_service"] == FAILED else 0
    row["self_service_term"] = world["self_service_failed"] * failed
    row["team_term"] = standing["felt"]
    row["memory_term"] = memory
    row["p"] = chance_of(bases, row, 0.0)
    row["p0"] = probability(bases[RESOLVED])
    if world["half_life"] > 0.0:
        bad = closing in (UNRESOLVED, GAVE_UP, REFUSED)
        kept = remembered(
            memory,
            effects_of(row),
            world["weight"],
            bad,
            world["bad_closing"],
            world["memory_cap"],
        )
        if kept > 0.0:
            person["memory"] = kept
            person["since"] = now


@rule
def is_noticed(who: Who, self_service: int, detected: Floats, reached: int, closing: int) -> bool:
    """Whether a bad closing is detected, so that the decision waits for recovery; `reached` is the
    law of the delay until recovery, -1 without it."""
    if reached < 0 or closing not in (UNRESOLVED, GAVE_UP, REFUSED):
        return False
    if self_service in (CONTAINED, FALSELY_CONTAINED):
        return False
    return happens(who, 0, 0, DETECTED, detected[closing])


@rule
def take_up(states: Rows, person: Record, issue: int) -> int:
    """A customer has one more open issue; returns how many there are."""
    older, own = int(person["newest"]), 1
    states[issue]["older"] = older
    if older >= 0:
        states[older]["newer"] = issue
    person["newest"] = issue
    while older >= 0:
        own += 1
        older = int(states[older]["older"])
    return own


@rule
def put_away(states: Rows, people: Rows, customer: int, standing: Record) -> None:
    """A customer (if there is one) has one open issue less."""
    if customer < 0:
        return
    older, newer = int(standing["older"]), int(standing["newer"])
    if newer >= 0:
        states[newer]["older"] = older
    else:
        people[customer]["newest"] = older
    if older >= 0:
        states[older]["newer"] = newer


@rule
def write_issue(
    n: Ints,
    free_issues: Ints,
    issues: Rows,
    row: Record,
    standing: Record,
    issue: int,
    decided: float,
    left: bool,
    unavoidable: bool,
) -> None:
    """Writes an issue about which staying or leaving is decided, and frees its slot."""
    row["decided"] = decided
    row["left"] = left
    row["unavoidable"] = unavoidable
    issues[n[ISSUE_ROWS]] = row
    n[ISSUE_ROWS] += 1
    standing["used"] = 0
    free_issues[n[FREE_ISSUES]] = issue
    n[FREE_ISSUES] += 1


@rule
def write_recovery(row: Record, issue: Record, now: float) -> None:
    """Writes that a customer is reached after a bad closing of an issue."""
    row["day"] = issue["day"]
    row["origin"] = issue["origin"]
    row["ordinal"] = issue["ordinal"]
    row["customer"] = issue["customer"]
    row["segment"] = issue["segment"]
    row["reason"] = issue["reason"]
    row["programme"] = -1
    row["kind"] = RECOVERY_CALL
    row["time"] = now


@rule
def write_customer(
    n: Ints,
    customers: Rows,
    customer: int,
    segment: int,
    what: int,
    now: float,
    day: int,
    origin: int,
    ordinal: int,
) -> None:
    """Writes a customer who joins or leaves."""
    row = customers[n[CUSTOMER_ROWS]]
    n[CUSTOMER_ROWS] += 1
    row["customer"] = customer
    row["segment"] = segment
    row["what"] = what
    row["time"] = now
    row["day"] = day
    row["origin"] = origin
    row["ordinal"] = ordinal


@rule(inlined=False)
def leaves(
    n: Ints,
    free_issues: Ints,
    issues: Rows,
    rows: Rows,
    states: Rows,
    people: Rows,
    customer: int,
    now: float,
) -> None:
    """A customer has left: what lies ahead of its other issues does not happen."""
    person = people[customer]
    person["lost"] = 1
    person["memory"] = 0.0
    done = -1
    while True:
        first, least = -1, -1
        other = int(person["newest"])
        while other >= 0:
            standing = states[other]
            name = int(standing["identity"])
            if name > done and standing["ahead"] >= 0 and (first < 0 or name < least):
                first, least = other, name
            other = int(standing["older"])
        if first < 0:
            break
        done = least
        states[first]["ahead"] = -1
        row = rows[first]
        if row["closing"] == OPEN:
            row["closing"] = LAPSED
            row["closed"] = now
        else:
            row["recovery"] = NO_RECOVERY
            row["p"] = math.nan
            row["p0"] = math.nan
        put_away(states, people, customer, states[first])
        write_issue(n, free_issues, issues, row, states[first], first, now, False, False)
