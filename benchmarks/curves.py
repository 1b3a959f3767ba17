"""How the cost of a contact and the memory grow: with the horizon, the size, and replications."""

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.workload import nanoseconds_a_call

DAYS = (4, 35, 365, 3650)
AGENTS = (10, 50, 100, 500, 1000, 5000)
REPLICATIONS = (1, 10, 100, 1000)
CALLS_PER_AGENT = 12.0
"""Calls an hour that keep one agent of W1 busy."""

Point = tuple[str, int, float, float]
"""Label, calls, ns a call, and the most memory that the process had, MB."""


def horizon() -> Iterator[Point]:
    """W1 with 10 agents, from four days (10,000 calls) to ten years (10,000,000)."""
    for days in DAYS:
        yield _point(f"{days:,} days", "w1", 1, _of(10, days))


def size() -> Iterator[Point]:
    """W1 with 10 to 5,000 agents at the same load, about a million calls each (at most a year)."""
    for agents in AGENTS:
        days = min(365, max(1, round(1e6 / (24 * CALLS_PER_AGENT * agents))))
        yield _point(f"{agents:,} agents", "w1", 1, _of(agents, days))


def replications() -> Iterator[Point]:
    """A day of W1 with 50 agents (14,000 calls), over and over."""
    for count in REPLICATIONS:
        yield _point(f"{count:,} replications", "w1", count, _of(50, 1))


def _of(agents: int, days: int) -> tuple[str, ...]:
    return (
        f"horizon={days} days",
        f"teams.agents.agents={agents}",
        f"reasons.call.volume.per_hour={CALLS_PER_AGENT * agents}",
    )


def _point(label: str, name: str, count: int, overrides: tuple[str, ...]) -> Point:
    """A process of its own: the most memory that one had is never less later."""
    command = [sys.executable, "-m", "benchmarks", name, "--replications", str(count)]
    for override in overrides:
        command += ["--set", override]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(told.stdout)
    return label, int(result["calls"]), nanoseconds_a_call(result), float(result["peak_mb"])
