"""What the logs of one replication say together: contacts in order, each with its issue, with the
line that it found, and with what came after it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.codes import HANDLED
from sim.demand import Demand
from sim.demand.order import identities
from sim.logs import Logs, Rows
from sim.report.trace.clock import Clock
from sim.report.trace.names import customer_name, issue_names
from sim.scenario.scenario import Scenario
from sim.tables.tables import Floats, Ints, Tables
from sim.terms import Names


@dataclass(frozen=True, eq=False)
class Chronicle:
    """One replication, its rows sorted, and what can be derived from them."""

    scenario: Scenario
    demand: Demand
    logs: Logs

    @property
    def tables(self) -> Tables:
        """The scenario in numbers."""
        return self.demand.tables

    @property
    def names(self) -> Names:
        """The words for the indices in the logs."""
        return self.tables.terms.names

    @cached_property
    def clock(self) -> Clock:
        """The days of the run."""
        return Clock(self.tables.terms.calendar)

    @cached_property
    def legs(self) -> Rows:
        """The contacts' log by issue, attempt and leg."""
        rows = self.logs.contacts
        order = np.lexsort((rows["leg"], rows["attempt"], identities(rows)))
        return rows[order]

    @cached_property
    def issues(self) -> Rows:
        """The issues' log by issue."""
        rows = self.logs.issues
        return rows[np.argsort(identities(rows), kind="stable")]

    @cached_property
    def issue_of_leg(self) -> Ints:
        """For each leg the index of its issue."""
        return np.searchsorted(identities(self.issues), identities(self.legs))

    @cached_property
    def contact_of_leg(self) -> Ints:
        """For each leg the index of its contact's first leg."""
        legs = self.legs
        first = np.ones(len(legs), dtype=bool)
        first[1:] = legs["attempt"][1:] != legs["attempt"][:-1]
        first[1:] |= self.issue_of_leg[1:] != self.issue_of_leg[:-1]
        return np.maximum.accumulate(np.where(first, np.arange(len(legs)), 0))

    @cached_property
    def next_leg(self) -> Ints:
        """For each leg the index of the next one of its issue, of the same contact or of a later
        one; -1 for the last."""
        issue = self.issue_of_leg
        following = np.arange(1, len(issue) + 1)
        following[:-1][issue[1:] != issue[:-1]] = -1
        following[-1:] = -1
        return following

    @cached_property
    def issue_names(self) -> list[str]:
        """The name of each issue."""
        return self.names_of(self.issues)

    def names_of(self, rows: Rows) -> list[str]:
        """The names of the issues that these rows name; empty where they name none."""
        origins = [self.names.origins[origin] if origin >= 0 else "" for origin in rows["origin"]]
        named = issue_names(rows["day"].tolist(), origins, rows["ordinal"].tolist())
        return [name if origin else "" for name, origin in zip(named, origins, strict=True)]

    def who(self, issue: int) -> str:
        """An issue and its customer: "invoice 0-17 (customer 4,211, consumer)"."""
        customer = self.customer(self.issues, issue)
        name = self.issue_names[issue]
        return f"{name} ({customer})" if customer else name

    def customer(self, rows: Rows, row: int) -> str:
        """The customer of a row: "customer 4,211, consumer"; empty without customers."""
        segment = int(rows["segment"][row])
        if segment < 0:
            return ""
        return customer_name(int(rows["customer"][row]), self.names.segments[segment])

    # ------------------------------------------------------------------ the line and the agents

    @cached_property
    def was_open(self) -> npt.NDArray[np.bool_]:
        """Whether the queue of each leg was open when its contact arrived."""
        legs, queues = self.legs, self.tables.queues
        was_open = np.zeros(len(legs), dtype=bool)
        for queue, (opens, closes) in enumerate(zip(queues.opens, queues.closes, strict=True)):
            mine = np.flatnonzero(legs["queue"] == queue)
            arrived = legs["arrived"][mine]
            stretch = np.searchsorted(opens, arrived, side="right") - 1
            was_open[mine] = (stretch >= 0) & (arrived < closes[np.maximum(stretch, 0)])
        return was_open

    @cached_property
    def place_in_line(self) -> Ints:
        """The place that each leg took in its queue when it joined, from 1; 0 if it joined none."""
        legs = self.legs
        places = np.zeros(len(legs), dtype=np.int64)
        for queue in range(len(self.names.queues)):
            mine = np.flatnonzero((legs["queue"] == queue) & ~np.isnan(legs["joined"]))
            joined, left = legs["joined"][mine], legs["end_wait"][mine]
            before = np.empty(len(mine), dtype=np.int64)
            before[np.argsort(joined, kind="stable")] = np.arange(len(mine))
            gone = np.searchsorted(_known(left), joined)
            places[mine] = before - gone + 1
        return places

    @cached_property
    def _talks(self) -> list[tuple[Floats, Floats]]:
        """For each team when its agents were taken, and when they were free again; both sorted."""
        legs = self.legs
        handled = legs["outcome"] == HANDLED
        of_teams = [legs[handled & (legs["team"] == team)] for team in range(len(self.names.teams))]
        return [(np.sort(rows["end_wait"]), _known(rows["end_work"])) for rows in of_teams]

    def busy_at(self, team: int, moment: float) -> int:
        """Agents of a team with a contact just before a moment."""
        taken, free = self._talks[team]
        return int(np.searchsorted(taken, moment) - np.searchsorted(free, moment))

    @cached_property
    def _floors(self) -> list[Rows]:
        """For each team its stretches of staffing, in order."""
        rows = self.logs.floor
        of_teams = [rows[rows["team"] == team] for team in range(len(self.names.teams))]
        return [of_team[np.argsort(of_team["start"], kind="stable")] for of_team in of_teams]

    def floor_at(self, team: int, moment: float) -> int:
        """Agents of a team on the floor at a moment."""
        rows = self._floors[team]
        index = int(np.searchsorted(rows["start"], moment, side="right")) - 1
        return int(rows["floor"][index]) if index >= 0 else 0


def _known(moments: Floats) -> Floats:
    """Moments that came, sorted."""
    return np.sort(moments[~np.isnan(moments)])
