"""What a scenario's volumes imply before anything is simulated: first calls and offered load.

First calls only: repeats, redials, transfers and calls about incidents come on top; self-service is
taken without its outages, and absence at its mean. The load of a moment is the rate of calls × the
mean handle time, in Erlangs: the agents busy if every call were answered at once.
"""

from dataclasses import dataclass

import numpy as np

from sim.rules.agent import floor_of
from sim.rules.routing import CLASS, LONGER_THAN, TEAM, may_take
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.tables.tables import Floats, Ints, Tables
from sim.units import DAY, WEEKDAYS

_QUARTER = 900.0
_QUARTERS = 96
_ROUNDING = 1e-9


@dataclass(frozen=True)
class ReasonVolume:
    """What one reason brings."""

    reason: str
    issues: float
    """In the `days` of `Implied`; likewise the calls."""
    first_calls: float
    handle_time: float
    """Mean talk and after-call work of a call, seconds, before factors of teams."""
    erlangs: float
    """Load in the busiest interval of all reasons together."""


@dataclass(frozen=True)
class Load:
    """The load of a queue or a team in its busiest interval, against the floor at that time."""

    name: str
    first_calls: float
    busiest: str
    """When that is: weekday and time of day; empty if nobody calls."""
    erlangs: float
    floor: float
    """Agents on the floor then; of a queue, those of all teams on its routes."""
    hours: float
    """Hours with calls, in the `days` of `Implied`."""
    hours_above: float
    """Hours of these in which the load exceeds the floor."""


@dataclass(frozen=True)
class Implied:
    """What the volumes imply."""

    days: int
    """Counted days that all numbers are of: 7, on average over whole weeks, or fewer."""
    reasons: tuple[ReasonVolume, ...]
    queues: tuple[Load, ...]
    """First calls by the queue that they join first."""
    teams: tuple[Load, ...]
    """First calls by the team of the first route that their share of the queue may take at any
    length, at its own speed."""


def implied(scenario: Scenario) -> Implied:
    """First calls and offered load of the counted days; of an average week if they hold one."""
    tables = tables_of(scenario)
    names, queues = tables.terms.names, tables.queues
    days = _days(tables)
    volume, calls = _issues(tables)[:, days], _first_calls(tables)[:, days]
    handle, of_team = _handle_times(tables)
    floors = _floors(tables)[:, _weekdays(tables)[days]]
    queue_of = tables.reasons.queue
    to_team = _first_teams(tables)[queue_of]
    erlangs = calls * (handle / _QUARTER)[:, np.newaxis, np.newaxis]
    weeks = max(1.0, len(days) / 7)
    peak = _peak(_by_interval(tables, erlangs.sum(axis=0)))
    return Implied(
        days=min(7, len(days)),
        reasons=tuple(
            ReasonVolume(
                name,
                float(volume[nth].sum() / weeks),
                float(calls[nth].sum() / weeks),
                float(handle[nth]),
                float(_by_interval(tables, erlangs[nth])[peak]),
            )
            for nth, name in enumerate(names.reasons)
        ),
        queues=tuple(
            _load(
                tables,
                name,
                calls[queue_of == nth],
                erlangs[queue_of == nth],
                floors[np.unique(queues.teams_of(nth))].sum(axis=0),
            )
            for nth, name in enumerate(names.queues)
        ),
        teams=tuple(
            _load(
                tables,
                name,
                *_share_of(
                    to_team[:, nth],
                    calls,
                    calls * (of_team[nth] / _QUARTER)[:, np.newaxis, np.newaxis],
                ),
                floors[nth],
            )
            for nth, name in enumerate(names.teams)
        ),
    )


@dataclass(frozen=True, eq=False)
class TeamLoad:
    """First calls that come to a team, by counted day and quarter of an hour."""

    calls: Floats
    """How many."""
    erlangs: Floats
    """Calls per second × their mean handle time with this team."""


def team_load(scenario: Scenario, team: str) -> TeamLoad:
    """The first calls that a team meets first, as in `Implied.teams`, on all counted days."""
    tables = tables_of(scenario)
    nth = tables.terms.names.teams.index(team)
    calls = _first_calls(tables)
    _, of_team = _handle_times(tables)
    own, erlangs = _share_of(
        _first_teams(tables)[tables.reasons.queue][:, nth],
        calls,
        calls * (of_team[nth] / _QUARTER)[:, np.newaxis, np.newaxis],
    )
    return TeamLoad(own.sum(axis=0), erlangs.sum(axis=0))


def overloads(found: Implied) -> tuple[str, ...]:
    """Warnings for teams whose first calls alone are more than the floor can handle, half of the
    time or more."""
    return tuple(
        f"the first calls alone exceed the floor of team {team.name} in {team.hours_above:g} of "
        f"the {team.hours:g} hours with calls ({team.busiest}: {team.erlangs:.1f} Erlangs on "
        f"{team.floor:g} agents)"
        for team in found.teams
        if team.hours_above > 0.0 and team.hours_above >= 0.5 * team.hours
    )


