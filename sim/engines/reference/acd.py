"""The automatic call distributor: queues, agents, and who serves whom (MODEL.md sections 4, 10)."""

import math
from collections.abc import Callable
from heapq import heappop, heappush

import numpy as np

from sim.codes import (
    ABANDONED,
    ABANDONMENT,
    ABSENCE,
    DROPPED,
    HANDLED,
    HOURS,
    ROUTE_OPENS,
    STAFFING,
    WAITING,
)
from sim.engines.reference.calendar import Calendar, Story, cancel
from sim.engines.reference.entities import Leg
from sim.engines.reference.journal import Journal
from sim.rules.agent import (
    absence_of_day,
    floor_of,
    leaving_at_once,
    paid_of,
    staying_of_owed,
)
from sim.rules.distributions import normal_quantile
from sim.rules.draws import uniform
from sim.rules.order import on_clock, rank
from sim.rules.routing import first_open_route, goes_before, opens_at
from sim.tables.calendar import weekday_of
from sim.tables.tables import Tables
from sim.terms import DAY


class Line:
    """A queue: contacts that wait, first come first served."""

    def __init__(self, tables: Tables, index: int) -> None:
        queues = tables.queues
        self.index = index
        self.priority = int(queues.priority[index])
        self.serves_at_closing = bool(queues.serve_at_closing[index])
        self.teams = queues.route_team[index]
        self.after = queues.route_after[index]
        self.waiting = 0
        self.open = bool(queues.opens[index].size and queues.opens[index][0] < 0)
        self._legs: list[tuple[float, tuple[int, int, int], Leg]] = []

    def add(self, leg: Leg) -> None:
        """A leg begins to wait."""
        leg.waiting = True
        self.waiting += 1
        heappush(self._legs, (leg.joined, leg.order, leg))

    def remove(self, leg: Leg) -> None:
        """A leg waits no longer; its place in the line is cleared when it comes to the front."""
        leg.waiting = False
        self.waiting -= 1

    def head(self) -> Leg:
        """The leg that has waited longest; there must be one."""
        while not self._legs[0][2].waiting:
            heappop(self._legs)
        return self._legs[0][2]


