"""`run.py compare`: strategies side by side, on the same customers and the same luck."""

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.console import Refused
from sim.cli.options import Wishes, simulation
from sim.errors import Problem, ScenarioError


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--by",
    metavar="MEASURE",
    help="The headline measure by which the best is chosen.  [default: total economic cost per "
    "year]",
)
@click.option(
    "--indifference",
    metavar="SIZE",
    help='A difference in it that does not matter, as "1%" of the base\'s figure or as an amount; '
    "strategies no farther apart are called a tie.  [default: none; with --select 1%]",
)
@click.option(
    "--select",
    is_flag=True,
    help="Add replications, only to strategies that may yet be the best, until one is left.",
)
@click.option(
    "--simultaneous",
    is_flag=True,
    help="Intervals of the differences that hold all at once, not each by itself.",
)
@simulation
def compare(
    paths: tuple[Path, ...],
    by: str | None,
    indifference: str | None,
    select: bool,
    simultaneous: bool,
    wishes: Wishes,
) -> None:
    """Compare strategies on what they cost and lose.

    PATHS is the folder of a study, or a base scenario and its alternatives. All strategies meet the
    same customers with the same luck, so that a difference is one of the strategies.
    """
    from sim.cli.simulating import carry_out, load_all, most_of
    from sim.experiments.compare import compare as experiment
    from sim.experiments.judging import judging_of
    from sim.experiments.precision import wanted_of
    from sim.scenario.study import study

    if select and (wishes.precision or simultaneous):
        other = "--precision" if wishes.precision else "--simultaneous"
        why = (
            "both say when to stop"
            if wishes.precision
            else "strategies that are left behind have fewer replications than the others"
        )
        raise Refused(f"--select does not go with {other}: {why}; leave one of them out")
    judging = judging_of(by, indifference, select=select, simultaneous=simultaneous)
    wanted, at_most = wanted_of(wishes.precision), most_of(wishes, select)
    plan = study(*paths)
    _tell_apart(plan.scenarios)
    loaded = load_all(plan.scenarios, wishes.overrides)
    base = plan.scenarios[0]
    name = base.resolve().parent.name if len(paths) == 1 else base.stem
    carry_out(
        name,
        loaded,
        wishes,
        lambda tell: experiment(
            loaded,
            question=plan.question,
            title=plan.title or name,
            replications=wishes.replications,
            seed=wishes.seed,
            engine=wishes.engine,
            workers=wishes.workers,
            progress=tell,
            precision=wanted,
            at_most=at_most,
            control_variates=wishes.control_variates,
            judging=judging,
        ),
        by=by,
        indifference=indifference,
        select=select,
        simultaneous=simultaneous,
    )


def _tell_apart(files: Sequence[Path]) -> None:
    """Strategies go by the names of their files; raises ScenarioError if two have the same."""
    seen: dict[str, Path] = {}
    same = [(file, seen[file.stem]) for file in files if seen.setdefault(file.stem, file) != file]
    if same:
        raise ScenarioError(
            Problem(
                file.as_posix(),
                None,
                "",
                f"has the name of {other.as_posix()}, and a strategy goes by its file's name; "
                "rename one of them",
            )
            for file, other in same
        )
