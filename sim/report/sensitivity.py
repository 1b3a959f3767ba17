"""The folder of a sensitivity analysis: tables, charts, and where they came from."""

import json
from collections.abc import Sequence
from pathlib import Path

from sim.experiments.sensitivity.results import Screened, Sensitivity, Shared
from sim.report.export import (
    CHARTS,
    PROVENANCE,
    RESULTS,
    Tell,
    all_or_nothing,
    write_table,
    write_text,
)
from sim.report.provenance import made_by, played
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario


def write_sensitivity(
    found: Sensitivity,
    loaded: Sequence[Loaded[Scenario]],
    overrides: Sequence[str],
    folder: Path,
    tell: Tell,
) -> None:
    """Write all files into a folder that does not exist yet, or is empty.

    Raises OSError if they cannot be written; then nothing is left of them.
    """
    from sim.report.charts.sensitivity import draw_sensitivity

    with all_or_nothing(folder) as made:
        write_text(made / RESULTS, as_json(found))
        write_text(made / PROVENANCE, _origin(found, loaded, overrides))
        _swings(made / "swings.csv", found)
        if found.spread is not None:
            write_table(
                made / "samples.csv",
                [*found.spread.paths, f"result, {found.unit}", "low", "high"],
                (
                    [*one.numbers, one.result.mean, one.result.low, one.result.high]
                    for one in found.spread.samples
                ),
            )
        for name, kind, rows in (
            ("morris.csv", Screened, found.screened),
            ("sobol.csv", Shared, found.shared),
        ):
            if rows:
                head = list(kind.model_fields)
                write_table(
                    made / name, head, ([getattr(one, key) for key in head] for one in rows)
                )
        draw_sensitivity(found, made / CHARTS, tell)


def as_json(found: Sensitivity) -> str:
    """What was found as JSON, in ASCII."""
    return json.dumps(found.model_dump(mode="json"), allow_nan=False, separators=(",", ":"))


def _swings(path: Path, found: Sensitivity) -> None:
    ends = ("at", "result", "result_low", "result_high", "change", "change_low", "change_high")
    head = ["path", "unit", "in_force", "distribution", "likeliest", "range_given"]
    head += [f"{end}_{name}" for end in ("low", "high") for name in ends]
    write_table(
        path,
        head,
        (
            [
                *(one.path, one.unit, one.now, one.distribution, one.mode),
                "given" if one.given else "half to twice",
                *(
                    value
                    for end in (one.low, one.high)
                    for value in (
                        *(end.at, end.result.mean, end.result.low, end.result.high),
                        *(end.change.mean, end.change.low, end.change.high),
                    )
                ),
            ]
            for one in found.swings
        ),
    )


def _origin(
    found: Sensitivity, loaded: Sequence[Loaded[Scenario]], overrides: Sequence[str]
) -> str:
    origin = made_by() | {
        "kind": found.kind,
        "seed": found.seed,
        "replications": found.replications,
        "sample_replications": found.glances,
        "simulations": found.simulations,
        "engine": found.engine,
        "set": list(overrides),
        "scenarios": [played(one.files[0].stem, one) for one in loaded],
    }
    return json.dumps(origin, indent=2)
