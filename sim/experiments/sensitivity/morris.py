"""Screening: which factors matter at all, by few steps one factor at a time, from many places.

Morris (1991), "Factorial sampling plans for preliminary computational experiments": trajectories
through a grid, each of which moves every factor once; the change over the step is an elementary
effect. Campolongo, Cariboni and Saltelli (2007), "An effective screening design for sensitivity
analysis of large models": the mean of their sizes, mu*, ranks the factors.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEVELS = 4
STEP = LEVELS / (2 * (LEVELS - 1))
"""In shares of a distribution: two thirds, so that every level is as likely as any other."""
_RESAMPLES = 2_000


@dataclass(frozen=True)
class Trajectories:
    """Walks through the unit cube: spots r × (k + 1) × k, and which factor each step moves."""

    spots: Floats
    moved: Ints
    """r × k."""


@dataclass(frozen=True)
class Effects:
    """What the steps of one factor did, in the unit of the result per whole range."""

    size: float
    """mu*: the mean of their sizes."""
    low: float
    """Of its 95 % interval over trajectories."""
    high: float
    mean: float
    """mu: with signs; smaller than `size` where the direction changes."""
    spread: float
    """sigma: how much the effect depends on where the others are."""


def trajectories(factors: int, many: int, seed: int) -> Trajectories:
    """So many walks at random; each level of each factor is as likely as any other."""
    chance = np.random.default_rng(seed)
    low = chance.integers(0, LEVELS // 2, (many, factors)) / (LEVELS - 1)
    rising = chance.random((many, factors)) < 0.5
    moved = np.array([chance.permutation(factors) for _ in range(many)], dtype=np.int64)
    spots = np.empty((many, factors + 1, factors))
    spots[:, 0] = np.where(rising, low, low + STEP)
    for walk in range(many):
        for step, factor in enumerate(moved[walk]):
            spots[walk, step + 1] = spots[walk, step]
            way = 1.0 if rising[walk, factor] else -1.0
            spots[walk, step + 1, factor] += way * STEP
    return Trajectories(spots, moved)


def effects_of(walks: Trajectories, results: Floats) -> list[Effects]:
    """The effects of each factor. results: r × (k + 1), at the spots of the walks."""
    steps = np.diff(results, axis=1)
    told = []
    for factor in range(walks.moved.shape[1]):
        when = np.argmax(walks.moved == factor, axis=1)
        rows = np.arange(len(when))
        ways = walks.spots[rows, when + 1, factor] - walks.spots[rows, when, factor]
        told.append(_effects(steps[rows, when] / ways))
    return told


def _effects(elementary: Floats) -> Effects:
    sizes = np.abs(elementary)
    low, high = _interval(sizes)
    spread = float(elementary.std(ddof=1)) if len(elementary) > 1 else 0.0
    return Effects(float(sizes.mean()), low, high, float(elementary.mean()), spread)


def _interval(sizes: Floats) -> tuple[float, float]:
    """By the bootstrap, from percentiles (Efron 1979)."""
    from scipy.stats import bootstrap

    if len(sizes) < 2 or np.ptp(sizes) == 0.0:
        return float(sizes.mean()), float(sizes.mean())
    found = bootstrap(
        (sizes,),
        np.mean,
        n_resamples=_RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    return float(found.low), float(found.high)
