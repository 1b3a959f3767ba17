"""Waits in their histograms, and the quantiles that these tell."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.accounting.fold import add, empty
from sim.accounting.measures import quantiles
from sim.accounting.waits import BINS, at_or_below, bin_of, bounds, kept, wait_rows
from sim.codes import ABANDONED, DROPPED, HANDLED, WAITING
from sim.statistics.quantile import quantile
from sim.terms import DAY
from tests.unit.accounting.by_chance import by_chance
from tests.unit.accounting.handmade import NAN, a_calendar, a_contact, counted, logs_of, some_terms
from tests.unit.accounting.test_contacts import FIVE, transferred, waiting

EDGES = bounds()
TERMS = some_terms(a_calendar(4))


def histogram(terms, row=("total", "total"), **logs):
    """How many of the answered and of the abandoned are in each bin of a row."""
    waits = kept(counted(terms, **logs).traffic.waits)
    return np.diff(at_or_below([waits], wait_rows(terms)[row])[0], prepend=0.0)


def bins(*waits):
    """The histogram of these waits."""
    return np.bincount([bin_of(wait) for wait in waits], minlength=BINS)


@given(st.floats(0.0, 2.0**28, exclude_max=True))
def test_a_wait_lies_in_its_bin_and_the_bin_is_narrow(wait):
    nth = bin_of(wait)
    end = EDGES[nth]
    begin = EDGES[nth - 1] if nth else 0.0
    assert begin <= wait
    assert wait < (end or 0.07)
    assert end - begin <= max(0.07, begin / 128)


def test_no_wait_and_a_wait_of_years_have_a_bin_too():
    assert (bin_of(0.0), bin_of(1e12)) == (0, BINS - 1)
    assert EDGES[0] == 0.0
    assert EDGES[-1] > 8 * 365 * DAY


def test_an_answer_and_an_abandonment_end_a_wait_and_the_horizon_does_not():
    still = a_contact(outcome=WAITING, end_wait=NAN, first_wait=1000.0)
    answered, abandoned = histogram(TERMS, contacts=[*FIVE, waiting(9.0, outcome=DROPPED), still])
    assert np.array_equal(answered, bins(0.0, 20.0, 50.0))
    assert np.array_equal(abandoned, bins(5.0, 95.0, 9.0))


@pytest.mark.parametrize("ends", [HANDLED, ABANDONED])
def test_a_contact_waits_on_all_its_legs_and_a_leg_in_its_queue(ends):
    rows = transferred(first_wait=10.0, second_wait=30.0, second_outcome=ends)
    side = 0 if ends == HANDLED else 1
    assert np.array_equal(histogram(TERMS, contacts=rows)[side], bins(40.0))
    assert np.array_equal(histogram(TERMS, ("queue", "general"), contacts=rows)[0], bins(10.0))
    assert np.array_equal(histogram(TERMS, ("queue", "faults"), contacts=rows)[side], bins(30.0))


def test_reasons_and_segments_have_the_waits_of_their_own_contacts():
    rows = [waiting(3.0, reason=1, segment=1), waiting(50.0), waiting(7.0, segment=-1)]
    for row, waits in (
        (("reason", "fault"), [3.0]),
        (("reason", "invoice"), [50.0, 7.0]),
        (("segment", "business"), [3.0]),
        (("segment", "home"), [50.0]),
        (("total", "total"), [3.0, 50.0, 7.0]),
    ):
        assert np.array_equal(histogram(TERMS, row, contacts=rows)[0], bins(*waits)), row


def test_waits_of_the_warm_up_are_not_counted():
    terms = some_terms(a_calendar(1, warm_days=1))
    assert not histogram(terms, contacts=[waiting(9.0, arrived=DAY - 1.0)]).any()


def test_every_row_that_has_quantiles_has_histograms():
    wanted = {(line.row_kind, line.row) for line in quantiles(TERMS)}
    assert set(wait_rows(TERMS)) == wanted


def test_a_quantile_is_that_of_the_very_waits_within_the_error_that_is_told():
    rows = by_chance(4, contacts=3000).contacts
    very = (rows["end_wait"] - rows["joined"])[rows["outcome"] == HANDLED]
    counts = empty(TERMS)
    add(counts, replace(logs_of(), contacts=rows), TERMS)
    below = at_or_below([kept(counts.traffic.waits)], wait_rows(TERMS)["total", "total"])
    for share in (0.5, 0.8, 0.9, 0.95):
        told = quantile(below[:, 0], EDGES, share).value[0]
        assert told == pytest.approx(np.quantile(very, share, method="inverted_cdf"), rel=0.008)
