"""The table of laws: every distribution of a scenario as a row of numbers.

`sim.rules.distributions` reads the rows. What is costly or needs SciPy is worked out here, once.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.rules import distributions as kinds

_ROUNDING = 1e-9
_TINY_QUANTILE = 1e-20


@dataclass(frozen=True)
class _Moments:
    """The finite share of a law, and its mean and mean square over that share, times the share."""

    finite: float
    first: float
    second: float


class LawTable:
    """Collects laws and hands out their indices; identical laws share one.

    Each law may have a share `zero` that is 0 and a share `infinite` that never comes; its
    other parameters describe the rest. Means and values are in the unit of what is drawn
    (seconds, say). A parameter outside its range raises `ValueError`.
    """

    def __init__(self) -> None:
        self._index_of: dict[tuple[float, ...], int] = {}
        self._moments: list[_Moments] = []
        self._start_of: dict[tuple[float, ...], int] = {}
        self._knots: list[float] = []

    def constant(self, value: float, *, zero: float = 0.0, infinite: float = 0.0) -> int:
        """Always the same value, 0 or above."""
        _require(0.0 <= value < math.inf, f"a constant law needs a value from 0 on, not {value}")
        return self._enter(
            zero, infinite, _Moments(1.0, value, value * value), kinds.CONSTANT, value
        )

    def exponential(self, mean: float, *, zero: float = 0.0, infinite: float = 0.0) -> int:
        """The exponential law of a mean above 0."""
        _require_positive("mean of an exponential law", mean)
        return self._enter(
            zero, infinite, _Moments(1.0, mean, 2.0 * mean * mean), kinds.EXPONENTIAL, mean
        )

    def uniform(self, low: float, high: float, *, zero: float = 0.0, infinite: float = 0.0) -> int:
        """All values between two, alike."""
        _require(
            0.0 <= low <= high < math.inf,
            f"a uniform law needs two rising values from 0 on, not {low} and {high}",
        )
        square = (low * low + low * high + high * high) / 3.0
        moments = _Moments(1.0, (low + high) / 2.0, square)
        return self._enter(zero, infinite, moments, kinds.UNIFORM, low, high)

    def gamma(self, mean: float, shape: float, *, zero: float = 0.0, infinite: float = 0.0) -> int:
        """The gamma law of a mean above 0 and a shape from 0.05 to 10,000.

        Its coefficient of variation is shape ** -0.5. Values are tabulated; for shapes from 0.2
        to 100 they are within 2e-10 of the true ones, relatively.
        """
        _require_positive("mean of a gamma law", mean)
        _require_shape("gamma", shape, 0.05, 10_000.0)
        start = self._keep(_gamma_knots(shape))
        moments = _Moments(1.0, mean, mean * mean * (1.0 + 1.0 / shape))
        return self._enter(zero, infinite, moments, kinds.GAMMA, mean, start)

    def weibull(
        self, mean: float, shape: float, *, zero: float = 0.0, infinite: float = 0.0
    ) -> int:
        """The Weibull law of a mean above 0 and a shape from 0.1 to 100.

        Its scale is mean / Gamma(1 + 1 / shape).
        """
        _require_positive("mean of a Weibull law", mean)
        _require_shape("Weibull", shape, 0.1, 100.0)
        scale = mean / math.gamma(1.0 + 1.0 / shape)
        moments = _Moments(1.0, mean, scale * scale * math.gamma(1.0 + 2.0 / shape))
        return self._enter(zero, infinite, moments, kinds.WEIBULL, scale, 1.0 / shape)

    def lognormal(self, mean: float, cv: float, *, zero: float = 0.0, infinite: float = 0.0) -> int:
        """The lognormal law of a mean and a coefficient of variation above 0.

        The variance of its log is ln(1 + cv**2), the mean of its log ln(mean) less half of that.
        """
        _require_positive("mean of a lognormal law", mean)
        _require_positive("coefficient of variation of a lognormal law", cv)
        variance = math.log1p(cv * cv)
        moments = _Moments(1.0, mean, mean * mean * (1.0 + cv * cv))
        return self._enter(
            zero,
            infinite,
            moments,
            kinds.LOGNORMAL,
            math.log(mean) - variance / 2.0,
            math.sqrt(variance),
        )

    def empirical(
        self,
        values: Sequence[float],
        shares_below: Sequence[float],
        *,
        zero: float = 0.0,
        infinite: float = 0.0,
    ) -> int:
        """A measured law: the share below each value, a straight line in between.

        Values rise from 0 or above, shares rise from exactly 0 to exactly 1. A value given twice
        is a share that lies just there; a share given twice is a gap without values.
        """
        points, shares = [float(value) for value in values], [float(s) for s in shares_below]
        _require(
            len(points) == len(shares) >= 2
            and _rising(points)
            and _rising(shares)
            and 0.0 <= points[0] <= points[-1] < math.inf
            and shares[0] == 0.0
            and shares[-1] == 1.0,
            "an empirical law needs rising values from 0 on, and as many shares from 0 to 1",
        )
        start = self._keep((*points, *shares))
        at, weight = np.array(points), np.diff(shares)
        low, high = at[:-1], at[1:]
        moments = _Moments(
            finite=1.0,
            first=float(weight @ (low + high)) / 2.0,
            second=float(weight @ (low * low + low * high + high * high)) / 3.0,
        )
        return self._enter(zero, infinite, moments, kinds.EMPIRICAL, start, len(points))

    def mixture(
        self, weight: float, first: int, second: int, *, zero: float = 0.0, infinite: float = 0.0
    ) -> int:
        """With probability `weight` the law of index `first`, otherwise that of `second`."""
        _require(0.0 <= weight <= 1.0, f"a mixture needs a weight from 0 to 1, not {weight}")
        known = range(len(self._moments))
        _require(first in known and second in known, f"no laws {first} and {second} to mix yet")
        one, other = self._moments[first], self._moments[second]
        moments = _Moments(
            finite=weight * one.finite + (1.0 - weight) * other.finite,
            first=weight * one.first + (1.0 - weight) * other.first,
            second=weight * one.second + (1.0 - weight) * other.second,
        )
        return self._enter(zero, infinite, moments, kinds.MIXTURE, weight, first, second)

    def mean_of(self, index: int) -> float:
        """The mean of a law's finite values, zeros included; NaN if none is finite."""
        moments = self._moments[index]
        return moments.first / moments.finite if moments.finite > 0.0 else math.nan

    def cv_of(self, index: int) -> float:
        """The coefficient of variation of a law's finite values; NaN if their mean is 0 or NaN."""
        mean = self.mean_of(index)
        if not mean > 0.0:
            return math.nan
        mean_square = self._moments[index].second / self._moments[index].finite
        return math.sqrt(max(0.0, mean_square / (mean * mean) - 1.0))

    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """`laws` (a row per index) and `knots`, as `inverse` takes them."""
        laws = np.array(list(self._index_of), np.float64).reshape(-1, kinds.COLUMNS)
        return laws, np.array(self._knots, np.float64)

    def _enter(
        self, zero: float, infinite: float, rest: _Moments, kind: int, *parameters: float
    ) -> int:
        """The index of this row, which is added if it is new."""
        _require(
            zero >= 0.0 and infinite >= 0.0 and zero + infinite <= 1.0 + _ROUNDING,
            f"the shares of a law at zero ({zero}) and at infinity ({infinite}) exceed its whole",
        )
        unused = kinds.COLUMNS - kinds.FIRST - len(parameters)
        row = (float(kind), zero, infinite, *map(float, parameters), *[0.0] * unused)
        if row not in self._index_of:
            self._index_of[row] = len(self._moments)
            between = max(0.0, 1.0 - zero - infinite)
            self._moments.append(
                _Moments(
                    finite=zero + between * rest.finite,
                    first=between * rest.first,
                    second=between * rest.second,
                )
            )
        return self._index_of[row]

    def _keep(self, numbers: tuple[float, ...]) -> int:
        """The start of these numbers among the knots, where they are added if they are new."""
        if numbers not in self._start_of:
            self._start_of[numbers] = len(self._knots)
            self._knots.extend(numbers)
        return self._start_of[numbers]


