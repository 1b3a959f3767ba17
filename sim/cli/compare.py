"""`run.py compare`: strategies side by side, on the same customers and the same luck."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused
from sim.cli.earlier import again, as_then, judged_as_then, origin_of, scenarios_of
from sim.cli.judging import Judging, criteria_of, judging
from sim.cli.options import Wishes, simulation
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@again
@judging
@simulation
def compare(paths: tuple[Path, ...], earlier: Path | None, judged: Judging, wishes: Wishes) -> None:
    """Compare strategies on what they cost and lose.

    PATHS is the folder of a study, or a base scenario and its alternatives. All strategies meet the
    same customers with the same luck, so that a difference is one of the strategies.
    """
    from sim.cli.simulating import load_all
    from sim.scenario.study import study

    if bool(paths) == (earlier is not None):
        raise Refused("name scenarios, or an earlier comparison by --from OUTPUT; one of the two")
    if earlier is not None:
        origin, file = origin_of(earlier)
        if origin.kind != "compare":
            raise Refused(f"{earlier.as_posix()}: it is no comparison; see `run --from`")
        judged = judged_as_then(judged, origin)
        wishes = as_then(wishes, origin, judged)
        loaded = scenarios_of(origin, file, wishes.overrides)
        name = loaded[0].files[0].resolve().parent.name
        _compare(loaded, name, origin.title, origin.question, wishes, judged)
        return
    plan = study(*paths)
    _tell_apart(plan.scenarios)
    loaded = load_all(plan.scenarios, wishes.overrides)
    base = plan.scenarios[0]
    name = base.resolve().parent.name if len(paths) == 1 else base.stem
    _compare(loaded, name, plan.title or name, plan.question, wishes, judged)


def _compare(
    loaded: "list[Loaded[Scenario]]",
    name: str,
    title: str,
    question: str,
    wishes: Wishes,
    judged: Judging,
) -> None:
    from sim.cli.simulating import carry_out, most_of
    from sim.experiments.compare import compare as experiment
    from sim.experiments.precision import wanted_of

    criteria, wanted = criteria_of(judged, wishes), wanted_of(wishes.precision)
    at_most = most_of(wishes, judged.select)
    carry_out(
        name,
        loaded,
        wishes,
        lambda tell: experiment(
            loaded,
            question=question,
            title=title,
            replications=wishes.replications,
            seed=wishes.seed,
            engine=wishes.engine,
            workers=wishes.workers,
            progress=tell,
            precision=wanted,
            at_most=at_most,
            control_variates=wishes.control_variates,
            criteria=criteria,
        ),
        judged=judged,
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
