"""The kernel's legs: a slot taken, filled, written to the log and free again."""

import math

from sim.codes import IN_MENU, NO_RESULT, TRANSFER
from sim.engines.kernel.fixed import Floats, Ints, Record
from sim.engines.kernel.state import CONTACT_ROWS, FREE_LEGS, FRESH_LEG
from sim.jit import rule
from sim.logs import Rows


@rule
def take_leg(n: Ints, free_legs: Ints) -> int:
    """A slot for a leg."""
    if n[FREE_LEGS] > 0:
        n[FREE_LEGS] -= 1
        return int(free_legs[n[FREE_LEGS]])
    n[FRESH_LEG] += 1
    return int(n[FRESH_LEG]) - 1


@rule
def begin_leg(
    leg: Record,
    link: Record,
    about: Record,
    standing: Record,
    issue: int,
    number: int,
    queue: int,
    first_queue: int,
) -> None:
    """Fills a slot with the row of a leg that begins; its issue (`about` and `standing`) tells the
    rest."""
    link["used"] = 1
    link["issue"] = issue
    link["timer"] = -1
    leg["day"] = about["day"]
    leg["origin"] = about["origin"]
    leg["ordinal"] = about["ordinal"]
    leg["customer"] = about["customer"]
    leg["segment"] = about["segment"]
    leg["reason"] = about["reason"]
    leg["attempt"] = about["contacts"]
    leg["leg"] = number
    leg["why"] = standing["why"] if number <= 1 else TRANSFER
    leg["outcome"] = IN_MENU
    leg["result"] = NO_RESULT
    leg["last"] = 1
    leg["answered_before"] = standing["answered"]
    leg["queue"] = queue
    leg["team"] = -1
    leg["first_queue"] = first_queue
    leg["arrived"] = standing["arrived"]
    leg["joined"] = math.nan
    leg["end_wait"] = math.nan
    leg["end_talk"] = math.nan
    leg["end_work"] = math.nan
    leg["waited_before"] = standing["waited"]
    leg["first_wait"] = standing["first_wait"]


@rule
def free_leg(n: Ints, free_legs: Ints, link: Record, leg: int) -> None:
    """A leg's slot is free."""
    link["used"] = 0
    free_legs[n[FREE_LEGS]] = leg
    n[FREE_LEGS] += 1


@rule
def write_leg(n: Ints, contacts: Rows, row: Record) -> None:
    """Writes a leg that has ended."""
    contacts[n[CONTACT_ROWS]] = row
    n[CONTACT_ROWS] += 1


@rule
def next_opening(hours: Floats, begin: int, end: int, moment: float) -> float:
    """The moment itself if a queue is open then, else when it opens next. Its hours are the rows
    `begin` to `end` of `hours`."""
    low, high = begin, end
    while low < high:
        middle = (low + high) // 2
        if hours[middle, 0] <= moment:
            low = middle + 1
        else:
            high = middle
    if low > begin and moment < hours[low - 1, 1]:
        return moment
    if low < end:
        return float(hours[low, 0])
    return math.inf
