"""Distributions: one uniform, one value, by inversion.

All laws of a run stand in one table, `laws` (float64, a row per law, made by
`sim.tables.laws`), with the breakpoints of the laws that need a table of their own in `knots`
(float64, one dimension). The columns FIRST, SECOND and THIRD mean, by kind:

=============  ===================  ===========================  ======
kind           FIRST                SECOND                       THIRD
=============  ===================  ===========================  ======
CONSTANT       value
EXPONENTIAL    mean
UNIFORM        least value          greatest value
GAMMA          mean                 start of its knots
WEIBULL        scale                1 / shape
LOGNORMAL      mean of the log      st. deviation of the log
EMPIRICAL      start of its knots   number of its breakpoints
MIXTURE        weight of one law    index of that law            index of the other
=============  ===================  ===========================  ======

A share ZERO of every law is 0 and a share INFINITE is infinite; the kind shapes the rest.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.jit import rule

KIND, ZERO, INFINITE, FIRST, SECOND, THIRD = range(6)
COLUMNS = 6

CONSTANT, EXPONENTIAL, UNIFORM, GAMMA, WEIBULL, LOGNORMAL, EMPIRICAL, MIXTURE = range(8)

GAMMA_LEAST_SCORE = -8.25
GAMMA_KNOTS_PER_SCORE = 128
GAMMA_KNOTS = 2113
"""Knots of a gamma law: equally spaced normal scores from -8.25 to 8.25. Two numbers a knot: the
log quantile of the law of mean 1, and its slope per knot."""

_GAMMA_GREATEST_SCORE = -GAMMA_LEAST_SCORE - 1.0 / GAMMA_KNOTS_PER_SCORE
_LEAST_DRAW = 2.0**-53
_GREATEST_DRAW = 1.0 - 2.0**-53
_GREATEST_EXPONENT = 709.0


@rule
def inverse(laws: NDArray[np.float64], knots: NDArray[np.float64], law: int, u: float) -> float:
    """The value of a law (a row of `laws`) at the uniform `u`; may be `math.inf`.

    Increasing in `u`, but for a mixture, which gives its first part the lower values of `u`.
    A `u` outside [2**-53, 1 - 2**-53] counts as the nearer end.
    """
    while True:
        zero = float(laws[law, ZERO])
        infinite_from = 1.0 - float(laws[law, INFINITE])
        if u < zero:
            return 0.0
        if u >= infinite_from:
            return math.inf
        u = _inside_0_and_1((u - zero) / (infinite_from - zero))
        kind = int(laws[law, KIND])
        if kind != MIXTURE:
            break
        weight = float(laws[law, FIRST])
        if u < weight:
            u, law = _inside_0_and_1(u / weight), int(laws[law, SECOND])
        else:
            u, law = _inside_0_and_1((u - weight) / (1.0 - weight)), int(laws[law, THIRD])

    first, second = float(laws[law, FIRST]), float(laws[law, SECOND])
    if kind == CONSTANT:
        return first
    if kind == EXPONENTIAL:
        return -first * math.log1p(-u)
    if kind == UNIFORM:
        return first + (second - first) * u
    if kind == GAMMA:
        return first * _gamma_of_mean_1(knots, int(second), normal_quantile(u))
    if kind == WEIBULL:
        return first * math.pow(-math.log1p(-u), second)
    if kind == LOGNORMAL:
        return math.exp(min(first + second * normal_quantile(u), _GREATEST_EXPONENT))
    return _between_breakpoints(knots, int(first), int(second), u)


@rule
def _inside_0_and_1(u: float) -> float:
    """Keep a rescaled draw strictly between 0 and 1."""
    return min(max(u, _LEAST_DRAW), _GREATEST_DRAW)


@rule
def gamma_at_score(
    laws: NDArray[np.float64], knots: NDArray[np.float64], law: int, score: float
) -> float:
    """The value of a gamma law (without shares at zero and infinity) below which lies the same
    share as below a standard normal `score`; beyond the outermost knots that of the last one."""
    score = min(max(score, GAMMA_LEAST_SCORE), _GAMMA_GREATEST_SCORE)
    return float(laws[law, FIRST]) * _gamma_of_mean_1(knots, int(laws[law, SECOND]), score)


@rule(inlined=False)
def _gamma_of_mean_1(knots: NDArray[np.float64], start: int, score: float) -> float:
    """The quantile of a gamma law of mean 1: a cubic Hermite curve through its log quantiles."""
    place = (score - GAMMA_LEAST_SCORE) * GAMMA_KNOTS_PER_SCORE
    below = int(place)
    t = place - below
    here = start + 2 * below
    value, slope = float(knots[here]), float(knots[here + 1])
    rise, next_slope = float(knots[here + 2]) - value, float(knots[here + 3])
    cubic = slope + next_slope - 2.0 * rise
    square = 3.0 * rise - 2.0 * slope - next_slope
    return math.exp(min(value + t * (slope + t * (square + t * cubic)), _GREATEST_EXPONENT))


@rule(inlined=False)
def _between_breakpoints(knots: NDArray[np.float64], start: int, count: int, u: float) -> float:
    """The quantile of a law whose share below a value is a straight line between breakpoints.

    `count` values stand from `start` on, then as many shares, from 0 to 1.
    """
    shares = start + count
    low, high = 0, count - 1
    while high - low > 1:
        middle = (low + high) // 2
        if u < knots[shares + middle]:
            high = middle
        else:
            low = middle
    least, greatest = float(knots[start + low]), float(knots[start + high])
    below, not_above = float(knots[shares + low]), float(knots[shares + high])
    return min(least + (greatest - least) * ((u - below) / (not_above - below)), greatest)


@rule
def normal_quantile(u: float) -> float:
    """The standard normal score below which lies the share `u`, for 0 < u < 1.

    Wichura (1988), "The percentage points of the normal distribution", algorithm AS 241, routine
    PPND16: within 1e-15 or so of the true score, relatively.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (
                ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
                + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r
                + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
                + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
            )
            / (
                ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
                + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r
                + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
                + 4.2313330701600911252e1) * r + 1.0
            )
        )  # fmt: skip
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        score = (
            ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
            + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
            + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
            + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
        ) / (
            ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
            + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
            + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
            + 2.05319162663775882187e0) * r + 1.0
        )  # fmt: skip
    else:
        r -= 5.0
        score = (
            ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
            + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
            + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
            + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
        ) / (
            ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
            + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
            + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
            + 5.99832206555887937690e-1) * r + 1.0
        )  # fmt: skip
    return -score if q < 0.0 else score
