"""Which points of a sweep are run: a grid over one or two axes, scattered evenly over more."""

import math
from collections.abc import Sequence
from itertools import product

from sim.experiments.sweep.axes import Axis, Spot, Value

SCATTERED = 64
"""Points over three axes or more, if nothing is said."""


MOST = 100_000
"""Points of a grid."""


def spots_of(axes: Sequence[Axis], points: int | None, seed: int) -> tuple[Spot, ...]:
    """A grid over one or two axes, points scattered over more, or wherever their number is given.

    Raises ValueError with a sentence for a grid of too many points.
    """
    if points is not None or len(axes) > 2:
        return scattered(axes, points or SCATTERED, seed)
    if math.prod(len(axis.values) for axis in axes) > MOST:
        raise ValueError(f"a grid of more than {MOST:,} points; vary fewer values")
    return grid(axes)


def grid(axes: Sequence[Axis]) -> tuple[Spot, ...]:
    """Every combination of values, the last axis the quickest."""
    return tuple(product(*(axis.values for axis in axes)))


def scattered(axes: Sequence[Axis], points: int, seed: int) -> tuple[Spot, ...]:
    """So many points of Sobol's low-discrepancy sequence (Sobol 1967), scrambled by a seed: any few
    of them cover all axes evenly, where a grid of so many would have two or three values each.

    An axis of numbers is used from its least to its greatest value, of another each value equally
    often. Points that fall together, on axes of few values, are one.
    """
    from scipy.stats import qmc

    sampler = qmc.Sobol(len(axes), scramble=True, rng=seed)
    count = max(0, (points - 1).bit_length())
    shares = sampler.random_base2(count)[:points]
    return tuple(
        dict.fromkeys(
            tuple(_at(axis, float(share)) for axis, share in zip(axes, row, strict=True))
            for row in shares
        )
    )


def _at(axis: Axis, share: float) -> Value:
    if not axis.is_stretch:
        return axis.values[int(share * len(axis.values))]
    low, high = min(axis.numbers), max(axis.numbers)
    places = 3 - math.floor(math.log10(high - low))
    return axis.at(round(low + share * (high - low), places))
