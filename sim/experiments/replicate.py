"""Replications: the same days lived again with other luck, for one strategy or for several.

Replication r of every strategy meets the same customers with the same luck, whatever the number of
workers and the order in which they finish.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import takewhile

from sim.experiments.replication import Figures
from sim.experiments.workers import Task, in_processes, in_threads, one_by_one
from sim.scenario.scenario import Scenario

Progress = Callable[[float, int], None]
"""Is told how many simulations are done, those under way in part, and of how many."""
ENGINES = ("kernel", "reference")
REPLICATIONS = 20
"""How many, if nothing is said."""


def in_silence(done: float, of: int) -> None:
    """Tells nobody how far it is."""


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
    first: int = 0,
) -> list[list[Figures]]:
    """For each scenario so many replications in order, from number `first` on.

    `progress` is told how many of all simulations are done. Raises Stopped on Ctrl-C.
    """
    numbers = range(first, first + replications)
    tasks = [(s, r) for r in numbers for s in range(len(scenarios))]
    done: dict[Task, Figures] = {}
    if workers == 1:
        results = one_by_one(scenarios, tasks, seed, engine)
    elif engine == "kernel":
        results = in_threads(scenarios, tasks, seed, engine, workers)
    else:
        results = in_processes(scenarios, tasks, seed, engine, workers)
    each = range(len(scenarios))
    try:
        with closing(results):
            for result in results:
                if isinstance(result, float):
                    progress(len(done) + result, len(tasks))
                else:
                    task, figures = result
                    done[task] = figures
                    progress(len(done), len(tasks))
    except KeyboardInterrupt:
        whole = list(takewhile(lambda r: all((s, r) in done for s in each), numbers))
        raise Stopped([[done[s, r] for r in whole] for s in each]) from None
    return [[done[s, r] for r in numbers] for s in each]
