"""The folder of a sensitivity analysis: tables, charts, and where they came from."""

from collections.abc import Sequence
from pathlib import Path

from sim.experiments.sensitivity.results import Screened, Sensitivity, Shared
from sim.report.export import CHARTS, Tell, results_in, write_table
from sim.report.provenance import by_file, origin_of
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

    many = {"sample_replications": found.glances, "simulations": found.simulations}
    origin = origin_of(found, overrides, by_file(loaded), **many)
    with results_in(folder, found, origin) as made:
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
