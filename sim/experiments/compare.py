"""Several strategies on the same customers and the same luck."""

from collections.abc import Iterator, Sequence

from sim.experiments.document import HEADLINE, headline_of, strategy_of, unit_of
from sim.experiments.finding import finding_of_comparison
from sim.experiments.replicate import (
    ENGINES,
    REPLICATIONS,
    Progress,
    Stopped,
    in_silence,
    replicate,
)
from sim.experiments.replication import Figures
from sim.experiments.results import Difference, Document, Strategy
from sim.experiments.simulate import Interrupted
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import intervals
from sim.statistics.paired import difference


def compare(
    loaded: Sequence[Loaded[Scenario]],
    *,
    question: str = "",
    title: str = "",
    replications: int = REPLICATIONS,
    seed: int = 1,
    engine: str = ENGINES[0],
    workers: int = 1,
    progress: Progress = in_silence,
) -> Document:
    """Simulate scenarios, the base first, and tell what the others change. Raises Interrupted on
    Ctrl-C."""

    def told(figures: list[list[Figures]]) -> Document:
        strategies = tuple(
            strategy_of(one, own, every_interval=False)
            for one, own in zip(loaded, figures, strict=True)
        )
        differences = tuple(_differences(loaded, figures, strategies))
        return Document(
            kind="compare",
            title=title,
            question=question,
            seed=seed,
            replications=len(figures[0]),
            engine=engine,
            strategies=strategies,
            differences=differences,
            headline=HEADLINE,
            finding=finding_of_comparison(strategies, differences),
        )

    try:
        figures = replicate(
            [one.scenario for one in loaded],
            replications=replications,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=progress,
        )
    except Stopped as stop:
        raise Interrupted(told(stop.finished) if stop.finished[0] else None) from None
    return told(figures)


def _differences(
    loaded: Sequence[Loaded[Scenario]],
    figures: list[list[Figures]],
    strategies: Sequence[Strategy],
) -> Iterator[Difference]:
    base, *others = [headline_of(one, own) for one, own in zip(loaded, figures, strict=True)]
    for strategy, other in zip(strategies[1:], others, strict=True):
        for name in HEADLINE:
            estimate = intervals(difference(other[name], base[name])).row(0)
            yield Difference(
                strategy=strategy.name,
                measure=name,
                unit=unit_of(strategy, name),
                mean=estimate.mean,
                low=estimate.low,
                high=estimate.high,
                replications=estimate.replications,
                estimator=estimate.estimator,
                note=strategy.measure(name).note,
            )
