"""How a comparison is to be judged: the options that only `compare` has."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import Refused
from sim.cli.options import Wishes

if TYPE_CHECKING:
    from sim.experiments.criteria import Criteria

Command = Callable[..., Any]

_OPTIONS = (
    click.option(
        "--by",
        metavar="MEASURE",
        help="The headline measure by which the best is chosen.  [default: total economic cost "
        "per year]",
    ),
    click.option(
        "--indifference",
        metavar="SIZE",
        help='A difference in it that does not matter, as "1%" of the base\'s figure or as an '
        "amount; strategies no farther apart are called a tie.  [default: none; with --select 1%]",
    ),
    click.option(
        "--select",
        is_flag=True,
        help="Add replications, only to strategies that may yet be the best, until one is left.",
    ),
    click.option(
        "--simultaneous",
        is_flag=True,
        help="Intervals of the differences that hold all at once, not each by itself.",
    ),
)


@dataclass(frozen=True)
class Judging:
    """How a comparison is to be judged, in the words of the user."""

    by: str | None
    indifference: str | None
    select: bool
    simultaneous: bool

    def said(self) -> dict[str, object]:
        """What it says, by the names of the options."""
        return asdict(self)


def judging(command: Command) -> Command:
    """Give a command these options; it gets them as one argument, `judged`."""

    @wraps(command)
    def with_judging(**given: Any) -> Any:
        judged = Judging(**{name: given.pop(name) for name in Judging.__dataclass_fields__})
        return command(**given, judged=judged)

    decorated: Command = with_judging
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def criteria_of(judged: Judging, wishes: Wishes) -> "Criteria":
    """The same as `compare` takes it; raises Refused or ScenarioError for what cannot be."""
    from sim.experiments.criteria import criteria_of

    if judged.select and wishes.precision:
        raise Refused(
            "--select does not go with --precision: both say when to stop; leave one of them out"
        )
    if judged.select and judged.simultaneous:
        raise Refused(
            "--select does not go with --simultaneous: strategies that are left behind have fewer "
            "replications than the others; leave one of them out"
        )
    return criteria_of(
        judged.by,
        judged.indifference,
        select=judged.select,
        simultaneous=judged.simultaneous,
    )
