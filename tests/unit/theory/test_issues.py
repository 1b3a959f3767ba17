"""Issues and customers in closed form: against hand calculations and trees of draws walked by
chance."""

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from sim.theory.customers import (
    Odds,
    base_over_time,
    customer_value,
    leaving,
    margin_within_year,
)
from sim.theory.issues import Ending, Handling, endings, figures

PLAIN = Handling(
    seeks_help=1.0,
    tried=0.0,
    contained=0.0,
    falsely=0.0,
    authority=1.0,
    misrouted=0.0,
    fcr=0.75,
    returning=0.8,
    per_attempt=1.0,
    most_contacts=20,
    talk=200.0,
    delay=3600.0,
)
RICH = replace(
    PLAIN,
    seeks_help=0.9,
    tried=0.3,
    contained=0.5,
    falsely=0.1,
    authority=0.95,
    misrouted=0.2,
    fcr=0.6,
    per_attempt=0.7,
    most_contacts=4,
)
ISSUES = 200_000


def test_contacts_are_geometric_where_everybody_settles_or_returns_alike():
    found = figures(PLAIN)
    again = 0.25 * 0.8
    assert found.contacts == pytest.approx(1.0 / (1.0 - again), rel=1e-12)
    assert found.closings["resolved"] == pytest.approx(0.75 / (1.0 - again), rel=1e-12)
    assert found.fcr == 0.75
    assert found.repeat_legs == pytest.approx(again, rel=1e-12)
    assert found.time_to_resolution == pytest.approx(200.0 + again / (1.0 - again) * 3800.0)


def test_two_contacts_at_most_are_what_a_hand_calculation_says():
    """0.75 settled at once; 0.25 not, of these 0.8 call once more, and 0.75 of those settle."""
    found = endings(replace(PLAIN, most_contacts=2))
    assert found == pytest.approx(
        {
            Ending("resolved", 1, 0, False): 0.75,
            Ending("unresolved", 1, 0, False): 0.25 * 0.2,
            Ending("resolved", 2, 0, False): 0.25 * 0.8 * 0.75,
            Ending("unresolved", 2, 0, False): 0.25 * 0.8 * 0.25,
        }
    )


def walked(handling, chance):
    """How one issue ends, and when it is resolved, draw by draw."""

    def happens(probability):
        return chance.random() < probability

    if not happens(handling.seeks_help):
        return Ending("silent", 0, 0, False), 0.0
    failed = False
    if happens(handling.tried):
        if happens(handling.contained):
            closing = "unresolved" if happens(handling.falsely) else "resolved"
            return Ending(closing, 0, 0, False), 0.0
        failed = True
    settles = happens(handling.authority)
    contacts = transfers = 0
    spent = 0.0
    while True:
        contacts += 1
        spent += handling.talk
        if not settles:
            return Ending("refused", contacts, transfers, failed), spent
        if happens(handling.misrouted):
            transfers += 1
            spent += handling.talk
        if happens(handling.fcr):
            return Ending("resolved", contacts, transfers, failed), spent
        again = handling.returning * handling.per_attempt ** (contacts - 1)
        if contacts == handling.most_contacts or not happens(again):
            return Ending("unresolved", contacts, transfers, failed), spent
        spent += handling.delay


@pytest.fixture(scope="module")
def lived():
    chance = np.random.default_rng(9)
    return [walked(RICH, chance) for _ in range(ISSUES)]


def test_endings_are_those_of_issues_walked_through_draw_by_draw(lived):
    shares = endings(RICH)
    assert sum(shares.values()) == pytest.approx(1.0, rel=1e-12)
    counts = Counter(ending for ending, _ in lived)
    assert set(counts) <= set(shares)
    for ending, share in shares.items():
        error = 4.0 * math.sqrt(share * (1.0 - share) / ISSUES)
        assert counts[ending] / ISSUES == pytest.approx(share, abs=error), ending


