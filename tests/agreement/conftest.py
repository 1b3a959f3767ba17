"""Worlds made by hand are played on every engine."""

from collections.abc import Callable

import pytest

from tests.agreement.by_hand import Story, story, world
from tests.engines import ENGINES


@pytest.fixture(params=ENGINES)
def play(request: pytest.FixtureRequest) -> Callable[..., Story]:
    """Plays a world: `play(scenario_text, issues, people=..., messages=..., grain=...)`."""
    return lambda *world_parts, **more: story(world(*world_parts, **more), request.param)
