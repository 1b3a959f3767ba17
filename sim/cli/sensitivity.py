"""`run.py sensitivity`: how a result, or a verdict, depends on what is assumed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused
from sim.cli.pointwise import PointWishes, carry_out_points, pointwise, staged
from sim.cli.progress import Tell

if TYPE_CHECKING:
    from sim.experiments.sensitivity.results import Sensitivity

_WALKS, _MANY = 10, 64


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="OTHER",
    help="Look at OTHER minus SCENARIO: how far the verdict depends on the assumptions.",
)
@click.option(
    "--vary",
    "texts",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="What is uncertain, such as segments.consumer.yearly_margin=50:500, or LOW:MODE:HIGH if "
    "one value is the likeliest; repeatable.  [default: all assumptions that have a range]",
)
@click.option(
    "--all",
    "guess",
    is_flag=True,
    help="Also vary assumptions without a range, from half of what is in force to twice that.",
)
@click.option(
    "--by",
    metavar="MEASURE",
    help="The headline measure that is looked at.  [default: total economic cost per year]",
)
@click.option(
    "--samples",
    type=click.IntRange(0, 100_000),
    default=64,
    show_default=True,
    help="In how many samples all assumptions vary at once; 0 for none.",
)
@click.option(
    "--morris",
    "walks",
    type=click.IntRange(2, 10_000),
    is_flag=False,
    flag_value=_WALKS,
    metavar="[WALKS]",
    help=f"Also screen by elementary effects; {_WALKS} walks if no number is given.",
)
@click.option(
    "--sobol",
    "many",
    type=click.IntRange(8, 65_536),
    is_flag=False,
    flag_value=_MANY,
    metavar="[SAMPLES]",
    help=f"Also share the spread out among the assumptions; {_MANY} samples if no number is given, "
    "rounded up to a power of two.",
)
@click.option(
    "--sample-replications",
    "glances",
    type=click.IntRange(2, 1_000_000),
    default=5,
    show_default=True,
    help="Replications of each of these many spots.",
)
@pointwise
def sensitivity(
    scenario: Path,
    against: Path | None,
    texts: tuple[str, ...],
    guess: bool,
    by: str | None,
    samples: int,
    walks: int | None,
    many: int | None,
    glances: int,
    wishes: PointWishes,
) -> None:
    """Find how much the assumptions move a result, or a verdict.

    Each assumption is varied by itself over its range, then all of them at once; all on the same
    customers and luck. With --against, also how often the verdict holds.
    """
    from sim.cli.simulating import load_all
    from sim.experiments.criteria import criteria_of
    from sim.experiments.sensitivity.factors import assumed_factors, factors_of
    from sim.experiments.sensitivity.sensitivity import Plan, SensitivityStopped
    from sim.experiments.sensitivity.sensitivity import sensitivity as experiment
    from sim.experiments.turning.assumptions import assumptions_in_force
    from sim.report.sensitivity import write_sensitivity
    from sim.report.text.sensitivity import sensitivities

    measure = criteria_of(by, None, select=False, simultaneous=False).by
    loaded = load_all([scenario, *([against] if against else [])], wishes.overrides)
    scenarios = [one.scenario for one in loaded]
    left_out: list[str] = []
    if texts:
        factors = factors_of(texts, scenarios)
    else:
        paths = [one.path for one in assumptions_in_force(loaded).assumed]
        factors, left_out = assumed_factors(paths, scenarios, guess=guess)
    if not factors:
        raise Refused(
            f"{scenario.as_posix()}: no assumption has a range; give some a `between`, name what "
            "is uncertain with --vary, or say --all"
        )
    power = 1 << (many - 1).bit_length() if many else 0
    plan = Plan(samples, walks or 0, power, glances)

    def carried_out(_: Tell) -> "tuple[Sensitivity | None, bool]":
        try:
            lot, stage = wishes.lot(), staged(wishes)
            return experiment(loaded, factors, left_out, measure, plan, lot, stage), False
        except SensitivityStopped as stop:
            return stop.found, True

    name = f"{scenario.stem}-{against.stem}" if against else scenario.stem
    carry_out_points(
        f"{name}-sensitivity",
        wishes,
        carried_out,
        sensitivities,
        lambda found, folder, tell: write_sensitivity(
            found, loaded, wishes.overrides, folder, tell
        ),
        in_stages=True,
    )
