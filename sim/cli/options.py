"""The options that commands share, the same everywhere."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

ENGINES = ("kernel", "reference")
REPLICATIONS = 20
AT_MOST = 1_000
LARGEST_SEED = 2**63 - 1

Command = Callable[..., Any]


@dataclass(frozen=True)
class Wishes:
    """How a simulation is to be carried out and told."""

    replications: int
    precision: tuple[str, ...]
    at_most: int | None
    control_variates: bool
    seed: int
    engine: str
    workers: int
    out: Path | None
    overrides: tuple[str, ...]
    definitions: bool
    json: bool
    quiet: bool

    def statistics(self) -> dict[str, object]:
        """What it says of statistics, by the names of the options."""
        return {
            "precision": list(self.precision),
            "at_most": self.at_most,
            "control_variates": self.control_variates,
        }


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


overrides = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change a value of the scenario, such as teams.frontline.scale=0.9; repeatable.",
)
definitions = click.option(
    "--definitions", is_flag=True, help="Say also what each measure is, exactly."
)
as_json = click.option(
    "--json", "json", is_flag=True, help="Print one JSON document instead of tables."
)
quiet = click.option("--quiet", "-q", is_flag=True, help="No progress and no remarks.")

seed = click.option(
    "--seed",
    type=click.IntRange(0, LARGEST_SEED),
    default=1,
    show_default=True,
    help="Where the luck begins; the same seed gives the same figures.",
)
engine = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="What plays the days: the compiled kernel, or SimPy, slower and to be read.",
)
workers = click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    default=cores,
    show_default="one for each core",
    help="Processes side by side; figures do not depend on it.",
)

out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="A new folder for the files, in place of outputs/<scenario>/<time and seed>.",
)

_SIMULATION = (
    click.option(
        "--replications",
        "-n",
        type=click.IntRange(1, 1_000_000),
        default=REPLICATIONS,
        show_default=True,
        help="How often the same days are lived again with other luck; with --precision or "
        "--select at least so often.",
    ),
    click.option(
        "--precision",
        multiple=True,
        metavar="[MEASURE=]SIZE",
        help='Add replications until half of the 95 % interval is at most so much: "2%" of every '
        'headline figure, or of one, as "abandonment=0.5 points"; repeatable.',
    ),
    click.option(
        "--at-most",
        type=click.IntRange(1, 1_000_000),
        help=f"With --precision or --select no more replications than this.  [default: {AT_MOST}]",
    ),
    click.option(
        "--control-variates",
        is_flag=True,
        help="Take out of the figures what luck did to the volume and to handle times.",
    ),
    seed,
    engine,
    workers,
    out,
    overrides,
    definitions,
    as_json,
    quiet,
)


def simulation(command: Command) -> Command:
    """Give a command the options of a simulation; it gets them as one argument, `wishes`."""

    @wraps(command)
    def with_wishes(**given: Any) -> Any:
        wishes = Wishes(**{name: given.pop(name) for name in Wishes.__dataclass_fields__})
        return command(**given, wishes=wishes)

    decorated: Command = with_wishes
    for option in reversed(_SIMULATION):
        decorated = option(decorated)
    return decorated
