"""The bill, item by item (MODEL.md section 8): what, who, how many, at what price, in which month.

Which items there are follows from the terms alone, so that the bills of replications align. Amounts
are as paid; `discount` brings an item to the first counted day, and the totals are sums of items so
discounted.
"""

from dataclasses import dataclass

import numpy as np

from sim.accounting.charge import CUSTOMERS, OPERATING, WITHIN_YEAR, WORD_OF_MOUTH, Charge
from sim.accounting.fold import Counts
from sim.accounting.losses import loss_charges
from sim.accounting.running_costs import running_charges
from sim.accounting.staff_costs import staff_charges
from sim.terms import Floats, Terms

TOTALS = {
    "operating cost": (OPERATING,),
    "margin lost within 12 months": (WITHIN_YEAR,),
    "total economic cost": (OPERATING, CUSTOMERS, WORD_OF_MOUTH),
}
"""The three totals, and the groups of items that each adds up."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the bill. Its amount is quantity × price, or as `how` says without a price."""

    group: str
    """operating, loss within 12 months, customers, or word of mouth."""
    what: str
    who: str
    """The team, reason, notice, fix or segment; empty if it is the whole company's."""
    unit: str
    """Of the quantity."""
    month: str
    price: float | None
    """In the scenario's currency; None if the amount is not a quantity times a price."""
    how: str
    """How the quantity or the amount is reckoned, where it is not plainly counted."""
    discount: float
    """To the first counted day; 1 for the margin lost within 12 months."""


def items(terms: Terms) -> tuple[Item, ...]:
    """The items of every bill under these terms: charge by charge, month by month."""
    calendar = terms.calendar
    return tuple(
        Item(
            charge.group,
            charge.what,
            charge.who,
            charge.unit,
            month,
            charge.price,
            charge.how,
            1.0 if charge.group == WITHIN_YEAR else float(discount),
        )
        for charge in _charges(terms)
        for month, discount in zip(calendar.months, calendar.month_discount, strict=True)
    )


def amounts(counts: Counts, terms: Terms) -> tuple[Floats, Floats]:
    """Quantities and amounts (undiscounted, in the scenario's currency) aligned with `items`."""
    charges = _charges(terms)
    if not charges:
        return np.zeros(0), np.zeros(0)
    return (
        np.concatenate([charge.quantity(counts) for charge in charges]),
        np.concatenate([_amount(charge, counts) for charge in charges]),
    )


def totals(amounts: Floats, terms: Terms) -> Floats:
    """The three `TOTALS` of the horizon, from amounts aligned with `items` on the last axis."""
    every = items(terms)
    discounts = np.array([item.discount for item in every])
    member = [[item.group in groups for item in every] for groups in TOTALS.values()]
    weights = np.array(member, dtype=np.float64).reshape(len(TOTALS), len(every)) * discounts
    return np.asarray((amounts[..., np.newaxis, :] * weights).sum(axis=-1))


def team_costs(counts: Counts, terms: Terms) -> Floats:
    """The full cost of each team, discounted: pay and overtime, or fees and all that goes with
    the contract."""
    costs = np.zeros(len(terms.names.teams))
    for charge in staff_charges(terms):
        costs[charge.team] += (_amount(charge, counts) * terms.calendar.month_discount).sum()
    return costs


def _charges(terms: Terms) -> list[Charge]:
    return [*staff_charges(terms), *running_charges(terms), *loss_charges(terms)]


def _amount(charge: Charge, counts: Counts) -> Floats:
    if charge.amount is not None:
        return charge.amount(counts)
    return charge.quantity(counts) * (charge.price or 0.0)
