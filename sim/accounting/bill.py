"""The bill, item by item (MODEL.md section 8): what, who, how many, at what price, in which month.

Which items there are follows from the terms alone, so that the bills of replications align. Amounts
are as paid; `discount` brings an item to the first counted day, and the totals are sums of items so
discounted.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sim.accounting.charge import CUSTOMERS, OPERATING, SALES, WITHIN_YEAR, WORD_OF_MOUTH, Charge
from sim.accounting.fold import Counts
from sim.accounting.losses import loss_charges
from sim.accounting.running_costs import running_charges
from sim.accounting.sales import sales_charges
from sim.accounting.staff_costs import staff_charges
from sim.terms import Floats, Ints, Terms

TOTALS = {
    "operating cost": (OPERATING,),
    "margin lost within 12 months": (WITHIN_YEAR,),
    "total economic cost": (OPERATING, CUSTOMERS, WORD_OF_MOUTH, SALES),
}
"""The three totals, and the groups of items that each adds up."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the bill. Its amount is quantity × price, or as `how` says without a price."""

    group: str
    """operating, loss within 12 months, customers, word of mouth, or sales."""
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
        for charge in _form(terms).charges
        for month, discount in zip(calendar.months, calendar.month_discount, strict=True)
    )


def amounts(counts: Counts, terms: Terms) -> tuple[Floats, Floats]:
    """Quantities and amounts (undiscounted, in the scenario's currency) aligned with `items`."""
    charges = _form(terms).charges
    if not charges:
        return np.zeros(0), np.zeros(0)
    quantities = [charge.quantity(counts) for charge in charges]
    sums = [
        charge.amount(counts) if charge.amount else quantity * (charge.price or 0.0)
        for charge, quantity in zip(charges, quantities, strict=True)
    ]
    return np.concatenate(quantities), np.concatenate(sums)


def totals(amounts: Floats, terms: Terms) -> Floats:
    """The three `TOTALS` of the horizon, from amounts aligned with `items` on the last axis."""
    return np.asarray((amounts[..., np.newaxis, :] * _form(terms).weights).sum(axis=-1))


def sales_margin(amounts: Floats, terms: Terms) -> float:
    """What is sold, discounted, from amounts aligned with `items`."""
    sold = [item.group == SALES for item in items(terms)]
    discounts = [item.discount for item in items(terms)]
    return 0.0 - float((amounts * discounts)[..., sold].sum())


def team_costs(amounts: Floats, terms: Terms) -> Floats:
    """The full cost of each team, discounted, from amounts aligned with `items`: pay and overtime,
    or fees and all that goes with the contract."""
    teams, discount = _form(terms).teams, terms.calendar.month_discount
    by_charge = (amounts.reshape(-1, len(discount)) * discount).sum(axis=1)
    costs, whose = np.zeros(len(terms.names.teams)), teams >= 0
    np.add.at(costs, teams[whose], by_charge[whose])
    return costs


@dataclass(frozen=True, eq=False)
class _Form:
    """What is the same in the bills of all replications."""

    charges: tuple[Charge, ...]
    weights: Floats
    """By total and item: the item's discount, or 0 if it is not in the total."""
    teams: Ints
    """The team whose cost each charge is, or -1."""


@lru_cache(maxsize=256)
def _form(terms: Terms) -> _Form:
    charges = (
        *staff_charges(terms),
        *running_charges(terms),
        *loss_charges(terms),
        *sales_charges(terms),
    )
    by_month = terms.calendar.month_discount
    undiscounted = np.ones_like(by_month)
    discounts = np.array(
        [undiscounted if charge.group == WITHIN_YEAR else by_month for charge in charges]
    ).reshape(len(charges), len(by_month))
    member = np.array(
        [[charge.group in groups for charge in charges] for groups in TOTALS.values()]
    )
    weights = member[..., np.newaxis] * discounts
    return _Form(
        charges=charges,
        weights=weights.reshape(len(TOTALS), -1),
        teams=np.array([charge.team for charge in charges], dtype=np.int64),
    )
