"""What replications say of a plan: service by counted day and interval, load, and cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import DATED_DAYS, labels
from sim.accounting.measures import Line, catalogue
from sim.experiments.replication import Figures
from sim.experiments.staffing.targets import ABANDONMENT, SERVICE_LEVEL, WAIT
from sim.tables.tables import Floats, Ints, Tables

SERVICE = (SERVICE_LEVEL, ABANDONMENT, WAIT)
MOST_DAYS = DATED_DAYS
"""Counted days whose intervals are told apart; beyond that there are only averages."""


@dataclass(frozen=True, eq=False)
class Reading:
    """Of R replications; by counted day and interval of the day: R x days x intervals."""

    tops: dict[str, Floats]
    """Numerators of `SERVICE`, of the contacts in the queues that the team serves."""
    bottoms: dict[str, Floats]
    busy: Floats
    """Hours in which the team handles contacts."""
    lost: Floats
    """Customers lost, expected, over the counted days; R numbers, as the next."""
    paid: Floats
    """Paid hours of the team over the counted days."""
    team_cost: Floats
    """Pay and overtime over the counted days."""
    economic: Floats
    """Total economic cost over the counted days."""

    @property
    def offered(self) -> Floats:
        """Contacts that joined a queue."""
        return self.bottoms[ABANDONMENT]

    @property
    def replications(self) -> int:
        """R."""
        return len(self.economic)


@dataclass(frozen=True, eq=False)
class Reader:
    """Where all that stands among the figures of a replication."""

    days: int
    per_day: int
    service: dict[str, tuple[int, ...]]
    """The first figure by interval of each measure, for each row that is added up."""
    busy: int
    lost: int
    paid: int
    team_cost: int
    economic: int

    def read(self, figures: Sequence[Figures]) -> Reading:
        """What these replications say."""
        size = self.days * self.per_day
        scalars = (self.lost, self.paid, self.team_cost, self.economic)

        def by_interval(rows: list[Floats], begins: Sequence[int]) -> Floats:
            summed = [sum(row[first : first + size] for first in begins) for row in rows]
            return np.array(summed).reshape(-1, self.days, self.per_day)

        tops, bottoms = ([one.numerators for one in figures], [one.denominators for one in figures])
        return Reading(
            {name: by_interval(tops, begins) for name, begins in self.service.items()},
            {name: by_interval(bottoms, begins) for name, begins in self.service.items()},
            by_interval(tops, (self.busy,)),
            *(np.array([row[at] for row in tops]) for at in scalars),
        )


def reader_of(tables: Tables, team: str) -> Reader:
    """The reader for all scenarios that differ in a team's staffing alone."""
    terms = tables.terms
    first = labels(terms.calendar)[0]
    rows = _rows(tables, team)
    places = {
        (line.measure, line.row_kind, line.row): index
        for index, line in enumerate(catalogue(terms))
        if line.interval == first or _is_needed(line)
    }
    return Reader(
        days=terms.calendar.counted_days,
        per_day=len(labels(terms.calendar)) // terms.calendar.counted_days,
        service={name: tuple(places[(name, *row)] for row in rows) for name in SERVICE},
        busy=places["handling hours", "team", team],
        lost=places["customers lost, expected", "total", "total"],
        paid=places["paid hours", "team", team],
        team_cost=places["team cost", "team", team],
        economic=places["total economic cost", "total", "total"],
    )


def _is_needed(line: Line) -> bool:
    return line.interval is None and line.measure in {
        "customers lost, expected",
        "paid hours",
        "team cost",
        "total economic cost",
    }


def queues_of(tables: Tables, team: str) -> Ints:
    """The queues that have a team on their routes."""
    nth = tables.terms.names.teams.index(team)
    queues = range(len(tables.queues.routes))
    return np.array([queue for queue in queues if nth in tables.queues.teams_of(queue)], dtype=int)


def _rows(tables: Tables, team: str) -> list[tuple[str, str]]:
    """The rows that hold the contacts of the team's queues: the total if these are all."""
    names, served = tables.terms.names.queues, queues_of(tables, team)
    if len(served) == len(names):
        return [("total", "total")]
    return [("queue", names[queue]) for queue in served]
