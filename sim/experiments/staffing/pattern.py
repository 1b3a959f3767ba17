"""Which numbers a staffing consists of: one for each interval of each kind of day.

A plan says how many agents are on the floor on a day of average absence; the staffing table has the
smallest numbers that bring them there, whatever these count. Days that the scenario staffs alike,
and that bring the same first calls, are staffed alike; all others have numbers of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.implied import team_load
from sim.rules.agent import floor_of
from sim.scenario.centre import Staffing
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.tables.calendar import by_weekday
from sim.tables.tables import Floats, Ints
from sim.terms import DAY
from sim.units import WEEKDAYS

WEEK = len(WEEKDAYS)


@dataclass(frozen=True, eq=False)
class Pattern:
    """The intervals for which a team's agents are to be found, in the order of days and time."""

    scenario: Scenario
    team: str
    interval: float
    """Seconds."""
    weekday_of_day: Ints
    """Of each counted day, Monday 0."""
    group_of: Ints
    """Of each weekday the number of its kind of day."""
    group: Ints
    """Of each interval its kind of day."""
    slot: Ints
    """Of each interval its place in the day, from midnight."""

    @property
    def size(self) -> int:
        """How many numbers a plan has."""
        return len(self.slot)

    @property
    def per_day(self) -> int:
        """Intervals of a day."""
        return round(DAY / self.interval)

    @property
    def weeks(self) -> float:
        """Counted weeks."""
        return len(self.weekday_of_day) / WEEK

    @property
    def days_of(self) -> Floats:
        """Of each interval on how many counted days it comes."""
        groups = self.group_of[self.weekday_of_day]
        return np.array([float((groups == group).sum()) for group in self.group])

    def pooled(self, by_day: Floats) -> Floats:
        """Sums over the days of a kind: from (… x counted days x intervals of a day) to (… x
        intervals of the plan)."""
        groups = self.group_of[self.weekday_of_day]
        summed = np.stack(
            [by_day[..., groups == group, :].sum(axis=-2) for group in range(self.groups)], axis=-2
        )
        return np.asarray(summed[..., self.group, self.slot])

    @property
    def groups(self) -> int:
        """Kinds of day."""
        return int(self.group_of.max()) + 1

    def clock(self, nth: int) -> str:
        """When an interval begins, as "08:30"."""
        return clock(int(self.slot[nth]), self.interval)

    def days(self, nth: int) -> tuple[str, ...]:
        """The weekdays of an interval, those that are counted."""
        counted = set(self.weekday_of_day.tolist())
        return tuple(
            name
            for day, name in enumerate(WEEKDAYS)
            if self.group_of[day] == self.group[nth] and day in counted
        )

    def by_weekday(self, numbers: Ints) -> list[Ints]:
        """Numbers of intervals by interval of the day, for each weekday; 0 elsewhere."""
        days = np.zeros((self.groups, self.per_day), dtype=np.int64)
        days[self.group, self.slot] = numbers
        return [days[self.group_of[day]] for day in range(WEEK)]

    def staffing(self, plan: Ints) -> Staffing:
        """A plan as a scenario says it."""
        return staffing_of(self.by_weekday(self.table(plan)), self.interval)

    def staffed(self, plan: Ints) -> Scenario:
        """The scenario with a plan in it, reporting by its interval."""
        return with_staffing(self.scenario, self.team, self.staffing(plan), self.interval)

    def table(self, plan: Ints) -> Ints:
        """The numbers of the staffing table for a plan."""
        return self._tables(int(plan.max(initial=0)))[plan]

    def hours(self, plan: Ints) -> float:
        """Agent hours of the staffing table in an average week."""
        return float(self.table(plan) @ self.days_of) * self.interval / 3600.0 / self.weeks

    def _tables(self, most: int) -> Ints:
        """The smallest number of the table for each number of agents on the floor."""
        team = self.scenario.teams[self.team]
        absence = team.absence.mean if team.absence else 0.0
        numbers = np.zeros(most + 1, dtype=np.int64)
        for floor in range(1, most + 1):
            number = int(numbers[floor - 1])
            while floor_of(float(number), absence, team.shrinkage, team.counts == "floor") < floor:
                number += 1
            numbers[floor] = number
        return numbers


def staffing_of(week: Sequence[Ints], interval: float) -> Staffing:
    """Numbers by weekday and interval of the day (seconds) as a scenario says them."""
    days = {}
    for name, agents in zip(WEEKDAYS, week, strict=True):
        there = np.flatnonzero(agents)
        if len(there):
            first, last = int(there[0]), int(there[-1])
            row = [float(number) for number in agents[first : last + 1]]
            days[name] = {"start": clock(first, interval), "agents": row}
    return Staffing.model_validate({"interval": f"{interval / 60:g} min", "days": days})


def with_staffing(scenario: Scenario, team: str, staffing: Staffing, interval: float) -> Scenario:
    """A scenario in which a team is staffed so, with tables by this interval (seconds)."""
    changed = scenario.teams[team].model_copy(
        update={"agents": None, "staffing": staffing, "scale": 1.0}
    )
    return scenario.model_copy(
        update={"teams": {**scenario.teams, team: changed}, "interval": interval}
    )


def everywhere(scenario: Scenario, team: str, interval: float) -> Pattern:
    """All intervals of all kinds of day. interval: seconds."""
    tables = tables_of(scenario)
    calendar = tables.terms.calendar
    weekdays = (calendar.first_weekday + np.arange(calendar.counted_days)) % WEEK
    group_of = _groups(scenario, team, weekdays)
    per_day = round(DAY / interval)
    groups = int(group_of.max()) + 1
    return Pattern(
        scenario,
        team,
        interval,
        weekdays,
        group_of,
        np.repeat(np.arange(groups), per_day),
        np.tile(np.arange(per_day), groups),
    )


def where(pattern: Pattern, needed: Floats) -> Pattern:
    """Only the intervals in which something is needed (above 0)."""
    return Pattern(
        pattern.scenario,
        pattern.team,
        pattern.interval,
        pattern.weekday_of_day,
        pattern.group_of,
        pattern.group[needed > 0.0],
        pattern.slot[needed > 0.0],
    )


def _groups(scenario: Scenario, team: str, weekdays: Ints) -> Ints:
    """The kind of each weekday. One that is not counted is staffed as the counted one before it."""
    calls = team_load(scenario, team).calls
    staffing = scenario.teams[team].staffing
    entries = by_weekday({name: name for name in staffing.days}) if staffing else [""] * WEEK
    kinds: dict[object, int] = {}
    group_of = np.full(WEEK, -1)
    for weekday in range(WEEK):
        counted = np.flatnonzero(weekdays == weekday)
        if len(counted):
            kind = (entries[weekday], tuple(np.round(calls[counted].mean(axis=0), 9)))
            group_of[weekday] = kinds.setdefault(kind, len(kinds))
    before = [
        next(back for back in range(WEEK) if group_of[day - back] >= 0) for day in range(WEEK)
    ]
    return np.array([group_of[day - back] for day, back in enumerate(before)])


def clock(slot: int, interval: float) -> str:
    """When an interval of the day begins, as "08:30".

    >>> clock(17, 1800.0)
    '08:30'
    """
    minutes = round(slot * interval / 60.0)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
