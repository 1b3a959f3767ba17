"""From scenarios to results on the screen and in a folder: what `run` and `compare` share."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from sim.cli.console import Refused, print_json, print_tables, remark, writing
from sim.cli.folders import new_folder
from sim.cli.judging import Judging
from sim.cli.options import AT_MOST, Wishes
from sim.cli.progress import Tell, progress
from sim.errors import Problem, ScenarioError, told

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.experiments.results import Document
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario

INTERRUPTED = 130
Place = TypeVar("Place")


def load_all(files: Iterable[Path], overrides: tuple[str, ...]) -> "list[Loaded[Scenario]]":
    """Read scenarios; raises ScenarioError with the problems of all of them, each told once."""
    from sim.scenario.load import load

    return every(files, lambda file: load(file, overrides))


def every(
    places: "Iterable[Place]", load: "Callable[[Place], Loaded[Scenario]]"
) -> "list[Loaded[Scenario]]":
    """Load what is at these places; raises ScenarioError with the problems of all of them."""
    loaded: list[Loaded[Scenario]] = []
    problems: dict[Problem, None] = {}
    wrong = False
    for place in places:
        try:
            loaded.append(load(place))
            problems |= dict.fromkeys(loaded[-1].warnings)
        except ScenarioError as error:
            problems |= dict.fromkeys(error.problems)
            wrong = True
    if wrong:
        raise ScenarioError(problems)
    return loaded


def most_of(wishes: Wishes, select: bool = False) -> int:
    """How many replications at most; raises Refused if there is nothing that the limit limits."""
    if wishes.at_most is None:
        return AT_MOST
    if not wishes.precision and not select:
        raise Refused(
            "--at-most limits what --precision or --select would add, and neither is given; "
            "--replications says how many there are"
        )
    if wishes.at_most < wishes.replications:
        raise Refused(
            f"--at-most {wishes.at_most} is less than --replications {wishes.replications}, which "
            "says how many there are at least; lower that too"
        )
    return wishes.at_most


def carry_out(
    name: str,
    loaded: "Sequence[Loaded[Scenario]]",
    wishes: Wishes,
    experiment: "Callable[[Tell], Document]",
    shown: "Callable[[Document, int], RenderableType] | None" = None,
    also: Callable[[Path], None] = lambda _: None,
    judged: Judging | None = None,
) -> None:
    """Simulate, write the files, and print what came out.

    name: of the folder, unless one is wished for. shown: what is printed of a document on a screen
    of some width, if not its tables. also: writes further files into the folder. judged: how a
    comparison was to be judged, to be noted beside the wishes.
    """
    from sim.report.export import as_json, check_room, export
    from sim.report.provenance import provenance
    from sim.report.text import tables

    folder = wishes.out or new_folder(name, wishes.seed, datetime.now())
    with writing(folder, Refused):
        check_room(folder)
    remark(told(dict.fromkeys(w for one in loaded for w in one.warnings)), wishes.quiet)
    document, interrupted = _simulated(experiment, wishes)
    options = wishes.statistics() | (judged.said() if judged else {})
    origin = provenance(document, loaded, wishes.overrides, wishes.replications, options)
    try:
        if wishes.json:
            print_json(as_json(document))
        elif shown is not None:
            print_tables(lambda width: shown(document, width))
        else:
            print_tables(lambda width: tables(document, width, None, wishes.definitions))
    finally:  # also where nobody reads to the end
        with writing(folder), progress(wishes.quiet, "charts") as tell:
            export(document, origin, folder, tell, also)
    if not wishes.quiet:
        click.echo(f"\nFiles: {folder.as_posix()}", err=wishes.json)
    if interrupted:
        open_end = wishes.precision or (judged and judged.select)
        of = "" if open_end else f" of {wishes.replications}"
        remark(f"Interrupted: {document.replications}{of} replications are kept.", False)
        click.get_current_context().exit(INTERRUPTED)


def _simulated(experiment: "Callable[[Tell], Document]", wishes: Wishes) -> "tuple[Document, bool]":
    """What the experiment found, and whether it was stopped before its end."""
    from sim.experiments.simulate import Interrupted

    compiles = compiles_first(wishes.engine, wishes.quiet)
    try:
        with progress(wishes.quiet, compiles=compiles) as tell:
            return experiment(tell), False
    except Interrupted as stop:
        if stop.document is None:
            raise KeyboardInterrupt from None
        return stop.document, True


def compiles_first(engine: str, quiet: bool) -> bool:
    """Whether this is the first use of an engine, which compiles; then say so."""
    from sim.experiments.replication import must_compile

    compiles = must_compile(engine)
    if compiles:
        remark("Compiling the model, once; this takes half a minute or so.", quiet)
    return compiles
