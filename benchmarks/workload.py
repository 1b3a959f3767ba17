"""A scenario file timed along the public way: demand, engine, counting, measures; on one core."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.accounting.measures import catalogue
from sim.experiments.replicate import in_silence, replicate
from sim.experiments.replication import Figures, simulate
from sim.scenario.load import load
from sim.tables.build import tables_of

FOLDER = Path(__file__).parent
REPLICATIONS = {"w1": 1, "w2": 100, "year": 1}


def run(
    name: str,
    *,
    engine: str = "kernel",
    replications: int = 0,
    seed: int = 1,
    overrides: Sequence[str] = (),
) -> dict[str, Any]:
    """Play a workload; what it took and what came out.

    name: `w1`, `w2` or `year`. replications: as many as the workload has, if 0. `sim_s` is the
    time of the simulation itself: imports, reading the scenario and compiling come before.
    """
    tables = tables_of(load(FOLDER / f"{name}.toml", tuple(overrides)).scenario)
    replications = replications or REPLICATIONS[name]
    _compile(name, engine)
    begin = time.perf_counter()
    figures = [simulate(tables, seed, replication, engine) for replication in range(replications)]
    seconds = time.perf_counter() - begin
    value = _Values(catalogue(tables.terms), figures)
    offered = value.total("offered")
    return {
        "peer": f"waitworth-{engine}",
        "w": name,
        "reps": replications,
        "calls": round(offered * replications),
        "seed": seed,
        "sim_s": round(seconds, 6),
        "peak_mb": _peak(),
        "offered": offered,
        "served": value.total("handled"),
        "abandoned": value.total("abandoned"),
        "abandonment": value.ratio("abandonment"),
        "mean_wait_served": value.ratio("ASA"),
        "mean_wait_all": value.ratio("mean wait"),
        "sl20": value.ratio("service level"),
        "occupancy": value.ratio("occupancy"),
        **{
            f"occupancy, {team}": value.ratio("occupancy", "team", team)
            for team in tables.terms.names.teams
        },
    }


def nanoseconds_a_call(result: dict[str, Any]) -> float:
    """The cost of one contact."""
    return 1e9 * float(result["sim_s"]) / float(result["calls"])


def seconds_by_workers(name: str, workers: int) -> float:
    """How long the replications of a workload take on so many threads."""
    scenario = load(FOLDER / f"{name}.toml").scenario
    _compile(name, "kernel")
    begin = time.perf_counter()
    replicate(
        [scenario],
        replications=REPLICATIONS[name],
        seed=1,
        engine="kernel",
        workers=workers,
        progress=in_silence,
    )
    return time.perf_counter() - begin


def _peak() -> float:
    """The most memory that this process has had, MB; not a number where nobody tells."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _compile(name: str, engine: str) -> None:
    """Play a short day, so that everything is compiled."""
    overrides = () if name == "w2" else ("horizon=1 day",)
    simulate(tables_of(load(FOLDER / f"{name}.toml", overrides).scenario), 1, 0, engine)


class _Values:
    """The figures of replications by their names."""

    def __init__(self, lines: Sequence[Any], figures: Sequence[Figures]) -> None:
        self.places = {
            (line.measure, line.row_kind, line.row): place
            for place, line in enumerate(lines)
            if line.interval is None
        }
        self.tops = np.mean([one.numerators for one in figures], axis=0)
        self.bottoms = np.mean([one.denominators for one in figures], axis=0)

    def total(self, measure: str) -> float:
        """The mean over replications."""
        return float(self.tops[self._place(measure, "total", None)])

    def ratio(self, measure: str, kind: str = "total", row: str | None = None) -> float:
        """The ratio of the means over replications."""
        place = self._place(measure, kind, row)
        return float(self.tops[place] / self.bottoms[place])

    def _place(self, measure: str, kind: str, row: str | None) -> int:
        return next(
            place
            for (name, of, what), place in self.places.items()
            if (name, of) == (measure, kind) and row in (None, what)
        )
