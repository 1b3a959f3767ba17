"""What service sells: a margin that is taken off the total economic cost (MODEL.md section 8)."""

from sim.accounting.charge import SALES, Charge, Monthly
from sim.accounting.issues import PRICED
from sim.terms import Terms

_SOLD = PRICED.index("sold")


def sales_charges(terms: Terms) -> list[Charge]:
    """The sales of each reason that has a margin; their amounts are below zero."""
    return [
        Charge(SALES, "sales margin", name, "sales", -float(margin), _sold(reason))
        for reason, (name, margin) in enumerate(
            zip(terms.names.reasons, terms.tariff.sales, strict=True)
        )
        if margin > 0.0
    ]


def _sold(reason: int) -> Monthly:
    return lambda counts: counts.issues.priced[:, reason, _SOLD]
