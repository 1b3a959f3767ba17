"""One strategy, simulated and told."""

from collections.abc import Sequence

from sim.experiments.document import HEADLINE, controls_of, places_of, strategy_of
from sim.experiments.finding import finding_of_run
from sim.experiments.precision import UntilPrecise, Wanted, precisions_of
from sim.experiments.replicate import (
    AT_MOST,
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
from sim.statistics.sequential import FEWEST


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
    precision: Sequence[Wanted] = (),
    at_most: int = AT_MOST,
    control_variates: bool = False,
) -> Document:
    """Simulate one scenario.

    precision: replications are added until figures are so precise. at_most: so many of them, if
    they are added. Raises Interrupted on Ctrl-C.
    """

    def told(figures: list[Figures]) -> Document:
        return told_of_run(loaded, figures, seed, engine, precision)

    try:
        (figures,) = replicate(
            [loaded.scenario],
            replications=max(replications, FEWEST) if precision else replications,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=progress,
            goal=UntilPrecise(precision, [places_of(loaded)]) if precision else None,
            at_most=at_most,
            controls=control_variates,
        )
    except Stopped as stop:
        (finished,) = stop.finished
        raise Interrupted(told(finished) if finished else None) from None
    return told(figures)


def told_of_run(
    loaded: Loaded[Scenario],
    figures: list[Figures],
    seed: int,
    engine: str,
    precision: Sequence[Wanted] = (),
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
        precisions=tuple(precisions_of(precision, [strategy])),
        controls=tuple(controls_of(strategy.name, places_of(loaded), figures)),
    )
