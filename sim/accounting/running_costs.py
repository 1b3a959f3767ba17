"""What else is paid: lines, self-service, settlements, outreach, root causes, fixed costs."""

import numpy as np

from sim.accounting.charge import OPERATING, Charge, Monthly
from sim.accounting.issues import PRICED
from sim.terms import Calendar, Floats, Terms

_TRIES, _SETTLED = PRICED.index("tries"), PRICED.index("settled")


def running_charges(terms: Terms) -> list[Charge]:
    """All that has a price above zero."""
    return [
        *_premises(terms),
        *_by_reason(terms),
        *_outreach(terms),
        *_fixes(terms),
    ]


def _premises(terms: Terms) -> list[Charge]:
    tariff, shares = terms.tariff, terms.calendar.month_shares
    charges = []
    if tariff.lines > 0 and tariff.line_cost > 0.0:
        lines = float(tariff.lines)
        charges.append(
            Charge(
                OPERATING, "lines", "", "line-months", tariff.line_cost, lambda _: lines * shares
            )
        )
    if tariff.fixed > 0.0:
        charges.append(
            Charge(OPERATING, "fixed costs", "", "months", tariff.fixed, lambda _: shares)
        )
    return charges


def _by_reason(terms: Terms) -> list[Charge]:
    charges = []
    for what, unit, prices, column in (
        ("self-service", "tries", terms.tariff.self_service, _TRIES),
        ("settlements", "issues resolved by an agent", terms.tariff.settlement, _SETTLED),
    ):
        for reason, name in enumerate(terms.names.reasons):
            price = float(prices[reason])
            if price > 0.0:
                quantity = _priced(reason, column)
                charges.append(Charge(OPERATING, what, name, unit, price, quantity))
    return charges


def _priced(reason: int, column: int) -> Monthly:
    return lambda counts: counts.issues.priced[:, reason, column]


def _outreach(terms: Terms) -> list[Charge]:
    tariff = terms.tariff
    charges = []
    for notice, name in enumerate(terms.names.notices):
        price = float(tariff.messages[notice])
        if price > 0.0:
            charges.append(
                Charge(OPERATING, "messages", name, "messages", price, _messages(notice))
            )
    for what, price in (("recovery", tariff.recovery), ("gestures", tariff.gesture)):
        if price > 0.0:
            charges.append(
                Charge(
                    OPERATING,
                    what,
                    "",
                    "customers reached",
                    price,
                    lambda counts: counts.customers.reached,
                )
            )
    return charges


def _messages(notice: int) -> Monthly:
    return lambda counts: counts.customers.messages[:, notice].sum(axis=1)


def _fixes(terms: Terms) -> list[Charge]:
    charges = []
    for name, fix in zip(terms.names.fixes, terms.tariff.fixes, strict=True):
        if fix.once > 0.0:
            charges.append(
                Charge(
                    OPERATING,
                    "root cause removed",
                    name,
                    "months",
                    fix.once / fix.months,
                    lambda _: terms.calendar.month_shares,
                    how=f"{fix.once:g} over {fix.months:g} months",
                )
            )
        if fix.per_month > 0.0:
            working = _months_from(terms.calendar, fix.from_day)
            charges.append(
                Charge(OPERATING, "fix kept up", name, "months", fix.per_month, _always(working))
            )
    return charges


def _months_from(calendar: Calendar, day: int) -> Floats:
    """The share of each month that lies at or after a counted day, and is counted."""
    months = len(calendar.months)
    days = np.bincount(calendar.month_of_day, minlength=months)
    later = np.bincount(calendar.month_of_day[max(0, day) :], minlength=months)
    return calendar.month_shares * later / days


def _always(quantities: Floats) -> Monthly:
    return lambda _: quantities
