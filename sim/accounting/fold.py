"""Counting a run, a batch of logs at a time: sums whose size does not depend on how long it is.

Rows may come in any batches, and in any order but for `repeats`: each speaks for itself.
"""

from dataclasses import dataclass

from sim.accounting.customers import (
    Customers,
    count_customers,
    count_memory,
    count_outreach,
    no_customers,
)
from sim.accounting.floor import Floor, count_floor, no_floor
from sim.accounting.handling import Handling, count_handling, no_handling
from sim.accounting.intervals import Window, slots, window_of
from sim.accounting.issues import Issues, count_issues, no_issues
from sim.accounting.promises import Promises, count_promises, no_promises
from sim.accounting.repeats import Repeats, no_repeats, with_room
from sim.accounting.traffic import Traffic, count_contacts, no_traffic
from sim.accounting.waits import Numbers
from sim.jit import rule
from sim.logs import Logs, Rows
from sim.terms import Floats, Ints, Terms


@dataclass
class Counts:
    """All that one replication is measured and priced by; its arrays grow in place."""

    window: Window
    traffic: Traffic
    repeats: Repeats
    handling: Handling
    promises: Promises
    floor: Floor
    issues: Issues
    customers: Customers


def empty(terms: Terms) -> Counts:
    """The counts of a run of which nothing has been counted."""
    rows = slots(terms.calendar)
    return Counts(
        window=window_of(terms.calendar),
        traffic=no_traffic(terms, rows),
        repeats=no_repeats(terms),
        handling=no_handling(terms, rows),
        promises=no_promises(terms),
        floor=no_floor(terms, rows),
        issues=no_issues(terms),
        customers=no_customers(terms),
    )


def add(counts: Counts, logs: Logs, terms: Terms) -> None:
    """Count one batch of a run's logs; what lies outside the counted window is left out."""
    window, targets = counts.window, terms.targets
    counts.repeats = with_room(counts.repeats, len(logs.contacts))
    _count_contacts_and_issues(
        logs.contacts,
        logs.issues,
        targets.within,
        targets.rule,
        *window,
        *counts.traffic,
        *counts.repeats,
        *counts.handling,
        *counts.issues,
    )
    if len(counts.promises.within):
        count_promises(logs.contacts, window, counts.promises)
    if len(logs.floor):
        count_floor(logs.floor, window, counts.floor)
    if len(logs.customers):
        count_customers(logs.customers, window, counts.customers)
    if len(logs.outreach):
        count_outreach(logs.outreach, window, counts.customers)
    if len(logs.memory):
        count_memory(logs.memory, terms.population.base_leaving, counts.customers)


@rule
def _count_contacts_and_issues(
    contact_rows: Rows,
    issue_rows: Rows,
    within: Floats,
    service_rule: Ints,
    first: float,
    horizon: float,
    interval: float,
    per_day: int,
    first_weekday: int,
    by_weekday: bool,
    month_ends: Floats,
    total: Floats,
    queues: Floats,
    teams: Floats,
    reasons: Floats,
    kinds: Floats,
    waits: Numbers,
    repeats: Floats,
    arrivals: Rows,
    used: Ints,
    fcr_window: float,
    longest: float,
    time_of_queues: Floats,
    time_of_teams: Floats,
    time_of_reasons: Floats,
    time_of_kinds: Floats,
    labour: Floats,
    issues: Floats,
    closings: Floats,
    causes: Floats,
    resolved_by: Floats,
    priced: Floats,
    lost: Floats,
) -> None:
    """What every batch has, in one call from Python and with loose arrays: the call costs as much
    as a hundred rows do, and twice that if it is given tuples."""
    window = Window(first, horizon, interval, per_day, first_weekday, by_weekday, month_ends)
    traffic = Traffic(total, queues, teams, reasons, kinds, waits)
    looking_back = Repeats(repeats, arrivals, used, fcr_window, longest)
    count_contacts(contact_rows, window, within, service_rule, traffic, looking_back)
    handling = Handling(time_of_queues, time_of_teams, time_of_reasons, time_of_kinds, labour)
    count_handling(contact_rows, window, handling)
    count_issues(issue_rows, window, Issues(issues, closings, causes, resolved_by, priced, lost))
