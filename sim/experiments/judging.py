"""Whether a simulated figure agrees with its known value.

A difference is judged in standard errors. It disagrees beyond `SIGMAS` or, as errors are estimated
from some replications only, beyond the quantile of Student's t that is as improbable: of N true
values one disagrees by chance in N / 16,000 verifications, a hundredth for 160 values (Bonferroni).
Nothing agrees whose standard error is too large to prove anything; so a fault of (limit + 1.645)
standard errors is found with 95 % probability.
"""

import math
from typing import NamedTuple

from sim.experiments.known import Claim, Runs, Sum
from sim.experiments.verdicts import Comparison, Verdict
from sim.statistics.estimate import Statistic, intervals, standard_errors, student_as_rare_as

SIGMAS = 4.0
_ROUNDING = 1e-9
FOUND = 1.645
"""Standard errors that a fault must be beyond the limit to be found with 95 % probability."""


def judged(claim: Claim, runs: Runs, precision: float) -> Comparison:
    """A claim held against what was simulated; errors above `precision` prove nothing."""
    simulated = claim.simulated.statistic(runs)
    if isinstance(claim.known, Sum):
        other = claim.known.statistic(runs)
        known = float(other.value[0])
        simulated = Statistic(simulated.value, simulated.pulls - other.pulls, "identity")
    else:
        known = claim.known
    estimate = intervals(simulated).row(0)
    unit = claim.simulated.unit(runs)
    limit = student_as_rare_as(SIGMAS, len(simulated.pulls) - 1)
    error = float(standard_errors(simulated)[0])
    found = _found(known, estimate.mean, error, unit, limit, precision)
    _, kind, row, interval = next(claim.simulated.places())
    return Comparison(
        measure=claim.simulated.name,
        unit=unit,
        row_kind=kind,
        row=row,
        interval=interval,
        known=known,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        error=found.error,
        difference=found.difference,
        limit=limit,
        finds=None if found.error is None else (limit + FOUND) * found.error,
        verdict=found.verdict,
    )


class _Found(NamedTuple):
    error: float | None
    difference: float | None
    verdict: Verdict


def _found(
    known: float,
    simulated: float | None,
    standard_error: float,
    unit: str,
    limit: float,
    precision: float,
) -> _Found:
    """The error relative to the known value, the difference in standard errors, and the verdict."""
    if simulated is None or math.isnan(standard_error):
        return _Found(None, None, "too uncertain")
    size = min(known, 1.0 - known) if unit.startswith("share") else abs(known)
    error = standard_error / size if size > 0.0 else None
    away = simulated - known
    if abs(away) <= _ROUNDING * abs(known):
        away = 0.0
    if standard_error <= _ROUNDING * abs(known):
        return _Found(0.0, 0.0, "agrees") if away == 0.0 else _Found(0.0, None, "disagrees")
    difference = away / standard_error
    if abs(difference) > limit:
        return _Found(error, difference, "disagrees")
    if error is None or error > precision:
        return _Found(error, difference, "too uncertain")
    return _Found(error, difference, "agrees")
