"""Teams, their staffing and their way of working in numbers."""

import math
from collections.abc import Mapping

import numpy as np

from sim.rules.draws import origin_of
from sim.scenario.centre import Shift, Team
from sim.scenario.routes import routes_of
from sim.scenario.scenario import Scenario
from sim.tables.calendar import by_weekday
from sim.tables.queues import queues_in
from sim.tables.tables import Floats, Teams
from sim.tables.words import Words
from sim.terms import DAY
from sim.units import opening, time_of_day

Steps = tuple[tuple[Floats, ...], tuple[Floats, ...]]


def teams_of(scenario: Scenario, words: Words) -> Teams:
    """Who answers, how many they are, and how they work."""
    teams = scenario.teams
    steps = [_steps(scenario, name) for name in teams]

    def by_reason(values: float | Mapping[str, float], otherwise: float) -> list[float]:
        if isinstance(values, Mapping):
            return [values.get(reason, otherwise) for reason in words.reasons]
        return [values] * len(words.reasons)

    def authority(team: Team) -> list[float]:
        own = [reason.authority for reason in scenario.reasons.values()]
        if team.authority is None:
            return own
        if isinstance(team.authority, Mapping):
            return [
                team.authority.get(name, share)
                for name, share in zip(words.reasons, own, strict=True)
            ]
        return [team.authority] * len(own)

    every = list(teams.values())
    absences = [team.absence for team in every]
    return Teams(
        keys=np.array([origin_of(f"team:{name}") for name in teams], dtype=np.int64),
        step_start=tuple(starts for starts, _ in steps),
        step_planned=tuple(planned for _, planned in steps),
        counts_floor=np.array([team.counts == "floor" for team in every]),
        shrinkage=np.array([team.shrinkage for team in every]),
        absence_mean=np.array([absence.mean if absence else 0.0 for absence in absences]),
        absence_sd=np.array([absence.sd if absence else 0.0 for absence in absences]),
        handle=np.array([by_reason(team.factors.handle, 1.0) for team in every]),
        fcr=np.array([by_reason(team.factors.fcr, 1.0) for team in every]),
        authority=np.array([authority(team) for team in every]),
        misrouted=np.array([-1.0 if team.transfers is None else team.transfers for team in every]),
        felt=np.array([math.log(team.felt) for team in every]),
        pace=np.array([team.pace for team in every]),
        elasticity=np.array([team.elasticity for team in every]),
    )


def _steps(scenario: Scenario, name: str) -> Steps:
    """For each weekday when a team's staffing changes, and to how many agents (scaled)."""
    team = scenario.teams[name]
    if team.staffing is None:
        days = [[(0.0, 0.0), *stretches] for stretches in _while_open(scenario, name)]
    else:
        week = by_weekday(team.staffing.days)
        days = [[(0.0, 0.0), *_shift(shift, team.staffing.interval)] for shift in week]
    starts, planned = [], []
    for day in days:
        changes = _changes(day)
        starts.append(np.array([start for start, _ in changes]))
        planned.append(np.array([agents * team.scale for _, agents in changes]))
    return tuple(starts), tuple(planned)


def _changes(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points that name the same instant or the same number merged; the later word counts."""
    last = {start: agents for start, agents in points if start < DAY}
    merged: list[tuple[float, float]] = []
    for start, agents in sorted(last.items()):
        if not merged or merged[-1][1] != agents:
            merged.append((start, agents))
    return merged


def _shift(shift: Shift | None, interval: float) -> list[tuple[float, float]]:
    if shift is None:
        return []
    begin = time_of_day(shift.start)
    points = [(begin + i * interval, agents) for i, agents in enumerate(shift.agents)]
    return [*points, (begin + len(shift.agents) * interval, 0.0)]


def _while_open(scenario: Scenario, name: str) -> list[list[tuple[float, float]]]:
    """By weekday, a constant number of agents while any queue that they serve is open."""
    agents = float(scenario.teams[name].agents or 0)
    week: list[list[tuple[float, float]]] = [[] for _ in range(7)]
    hours = [
        scenario.centre.opening if queue.opening is None else queue.opening
        for queue in queues_in(scenario).values()
        if name in {route.team for route in routes_of(scenario, queue)}
    ]
    for day in range(7):
        texts = [by_weekday(own)[day] if own is not None else "00:00-24:00" for own in hours]
        stretches = [opening(text) for text in texts if text]
        week[day] = [
            (moment, agents if any(begin <= moment < end for begin, end in stretches) else 0.0)
            for moment in sorted({moment for stretch in stretches for moment in stretch})
        ]
    return week
