"""The quantiles of waits, from the histograms of the replications."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.accounting.measures import quantiles
from sim.accounting.waits import at_or_below, bounds, wait_rows
from sim.codes import WAITS
from sim.experiments.replication import Figures
from sim.experiments.results import Measure
from sim.statistics.estimate import Floats
from sim.statistics.quantile import quantile_intervals
from sim.terms import Terms


def wait_measures(terms: Terms, figures: Sequence[Figures]) -> Iterator[Measure]:
    """Every quantile of every row, undefined where nobody waited."""
    rows, edges = wait_rows(terms), bounds()
    counts: dict[tuple[str, str], Floats] = {}
    for line, measure in quantiles(terms).items():
        row = line.row_kind, line.row
        if row not in counts:
            counts[row] = at_or_below([one.waits for one in figures], rows[row])
        below = counts[row][:, [WAITS.index(name) for name in measure.of]].sum(axis=1)
        used = 1 + int(np.argmax(below.sum(axis=0) == below[:, -1].sum()))
        estimate = quantile_intervals(below[:, :used], edges[:used], measure.share).row(0)
        yield Measure(
            measure=line.measure,
            unit=line.unit,
            row_kind=line.row_kind,
            row=line.row,
            interval=None,
            mean=estimate.mean,
            low=estimate.low,
            high=estimate.high,
            replications=estimate.replications,
            estimator=line.estimator,
            note=line.note,
        )
