"""Replications: the same days lived again with other luck, for one strategy or for several.

Replication r of every strategy meets the same customers with the same luck, whatever the number of
workers and the order in which they finish.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from sim.experiments.replication import Figures
from sim.experiments.workers import Manner, Task, results_of
from sim.scenario.scenario import Scenario

Progress = Callable[[float, int], None]
"""Is told how many simulations are done, those under way in part, and of about how many; of 0 as
long as nobody knows."""
ENGINES = ("kernel", "reference")
REPLICATIONS = 20
"""How many, if nothing is said."""
AT_MOST = 1_000
"""How many, if a precision or a choice asks for more and more."""


def in_silence(done: float, of: int) -> None:
    """Tells nobody how far it is."""


@dataclass(frozen=True)
class Outlook:
    """What is still to be simulated."""

    going: tuple[int, ...]
    """Scenarios that need a further replication."""
    expected: int
    """About how many replications there will be of one that needs most."""


Goal = Callable[[Sequence[Sequence[Figures]]], Outlook]
"""Is asked after the first replications of every scenario, and after each further one of those that
go on, with what all of them came to."""


class Stopped(Exception):
    """The user stopped a run; `finished` holds, for each strategy, the first replications that
    every strategy has completed; none that ended before its turn, for quick ones are quiet ones."""

    def __init__(self, finished: list[list[Figures]]) -> None:
        self.finished = finished
        super().__init__(f"{len(finished[0])} replications finished")


def replicate(
    scenarios: Sequence[Scenario],
    *,
    replications: int,
    seed: int,
    engine: str,
    workers: int,
    progress: Progress,
    goal: Goal | None = None,
    at_most: int = AT_MOST,
    controls: bool = False,
    first: int = 0,
) -> list[list[Figures]]:
    """For each scenario so many replications in order, from number `first` on.

    With a `goal` they are the first of as many as it asks for, at most so many; what is simulated
    ahead of an answer and turns out not to be needed is dropped. `progress` is told how many of all
    simulations are done. `controls`: whether to note what control variates need. Raises Stopped on
    Ctrl-C.
    """
    course = _Course(len(scenarios), replications, max(at_most, replications), goal)
    manner = Manner(seed, engine, first, controls)
    results = results_of(scenarios, course.tasks(), manner, workers, course.longest)
    try:
        with closing(results):
            for result in results:
                if isinstance(result, float):
                    progress(course.done + result, course.expected)
                    continue
                course.take(*result)
                progress(course.done, course.expected)
                if course.ended:
                    break
    except KeyboardInterrupt:
        raise Stopped(course.figures) from None
    return course.figures


class _Course:
    """Which simulations are wanted next, and what those that have ended come to, in order."""

    def __init__(self, scenarios: int, first: int, most: int, goal: Goal | None) -> None:
        self.figures: list[list[Figures]] = [[] for _ in range(scenarios)]
        self.done = 0
        self.expected = 0 if goal else scenarios * first
        self.longest = scenarios * (most if goal else first)
        self._goal, self._first = goal, first
        self._most = most if goal else first
        self._going = tuple(range(scenarios))
        self._rounds = 0
        self._early: dict[Task, Figures] = {}

    @property
    def ended(self) -> bool:
        """Whether nothing more is wanted."""
        return not self._going or self._rounds == self._most

    def tasks(self) -> Iterator[Task]:
        """What to simulate, one replication of all scenarios after another; asked for when there
        is a worker for it, so it may run some ahead of what is known to be needed."""
        for replication in range(self._most):
            for scenario in range(len(self.figures)):
                if scenario in self._going:
                    yield scenario, replication

    def take(self, task: Task, figures: Figures) -> None:
        """Note what a simulation came to."""
        self.done += 1
        self._early[task] = figures
        while not self.ended and all((s, self._rounds) in self._early for s in self._going):
            for scenario in self._going:
                self.figures[scenario].append(self._early.pop((scenario, self._rounds)))
            self._rounds += 1
            if self._goal and self._first <= self._rounds < self._most:
                self._look_ahead(self._goal(self.figures))

    def _look_ahead(self, outlook: Outlook) -> None:
        self._going = outlook.going
        still = max(0, min(outlook.expected, self._most) - self._rounds)
        have = sum(len(own) for own in self.figures)
        self.expected = have + still * len(self._going)
