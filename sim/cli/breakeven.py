"""`run.py breakeven`: at which value of something two strategies come to the same."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused
from sim.cli.pointwise import PointWishes, carry_out_points, pointwise, staged
from sim.cli.progress import Tell
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.experiments.turning.results import Breakeven
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario


@click.command()
@click.argument("one", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option(
    "--at",
    "places",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="What is varied, such as segments.consumer.yearly_margin=50:500; repeatable. A table is "
    'varied as a whole; * stands for every name, as in "segments.*.yearly_margin".  [default: '
    "margins, churn effects, word of mouth, wages, prices of contracts, resolution]",
)
@click.option(
    "--by",
    metavar="MEASURE",
    help="The headline measure by which they are compared.  [default: total economic cost per "
    "year]",
)
@click.option(
    "--from",
    "earlier",
    type=click.Path(path_type=Path),
    metavar="OUTPUT",
    help="Take ONE and OTHER, named as there, from an earlier comparison.",
)
@pointwise
def breakeven(
    one: Path,
    other: Path,
    places: tuple[str, ...],
    by: str | None,
    earlier: Path | None,
    wishes: PointWishes,
) -> None:
    """Find at which value two strategies come to the same.

    ONE and OTHER are scenarios. Each value is varied in both that have it, on the same customers
    and luck. What is a price is reckoned exactly from the finished runs; the rest is simulated.
    """
    from sim.experiments.criteria import criteria_of
    from sim.experiments.turning.breakeven import BreakevenStopped, levers_of
    from sim.experiments.turning.breakeven import breakeven as experiment
    from sim.report.text.turning import break_evens
    from sim.report.turning import write_breakeven

    measure = criteria_of(by, None, select=False, simultaneous=False).by
    pair = _pair(one, other, earlier, wishes.overrides)
    levers = levers_of(places, [loaded.scenario for loaded in pair])

    def carried_out(_: Tell) -> "tuple[Breakeven | None, bool]":
        try:
            return experiment(pair, levers, measure, wishes.lot(), staged(wishes)), False
        except BreakevenStopped as stop:
            return stop.found, True

    carry_out_points(
        f"{one.stem}-{other.stem}-breakeven",
        wishes,
        carried_out,
        break_evens,
        lambda found, folder, tell: write_breakeven(found, pair, wishes.overrides, folder, tell),
        in_stages=True,
    )


def _pair(
    one: Path, other: Path, earlier: Path | None, overrides: tuple[str, ...]
) -> "list[Loaded[Scenario]]":
    from sim.cli.earlier import origin_of, scenarios_of
    from sim.cli.simulating import load_all

    if earlier is None:
        pair = load_all([one, other], overrides)
    else:
        origin, file = origin_of(earlier)
        by_name = {found.files[0].stem: found for found in scenarios_of(origin, file, overrides)}
        missing = [name for name in (str(one), str(other)) if name not in by_name]
        if missing:
            raise Refused(
                f"{earlier.as_posix()}: no strategy {', '.join(missing)} there; there are: "
                f"{', '.join(by_name)}"
            )
        pair = [by_name[str(one)], by_name[str(other)]]
    names = [loaded.files[0].as_posix() for loaded in pair]
    if names[0] == names[1]:
        raise Refused(f"{names[0]}: named twice; a scenario is compared with another")
    if pair[0].scenario.currency != pair[1].scenario.currency:
        raise ScenarioError([Problem(names[1], None, "currency", "another than that of the first")])
    return pair