def _days(tables: Tables) -> Ints:
    """Indices of the counted days that are looked at: whole weeks, if there is one."""
    counted = tables.terms.calendar.counted_days
    return np.arange(counted - counted % 7 if counted >= 7 else counted)


def _weekdays(tables: Tables) -> Ints:
    """Weekday, Monday 0, of each counted day."""
    calendar = tables.terms.calendar
    return (calendar.first_weekday + np.arange(calendar.counted_days)) % 7


def _issues(tables: Tables) -> Floats:
    """Expected issues by reason and counted day."""
    volumes = tables.streams.volume[:, tables.terms.calendar.warm_days :]
    issues = np.zeros((len(tables.reasons.queue), volumes.shape[1]))
    np.add.at(issues, tables.streams.reason, volumes)
    return issues


def _first_calls(tables: Tables) -> Floats:
    """Expected first calls by reason, counted day and quarter of an hour."""
    streams, reasons, warm = tables.streams, tables.reasons, tables.terms.calendar.warm_days
    calling = reasons.seeks_help * (1.0 - reasons.tried * reasons.contained)
    shares = np.diff(streams.shapes, axis=1)
    days = tables.terms.calendar.counted_days
    calls = np.zeros((len(reasons.queue), days, _QUARTERS))
    for stream, reason in enumerate(streams.reason):
        volume = streams.volume[stream, warm:] * calling[reason]
        calls[reason] += volume[:, np.newaxis] * shares[streams.shape[stream, warm:]]
    return calls


def _handle_times(tables: Tables) -> tuple[Floats, Floats]:
    """Mean handle times by reason, and by team and reason; seconds."""
    talk, work = tables.reasons.mean_talk, tables.reasons.mean_work
    paced = talk * tables.teams.pace[:, np.newaxis] + work
    return talk + work, paced * tables.teams.handle


def _first_teams(tables: Tables) -> Floats:
    """Share of a queue's contacts by the team of the first route that they may take however short
    the queue is; by queue and team."""
    queues = tables.queues
    to_team = np.zeros((len(queues.routes), len(tables.teams.keys)))
    for queue, routes in enumerate(queues.routes):
        sizes = np.diff(queues.cuts[queue], prepend=0.0, append=1.0)
        for of_class, size in enumerate(sizes):
            team = next(
                int(route[TEAM])
                for route in routes
                if may_take(route[LONGER_THAN], route[CLASS], 1, of_class)
            )
            to_team[queue, team] += size
    return to_team


def _share_of(shares: Floats, calls: Floats, erlangs: Floats) -> tuple[Floats, Floats]:
    """What reasons with a share above 0 bring, by that share."""
    some = shares > 0.0
    weights = shares[some, np.newaxis, np.newaxis]
    return calls[some] * weights, erlangs[some] * weights


def _floors(tables: Tables) -> Floats:
    """Agents on the floor by team, weekday and quarter of an hour, with the mean absence."""
    teams = tables.teams
    starts = np.arange(_QUARTERS) * _QUARTER
    floors = np.zeros((len(teams.keys), 7, _QUARTERS))
    for team in range(len(teams.keys)):
        for day in range(7):
            at = np.searchsorted(teams.step_start[team][day], starts, side="right") - 1
            floors[team, day] = [
                floor_of(
                    planned,
                    teams.absence_mean[team],
                    teams.shrinkage[team],
                    teams.counts_floor[team],
                )
                for planned in teams.step_planned[team][day][at]
            ]
    return floors


def _load(tables: Tables, name: str, calls: Floats, erlangs: Floats, floor: Floats) -> Load:
    """The load (reasons × days × quarters) of some reasons' calls on a floor (days × quarters)."""
    load = _by_interval(tables, erlangs.sum(axis=0))
    there = _by_interval(tables, floor)
    busiest = _peak(load)
    weeks = max(1.0, len(floor) / 7)
    hours = tables.terms.calendar.interval / 3600.0 / weeks
    return Load(
        name,
        float(calls.sum() / weeks),
        _when(tables, busiest) if load[busiest] > 0.0 else "",
        float(load[busiest]),
        float(there[busiest]),
        float((load > 0.0).sum() * hours),
        float((load > there + _ROUNDING).sum() * hours),
    )


def _peak(load: Floats) -> int:
    """The first interval of those with the highest load."""
    return int((load >= load.max() - _ROUNDING).argmax())


def _when(tables: Tables, interval: int) -> str:
    """Weekday and time of an interval, counted from the first counted midnight."""
    length = tables.terms.calendar.interval
    day, seconds = divmod(interval * length, DAY)
    weekday = WEEKDAYS[_weekdays(tables)[int(day)]].capitalize()
    return f"{weekday} {int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}"


def _by_interval(tables: Tables, quarters: Floats) -> Floats:
    """Means over the reporting intervals, one after another, of values by day and quarter."""
    step = round(tables.terms.calendar.interval / _QUARTER)
    return np.asarray(quarters.reshape(-1, step).mean(axis=1))
