"""`--from OUTPUT`: an earlier run again, from what its folder says of its origin."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from sim.cli.console import Refused
from sim.cli.judging import Judging
from sim.cli.options import Wishes

if TYPE_CHECKING:
    from sim.report.origin import Origin
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario

again = click.option(
    "--from",
    "earlier",
    type=click.Path(path_type=Path),
    metavar="OUTPUT",
    help="In place of files: the folder of an earlier run, to be made again. Its scenario, seed, "
    "number of replications and engine count where nothing else is said.",
)


def origin_of(folder: Path) -> "tuple[Origin, Path]":
    """The origin of an earlier run, and the file in which it stands."""
    from sim.report.export import UnreadableError
    from sim.report.origin import read_origin

    try:
        return read_origin(folder)
    except UnreadableError as error:
        raise Refused(f"{folder.as_posix()}: {error}") from None


def as_then(wishes: Wishes, origin: "Origin", judged: Judging | None = None) -> Wishes:
    """Wishes as they were for an earlier run, but for what the command line says.

    judged: of a comparison that is made again. Where there is a precision or a choice to reach, it
    begins with as many replications as then; else there are as many as there were in the end.
    """
    then = origin.options
    again = (origin.kind == "compare") == (judged is not None)
    precision = wishes.precision or (then.precision if again else ())
    replications = origin.replications
    if precision or (judged and judged.select):
        replications = origin.replications_asked_for
    return replace(
        wishes,
        replications=wishes.replications if said("replications") else replications,
        precision=precision,
        at_most=wishes.at_most or then.at_most,
        control_variates=wishes.control_variates or then.control_variates,
        seed=wishes.seed if said("seed") else origin.seed,
        engine=wishes.engine if said("engine") else origin.engine,
    )


def judged_as_then(judged: Judging, origin: "Origin") -> Judging:
    """How an earlier comparison was judged, but for what the command line says."""
    then = origin.options
    return Judging(
        by=judged.by or then.by,
        indifference=judged.indifference or then.indifference,
        select=judged.select or then.select,
        simultaneous=judged.simultaneous or then.simultaneous,
    )


def said(name: str) -> bool:
    """Whether the command line says something of an option."""
    source = click.get_current_context().get_parameter_source
    return source(name) is ParameterSource.COMMANDLINE


def scenarios_of(
    origin: "Origin", file: Path, overrides: tuple[str, ...]
) -> "list[Loaded[Scenario]]":
    """All scenarios of an earlier run; raises ScenarioError with the problems of all of them."""
    from sim.cli.simulating import every
    from sim.report.origin import scenario_of

    numbers = range(len(origin.scenarios))
    return every(numbers, lambda number: scenario_of(origin, number, file, overrides))
