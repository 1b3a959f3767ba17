"""One replication lived again, with everything that happens in it."""

from dataclasses import dataclass, fields

import numpy as np

from sim.demand import Demand, demand_of
from sim.experiments.replicate import ENGINES, Progress, in_silence
from sim.experiments.replication import carry_on, playing
from sim.experiments.results import Document
from sim.experiments.simulate import told_of_run
from sim.logs import Logs
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of


@dataclass(frozen=True, eq=False)
class Replay:
    """What one replication comes to, and all that happened in it."""

    document: Document
    scenario: Scenario
    demand: Demand
    logs: Logs


def replay(
    loaded: Loaded[Scenario],
    replication: int,
    *,
    seed: int = 1,
    engine: str = ENGINES[0],
    progress: Progress = in_silence,
) -> Replay:
    """Live one replication of a run again; they are counted from 1."""
    tables = tables_of(loaded.scenario)
    batches: list[Logs] = []
    steps = playing(
        tables, seed, replication - 1, engine, lambda logs: batches.append(_copied(logs))
    )
    figures = carry_on(steps, lambda share: progress(share, 1))
    progress(1, 1)
    document = told_of_run(loaded, [figures], seed, engine)
    return Replay(
        document=document.model_copy(update={"replication": replication}),
        scenario=loaded.scenario,
        demand=demand_of(tables, seed, replication - 1),
        logs=_joined(batches),
    )


def _copied(logs: Logs) -> Logs:
    """An engine uses its arrays again."""
    return Logs(**{field.name: getattr(logs, field.name).copy() for field in fields(Logs)})


def _joined(batches: list[Logs]) -> Logs:
    names = [field.name for field in fields(Logs)]
    return Logs(**{name: np.concatenate([getattr(one, name) for one in batches]) for name in names})
