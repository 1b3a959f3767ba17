"""What comes of a talk, from tables made by hand."""

from itertools import product

import pytest

from sim.codes import SOLVED, TRANSFERRED, TURNED_DOWN, UNSOLVED
from sim.rules.outcome import (
    chance_of_misrouting,
    chance_to_resolve,
    passed_on,
    result_of_talk,
    talk_time,
)


def test_a_talk_is_scaled_by_the_team_and_by_its_pace():
    assert talk_time(200.0, 1.2, 0.75) == pytest.approx(180.0)


@pytest.mark.parametrize(
    ("fcr", "factor", "pace", "elasticity", "chance"),
    [
        (0.8, 1.0, 1.0, 0.0, 0.8),
        (0.8, 0.9, 1.0, 0.5, 0.72),
        (0.8, 1.0, 0.81, 0.5, 0.72),  # the root of 0.81
        (0.8, 1.0, 0.5, 2.0, 0.2),
        (0.8, 1.5, 1.0, 0.0, 1.0),  # cut
        (0.0, 1.5, 1.0, 0.0, 0.0),
    ],
)
def test_haste_and_the_team_change_how_likely_a_talk_resolves(
    fcr, factor, pace, elasticity, chance
):
    assert chance_to_resolve(fcr, factor, pace, elasticity) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("own", "usual", "goes_to", "chance"),
    [
        (-1.0, 0.1, 2, 0.1),  # the team has none of its own
        (0.3, 0.1, 2, 0.3),
        (0.0, 0.1, 2, 0.0),
        (0.3, 0.1, -1, 0.0),  # the reason names no queue
        (-1.0, 0.1, -1, 0.0),
    ],
)
def test_a_team_s_own_probability_of_transferring_goes_before_the_reason_s(
    own, usual, goes_to, chance
):
    assert chance_of_misrouting(own, usual, goes_to) == chance


def test_beyond_the_most_legs_a_transfer_is_refused():
    assert [passed_on(leg, 3) for leg in (1, 2, 3, 4)] == [
        TRANSFERRED,
        TRANSFERRED,
        TURNED_DOWN,
        TURNED_DOWN,
    ]


def by_the_book(settles: bool, escalates: bool, misrouted: bool, resolves: bool, leg: int) -> int:
    """MODEL.md section 5, "in this order", with three legs at most."""
    transfer = TRANSFERRED if leg < 3 else TURNED_DOWN
    cases = [
        (not settles and escalates, transfer),
        (not settles, TURNED_DOWN),
        (misrouted and leg == 1, transfer),
        (resolves, SOLVED),
    ]
    return next((result for holds, result in cases if holds), UNSOLVED)


@pytest.mark.parametrize("leg", [1, 2, 3])
def test_authority_goes_before_misrouting_and_misrouting_before_the_solution(leg):
    for drawn in product((False, True), repeat=4):
        assert result_of_talk(*drawn, leg, 3) == by_the_book(*drawn, leg)


def test_a_first_leg_that_may_not_be_passed_on_is_refused_though_it_is_misrouted():
    assert result_of_talk(True, False, True, True, 1, 1) == TURNED_DOWN
