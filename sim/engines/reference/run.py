"""One replication on the reference engine, day by day."""

from collections.abc import Iterator

from sim.codes import ARISES, MESSAGE_GOES
from sim.demand import Demand
from sim.engines.reference.acd import Distributor
from sim.engines.reference.calendar import Calendar, Story
from sim.engines.reference.entities import Issue
from sim.engines.reference.journal import Journal
from sim.engines.reference.life import Lives
from sim.engines.reference.people import People
from sim.logs import Logs, Rows
from sim.rules.order import identity, rank
from sim.terms import DAY


def run(demand: Demand) -> Iterator[Logs]:
    """Plays one replication; yields the logs of what ended on each simulated day, and at last of
    what was under way at the horizon."""
    tables = demand.tables
    calendar = Calendar(tables.terms.calendar.horizon)
    journal = Journal()
    distributor = Distributor(tables, calendar, journal, demand.seed, demand.replication)
    people = People(demand, calendar, journal)
    lives = Lives(tables, calendar, distributor, people, journal)
    for day in range(tables.terms.calendar.days):
        calendar.process(_messages(calendar, people, journal, demand.messages_of(day)))
        calendar.process(_arrivals(demand, calendar, people, lives, demand.issues_of(day)))
        calendar.run(until=(day + 1) * DAY)
        yield journal.take()
    lives.finish()
    people.finish()
    distributor.finish()
    yield journal.take()


def _arrivals(
    demand: Demand, calendar: Calendar, people: People, lives: Lives, rows: Rows
) -> Story:
    """A day's issues arise, one after the other; those of customers who are gone do not."""
    keys = demand.tables.origin_keys.tolist()
    for day, origin, ordinal, customer, segment, reason, why, time, told in rows.tolist():
        name = identity(day, origin, ordinal)
        yield calendar.at(time, rank(ARISES, name, 0, 0, 0))
        if people.is_active(customer):
            issue = Issue(
                day=day,
                origin=origin,
                ordinal=ordinal,
                identity=name,
                key=keys[origin],
                customer=customer,
                segment=segment,
                reason=reason,
                column=max(segment, 0),
                why=why,
                arose=time,
                told=told,
            )
            people.begin(issue)
            calendar.process(lives.of(issue))


def _messages(calendar: Calendar, people: People, journal: Journal, rows: Rows) -> Story:
    """A day's messages go out to customers who are still there."""
    for row in rows.tolist():
        day, origin, ordinal, customer, *_, time = row
        order = rank(MESSAGE_GOES, identity(day, origin, ordinal), 0, 0, 0)
        yield calendar.at(time, order)
        if people.is_active(customer):
            journal.outreach(*row)
