"""Properties hold in the zoo, in scenarios made by chance, and on a coarse clock."""

import pytest

from tests.engines import ENGINES
from tests.properties import random_scenarios
from tests.properties.worlds import World, world_of
from tests.zoo import zoo

COARSE = 30.0
_WORLDS = [
    *[(name, 0.0) for name in zoo.NAMES],
    *[(number, 0.0) for number in random_scenarios.NUMBERS],
    *[(number, COARSE) for number in (*random_scenarios.NUMBERS[:6], "crowd", "closing-serve")],
]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=_WORLDS, ids=lambda of: f"{of[0]}-coarse" if of[1] else f"{of[0]}")
def world(request: pytest.FixtureRequest) -> World:
    """On one engine: another test says that all tell the same."""
    return world_of(*request.param, ENGINES[0])
