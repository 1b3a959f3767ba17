"""Who calls again, and when, worked out by hand."""

import math

import pytest

from sim.rules.caller import after_reopening, tries_again

BIT = 1e-12


@pytest.mark.parametrize(("attempt", "probability"), [(1, 0.8), (2, 0.4), (3, 0.2), (4, 0.1)])
def test_the_probability_falls_by_a_factor_with_each_attempt_made_before(attempt, probability):
    assert tries_again(0.8, 0.5, attempt, 20, probability - BIT)
    assert not tries_again(0.8, 0.5, attempt, 20, probability + BIT)


def test_without_a_factor_every_attempt_has_the_same_probability():
    assert all(tries_again(0.3, 1.0, attempt, 20, 0.3 - BIT) for attempt in (1, 7, 19))


def test_the_last_attempt_of_the_cap_is_the_last():
    assert tries_again(1.0, 1.0, 4, 5, 0.5)
    assert not tries_again(1.0, 1.0, 5, 5, 0.5)
    assert not tries_again(1.0, 1.0, 1, 1, 0.5)


def test_nobody_tries_again_with_a_probability_of_zero():
    assert not tries_again(0.0, 1.0, 1, 20, 2.0**-53)


def test_who_finds_the_queue_open_calls_at_the_moment_meant():
    assert after_reopening(5000.0, 5000.0, 3600.0, 0.5) == 5000.0


def test_who_would_find_it_closed_calls_within_the_spread_after_it_opens():
    assert after_reopening(5000.0, 9000.0, 3600.0, 0.25) == 9900.0
    assert after_reopening(5000.0, 9000.0, 0.0, 0.25) == 9000.0


def test_who_would_find_it_closed_for_ever_never_calls():
    assert after_reopening(5000.0, math.inf, 3600.0, 0.25) == math.inf
