"""The reference engine's journal: what happened, as rows of the logs."""

import numpy as np

from sim.engines.reference.entities import Issue, Leg
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, MEMORY, OUTREACH_EVENT, Logs


class Journal:
    """Rows in the order in which their subjects ended."""

    def __init__(self) -> None:
        self._contacts: list[tuple[object, ...]] = []
        self._issues: list[tuple[object, ...]] = []
        self._floor: list[tuple[object, ...]] = []
        self._customers: list[tuple[object, ...]] = []
        self._outreach: list[tuple[object, ...]] = []
        self._memory: list[tuple[object, ...]] = []

    def leg(self, leg: Leg, end_work: float) -> None:
        """A leg that ended, or stands as it is at the horizon."""
        contact = leg.contact
        issue = contact.issue
        first_wait = leg.end_wait - leg.joined if leg.number == 1 else contact.first_wait
        self._contacts.append(
            (
                issue.day,
                issue.origin,
                issue.ordinal,
                issue.customer,
                issue.segment,
                issue.reason,
                contact.attempt,
                leg.number,
                leg.why,
                leg.outcome,
                leg.result,
                leg.last,
                leg.answered_before,
                leg.queue,
                leg.team,
                contact.queue,
                contact.arrived,
                leg.joined,
                leg.end_wait,
                leg.end_talk,
                end_work,
                leg.waited_before,
                first_wait,
            )
        )

    def issue(self, issue: Issue, decided: float, left: bool, unavoidable: bool) -> None:
        """An issue about which staying or leaving is decided, or that is under way at the end."""
        self._issues.append(
            (
                issue.day,
                issue.origin,
                issue.ordinal,
                issue.customer,
                issue.segment,
                issue.reason,
                issue.why,
                issue.closing,
                issue.contacts,
                issue.reached,
                issue.legs_handled,
                issue.transfers,
                issue.first_handled_resolved,
                issue.abandoned,
                issue.self_service,
                issue.recovery,
                left,
                unavoidable,
                issue.resolving_team,
                issue.sold,
                issue.arose,
                issue.closed,
                decided,
                issue.waited,
                issue.p,
                issue.p0,
                *issue.terms,
            )
        )

    def floor(
        self,
        team: int,
        start: float,
        end: float,
        planned: float,
        absence: float,
        floor: int,
        paid: float,
        overtime: float,
    ) -> None:
        """A stretch of unchanged staffing."""
        self._floor.append((team, start, end, planned, absence, floor, paid, overtime))

    def customer(
        self, customer: int, segment: int, what: int, time: float, issue: Issue | None
    ) -> None:
        """A customer who joins or leaves."""
        about = (issue.day, issue.origin, issue.ordinal) if issue else (0, -1, -1)
        self._customers.append((customer, segment, what, time, *about))

    def outreach(self, *row: float) -> None:
        """A message sent or a customer reached: the fields of `logs.OUTREACH_EVENT`."""
        self._outreach.append(row)

    def memory(self, customer: int, segment: int, memory: float) -> None:
        """What a customer still remembers at the horizon."""
        self._memory.append((customer, segment, memory))

    def take(self) -> Logs:
        """All rows since the last time."""
        logs = Logs(
            contacts=np.array(self._contacts, dtype=CONTACT),
            issues=np.array(self._issues, dtype=ISSUE),
            floor=np.array(self._floor, dtype=FLOOR),
            customers=np.array(self._customers, dtype=CUSTOMER_EVENT),
            outreach=np.array(self._outreach, dtype=OUTREACH_EVENT),
            memory=np.array(self._memory, dtype=MEMORY),
        )
        for rows in (
            self._contacts,
            self._issues,
            self._floor,
            self._customers,
            self._outreach,
            self._memory,
        ):
            rows.clear()
        return logs
