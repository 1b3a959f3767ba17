"""`run.py run`: one strategy in detail."""

from pathlib import Path

import click

from sim.cli.options import Wishes, simulation


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@simulation
def run(scenario: Path, wishes: Wishes) -> None:
    """Simulate one strategy and tell it in detail.

    By queue, team, reason and segment, the busiest day by interval, the bill item by item, and the
    view of a dashboard against that of the customers.
    """
    from sim.cli.simulating import carry_out, load_all, most_of
    from sim.experiments.precision import wanted_of
    from sim.experiments.simulate import run as experiment

    wanted, at_most = wanted_of(wishes.precision), most_of(wishes)
    loaded = load_all([scenario], wishes.overrides)
    carry_out(
        scenario.stem,
        loaded,
        wishes,
        lambda tell: experiment(
            loaded[0],
            replications=wishes.replications,
            seed=wishes.seed,
            engine=wishes.engine,
            workers=wishes.workers,
            progress=tell,
            precision=wanted,
            at_most=at_most,
            control_variates=wishes.control_variates,
        ),
    )
