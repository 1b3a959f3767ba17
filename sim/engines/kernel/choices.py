"""The kernel's choices: what is left to chance on an issue's way, drawn and put to the rules."""

from sim.codes import (
    CASE,
    CONTAINED,
    FAILED,
    FALSELY_CONTAINED,
    MESSAGE,
    MISROUTED,
    PREEMPTED,
    PREEMPTED_BY,
    RESOLVED,
    SEEKS_HELP,
    SELF_CONTAINED,
    SELF_FALSE,
    SELF_TRIED,
    SILENT,
    SPEAKS_UP,
    UNRESOLVED,
)
from sim.engines.kernel.fixed import Floats, Record
from sim.jit import rule
from sim.rules.draws import block, uniform
from sim.rules.outcome import result_of_talk

_AFTER_TALK = MISROUTED // 4

Who = tuple[int, int, int, int, int]
"""Whose draws: seed, replication, and an issue's key, day and ordinal."""


@rule
def is_certain(chance: float) -> bool:
    """Whether a probability needs no draw."""
    return chance <= 0.0 or chance >= 1.0


@rule
def happens(who: Who, attempt: int, leg: int, purpose: int, chance: float) -> bool:
    """Whether something with this probability happens; what is certain needs no draw."""
    if is_certain(chance):
        return chance >= 1.0
    seed, replication, key, day, ordinal = who
    return uniform(seed, replication, key, day, ordinal, attempt, leg, purpose) < chance


@rule
def who_of(world: Record, row: Record, standing: Record) -> Who:
    """Whose draws an issue's are."""
    return (
        int(world["seed"]),
        int(world["replication"]),
        int(standing["key"]),
        int(row["day"]),
        int(row["ordinal"]),
    )


@rule(inlined=False)
def before_calling(
    who: Who,
    row: Record,
    reason: Record,
    outages: Floats,
    told: bool,
    preempts: float,
    silent_then_call: float,
    now: float,
) -> int:
    """How an issue closes without a call, or -1 if the customer calls. `preempts` and
    `silent_then_call` are those of the notice by which the customer is `told`."""
    if told and happens(who, 0, 0, PREEMPTED_BY, preempts):
        return PREEMPTED
    if not happens(who, 0, 0, SEEKS_HELP, reason["seeks_help"]):
        speaks_up = silent_then_call if told else 0.0
        if not happens(who, 0, 0, SPEAKS_UP, speaks_up):
            return SILENT
        row["why"] = MESSAGE
    if not happens(who, 0, 0, SELF_TRIED, reason["tried"]):
        return -1
    out = False
    for outage in range(reason["outage_begin"], reason["outage_end"]):
        out = out or outages[outage, 0] <= now < outages[outage, 1]
    if out or not happens(who, 0, 0, SELF_CONTAINED, reason["contained"]):
        row["self_service"] = FAILED
        return -1
    if happens(who, 0, 0, SELF_FALSE, reason["falsely"]):
        row["self_service"] = FALSELY_CONTAINED
        return UNRESOLVED
    row["self_service"] = CONTAINED
    return RESOLVED


@rule
def result_of(who: Who, leg: Record, pair: Record, transferred: float, most_legs: int) -> int:
    """What comes of a leg's talk. `pair` is of its team and reason; `transferred` is the share of
    cases beyond authority that the reason passes on."""
    number = int(leg["leg"])
    misrouted, chance = pair["misrouted"], pair["chance"]
    u_misrouted = u_resolves = u_escalated = 0.5
    if not (is_certain(transferred) and is_certain(misrouted) and is_certain(chance)):
        seed, replication, key, day, ordinal = who
        u_misrouted, u_resolves, u_escalated, _ = block(
            seed, replication, key, day, ordinal, int(leg["attempt"]), number, _AFTER_TALK
        )
    return result_of_talk(
        happens(who, 0, 0, CASE, pair["authority"]),
        u_escalated < transferred,
        u_misrouted < misrouted,
        u_resolves < chance,
        number,
        most_legs,
    )
