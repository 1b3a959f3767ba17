"""Worlds made by hand are played on every engine."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.agreement.by_hand import Story, story, world
from tests.engines import ENGINES, engines_of


@pytest.fixture(params=ENGINES)
def play(request: pytest.FixtureRequest) -> Callable[..., Story]:
    """Plays a world: `play(scenario_text, issues, people=..., messages=..., grain=...)`."""

    def play(*world_parts: Any, **more: Any) -> Story:
        demand = world(*world_parts, **more)
        if request.param not in engines_of(demand.tables):
            pytest.skip("this engine cannot play it yet")
        return story(demand, request.param)

    return play
