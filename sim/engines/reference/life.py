"""The life of an issue, from the moment it arises until it closes (MODEL.md sections 3 and 5)."""

import math

import numpy as np

from sim.codes import (
    AFTER_CALL,
    BLOCKED,
    CALLS_AGAIN,
    CALLS_BACK,
    CALLS_BACK_AFTER,
    CASE,
    CLOSED,
    CONTAINED,
    ESCALATED,
    FAILED,
    FALSELY_CONTAINED,
    GAVE_UP,
    HANDLED,
    HUNG_UP_IN_MENU,
    MENU_DONE,
    MENU_HANG_UP,
    MESSAGE,
    MISROUTED,
    NO_RESULT,
    PATIENCE,
    PREEMPTED,
    PREEMPTED_BY,
    REDIAL,
    REFUSED,
    REOPENING,
    REPEAT,
    RESOLVED,
    RESOLVES,
    RETRY,
    ROUTE,
    SEEKS_HELP,
    SELF_CONTAINED,
    SELF_FALSE,
    SELF_TRIED,
    SELLS,
    SILENT,
    SOLVED,
    SPEAKS_UP,
    TALK,
    TALK_ENDS,
    TRANSFERRED,
    TURNED_DOWN,
    UNRESOLVED,
    UNSOLVED,
    WORK_ENDS,
)
from sim.engines.reference.acd import Distributor
from sim.engines.reference.calendar import Calendar, Story
from sim.engines.reference.entities import Contact, Issue, Leg
from sim.engines.reference.journal import Journal
from sim.engines.reference.people import People
from sim.rules.caller import after_reopening, tries_again
from sim.rules.loyalty import counted_wait
from sim.rules.order import on_clock, rank
from sim.rules.outcome import (
    chance_of_misrouting,
    chance_to_resolve,
    result_of_talk,
    talk_time,
)
from sim.rules.routing import class_of
from sim.tables.tables import Again, Tables


