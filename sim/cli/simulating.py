"""From scenarios to results on the screen and in a folder: what `run` and `compare` share."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused, print_json, print_tables, remark, writing
from sim.cli.folders import new_folder
from sim.cli.options import Wishes
from sim.cli.progress import Tell, progress
from sim.errors import Problem, ScenarioError, told

if TYPE_CHECKING:
    from sim.experiments.results import Document
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario

INTERRUPTED = 130


def load_all(files: Iterable[Path], overrides: tuple[str, ...]) -> "list[Loaded[Scenario]]":
    """Read scenarios; raises ScenarioError with the problems of all of them, each told once."""
    from sim.scenario.load import load

    loaded: list[Loaded[Scenario]] = []
    problems: dict[Problem, None] = {}
    wrong = False
    for file in files:
        try:
            loaded.append(load(file, overrides))
            problems |= dict.fromkeys(loaded[-1].warnings)
        except ScenarioError as error:
            problems |= dict.fromkeys(error.problems)
            wrong = True
    if wrong:
        raise ScenarioError(problems)
    return loaded


def carry_out(
    name: str,
    loaded: "Sequence[Loaded[Scenario]]",
    wishes: Wishes,
    experiment: "Callable[[Tell], Document]",
) -> None:
    """Simulate, write the files, and print what came out.

    name: of the folder, unless one is wished for.
    """
    from sim.report.export import as_json, check_room, export
    from sim.report.provenance import provenance
    from sim.report.text import tables

    folder = wishes.out or new_folder(name, wishes.seed, datetime.now())
    with writing(folder, Refused):
        check_room(folder)
    remark(told(dict.fromkeys(w for one in loaded for w in one.warnings)), wishes.quiet)
    document, interrupted = _simulated(experiment, wishes)
    origin = provenance(document, loaded, wishes.overrides, wishes.replications)
    try:
        if wishes.json:
            print_json(as_json(document))
        else:
            print_tables(lambda width: tables(document, width, None, wishes.definitions))
    finally:  # also where nobody reads to the end
        with writing(folder), progress(wishes.quiet, "charts") as tell:
            export(document, origin, folder, tell)
    if not wishes.quiet:
        click.echo(f"\nFiles: {folder.as_posix()}", err=wishes.json)
    if interrupted:
        finished = f"{document.replications:,} of {wishes.replications:,} replications"
        remark(f"Interrupted: {finished} are kept.", False)
        click.get_current_context().exit(INTERRUPTED)


def _simulated(experiment: "Callable[[Tell], Document]", wishes: Wishes) -> "tuple[Document, bool]":
    """What the experiment found, and whether it was stopped before its end."""
    from sim.experiments.replication import must_compile
    from sim.experiments.simulate import Interrupted

    compiles = must_compile(wishes.engine)
    if compiles:
        remark("Compiling the model, once; this takes half a minute or so.", wishes.quiet)
    try:
        with progress(wishes.quiet, compiles=compiles) as tell:
            return experiment(tell), False
    except Interrupted as stop:
        if stop.document is None:
            raise KeyboardInterrupt from None
        return stop.document, True
