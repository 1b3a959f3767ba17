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
def chance_of_misrouting(own: float, usual: float, goes_to: int) -> float:
    """Probability that a first leg is found misrouted: the team's own, or the reason's `usual` one
    if the team has none (-1). A reason that names no queue for it (`goes_to` -1) never is."""
    if goes_to < 0:
        return 0.0
    if own >= 0.0:
        return own
    return usual


@rule
def passed_on(leg: int, most_legs: int) -> int:
    """The result of a transfer: beyond the most legs a contact may have, it is refused instead."""
    if leg >= most_legs:
        return TURNED_DOWN
    return TRANSFERRED


@rule
def result_of_talk(
    settles: bool, escalates: bool, misrouted: bool, resolves: bool, leg: int, most_legs: int
) -> int:
    """The result of a talk. A case that the team may not settle is passed on if it escalates, else
    TURNED_DOWN; then a misrouted first leg is passed on; then the case is SOLVED or UNSOLVED."""
    if not settles:
        if escalates:
            return passed_on(leg, most_legs)
        return TURNED_DOWN
    if leg == 1 and misrouted:
        return passed_on(leg, most_legs)
    if resolves:
        return SOLVED
    return UNSOLVED
