"""The reference pages of the documentation, made from what the program itself says."""

from sim.report.reference.measures import measures_page
from sim.report.reference.scenario import scenario_page
from sim.report.reference.verification import verification_page

PAGES = {
    "scenario.md": scenario_page,
    "measures.md": measures_page,
    "verification.md": verification_page,
}
"""By the name of its file in docs/reference what a page says."""
