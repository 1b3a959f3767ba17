"""From words to numbers, once: a scenario becomes tables."""

import numpy as np

from sim.rules.draws import origin_of
from sim.scenario.scenario import Scenario
from sim.tables.calendar import calendar_of
from sim.tables.contracts import tariff_of
from sim.tables.laws import LawTable
from sim.tables.outreach import incidents_of, notices_of, recovery_of
from sim.tables.people import loyalty_of, people_of, population_of
from sim.tables.queues import queues_of, targets_of
from sim.tables.reasons import reasons_of
from sim.tables.streams import streams_of
from sim.tables.tables import Tables
from sim.tables.teams import teams_of
from sim.tables.words import Words, words_of
from sim.terms import Calendar, Terms


def tables_of(scenario: Scenario, grain: float = 0.0) -> Tables:
    """The scenario in numbers. `grain` is the tick of the clock in seconds, for tests of ties."""
    words = words_of(scenario)
    calendar = calendar_of(scenario)
    laws = LawTable()
    reasons = reasons_of(scenario, words, laws, calendar)
    streams = streams_of(scenario, words, laws, calendar)
    incidents = incidents_of(scenario, words, laws, calendar)
    recovery = recovery_of(scenario, laws)
    rows, knots = laws.arrays()
    centre = scenario.centre
    return Tables(
        terms=_terms(scenario, words, calendar),
        grain=grain,
        laws=rows,
        knots=knots,
        origin_keys=np.array([origin_of(name) for name in words.origins], dtype=np.int64),
        people=people_of(scenario),
        loyalty=loyalty_of(scenario),
        reasons=reasons,
        queues=queues_of(scenario, words, calendar),
        teams=teams_of(scenario, words),
        streams=streams,
        incidents=incidents,
        notices=notices_of(scenario, words),
        recovery=recovery,
        lines=-1 if centre.lines is None else centre.lines,
        menu=centre.menu,
        menu_hang_up=centre.menu_hang_up,
        most_contacts=scenario.most_contacts,
        most_legs=scenario.most_legs,
        reopening_spread=scenario.reopening_spread,
        busyness_key=origin_of("busyness"),
    )


def terms_of(scenario: Scenario) -> Terms:
    """What accounting must know of a scenario, without all that an engine must."""
    return _terms(scenario, words_of(scenario), calendar_of(scenario))


def _terms(scenario: Scenario, words: Words, calendar: Calendar) -> Terms:
    return Terms(
        calendar=calendar,
        names=words.names(scenario.currency),
        population=population_of(scenario),
        tariff=tariff_of(scenario, words),
        targets=targets_of(scenario),
        fcr_window=scenario.fcr_window,
    )
