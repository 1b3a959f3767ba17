"""A bank of replications, from which experiments are taken: lived once, judged in many ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.experiments.document import HEADLINE, places_of
from sim.experiments.replication import carry_on, playing
from sim.logs import Logs
from sim.scenario.load import load
from sim.tables.build import tables_of

Floats = npt.NDArray[np.float64]

BOUNDS = np.concatenate([[0.0], 0.1 * 1.01 ** np.arange(1_056)])
"""Of waits, seconds: 1 % apart from a tenth of a second to an hour."""


@dataclass(frozen=True, eq=False)
class Bank:
    """All replications of one strategy."""

    tops: dict[str, Floats]
    """Numerators by measure, one for each replication."""
    bottoms: dict[str, Floats]
    ratio: dict[str, bool]
    """Whether a measure is a ratio of means."""
    controls: Floats
    """R x 2: what the customers brought beyond what was to be expected."""
    below: npt.NDArray[np.int32]
    """R x k: contacts whose wait is at most each of `BOUNDS`; of the first replications only."""

    def truth(self, measure: str) -> float:
        """The mean, or the ratio of means, over all replications."""
        return float(self.tops[measure].sum() / self.bottoms[measure].sum())


def bank_of(
    file: Path,
    overrides: Sequence[str],
    replications: int,
    *,
    waits: int = 0,
    measures: Sequence[str] = HEADLINE,
    tell: Callable[[int], None] = lambda _: None,
) -> Bank:
    """Live a scenario so often; waits are kept of the first `waits` replications."""
    loaded = load(file, tuple(overrides))
    tables, places = tables_of(loaded.scenario), places_of(loaded)
    tops, bottoms = (np.empty((replications, len(measures))) for _ in range(2))
    controls = np.empty((replications, 2))
    below = np.zeros((waits, len(BOUNDS)), dtype=np.int32)
    for number in range(replications):
        counts = np.zeros(len(BOUNDS) + 1, dtype=np.int64)

        def keep(logs: Logs, counts: npt.NDArray[np.int64] = counts) -> None:
            rows = logs.contacts
            spent = (rows["end_wait"] - rows["joined"])[rows["leg"] == 1]
            places_in = np.searchsorted(BOUNDS, spent[np.isfinite(spent)])
            np.add.at(counts, places_in, 1)

        kept = keep if number < waits else (lambda _: None)
        steps = playing(tables, 1, number, "kernel", kept, with_controls=True)
        figures = carry_on(steps, lambda _: None)
        for nth, measure in enumerate(measures):
            tops[number, nth] = figures.numerators[places[measure].index]
            bottoms[number, nth] = figures.denominators[places[measure].index]
        controls[number] = figures.controls
        if number < waits:
            below[number] = np.cumsum(counts)[:-1]
        tell(number)
    return Bank(
        {measure: tops[:, nth] for nth, measure in enumerate(measures)},
        {measure: bottoms[:, nth] for nth, measure in enumerate(measures)},
        {measure: places[measure].estimator != "mean" for measure in measures},
        controls,
        below,
    )