class Lives:
    """Tells the life of every issue as a process of its own."""

    def __init__(
        self,
        tables: Tables,
        calendar: Calendar,
        distributor: Distributor,
        people: People,
        journal: Journal,
    ) -> None:
        self._tables = tables
        self._calendar = calendar
        self._distributor = distributor
        self._people = people
        self._journal = journal
        self._lines_taken = 0
        self._under_way: dict[tuple[int, int, int], Leg] = {}

    def of(self, issue: Issue) -> Story:
        """From arising to closing."""
        closing = self._before_calling(issue)
        if closing is not None:
            self._people.close(issue, closing)
            return
        why = issue.why
        while True:
            issue.contacts += 1
            contact = Contact(
                issue,
                issue.contacts,
                why,
                self._calendar.now,
                int(self._tables.reasons.queue[issue.reason]),
            )
            yield from self._call(contact)
            self._take_note(contact)
            if contact.result == SOLVED:
                self._people.close(issue, RESOLVED)
                return
            if self._people.has_left(issue.customer):
                self._people.lapse(issue)
                return
            closing, why, again = self._what_next(contact)
            moment = self._next_attempt(contact, again)
            if moment is None:
                self._people.close(issue, closing)
                return
            issue.next_step = self._calendar.at(
                moment, rank(CALLS_AGAIN, issue.identity, issue.contacts + 1, 0, 0)
            )
            yield issue.next_step
            issue.next_step = None

    # ------------------------------------------------------------------------- before any call

    def _before_calling(self, issue: Issue) -> int | None:
        """How the issue closes without a call, or None if the customer calls."""
        tables, happens = self._tables, self._people.happens
        told = issue.told <= issue.arose
        notice = self._notice_of(issue) if told else -1
        if told and happens(issue, PREEMPTED_BY, float(tables.notices.preempts[notice])):
            return PREEMPTED
        if not happens(issue, SEEKS_HELP, float(tables.reasons.seeks_help[issue.reason])):
            speaks_up = float(tables.notices.silent_then_call[notice]) if told else 0.0
            if not happens(issue, SPEAKS_UP, speaks_up):
                return SILENT
            issue.why = MESSAGE
        return self._self_service(issue)

    def _notice_of(self, issue: Issue) -> int:
        incidents = self._tables.incidents
        incident = np.flatnonzero((incidents.origin == issue.origin).any(axis=1))[0]
        return int(incidents.notice[incident])

    def _self_service(self, issue: Issue) -> int | None:
        reasons, happens = self._tables.reasons, self._people.happens
        if not happens(issue, SELF_TRIED, float(reasons.tried[issue.reason])):
            return None
        out = any(begin <= issue.arose < end for begin, end in reasons.outages[issue.reason])
        if out or not happens(issue, SELF_CONTAINED, float(reasons.contained[issue.reason])):
            issue.self_service = FAILED
            return None
        if happens(issue, SELF_FALSE, float(reasons.falsely[issue.reason])):
            issue.self_service = FALSELY_CONTAINED
            return UNRESOLVED
        issue.self_service = CONTAINED
        return RESOLVED

    # ---------------------------------------------------------------------------- one attempt

    def _call(self, contact: Contact) -> Story:
        """A contact, from dialling to hanging up."""
        issue = contact.issue
        way_in = Leg(contact, 0, contact.queue, self._calendar.event())
        lines = self._tables.lines
        if not self._distributor.lines[contact.queue].open:
            self._turn_away(way_in, CLOSED)
            return
        if 0 <= lines <= self._lines_taken:
            issue.reached += 1
            self._turn_away(way_in, BLOCKED)
            return
        self._lines_taken += 1
        if self._tables.menu > 0.0:
            yield from self._menu(way_in)
        if way_in.outcome not in (CLOSED, HUNG_UP_IN_MENU):
            issue.reached += 1
            yield from self._legs(contact)
        self._lines_taken -= 1

    def _menu(self, way_in: Leg) -> Story:
        identity, attempt, _ = way_in.order
        self._under_way[way_in.order] = way_in
        yield self._calendar.at(
            on_clock(self._calendar.now + self._tables.menu, self._tables.grain),
            rank(MENU_DONE, identity, attempt, 0, 0),
        )
        del self._under_way[way_in.order]
        issue, hangs_up = way_in.contact.issue, self._tables.menu_hang_up
        if self._people.happens(issue, MENU_HANG_UP, hangs_up, attempt):
            self._turn_away(way_in, HUNG_UP_IN_MENU)
        elif not self._distributor.lines[way_in.queue].open:
            self._turn_away(way_in, CLOSED)

    def _turn_away(self, way_in: Leg, outcome: int) -> None:
        way_in.outcome = outcome
        way_in.contact.queue = way_in.queue
        self._journal.leg(way_in, math.nan)

    def _legs(self, contact: Contact) -> Story:
        """One leg after another, as long as the contact is transferred."""
        issue, queue = contact.issue, contact.queue
        for number in range(1, self._tables.most_legs + 1):
            leg = Leg(
                contact,
                number,
                queue,
                self._calendar.event(),
                waited_before=contact.waited,
                answered_before=contact.answered,
            )
            leg.of_class = self._class_of(leg)
            self._under_way[leg.order] = leg
            self._distributor.join(leg, self._patience(leg))
            yield leg.ended
            wait = leg.end_wait - leg.joined
            contact.waited += wait
            if number == 1:
                contact.first_wait = wait
            if leg.outcome != HANDLED:
                issue.abandoned = 1
                del self._under_way[leg.order]
                self._journal.leg(leg, math.nan)
                return
            contact.answered = True
            yield from self._talk(leg)
            if leg.result != TRANSFERRED:
                contact.result = leg.result
                return
            issue.transfers += 1
            queue = self._transferred_to(leg)

    def _class_of(self, leg: Leg) -> int:
        cuts = self._tables.queues.cuts[leg.queue]
        if not cuts.size:
            return 0
        contact = leg.contact
        return class_of(cuts, self._people.draw(contact.issue, ROUTE, contact.attempt, leg.number))

    def _patience(self, leg: Leg) -> float:
        issue = leg.contact.issue
        law = int(self._tables.reasons.patience[issue.reason, issue.column])
        if law < 0:
            return math.inf
        u = self._people.draw(issue, PATIENCE, leg.contact.attempt, leg.number)
        return self._people.length(law, u)

    # --------------------------------------------------------------------------- with an agent

    def _talk(self, leg: Leg) -> Story:
        """The talk, and what comes of it; after-call work goes on without the customer."""
        issue, attempt = leg.contact.issue, leg.contact.attempt
        reasons, teams = self._tables.reasons, self._tables.teams
        draw, length = self._people.draw, self._people.length
        handle = float(teams.handle[leg.team, issue.reason])
        drawn = length(int(reasons.talk[issue.reason]), draw(issue, TALK, attempt, leg.number))
        talk = talk_time(drawn, handle, float(teams.pace[leg.team]))
        identity = issue.identity
        yield self._calendar.at(
            on_clock(self._calendar.now + talk, self._tables.grain),
            rank(TALK_ENDS, identity, attempt, leg.number, 0),
        )
        leg.end_talk = self._calendar.now
        leg.result = self._result(leg)
        leg.last = leg.result != TRANSFERRED
        issue.legs_handled += 1
        issue.felt += float(teams.felt[leg.team])
        if leg.result == SOLVED:
            issue.resolving_team = leg.team
            issue.sold = self._people.happens(issue, SELLS, float(reasons.sells[issue.reason]))
        law = int(reasons.after_call[issue.reason])
        work = 0.0
        if law >= 0:
            work = length(law, draw(issue, AFTER_CALL, attempt, leg.number)) * handle
        done = self._calendar.at(
            on_clock(self._calendar.now + work, self._tables.grain),
            rank(WORK_ENDS, identity, attempt, leg.number, 0),
        )
        done.callbacks.append(lambda _: self._work_done(leg))

    def _work_done(self, leg: Leg) -> None:
        del self._under_way[leg.order]
        self._journal.leg(leg, self._calendar.now)
        self._distributor.free(leg.team)

    def _settles(self, leg: Leg) -> bool:
        """Whether the team of this leg may settle the case itself. The issue has one draw for it,
        so that the same authority refuses the same case again."""
        issue = leg.contact.issue
        authority = float(self._tables.teams.authority[leg.team, issue.reason])
        return self._people.happens(issue, CASE, authority)

    def _result(self, leg: Leg) -> int:
        issue, attempt, number = leg.contact.issue, leg.contact.attempt, leg.number
        reasons, teams, happens = self._tables.reasons, self._tables.teams, self._people.happens
        misrouted = chance_of_misrouting(
            float(teams.misrouted[leg.team]),
            float(reasons.misrouted[issue.reason]),
            int(reasons.misrouted_to[issue.reason]),
        )
        escalated = float(reasons.transferred[issue.reason])
        chance = chance_to_resolve(
            float(reasons.fcr[issue.reason]),
            float(teams.fcr[leg.team, issue.reason]),
            float(teams.pace[leg.team]),
            float(teams.elasticity[leg.team]),
        )
        return result_of_talk(
            self._settles(leg),
            happens(issue, ESCALATED, escalated, attempt, number),
            happens(issue, MISROUTED, misrouted, attempt, number),
            happens(issue, RESOLVES, chance, attempt, number),
            number,
            self._tables.most_legs,
        )

    def _transferred_to(self, leg: Leg) -> int:
        reasons, reason = self._tables.reasons, leg.contact.issue.reason
        if self._settles(leg):
            return int(reasons.misrouted_to[reason])
        return int(reasons.transferred_to[reason])

    # ---------------------------------------------------------------------------- and then?

    def _take_note(self, contact: Contact) -> None:
        """What the issue keeps of a contact that is over."""
        issue = contact.issue
        issue.waited += contact.waited
        issue.counted_wait += counted_wait(contact.waited, self._tables.loyalty.tolerance)
        if contact.answered and issue.first_handled_resolved < 0:
            issue.first_handled_resolved = int(contact.result == SOLVED)

    def _what_next(self, contact: Contact) -> tuple[int, int, Again]:
        """How the issue closes if the customer leaves it at that, and why and how it is tried
        again otherwise."""
        reasons = self._tables.reasons
        if contact.result == UNSOLVED:
            return UNRESOLVED, REPEAT, reasons.returns
        if contact.result == TURNED_DOWN:
            return REFUSED, RETRY, reasons.retry
        assert contact.result == NO_RESULT
        return GAVE_UP, REDIAL, reasons.redial

    def _next_attempt(self, contact: Contact, again: Again) -> float | None:
        """When the customer calls again about an issue, or None if it leaves it at that."""
        issue, attempt = contact.issue, contact.attempt
        draw = self._people.draw
        cell = issue.reason, issue.column
        if not tries_again(
            float(again.probability[cell]),
            float(again.per_attempt[cell]),
            attempt,
            self._tables.most_contacts,
            draw(issue, CALLS_BACK, attempt),
        ):
            return None
        delay = self._people.length(int(again.delay[cell]), draw(issue, CALLS_BACK_AFTER, attempt))
        moment = self._calendar.now + delay
        opens = self._next_opening(contact.queue, moment)
        u = draw(issue, REOPENING, attempt)
        moment = after_reopening(moment, opens, self._tables.reopening_spread, u)
        return on_clock(moment, self._tables.grain) if moment < math.inf else math.inf

    def _next_opening(self, queue: int, moment: float) -> float:
        """The moment itself if the queue is open then, else when it opens next."""
        opens, closes = self._tables.queues.opens[queue], self._tables.queues.closes[queue]
        stretch = int(np.searchsorted(opens, moment, side="right")) - 1
        if stretch >= 0 and moment < closes[stretch]:
            return moment
        return float(opens[stretch + 1]) if stretch + 1 < len(opens) else math.inf

    def finish(self) -> None:
        """Writes the contacts that are under way at the horizon."""
        for order in sorted(self._under_way):
            self._journal.leg(self._under_way[order], math.nan)
