"""Several strategies on the same customers and the same luck."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sim.experiments.choice import UntilChosen, choice_of
from sim.experiments.criteria import AS_USUAL, INDIFFERENCE, Criteria
from sim.experiments.document import (
    HEADLINE,
    Place,
    controls_of,
    headline_of,
    places_of,
    strategy_of,
    unit_of,
)
from sim.experiments.finding import ECONOMIC, OPERATING, finding_of_comparison
from sim.experiments.precision import UntilPrecise, Wanted, precisions_of
from sim.experiments.replicate import (
    AT_MOST,
    ENGINES,
    REPLICATIONS,
    Goal,
    Progress,
    Stopped,
    in_silence,
    replicate,
)
from sim.experiments.replication import Figures
from sim.experiments.results import Choice, Difference, Document, Strategy
from sim.experiments.simulate import Interrupted
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic, student, within
from sim.statistics.paired import difference, variance_ratio
from sim.statistics.sequential import FEWEST
from sim.statistics.simultaneous import errors_for_all

Places = Sequence[Mapping[str, Place]]


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
    precision: Sequence[Wanted] = (),
    at_most: int = AT_MOST,
    control_variates: bool = False,
    criteria: Criteria = AS_USUAL,
) -> Document:
    """Simulate scenarios, the base first, and tell what the others change.

    precision: replications are added until figures are so precise. at_most: so many of them, if
    they are added. Raises Interrupted on Ctrl-C, and ValueError if a choice is to be made together
    with a precision, which also says when to stop, or with simultaneous intervals, which need as
    many replications of each strategy.
    """
    if criteria.select and (precision or criteria.simultaneous):
        raise ValueError("a choice goes with neither a precision nor simultaneous intervals")
    places = [places_of(one) for one in loaded]
    goal: Goal | None = None
    contest: UntilChosen | None = None
    if criteria.select:
        zone = criteria.indifference or INDIFFERENCE
        criteria = replace(criteria, indifference=zone)
        goal = contest = UntilChosen(criteria.by, places, zone)
    elif precision:
        goal = UntilPrecise(precision, places)

    def told(figures: list[list[Figures]]) -> Document:
        strategies = tuple(
            strategy_of(one, own, every_interval=False)
            for one, own in zip(loaded, figures, strict=True)
        )
        differences = tuple(_differences(places, figures, strategies, criteria.simultaneous))
        choices = tuple(_choices(strategies, places, figures, criteria, contest))
        return Document(
            kind="compare",
            title=title,
            question=question,
            seed=seed,
            replications=max(map(len, figures)),
            engine=engine,
            strategies=strategies,
            differences=differences,
            headline=HEADLINE,
            finding=finding_of_comparison(strategies, choices, criteria.by),
            simultaneous=criteria.simultaneous,
            choices=choices,
            precisions=tuple(precisions_of(precision, strategies)),
            controls=tuple(
                control
                for strategy, of, own in zip(strategies, places, figures, strict=True)
                for control in controls_of(strategy.name, of, own)
            ),
        )

    try:
        figures = replicate(
            [one.scenario for one in loaded],
            replications=max(replications, FEWEST) if goal else replications,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=progress,
            goal=goal,
            at_most=at_most,
            controls=control_variates,
        )
    except Stopped as stop:
        raise Interrupted(told(stop.finished) if stop.finished[0] else None) from None
    return told(figures)


def _choices(
    strategies: Sequence[Strategy],
    places: Places,
    figures: Sequence[Sequence[Figures]],
    criteria: Criteria,
    contest: UntilChosen | None,
) -> Iterator[Choice]:
    if len(strategies) < 2:
        return
    for measure in dict.fromkeys((OPERATING, ECONOMIC, criteria.by)):
        named = measure == criteria.by
        choice = choice_of(
            measure,
            strategies,
            places,
            figures,
            indifference=criteria.indifference if named else None,
            goal=contest if named else None,
        )
        if choice is not None:
            yield choice


def _differences(
    places: Places,
    figures: Sequence[Sequence[Figures]],
    strategies: Sequence[Strategy],
    simultaneous: bool,
) -> Iterator[Difference]:
    """Of each alternative to the base, on the replications that both have."""
    found = list(_pairs(places, figures))
    at_once = errors_for_all([change for _, _, change, _ in found]) if simultaneous else None
    for nth, name, change, saved in found:
        errors = at_once or student(change.degrees, 0.95)
        estimate = within(change, errors).row(0)
        yield Difference(
            strategy=strategies[nth].name,
            measure=name,
            unit=unit_of(strategies[nth], name),
            mean=estimate.mean,
            low=estimate.low,
            high=estimate.high,
            replications=estimate.replications,
            estimator=estimate.estimator + (", simultaneous" if simultaneous else ""),
            note=strategies[nth].measure(name).note,
            variance_ratio=saved,
        )


def _pairs(
    places: Places, figures: Sequence[Sequence[Figures]]
) -> Iterator[tuple[int, str, Statistic, float | None]]:
    """For each alternative and headline measure the difference to the base, and what common random
    numbers save."""
    for nth in range(1, len(figures)):
        both = min(len(figures[0]), len(figures[nth]))
        base = headline_of(places[0], figures[0][:both])
        other = headline_of(places[nth], figures[nth][:both])
        for name in HEADLINE:
            saved = float(variance_ratio(other[name], base[name])[0]) if both > 1 else math.nan
            change = difference(other[name], base[name])
            yield nth, name, change, None if math.isnan(saved) else saved
