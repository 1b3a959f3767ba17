"""Many scenarios on the same luck, a point after another: what sweeps, frontiers and studies run.

Of each replication only the figures of the whole counted time and the bill are kept: a curve of
hundreds of points would fill the memory with tables by interval that it never shows.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from sim.accounting.measures import lines_of_whole
from sim.accounting.waits import NO_WAITS
from sim.experiments.replicate import Progress
from sim.experiments.replication import Figures
from sim.experiments.store import Store, key_of
from sim.experiments.workers import Manner, Task, results_of
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of


@dataclass(frozen=True)
class Lot:
    """How every point is to be simulated."""

    replications: int
    seed: int
    engine: str
    workers: int
    store: Store | None = None
    """Where finished points are kept, if they are."""


class PointsStopped(Exception):
    """The user stopped; `figures` has the first replications of each point, of some none."""

    def __init__(self, figures: list[list[Figures]]) -> None:
        self.figures = figures
        super().__init__("stopped")


def simulate_points(
    scenarios: Sequence[Scenario], lot: Lot, progress: Progress
) -> list[list[Figures]]:
    """For each scenario its replications, without tables by interval and quantiles of waits.

    What is kept of an earlier run is taken from there; points that are the same are run once.
    `progress` is told of the simulations that are to be run. Raises PointsStopped on Ctrl-C; what
    was finished until then is kept.
    """
    keys = [key_of(one, lot.seed, lot.engine) for one in scenarios]
    unlike = dict(zip(keys, scenarios, strict=True))
    found = {key: _kept(key, lot) for key in unlike}
    missing = [key for key in unlike if len(found[key]) < lot.replications]
    try:
        if missing:
            _run([unlike[key] for key in missing], [found[key] for key in missing], lot, progress)
    except KeyboardInterrupt:
        raise PointsStopped([found[key] for key in keys]) from None
    return [found[key] for key in keys]


def whole(figures: Figures, lines: int) -> Figures:
    """The first so many lines of the catalogue, those of the whole counted time, and the bill."""
    return replace(
        figures,
        numerators=figures.numerators[:lines].copy(),
        denominators=figures.denominators[:lines].copy(),
        waits=NO_WAITS,
    )


def _kept(key: str, lot: Lot) -> list[Figures]:
    return lot.store.load(key)[: lot.replications] if lot.store else []


def _run(
    scenarios: Sequence[Scenario], figures: Sequence[list[Figures]], lot: Lot, progress: Progress
) -> None:
    """Add what is missing to the figures of each scenario, one point after another."""
    begun = [len(own) for own in figures]
    of = sum(lot.replications - have for have in begun)
    early: dict[Task, Figures] = {}
    done = 0
    results = results_of(
        scenarios, _tasks(begun, lot.replications), Manner(lot.seed, lot.engine), lot.workers, of
    )
    lines = [len(lines_of_whole(tables_of(scenario).terms)) for scenario in scenarios]
    try:
        with closing(results):
            for result in results:
                if isinstance(result, float):
                    progress(done + result, of)
                    continue
                task, simulated = result
                point, own = task[0], figures[task[0]]
                early[task] = whole(simulated, lines[point])
                while (point, len(own)) in early:
                    own.append(early.pop((point, len(own))))
                done += 1
                progress(done, of)
                if len(own) == lot.replications:
                    _keep(scenarios[point], own, lot)
    finally:
        for scenario, own, have in zip(scenarios, figures, begun, strict=True):
            if have < len(own) < lot.replications:
                _keep(scenario, own, lot)


def _tasks(begun: Sequence[int], replications: int) -> Iterator[Task]:
    for point, have in enumerate(begun):
        for replication in range(have, replications):
            yield point, replication


def _keep(scenario: Scenario, figures: Sequence[Figures], lot: Lot) -> None:
    if lot.store:
        lot.store.save(key_of(scenario, lot.seed, lot.engine), figures)
