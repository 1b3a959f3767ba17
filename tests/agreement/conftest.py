"""Worlds made by hand are played on every engine."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.agreement.by_hand import Story, story, world
from tests.engines import ENGINES


@pytest.fixture(params=ENGINES)
def play(request: pytest.FixtureRequest) -> Callable[..., Story]:
    """Plays a world: `play(scenario_text, issues, people=..., messages=..., grain=...)`."""

    def play(*world_parts: Any, **more: Any) -> Story:
        return story(world(*world_parts, **more), request.param)

    return play
