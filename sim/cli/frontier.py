"""`run.py frontier`: what better service costs to run, over strategies and points of sweeps."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused
from sim.cli.pointwise import PointWishes, carry_out_points, pointwise
from sim.cli.progress import Tell

if TYPE_CHECKING:
    from sim.experiments.frontier.frontier import Candidate
    from sim.experiments.frontier.results import Frontier


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--vary",
    multiple=True,
    metavar="PATH=VALUES",
    help="Take every scenario at these values too, such as teams.frontline.scale=0.8:1.2:5; "
    "repeatable. See `sweep`.",
)
@pointwise
def frontier(paths: tuple[Path, ...], vary: tuple[str, ...], wishes: PointWishes) -> None:
    """Show what better service costs to run.

    PATHS are folders of studies, scenarios, and folders that `compare` or `sweep` have written. All
    strategies and points stand on operating cost against abandonment and against customers lost:
    which of them are dominated and how surely, where the knee is, and what a point of abandonment
    or a customer kept costs at the margin.
    """
    from sim.experiments.frontier.frontier import FrontierStopped
    from sim.experiments.frontier.frontier import frontier as experiment
    from sim.report.frontier import write
    from sim.report.text.frontier import fronts

    candidates = _candidates(paths, vary, wishes.overrides)
    if len(candidates) < 2:
        raise Refused("nothing to set it against; name more scenarios, or vary something (--vary)")

    def carried_out(tell: Tell) -> "tuple[Frontier | None, bool]":
        try:
            return experiment(candidates, _title(paths), wishes.lot(), tell), False
        except FrontierStopped as stop:
            return stop.frontier, True
        except ValueError as error:
            raise Refused(f"{error}; compare what is alike") from None

    carry_out_points(
        f"{paths[0].resolve().stem}-frontier",
        wishes,
        carried_out,
        fronts,
        lambda found, folder, tell: write(found, candidates, wishes.overrides, folder, tell),
    )


def _title(paths: tuple[Path, ...]) -> str:
    from sim.scenario.study import study

    if len(paths) == 1 and paths[0].is_dir() and any(paths[0].glob("*.toml")):
        return study(*paths).title
    return ""


def _candidates(
    paths: tuple[Path, ...], vary: tuple[str, ...], overrides: tuple[str, ...]
) -> "list[Candidate]":
    """All strategies and points that paths name; those that are the same once."""
    from sim.cli.simulating import every
    from sim.experiments.frontier.frontier import Candidate, unlike
    from sim.experiments.sweep.axes import axes_of, loaded_at
    from sim.experiments.sweep.design import grid
    from sim.report.export import PROVENANCE
    from sim.scenario.load import load
    from sim.scenario.study import study

    files: list[Path] = []
    found: list[Candidate] = []
    for path in paths:
        if (path / PROVENANCE).is_file() or path.name == PROVENANCE:
            found += _of_output(path, overrides)
        elif path.is_dir():
            files += study(path).scenarios
        else:
            files.append(path)
    files = list(dict.fromkeys(files))
    for file, base in zip(files, every(files, lambda file: load(file, overrides)), strict=True):
        found.append(Candidate(file.stem, file.as_posix(), base))
        if not vary:
            continue
        axes = axes_of(vary, file, base)
        spots = grid(axes)
        for spot, one in zip(spots, loaded_at(file, axes, spots, overrides), strict=True):
            values = ", ".join(value.label for value in spot)
            found.append(Candidate(f"{file.stem} at {values}", file.as_posix(), one))
    return unlike(found)


def _of_output(folder: Path, overrides: tuple[str, ...]) -> "list[Candidate]":
    """The strategies of a comparison, or the points of a sweep, as they were played."""
    from sim.cli.earlier import origin_of, scenarios_of
    from sim.experiments.frontier.frontier import Candidate
    from sim.experiments.sweep.axes import STRATEGY
    from sim.report.origin import scenario_of
    from sim.scenario.load import load

    origin, file = origin_of(folder)
    if origin.kind != "sweep":
        loaded = scenarios_of(origin, file, overrides)
        return [Candidate(one.files[0].stem, folder.as_posix(), one) for one in loaded]
    found = []
    for point in origin.points:
        sets = (*overrides, *(f"{path}={text}" for path, text in point.items() if path != STRATEGY))
        one = (
            load(point[STRATEGY], sets) if STRATEGY in point else scenario_of(origin, 0, file, sets)
        )
        values = [text if path != STRATEGY else Path(text).stem for path, text in point.items()]
        found.append(
            Candidate(f"{one.files[0].stem} at {', '.join(values)}", folder.as_posix(), one)
        )
    return found
