"""A run counted in one batch or in many, and what does not grow with its length."""

import dataclasses

import numpy as np
import pytest

from sim.accounting.fold import add, empty
from sim.accounting.measures import catalogue, figures
from sim.accounting.traffic import TRAFFIC
from sim.codes import (
    BLOCKED,
    EXCLUDED,
    MET,
)
from sim.logs import Logs
from tests.unit.accounting.by_chance import by_chance
from tests.unit.accounting.handmade import a_calendar, some_terms


def cut(logs, parts):
    """The same logs in so many batches of rows."""
    for part in range(parts):
        yield Logs(
            *(
                np.array_split(getattr(logs, field.name), parts)[part]
                for field in dataclasses.fields(Logs)
            )
        )


def arrays_of(counts):
    for field in dataclasses.fields(counts):
        for name, array in getattr(counts, field.name)._asdict().items():
            yield f"{field.name}.{name}", np.asarray(array)


TERMS = some_terms(a_calendar(3, warm_days=1), rules=(MET, EXCLUDED))


def test_counting_in_many_batches_is_counting_in_one():
    logs = by_chance(4)
    one, many = empty(TERMS), empty(TERMS)
    add(one, logs, TERMS)
    for batch in cut(logs, 17):
        add(many, batch, TERMS)
    for (name, whole), (_, parts) in zip(arrays_of(one), arrays_of(many), strict=True):
        assert np.array_equal(whole, parts), name


def test_nothing_counted_is_nothing_told():
    top, bottom = figures(empty(TERMS), TERMS)
    lines = catalogue(TERMS)
    constant = ("customers at start", "customers at end")
    assert {line.measure for line, x in zip(lines, top, strict=True) if x} == set(constant)
    ratios = np.array([line.estimator == "ratio of means" for line in lines])
    by_base = np.array(
        [line.measure in ("customers lost per year", "agents on the floor") for line in lines]
    )
    assert not bottom[ratios & ~by_base].any()
    assert np.all(bottom[~ratios] == 1.0)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_offered_is_handled_or_abandoned_or_waits(seed):
    counts = empty(TERMS)
    add(counts, by_chance(4, seed), TERMS)
    top, _ = figures(counts, TERMS)
    told = {
        (line.measure, line.row_kind, line.row): x
        for line, x in zip(catalogue(TERMS), top, strict=True)
        if line.interval is None
    }
    for kind, row in (("total", "total"), ("queue", "faults"), ("reason", "invoice")):
        parts = [told[name, kind, row] for name in ("handled", "abandoned", "still waiting")]
        assert told["offered", kind, row] == sum(parts) > 0
        turned = [told[n, kind, row] for n in ("blocked", "closed", "menu hang-ups", "in the menu")]
        assert told["contacts", kind, row] == told["offered", kind, row] + sum(turned)


def test_no_issue_disappears():
    counts = empty(TERMS)
    logs = by_chance(4)
    add(counts, logs, TERMS)
    top, _ = figures(counts, TERMS)
    told = {
        (line.measure, line.row_kind): x
        for line, x in zip(catalogue(TERMS), top, strict=True)
        if line.row in ("total", "home") and line.interval is None
    }
    for kind in ("total", "segment"):
        begin = told["issues arose", kind] + told["issues open at start", kind]
        end = told["issues closed", kind] + told["issues open at end", kind]
        assert begin == end > 0


@pytest.mark.parametrize(("by", "many"), [("interval", 3 * 48), ("day", 3)])
def test_days_and_intervals_add_up_to_the_whole(by, many):
    counts = empty(TERMS)
    add(counts, by_chance(4), TERMS)
    top, _ = figures(counts, TERMS)
    lines = catalogue(TERMS)
    for measure in ("offered", "handled", "abandoned", "handling hours"):
        for kind in ("total", "queue", "team"):
            whole = {
                line.row: x
                for line, x in zip(lines, top, strict=True)
                if (line.measure, line.row_kind, line.interval) == (measure, kind, None)
            }
            for row, x in whole.items():
                parts = [
                    y
                    for line, y in zip(lines, top, strict=True)
                    if (line.measure, line.row_kind, line.row) == (measure, kind, row)
                    and line.interval is not None
                    and (":" in line.interval) == (by == "interval")
                ]
                if parts:
                    assert len(parts) == many
                    assert sum(parts) == pytest.approx(x) != 0.0


def test_counts_of_a_year_are_no_larger_than_those_of_nine_weeks():
    sizes = [
        sum(array.size for _, array in arrays_of(empty(some_terms(a_calendar(days)))))
        for days in (62, 63, 365)
    ]
    assert sizes[0] > sizes[1] == sizes[2]


def test_order_of_rows_changes_no_count_but_of_further_contacts():
    logs = by_chance(4)
    back = Logs(*(getattr(logs, field.name)[::-1].copy() for field in dataclasses.fields(Logs)))
    one, other = empty(TERMS), empty(TERMS)
    add(one, logs, TERMS)
    add(other, back, TERMS)
    pairs = zip(arrays_of(one), arrays_of(other), strict=True)
    for (name, forth), (_, reverse) in pairs:
        if name.startswith("repeats."):
            continue
        np.testing.assert_allclose(forth, reverse, rtol=1e-12, atol=1e-12, err_msg=name)


def test_blocked_contacts_wait_for_nothing():
    counts = empty(TERMS)
    logs = by_chance(4)
    add(counts, dataclasses.replace(logs, contacts=logs.contacts[:0]), TERMS)
    before = counts.traffic.total.copy()
    blocked = logs.contacts[logs.contacts["outcome"] == BLOCKED]
    add(counts, dataclasses.replace(logs, contacts=blocked), TERMS)
    changed = np.flatnonzero((counts.traffic.total - before).sum(axis=0))
    assert [TRAFFIC[column] for column in changed] == ["blocked", "first_calls"]
