"""Incidents, notices and recovery in numbers."""

import math

import numpy as np

from sim.codes import CLOSINGS
from sim.rules.draws import origin_of
from sim.scenario.demand import Incident
from sim.scenario.scenario import Scenario
from sim.tables.distributions import law_of
from sim.tables.laws import LawTable
from sim.tables.tables import Floats, Incidents, Ints, Notices, Recovery
from sim.tables.words import Words, false_alarm_name, incident_name
from sim.terms import DAY, YEAR_DAYS, Calendar
from sim.units import time_of_day


def incidents_of(scenario: Scenario, words: Words, laws: LawTable, calendar: Calendar) -> Incidents:
    """What breaks, when, and whom it hits."""
    incidents = list(scenario.incidents.items())
    noticed = {
        notice.incident: words.notices.index(name) for name, notice in scenario.notices.items()
    }
    shape = (len(incidents), len(words.segments))
    return Incidents(
        keys=_ints([origin_of(f"incident:{name}") for name, _ in incidents]),
        per_day=np.array([(incident.per_year or 0.0) / YEAR_DAYS for _, incident in incidents]),
        at=tuple(_moments(incident, calendar) for _, incident in incidents),
        reason=_ints([words.reasons.index(incident.reason) for _, incident in incidents]),
        lag=_ints([law_of(laws, incident.lag) for _, incident in incidents]),
        hits=np.array(
            [[incident.hits.get(s, 0.0) for s in words.segments] for _, incident in incidents]
        ).reshape(shape),
        origin=_ints(
            [
                [words.origins.index(incident_name(name, s)) for s in words.segments]
                for name, _ in incidents
            ]
        ).reshape(shape),
        issue_keys=_ints(
            [[origin_of(incident_name(name, s)) for s in words.segments] for name, _ in incidents]
        ).reshape(shape),
        notice=_ints([noticed.get(name, -1) for name, _ in incidents]),
    )


def _ints(values: list[int] | list[list[int]]) -> Ints:
    return np.array(values, dtype=np.int64)


def _moments(incident: Incident, calendar: Calendar) -> Floats:
    return np.array(
        sorted(
            (calendar.warm_days + moment.day) * DAY + time_of_day(moment.time)
            for moment in incident.at or ()
        )
    )


def notices_of(scenario: Scenario, words: Words) -> Notices:
    """Messages that follow incidents, and the issues that their false alarms open."""
    notices = list(scenario.notices.items())
    names = [[false_alarm_name(name, s) for s in words.segments] for name, _ in notices]
    shape = (len(notices), len(words.segments))
    return Notices(
        detected_after=np.array([notice.detected_after for _, notice in notices]),
        per_hour=np.array([notice.per_hour for _, notice in notices]),
        reach=np.array([notice.reach for _, notice in notices]),
        preempts=np.array([notice.preempts for _, notice in notices]),
        silent_then_call=np.array([notice.silent_then_call for _, notice in notices]),
        false_alarms=np.array([notice.false_alarms for _, notice in notices]),
        false_alarm_opens=np.array([notice.false_alarm_opens for _, notice in notices]),
        origin=_ints([[words.origins.index(n) for n in row] for row in names]).reshape(shape),
        keys=_ints([[origin_of(n) for n in row] for row in names]).reshape(shape),
    )


def recovery_of(scenario: Scenario, laws: LawTable) -> Recovery:
    """What follows a bad closing."""
    recovery = scenario.recovery
    if recovery is None:
        return Recovery(np.zeros(len(CLOSINGS)), -1, 0.0, 0.0, 0.0, 0.0)
    return Recovery(
        detected=np.array([getattr(recovery.detected, name, 0.0) for name in CLOSINGS]),
        reached=law_of(laws, recovery.reached),
        window=recovery.window,
        deadline=recovery.deadline,
        in_window=math.log(recovery.odds_in_window),
        late=math.log(recovery.odds_late),
    )
