"""What a team is asked for: the load by interval, as simulated with agents in plenty."""

import math
from dataclasses import dataclass

import numpy as np

from sim.experiments.implied import team_load
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.reading import Reading
from sim.experiments.staffing.targets import ABANDONMENT, WAIT
from sim.tables.tables import Floats, Ints

_HOUR = 3600.0


@dataclass(frozen=True, eq=False)
class Load:
    """By interval of a pattern, on an average day; rates per second."""

    erlangs: Floats
    """Agents busy if there are always enough: the modified offered load, which lags behind the
    calls by about a handle time (Eick, Massey and Whitt 1993, "The physics of the M_t/G/infinity
    queue"). As simulated, so that repeats, transfers and incidents are in it."""
    calls: Floats
    """Contacts that join the team's queues, repeats included."""
    handle: float
    """Their mean handle time, seconds."""
    first_calls: Floats
    first_handle: float
    patience: float
    """Seconds: all waiting over all who hang up, in the scenario as it is. It is the estimate of
    the mean of an exponential patience from waits that an answer cuts short (Brown et al. 2005,
    "Statistical analysis of a telephone call center", section 6.3). Infinite if nobody hangs up."""


def in_plenty(pattern: Pattern) -> Ints:
    """So many agents at all times that nobody waits."""
    peak = float(team_load(pattern.scenario, pattern.team).erlangs.max(initial=0.0))
    return np.full(pattern.size, math.ceil(3.0 * peak) + 10)


def load_of(pattern: Pattern, plenty: Reading, as_it_is: Reading) -> Load:
    """The load of the intervals of a pattern, from both simulations."""
    seconds = pattern.days_of * pattern.interval
    calls = pattern.pooled(plenty.offered).mean(axis=0)
    busy = pattern.pooled(plenty.busy).mean(axis=0) * _HOUR
    first, first_work = first_calls(pattern)
    gone = float(as_it_is.tops[ABANDONMENT].sum())
    return Load(
        erlangs=busy / seconds,
        calls=calls / seconds,
        handle=float(busy.sum() / calls.sum()),
        first_calls=first / seconds,
        first_handle=float(first_work.sum() / first.sum()) if first.any() else 0.0,
        patience=float(as_it_is.tops[WAIT].sum()) / gone if gone else math.inf,
    )


def first_calls(pattern: Pattern) -> tuple[Floats, Floats]:
    """Expected first calls of the team over the counted days, and their work in seconds; by
    interval of a pattern."""
    load = team_load(pattern.scenario, pattern.team)
    days, quarters = load.calls.shape
    per_slot = quarters // pattern.per_day
    calls, erlangs = (
        pattern.pooled(of.reshape(days, pattern.per_day, per_slot).sum(axis=-1))
        for of in (load.calls, load.erlangs)
    )
    return calls, erlangs * pattern.interval / per_slot
