"""`run.py run`: one strategy in detail."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.console import Refused
from sim.cli.earlier import again, as_then, origin_of, scenarios_of
from sim.cli.following import Followed, following, selection_of
from sim.cli.options import Wishes, simulation

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.cli.progress import Tell
    from sim.experiments.results import Document
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario


@click.command()
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@again
@click.option("--strategy", metavar="NAME", help="With --from a comparison: which strategy of it.")
@following
@simulation
def run(
    scenario: Path | None,
    earlier: Path | None,
    strategy: str | None,
    followed: Followed,
    wishes: Wishes,
) -> None:
    """Simulate one strategy and tell it in detail.

    By queue, team, reason and segment, the busiest day by interval, the bill item by item, and the
    view of a dashboard against that of the customers.

    With --trace, one replication is played, and all that happens in it is written: so any figure
    of it can be followed to the contacts, issues and customers behind it.
    """
    from sim.cli.simulating import load_all

    replication = followed.replication
    of_many = wishes.precision or wishes.at_most or wishes.control_variates
    if (scenario is None) == (earlier is None):
        raise Refused("name a scenario, or an earlier run by --from OUTPUT; one of the two")
    if scenario is not None:
        loaded = load_all([scenario], wishes.overrides)[0]
    else:
        assert earlier is not None
        origin, file = origin_of(earlier)
        wishes = as_then(wishes, origin)
        named = _index([played.name for played in origin.scenarios], strategy, earlier)
        loaded = scenarios_of(origin, file, wishes.overrides)[named]
        replication = replication or origin.replication
    if replication or followed.is_traced:
        if of_many:
            raise Refused(
                "one replication is played, which has no interval: --precision, --at-most and "
                "--control-variates do not go with it; leave them out"
            )
        _replay(loaded, replication or 1, followed, wishes, earlier)
    else:
        _run(loaded, wishes)


def _index(names: list[str], strategy: str | None, earlier: Path) -> int:
    """The strategy of an earlier run that is meant."""
    if strategy is None and len(names) == 1:
        return 0
    if strategy not in names:
        wrong = "say which strategy" if strategy is None else f"no strategy {strategy!r}"
        raise Refused(f"{earlier.as_posix()}: {wrong}; --strategy takes: {', '.join(names)}")
    return names.index(strategy)


def _run(loaded: "Loaded[Scenario]", wishes: Wishes) -> None:
    from sim.cli.simulating import carry_out, most_of
    from sim.experiments.precision import wanted_of
    from sim.experiments.simulate import run as experiment

    wanted, at_most = wanted_of(wishes.precision), most_of(wishes)
    carry_out(
        loaded.files[0].stem,
        [loaded],
        wishes,
        lambda tell: experiment(
            loaded,
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


def _replay(
    loaded: "Loaded[Scenario]",
    replication: int,
    followed: Followed,
    wishes: Wishes,
    earlier: Path | None,
) -> None:
    """Play one replication; tell it, or what is looked for in it."""
    from sim.cli.simulating import carry_out
    from sim.experiments.replay import replay
    from sim.report.text import tables
    from sim.report.trace.chronicle import Chronicle
    from sim.report.trace.files import write_trace
    from sim.report.trace.screen import screen
    from sim.tables.build import tables_of

    selection = selection_of(followed, tables_of(loaded.scenario))
    results = None if wishes.overrides else _results(earlier, loaded.files[0].stem)
    played: list[Chronicle] = []

    def experiment(tell: "Tell") -> "Document":
        found = replay(loaded, replication, seed=wishes.seed, engine=wishes.engine, progress=tell)
        played.append(Chronicle(found.scenario, found.demand, found.logs))
        return found.document

    def shown(document: "Document", width: int) -> "RenderableType":
        if selection.is_everything:
            return tables(document, width, None, wishes.definitions)
        return screen(played[0], selection, document, results, width)

    def write(folder: Path) -> None:
        if followed.is_traced:
            write_trace(played[0], selection, folder)

    carry_out(loaded.files[0].stem, [loaded], wishes, experiment, shown=shown, also=write)


def _results(earlier: Path | None, strategy: str) -> "Document | None":
    """What all replications of an earlier run say of a strategy, if that is there."""
    from sim.report.export import UnreadableError, read_back

    if earlier is None:
        return None
    try:
        document, _ = read_back(earlier)
    except UnreadableError:
        return None
    named = tuple(one for one in document.strategies if one.name == strategy)
    if document.replication is not None or not named:
        return None
    return document.model_copy(update={"strategies": named})
