"""Customers who stay or leave, and what becomes of their issues (MODEL.md section 6)."""

import math
from itertools import repeat

import numpy as np

from sim.codes import (
    BASE,
    DECISION,
    DETECTED,
    FAILED,
    GAVE_UP,
    IN_WINDOW,
    JOINED,
    LAPSED,
    LATE,
    LEAVES,
    LEFT_BASE,
    LEFT_SERVICE,
    LEFT_UNAVOIDABLE,
    NO_RECOVERY,
    OPEN,
    PENDING,
    REACHED_AFTER,
    RECOVERY_CALL,
    REFUSED,
    RESOLVED,
    UNRESOLVED,
)
from sim.demand import Demand
from sim.engines.reference.calendar import Calendar, Story, cancel
from sim.engines.reference.entities import Issue
from sim.engines.reference.journal import Journal
from sim.rules.distributions import inverse
from sim.rules.draws import uniform
from sim.rules.loyalty import (
    chance_of_leaving,
    decayed,
    effects,
    log_odds,
    probability,
    remembered,
    repeats_term,
    wait_term,
)
from sim.rules.order import on_clock, rank
from sim.rules.outreach import decides_after, how_reached, recovery_odds

BAD = (UNRESOLVED, GAVE_UP, REFUSED)


class People:
    """The customers: who is still there, what they remember, and which issues they have open."""

    def __init__(self, demand: Demand, calendar: Calendar, journal: Journal) -> None:
        self._tables = demand.tables
        self._demand = demand
        self._calendar = calendar
        self._journal = journal
        self._joined = demand.customers.joined
        self._lost: set[int] = set()
        self._memory: dict[int, tuple[float, float]] = {}
        """What a customer remembers, and since when the figure stands."""
        self._issues: dict[int, list[Issue]] = {}
        self._open: dict[int, Issue] = {}
        self._bases = [log_odds(p) if p > 0.0 else 0.0 for p in self._tables.loyalty.base.tolist()]
        calendar.process(self._come_and_go())

    def draw(self, issue: Issue, purpose: int, attempt: int = 0, leg: int = 0) -> float:
        """The uniform of this issue for this purpose."""
        return uniform(
            self._demand.seed,
            self._demand.replication,
            issue.key,
            issue.day,
            issue.ordinal,
            attempt,
            leg,
            purpose,
        )

    def happens(
        self, issue: Issue, purpose: int, probability: float, attempt: int = 0, leg: int = 0
    ) -> bool:
        """Whether something with this probability happens; what is certain needs no draw."""
        if probability <= 0.0 or probability >= 1.0:
            return probability >= 1.0
        return self.draw(issue, purpose, attempt, leg) < probability

    def length(self, law: int, u: float) -> float:
        """The length of time that a law has for this uniform."""
        return inverse(self._tables.laws, self._tables.knots, law, u)

    def is_active(self, customer: int) -> bool:
        """Whether a customer is there (an issue without segments has one of its own)."""
        if customer < 0:
            return True
        return customer not in self._lost and bool(self._joined[customer] <= self._calendar.now)

    def has_left(self, customer: int) -> bool:
        """Whether a customer who was there has left."""
        return customer in self._lost

    def begin(self, issue: Issue) -> None:
        """An issue arises."""
        self._open[issue.identity] = issue
        if issue.customer >= 0:
            self._issues.setdefault(issue.customer, []).append(issue)

    def close(self, issue: Issue, closing: int) -> None:
        """An issue closes, and its customer decides to stay or leave, at once or once recovery has
        had its chance."""
        issue.closing = closing
        issue.closed = self._calendar.now
        issue.next_step = None
        if self.has_left(issue.customer):
            self.lapse(issue)
        elif not self._tables.loyalty.on:
            self._settle(issue, False, False)
        else:
            self._weigh(issue)
            self._remember(issue)
            if not self._await_recovery(issue):
                self._decide(issue)

    def lapse(self, issue: Issue) -> None:
        """An issue's customer has left over something else."""
        issue.closing = LAPSED
        issue.closed = self._calendar.now
        self._settle(issue, False, False)

    # ------------------------------------------------------------------------- staying or leaving

    def _weigh(self, issue: Issue) -> None:
        """How likely the customer is to leave, and what it is blamed on."""
        loyalty = self._tables.loyalty
        issue.terms = (
            self._bases[issue.closing] - self._bases[RESOLVED],
            wait_term(loyalty.per_minute, issue.counted_wait, loyalty.wait_cap),
            repeats_term(loyalty.per_repeat, issue.reached),
            loyalty.per_transfer * issue.transfers,
            loyalty.self_service_failed * (issue.self_service == FAILED),
            issue.felt,
            self._remembered_by(issue.customer),
        )
        issue.p = self._chance_of_leaving(issue, 0.0)
        issue.p0 = probability(self._bases[RESOLVED])

    def _chance_of_leaving(self, issue: Issue, recovery: float) -> float:
        closing, *felt, memory = issue.terms
        return chance_of_leaving(self._bases[RESOLVED], closing, effects(*felt), memory, recovery)

    def _remembered_by(self, customer: int) -> float:
        memory, since = self._memory.get(customer, (0.0, 0.0))
        return decayed(memory, self._calendar.now - since, self._tables.loyalty.half_life)

    def _remember(self, issue: Issue) -> None:
        loyalty = self._tables.loyalty
        if loyalty.half_life <= 0.0:
            return
        memory = remembered(
            issue.terms[6],
            effects(*issue.terms[1:6]),
            loyalty.weight,
            issue.closing in BAD,
            loyalty.bad_closing,
            loyalty.memory_cap,
        )
        if memory > 0.0:
            self._memory[issue.customer] = (memory, self._calendar.now)

    def _await_recovery(self, issue: Issue) -> bool:
        """Whether a bad closing is detected, so that the decision waits for recovery."""
        recovery = self._tables.recovery
        if recovery.reached < 0 or issue.closing not in BAD or not issue.seen:
            return False
        if not self.happens(issue, DETECTED, float(recovery.detected[issue.closing])):
            return False
        delay = self.length(recovery.reached, self.draw(issue, REACHED_AFTER))
        issue.recovery = PENDING
        decision = self._calendar.at(
            on_clock(
                self._calendar.now + decides_after(delay, recovery.deadline), self._tables.grain
            ),
            rank(DECISION, issue.identity, 0, 0, 0),
        )
        decision.callbacks.append(lambda _: self._after_recovery(issue, delay))
        issue.next_step = decision
        return True

    def _after_recovery(self, issue: Issue, delay: float) -> None:
        recovery = self._tables.recovery
        issue.recovery = how_reached(delay, recovery.window, recovery.deadline)
        if issue.recovery in (IN_WINDOW, LATE):
            self._journal.outreach(
                issue.day,
                issue.origin,
                issue.ordinal,
                issue.customer,
                issue.segment,
                issue.reason,
                -1,
                RECOVERY_CALL,
                self._calendar.now,
            )
        factor = recovery_odds(issue.recovery, recovery.in_window, recovery.late)
        issue.p = self._chance_of_leaving(issue, factor)
        self._decide(issue)

    def _decide(self, issue: Issue) -> None:
        u = self.draw(issue, LEAVES)
        left = u < issue.p
        unavoidable = left and u < issue.p0
        self._settle(issue, left, unavoidable)
        if left:
            what = LEFT_UNAVOIDABLE if unavoidable else LEFT_SERVICE
            self._leaves(issue.customer, what, issue)

    def _settle(self, issue: Issue, left: bool, unavoidable: bool) -> None:
        issue.next_step = None
        self._journal.issue(issue, self._calendar.now, left, unavoidable)
        del self._open[issue.identity]
        if issue.customer >= 0:
            own = self._issues[issue.customer]
            own.remove(issue)
            if not own:
                del self._issues[issue.customer]

    def _leaves(self, customer: int, what: int, issue: Issue | None) -> None:
        """A customer leaves: what lies ahead of its other issues does not happen."""
        self._lost.add(customer)
        self._memory.pop(customer, None)
        segment = int(self._demand.customers.segment[customer])
        self._journal.customer(customer, segment, what, self._calendar.now, issue)
        for other in sorted(self._issues.get(customer, ()), key=lambda other: other.identity):
            if other.next_step is None:
                continue
            cancel(other.next_step)
            if other.closing == OPEN:
                self.lapse(other)
            else:
                other.recovery = NO_RECOVERY
                other.p = other.p0 = math.nan
                self._settle(other, False, False)

    def _come_and_go(self) -> Story:
        """Customers who join, and those who leave for reasons other than service."""
        customers = self._demand.customers
        joiners = np.flatnonzero(customers.joined > 0.0)
        leavers = np.flatnonzero(customers.leaves < np.inf)
        moves = [
            *zip(customers.joined[joiners].tolist(), joiners.tolist(), repeat(JOINED)),
            *zip(customers.leaves[leavers].tolist(), leavers.tolist(), repeat(LEFT_BASE)),
        ]
        for time, customer, what in sorted(moves):
            yield self._calendar.at(time, rank(BASE, customer, 0, 0, 0))
            if what == JOINED:
                segment = int(customers.segment[customer])
                self._journal.customer(customer, segment, JOINED, time, None)
            elif customer not in self._lost:
                self._leaves(customer, LEFT_BASE, None)

    def finish(self) -> None:
        """Writes the issues that are open, or not decided, at the horizon, and the memories."""
        for identity in sorted(self._open):
            issue = self._open[identity]
            issue.p = issue.p0 = math.nan
            issue.terms = (math.nan,) * 7
            self._journal.issue(issue, math.nan, False, False)
        for customer in sorted(self._memory):
            segment = int(self._demand.customers.segment[customer])
            self._journal.memory(customer, segment, self._remembered_by(customer))
