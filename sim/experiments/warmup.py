"""How long a run takes to forget that it began empty, measured.

The days before the first counted one are drawn out, and what is measured on each of them, averaged
over the replications, is given to MSER (`sim.statistics.warmup`): in batches of five days, or of a
week where the days of a week are not alike, for then only weeks are.
"""

from typing import Any

import numpy as np

from sim.accounting.daily import SERIES, Series, count_days, no_days
from sim.demand import demand_of
from sim.experiments.replicate import ENGINES, REPLICATIONS, Progress, in_silence
from sim.experiments.replication import engine_named
from sim.experiments.results import Part
from sim.logs import Logs
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.warmup import BATCH, batched, truncation
from sim.tables.build import tables_of
from sim.tables.tables import Floats, Tables
from sim.terms import DAY
from sim.units import WEEKDAYS

DAYS = 182
"""How long is looked, if nothing is said: half a year, twice the half-life of the customers' memory
that is assumed."""


class Settling(Part):
    """How one measure settles after an empty start."""

    measure: str
    unit: str
    after: int | None
    """Days until it has settled; null if it has not within the days looked at."""
    settled: float | None
    """Its mean from then on, or over the second half; null if there was nothing to measure."""
    as_given: float | None
    """In the batch that follows the warm-up that the scenario has."""
    batches: tuple[float | None, ...]
    """Its means batch by batch."""


class WarmUp(Part):
    """What a search for a warm-up has found."""

    file: str
    title: str
    seed: int
    replications: int
    engine: str
    days: int
    """Looked at, from the empty start on."""
    batch: int
    """Days a batch."""
    given: int
    """Days of warm-up in the scenario."""
    found: int | None
    """Days after which all measures have settled; null if one has not."""
    series: tuple[Settling, ...]


def find_warm_up(
    loaded: Loaded[Scenario],
    given: int,
    *,
    replications: int = REPLICATIONS,
    seed: int = 1,
    engine: str = ENGINES[0],
    progress: Progress = in_silence,
) -> WarmUp:
    """Look for the warm-up of a scenario that has been given a long one.

    given: days of warm-up that it has otherwise. Measures that are never above zero are left out.
    Raises ValueError for a warm-up of fewer than four batches.
    """
    tables = tables_of(loaded.scenario)
    calendar = tables.terms.calendar
    days = calendar.warm_days
    batch = BATCH if _days_are_alike(tables) else len(WEEKDAYS)
    sums = no_days(days)
    for replication in range(replications):
        reached = 0.0
        for logs in engine_named(engine).run(demand_of(tables, seed, replication)):
            count_days(sums, logs)
            reached = max(reached, _latest(logs) / DAY)
            progress(replication + min(1.0, reached / days), replications)
            if reached > days + 1.0:  # what ends later has arrived later, but for a few
                break
        progress(replication + 1, replications)
    series = [
        _settling(one, tops, bottoms, batch, given)
        for one, (tops, bottoms) in zip(SERIES, sums, strict=True)
    ]
    told = tuple(one for one in series if one.settled)
    afters = [one.after for one in told]
    return WarmUp(
        file=loaded.files[0].as_posix(),
        title=loaded.scenario.title,
        seed=seed,
        replications=replications,
        engine=engine,
        days=days,
        batch=batch,
        given=given,
        found=None if None in afters else max((one or 0 for one in afters), default=0),
        series=told,
    )


def _settling(one: Series, tops: Floats, bottoms: Floats, batch: int, given: int) -> Settling:
    batches = batched(tops, bottoms, batch)
    cut = truncation(batches)
    first = (len(batches) // 2 if cut is None else cut) * batch
    below = float(bottoms[first:].sum())
    following = given // batch
    return Settling(
        measure=one.measure,
        unit=one.unit,
        after=None if cut is None else cut * batch,
        settled=float(tops[first:].sum()) / below if below > 0.0 else None,
        as_given=_known(batches[following : following + 1]),
        batches=tuple(_known(batches[nth : nth + 1]) for nth in range(len(batches))),
    )


def _known(value: Floats) -> float | None:
    return float(value[0]) if len(value) and np.isfinite(value[0]) else None


def _latest(logs: Logs) -> float:
    return float(logs.contacts["arrived"].max(initial=0.0))


def _days_are_alike(tables: Tables) -> bool:
    """Whether neither volumes nor staffing tell one day of the week from another."""
    week = slice(0, min(len(WEEKDAYS), tables.terms.calendar.warm_days))
    streams, teams = tables.streams, tables.teams
    per_day: list[Any] = [streams.volume[:, week].T, streams.shape[:, week].T]
    per_day += [*teams.step_start, *teams.step_planned]
    return all(np.array_equal(day, days[0]) for days in per_day for day in days)
