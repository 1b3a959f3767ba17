"""`run.py study`: all of a study, with its finding on one page."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from sim.cli.console import Refused, print_json, print_tables, remark, writing
from sim.cli.folders import new_folder
from sim.cli.pointwise import PointWishes, pointwise, staged
from sim.cli.progress import progress

if TYPE_CHECKING:
    from sim.experiments.study.study import Ready, Studied
    from sim.scenario.study import Study


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@pointwise
def study(folder: Path, wishes: PointWishes) -> None:
    """Carry out a study and write its finding.

    FOLDER holds scenarios and a study.toml that names the base, the alternatives, sweeps, claims
    and the question. Tables, charts and a one-page finding.md go to outputs/.
    """
    from sim.cli.simulating import compiles_first, load_all
    from sim.experiments.study.study import prepared
    from sim.report.export import check_room
    from sim.report.study import as_json, write
    from sim.report.text.study import finding
    from sim.scenario.study import study as read

    if not folder.is_dir() and folder.name != "study.toml":
        raise Refused(f"{folder.as_posix()}: it is no folder of a study; see `compare` and `run`")
    found = read(folder)
    wishes = _wishes(wishes, found)
    loaded = load_all(found.scenarios, wishes.overrides)
    ready = prepared(found, loaded, wishes.seed, wishes.overrides)
    name = found.scenarios[0].resolve().parent.name
    out = wishes.out or new_folder(f"{name}-study", wishes.seed, datetime.now())
    with writing(out, Refused):
        check_room(out)
    compiles_first(wishes.engine, wishes.quiet)
    studied = _carried_out(ready, wishes)
    try:
        if wishes.json:
            print_json(as_json(studied))
        else:
            print_tables(lambda width: finding(studied, width))
    finally:  # also where nobody reads to the end
        with writing(out), progress(wishes.quiet, "charts") as tell:
            write(studied, wishes.overrides, out, tell)
    if not wishes.quiet:
        click.echo(f"\nFiles: {out.as_posix()}; the finding is in finding.md", err=wishes.json)


def _wishes(wishes: PointWishes, found: "Study") -> PointWishes:
    """With the study's number of replications, unless the command line gives one."""
    source = click.get_current_context().get_parameter_source("replications")
    if found.plan.replications is None or source is ParameterSource.COMMANDLINE:
        return wishes
    return replace(wishes, replications=found.plan.replications)


def _carried_out(ready: "Ready", wishes: PointWishes) -> "Studied":
    from sim.experiments.frontier.frontier import FrontierStopped
    from sim.experiments.points import PointsStopped
    from sim.experiments.simulate import Interrupted
    from sim.experiments.study.study import carried_out
    from sim.experiments.sweep.sweep import SweepStopped
    from sim.experiments.turning.breakeven import BreakevenStopped

    try:
        return carried_out(ready, wishes.lot(), staged(wishes))
    except (BreakevenStopped, FrontierStopped, PointsStopped, Interrupted, SweepStopped):
        remark("The curves' finished points are kept; the same command goes on from there.", False)
        raise KeyboardInterrupt from None
