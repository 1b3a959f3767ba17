"""One replication of one strategy: played, counted and priced."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from types import ModuleType

import numpy as np
import numpy.typing as npt

from sim.accounting import bill, fold, measures
from sim.accounting.waits import Waits, kept
from sim.demand import demand_of
from sim.experiments.controls import noting
from sim.jit import first_use
from sim.logs import Logs
from sim.tables.tables import Tables

Floats = npt.NDArray[np.float64]
Steps = Generator[float, None, "Figures"]
"""A simulation a batch of logs at a time: yields which share of its days has been played."""


@dataclass(frozen=True)
class Figures:
    """What one replication of one strategy comes to."""

    numerators: Floats
    """Of the measures, in the order of their catalogue."""
    denominators: Floats
    quantities: Floats
    """Of the bill, in the order of its items."""
    amounts: Floats
    controls: Floats
    """What the customers brought beyond what was to be expected (`controls`); empty if not asked
    for."""
    waits: Waits
    """For quantiles."""


def simulate(tables: Tables, seed: int, replication: int, engine: str) -> Figures:
    """One replication of one strategy, played, counted and priced."""
    return carry_on(playing(tables, seed, replication, engine), lambda _: None)


def playing(
    tables: Tables,
    seed: int,
    replication: int,
    engine: str,
    keep: Callable[[Logs], None] = lambda _: None,
    *,
    with_controls: bool = False,
) -> Steps:
    """The same, a batch of logs at a time, each of which is handed to `keep`; with or without what
    control variates need."""
    terms = tables.terms
    counts = fold.empty(terms)
    demand = demand_of(tables, seed, replication)
    brought = noting(demand) if with_controls else None
    for logs in engine_named(engine).run(brought or demand):
        fold.add(counts, logs, terms)
        keep(logs)
        yield _latest(logs) / terms.calendar.horizon
    return Figures(
        *measures.figures(counts, terms),
        *bill.amounts(counts, terms),
        brought.surplus() if brought else np.empty(0),
        kept(counts.traffic.waits),
    )


def _latest(logs: Logs) -> float:
    """When the last contact of these logs arrived, seconds; 0 if they tell of none."""
    return float(logs.contacts["arrived"].max(initial=0.0))


def carry_on(steps: Steps, tell: Callable[[float], None]) -> Figures:
    """What a simulation comes to; `tell` is told each share that it yields, and may stop it by
    raising."""
    while True:
        try:
            share = next(steps)
        except StopIteration as end:
            figures: Figures = end.value
            return figures
        tell(share)


def engine_named(engine: str) -> ModuleType:
    """The engine of this name, one of `ENGINES`: a module with a function `run`."""
    if engine == "kernel":
        from sim.engines import kernel

        return kernel
    from sim.engines import reference

    return reference


def must_compile(engine: str) -> bool:
    """Whether the rules of this engine have not been compiled yet on this machine."""
    if engine == "kernel":
        from sim.engines.kernel.loop import play

        return first_use(play)
    return first_use()
