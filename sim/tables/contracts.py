"""Prices in numbers: pay, contracts, and what else costs money."""

import numpy as np

from sim.codes import RULES
from sim.scenario.centre import Contract as ContractNoun
from sim.scenario.centre import Promise as PromiseNoun
from sim.scenario.centre import Team
from sim.scenario.outreach import Fix
from sim.scenario.scenario import Scenario
from sim.tables.words import Words
from sim.terms import DAY, YEAR_DAYS, Contract, FixPrice, Promise, Tariff, TeamPrice, WordOfMouth

MONTH = YEAR_DAYS / 12 * DAY
_UNITS = {
    "hours": "paid hours",
    "minutes": "handled minutes",
    "contacts": "contacts handled",
    "resolved": "issues resolved",
}


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
        sales=np.array([reason.sale.margin if reason.sale else 0.0 for reason in reasons]),
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
    transition, block = contract.transition, contract.block
    unit, price = _paid_for(contract)
    return Contract(
        unit=unit,
        price=price,
        block=block.per_month if block else 0.0,
        includes=block.includes if block else 0.0,
        committed=contract.committed_per_month,
        malus=_promise(contract.malus, words),
        bonus=_promise(contract.bonus, words),
        managing=contract.managing,
        transition_once=transition.once if transition else 0.0,
        transition_months=transition.over / MONTH if transition else 1.0,
    )


def _paid_for(contract: ContractNoun) -> tuple[str, float]:
    """What a vendor is paid for, and the price of one, or of one beyond the block."""
    block = contract.block
    prices = {
        "hours": contract.per_hour,
        "minutes": contract.per_minute,
        "contacts": contract.per_contact,
        "resolved": contract.per_resolved,
    }
    if block is not None:
        prices[block.of] = block.beyond
    of, price = next((of, price) for of, price in prices.items() if price is not None)
    if of == "minutes" and contract.minutes == "talk":
        return "minutes of talk", price
    return _UNITS[of], price


def _promise(promise: PromiseNoun | None, words: Words) -> Promise | None:
    if promise is None:
        return None
    return Promise(
        queues=tuple(words.queues.index(name) for name in promise.queues),
        within=promise.target.within,
        share=promise.target.share or 0.0,
        rule=RULES.index(promise.target.rule),
        per_point=promise.per_point,
        at_most=promise.at_most,
    )


def _fix(fix: Fix) -> FixPrice:
    return FixPrice(
        once=fix.cost.once if fix.cost else 0.0,
        months=fix.cost.over / MONTH if fix.cost else 1.0,
        per_month=fix.per_month,
        from_day=fix.from_day,
    )
