"""`run.py sweep`: curves over values of a scenario, and where their bottom is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused
from sim.cli.pointwise import PointWishes, carry_out_points, pointwise
from sim.cli.progress import Tell

if TYPE_CHECKING:
    from sim.experiments.sweep.results import Sweep


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--vary",
    multiple=True,
    required=True,
    metavar="PATH=VALUES",
    help="What is varied: a stretch as teams.frontline.scale=0.7:1.3:13, or a list as "
    'callers.patience.mean="2 min","4 min"; strategy=lean,outsourced takes other scenarios of the '
    "folder. Repeatable.",
)
@click.option(
    "--points",
    type=click.IntRange(2, 100_000),
    help="So many points, scattered evenly over all that is varied, in place of every "
    "combination.  [default: of three or more, 64]",
)
@click.option(
    "--adaptive",
    type=click.IntRange(1, 1_000),
    metavar="POINTS",
    help="So many points more along one stretch, where the curve bends or its bottom may be.",
)
@click.option(
    "--by",
    metavar="MEASURE",
    help="A headline measure whose best point is wanted too, besides the least of both costs.",
)
@pointwise
def sweep(
    scenario: Path,
    vary: tuple[str, ...],
    points: int | None,
    adaptive: int | None,
    by: str | None,
    wishes: PointWishes,
) -> None:
    """Draw curves over values of a scenario.

    All points meet the same customers with the same luck, so a curve is far surer than its points.
    It tells where the cost is least, between which values the bottom lies, and what it saves.
    A sweep that was interrupted goes on where it stopped, if it is started again.
    """
    from sim.experiments.sweep.sweep import SweepStopped, planned
    from sim.experiments.sweep.sweep import sweep as experiment
    from sim.report.sweep import write
    from sim.report.text.sweep import curve
    from sim.scenario.study import base_of

    try:
        plan = planned(
            base_of(scenario),
            vary,
            overrides=wishes.overrides,
            points=points,
            more=adaptive or 0,
            by=by,
            seed=wishes.seed,
        )
    except ValueError as error:
        raise Refused(str(error)) from None

    def carried_out(tell: Tell) -> "tuple[Sweep | None, bool]":
        try:
            return experiment(plan, wishes.lot(), tell), False
        except SweepStopped as stop:
            return stop.sweep, True

    carry_out_points(
        f"{plan.file.stem}-sweep",
        wishes,
        carried_out,
        curve,
        lambda found, folder, tell: write(found, plan.base, wishes.overrides, folder, tell),
    )
