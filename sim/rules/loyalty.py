"""Staying or leaving (MODEL.md section 6): everything on the scale of log odds."""

import math

from sim.jit import rule

_FAR = 700.0
"""Log odds beyond which a probability is 0 or 1 in double precision."""

_LN_2 = math.log(2.0)


@rule
def log_odds(p: float) -> float:
    """The logit ln(p / (1 - p)), p strictly between 0 and 1."""
    return math.log(p / (1.0 - p))


@rule
def probability(logit: float) -> float:
    """The probability with this logit."""
    if logit < -_FAR:
        return 0.0
    if logit > _FAR:
        return 1.0
    return 1.0 / (1.0 + math.exp(-logit))


@rule
def counted_wait(waited: float, tolerance: float) -> float:
    """Seconds of a contact's waits, on all legs, that are held against the company."""
    return max(0.0, waited - tolerance)


@rule
def wait_term(per_minute: float, counted: float, cap: float) -> float:
    """Log odds of an issue's counted waits (seconds, summed over contacts, at most `cap`);
    `per_minute` is the log odds ratio of a minute."""
    return per_minute * min(cap, counted) / 60.0


@rule
def repeats_term(per_repeat: float, reached: int) -> float:
    """Log odds of having had to call again: `reached` counts the contacts that were blocked or
    joined a queue."""
    return per_repeat * max(0, reached - 1)


@rule
def effects(
    wait: float, repeats: float, transfers: float, self_service: float, team: float
) -> float:
    """What an issue's experiences add to the log odds of leaving."""
    return wait + repeats + transfers + self_service + team


@rule
def chance_of_leaving(
    anyway: float, closing: float, effects: float, memory: float, recovery: float
) -> float:
    """Probability of leaving: `anyway` is the logit of a resolved issue without effects, to which
    the closing, the effects, memory and recovery add."""
    return probability(anyway + closing + effects + memory + recovery)


@rule
def decayed(memory: float, elapsed: float, half_life: float) -> float:
    """What is left of a memory after `elapsed` seconds; `half_life` 0 means that there is none."""
    if half_life <= 0.0:
        return 0.0
    return memory * math.exp(-_LN_2 * elapsed / half_life)


@rule
def remembered(
    memory: float, effects: float, weight: float, bad: bool, bad_closing: float, cap: float
) -> float:
    """Memory after a closing: it grows by a share of the issue's effects (if they are bad), and by
    `bad_closing` after a bad closing; at most `cap`. All in log odds."""
    grown = memory + weight * max(0.0, effects)
    if bad:
        grown += bad_closing
    return min(cap, grown)
