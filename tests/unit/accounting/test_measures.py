"""The catalogue itself: whole, unambiguous, aligned and explained."""

from dataclasses import replace

import numpy as np
import pytest

from sim.accounting.definitions import MEASURES, VIEWS
from sim.accounting.fold import add, empty
from sim.accounting.measures import catalogue, figures, quantiles
from sim.accounting.waits import at_or_below, kept, wait_rows
from sim.codes import COUNTED, EXCLUDED
from sim.terms import WordOfMouth
from tests.unit.accounting.by_chance import by_chance
from tests.unit.accounting.handmade import FREE, Figures, a_calendar, a_contact, at, some_terms

TERMS = some_terms(
    a_calendar(3, warm_days=1),
    teams=(replace(FREE, seat=30.0), FREE),
    word_of_mouth=WordOfMouth(5.0, 0.1, 0.2, pool_per_year=0.1, acquisition_cost=0.0),
    fcr_window=1800.0,
    sales=np.array([30.0, 0.0]),
)


def test_every_figure_has_a_line_of_its_own():
    lines = catalogue(TERMS)
    every = [*lines, *quantiles(TERMS)]
    keys = {(line.measure, line.row_kind, line.row, line.interval) for line in every}
    assert len(keys) == len(every)
    top, bottom = figures(empty(TERMS), TERMS)
    assert len(top) == len(bottom) == len(lines)


def test_every_measure_is_explained_in_one_sentence():
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    for measure in MEASURES:
        assert measure.definition.endswith("."), measure.name
        assert measure.unit, measure.name
        assert measure.rows, measure.name


def test_every_figure_is_finite_and_every_measure_is_moved_by_some_log():
    counts = empty(TERMS)
    add(counts, by_chance(4), TERMS)
    top, bottom = figures(counts, TERMS)
    assert np.all(np.isfinite(top))
    assert np.all(np.isfinite(bottom))
    moved = {line.measure for line, x in zip(catalogue(TERMS), top, strict=True) if x}
    moved |= {line.measure for line in quantiles(TERMS)}
    assert moved == {measure.name for measure in MEASURES}
    waited = at_or_below([kept(counts.traffic.waits)], wait_rows(TERMS)["total", "total"])
    assert np.all(waited[..., -1] > 0)


def test_shares_lie_between_0_and_1():
    counts = empty(TERMS)
    add(counts, by_chance(4), TERMS)
    top, bottom = figures(counts, TERMS)
    for line, x, y in zip(catalogue(TERMS), top, bottom, strict=True):
        if line.unit == "share" and line.measure not in ("occupancy", "utilisation"):
            assert 0.0 <= x <= y, line


def test_the_rule_of_a_service_level_is_named_beside_it():
    lines = catalogue(some_terms(rules=(COUNTED, EXCLUDED)))
    notes = {(line.measure, line.row_kind, line.row): line.note for line in lines}
    assert notes["service level", "queue", "general"] == "counted, within 20 s"
    assert notes["service level", "queue", "faults"] == "excluded, within 60 s"
    assert notes["service level", "total", "total"] == "each queue by its own rule"
    assert notes["service level, met", "total", "total"] == "each queue by its own threshold"
    alike = catalogue(some_terms(within=(20.0, 20.0)))
    (note,) = {line.note for line in alike if line.measure == "service level"}
    assert note == "counted, within 20 s"


def test_both_views_of_a_question_are_measures_of_the_total():
    whole = {measure.name for measure in MEASURES if "total" in measure.rows}
    for view in VIEWS:
        assert {view.dashboard, view.true} <= whole


def test_money_is_told_in_the_scenario_s_currency():
    lines = catalogue(TERMS)
    assert {line.unit for line in lines if line.measure.startswith("operating cost")} == {
        "USD",
        "USD per year",
    }
    assert not any("currency" in line.unit for line in lines)


@pytest.mark.parametrize("kind", ["queue", "team"])
def test_rows_of_a_table_by_interval_stand_at_their_own_names(kind):
    """A transposed table would put one row's figures under another's name."""
    told = Figures(some_terms(), contacts=[a_contact(arrived=at(9), queue=1, team=1)])
    rows = {"queue": ("faults", "general"), "team": ("specialists", "frontline")}[kind]
    assert [told("handled", kind, row, "Mon 09:00") for row in rows] == [1.0, 0.0]
    assert told("handled", kind, rows[0], "Mon 09:30") == 0.0
