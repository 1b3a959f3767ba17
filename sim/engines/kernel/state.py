"""What changes during a replication, as the kernel keeps it: slots, lines, crews and log buffers.

A slot is a place for an issue or a leg while it is under way; slots are used again.
"""

import math
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.engines.kernel.fixed import Fixed, Floats, Ints
from sim.engines.kernel.heap import empty_heap
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, OUTREACH_EVENT, Rows
from sim.tables.tables import Ints as Indices

Kind = TypeVar("Kind", bound=np.generic)

# Places in `State.numbers`. Slots that were never used begin at FRESH_LEG and FRESH_ISSUE.
TAKEN, WAITING, IDLE, ENDED, MOST_OF_ONE = 0, 1, 2, 3, 4
FREE_LEGS, FRESH_LEG, FREE_ISSUES, FRESH_ISSUE = 5, 6, 7, 8
CONTACT_ROWS, ISSUE_ROWS, FLOOR_ROWS, CUSTOMER_ROWS, OUTREACH_ROWS = 9, 10, 11, 12, 13
NEXT_ARRIVAL, NEXT_PLANNED = 14, 15
NUMBERS = 16

BUFFERS, LEG_SLOTS, ISSUE_SLOTS = range(3)
"""What can be full."""

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
        ("line", "i8"),
        ("talk", "f8"),
        ("work", "f8"),
        ("used", "i8"),
    ]
)
"""What a leg has besides its row: the slot of its issue; issue, attempt and leg packed as in a
rank; the rank of the abandonment that it is due for while it waits, else -1; its line and its
neighbours there; the uniforms of its talk and after-call work."""

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
        ("used", "i8"),
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
        ("lost", "i8"),
    ]
)
"""A customer; `newest` is the slot of the latest open issue, -1 if there is none."""

CREW = np.dtype(
    [(name, "i8") for name in ("busy", "owed", "floor")]
    + [(name, "f8") for name in ("began", "planned", "absence", "paid", "overtime", "counted")]
)
"""A team besides its idle agents; `began` is when its present staffing began, and overtime is
counted until `counted`."""

DOOR = np.dtype([("open", "i8"), ("waiting", "i8")])
"""A queue: whether it is open, and how many wait in it."""

LINE = np.dtype([(name, "i8") for name in ("queue", "of_class", "head", "tail", "waiting")])
"""The contacts of one class that wait in a queue: slots of the first and the last leg, -1 if there
is none. Where no route has a share, a queue has one line."""


class State(NamedTuple):
    """Everything that moves."""

    numbers: Ints
    opening: Floats
    """One moment: before it no route opens to anybody by waiting."""
    talks: Rows
    """Calendar of menus, talks and after-call work that end; the slots are of legs."""
    timers: Rows
    """Calendar of abandonments, also of legs that wait no longer; the slots are of legs."""
    later: Rows
    """Calendar of further attempts and of decisions; the slots are of issues."""
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
    doors: Rows
    lines: Rows
    unopened: Ints
    """By line and route of its queue: the first leg to which the route is still to open by waiting,
    -1 if there is none."""
    contacts: Rows
    issues: Rows
    floors: Rows
    customers: Rows
    outreach: Rows


LEGS, ISSUES, ROWS = 1024, 8192, 2048
"""Room to begin with: for legs, issues, and rows of a log. The rows fit into a fast cache."""


def state_of(fixed: Fixed, joined: Floats, segment: Indices) -> State:
    """An empty centre at time 0. `joined` and `segment` are of the customers."""
    people = np.zeros(len(joined), dtype=PERSON)
    people["joined"], people["segment"], people["newest"] = joined, segment, -1
    doors = np.zeros(len(fixed.queues), dtype=DOOR)
    for queue, (begin, end) in enumerate(fixed.queues[["hours_begin", "hours_end"]].tolist()):
        doors["open"][queue] = end > begin and fixed.hours[begin, 0] < 0.0
    classes = fixed.queues["classes"]
    lines = np.zeros(classes.sum(), dtype=LINE)
    lines["head"] = lines["tail"] = -1
    lines["queue"] = np.repeat(np.arange(len(classes)), classes)
    lines["of_class"] = np.concatenate([np.arange(count) for count in classes])
    return State(
        numbers=np.zeros(NUMBERS, dtype=np.int64),
        opening=np.array([math.inf]),
        talks=empty_heap(LEGS),
        timers=empty_heap(LEGS),
        later=empty_heap(ISSUES),
        free_legs=np.zeros(LEGS, dtype=np.int64),
        free_issues=np.zeros(ISSUES, dtype=np.int64),
        ended=np.zeros(LEGS, dtype=np.int64),
        leg_rows=np.zeros(LEGS, dtype=CONTACT),
        links=np.zeros(LEGS, dtype=LINK),
        issue_rows=np.zeros(ISSUES, dtype=ISSUE),
        states=np.zeros(ISSUES, dtype=STANDING),
        people=people,
        idle=np.zeros(len(fixed.teams), dtype=np.int64),
        crews=np.zeros(len(fixed.teams), dtype=CREW),
        doors=doors,
        lines=lines,
        unopened=np.full((len(lines), fixed.routes.shape[1]), -1),
        contacts=np.zeros(ROWS, dtype=CONTACT),
        issues=np.zeros(ROWS, dtype=ISSUE),
        floors=np.zeros(ROWS, dtype=FLOOR),
        customers=np.zeros(ROWS, dtype=CUSTOMER_EVENT),
        outreach=np.zeros(ROWS, dtype=OUTREACH_EVENT),
    )


GROWING = {
    BUFFERS: ("contacts", "issues", "floors", "customers", "outreach"),
    LEG_SLOTS: ("talks", "timers", "free_legs", "ended", "leg_rows", "links"),
    ISSUE_SLOTS: ("later", "free_issues", "issue_rows", "states"),
}
"""The arrays that grow together when one of them is full."""


def with_more_room(s: State, full: int) -> State:
    """The same state with twice the room for rows, legs or issues: a key of `GROWING`."""
    return s._replace(**{name: _twice(getattr(s, name)) for name in GROWING[full]})


def _twice(rows: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    """The same rows, and room for as many more."""
    larger = np.zeros(2 * len(rows), dtype=rows.dtype)
    larger.view(np.uint8)[: rows.nbytes] = rows.view(np.uint8)  # fields would be moved one by one
    return larger
