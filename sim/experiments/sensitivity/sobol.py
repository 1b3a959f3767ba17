"""Sobol's indices: which share of the spread of a result each factor brings, alone and in all.

Sobol (1993); estimated as by Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010),
"Variance based sensitivity analysis of model output". scipy has the same estimators, but no seed
for its bootstrap; a test holds the two against each other.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_RESAMPLES = 1_000


@dataclass(frozen=True)
class Samples:
    """Two samples of n spots in the unit cube of k factors, and the first with each column in turn
    from the second: k × n × k."""

    first: Floats
    second: Floats
    mixed: Floats

    @property
    def spots(self) -> Floats:
        """All spots, one after another: (k + 2) n × k."""
        return np.concatenate([self.first, self.second, *self.mixed])


@dataclass(frozen=True)
class Index:
    """A factor's shares of the variance, with 95 % intervals by the bootstrap."""

    alone: float
    alone_low: float
    alone_high: float
    in_all: float
    """With all that it does together with others."""
    in_all_low: float
    in_all_high: float


def samples(factors: int, many: int, seed: int) -> Samples:
    """Samples of a low-discrepancy sequence (Sobol 1967), `many` being a power of two."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(2 * factors, scramble=True, rng=seed)
    both = sequence.random_base2(round(np.log2(many)))
    first, second = both[:, :factors], both[:, factors:]
    mixed = np.repeat(first[np.newaxis], factors, axis=0)
    for factor in range(factors):
        mixed[factor, :, factor] = second[:, factor]
    return Samples(first, second, mixed)


def indices_of(design: Samples, results: Floats) -> list[Index]:
    """The indices of each factor. results: at `design.spots`.

    All zero where the result does not vary.
    """
    many, factors = design.first.shape
    first, second = results[:many], results[many : 2 * many]
    mixed = results[2 * many :].reshape(factors, many)
    chance = np.random.default_rng(1)
    drawn = [chance.integers(0, many, many) for _ in range(_RESAMPLES)]
    again = np.array([_indices(first[one], second[one], mixed[:, one]) for one in drawn])
    low, high = np.percentile(again, [2.5, 97.5], axis=0)
    alone, in_all = _indices(first, second, mixed)
    return [
        Index(alone[one], low[0, one], high[0, one], in_all[one], low[1, one], high[1, one])
        for one in range(factors)
    ]


def _indices(first: Floats, second: Floats, mixed: Floats) -> Floats:
    """First-order indices by Saltelli et al. (2010), table 2 (b), total ones by table 2 (f), which
    is Jansen (1999): 2 × k. Results are taken from their mean, which leaves less to chance."""
    both = np.concatenate([first, second])
    variance = both.var()
    if variance <= 0.0:
        return np.zeros((2, len(mixed)))
    alone = ((second - both.mean()) * (mixed - first)).mean(axis=1) / variance
    in_all = 0.5 * np.square(first - mixed).mean(axis=1) / variance
    return np.stack([alone, in_all])
