"""What the teams cost: pay and overtime in-house, fees by contract (MODEL.md section 4)."""

from collections.abc import Callable

import numpy as np

from sim.accounting.charge import HOUR, MINUTE, OPERATING, Charge, Monthly
from sim.accounting.floor import FLOOR_TIME
from sim.accounting.fold import Counts
from sim.accounting.handling import LABOUR
from sim.accounting.promises import PROMISED, promises_of
from sim.codes import ANSWERED, EXCLUDED, MET, RULES
from sim.terms import Contract, Floats, Promise, TeamPrice, Terms

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
    shares = terms.calendar.month_shares
    units = _units(contract, team)
    whole = _whole(contract, shares)
    charges = []
    if contract.block > 0.0:
        how = f"{contract.includes:g} {contract.unit} a month"
        charges.append(_every_month(terms, team, "block", contract.block, how))
    charges.append(
        _charge(
            terms,
            team,
            "contract fee",
            contract.unit,
            contract.price,
            lambda counts: np.maximum(0.0, units(counts) - contract.includes * shares),
            how=f"beyond {contract.includes:g} a month" if contract.includes > 0.0 else "",
        )
    )
    if contract.committed > 0.0:
        charges.append(
            _charge(
                terms,
                team,
                "committed minimum",
                contract.unit,
                contract.price,
                lambda counts: np.maximum(0.0, contract.committed * shares - units(counts)),
                how=f"what is short of {contract.committed:g} {contract.unit} a month",
            )
        )
    if contract.malus is not None and contract.malus.at_most > 0.0:
        short = f"short of {_said(terms, contract.malus)}"
        charges.append(_share_of_fee(terms, team, "malus", contract.malus, -1, short, units, whole))
    if contract.bonus is not None and contract.bonus.at_most > 0.0:
        above = f"above {_said(terms, contract.bonus)}"
        charges.append(_share_of_fee(terms, team, "bonus", contract.bonus, 1, above, units, whole))
    if contract.managing > 0.0:
        charges.append(_every_month(terms, team, "vendor management", contract.managing))
    if contract.transition_once > 0.0:
        once, months = contract.transition_once, contract.transition_months
        how = f"{once:g} over {months:g} months"
        charges.append(_every_month(terms, team, "transition", once / months, how))
    return charges


def _charge(
    terms: Terms, team: int, what: str, unit: str, price: float, units: Monthly, how: str = ""
) -> Charge:
    who = terms.names.teams[team]
    return Charge(OPERATING, what, who, unit, price, units, how=how, team=team)


def _every_month(terms: Terms, team: int, what: str, price: float, how: str = "") -> Charge:
    shares = terms.calendar.month_shares
    return _charge(terms, team, what, "months", price, lambda _: shares, how)


def _units(contract: Contract, team: int) -> Monthly:
    """What the vendor is paid for, by month."""
    minutes = [_TALK] if contract.unit == "minutes of talk" else [_TALK, _WORK]
    of: dict[str, Monthly] = {
        "paid hours": _floor_hours(team, _PAID),
        "handled minutes": _minutes(team, minutes),
        "minutes of talk": _minutes(team, minutes),
        "contacts handled": lambda counts: counts.handling.labour[:, team, _LEGS],
        "issues resolved": lambda counts: counts.issues.resolved_by[:, team],
    }
    return of[contract.unit]


def _whole(contract: Contract, month_shares: Floats) -> Callable[[Floats], Floats]:
    """The month's fee as it follows from units: the block, what is beyond it, and what is short of
    the committed minimum."""
    block, beyond = contract.block * month_shares, contract.includes * month_shares
    committed = contract.committed * month_shares
    return lambda units: np.asarray(
        block
        + contract.price * (np.maximum(0.0, units - beyond) + np.maximum(0.0, committed - units))
    )


def _share_of_fee(
    terms: Terms,
    team: int,
    what: str,
    promise: Promise,
    sign: int,
    points: str,
    units: Monthly,
    fee: Callable[[Floats], Floats],
) -> Charge:
    """What is deducted from (sign -1) or added to (1) the fee of months whose service level is
    below, or above, what was promised."""
    nth = promises_of(terms).index(promise)

    def share(counts: Counts) -> Floats:
        return _due(promise, sign, counts.promises.months[:, nth])

    return Charge(
        OPERATING,
        what,
        terms.names.teams[team],
        "share of the month's fee",
        None,
        share,
        lambda counts: sign * share(counts) * fee(units(counts)) + 0.0,
        how=(
            f"{'- ' if sign < 0 else ''}min({promise.at_most:g}, {promise.per_point:g} per point "
            f"{points}) × the month's fee"
        ),
        team=team,
    )


def _said(terms: Terms, promise: Promise) -> str:
    queues = ", ".join(terms.names.queues[queue] for queue in promise.queues)
    return f"{promise.share:.0%} within {promise.within:g} s, {RULES[promise.rule]}, on {queues}"


def _due(promise: Promise, sign: int, counted: Floats) -> Floats:
    """Share of the fee by month, for each point below (sign -1) or above (1) the promise; nothing
    in a month without contacts."""
    answered_in_time, abandoned_in_time, offered, answered = (
        counted[:, column] for column in range(len(PROMISED))
    )
    met, of = answered_in_time, offered
    if promise.rule == MET:
        met = met + abandoned_in_time
    elif promise.rule == EXCLUDED:
        of = of - abandoned_in_time
    elif promise.rule == ANSWERED:
        of = answered
    points = 100.0 * np.maximum(0.0, sign * (met / np.maximum(1.0, of) - promise.share))
    return np.where(of > 0.0, np.minimum(promise.at_most, promise.per_point * points), 0.0)


def _floor_hours(team: int, column: int) -> Monthly:
    return lambda counts: counts.floor.months[:, team, column] / HOUR


def _minutes(team: int, columns: list[int]) -> Monthly:
    return lambda counts: counts.handling.labour[:, team, columns].sum(axis=1) / MINUTE
