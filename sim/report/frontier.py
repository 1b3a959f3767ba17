"""A frontier's folder: its places and steps as tables, its charts, and where it came from."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.experiments.frontier.frontier import Candidate
from sim.experiments.frontier.results import Frontier
from sim.report.export import (
    CHARTS,
    PROVENANCE,
    RESULTS,
    Cell,
    Tell,
    all_or_nothing,
    write_table,
    write_text,
)
from sim.report.provenance import made_by, played


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

    with all_or_nothing(folder) as made:
        write_text(made / RESULTS, as_json(found))
        origin = made_by() | {
            "schema_version": found.schema_version,
            "kind": found.kind,
            "seed": found.seed,
            "replications": found.replications,
            "engine": found.engine,
            "set": list(overrides),
            "scenarios": [played(one.name, one.loaded) for one in candidates],
        }
        write_text(made / PROVENANCE, json.dumps(origin, indent=2))
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


def as_json(found: Frontier) -> str:
    """The frontier as JSON, in ASCII."""
    return json.dumps(found.model_dump(mode="json"), allow_nan=False, separators=(",", ":"))


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
