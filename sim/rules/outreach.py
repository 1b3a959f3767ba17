"""Contacting before being contacted: what a notice and a recovery change (MODEL.md section 7)."""

from sim.codes import IN_WINDOW, LATE, NOT_REACHED
from sim.jit import rule


@rule
def sent_at(detected: float, place: int, per_hour: float) -> float:
    """When the message with this place in the order of sending (from 0) goes out."""
    return detected + (place + 1) * 3600.0 / per_hour


@rule
def how_reached(delay: float, window: float, deadline: float) -> int:
    """What recovery achieves for a detected customer who could be reached after `delay` seconds
    (infinity: never): IN_WINDOW, LATE or NOT_REACHED."""
    if delay <= window and delay <= deadline:
        return IN_WINDOW
    if delay <= deadline:
        return LATE
    return NOT_REACHED


@rule
def decides_after(delay: float, deadline: float) -> float:
    """Seconds from the closing to the decision of a detected customer."""
    return min(delay, deadline)


@rule
def recovery_odds(how: int, in_window: float, late: float) -> float:
    """The log odds that a recovery adds; `in_window` and `late` are log odds ratios."""
    if how == IN_WINDOW:
        return in_window
    if how == LATE:
        return late
    return 0.0
