"""`run.py staff`: how many agents, interval by interval, and in which shifts."""

from datetime import datetime
from pathlib import Path

import click

from sim.cli import options

REPLICATIONS = 100
_INTERVALS = {"15 min": 900.0, "30 min": 1800.0, "60 min": 3600.0}
INTERRUPTED = 130


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="MEASURE=BOUND",
    help='What is to be kept at least staffing cost, as "service level=80% by interval", '
    '"abandonment=3%" (by week), "mean wait=30 s by day", "customers lost=5" (a week); '
    "repeatable.  [default: least total economic cost]",
)
@click.option("--team", metavar="NAME", help="Which team; the only one if not given.")
@click.option(
    "--interval",
    type=click.Choice(list(_INTERVALS)),
    default="30 min",
    show_default=True,
    help="For how long a number of agents stands.",
)
@click.option(
    "--shifts",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A menu of shifts and breaks, which are to cover the agents needed at least cost.",
)
@click.option(
    "--replications",
    "-n",
    type=click.IntRange(2, 100_000),
    default=REPLICATIONS,
    show_default=True,
    help="Fresh ones, on which what was found is verified.",
)
@click.option(
    "--search-replications",
    type=click.IntRange(2, 10_000),
    help="On which each staffing is tried out in the search.  [default: 40 to 120, fewer the more "
    "days are simulated]",
)
@options.seed
@options.engine
@options.workers
@options.out
@options.overrides
@options.as_json
@options.quiet
def staff(
    scenario: Path,
    targets: tuple[str, ...],
    team: str | None,
    interval: str,
    shifts: Path | None,
    replications: int,
    search_replications: int | None,
    seed: int,
    engine: str,
    workers: int,
    out: Path | None,
    overrides: tuple[str, ...],
    json: bool,
    quiet: bool,
) -> None:
    """Find how many agents a team needs, interval by interval.

    At least total economic cost, or with targets at least staffing cost. It begins with a formula
    for the load that a simulation meets, repeats and redials included, improves that by simulation,
    and verifies the best on fresh replications, beside what Erlang C and Erlang A would have. The
    files hold a scenario with that staffing, for `run` and `compare`.
    """
    from sim.cli.console import Refused, print_json, print_tables, remark, writing
    from sim.cli.folders import new_folder
    from sim.cli.progress import progress
    from sim.cli.simulating import compiles_first
    from sim.errors import told
    from sim.experiments.staffing.shifts import menu_of
    from sim.experiments.staffing.staff import staff as experiment
    from sim.experiments.staffing.targets import targets_of
    from sim.experiments.staffing.team import team_of
    from sim.report.export import check_room
    from sim.report.staffing import write_staffing
    from sim.report.text.staffing import staffing as tables
    from sim.scenario.load import load

    wanted = targets_of(targets)
    loaded = load(scenario, overrides)
    chosen = team_of(loaded, team, wanted)
    seconds = _INTERVALS[interval]
    menu = menu_of(shifts, seconds) if shifts else None
    folder = out or new_folder(f"{scenario.stem}-staff", seed, datetime.now())
    with writing(folder, Refused):
        check_room(folder)
    remark(told(loaded.warnings), quiet)
    with progress(quiet, compiles=compiles_first(engine, quiet)) as tell:
        found = experiment(
            loaded,
            chosen,
            wanted,
            menu=menu,
            interval=seconds,
            replications=replications,
            searching=search_replications,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=tell,
        )
    try:
        if json:
            print_json(found.document.model_dump_json())
        else:
            print_tables(lambda width: tables(found.document, width))
    finally:  # also where nobody reads to the end
        with writing(folder):
            write_staffing(found, loaded, overrides, folder)
    if not quiet:
        click.echo(f"\nFiles: {folder.as_posix()}", err=json)
    if found.document.interrupted:
        remark("Interrupted: the best staffing found so far is kept.", False)
        click.get_current_context().exit(INTERRUPTED)
