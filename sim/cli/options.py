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
LARGEST_SEED = 2**63 - 1

Command = Callable[..., Any]


@dataclass(frozen=True)
class Wishes:
    """How a simulation is to be carried out and told."""

    replications: int
    seed: int
    engine: str
    workers: int
    out: Path | None
    overrides: tuple[str, ...]
    definitions: bool
    json: bool
    quiet: bool


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

_SIMULATION = (
    click.option(
        "--replications",
        "-n",
        type=click.IntRange(1, 1_000_000),
        default=REPLICATIONS,
        show_default=True,
        help="How often the same days are lived again with other luck.",
    ),
    seed,
    engine,
    workers,
    click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="A new folder for the files, in place of outputs/<scenario>/<time and seed>.",
    ),
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
