"""The dashboard view against the true view: the same run by contact and by issue."""

from dataclasses import dataclass

from sim.accounting.definitions.measure import DASHBOARD_FCR


@dataclass(frozen=True)
class View:
    """One question, answered by contact as a dashboard does, and by issue as customers live it."""

    question: str
    dashboard: str
    """Name of the measure by contact."""
    true: str
    """Name of the measure by issue."""


VIEWS = (
    View("How many do we help?", "handled", "issues resolved"),
    View("Who gives up?", "abandonment", "issues abandoned at least once"),
    View("How long do they wait?", "ASA", "time waited per issue"),
    View("Do we solve it?", "resolved per contact", "share resolved"),
    View("Do we solve it the first time?", DASHBOARD_FCR, "FCR"),
    View("How much work is it?", "AHT", "handling time per resolved issue"),
    View("What does it cost?", "cost per contact", "cost per resolved issue"),
)
"""Asked and answered side by side."""
