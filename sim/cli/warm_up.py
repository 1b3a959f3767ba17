"""`run.py warm-up`: how long a company takes to forget that it began empty."""

import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.options import REPLICATIONS

if TYPE_CHECKING:
    from sim.experiments.warmup import WarmUp

DAYS = 182


@click.command("warm-up")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--days",
    type=click.IntRange(35, 7_300),
    default=DAYS,
    show_default=True,
    help="How long to look, from the empty start on.",
)
@click.option(
    "--replications",
    "-n",
    type=click.IntRange(1, 1_000_000),
    default=REPLICATIONS,
    show_default=True,
    help="How often these days are lived again with other luck.",
)
@options.seed
@options.engine
@options.out
@options.overrides
@options.as_json
@options.quiet
def warm_up(
    scenario: Path,
    days: int,
    replications: int,
    seed: int,
    engine: str,
    out: Path | None,
    overrides: tuple[str, ...],
    json: bool,
    quiet: bool,
) -> None:
    """Find how long a warm-up a scenario needs.

    A run begins with nobody in the queues, nothing unsettled and customers who remember nothing.
    This command lives the days before the first counted one, as many as --days says, and shows
    after how many of them that is forgotten (MSER), measure by measure, with a chart.
    """
    from sim.cli.console import Refused, print_json, print_tables, writing
    from sim.cli.folders import new_folder
    from sim.cli.progress import progress
    from sim.cli.simulating import compiles_first
    from sim.experiments.warmup import find_warm_up
    from sim.report.charts.warmup import draw_warm_up
    from sim.report.export import check_room
    from sim.report.text.warmup import warm_up as table
    from sim.scenario.load import load
    from sim.tables.build import tables_of

    given = tables_of(load(scenario, overrides).scenario).terms.calendar.warm_days
    loaded = load(scenario, (*overrides, f"warm_up={days} days"))
    folder = out or new_folder(scenario.stem, seed, datetime.now())
    with writing(folder, Refused):
        check_room(folder)
    with progress(quiet, compiles=compiles_first(engine, quiet)) as tell:
        found = find_warm_up(
            loaded, given, replications=replications, seed=seed, engine=engine, progress=tell
        )
    if json:
        print_json(found.model_dump_json())
    else:
        print_tables(lambda width: table(found, width))
    with writing(folder):
        draw_warm_up(found, folder)
        _write(found, folder)
    if not quiet:
        click.echo(f"\nFiles: {folder.as_posix()}", err=json)


def _write(found: "WarmUp", folder: Path) -> None:
    """The means batch by batch, for a spreadsheet."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "warm-up.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["measure", "unit", "from_day", "to_day", "mean"])
        for one in found.series:
            for nth, mean in enumerate(one.batches):
                first = nth * found.batch
                writer.writerow([one.measure, one.unit, first, first + found.batch, mean])
