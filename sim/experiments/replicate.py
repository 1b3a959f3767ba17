"""Replications: the same days lived again with other luck, for one strategy or for several.

Replication r of every strategy meets the same customers with the same luck, whatever the number of
workers and the order in which they finish.
"""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from multiprocessing import get_context
from types import ModuleType

import numpy as np
import numpy.typing as npt

from sim.accounting import bill, fold, measures
from sim.demand import demand_of
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.tables.tables import Tables

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
ENGINES = ("kernel", "reference")
REPLICATIONS = 20
"""How many, if nothing is said."""


def in_silence(done: int, of: int) -> None:
    """Tells nobody how far it is."""


@dataclass(frozen=True)
class Figures:
    """What one replication of one strategy comes to."""

    numerators: Floats
    """Of the measures, in the order of their catalogue."""
    denominators: Floats
    quantities: Floats
    """Of the bill, in the order of its items."""
    amounts: Floats


class Stopped(Exception):
    """The user stopped a run; `finished` holds, for each strategy, the first replications that
    every strategy has completed; none that ended before its turn, for quick ones are quiet ones."""

    def __init__(self, finished: list[list[Figures]]) -> None:
        self.finished = finished
        super().__init__(f"{len(finished[0])} replications finished")


def simulate(tables: Tables, seed: int, replication: int, engine: str) -> Figures:
    """One replication of one strategy, played, counted and priced."""
    terms = tables.terms
    counts = fold.empty(terms)
    for logs in engine_named(engine).run(demand_of(tables, seed, replication)):
        fold.add(counts, logs, terms)
    return Figures(*measures.figures(counts, terms), *bill.amounts(counts, terms))


def engine_named(engine: str) -> ModuleType:
    """The engine of this name, one of `ENGINES`: a module with a function `run`."""
    if engine == "kernel":
        from sim.engines import kernel

        return kernel
    from sim.engines import reference

    return reference


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
    done: dict[tuple[int, int], Figures] = {}
    if workers == 1:
        results = _one_by_one(scenarios, tasks, seed, engine)
    elif engine == "kernel":
        results = _in_threads(scenarios, tasks, seed, engine, workers)
    else:
        results = _in_processes(scenarios, tasks, seed, engine, workers)
    each = range(len(scenarios))
    try:
        with closing(results):
            for task, figures in results:
                done[task] = figures
                progress(len(done), len(tasks))
    except KeyboardInterrupt:
        whole = list(takewhile(lambda r: all((s, r) in done for s in each), numbers))
        raise Stopped([[done[s, r] for r in whole] for s in each]) from None
    return [[done[s, r] for r in numbers] for s in each]


Task = tuple[int, int]
"""Which scenario, and which replication."""
Results = Generator[tuple[Task, Figures], None, None]
"""Figures as they come; to be closed if no more are wanted."""


def _one_by_one(
    scenarios: Sequence[Scenario], tasks: Sequence[Task], seed: int, engine: str
) -> Results:
    tables = [tables_of(scenario) for scenario in scenarios]
    for task in tasks:
        yield task, simulate(tables[task[0]], seed, task[1], engine)


def _in_threads(
    scenarios: Sequence[Scenario], tasks: Sequence[Task], seed: int, engine: str, workers: int
) -> Results:
    tables = [tables_of(scenario) for scenario in scenarios]
    # The first one alone, for threads that compile wait for one another.
    yield tasks[0], simulate(tables[tasks[0][0]], seed, tasks[0][1], engine)
    pool = ThreadPoolExecutor(workers)
    yield from _as_done(
        pool,
        tasks[1:],
        lambda task: pool.submit(simulate, tables[task[0]], seed, task[1], engine),
    )


def _in_processes(
    scenarios: Sequence[Scenario], tasks: Sequence[Task], seed: int, engine: str, workers: int
) -> Results:
    # Fresh processes: a fork of a process that has threads can hang, and Windows has no fork.
    pool = ProcessPoolExecutor(
        min(workers, len(tasks)),
        get_context("spawn"),
        initializer=_begin_work,
        initargs=(scenarios,),
    )
    yield from _as_done(pool, tasks, lambda task: pool.submit(_work, *task, seed, engine))


def _as_done(
    pool: Executor, tasks: Sequence[Task], submit: Callable[[Task], Future[Figures]]
) -> Results:
    """Results as they come; what is not begun is given up when nobody wants them any more."""
    try:
        futures = {submit(task): task for task in tasks}
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_tables: list[Tables] = []
"""A worker's scenarios in numbers."""


def _begin_work(scenarios: Sequence[Scenario]) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tables.extend(tables_of(scenario) for scenario in scenarios)


def _work(scenario: int, replication: int, seed: int, engine: str) -> Figures:
    return simulate(_tables[scenario], seed, replication, engine)
