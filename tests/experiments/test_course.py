"""Replications are added in order and as they are needed, whoever plays them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from sim.accounting.waits import kept
from sim.experiments import workers as working
from sim.experiments.replicate import Outlook, Stopped, replicate
from sim.experiments.replication import Figures
from sim.scenario.load import load
from sim.scenario.scenario import Scenario

TEXT = """\
horizon = "1 day"
reasons.call = { volume = { per_hour = 1.0 }, talk = { exponential = "4 min" } }
teams.agents = { agents = 2 }
"""


@pytest.fixture
def scenarios(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> list[Scenario]:
    """Three that take no time: their figures are the number of the replication."""

    def played(tables: Any, seed: int, replication: int, engine: str, **_: Any) -> Any:
        yield 0.5
        one, none = np.array([float(replication)]), np.empty(0)
        return Figures(one, one, none, none, none, kept(np.empty(0, dtype=np.uint32)))

    monkeypatch.setattr(working, "playing", played)
    (tmp_path / "one.toml").write_text(TEXT, encoding="utf-8")
    return [load(tmp_path / "one.toml").scenario] * 3


def told(figures: Sequence[Sequence[Figures]]) -> list[list[int]]:
    return [[int(one.numerators[0]) for one in own] for own in figures]


def course(
    scenarios: Sequence[Scenario],
    goal: Callable[[Any], Outlook] | None = None,
    *,
    workers: int = 1,
    progress: Callable[[float, int], None] = lambda done, of: None,
    at_most: int = 1_000,
) -> list[list[int]]:
    return told(
        replicate(
            scenarios,
            replications=4,
            seed=1,
            engine="kernel",
            workers=workers,
            progress=progress,
            goal=goal,
            at_most=at_most,
        )
    )


class Until:
    """A goal by which each scenario goes on until it has so many."""

    def __init__(self, *enough: int) -> None:
        self.enough = enough
        self.asked: list[list[int]] = []

    def __call__(self, figures: Sequence[Sequence[Figures]]) -> Outlook:
        have = [len(own) for own in figures]
        self.asked.append(have)
        assert told(figures) == [list(range(one)) for one in have]
        going = tuple(s for s, one in enumerate(have) if one < self.enough[s])
        return Outlook(going, max(self.enough))


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_each_strategy_gets_as_many_as_the_goal_wants_and_no_more(
    scenarios: list[Scenario], workers: int
) -> None:
    goal = Until(7, 4, 9)
    found = course(scenarios, goal, workers=workers)
    assert found == [list(range(7)), list(range(4)), list(range(9))]
    assert goal.asked == [[4, 4, 4], [5, 4, 5], [6, 4, 6], [7, 4, 7], [7, 4, 8], [7, 4, 9]]


def test_without_a_goal_each_gets_the_same(scenarios: list[Scenario]) -> None:
    assert course(scenarios, workers=3) == [[0, 1, 2, 3]] * 3


def test_the_limit_is_kept_and_the_goal_not_asked_when_it_is_reached(
    scenarios: list[Scenario],
) -> None:
    goal = Until(99, 99, 4)
    assert [len(own) for own in course(scenarios, goal, at_most=6, workers=2)] == [6, 6, 4]
    assert goal.asked == [[4, 4, 4], [5, 5, 4]]


def test_progress_is_of_an_unknown_number_until_the_goal_has_been_asked(
    scenarios: list[Scenario],
) -> None:
    seen: list[tuple[float, int]] = []
    course(scenarios, Until(6, 4, 6), progress=lambda done, of: seen.append((done, of)))
    whole = [(done, of) for done, of in seen if done == int(done)]
    assert {of for done, of in whole if done < 12} == {0}
    assert whole[-1] == (16, 16)
    assert (12, 16) in whole


def test_stopped_it_keeps_the_replications_that_every_strategy_still_going_has(
    scenarios: list[Scenario],
) -> None:
    def stop(done: float, of: int) -> None:
        if done == 15:
            raise KeyboardInterrupt

    with pytest.raises(Stopped) as stopped:
        course(scenarios, Until(9, 4, 9), progress=stop)
    assert told(stopped.value.finished) == [list(range(5)), list(range(4)), list(range(5))]
