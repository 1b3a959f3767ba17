"""Commands that run many points of a scenario: their options, and how they tell what they found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim.cli import options
from sim.cli.console import Refused, print_json, print_tables, remark, writing
from sim.cli.folders import OUTPUTS, new_folder
from sim.cli.progress import Tell, progress

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType

    from sim.experiments.points import Lot

Found = TypeVar("Found", bound="BaseModel")
Command = Callable[..., Any]
INTERRUPTED = 130
KEPT = OUTPUTS / ".finished"
"""Where finished points are kept."""

_OPTIONS = (
    click.option(
        "--replications",
        "-n",
        type=click.IntRange(2, 1_000_000),
        default=options.REPLICATIONS,
        show_default=True,
        help="How often the same days are lived again with other luck, at every point.",
    ),
    options.seed,
    options.engine,
    options.workers,
    options.out,
    options.overrides,
    options.as_json,
    options.quiet,
)


@dataclass(frozen=True)
class PointWishes:
    """How points are to be simulated and told."""

    replications: int
    seed: int
    engine: str
    workers: int
    out: Path | None
    overrides: tuple[str, ...]
    json: bool
    quiet: bool

    def lot(self) -> "Lot":
        """The same as experiments take it."""
        from sim.experiments.points import Lot
        from sim.experiments.store import Store

        store = Store(KEPT)
        store.forget_old()
        return Lot(self.replications, self.seed, self.engine, self.workers, store)


def pointwise(command: Command) -> Command:
    """Give a command the options of points; it gets them as one argument, `wishes`."""

    @wraps(command)
    def with_wishes(**given: Any) -> Any:
        wishes = PointWishes(**{name: given.pop(name) for name in PointWishes.__dataclass_fields__})
        return command(**given, wishes=wishes)

    decorated: Command = with_wishes
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def staged(wishes: PointWishes) -> Callable[[], AbstractContextManager[Tell]]:
    """What begins a part of the work of which the progress is told by itself."""
    return lambda: progress(wishes.quiet)


def carry_out_points(
    name: str,
    wishes: PointWishes,
    experiment: "Callable[[Tell], tuple[Found | None, bool]]",
    shown: "Callable[[Found, int], RenderableType]",
    write: Callable[[Found, Path, Tell], None],
    *,
    in_stages: bool = False,
) -> None:
    """Simulate, print what came out, and write its files.

    name: of the folder, unless one is wished for. experiment: what is found, None if nothing, and
    whether it was interrupted. shown: what is printed on a screen of some width. write: writes all
    files into a folder. in_stages: whether the experiment tells its progress itself (`staged`).
    """
    from sim.cli.simulating import compiles_first
    from sim.report.export import as_json, check_room

    folder = wishes.out or new_folder(name, wishes.seed, datetime.now())
    with writing(folder, Refused):
        check_room(folder)
    compiles = compiles_first(wishes.engine, wishes.quiet)
    with progress(wishes.quiet or in_stages, compiles=compiles) as tell:
        found, interrupted = experiment(tell)
    if found is None:
        raise KeyboardInterrupt
    told = found
    try:
        if wishes.json:
            print_json(as_json(told))
        else:
            print_tables(lambda width: shown(told, width))
    finally:  # also where nobody reads to the end
        with writing(folder), progress(wishes.quiet, "charts") as tell:
            write(told, folder, tell)
    if not wishes.quiet:
        click.echo(f"\nFiles: {folder.as_posix()}", err=wishes.json)
    if interrupted:
        remark(
            "Interrupted: what was finished is told and kept. The same command goes on from there.",
            False,
        )
        click.get_current_context().exit(INTERRUPTED)
