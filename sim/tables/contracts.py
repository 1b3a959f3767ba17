"""Prices in numbers: pay, contracts, and what else costs money."""

import numpy as np

from sim.codes import RULES
from sim.scenario.centre import Contract as ContractNoun
from sim.scenario.centre import Team
from sim.scenario.outreach import Fix
from sim.scenario.scenario import Scenario
from sim.tables.words import Words
from sim.terms import DAY, YEAR_DAYS, Contract, FixPrice, Tariff, TeamPrice, WordOfMouth

MONTH = YEAR_DAYS / 12 * DAY


def tariff_of(scenario: Scenario, words: Words) -> Tariff:
    """All prices of a scenario."""
    centre, recovery, told = scenario.centre, scenario.recovery, scenario.word_of_mouth
    reasons = scenario.reasons.values()
    return Tariff(
        teams=tuple(_team(team, words) for team in scenario.teams.values()),
        lines=-1 if centre.lines is None else centre.lines,
        line_cost=centre.line_cost,
        fixed=centre.fixed,
        self_service=np.array([r.self_service.cost if r.self_service else 0.0 for r in reasons]),
        settlement=np.array([reason.settlement for reason in reasons]),
        messages=np.array([notice.price for notice in scenario.notices.values()]),
        recovery=recovery.price if recovery else 0.0,
        gesture=recovery.gesture if recovery else 0.0,
        fixes=tuple(_fix(fix) for fix in scenario.fixes.values()),
        word_of_mouth=WordOfMouth(**told.model_dump()) if told else None,
    )


def _team(team: Team, words: Words) -> TeamPrice:
    pay = team.pay
    return TeamPrice(
        wage=pay.per_hour if pay else 0.0,
        on_cost=pay.on_cost if pay else 0.0,
        seat=pay.seat if pay else 0.0,
        overtime=pay.overtime if pay else 0.0,
        contract=_contract(team.contract, words) if team.contract else None,
    )


def _contract(contract: ContractNoun, words: Words) -> Contract:
    malus, transition = contract.malus, contract.transition
    return Contract(
        per_hour=contract.per_hour or 0.0,
        per_minute=contract.per_minute or 0.0,
        per_contact=contract.per_contact or 0.0,
        minutes_are_talk=contract.minutes == "talk",
        committed=contract.committed_per_month,
        malus_queues=tuple(words.queues.index(name) for name in malus.queues) if malus else (),
        malus_within=malus.target.within if malus else 0.0,
        malus_share=(malus.target.share or 0.0) if malus else 0.0,
        malus_rule=RULES.index(malus.target.rule) if malus else 0,
        malus_per_point=malus.per_point if malus else 0.0,
        malus_at_most=malus.at_most if malus else 0.0,
        managing=contract.managing,
        transition_once=transition.once if transition else 0.0,
        transition_months=transition.over / MONTH if transition else 1.0,
    )


def _fix(fix: Fix) -> FixPrice:
    return FixPrice(
        once=fix.cost.once if fix.cost else 0.0,
        months=fix.cost.over / MONTH if fix.cost else 1.0,
        per_month=fix.per_month,
        from_day=fix.from_day,
    )
