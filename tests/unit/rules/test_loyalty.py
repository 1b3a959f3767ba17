"""Staying or leaving, from odds multiplied by hand."""

import math

import pytest

from sim.rules.loyalty import (
    chance_of_leaving,
    counted_wait,
    decayed,
    effects,
    log_odds,
    probability,
    remembered,
    repeats_term,
    wait_term,
)

DAY = 86_400.0


@pytest.mark.parametrize(("p", "odds"), [(0.5, 1.0), (0.2, 0.25), (0.8, 4.0), (0.01, 1 / 99)])
def test_log_odds_are_the_logarithm_of_p_to_1_minus_p_and_lead_back(p, odds):
    assert log_odds(p) == pytest.approx(math.log(odds), abs=1e-15)
    assert probability(math.log(odds)) == pytest.approx(p, rel=1e-15)


def test_probabilities_end_at_0_and_1_without_an_overflow():
    assert [probability(logit) for logit in (-1e9, -701.0, 701.0, 1e9)] == [0.0, 0.0, 1.0, 1.0]


def test_only_the_wait_beyond_what_is_tolerated_counts():
    assert [counted_wait(waited, 120.0) for waited in (0.0, 120.0, 121.5)] == [0.0, 0.0, 1.5]


def test_each_minute_waited_multiplies_the_odds_up_to_a_cap():
    per_minute = math.log(1.1)
    assert math.exp(wait_term(per_minute, 180.0, 1800.0)) == pytest.approx(1.1**3)
    assert math.exp(wait_term(per_minute, 9000.0, 600.0)) == pytest.approx(1.1**10)
    assert wait_term(per_minute, 0.0, 600.0) == 0.0


def test_the_first_contact_is_no_repeat():
    per_repeat = math.log(1.4)
    odds = [math.exp(repeats_term(per_repeat, reached)) for reached in range(4)]
    assert odds == pytest.approx([1.0, 1.0, 1.4, 1.96])


def test_effects_add_on_the_scale_of_log_odds():
    assert effects(0.1, 0.2, 0.3, 0.4, -0.5) == pytest.approx(0.5)


def test_odds_of_leaving_are_those_of_a_resolved_issue_times_all_odds_ratios():
    anyway = 0.02 / 0.98
    odds = anyway * 3.0 * 1.5 * 2.0 * 0.5
    p = chance_of_leaving(*map(math.log, (anyway, 3.0, 1.5, 2.0, 0.5)))
    assert p == pytest.approx(odds / (1.0 + odds), rel=1e-14)


def test_a_memory_halves_with_every_half_life():
    memories = [decayed(2.0, days * DAY, 30.0 * DAY) for days in (0.0, 30.0, 60.0, 15.0)]
    assert memories == pytest.approx([2.0, 1.0, 0.5, 2.0 / math.sqrt(2.0)])


def test_without_a_half_life_nothing_is_remembered():
    assert decayed(2.0, 1.0, 0.0) == 0.0


@pytest.mark.parametrize(
    ("memory", "felt", "bad", "after"),
    [
        (0.4, 0.6, False, 0.7),  # half of 0.6
        (0.4, 0.6, True, 1.7),  # and 1.0 for the bad closing
        (0.4, -0.6, False, 0.4),  # what was felt as good is not remembered
        (0.4, -0.6, True, 1.4),
        (2.0, 0.6, True, 2.3),  # the cap
    ],
)
def test_a_memory_grows_by_a_share_of_what_was_felt_and_by_a_bad_closing_up_to_a_cap(
    memory, felt, bad, after
):
    assert remembered(memory, felt, 0.5, bad, 1.0, 2.3) == pytest.approx(after)
