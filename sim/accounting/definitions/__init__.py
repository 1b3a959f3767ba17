"""The catalogue of measures (MODEL.md section 9): what each is called, and what it is exactly.

Data, not code: a measure names the columns (`sim.accounting.columns`) that make up its numerator
and its denominator, or the histograms (`sim.accounting.waits`) whose quantile it is, and the kinds
of row that have it.
"""

from sim.accounting.definitions.agents import AGENT_MEASURES
from sim.accounting.definitions.contacts import CONTACT_MEASURES, SERVICE_MEASURES
from sim.accounting.definitions.customers import CUSTOMER_MEASURES
from sim.accounting.definitions.issues import FAILURE_MEASURES, ISSUE_MEASURES
from sim.accounting.definitions.measure import CURRENCY, Measure
from sim.accounting.definitions.money import MONEY_MEASURES
from sim.accounting.definitions.views import VIEWS, View
from sim.accounting.definitions.waits import WAIT_MEASURES, Quantile

__all__ = [
    "CURRENCY",
    "FAILURE_MEASURES",
    "MEASURES",
    "VIEWS",
    "WAIT_MEASURES",
    "Measure",
    "Quantile",
    "View",
]

MEASURES: tuple[Measure | Quantile, ...] = (
    *CONTACT_MEASURES,
    *SERVICE_MEASURES,
    *WAIT_MEASURES,
    *AGENT_MEASURES,
    *ISSUE_MEASURES,
    *FAILURE_MEASURES,
    *CUSTOMER_MEASURES,
    *MONEY_MEASURES,
)
"""All measures, in the order in which they are told."""