class Team:
    """Interchangeable agents: idle, busy, and those who owe a departure."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.busy = 0
        self.owed = 0
        self.floor = 0
        self.planned = self.absence = self.paid = 0.0
        self.step_began = 0.0
        self.overtime = 0.0
        self._counted_until = 0.0

    def count_overtime(self, now: float) -> None:
        """Adds the agent-seconds worked above the floor since the last count."""
        if self.busy > self.floor:
            self.overtime += (self.busy - self.floor) * (now - self._counted_until)
        self._counted_until = now


class Distributor:
    """Everybody joins a line first; then lines and agents are matched."""

    def __init__(
        self, tables: Tables, calendar: Calendar, journal: Journal, seed: int, replication: int
    ) -> None:
        self._tables = tables
        self._calendar = calendar
        self._journal = journal
        self._chance = (seed, replication)
        self._grain = tables.grain
        self.lines = [Line(tables, index) for index in range(len(tables.queues.priority))]
        self._teams = [Team(index) for index in range(len(tables.teams.keys))]
        self._idle = np.zeros(len(self._teams), dtype=np.int64)
        self._idle_in_all = 0
        self._lines_of_team = [
            [line for line in self.lines if team.index in line.teams] for team in self._teams
        ]
        for line in self.lines:
            calendar.process(self._hours(line))
        for team in self._teams:
            calendar.process(self._rota(team))

    # ------------------------------------------------------------------ waiting and being served

    def join(self, leg: Leg, patience: float) -> None:
        """A leg joins its line; it is answered at once, or waits at most `patience` seconds."""
        line, now = self.lines[leg.queue], self._calendar.now
        leg.joined = now
        leg.outcome = WAITING
        if not line.open and not line.serves_at_closing:
            self._end_wait(leg, DROPPED)
            return
        line.add(leg)
        self._match()
        if not leg.waiting:
            return
        identity, attempt, number = leg.order
        if patience < math.inf:
            self._timer(
                leg,
                on_clock(now + patience, self._grain),
                rank(ABANDONMENT, identity, attempt, number, 0),
                self._abandons,
            )
        for route, after in enumerate(line.after.tolist()):
            if after > 0.0:
                self._timer(
                    leg,
                    opens_at(now, after, self._grain),
                    rank(ROUTE_OPENS, identity, attempt, number, route),
                    self._route_opens,
                )
        self._drop_stranded(line)

    def free(self, team_index: int) -> None:
        """An agent has finished after-call work: leaves if a departure is owed, else takes work."""
        team = self._teams[team_index]
        team.count_overtime(self._calendar.now)
        team.busy -= 1
        if team.owed > 0:
            team.owed -= 1
            self._drop_stranded_of(team)
        else:
            self._change_idle(team, 1)
            self._match()

    def _timer(self, leg: Leg, time: float, order: int, act: Callable[[Leg], None]) -> None:
        event = self._calendar.at(time, order)
        event.callbacks.append(lambda _: act(leg))
        leg.timers.append(event)

    def _abandons(self, leg: Leg) -> None:
        line = self.lines[leg.queue]
        line.remove(leg)
        self._end_wait(leg, ABANDONED)
        self._settle_if_emptied(line)

    def _route_opens(self, leg: Leg) -> None:
        del leg
        self._match()

    def _match(self) -> None:
        """Serves contacts while one of them has an open route to an idle agent."""
        while self._idle_in_all:
            best: Leg | None = None
            best_route = -1
            for line in self.lines:
                if not line.waiting:
                    continue
                leg = line.head()
                route = first_open_route(
                    line.teams, line.after, self._idle, leg.joined, self._calendar.now, self._grain
                )
                if route >= 0 and (best is None or self._goes_before(leg, best)):
                    best, best_route = leg, route
            if best is None:
                return
            self._serve(best, best_route)

    def _goes_before(self, one: Leg, other: Leg) -> bool:
        return goes_before(
            self.lines[one.queue].priority,
            one.joined,
            one.contact.issue.identity,
            self.lines[other.queue].priority,
            other.joined,
            other.contact.issue.identity,
        )

    def _serve(self, leg: Leg, route: int) -> None:
        line = self.lines[leg.queue]
        team = self._teams[line.teams[route]]
        team.count_overtime(self._calendar.now)
        line.remove(leg)
        self._change_idle(team, -1)
        team.busy += 1
        leg.team = team.index
        self._end_wait(leg, HANDLED)
        self._settle_if_emptied(line)

    def _change_idle(self, team: Team, by: int) -> None:
        self._idle[team.index] += by
        self._idle_in_all += by

    def _end_wait(self, leg: Leg, outcome: int) -> None:
        for timer in leg.timers:
            cancel(timer)
        leg.timers.clear()
        leg.outcome = outcome
        leg.end_wait = self._calendar.now
        leg.ended.succeed()

    # ---------------------------------------------------------------------------------- staffing

    def _rota(self, team: Team) -> Story:
        """A team's staffing, day by day."""
        calendar, teams = self._tables.terms.calendar, self._tables.teams
        index = team.index
        for day in range(calendar.days):
            date, weekday = day - calendar.warm_days, weekday_of(calendar, day)
            u = uniform(*self._chance, int(teams.keys[index]), date, 0, 0, 0, ABSENCE)
            absence = absence_of_day(
                teams.absence_mean[index], teams.absence_sd[index], normal_quantile(u)
            )
            starts = teams.step_start[index][weekday].tolist()
            numbers = teams.step_planned[index][weekday].tolist()
            for start, planned in zip(starts, numbers, strict=True):
                yield self._calendar.at(day * DAY + start, rank(STAFFING, index, 0, 0, 0))
                self._staff(team, planned, absence)

    def _staff(self, team: Team, planned: float, absence: float) -> None:
        self._end_step(team)
        teams = self._tables.teams
        shrinkage = teams.shrinkage[team.index]
        counts_floor = teams.counts_floor[team.index]
        team.planned, team.absence = planned, absence
        team.paid = paid_of(planned, shrinkage, counts_floor)
        team.floor = int(floor_of(planned, absence, shrinkage, counts_floor))
        self._settle(team)

    def _end_step(self, team: Team) -> None:
        now = self._calendar.now
        team.count_overtime(now)
        if now > team.step_began:
            self._journal.floor(
                team.index,
                team.step_began,
                now,
                team.planned,
                team.absence,
                team.floor,
                team.paid,
                team.overtime,
            )
        team.step_began = now
        team.overtime = 0.0

    def _settle(self, team: Team) -> None:
        """Brings the agents of a team to its floor: idle ones leave at once, the others owe it."""
        idle = int(self._idle[team.index])
        surplus = idle + team.busy - team.owed - team.floor
        if surplus > 0 and not self._is_held(team):
            leaving = leaving_at_once(surplus, idle)
            self._change_idle(team, -leaving)
            team.owed += surplus - leaving
        elif surplus < 0:
            staying = staying_of_owed(-surplus, team.owed)
            team.owed -= staying
            self._change_idle(team, -surplus - staying)
            self._match()
        self._drop_stranded_of(team)

    # ------------------------------------------------------------------------------ closing time

    def _hours(self, line: Line) -> Story:
        """A queue opens and closes."""
        queues = self._tables.queues
        opens, closes = queues.opens[line.index].tolist(), queues.closes[line.index].tolist()
        order = rank(HOURS, line.index, 0, 0, 0)
        for begin, end in zip(opens, closes, strict=True):
            if begin >= 0.0:
                yield self._calendar.at(begin, order)
                line.open = True
                self._settle_teams(line)
            yield self._calendar.at(end, order)
            line.open = False
            if line.serves_at_closing:
                self._drop_stranded(line)
            else:
                self._drop_all(line)

    def _is_held(self, team: Team) -> bool:
        """Whether departures are postponed for the sake of a closed queue that still waits."""
        return any(
            line.waiting and not line.open and line.serves_at_closing
            for line in self._lines_of_team[team.index]
        )

    def _settle_if_emptied(self, line: Line) -> None:
        if not line.open and not line.waiting:
            self._settle_teams(line)

    def _settle_teams(self, line: Line) -> None:
        for team in dict.fromkeys(line.teams.tolist()):
            self._settle(self._teams[team])

    def _drop_stranded_of(self, team: Team) -> None:
        for line in self._lines_of_team[team.index]:
            self._drop_stranded(line)

    def _drop_stranded(self, line: Line) -> None:
        """Contacts of a closed queue are dropped if nobody is left who could ever serve them."""
        if line.waiting and not line.open:
            teams = [self._teams[team] for team in line.teams.tolist()]
            if not any(self._idle[team.index] + team.busy > team.owed for team in teams):
                self._drop_all(line)

    def _drop_all(self, line: Line) -> None:
        while line.waiting:
            leg = line.head()
            line.remove(leg)
            self._end_wait(leg, DROPPED)
        self._settle_if_emptied(line)

    def finish(self) -> None:
        """Writes the staffing that is under way at the horizon."""
        for team in self._teams:
            self._end_step(team)
