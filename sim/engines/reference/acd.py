"""The automatic call distributor: queues, agents, and who serves whom (MODEL.md sections 4, 10)."""

import math
from collections.abc import Callable

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
from sim.engines.reference.centre import Line, Team
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
        if leg.outcome != WAITING:
            return
        identity, attempt, number = leg.order
        if patience < math.inf:
            self._timer(
                leg,
                on_clock(now + patience, self._grain),
                rank(ABANDONMENT, identity, attempt, number, 0),
                self._abandons,
            )
        for route, after in enumerate(line.after):
            if after > 0.0:
                self._timer(
                    leg,
                    opens_at(now, after, self._grain),
                    rank(ROUTE_OPENS, identity, attempt, number, route),
                    self._route_opens,
                )
        if not line.open:
            self._settle()

    def free(self, team_index: int) -> None:
        """An agent has finished after-call work: leaves if a departure is owed, else takes work."""
        team = self._teams[team_index]
        team.count_overtime(self._calendar.now)
        team.busy -= 1
        if team.owed > 0:
            team.owed -= 1
            self._settle()
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
        if not line.open:
            self._settle()

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
                for leg in line.candidates():
                    route = self._open_route(line, leg)
                    if route >= 0:
                        if best is None or self._goes_before(leg, best):
                            best, best_route = leg, route
                        break
            if best is None:
                return
            self._serve(best, best_route)

    def _open_route(self, line: Line, leg: Leg) -> int:
        return first_open_route(
            line.routes,
            self._idle,
            leg.joined,
            line.waiting,
            leg.of_class,
            self._calendar.now,
            self._grain,
        )

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
        if not line.open:
            self._settle()

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
        if self._surplus(team) < 0:
            self._come(team)
            self._match()
        self._settle()

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

    def _surplus(self, team: Team) -> int:
        """How many agents stay on who are more than the floor."""
        return int(self._idle[team.index]) + team.busy - team.owed - team.floor

    def _come(self, team: Team) -> None:
        """Agents come up to the floor; what is owed is cancelled first."""
        coming = -self._surplus(team)
        staying = staying_of_owed(coming, team.owed)
        team.owed -= staying
        self._change_idle(team, coming - staying)

    def _leave(self, team: Team) -> None:
        """Agents above the floor leave: idle ones at once, the others owe it."""
        surplus = self._surplus(team)
        leaving = leaving_at_once(surplus, int(self._idle[team.index]))
        self._change_idle(team, -leaving)
        team.owed += surplus - leaving

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
                self._settle()
            yield self._calendar.at(end, order)
            line.open = False
            if not line.serves_at_closing:
                while line.waiting:
                    self._drop(line, line.head())
            self._settle()

    def _settle(self) -> None:
        """Until nothing changes: agents above the floor leave unless a closed queue holds them, and
        contacts of a closed queue are dropped if nobody is left who could ever serve them."""
        changed = True
        while changed:
            changed = False
            for line in self.lines:
                while leg := self._stranded(line):
                    self._drop(line, leg)
                    changed = True
            for team in self._teams:
                if self._surplus(team) > 0 and not self._is_held(team):
                    self._leave(team)
                    changed = True

    def _is_held(self, team: Team) -> bool:
        """Whether departures are postponed for the sake of contacts of a closed queue."""
        return any(
            team.index in line.teams_for(leg)
            for line in self._lines_of_team[team.index]
            if not line.open
            for leg in line.legs()
        )

    def _stranded(self, line: Line) -> Leg | None:
        """The first contact of a closed queue for whom nobody is left."""
        if line.open:
            return None
        staffed = {team.index for team in self._teams if self._surplus(team) + team.floor > 0}
        return next((leg for leg in line.legs() if staffed.isdisjoint(line.teams_for(leg))), None)

    def _drop(self, line: Line, leg: Leg) -> None:
        line.remove(leg)
        self._end_wait(leg, DROPPED)

    def finish(self) -> None:
        """Writes the staffing that is under way at the horizon."""
        for team in self._teams:
            self._end_step(team)
