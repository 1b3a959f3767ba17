"""From replications to estimates: no number leaves the program without its interval.

Replications are independent runs of the same days, so their totals are independent draws. Arrays of
totals have one row per replication and one column per row of a measure (R x k), and everything is
done for all columns at once. NaN marks what is undefined inside arrays; an `Estimate` has None.

A statistic is kept in linear form: its value, and by how much each replication pulls it. The pulls
of a mean are exact; those of a ratio of means are its delta method. Any smooth combination of
statistics is again of this form (see `paired`), and one interval serves them all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure with its confidence interval.

    mean: None if undefined, such as the abandonment of nobody. low, high: None if the mean is, or
    if fewer than two replications say anything. estimator: how it was made, in words.
    """

    mean: float | None
    low: float | None
    high: float | None
    replications: int
    estimator: str


@dataclass(frozen=True, eq=False)
class Estimates:
    """Estimates of k rows: arrays of length k, NaN for what is undefined."""

    mean: Floats
    low: Floats
    high: Floats
    replications: int
    estimator: str

    def row(self, index: int) -> Estimate:
        """The estimate of one row."""
        return Estimate(
            _number(self.mean[index]),
            _number(self.low[index]),
            _number(self.high[index]),
            self.replications,
            self.estimator,
        )


@dataclass(frozen=True, eq=False)
class Statistic:
    """A statistic of the replications in linear form, for k rows.

    value: length k. pulls: R x k, adding up to zero over the replications, such that the value
    varies like a mean of R such numbers; NaN where that is unknown. estimator: its name. spent:
    degrees of freedom spent on coefficients, beyond the one of the mean (see `controls`).
    """

    value: Floats
    pulls: Floats
    estimator: str
    spent: int = 0

    @property
    def degrees(self) -> int:
        """Degrees of freedom left to estimate the error by; 0 or less if there is none."""
        return len(self.pulls) - 1 - self.spent


def means(totals: ArrayLike) -> Statistic:
    """The mean of each column of R x k totals.

    Raises ValueError for totals that are not R x k with R at least 1, or not finite.
    """
    x = _checked(totals)
    value = x[0] + (x - x[0]).mean(axis=0)  # equal totals have exactly their own mean
    return Statistic(value, x - value, "mean")


def ratios(numerators: ArrayLike, denominators: ArrayLike) -> Statistic:
    """The ratio of the means of two columns of totals, for each of k columns: sum x / sum y.

    Not the mean of the replications' ratios, which would weigh a quiet day like a busy one. The
    pull of a replication is (x - ratio y) / mean y (Cochran 1977, Sampling Techniques, theorem 2.5
    and equation 2.39). Undefined where the denominators add up to zero; without precision where
    only one of them is not zero, for then that replication alone says all there is.

    Raises ValueError as `means` does, and for shapes that differ.
    """
    x, y = _checked(numerators), _checked(denominators)
    if x.shape != y.shape:
        raise ValueError(f"numerators are {x.shape} and denominators {y.shape}")
    mean_y = y.mean(axis=0)
    mean_y[mean_y == 0.0] = np.nan
    value = x.mean(axis=0) / mean_y
    pulls = (x - value * y) / mean_y
    pulls[:, np.count_nonzero(y, axis=0) < 2] = np.nan
    return Statistic(value, pulls, "ratio of means")


def intervals(statistic: Statistic, confidence: float = 0.95) -> Estimates:
    """Confidence intervals of Student's t with R - 1 degrees of freedom, less those spent.

    Exact for the mean of normal totals. For ratios of means an approximation that improves with R;
    too narrow for rows so rare that most replications have none.

    Raises ValueError unless 0 < confidence < 1.
    """
    return within(statistic, student(statistic.degrees, confidence))


def within(statistic: Statistic, errors: float) -> Estimates:
    """Intervals that go so many standard errors either way."""
    half = errors * standard_errors(statistic)
    return Estimates(
        statistic.value,
        statistic.value - half,
        statistic.value + half,
        len(statistic.pulls),
        statistic.estimator,
    )


def standard_errors(statistic: Statistic) -> Floats:
    """The standard error of each row; NaN with fewer than two replications."""
    replications = len(statistic.pulls)
    if replications < 2:
        return np.full(statistic.value.shape, np.nan)
    squares = np.square(statistic.pulls).sum(axis=0)
    return np.asarray(np.sqrt(squares / (replications - 1) / replications))


def student(degrees: int, confidence: float) -> float:
    """How many standard errors on either side hold `confidence` of Student's t; NaN without a
    degree of freedom. Raises ValueError unless 0 < confidence < 1."""
    from scipy.special import stdtrit

    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return float(stdtrit(degrees, 0.5 + 0.5 * confidence)) if degrees > 0 else float("nan")


def student_as_rare_as(sigmas: float, degrees: int) -> float:
    """How many estimated standard errors a mean of normal totals is away as rarely as one whose
    error is known is `sigmas` away. Infinite without degrees of freedom."""
    from scipy.special import ndtr, stdtrit

    return -float(stdtrit(degrees, ndtr(-sigmas))) if degrees > 0 else float("inf")


def mean_estimate(totals: ArrayLike, confidence: float = 0.95) -> Estimate:
    """The mean of one measure's R totals. Raises ValueError as `means` and `intervals` do."""
    return intervals(means(_column(totals)), confidence).row(0)


def ratio_estimate(
    numerators: ArrayLike, denominators: ArrayLike, confidence: float = 0.95
) -> Estimate:
    """The ratio of means of one measure's R pairs of totals. Raises ValueError as `ratios` does."""
    return intervals(ratios(_column(numerators), _column(denominators)), confidence).row(0)


def _column(totals: ArrayLike) -> Floats:
    return np.asarray(totals, dtype=np.float64)[:, np.newaxis]


def _checked(totals: ArrayLike) -> Floats:
    x = np.asarray(totals, dtype=np.float64)
    if x.ndim != 2 or len(x) == 0:
        raise ValueError(f"totals must be replications x rows, not of shape {x.shape}")
    if not np.isfinite(x).all():
        raise ValueError("totals must be finite")
    return x


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
