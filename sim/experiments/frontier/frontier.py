"""Strategies and points of sweeps on operating cost against abandonment and customers lost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.experiments.document import about, headline_lines, headline_of, measure_of, places_of
from sim.experiments.finding import OPERATING
from sim.experiments.frontier.finding import finding_of_frontier
from sim.experiments.frontier.fronts import dominated, knee, on_front, steps
from sim.experiments.frontier.results import Front, Frontier, Place
from sim.experiments.points import Lot, PointsStopped, simulate_points
from sim.experiments.replicate import Progress, in_silence
from sim.experiments.replication import Figures
from sim.experiments.store import key_of
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic, intervals
from sim.tables.build import tables_of
from sim.terms import YEAR_DAYS

ABANDONMENT = "abandonment"
LOST = "customers lost, expected"
_FEWEST = 2


@dataclass(frozen=True)
class Candidate:
    """What may be on the frontier."""

    name: str
    source: str
    loaded: Loaded[Scenario]


def unlike(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of those that come to the same the first."""
    first: dict[str, Candidate] = {}
    for one in candidates:
        first.setdefault(key_of(one.loaded.scenario, 0, ""), one)
    return list(first.values())


class FrontierStopped(Exception):
    """The user stopped; `frontier` tells of the places that were finished, None if of too few."""

    def __init__(self, frontier: Frontier | None) -> None:
        self.frontier = frontier
        super().__init__("stopped")


def frontier(
    candidates: Sequence[Candidate], title: str, lot: Lot, progress: Progress = in_silence
) -> Frontier:
    """Simulate all candidates on the same luck, or find them finished, and tell the frontier.

    Raises ValueError for candidates in different currencies or of different lengths, and
    FrontierStopped on Ctrl-C.
    """
    if len({one.loaded.scenario.currency for one in candidates}) > 1:
        raise ValueError("the scenarios are in different currencies")
    if len({one.loaded.scenario.horizon for one in candidates}) > 1:
        raise ValueError("the scenarios count different lengths of time")
    try:
        figures = simulate_points([one.loaded.scenario for one in candidates], lot, progress)
    except PointsStopped as stop:
        whole = [nth for nth, own in enumerate(stop.figures) if len(own) == lot.replications]
        if len(whole) < _FEWEST:
            raise FrontierStopped(None) from None
        own = [candidates[nth] for nth in whole]
        raise FrontierStopped(
            _told(own, [stop.figures[nth] for nth in whole], title, lot)
        ) from None
    return _told(candidates, figures, title, lot)


def _told(
    candidates: Sequence[Candidate],
    figures: Sequence[Sequence[Figures]],
    title: str,
    lot: Lot,
) -> Frontier:
    headlines = [
        headline_of(places_of(one.loaded), own)
        for one, own in zip(candidates, figures, strict=True)
    ]
    places = tuple(map(_place, candidates, headlines))
    first = about(candidates[0].loaded, tables_of(candidates[0].loaded.scenario).terms)
    fronts = tuple(
        front
        for front in (
            _front(headlines, ABANDONMENT, "point of abandonment", 0.01),
            _front(headlines, LOST, "customer kept a year", first.counted_days / YEAR_DAYS),
        )
        if front is not None
    )
    return Frontier(
        title=title,
        currency=first.currency,
        seed=lot.seed,
        replications=lot.replications,
        engine=lot.engine,
        counted_days=first.counted_days,
        places=places,
        fronts=fronts,
        finding=finding_of_frontier(places, fronts, first.currency),
        warnings=tuple(
            dict.fromkeys(warning.message for one in candidates for warning in one.loaded.warnings)
        ),
    )


def _place(candidate: Candidate, headline: dict[str, Statistic]) -> Place:
    loaded = candidate.loaded
    lines = {line.measure: line for _, line in headline_lines(tables_of(loaded.scenario).terms)}
    return Place(
        name=candidate.name,
        source=candidate.source,
        title=loaded.scenario.title,
        measures=tuple(
            measure_of(lines[name], intervals(one).row(0)) for name, one in headline.items()
        ),
    )


def _front(
    headlines: Sequence[dict[str, Statistic]], quality: str, unit: str, size: float
) -> Front | None:
    """Cost against one quality; None where that is zero everywhere, or nothing costs."""
    costs = [one[OPERATING] for one in headlines]
    qualities = [one[quality] for one in headlines]
    c, q = ([float(one.value[0]) for one in of] for of in (costs, qualities))
    if not any(c) or not any(q) or any(map(math.isnan, (*c, *q))):
        return None
    front = on_front(c, q)
    return Front(
        quality=quality,
        unit=unit,
        on_it=tuple(front),
        dominated=tuple(dominated(costs, qualities, front)),
        knee=knee(c, q, front),
        steps=tuple(steps(costs, qualities, front, size)),
    )
