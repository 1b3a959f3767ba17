"""`run.py assumptions`: what a result rests on, and how much the verdict owes to it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused, print_json, print_tables
from sim.cli.pointwise import PointWishes, carry_out_points, pointwise, staged
from sim.cli.progress import Tell

if TYPE_CHECKING:
    from sim.experiments.turning.results import Assumptions
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@pointwise
def assumptions(paths: tuple[Path, ...], wishes: PointWishes) -> None:
    """List the assumptions in force, and where the verdict turns on them.

    PATHS are a scenario, a study's folder, or several scenarios: every value that is assumed, in a
    scenario or by the program itself, with its source and the strength of it. Of the folder that
    `compare` has written, also the value of each at which another strategy would be preferred.
    """
    from sim.experiments.turning.assumptions import assumptions_in_force
    from sim.report.export import PROVENANCE, as_json
    from sim.report.text.turning import assumed

    if len(paths) == 1 and ((paths[0] / PROVENANCE).is_file() or paths[0].name == PROVENANCE):
        _of_comparison(paths[0], wishes)
        return
    found = assumptions_in_force(_loaded(paths, wishes.overrides))
    if wishes.json:
        print_json(as_json(found))
    else:
        print_tables(lambda width: assumed(found, width))


def _loaded(paths: tuple[Path, ...], overrides: tuple[str, ...]) -> "list[Loaded[Scenario]]":
    from sim.cli.simulating import load_all
    from sim.scenario.study import STUDY, study

    if len(paths) == 1 and (paths[0].is_dir() or paths[0].name == STUDY):
        return load_all(study(paths[0]).scenarios, overrides)
    return load_all(paths, overrides)


def _of_comparison(folder: Path, wishes: PointWishes) -> None:
    """After a comparison: the same strategies, seed, engine and replications as then."""
    from dataclasses import replace

    from sim.cli.earlier import origin_of, said, scenarios_of
    from sim.experiments.turning.assumptions import AssumptionsStopped, with_turns
    from sim.report.text.turning import assumed
    from sim.report.turning import write_assumptions

    origin, file = origin_of(folder)
    loaded = scenarios_of(origin, file, wishes.overrides)
    if len(loaded) < 2 or origin.kind != "compare":
        raise Refused(f"{folder.as_posix()}: it is no comparison; name the scenario itself")
    wishes = replace(
        wishes,
        replications=wishes.replications if said("replications") else origin.replications,
        seed=wishes.seed if said("seed") else origin.seed,
        engine=wishes.engine if said("engine") else origin.engine,
    )

    def carried_out(_: Tell) -> "tuple[Assumptions | None, bool]":
        try:
            return with_turns(loaded, wishes.lot(), staged(wishes)), False
        except AssumptionsStopped as stop:
            return stop.found, True

    carry_out_points(
        f"{loaded[0].files[0].resolve().parent.name}-assumptions",
        wishes,
        carried_out,
        assumed,
        lambda found, out, tell: write_assumptions(found, loaded, wishes.overrides, out, tell),
        in_stages=True,
    )
