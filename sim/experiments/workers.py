"""Simulations one after another, or side by side: threads for the kernel, processes for SimPy."""

import signal
import threading
from collections.abc import Generator, Iterator, MutableSequence, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from queue import Empty, SimpleQueue
from typing import Any

from sim.experiments.replication import Figures, Steps, carry_on, must_compile, playing
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.tables.tables import Tables

Task = tuple[int, int]
"""Which scenario, and which replication."""
Results = Generator[tuple[Task, Figures] | float, None, None]
"""Figures as they come, and now and then how much is done of the simulations under way, in all; to
be closed if no more are wanted."""
Board = MutableSequence[float]
"""Where each worker, at its place, notes which share of its simulation is done; the last place is 1
if all are to stop. A process that is ended from outside may be in the middle of telling its result,
and leave its parent waiting for the rest for ever."""

_AHEAD = 2
"""Simulations for each worker that are begun or waiting to be; what comes after them may depend on
what they come to."""
_PAUSE = 0.5
"""Seconds after which progress is told though no simulation has ended."""


@dataclass(frozen=True)
class Manner:
    """How everything is to be simulated."""

    seed: int
    engine: str
    first: int = 0
    """The number of the replication that tasks call 0."""
    controls: bool = False
    """Whether to note what control variates need."""


def results_of(
    scenarios: Sequence[Scenario],
    tasks: Iterator[Task],
    manner: Manner,
    workers: int,
    longest: int,
) -> Results:
    """Simulate with so many workers, as suits the engine; there are at most `longest` tasks."""
    if workers == 1:
        return one_by_one(scenarios, tasks, manner)
    if manner.engine == "kernel":
        return in_threads(scenarios, tasks, manner, workers)
    return in_processes(scenarios, tasks, manner, min(workers, longest))


def one_by_one(scenarios: Sequence[Scenario], tasks: Iterator[Task], manner: Manner) -> Results:
    """Simulate where the program runs."""
    tables = [tables_of(scenario) for scenario in scenarios]
    for task in tasks:
        figures = yield from _playing(tables, task, manner)
        yield task, figures


def in_threads(
    scenarios: Sequence[Scenario], tasks: Iterator[Task], manner: Manner, workers: int
) -> Results:
    """Simulate in threads of this process."""
    tables = [tables_of(scenario) for scenario in scenarios]
    if must_compile(manner.engine):  # threads that compile wait for one another
        first = next(tasks)
        figures = yield from _playing(tables, first, manner)
        yield first, figures
    board = [0.0] * (workers + 1)
    places: SimpleQueue[int] = SimpleQueue()
    for place in range(workers):
        places.put(place)
    pool = ThreadPoolExecutor(workers, initializer=_begin_work, initargs=(tables, board, places))
    yield from _as_done(pool, tasks, manner, board)


def in_processes(
    scenarios: Sequence[Scenario], tasks: Iterator[Task], manner: Manner, workers: int
) -> Results:
    """Simulate in processes of their own."""
    # Fresh processes: a fork of a process that has threads can hang, and Windows has no fork.
    context = get_context("spawn")
    board: Board = context.RawArray("d", workers + 1)
    places = context.SimpleQueue()
    for place in range(workers):
        places.put(place)
    pool = ProcessPoolExecutor(
        workers, context, initializer=_begin_process, initargs=(scenarios, board, places)
    )
    yield from _as_done(pool, tasks, manner, board)


def _as_done(
    pool: Executor,
    tasks: Iterator[Task],
    manner: Manner,
    board: Board,
) -> Results:
    """Results as they come. When nobody wants them any more, what is not begun is given up, and
    what is under way stops at the end of its day."""
    ended: SimpleQueue[Future[Figures]] = SimpleQueue()
    task_of: dict[Future[Figures], Task] = {}

    def submit(number: int) -> None:
        for task in islice(tasks, number):
            future = pool.submit(_work, task, manner)
            task_of[future] = task
            future.add_done_callback(ended.put)

    workers = len(board) - 1
    try:
        with _deaf_to_ctrl_c():
            submit(workers)
        submit((_AHEAD - 1) * workers)
        while task_of:
            try:
                future = ended.get(timeout=_PAUSE)
            except Empty:
                yield sum(board[:-1])
                continue
            yield task_of.pop(future), future.result()
            submit(1)
    except BaseException:
        board[-1] = 1.0
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ctrl-C is not heard, and never by a process that begins meanwhile: a terminal sends it to all
    processes, but it is the parent's affair."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ----------------------------------------------------------------------------------------- workers


class _Unwanted(Exception):
    """Nobody waits for this simulation any more."""


_self: Any = threading.local()
"""What a worker has: the scenarios in numbers as `tables`, the `board` and its `place` there."""


def _begin_work(tables: Sequence[Tables], board: Board, places: "SimpleQueue[int]") -> None:
    _self.tables, _self.board, _self.place = tables, board, places.get()


def _begin_process(scenarios: Sequence[Scenario], board: Board, places: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows it has not come with the process
    wanted = [] if board[-1] else scenarios
    _begin_work([tables_of(scenario) for scenario in wanted], board, places)


def _work(task: Task, manner: Manner) -> Figures:
    _note(0.0)
    try:
        return carry_on(_playing(_self.tables, task, manner), _note)
    finally:
        _self.board[_self.place] = 0.0


def _playing(tables: Sequence[Tables], task: Task, manner: Manner) -> Steps:
    scenario, nth = task
    number = manner.first + nth
    return playing(
        tables[scenario], manner.seed, number, manner.engine, with_controls=manner.controls
    )


def _note(share: float) -> None:
    if _self.board[-1]:
        raise _Unwanted
    _self.board[_self.place] = max(_self.board[_self.place], share)
