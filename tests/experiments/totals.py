"""Replications whose figures a test gives: one total each, told as the total economic cost."""

from collections.abc import Sequence

import numpy as np

from sim.accounting.waits import kept
from sim.experiments.document import Place
from sim.experiments.finding import ECONOMIC
from sim.experiments.replication import Figures
from sim.experiments.results import Measure, Strategy
from sim.statistics.estimate import mean_estimate

PLACES = {ECONOMIC: Place(0, "mean")}


def figures_of(totals: Sequence[float]) -> list[Figures]:
    """A replication for each total."""
    none, waits = np.empty(0), kept(np.empty(0, dtype=np.uint32))
    return [Figures(np.array([one]), np.ones(1), none, none, none, waits) for one in totals]


def strategy_of(name: str, totals: Sequence[float], unit: str = "EUR per year") -> Strategy:
    """A strategy of which only this total is known."""
    estimate = mean_estimate(totals)
    measure = Measure(
        measure=ECONOMIC,
        unit=unit,
        row_kind="total",
        row="total",
        interval=None,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        replications=len(totals),
        estimator="mean",
    )
    return Strategy(
        name=name,
        file=f"{name}.toml",
        title="",
        currency="EUR",
        counted_days=7,
        warm_up_days=0,
        start=None,
        service_level_rule="",
        measures=(measure,),
        bill=(),
        assumptions=(),
        warnings=(),
    )
