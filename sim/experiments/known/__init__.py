"""What is known of the scenarios of scenarios/verification, from `sim.theory` and their numbers."""

from sim.experiments.known.again import AGAIN
from sim.experiments.known.claim import Case, Claim, Figure, Runs, Spread, Sum, place_of
from sim.experiments.known.customers import CUSTOMERS
from sim.experiments.known.days import DAYS
from sim.experiments.known.identities import IDENTITIES
from sim.experiments.known.queues import QUEUES
from sim.experiments.known.teams import TEAMS

__all__ = ["CASES", "Case", "Claim", "Figure", "Runs", "Spread", "Sum", "place_of"]

CASES = (*QUEUES, *AGAIN, *TEAMS, *DAYS, *CUSTOMERS, *IDENTITIES)
"""In the order in which they are told."""
