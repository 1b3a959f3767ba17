"""Both engines tell the same story, bit for bit (DESIGN.md section 2).

The zoo and all scenarios that are shipped are played on a continuous clock and on one that ticks
every 30 seconds, where everything ties. A failure shows the first row that differs, and the events
before it.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim import codes
from sim.demand import demand_of
from sim.scenario.load import load
from sim.tables.build import tables_of
from sim.tables.tables import Tables
from tests.agreement.difference import first_difference
from tests.engines import ENGINES, played
from tests.zoo import zoo

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = sorted(
    path.relative_to(SCENARIOS).with_suffix("").as_posix()
    for path in SCENARIOS.rglob("*.toml")
    if path.stem != "study"
)
SHORTER = {
    "bank": ("horizon=1 day",),
    "do-over": ("horizon=9 days", "warm_up=1 day"),
    "textbook": ("horizon=1 day",),
}
"""What is changed in the scenarios of a folder so that SimPy plays them in a second or two: no
mechanism is lost (the do-over's incident comes on day 8)."""


def scenario_of(name: str, grain: float) -> Tables:
    """A shipped scenario in numbers."""
    shorter = SHORTER.get(name.partition("/")[0], ())
    return tables_of(load(SCENARIOS / f"{name}.toml", shorter).scenario, grain)


def agree(tables: Tables, seed: int) -> None:
    """Raises AssertionError unless all engines that can play it tell the same."""
    first, *others = (played(demand_of(tables, seed, 0), engine) for engine in ENGINES)
    for other in others:
        assert first_difference(first, other) == ""


@pytest.mark.parametrize("grain", [0.0, 30.0])
@pytest.mark.parametrize("name", zoo.NAMES)
def test_the_kernel_tells_what_the_reference_engine_tells(name: str, grain: float) -> None:
    for seed in (1, 2, 3):
        agree(zoo.tables(name, grain=grain), seed)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))]
)
@pytest.mark.parametrize("grain", [0.0, 30.0])
@pytest.mark.parametrize("name", FILES)
def test_they_agree_on_every_scenario_that_is_shipped(name: str, grain: float, seed: int) -> None:
    agree(scenario_of(name, grain), seed)


def test_nothing_of_the_flagship_study_is_lost_by_shortening_it() -> None:
    logs = played(demand_of(scenario_of("do-over/do-over", 0.0), 1, 0))
    assert set(logs.outreach["kind"].tolist()) == set(range(len(codes.OUTREACH)))
    assert set(logs.issues["why"].tolist()) >= {codes.FIRST, codes.AVOIDABLE, codes.INCIDENT}
    assert set(logs.issues["closing"].tolist()) == set(range(len(codes.CLOSINGS)))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_they_agree_on_every_scenario_that_is_shipped_at_its_full_length(name: str) -> None:
    agree(tables_of(load(SCENARIOS / f"{name}.toml").scenario), 1)


@pytest.mark.parametrize("name", ["crowd", "notices", "closing-serve"])
def test_days_played_side_by_side_in_threads_are_the_same_days(name: str) -> None:
    """Replications that share tables, demand and the compiled code."""
    replications = [demand_of(zoo.tables(name), 1, replication) for replication in (0, 1, 2, 0, 1)]
    alone = [played(demand, "kernel") for demand in replications]
    with ThreadPoolExecutor(len(replications)) as pool:
        together = list(pool.map(lambda demand: played(demand, "kernel"), replications))
    for one, other in zip(alone, together, strict=True):
        assert first_difference(one, other) == ""
