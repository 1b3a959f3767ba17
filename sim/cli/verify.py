"""`run.py verify`: the program against known truth."""

import click

from sim.cli import options

EXIT_CODES = {"agrees": 0, "disagrees": 1, "too uncertain": 3}


@click.command()
@click.argument("cases", nargs=-1)
@click.option("--quick", is_flag=True, help="Within a minute, so that only large faults show.")
@options.seed
@options.engine
@options.workers
@options.overrides
@options.as_json
@options.quiet
def verify(
    cases: tuple[str, ...],
    quick: bool,
    seed: int,
    engine: str,
    workers: int,
    overrides: tuple[str, ...],
    json: bool,
    quiet: bool,
) -> None:
    """Check the program against values that are known.

    CASES are names of scenarios in scenarios/verification, such as erlang-a; all if none is given.
    Each is simulated and held against what queueing theory says of its numbers.

    \b
    Exit code: 0  everything agrees
               1  something disagrees
               2  the input was wrong
               3  nothing disagrees, but something is too uncertain to prove anything
             130  Ctrl-C; what was finished is told
    """
    from sim.cli.console import print_json, print_tables, remark
    from sim.cli.progress import progress
    from sim.cli.simulating import INTERRUPTED, compiles_first
    from sim.experiments.verify import verify as experiment
    from sim.report.text.verification import verification

    compiles = compiles_first(engine, quiet)
    with progress(quiet, "simulated days", compiles=compiles) as tell:
        found = experiment(
            cases,
            quick=quick,
            seed=seed,
            engine=engine,
            workers=workers,
            overrides=overrides,
            progress=tell,
        )
    if not found.cases:
        raise KeyboardInterrupt
    if json:
        print_json(found.model_dump_json())
    else:
        print_tables(lambda width: verification(found, width))
    context = click.get_current_context()
    if len(found.cases) < found.asked:
        remark(f"Interrupted: {len(found.cases)} of {found.asked} cases are finished.", False)
        context.exit(INTERRUPTED)
    context.exit(EXIT_CODES[found.verdict])
