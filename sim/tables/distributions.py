"""A planner's distributions as rows of the table of laws."""

import math

from sim.scenario.distributions import Law
from sim.tables.laws import LawTable


def law_of(laws: LawTable, law: Law) -> int:
    """The index of this distribution in the table of laws, entered there if it is new."""
    shares = {"zero": law.at_once, "infinite": law.never}
    if law.constant is not None:
        return laws.constant(law.constant, **shares)
    if law.exponential is not None:
        return laws.exponential(law.exponential.mean, **shares)
    if law.uniform is not None:
        return laws.uniform(law.uniform.low, law.uniform.high, **shares)
    if law.gamma is not None:
        shape = law.gamma.shape or 1.0 / (law.gamma.cv or math.inf) ** 2
        return laws.gamma(law.gamma.mean, shape, **shares)
    if law.weibull is not None:
        return laws.weibull(law.weibull.mean, law.weibull.shape, **shares)
    if law.lognormal is not None:
        return laws.lognormal(law.lognormal.mean, law.lognormal.cv, **shares)
    if law.mixture is not None:
        one, other = law_of(laws, law.mixture.one), law_of(laws, law.mixture.other)
        return laws.mixture(law.mixture.share, one, other, **shares)
    return _measured(laws, law)


def _measured(laws: LawTable, law: Law) -> int:
    """An empirical law from its survival: what survives the last time never ends, or ends with
    it. The share that never ends is taken out of the curve, which then falls to zero."""
    assert law.empirical is not None
    at, survival = law.empirical.at, law.empirical.survival
    forever = survival[-1] if law.empirical.rest == "never" else 0.0
    if forever == 1.0:
        return laws.constant(0.0, zero=law.at_once, infinite=1.0 - law.at_once)
    times = [0.0, *at]
    shares = [0.0, *((1.0 - share) / (1.0 - forever) for share in survival)]
    if forever == 0.0 and survival[-1] > 0.0:
        times.append(at[-1])
        shares.append(1.0)
    ended = 1.0 - law.never - law.at_once
    return laws.empirical(times, shares, zero=law.at_once, infinite=law.never + forever * ended)
