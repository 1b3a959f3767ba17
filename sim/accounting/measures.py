"""From counts to the figures of the catalogue: numerators and denominators, never divided here.

A ratio over replications is a ratio of means, so the division comes after the replications. A plain
mean has the denominator 1. Nothing counted against nothing is 0 / 0: undefined, neither 0 nor 1.
Quantiles have neither: they are estimated from the histograms of all replications.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.accounting.cells import Shapes, cells_of
from sim.accounting.columns import (
    ONE,
    Table,
    interval_tables,
    places_of,
    row_names,
    whole_tables,
)
from sim.accounting.definitions import CURRENCY, MEASURES, Measure, Quantile
from sim.accounting.definitions.measure import DASHBOARD_FCR
from sim.accounting.fold import Counts
from sim.accounting.intervals import day_labels, labels
from sim.accounting.sums import Sums, added_up, sums_of
from sim.codes import RULES
from sim.terms import DAY, Floats, Ints, Terms

_SUMMED = tuple(measure for measure in MEASURES if isinstance(measure, Measure))


@dataclass(frozen=True, slots=True)
class Line:
    """What one figure is of."""

    measure: str
    unit: str
    row_kind: str
    """total, queue, team, reason, segment, closing, cause or kind."""
    row: str
    interval: str | None
    """The label of the interval or the day; None over the whole counted window."""
    estimator: str
    """`mean`, `ratio of means` or `quantile`."""
    note: str
    """What must be said beside the figure: the rule and threshold of a service level, say."""


def catalogue(terms: Terms) -> tuple[Line, ...]:
    """All figures of a run under these terms that are means or ratios: those of the whole counted
    window, then those by interval, then those by day."""
    rows = row_names(terms)
    by_time = [
        _line(measure, kind, row, index, label, terms)
        for of_all in (labels(terms.calendar), day_labels(terms.calendar))
        for measure, kind in _by_interval()
        for index, row in enumerate(rows[kind])
        for label in of_all
    ]
    return (*lines_of_whole(terms), *by_time)


def lines_of_whole(terms: Terms) -> tuple[Line, ...]:
    """The first lines of the catalogue: the figures of the whole counted window."""
    rows = row_names(terms)
    return tuple(
        _line(measure, kind, row, index, None, terms)
        for measure, kind in _whole()
        for index, row in enumerate(rows[kind])
    )


def quantiles(terms: Terms) -> dict[Line, Quantile]:
    """All figures of a run under these terms that are quantiles."""
    rows = row_names(terms)
    return {
        _line(measure, kind, row, index, None, terms): measure
        for measure in MEASURES
        if isinstance(measure, Quantile)
        for kind in measure.rows
        for index, row in enumerate(rows[kind])
    }


def figures(counts: Counts, terms: Terms) -> tuple[Floats, Floats]:
    """Numerators and denominators of one replication, aligned with `catalogue`; all finite."""
    cells = cells_of(counts, terms)
    whole, by_interval = _plan(cells.shapes)
    parts = ((whole, cells.whole), (by_interval, cells.by_slot), (by_interval, cells.by_day))
    return (
        np.concatenate([added_up(pairs.tops, rows) for pairs, rows in parts]),
        np.concatenate([added_up(pairs.bottoms, rows) for pairs, rows in parts]),
    )


class _Pairs(NamedTuple):
    """The sums that numerators and denominators are."""

    tops: Sums
    bottoms: Sums


@lru_cache(maxsize=256)
def _plan(shapes: Shapes) -> tuple[_Pairs, _Pairs]:
    """What the figures add up of cells that stand so, over the whole counted window and by
    interval: to find it takes longer than to add it up."""
    places = places_of(shapes)
    return (
        _pairs(_whole(), whole_tables(places)),
        _pairs(_by_interval(), interval_tables(places)),
    )


def _pairs(told: Iterator[tuple[Measure, str]], tables: Mapping[str, Table]) -> _Pairs:
    tops, bottoms = [], []
    for measure, kind in told:
        top = _added(measure.top, tables[kind])
        one = np.full((len(top), 1), ONE)
        tops.append((top, measure.scale))
        bottoms.append((_added(measure.bottom, tables[kind]) if measure.bottom else one, 1.0))
    return _Pairs(sums_of(tops), sums_of(bottoms))


def _added(columns: tuple[str, ...], table: Table) -> Ints:
    """The places of columns added up."""
    signed = [-table[name[1:]] if name.startswith("-") else table[name] for name in columns]
    return np.concatenate(signed, axis=1)


def _whole() -> Iterator[tuple[Measure, str]]:
    return ((measure, kind) for measure in _SUMMED for kind in measure.rows)


def _by_interval() -> Iterator[tuple[Measure, str]]:
    return ((measure, kind) for measure in _SUMMED for kind in measure.intervals)


def _line(
    measure: Measure | Quantile, kind: str, row: str, index: int, interval: str | None, terms: Terms
) -> Line:
    unit = measure.unit.replace(CURRENCY, terms.names.currency)
    queue = index if kind == "queue" else None
    note = _note(measure, queue, terms)
    return Line(measure.name, unit, kind, row, interval, measure.estimator, note)


def _note(measure: Measure | Quantile, queue: int | None, terms: Terms) -> str:
    if measure.name.startswith("service level"):
        return _service_note(measure, queue, terms)
    if measure.name == DASHBOARD_FCR:
        days = terms.fcr_window / DAY
        return f"within {days:g} day{'' if days == 1.0 else 's'}"
    return measure.note


def _service_note(measure: Measure | Quantile, queue: int | None, terms: Terms) -> str:
    """The rule and threshold behind a service level: of one queue, or of all if they agree."""
    own_rule = measure.name == "service level"
    targets = terms.targets
    queues = range(len(terms.names.queues)) if queue is None else [queue]
    notes = {
        (f"{RULES[targets.rule[q]]}, " if own_rule else "") + f"within {targets.within[q]:g} s"
        for q in queues
    }
    if len(notes) == 1:
        return notes.pop()
    return "each queue by its own rule" if own_rule else "each queue by its own threshold"