def test_figures_are_the_means_of_those_issues(lived):
    found = figures(RICH)
    calling = [ending for ending, _ in lived if ending.contacts]
    resolved = [seconds for ending, seconds in lived if ending.closing == "resolved"]
    contacts = sum(ending.contacts for ending in calling)
    transfers = sum(ending.transfers for ending in calling)
    near = {"rel": 0.01}
    assert found.contacts == pytest.approx(contacts / len(calling), **near)
    assert found.transfers == pytest.approx(transfers / len(calling), **near)
    assert found.time_to_resolution == pytest.approx(np.mean(resolved), rel=0.02)
    assert found.first_legs == pytest.approx(len(calling) / (contacts + transfers), **near)
    assert found.transfer_legs == pytest.approx(transfers / (contacts + transfers), rel=0.02)
    assert found.first_legs + found.repeat_legs + found.transfer_legs == pytest.approx(1.0)
    at_first = sum(e.closing == "resolved" and e.contacts == 1 for e in calling)
    assert found.fcr == pytest.approx(at_first / len(calling), **near)


# --------------------------------------------------------------------------------- customers

BASES = {"resolved": 0.01, "unresolved": 0.05, "refused": 0.08, "silent": 0.02}


def test_odds_ratios_multiply_the_odds_of_leaving():
    shares = {Ending("unresolved", 3, 1, True): 0.4, Ending("resolved", 1, 0, False): 0.6}
    found = leaving(shares, BASES, Odds(per_repeat=1.5, per_transfer=2.0, self_service_failed=1.2))
    odds = 0.05 / 0.95 * 1.5**2 * 2.0 * 1.2
    assert found.lost["unresolved"] == pytest.approx(0.4 * (odds / (1.0 + odds) - 0.01))
    assert found.lost["resolved"] == pytest.approx(0.0, abs=1e-15)
    assert found.unavoidable == 0.01


def test_a_base_shrinks_day_by_day_as_it_does_in_continuous_time():
    """Half days, one after another, with everybody who leaves taken away."""
    found = base_over_time(
        customers=1000.0,
        churn=0.1,
        issues=3.0,
        lost=0.02,
        unavoidable=0.01,
        discount_rate=0.08,
        warm_up=0.5,
        counted=2.0,
    )
    steps = 4000
    step = 1.0 / steps
    stay = (1.0 - 0.1) ** step * math.exp(-3.0 * 0.03 * step)
    assert stay == pytest.approx(math.exp((math.log(0.9) - 0.09) * step), rel=1e-12)
    people = 1000.0 * stay ** (steps // 2)
    assert found.at_start == pytest.approx(people, rel=1e-9)
    lost = now = others = 0.0
    for nth in range(2 * steps):
        years = people * step
        lost += years * 0.06
        now += years * 0.06 * 1.08 ** -(nth * step)
        others += years * -math.log(0.9)
        people *= stay
    assert found.lost == pytest.approx(lost, rel=1e-3)
    assert found.lost_now == pytest.approx(now, rel=1e-3)
    assert found.base_leavers == pytest.approx(others, rel=1e-3)
    assert found.unavoidable == pytest.approx(lost / 2.0, rel=1e-3)
    assert found.at_end == pytest.approx(people, rel=1e-9)
    gone = found.lost + found.unavoidable + found.base_leavers
    assert found.at_start - found.at_end == pytest.approx(gone, rel=1e-12)


def test_a_customer_is_worth_the_margins_of_the_days_that_it_stays():
    days = np.arange(100 * 365)
    paid = 50.0 / 365 * 0.85 ** (days / 365) * 1.1 ** (-days / 365)
    assert customer_value(yearly_margin=50.0, churn=0.15, discount_rate=0.1) == pytest.approx(
        paid.sum(), rel=1e-3
    )
    within = 50.0 / 365 * (0.85 ** (days[:365] / 365)).sum()
    assert margin_within_year(yearly_margin=50.0, churn=0.15) == pytest.approx(within, rel=1e-3)
    assert margin_within_year(yearly_margin=50.0, churn=0.0) == 50.0


def test_who_neither_leaves_nor_is_discounted_has_no_value():
    with pytest.raises(ValueError, match="infinitely much"):
        customer_value(yearly_margin=50.0, churn=0.0, discount_rate=0.0)
