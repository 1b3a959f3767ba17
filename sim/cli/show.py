"""`run.py show`: the tables and charts of a finished run again, without simulating."""

from pathlib import Path

import click

from sim.cli import options


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--strategy", help="Tell this one of a comparison in detail.")
@options.definitions
@options.as_json
@options.quiet
def show(output: Path, strategy: str | None, definitions: bool, json: bool, quiet: bool) -> None:
    """Show a finished run again, without simulating.

    OUTPUT is a folder that `run` or `compare` has written. Its charts are drawn anew.
    """
    from sim.cli.console import Refused, print_json, print_tables, remark, writing
    from sim.cli.progress import progress
    from sim.report.export import UnreadableError, as_json, read_back, redraw
    from sim.report.text import tables

    try:
        document, folder = read_back(output)
    except UnreadableError as error:
        raise Refused(f"{output.as_posix()}: {error}") from None
    names = [one.name for one in document.strategies]
    if strategy is not None and strategy not in names:
        raise Refused(f"no strategy {strategy!r} here; there are: {', '.join(names)}")
    if json:
        print_json(as_json(document))
        return
    print_tables(lambda width: tables(document, width, strategy, definitions))
    with writing(folder), progress(quiet, "charts") as tell:
        redraw(document, folder, tell)
    remark(f"\nCharts: {(folder / 'charts').as_posix()}", quiet)
