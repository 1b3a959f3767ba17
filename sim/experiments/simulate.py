"""One strategy, simulated and told."""

from sim.experiments.document import HEADLINE, strategy_of
from sim.experiments.finding import finding_of_run
from sim.experiments.replicate import (
    ENGINES,
    REPLICATIONS,
    Progress,
    Stopped,
    in_silence,
    replicate,
)
from sim.experiments.replication import Figures
from sim.experiments.results import Document
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario


class Interrupted(Exception):
    """The user stopped an experiment; `document` tells of the replications that were finished,
    None if there were none."""

    def __init__(self, document: Document | None) -> None:
        self.document = document
        super().__init__("interrupted")


def run(
    loaded: Loaded[Scenario],
    *,
    replications: int = REPLICATIONS,
    seed: int = 1,
    engine: str = ENGINES[0],
    workers: int = 1,
    progress: Progress = in_silence,
) -> Document:
    """Simulate one scenario. Raises Interrupted on Ctrl-C."""
    try:
        (figures,) = replicate(
            [loaded.scenario],
            replications=replications,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=progress,
        )
    except Stopped as stop:
        (finished,) = stop.finished
        told = told_of_run(loaded, finished, seed, engine) if finished else None
        raise Interrupted(told) from None
    return told_of_run(loaded, figures, seed, engine)


def told_of_run(
    loaded: Loaded[Scenario], figures: list[Figures], seed: int, engine: str
) -> Document:
    """The document of one scenario's replications."""
    strategy = strategy_of(loaded, figures, every_interval=True)
    return Document(
        kind="run",
        title=strategy.title or strategy.name,
        question="",
        seed=seed,
        replications=len(figures),
        engine=engine,
        strategies=(strategy,),
        differences=(),
        headline=HEADLINE,
        finding=finding_of_run(strategy),
    )
