"""Sensitivity of a small company, by hand."""

import math

import numpy as np
import pytest
from scipy.stats import triang

from sim.errors import ScenarioError
from sim.experiments.points import Lot
from sim.experiments.sensitivity.factors import assumed_factors, factors_of
from sim.experiments.sensitivity.results import Sample
from sim.experiments.sensitivity.sensitivity import Plan, sensitivity, spread_of, width_of
from sim.experiments.turning.results import Gap
from sim.scenario.load import load

OPERATING = "operating cost per year"
COMPANY = """\
title = "One agent"
horizon = "1 day"
warm_up = "0 d"
reasons.call = { volume = { per_hour = 6.0 }, talk = { exponential = "4 min" } }
callers.patience = { exponential = "2 min" }
centre = { opening = { all = "09:00-13:00" }, fixed = 1000.0 }
teams.agents = { agents = 1, pay = { per_hour = 20.0, overtime = 1.0 } }
[assumptions]
"centre.fixed" = { why = "guessed", between = [500.0, 2000.0] }
"teams.agents.pay.per_hour" = { why = "usual", between = [15.0, 30.0] }
"callers.patience" = "never measured"
"""
OTHER = """\
extends = "one.toml"
centre.fixed = 1200.0
teams.agents.pay.per_hour = 18.0
"""
LOT = Lot(3, 1, "reference", 1)
NOTHING_ELSE = Plan(samples=0, walks=0, many=0, glances=3)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    (folder / "one.toml").write_text(COMPANY, encoding="utf-8")
    (folder / "other.toml").write_text(OTHER, encoding="utf-8")
    return load(folder / "one.toml"), load(folder / "other.toml")


def test_the_ends_of_a_tornado_are_those_reckoned_by_hand(pair):
    """The fixed cost is paid twelve times a year, less the discount of nothing; the wage for four
    hours a day, and overtime."""
    one, _ = pair
    factors = factors_of(["centre.fixed=500:2000", "teams.agents.pay.per_hour"], [one.scenario])
    found = sensitivity([one], factors, [], OPERATING, NOTHING_ELSE, LOT)
    fixed = next(swing for swing in found.swings if swing.path == "centre.fixed")
    wage = next(swing for swing in found.swings if swing.path == "teams.agents.pay.per_hour")
    assert fixed.low.change.mean == pytest.approx(12 * -500.0)
    assert fixed.high.change.mean == pytest.approx(12 * 1000.0)
    assert (wage.low.at, wage.high.at) == (15.0, 30.0)
    assert wage.low.change.mean <= 365 * 4 * -5.0
    assert wage.low.change.mean == pytest.approx(-0.5 * wage.high.change.mean)
    assert found.swings[0] is max(fixed, wage, key=width_of)


def test_of_two_strategies_the_difference_is_looked_at(pair):
    factors = factors_of(["centre.fixed=0.5:2"], [one.scenario for one in pair])
    found = sensitivity(pair, factors, [], OPERATING, NOTHING_ELSE, LOT)
    (fixed,) = found.swings
    assert fixed.unit == "times"  # for the two begin from different values
    assert fixed.low.change.mean == pytest.approx(12 * (0.5 - 1.0) * 200.0)
    assert fixed.high.change.mean == pytest.approx(12 * (2.0 - 1.0) * 200.0)


def test_the_verdict_holds_as_often_as_the_factor_lies_on_its_side(pair):
    """The other pays less in wages and 200 a month more of fixed cost; that is varied by a factor,
    even in its logarithm. Latin hypercube: one sample in each two-hundredth of it."""
    scenarios = [one.scenario for one in pair]
    factors = factors_of(["centre.fixed=0.05:8"], scenarios)
    plan = Plan(samples=200, walks=0, many=0, glances=3)
    found = sensitivity(pair, factors, [], OPERATING, plan, LOT)
    wages = found.now.mean - 12 * 200.0  # the other has the cheaper wage
    turns_at = -wages / (12 * 200.0)
    share = (math.log(turns_at) - math.log(0.05)) / (math.log(8.0) - math.log(0.05))
    falls_behind = sum(one.result.mean < 0.0 for one in found.spread.samples)
    assert falls_behind == pytest.approx(200 * share, abs=1.0)
    ahead = found.spread.holds if found.now.mean < 0.0 else found.spread.turns
    assert ahead <= falls_behind <= ahead + found.spread.open
    assert found.spread.open <= 2


def test_a_sample_that_luck_cannot_tell_is_open():
    gaps = [(3.0, 1.0), (2.0, 3.0), (-2.0, 1.0), (5.0, 1.0)]
    samples = [
        Sample(numbers=(0.0,), result=Gap(at=0.0, mean=mean, low=mean - half, high=mean + half))
        for mean, half in gaps
    ]
    found = spread_of(["x"], samples, 1.0, paired=True)
    assert (found.holds, found.turns, found.open) == (2, 1, 1)
    # Wilson (1927) for 2 of 3: (p + z²/2n ± z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n)
    z, n, p = 1.959963984540054, 3, 2 / 3
    middle, reach = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    assert found.holds_low == pytest.approx((middle - reach) / (1 + z * z / n))
    assert found.holds_high == pytest.approx((middle + reach) / (1 + z * z / n))


def test_factors_are_even_in_their_logarithm_numbers_even_and_the_likeliest_is_kept(pair):
    scenarios = [pair[0].scenario]
    (number,) = factors_of(["centre.fixed=500:2000"], scenarios)
    (triangle,) = factors_of(["centre.fixed=500:1500:2000"], scenarios)
    (factor,) = factors_of(["callers.patience=0.5:2"], scenarios)
    shares = np.linspace(0.05, 0.95, 7)
    assert [number.at(one) for one in shares] == pytest.approx(500.0 + 1500.0 * shares)
    assert [triangle.at(one) for one in shares] == pytest.approx(
        triang.ppf(shares, 2 / 3, 500.0, 1500.0)
    )
    if factor.lever.is_factor:
        assert [factor.at(one) for one in shares] == pytest.approx(0.5 * 4.0**shares)


def test_assumptions_without_a_range_are_left_out_unless_they_are_to_be_guessed(pair):
    scenarios = [pair[0].scenario]
    paths = list(scenarios[0].assumptions)
    factors, left_out = assumed_factors(paths, scenarios, guess=False)
    assert [one.lever.path for one in factors] == ["centre.fixed", "teams.agents.pay.per_hour"]
    assert left_out == ["callers.patience"]
    guessed, left_out = assumed_factors(paths, scenarios, guess=True)
    assert len(guessed) == 3
    assert left_out == []
    patience = guessed[-1].lever
    assert patience.high / patience.low == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("centre.nothing", "there is no such place"),
        ("centre.fixed=1:2:3:4", "write LOW:HIGH, or LOW:MODE:HIGH"),
        ("centre.fixed=2000:3000", "must lie between the two"),
        ("centre.fixed=500:300:2000", "must lie between the two others"),
    ],
)
def test_what_cannot_be_varied_is_told_with_its_cure(pair, text, told):
    with pytest.raises(ScenarioError, match=told):
        factors_of([text], [pair[0].scenario])
