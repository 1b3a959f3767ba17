"""When things happen that happen at once: clock and rank (MODEL.md section 10).

A rank packs kind, issue, attempt, leg and route into one integer, so that any calendar that sorts
by (time, rank) plays the events of one instant in the model's order.
"""

import math

from sim.jit import rule

DAY_BITS, ORIGIN_BITS, ORDINAL_BITS = 14, 9, 25
ATTEMPT_BITS, LEG_BITS, ROUTE_BITS = 5, 3, 3
EARLIEST_DAY = -4096
LATEST_DAY = EARLIEST_DAY + 2**DAY_BITS - 1
MOST_ORIGINS = 2**ORIGIN_BITS
MOST_ORDINALS = 2**ORDINAL_BITS
_LEG_SHIFT = ROUTE_BITS
_ATTEMPT_SHIFT = _LEG_SHIFT + LEG_BITS
_ISSUE_SHIFT = _ATTEMPT_SHIFT + ATTEMPT_BITS
_KIND_SHIFT = _ISSUE_SHIFT + DAY_BITS + ORIGIN_BITS + ORDINAL_BITS


@rule
def identity(day: int, origin: int, ordinal: int) -> int:
    """An issue's identity as one integer that sorts by day, origin and ordinal.

    `day` counts from the first counted day and may be as early as `EARLIEST_DAY`.
    """
    return ((((day - EARLIEST_DAY) << ORIGIN_BITS) | origin) << ORDINAL_BITS) | ordinal


@rule
def rank(kind: int, subject: int, attempt: int, leg: int, route: int) -> int:
    """The rank of an event among those of one instant; `kind` is a code of `codes.EVENTS`.

    `subject` is an issue's `identity`, or the index of a queue, a team or a customer. Ranks lie
    between 2 and 2**63, so that a calendar may keep 0 and 1 for itself.
    """
    return (
        ((kind + 1) << _KIND_SHIFT)
        | (subject << _ISSUE_SHIFT)
        | (attempt << _ATTEMPT_SHIFT)
        | (leg << _LEG_SHIFT)
        | route
    )


@rule
def kind_of(rank: int) -> int:
    """The kind of the event with this rank."""
    return (rank >> _KIND_SHIFT) - 1


@rule
def on_clock(time: float, grain: float) -> float:
    """The time at which an event is entered into a calendar: the next tick of a clock that ticks
    every `grain` seconds; unchanged on the continuous clock (`grain` 0)."""
    if grain <= 0.0:
        return time
    return math.ceil(time / grain) * grain
