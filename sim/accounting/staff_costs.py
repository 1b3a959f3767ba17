"""What the teams cost: pay and overtime in-house, fees by contract (MODEL.md section 4)."""

import numpy as np

from sim.accounting.charge import HOUR, MINUTE, OPERATING, Charge, Monthly
from sim.accounting.floor import FLOOR_TIME
from sim.accounting.fold import Counts
from sim.accounting.handling import LABOUR
from sim.accounting.promises import PROMISED
from sim.codes import ANSWERED, EXCLUDED, MET, RULES
from sim.terms import Contract, Floats, TeamPrice, Terms

_PAID, _OVERTIME = FLOOR_TIME.index("paid"), FLOOR_TIME.index("overtime")
_TALK, _WORK, _LEGS = (LABOUR.index(name) for name in ("talk", "work", "legs"))


def staff_charges(terms: Terms) -> list[Charge]:
    """All teams' charges, in the order of the teams."""
    charges = []
    for team, price in enumerate(terms.tariff.teams):
        if price.contract is None:
            charges += _pay(terms, team, price)
        else:
            charges += _contract(terms, team, price.contract)
    return charges


def _pay(terms: Terms, team: int, price: TeamPrice) -> list[Charge]:
    who, wage = terms.names.teams[team], price.wage * (1.0 + price.on_cost)
    charges = []
    if wage + price.seat > 0.0:
        hours = _floor_hours(team, _PAID)
        charges.append(
            Charge(OPERATING, "pay", who, "paid hours", wage + price.seat, hours, team=team)
        )
    if wage > 0.0:
        hours, rate = _floor_hours(team, _OVERTIME), wage * price.overtime
        charges.append(Charge(OPERATING, "overtime", who, "overtime hours", rate, hours, team=team))
    return charges


def _contract(terms: Terms, team: int, contract: Contract) -> list[Charge]:
    who = terms.names.teams[team]
    shares = terms.calendar.month_shares
    price, unit, units = _priced_by(contract, team)
    charges = [Charge(OPERATING, "contract fee", who, unit, price, units, team=team)]
    if contract.committed > 0.0:
        charges.append(
            Charge(
                OPERATING,
                "committed minimum",
                who,
                unit,
                price,
                lambda counts: _short(contract, shares, units(counts)),
                how=f"what is short of {contract.committed:g} {unit} a month",
                team=team,
            )
        )
    if contract.malus_queues and contract.malus_at_most > 0.0:
        charges.append(_malus(terms, team, contract, price, units))
    if contract.managing > 0.0:
        charges.append(
            Charge(
                OPERATING,
                "vendor management",
                who,
                "months",
                contract.managing,
                lambda _: shares,
                team=team,
            )
        )
    if contract.transition_once > 0.0:
        charges.append(
            Charge(
                OPERATING,
                "transition",
                who,
                "months",
                contract.transition_once / contract.transition_months,
                lambda _: shares,
                how=f"{contract.transition_once:g} over {contract.transition_months:g} months",
                team=team,
            )
        )
    return charges


def _priced_by(contract: Contract, team: int) -> tuple[float, str, Monthly]:
    """The price of a contract, its unit, and the units of each month."""
    if contract.per_minute > 0.0:
        if contract.minutes_are_talk:
            return contract.per_minute, "minutes of talk", _minutes(team, [_TALK])
        return contract.per_minute, "handled minutes", _minutes(team, [_TALK, _WORK])
    if contract.per_contact > 0.0:
        return contract.per_contact, "contacts handled", lambda c: c.handling.labour[:, team, _LEGS]
    return contract.per_hour, "paid hours", _floor_hours(team, _PAID)


def _malus(terms: Terms, team: int, contract: Contract, price: float, units: Monthly) -> Charge:
    """The deduction for months whose service level falls short of the contract's."""
    shares = terms.calendar.month_shares

    def deducted(counts: Counts) -> Floats:
        return _share_deducted(contract, counts.promises.months[:, team])

    def amount(counts: Counts) -> Floats:
        used = units(counts)
        fee = price * (used + _short(contract, shares, used))
        return 0.0 - deducted(counts) * fee

    queues = ", ".join(terms.names.queues[queue] for queue in contract.malus_queues)
    return Charge(
        OPERATING,
        "malus",
        terms.names.teams[team],
        "share of the month's fee",
        None,
        deducted,
        amount,
        how=(
            f"- min({contract.malus_at_most:g}, {contract.malus_per_point:g} per point short of "
            f"{contract.malus_share:.0%} within {contract.malus_within:g} s, "
            f"{RULES[contract.malus_rule]}, on {queues}) × the month's fee"
        ),
        team=team,
    )


def _short(contract: Contract, month_shares: Floats, units: Floats) -> Floats:
    """Units short of the committed minimum, by month."""
    return np.maximum(0.0, contract.committed * month_shares - units)


def _share_deducted(contract: Contract, promised: Floats) -> Floats:
    """Share of the fee that is deducted, by month; nothing in a month without contacts."""
    answered_in_time, abandoned_in_time, offered, answered = (
        promised[:, column] for column in range(len(PROMISED))
    )
    met, of = answered_in_time, offered
    if contract.malus_rule == MET:
        met = met + abandoned_in_time
    elif contract.malus_rule == EXCLUDED:
        of = of - abandoned_in_time
    elif contract.malus_rule == ANSWERED:
        of = answered
    points = 100.0 * np.maximum(0.0, contract.malus_share - met / np.maximum(1.0, of))
    due = np.minimum(contract.malus_at_most, contract.malus_per_point * points)
    return np.where(of > 0.0, due, 0.0)


def _floor_hours(team: int, column: int) -> Monthly:
    return lambda counts: counts.floor.months[:, team, column] / HOUR


def _minutes(team: int, columns: list[int]) -> Monthly:
    return lambda counts: counts.handling.labour[:, team, columns].sum(axis=1) / MINUTE
