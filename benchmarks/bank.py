"""A bank of replications, from which experiments are taken: lived once, judged in many ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.accounting.measures import lines_of_whole
from sim.accounting.waits import NO_WAITS, Waits, at_or_below, bounds, wait_rows
from sim.experiments.replication import carry_on, playing
from sim.scenario.load import load
from sim.tables.build import tables_of

Floats = npt.NDArray[np.float64]

BOUNDS = bounds()
"""Of the histogram of waits, seconds."""
_AT_ONCE = 500
"""So many histograms are laid out side by side: a few hundred megabytes."""


@dataclass(frozen=True, eq=False)
class Bank:
    """All replications of one strategy."""

    tops: dict[str, Floats]
    """Numerators by measure of the whole, one for each replication."""
    bottoms: dict[str, Floats]
    ratio: dict[str, bool]
    """Whether a measure is a ratio of means."""
    controls: Floats
    """R x 2: what the customers brought beyond what was to be expected."""
    waits: tuple[Waits, ...]
    """Of the first replications only."""
    rows: npt.NDArray[np.int64]
    """The rows of the histograms that make up the whole."""

    def truth(self, measure: str) -> float:
        """The mean, or the ratio of means, over all replications."""
        return float(self.tops[measure].sum() / self.bottoms[measure].sum())

    def below(self, part: slice) -> Floats:
        """R x k: contacts of these replications whose wait is at most each of `BOUNDS`."""
        return np.asarray(at_or_below(self.waits[part], self.rows).sum(axis=1))

    def all_below(self) -> Floats:
        """The same of all replications added up, in as many rows as were laid out in turn."""
        starts = range(0, len(self.waits), _AT_ONCE)
        return np.array([self.below(slice(n, n + _AT_ONCE)).sum(axis=0) for n in starts])


def bank_of(
    file: Path,
    overrides: Sequence[str],
    replications: int,
    *,
    waits: int = 0,
    tell: Callable[[int], None] = lambda _: None,
) -> Bank:
    """Live a scenario so often; waits are kept of the first `waits` replications."""
    tables = tables_of(load(file, tuple(overrides)).scenario)
    lines = [
        (index, line)
        for index, line in enumerate(lines_of_whole(tables.terms))
        if line.row_kind == "total"
    ]
    chosen = [index for index, _ in lines]
    tops, bottoms = (np.empty((replications, len(lines))) for _ in range(2))
    controls = np.empty((replications, 2))
    histograms = [NO_WAITS] * waits
    for number in range(replications):
        steps = playing(tables, 1, number, "kernel", with_controls=True)
        figures = carry_on(steps, lambda _: None)
        tops[number] = figures.numerators[chosen]
        bottoms[number] = figures.denominators[chosen]
        controls[number] = figures.controls
        if number < waits:
            histograms[number] = figures.waits
        tell(number)
    return Bank(
        {line.measure: tops[:, nth] for nth, (_, line) in enumerate(lines)},
        {line.measure: bottoms[:, nth] for nth, (_, line) in enumerate(lines)},
        {line.measure: line.estimator != "mean" for _, line in lines},
        controls,
        tuple(histograms),
        wait_rows(tables.terms)["total", "total"],
    )
