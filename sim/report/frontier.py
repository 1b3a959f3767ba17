"""A frontier's folder: its places and steps as tables, its charts, and where it came from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.experiments.frontier.frontier import Candidate
from sim.experiments.frontier.results import Frontier
from sim.report.export import CHARTS, Cell, Tell, results_in, write_table
from sim.report.provenance import origin_of


def write(
    found: Frontier,
    candidates: Sequence[Candidate],
    overrides: Sequence[str],
    folder: Path,
    tell: Tell,
) -> None:
    """Write all files of a frontier into a folder that does not exist yet, or is empty.

    Raises OSError if they cannot be written; then nothing is left of them.
    """
    from sim.report.charts.frontier import draw_frontier

    origin = origin_of(found, overrides, ((one.name, one.loaded) for one in candidates))
    with results_in(folder, found, origin) as made:
        write_table(
            made / "places.csv",
            ["place", "source", "title", "measure", "unit", "mean", "low", "high", "replications"],
            _places(found),
        )
        write_table(
            made / "fronts.csv",
            [
                *("place", "quality", "standing", "beaten_by", "confidence", "costs_more_per_year"),
                *("is_worse", "knee"),
            ],
            _standings(found),
        )
        write_table(
            made / "steps.csv",
            ["quality", "from", "to", "unit", f"price, {found.currency} per year", "low", "high"],
            _steps(found),
        )
        draw_frontier(found, made / CHARTS, tell)


def _places(found: Frontier) -> Iterator[list[Cell]]:
    for place in found.places:
        for one in place.measures:
            yield [
                *(place.name, place.source, place.title),
                *(one.measure, one.unit, one.mean, one.low, one.high, one.replications),
            ]


def _standings(found: Frontier) -> Iterator[list[Cell]]:
    for front in found.fronts:
        beaten = {one.place: one for one in front.dominated}
        for nth, place in enumerate(found.places):
            one = beaten.get(nth)
            yield [
                *(place.name, front.quality, "dominated" if one else "on the frontier"),
                *(
                    (found.places[one.by].name, one.confidence, one.costs_more, one.is_worse)
                    if one
                    else (None, None, None, None)
                ),
                "knee" if nth == front.knee else "",
            ]


def _steps(found: Frontier) -> Iterator[list[Cell]]:
    for front in found.fronts:
        for step in front.steps:
            ends = (found.places[step.start].name, found.places[step.end].name)
            yield [front.quality, *ends, front.unit, step.price, step.low, step.high]
