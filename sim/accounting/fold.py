"""Counting a run, a batch of logs at a time: sums whose size does not depend on how long it is.

Rows may come in any order and in any batches: each speaks for itself.
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
from sim.accounting.intervals import slots
from sim.accounting.issues import Issues, count_issues, no_issues
from sim.accounting.promises import Promises, count_promises, no_promises
from sim.accounting.traffic import Traffic, count_contacts, no_traffic
from sim.logs import Logs
from sim.terms import Terms


@dataclass(frozen=True)
class Counts:
    """All that one replication is measured and priced by; its arrays grow in place."""

    traffic: Traffic
    handling: Handling
    promises: Promises
    floor: Floor
    issues: Issues
    customers: Customers


def empty(terms: Terms) -> Counts:
    """The counts of a run of which nothing has been counted."""
    rows = slots(terms.calendar)
    return Counts(
        traffic=no_traffic(terms, rows),
        handling=no_handling(terms, rows),
        promises=no_promises(terms),
        floor=no_floor(terms, rows),
        issues=no_issues(terms),
        customers=no_customers(terms),
    )


def add(counts: Counts, logs: Logs, terms: Terms) -> None:
    """Count one batch of a run's logs; what lies outside the counted window is left out."""
    count_contacts(counts.traffic, logs.contacts, terms)
    count_handling(counts.handling, logs.contacts, terms)
    count_promises(counts.promises, logs.contacts, terms)
    count_floor(counts.floor, logs.floor, terms)
    count_issues(counts.issues, logs.issues, terms)
    count_customers(counts.customers, logs.customers, terms)
    count_outreach(counts.customers, logs.outreach, terms)
    count_memory(counts.customers, logs.memory, terms)
