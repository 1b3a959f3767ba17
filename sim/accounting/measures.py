"""From counts to the figures of the catalogue: numerators and denominators, never divided here.

A ratio over replications is a ratio of means, so the division comes after the replications. A plain
mean has the denominator 1. Nothing counted against nothing is 0 / 0: undefined, neither 0 nor 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.accounting.columns import Table, interval_tables, row_names, whole_tables
from sim.accounting.definitions import CURRENCY, MEASURES, Measure
from sim.accounting.fold import Counts
from sim.accounting.intervals import labels
from sim.codes import RULES
from sim.terms import Floats, Terms


@dataclass(frozen=True, slots=True)
class Line:
    """What one figure is of."""

    measure: str
    unit: str
    row_kind: str
    """total, queue, team, reason, segment, closing, cause or kind."""
    row: str
    interval: str | None
    """The interval's label; None over the whole counted window."""
    estimator: str
    """`mean` or `ratio of means`."""
    note: str
    """What must be said beside the figure: the rule and threshold of a service level, say."""


def catalogue(terms: Terms) -> tuple[Line, ...]:
    """All figures of a run under these terms: those of the whole counted window, then those by
    interval."""
    rows = row_names(terms)
    whole = [
        _line(measure, kind, row, index, None, terms)
        for measure, kind in _whole()
        for index, row in enumerate(rows[kind])
    ]
    by_interval = [
        _line(measure, kind, row, index, label, terms)
        for measure, kind in _by_interval()
        for index, row in enumerate(rows[kind])
        for label in labels(terms.calendar)
    ]
    return (*whole, *by_interval)


def figures(counts: Counts, terms: Terms) -> tuple[Floats, Floats]:
    """Numerators and denominators of one replication, aligned with `catalogue`; all finite."""
    whole, by_interval = whole_tables(counts, terms), interval_tables(counts, terms)
    pairs = [_pair(measure, whole[kind]) for measure, kind in _whole()]
    pairs += [_pair(measure, by_interval[kind]) for measure, kind in _by_interval()]
    # An interval table is slots × rows; the catalogue tells one row's slots after another.
    return (
        np.concatenate([top.T.ravel() for top, _ in pairs]),
        np.concatenate([bottom.T.ravel() for _, bottom in pairs]),
    )


def _whole() -> Iterator[tuple[Measure, str]]:
    return ((measure, kind) for measure in MEASURES for kind in measure.rows)


def _by_interval() -> Iterator[tuple[Measure, str]]:
    return ((measure, kind) for measure in MEASURES for kind in measure.intervals)


def _line(
    measure: Measure, kind: str, row: str, index: int, interval: str | None, terms: Terms
) -> Line:
    unit = measure.unit.replace(CURRENCY, terms.names.currency)
    queue = index if kind == "queue" else None
    note = _service_note(measure, queue, terms) or measure.note
    return Line(measure.name, unit, kind, row, interval, measure.estimator, note)


def _service_note(measure: Measure, queue: int | None, terms: Terms) -> str:
    """The rule and threshold behind a service level: of one queue, or of all if they agree."""
    if not measure.name.startswith("service level"):
        return ""
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


def _pair(measure: Measure, table: Table) -> tuple[Floats, Floats]:
    top = measure.scale * _added(measure.top, table)
    if not measure.bottom:
        return top, np.ones_like(top)
    return top, _added(measure.bottom, table)


def _added(columns: tuple[str, ...], table: Table) -> Floats:
    signed = [-table[name[1:]] if name.startswith("-") else table[name] for name in columns]
    return np.asarray(np.sum(signed, axis=0))
