"""One kind of amount in the bill: what it is for, its price, and its quantity in each month."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.accounting.fold import Counts
from sim.terms import Floats

HOUR = 3600.0
MINUTE = 60.0

OPERATING, WITHIN_YEAR, CUSTOMERS, WORD_OF_MOUTH, SALES = (
    "operating",
    "loss within 12 months",
    "customers",
    "word of mouth",
    "sales",
)
"""The groups of the bill."""

Monthly = Callable[[Counts], Floats]
"""Numbers from a replication's counts, one for each counted month."""


@dataclass(frozen=True)
class Charge:
    """What is charged every month. Its amount is quantity × price, or, without a price, `amount`,
    whose formula is said in `how`."""

    group: str
    what: str
    who: str
    """The team, reason, notice, fix or segment; empty if it is the whole company's."""
    unit: str
    """Of the quantity."""
    price: float | None
    quantity: Monthly
    amount: Monthly | None = None
    how: str = ""
    """How the quantity or the amount is reckoned, where it is not plainly counted."""
    team: int = -1
    """The team whose cost it is."""
