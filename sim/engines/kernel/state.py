"""What changes during a replication, as the kernel keeps it: slots, lines, crews and log buffers.

A slot is a place for an issue or a leg while it is under way; slots are used again.
"""

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.engines.kernel.fixed import Fixed, Floats, Ints
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, OUTREACH_EVENT, Rows
from sim.tables.tables import Ints as Indices

Kind = TypeVar("Kind", bound=np.generic)

# Places in `State.numbers`.
HEAP, TAKEN, WAITING, IDLE = 0, 1, 2, 3
FREE_LEGS, FREE_ISSUES, ENDED, MOST_OF_ONE = 4, 5, 6, 7
CONTACT_ROWS, ISSUE_ROWS, FLOOR_ROWS, CUSTOMER_ROWS, OUTREACH_ROWS = 8, 9, 10, 11, 12
NEXT_ARRIVAL, NEXT_PLANNED, FIRST_IS_OVER = 13, 14, 15
NUMBERS = 16

PLAN = np.dtype(
    [
        ("time", "f8"),
        ("rank", "i8"),
        ("index", "i8"),
        ("what", "i8"),
        ("planned", "f8"),
        ("absence", "f8"),
        ("floor", "f8"),
        ("paid", "f8"),
    ]
)
"""An event known beforehand. `index` is a queue (`what` 1 opens, 0 closes), a team (with its new
staffing), a customer (`what` is JOINED or LEFT_BASE), or a row of the day's messages."""

LINK = np.dtype(
    [
        ("issue", "i8"),
        ("order", "i8"),
        ("timer", "i8"),
        ("previous", "i8"),
        ("next", "i8"),
        ("work", "f8"),
        ("used", "?"),
    ]
)
"""What a leg has besides its row: the slot of its issue; issue, attempt and leg packed as in a
rank; the rank of the abandonment that it is due for while it waits, else -1; its neighbours in the
line; the uniform of its after-call work."""

STANDING = np.dtype(
    [
        ("identity", "i8"),
        ("key", "i8"),
        ("ahead", "i8"),
        ("older", "i8"),
        ("newer", "i8"),
        ("why", "i8"),
        ("answered", "i8"),
        ("result", "i8"),
        ("told", "f8"),
        ("counted", "f8"),
        ("felt", "f8"),
        ("delay", "f8"),
        ("arrived", "f8"),
        ("waited", "f8"),
        ("first_wait", "f8"),
        ("used", "?"),
    ]
)
"""What an issue has besides its row. `ahead` is the rank of the call or decision that lies ahead,
-1 while the issue is in somebody's hands; `older` and `newer` link the open issues of a customer;
`counted` are the seconds of waits held against the company; `delay` is from a bad closing until
recovery can reach the customer. `why`, `arrived`, `waited`, `first_wait`, `answered` and `result`
are of the contact under way."""

PERSON = np.dtype(
    [
        ("joined", "f8"),
        ("memory", "f8"),
        ("since", "f8"),
        ("newest", "i8"),
        ("segment", "i8"),
        ("lost", "?"),
    ]
)
"""A customer; `newest` is the slot of the latest open issue, -1 if there is none."""

CREW = np.dtype(
    [(name, "i8") for name in ("busy", "owed", "floor")]
    + [(name, "f8") for name in ("began", "planned", "absence", "paid", "overtime", "counted")]
)
"""A team besides its idle agents; `began` is when its present staffing began, and overtime is
counted until `counted`."""

LINE = np.dtype([(name, "i8") for name in ("head", "tail", "waiting", "open")])
"""A queue: slots of the first and the last leg waiting, -1 if there is none."""


class State(NamedTuple):
    """Everything that moves."""

    numbers: Ints
    heap_times: Floats
    heap_ranks: Ints
    heap_slots: Ints
    free_legs: Ints
    free_issues: Ints
    ended: Ints
    """Legs whose wait ended by abandonment or dropping in the event under way."""
    leg_rows: Rows
    links: Rows
    issue_rows: Rows
    states: Rows
    people: Rows
    idle: Ints
    crews: Rows
    lines: Rows
    contacts: Rows
    issues: Rows
    floors: Rows
    customers: Rows
    outreach: Rows


def state_of(fixed: Fixed, joined: Floats, segment: Indices, slots: int, rows: int) -> State:
    """An empty centre at time 0, with room for `slots` legs and issues and `rows` rows a log.

    `joined` and `segment` are of the customers.
    """
    numbers = np.zeros(NUMBERS, dtype=np.int64)
    numbers[FREE_LEGS] = numbers[FREE_ISSUES] = slots
    people = np.zeros(len(joined), dtype=PERSON)
    people["joined"], people["segment"], people["newest"] = joined, segment, -1
    lines = np.zeros(len(fixed.queues), dtype=LINE)
    lines["head"] = lines["tail"] = -1
    for queue, (begin, end) in enumerate(fixed.queues[["hours_begin", "hours_end"]].tolist()):
        lines["open"][queue] = end > begin and fixed.hours[begin, 0] < 0.0
    return State(
        numbers=numbers,
        heap_times=np.zeros(4 * slots),
        heap_ranks=np.zeros(4 * slots, dtype=np.int64),
        heap_slots=np.zeros(4 * slots, dtype=np.int64),
        free_legs=np.arange(slots)[::-1].copy(),
        free_issues=np.arange(slots)[::-1].copy(),
        ended=np.zeros(slots, dtype=np.int64),
        leg_rows=np.zeros(slots, dtype=CONTACT),
        links=np.zeros(slots, dtype=LINK),
        issue_rows=np.zeros(slots, dtype=ISSUE),
        states=np.zeros(slots, dtype=STANDING),
        people=people,
        idle=np.zeros(len(fixed.teams), dtype=np.int64),
        crews=np.zeros(len(fixed.teams), dtype=CREW),
        lines=lines,
        contacts=np.zeros(rows, dtype=CONTACT),
        issues=np.zeros(rows, dtype=ISSUE),
        floors=np.zeros(rows, dtype=FLOOR),
        customers=np.zeros(rows, dtype=CUSTOMER_EVENT),
        outreach=np.zeros(rows, dtype=OUTREACH_EVENT),
    )


def with_more_room(s: State) -> State:
    """The same state with twice the slots, and twice the rows in the log buffers."""
    slots = len(s.links)
    larger = s._replace(
        heap_times=_twice(s.heap_times),
        heap_ranks=_twice(s.heap_ranks),
        heap_slots=_twice(s.heap_slots),
        free_legs=_twice(s.free_legs),
        free_issues=_twice(s.free_issues),
        ended=_twice(s.ended),
        leg_rows=_twice(s.leg_rows),
        links=_twice(s.links),
        issue_rows=_twice(s.issue_rows),
        states=_twice(s.states),
        contacts=_twice(s.contacts),
        issues=_twice(s.issues),
        floors=_twice(s.floors),
        customers=_twice(s.customers),
        outreach=_twice(s.outreach),
    )
    for free, count in ((larger.free_legs, FREE_LEGS), (larger.free_issues, FREE_ISSUES)):
        unused = larger.numbers[count]
        free[unused : unused + slots] = np.arange(2 * slots - 1, slots - 1, -1)
        larger.numbers[count] = unused + slots
    return larger


def _twice(rows: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    """The same rows, and room for as many more."""
    larger = np.zeros(2 * len(rows), dtype=rows.dtype)
    larger.view(np.uint8)[: rows.nbytes] = rows.view(np.uint8)  # fields would be moved one by one
    return larger
