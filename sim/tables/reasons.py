"""Reasons and the behaviour of their callers in numbers."""

from collections.abc import Callable

import numpy as np

from sim.codes import AVOIDABLE, FIRST
from sim.scenario.demand import Reason
from sim.scenario.people import Again as AgainNoun
from sim.scenario.people import Callers
from sim.scenario.scenario import Scenario
from sim.tables.distributions import law_of
from sim.tables.laws import LawTable
from sim.tables.tables import Again, Ints, Reasons
from sim.tables.words import Words
from sim.terms import DAY, Calendar
from sim.units import time_of_day


def reasons_of(scenario: Scenario, words: Words, laws: LawTable, calendar: Calendar) -> Reasons:
    """How issues are handled, and how the people behind them behave as callers."""
    reasons = list(scenario.reasons.values())

    def queue(name: str | None) -> int:
        return 0 if name is None else words.queues.index(name)

    self_service = [reason.self_service for reason in reasons]
    talk = [law_of(laws, reason.talk) for reason in reasons]
    work = [law_of(laws, reason.after_call) if reason.after_call else -1 for reason in reasons]
    return Reasons(
        queue=np.array([queue(reason.queue) for reason in reasons], dtype=np.int64),
        why=np.array([AVOIDABLE if reason.avoidable else FIRST for reason in reasons]),
        seeks_help=np.array([reason.seeks_help for reason in reasons]),
        tried=np.array([offer.tried if offer else 0.0 for offer in self_service]),
        contained=np.array([offer.contained if offer else 0.0 for offer in self_service]),
        falsely=np.array([offer.false_containment if offer else 0.0 for offer in self_service]),
        outages=tuple(_outages(reason, calendar) for reason in reasons),
        talk=np.array(talk, dtype=np.int64),
        after_call=np.array(work, dtype=np.int64),
        mean_talk=np.array([laws.mean_of(law) for law in talk]),
        mean_work=np.array([laws.mean_of(law) if law >= 0 else 0.0 for law in work]),
        fcr=np.array([reason.fcr for reason in reasons]),
        sells=np.array([reason.sale.probability if reason.sale else 0.0 for reason in reasons]),
        misrouted=np.array([r.misrouted.probability if r.misrouted else 0.0 for r in reasons]),
        misrouted_to=np.array(
            [queue(r.misrouted.to) if r.misrouted else -1 for r in reasons], dtype=np.int64
        ),
        authority=np.array([reason.authority for reason in reasons]),
        transferred=np.array([r.beyond.transferred if r.beyond else 0.0 for r in reasons]),
        transferred_to=np.array(
            [queue(r.beyond.to) if r.beyond else -1 for r in reasons], dtype=np.int64
        ),
        patience=_patience(scenario, laws),
        redial=_again(scenario, laws, lambda callers: callers.redial),
        returns=_again(scenario, laws, lambda callers: callers.returns),
        retry=_again(scenario, laws, lambda callers: callers.after_refusal),
    )


def _outages(reason: Reason, calendar: Calendar) -> tuple[tuple[float, float], ...]:
    if reason.self_service is None:
        return ()
    return tuple(
        (
            (calendar.warm_days + hours.day) * DAY + time_of_day(hours.start),
            (calendar.warm_days + hours.day) * DAY + time_of_day(hours.end),
        )
        for hours in reason.self_service.outages
    )


def _words_of_callers(scenario: Scenario, reason: Reason) -> list[list[Callers]]:
    """For each segment who has a say on its callers with this reason, the first word first."""
    segments = [[segment.callers] for segment in scenario.segments.values()] or [[]]
    return [[reason.callers, *segment, scenario.callers] for segment in segments]


def _patience(scenario: Scenario, laws: LawTable) -> Ints:
    def law(words: list[Callers]) -> int:
        said = [callers.patience for callers in words if callers.patience is not None]
        return law_of(laws, said[0]) if said else -1

    return np.array(
        [
            [law(words) for words in _words_of_callers(scenario, reason)]
            for reason in scenario.reasons.values()
        ],
        dtype=np.int64,
    )


def _again(
    scenario: Scenario, laws: LawTable, choose: Callable[[Callers], AgainNoun | None]
) -> Again:
    rows = [
        [
            next((said for said in map(choose, words) if said is not None), None)
            for words in _words_of_callers(scenario, reason)
        ]
        for reason in scenario.reasons.values()
    ]
    return Again(
        probability=np.array([[a.probability if a else 0.0 for a in row] for row in rows]),
        per_attempt=np.array([[a.per_attempt if a else 1.0 for a in row] for row in rows]),
        delay=np.array(
            [[law_of(laws, a.delay) if a else -1 for a in row] for row in rows], dtype=np.int64
        ),
    )
