"""What comes of a talk (MODEL.md section 5)."""

import math

from sim.codes import SOLVED, TRANSFERRED, TURNED_DOWN, UNSOLVED
from sim.jit import rule


@rule
def talk_time(drawn: float, handle: float, pace: float) -> float:
    """Seconds of talk: the leg's drawn time, scaled by the team's factor and the pace."""
    return drawn * handle * pace


@rule
def chance_to_resolve(fcr: float, factor: float, pace: float, elasticity: float) -> float:
    """Probability that a talk resolves: fcr x team factor x pace^elasticity, cut to [0, 1]."""
    return min(1.0, max(0.0, fcr * factor * math.pow(pace, elasticity)))


@rule
def passed_on(leg: int, most_legs: int) -> int:
    """The result of a transfer: beyond the most legs a contact may have, it is refused instead."""
    if leg >= most_legs:
        return TURNED_DOWN
    return TRANSFERRED


@rule
def beyond_authority(case: float, authority: float) -> bool:
    """Whether a case is more than the team may settle. `case` is the issue's one draw, so that the
    same authority refuses the same case again."""
    return case >= authority


@rule
def result_of_talk(
    misrouted: float, u_misrouted: float, chance: float, u_resolves: float, leg: int, most_legs: int
) -> int:
    """The result of a talk about a case within authority: TRANSFERRED if misrouted (first leg
    only), else SOLVED with probability `chance`, else UNSOLVED."""
    if leg == 1 and u_misrouted < misrouted:
        return passed_on(leg, most_legs)
    if u_resolves < chance:
        return SOLVED
    return UNSOLVED
