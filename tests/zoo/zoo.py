"""The zoo: small scenarios, each of which leans on one mechanism. `crowd` has them all."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from sim.demand import demand_of
from sim.logs import Logs
from sim.scenario.load import load
from sim.tables.build import tables_of
from sim.tables.tables import Tables
from tests.engines import ENGINES, played

NAMES = tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


def resolved(name: str, *overrides: str) -> dict[str, Any]:
    """A scenario of the zoo as plain values, which the caller may change."""
    return deepcopy(load(Path(__file__).parent / f"{name}.toml", overrides).resolved)


@cache
def tables(name: str, *overrides: str, grain: float = 0.0) -> Tables:
    """A scenario of the zoo in numbers, with `overrides` such as "teams.agents.agents=4"."""
    return tables_of(load(Path(__file__).parent / f"{name}.toml", overrides).scenario, grain)


@cache
def logs(
    name: str,
    *overrides: str,
    grain: float = 0.0,
    seed: int = 1,
    replication: int = 0,
    engine: str = ENGINES[0],
) -> Logs:
    """What happens in a scenario of the zoo; read only."""
    return played(demand_of(tables(name, *overrides, grain=grain), seed, replication), engine)
