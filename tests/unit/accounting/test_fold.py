"""A run counted in one batch or in many, and what does not grow with its length."""

import dataclasses

import numpy as np
import pytest

from sim.accounting.fold import add, empty
from sim.accounting.measures import catalogue, figures
from sim.accounting.traffic import TRAFFIC
from sim.codes import (
    ABANDONED,
    BLOCKED,
    CLOSINGS,
    DEPARTURES,
    EXCLUDED,
    HANDLED,
    MET,
    OPEN,
    OUTCOMES,
    OUTREACH,
    WAITING,
    WHYS,
)
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, MEMORY, OUTREACH_EVENT, Logs
from sim.terms import DAY
from tests.unit.accounting.handmade import NAN, a_calendar, some_terms


def by_chance(days, seed=1, contacts=600):
    """Logs that are random but whole: times in order, codes that fit, contacts of one leg."""
    draw = np.random.default_rng(seed)
    rows = np.zeros(contacts, dtype=CONTACT)
    outcome = draw.integers(0, len(OUTCOMES), contacts)
    queued = np.isin(outcome, (ABANDONED, HANDLED, WAITING)) | (outcome == 4)
    rows["outcome"], rows["leg"], rows["last"] = outcome, queued, 1
    rows["attempt"] = draw.integers(1, 4, contacts)
    rows["why"] = draw.integers(0, len(WHYS), contacts)
    rows["result"] = draw.integers(0, 4, contacts)
    for name in ("segment", "reason", "queue"):
        rows[name] = draw.integers(0, 2, contacts)
    rows["first_queue"] = rows["queue"]
    rows["team"] = np.where(outcome == HANDLED, draw.integers(0, 2, contacts), -1)
    rows["arrived"] = draw.uniform(0.0, days * DAY, contacts)
    rows["joined"] = np.where(queued, rows["arrived"] + 30.0, NAN)
    ends = queued & (outcome != WAITING)
    rows["end_wait"] = np.where(ends, rows["joined"] + draw.exponential(40.0, contacts), NAN)
    rows["first_wait"] = np.where(ends, rows["end_wait"] - rows["joined"], 99.0)
    handled = outcome == HANDLED
    rows["end_talk"] = np.where(handled, rows["end_wait"] + draw.exponential(900.0, contacts), NAN)
    rows["end_work"] = np.where(handled, rows["end_talk"] + draw.exponential(60.0, contacts), NAN)

    issues = np.zeros(contacts, dtype=ISSUE)
    for name in ("segment", "reason", "resolving_team", "left", "abandoned"):
        issues[name] = draw.integers(0, 2, contacts)
    issues["closing"] = draw.integers(0, len(CLOSINGS), contacts)
    issues["contacts"] = draw.integers(0, 4, contacts)
    issues["first_handled_resolved"] = draw.integers(-1, 2, contacts)
    issues["self_service"] = draw.integers(0, 4, contacts)
    issues["arose"] = draw.uniform(0.0, days * DAY, contacts)
    closed = issues["arose"] + draw.exponential(DAY, contacts)
    issues["closed"] = np.where((issues["closing"] == OPEN) | (closed > days * DAY), NAN, closed)
    issues["closing"][np.isnan(issues["closed"])] = OPEN
    issues["decided"] = issues["closed"]
    issues["p"], issues["p0"] = draw.uniform(0.0, 0.1, (2, contacts))
    for name in ("closing_term", "wait_term", "memory_term"):
        issues[name] = draw.normal(0.0, 1.0, contacts)

    floor = np.zeros(2 * days, dtype=FLOOR)
    floor["team"] = np.arange(2 * days) % 2
    floor["start"] = np.arange(2 * days) // 2 * DAY + 8 * 3600.0
    floor["end"] = floor["start"] + 9.7 * 3600.0
    floor["planned"] = floor["floor"] = draw.integers(1, 30, 2 * days)
    floor["paid"] = floor["floor"] / 0.7
    floor["overtime"] = draw.exponential(600.0, 2 * days)

    moves = np.zeros(50, dtype=CUSTOMER_EVENT)
    moves["segment"] = draw.integers(0, 2, 50)
    moves["what"] = draw.integers(0, len(DEPARTURES), 50)
    moves["time"] = draw.uniform(0.0, days * DAY, 50)
    outreach = np.zeros(50, dtype=OUTREACH_EVENT)
    outreach["kind"] = draw.integers(0, len(OUTREACH), 50)
    outreach["time"] = draw.uniform(0.0, days * DAY, 50)
    memory = np.zeros(50, dtype=MEMORY)
    memory["segment"], memory["memory"] = draw.integers(0, 2, 50), draw.exponential(0.5, 50)
    return Logs(rows, issues, floor, moves, outreach, memory)


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
        noun = getattr(counts, field.name)
        for array in dataclasses.fields(noun):
            yield f"{field.name}.{array.name}", getattr(noun, array.name)


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


def test_intervals_add_up_to_the_whole():
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
                ]
                if parts:
                    assert len(parts) == 3 * 48
                    assert sum(parts) == pytest.approx(x) != 0.0


def test_counts_of_a_year_are_no_larger_than_those_of_nine_weeks():
    sizes = [
        sum(array.size for _, array in arrays_of(empty(some_terms(a_calendar(days)))))
        for days in (62, 63, 365)
    ]
    assert sizes[0] > sizes[1] == sizes[2]


def test_order_of_rows_changes_no_count():
    logs = by_chance(4)
    back = Logs(*(getattr(logs, field.name)[::-1].copy() for field in dataclasses.fields(Logs)))
    one, other = empty(TERMS), empty(TERMS)
    add(one, logs, TERMS)
    add(other, back, TERMS)
    for (name, forth), (_, reverse) in zip(arrays_of(one), arrays_of(other), strict=True):
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
