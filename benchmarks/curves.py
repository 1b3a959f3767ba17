"""How the cost of a contact and the memory grow: with the horizon, and with the size."""

import resource
import sys
from collections.abc import Iterator

from benchmarks.workload import nanoseconds_a_call, run

DAYS = (1, 7, 35, 365, 3650)
AGENTS = (10, 50, 100, 500, 1000, 5000)
CALLS_PER_AGENT = 12.0
"""Calls an hour that keep one agent of W1 busy."""


def horizon() -> Iterator[tuple[str, int, float, float]]:
    """W1 with 10 agents from a day to ten years: label, calls, ns a call, peak MB so far."""
    for days in DAYS:
        yield _point(f"{days:,} days", 10, days)


def size() -> Iterator[tuple[str, int, float, float]]:
    """W1 with 10 to 5,000 agents at the same load, about a million calls each (at most a year)."""
    for agents in AGENTS:
        days = min(365, max(1, round(1e6 / (24 * CALLS_PER_AGENT * agents))))
        yield _point(f"{agents:,} agents", agents, days)


def _point(label: str, agents: int, days: int) -> tuple[str, int, float, float]:
    overrides = (
        f"horizon={days} days",
        f"teams.agents.agents={agents}",
        f"reasons.call.volume.per_hour={CALLS_PER_AGENT * agents}",
    )
    result = run("w1", overrides=overrides)
    return label, int(result["calls"]), nanoseconds_a_call(result), _peak()


def _peak() -> float:
    """The most memory that this process has had, MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
