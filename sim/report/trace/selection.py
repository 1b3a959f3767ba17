"""Which contacts and moments of a replication are told."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.accounting.intervals import labels, window_of
from sim.logs import Rows
from sim.report.trace import moments
from sim.report.trace.chronicle import Chronicle
from sim.terms import Calendar

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Selection:
    """What is looked for; all that is said must be true. Nothing said means everything."""

    interval: str | None = None
    """The label of an interval in which contacts arrived, as the tables by interval have it."""
    since: float | None = None
    """Contacts that arrived at this moment or later ..."""
    until: float | None = None
    """... and before this one."""
    queue: str | None = None
    """Contacts that joined this queue, or meant to."""
    issue: str | None = None
    """Issues of this name."""
    customer: int | None = None
    """A customer by number, from 1."""

    @property
    def is_story(self) -> bool:
        """Whether it is about an issue or a customer."""
        return self.issue is not None or self.customer is not None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()


def slots_of(moments: npt.NDArray[np.float64], calendar: Calendar) -> npt.NDArray[np.int64]:
    """For each moment its row of the tables by interval; -1 where it is not counted."""
    window = window_of(calendar)
    counted = (moments >= window.first) & (moments < window.horizon)
    numbers = np.where(counted, (moments - window.first) // window.interval, 0.0).astype(np.int64)
    if window.by_weekday:
        weekdays = (window.first_weekday + numbers // window.per_day) % 7
        numbers = weekdays * window.per_day + numbers % window.per_day
    return np.where(counted, numbers, -1)


def chosen_legs(chronicle: Chronicle, selection: Selection) -> Mask:
    """The legs of the contacts that are looked for; with a queue, those in that queue alone."""
    legs = chronicle.legs
    chosen = _in_time(chronicle, selection, legs["arrived"])
    if selection.queue is not None:
        chosen &= legs["queue"] == chronicle.names.queues.index(selection.queue)
    return chosen & _of_story(chronicle, selection)[chronicle.issue_of_leg]


def chosen_moments(chronicle: Chronicle, selection: Selection, every: Rows) -> Mask:
    """The moments of these contacts, to the last word about them; and what else happened
    meanwhile, at the queue's teams if there is a queue."""
    kind, row, time = every["kind"], every["row"], every["time"]
    chosen = np.zeros(len(every), dtype=bool)
    legs = chosen_legs(chronicle, selection)
    contacts = np.isin(chronicle.contact_of_leg, chronicle.contact_of_leg[legs])
    of_legs = np.isin(kind, moments.OF_LEGS)
    chosen[of_legs] = contacts[row[of_legs]]
    of_issues = np.isin(kind, moments.OF_ISSUES)
    chosen[of_issues] = _chosen_issues(chronicle, selection, contacts)[row[of_issues]]
    meanwhile = _in_time(chronicle, selection, time)
    for name, rows in (
        (moments.MOVES, chronicle.logs.customers),
        (moments.OUTREACH, chronicle.logs.outreach),
    ):
        if selection.queue is None:
            own = kind == name
            chosen[own] = meanwhile[own] & _of_customer(chronicle, selection, rows)[row[own]]
    if not selection.is_story:
        chosen |= meanwhile & _at_the_queue(chronicle, selection, every)
    return chosen


def _in_time(chronicle: Chronicle, selection: Selection, times: npt.NDArray[np.float64]) -> Mask:
    chosen = np.ones(len(times), dtype=bool)
    calendar = chronicle.tables.terms.calendar
    if selection.interval is not None:
        chosen &= np.isin(slots_of(times, calendar), _slots_named(calendar, selection.interval))
    if selection.since is not None:
        chosen &= times >= selection.since
    if selection.until is not None:
        chosen &= times < selection.until
    return chosen


def _slots_named(calendar: Calendar, label: str) -> list[int]:
    """The slots of an interval, or of all intervals of a day."""
    return [
        slot
        for slot, name in enumerate(labels(calendar))
        if label in (name, name.rpartition(" ")[0])
    ]


def _of_story(chronicle: Chronicle, selection: Selection) -> Mask:
    """The issues of the name and of the customer looked for."""
    issues = chronicle.issues
    chosen = np.ones(len(issues), dtype=bool)
    if selection.issue is not None:
        chosen &= np.array([name == selection.issue for name in chronicle.issue_names], dtype=bool)
    if selection.customer is not None:
        chosen &= issues["customer"] == selection.customer - 1
    return chosen


def _chosen_issues(chronicle: Chronicle, selection: Selection, contacts: Mask) -> Mask:
    """Issues whose last contact is chosen, and those without a contact that are looked for."""
    issues, story = chronicle.issues, _of_story(chronicle, selection)
    last: Mask = np.zeros(len(issues), dtype=bool)
    ends = contacts & ((chronicle.next_leg < 0) | selection.is_story)
    last[chronicle.issue_of_leg[ends]] = True
    nobody_calls = issues["contacts"] == 0
    if selection.queue is not None:
        return last
    last |= nobody_calls & story & _in_time(chronicle, selection, issues["arose"])
    return last


def _of_customer(chronicle: Chronicle, selection: Selection, rows: Rows) -> Mask:
    """The rows about the customers looked for."""
    if not selection.is_story:
        return np.ones(len(rows), dtype=bool)
    issues = chronicle.issues[_of_story(chronicle, selection)]
    return np.isin(rows["customer"], issues["customer"]) & (rows["customer"] >= 0)


def _at_the_queue(chronicle: Chronicle, selection: Selection, every: Rows) -> Mask:
    """Opening hours, staffing and incidents; of the queue looked for and of its teams."""
    kind, row = every["kind"], every["row"]
    if selection.queue is None:
        return np.isin(kind, moments.OF_THE_CENTRE)
    queue = chronicle.names.queues.index(selection.queue)
    floor = chronicle.logs.floor
    teams = np.isin(floor["team"], chronicle.tables.queues.teams_of(queue))
    chosen: Mask = (kind == moments.HOURS) & (row == queue)
    of_floor = kind == moments.FLOOR
    chosen[of_floor] = teams[row[of_floor]]
    chosen |= kind == moments.INCIDENT
    return chosen
