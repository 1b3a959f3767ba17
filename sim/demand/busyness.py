"""How busy each day is: one factor for the whole company (MODEL.md section 2)."""

import numpy as np

from sim.codes import BUSYNESS, BUSYNESS_BEFORE
from sim.jit import rule
from sim.rules.busyness import next_score
from sim.rules.distributions import gamma_at_score, normal_quantile
from sim.rules.draws import uniform
from sim.rules.order import EARLIEST_DAY
from sim.tables.tables import Floats, Tables


def busyness_of(tables: Tables, seed: int, replication: int) -> Floats:
    """The factor on the volumes of each simulated day; 1 where nothing is said."""
    streams, calendar = tables.streams, tables.terms.calendar
    if streams.busyness < 0:
        return np.ones(calendar.days)
    return _factors(
        tables.laws,
        tables.knots,
        streams.busyness,
        streams.correlation,
        seed,
        replication,
        tables.busyness_key,
        -calendar.warm_days,
        calendar.counted_days,
    )


@rule(makes_arrays=True)
def _factors(
    laws: Floats,
    knots: Floats,
    law: int,
    correlation: float,
    seed: int,
    replication: int,
    key: int,
    first: int,
    end: int,
) -> Floats:
    """The factors of the days from `first` to before `end`, counted from the first counted day: a
    Gaussian AR(1) under gamma margins (Cario and Nelson 1996, Autoregressive to anything).

    Every date has an innovation of its own. The series begins in its stationary state before the
    earliest day that a run can have, so that a date's factor does not depend on the warm-up.
    """
    factors = np.empty(end - first)
    start = EARLIEST_DAY if correlation != 0.0 else first
    u = uniform(seed, replication, key, EARLIEST_DAY, 0, 0, 0, BUSYNESS_BEFORE)
    score = normal_quantile(u)
    for date in range(start, end):
        u = uniform(seed, replication, key, date, 0, 0, 0, BUSYNESS)
        score = next_score(score, correlation, normal_quantile(u))
        if date >= first:
            factors[date - first] = gamma_at_score(laws, knots, law, score)
    return factors
