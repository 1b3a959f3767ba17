"""`run.py compare`: strategies side by side, on the same customers and the same luck."""

from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.options import Wishes, simulation
from sim.errors import Problem, ScenarioError


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@simulation
def compare(paths: tuple[Path, ...], wishes: Wishes) -> None:
    """Compare strategies on what they cost and lose.

    PATHS is the folder of a study, or a base scenario and its alternatives. All strategies meet the
    same customers with the same luck, so that a difference is one of the strategies.
    """
    from sim.cli.simulating import carry_out, load_all
    from sim.experiments.compare import compare as experiment
    from sim.scenario.study import study

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
        ),
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