@lru_cache(maxsize=64)
def _gamma_knots(shape: float) -> tuple[float, ...]:
    """The log quantile of a gamma law of mean 1 and its slope per knot, in turn, knot by knot.

    The upper half comes from the share above, which keeps its digits where the share below nears
    1. A quantile x too small for a float follows from P(shape, x) = x**shape / Gamma(shape + 1).
    """
    from scipy import special

    score = kinds.GAMMA_LEAST_SCORE + np.arange(kinds.GAMMA_KNOTS) / kinds.GAMMA_KNOTS_PER_SCORE
    tail = special.ndtr(-np.abs(score))
    quantile = np.where(
        score < 0.0, special.gammaincinv(shape, tail), special.gammainccinv(shape, tail)
    )
    log_share = special.log_ndtr(score)
    tiny = quantile < _TINY_QUANTILE
    log_tiny = (log_share + math.lgamma(shape + 1.0)) / shape
    log_quantile = np.where(tiny, log_tiny, np.log(np.where(tiny, 1.0, quantile)))
    log_normal_density = -0.5 * score**2 - 0.5 * math.log(2.0 * math.pi)
    log_density = shape * log_quantile - np.exp(log_quantile) - math.lgamma(shape)
    slope = np.exp(log_normal_density - log_density) / kinds.GAMMA_KNOTS_PER_SCORE
    return tuple(np.column_stack([log_quantile - math.log(shape), slope]).ravel().tolist())


def _rising(numbers: Sequence[float]) -> bool:
    return all(one <= next_one for one, next_one in pairwise(numbers))


def _require_positive(name: str, value: float) -> None:
    _require(0.0 < value < math.inf, f"the {name} must be above 0, not {value}")


def _require_shape(name: str, shape: float, least: float, greatest: float) -> None:
    _require(
        least <= shape <= greatest,
        f"the shape of a {name} law must be from {least} to {greatest}, not {shape}",
    )


def _require(met: bool, otherwise: str) -> None:
    if not met:
        raise ValueError(otherwise)
