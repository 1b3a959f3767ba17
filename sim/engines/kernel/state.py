"""What changes during a replication, as the kernel keeps it: slots, lines, crews and log buffers.

A slot is a place for an issue or a leg while it is under way; slots are used again.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engines.kernel.fixed import Bools, Fixed, Floats, Ints
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, OUTREACH_EVENT, Rows

# Places in `State.numbers`.
HEAP, TAKEN, WAITING, IDLE = 0, 1, 2, 3
FREE_LEGS, FREE_ISSUES, ENDED, MOST_OF_ONE = 4, 5, 6, 7
CONTACT_ROWS, ISSUE_ROWS, FLOOR_ROWS, CUSTOMER_ROWS, OUTREACH_ROWS = 8, 9, 10, 11, 12
NEXT_ARRIVAL, NEXT_PLANNED = 13, 14
NUMBERS = 15

# Columns of `State.rota`.
STEP_BEGAN, PLANNED, ABSENT, PAID, OVERTIME, COUNTED_UNTIL = range(6)

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


class State(NamedTuple):
    """Everything that moves."""

    numbers: Ints
    heap_times: Floats
    heap_ranks: Ints
    heap_slots: Ints
    # Legs, by slot.
    free_legs: Ints
    leg_used: Bools
    leg_rows: Rows
    leg_issue: Ints
    leg_order: Ints
    """Issue, attempt and leg packed as in a rank."""
    leg_timer: Ints
    """Rank of the abandonment that a waiting leg is due for, else -1."""
    leg_previous: Ints
    leg_next: Ints
    leg_talk: Floats
    """The uniform of the leg's talk time, and below of its after-call work."""
    leg_work: Floats
    ended: Ints
    """Legs whose wait ended by abandonment or dropping in the event under way."""
    # Issues, by slot.
    free_issues: Ints
    issue_used: Bools
    issue_rows: Rows
    issue_identity: Ints
    issue_key: Ints
    issue_told: Floats
    issue_counted: Floats
    """Seconds of waits that are held against the company."""
    issue_felt: Floats
    issue_ahead: Ints
    """Rank of the call or decision that lies ahead; -1 while the issue is in somebody's hands."""
    issue_delay: Floats
    """From a bad closing until recovery can reach the customer."""
    issue_older: Ints
    """Links between the open issues of one customer."""
    issue_newer: Ints
    issue_why: Ints
    """Of the contact under way, as all below."""
    issue_arrived: Floats
    issue_waited: Floats
    issue_first_wait: Floats
    issue_answered: Ints
    issue_result: Ints
    # Customers.
    lost: Bools
    memory: Floats
    memory_since: Floats
    newest_issue: Ints
    # Teams.
    idle: Ints
    busy: Ints
    owed: Ints
    floor: Ints
    rota: Floats
    # Lines.
    head: Ints
    tail: Ints
    waiting: Ints
    open: Ints
    # Log buffers.
    contacts: Rows
    issues: Rows
    floors: Rows
    customers: Rows
    outreach: Rows


def state_of(fixed: Fixed, slots: int, rows: int) -> State:
    """An empty centre at time 0, with room for `slots` legs and issues and `rows` rows a log."""
    queues, teams, customers = len(fixed.priority), len(fixed.felt), len(fixed.joined)
    starts = fixed.hours_first[:-1]
    always = [
        int(last > first and fixed.opens[first] < 0.0)
        for first, last in zip(starts, fixed.hours_first[1:], strict=True)
    ]
    numbers = np.zeros(NUMBERS, dtype=np.int64)
    numbers[FREE_LEGS] = numbers[FREE_ISSUES] = slots
    leg_rows, issue_rows = np.zeros(slots, dtype=CONTACT), np.zeros(slots, dtype=ISSUE)
    return State(
        numbers=numbers,
        heap_times=np.zeros(4 * slots),
        heap_ranks=_ints(4 * slots),
        heap_slots=_ints(4 * slots),
        free_legs=np.arange(slots)[::-1].copy(),
        leg_used=np.zeros(slots, dtype=np.bool_),
        leg_rows=leg_rows,
        leg_issue=_ints(slots),
        leg_order=_ints(slots),
        leg_timer=_ints(slots),
        leg_previous=_ints(slots),
        leg_next=_ints(slots),
        leg_talk=np.zeros(slots),
        leg_work=np.zeros(slots),
        ended=_ints(slots),
        free_issues=np.arange(slots)[::-1].copy(),
        issue_used=np.zeros(slots, dtype=np.bool_),
        issue_rows=issue_rows,
        issue_identity=_ints(slots),
        issue_key=_ints(slots),
        issue_told=np.zeros(slots),
        issue_counted=np.zeros(slots),
        issue_felt=np.zeros(slots),
        issue_ahead=_ints(slots),
        issue_delay=np.zeros(slots),
        issue_older=_ints(slots),
        issue_newer=_ints(slots),
        issue_why=_ints(slots),
        issue_arrived=np.zeros(slots),
        issue_waited=np.zeros(slots),
        issue_first_wait=np.zeros(slots),
        issue_answered=_ints(slots),
        issue_result=_ints(slots),
        lost=np.zeros(customers, dtype=np.bool_),
        memory=np.zeros(customers),
        memory_since=np.zeros(customers),
        newest_issue=np.full(customers, -1, dtype=np.int64),
        idle=_ints(teams),
        busy=_ints(teams),
        owed=_ints(teams),
        floor=_ints(teams),
        rota=np.zeros((teams, 6)),
        head=np.full(queues, -1, dtype=np.int64),
        tail=np.full(queues, -1, dtype=np.int64),
        waiting=_ints(queues),
        open=np.array(always, dtype=np.int64),
        contacts=np.zeros(rows, dtype=CONTACT),
        issues=np.zeros(rows, dtype=ISSUE),
        floors=np.zeros(rows, dtype=FLOOR),
        customers=np.zeros(rows, dtype=CUSTOMER_EVENT),
        outreach=np.zeros(rows, dtype=OUTREACH_EVENT),
    )


def _ints(size: int) -> Ints:
    return np.zeros(size, dtype=np.int64)


def with_more_room(state: State) -> State:
    """The same state with twice the slots, and twice the rows in the log buffers."""
    slots = len(state.leg_issue)
    customers = ("lost", "memory", "memory_since", "newest_issue")
    crews = ("idle", "busy", "owed", "floor", "rota", "head", "tail", "waiting", "open")
    doubled = {
        name: _doubled(array)
        for name, array in state._asdict().items()
        if name != "numbers" and name not in customers + crews
    }
    larger = state._replace(**doubled)
    for free, count in ((larger.free_legs, FREE_LEGS), (larger.free_issues, FREE_ISSUES)):
        unused = larger.numbers[count]
        free[unused : unused + slots] = np.arange(2 * slots - 1, slots - 1, -1)
        larger.numbers[count] = unused + slots
    return larger


def _doubled(array: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    return np.concatenate([array, np.zeros_like(array)])
