"""Break-evens and assumptions of small companies, by hand and by simulating them again."""

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiments.points import Lot, simulate_points
from sim.experiments.replicate import in_silence
from sim.experiments.turning.assumptions import assumptions_in_force, with_turns
from sim.experiments.turning.breakeven import breakeven, levers_of, usual_places
from sim.experiments.turning.lever import levers_at
from sim.experiments.turning.response import Played, Priced, is_price, response_of
from sim.scenario.load import load

ECONOMIC = "total economic cost per year"
COMPANY = """\
title = "Two agents"
horizon = "2 days"
warm_up = "0 d"
discount_rate = 0.05
segments.all = { customers = 2000, yearly_margin = 300.0, base_churn = 0.1 }
callers.patience = { exponential = "2 min" }
callers.returns = { probability = 0.5, delay = { exponential = "1 h" } }
centre = { opening = { all = "09:00-13:00" }, fixed = 1000.0 }
teams.agents = { agents = 3, pay = { per_hour = 20.0, on_cost = 0.25, seat = 2.0 } }
[reasons.call]
volume = { per_customer_year = 24.0 }
talk = { exponential = "4 min" }
fcr = 0.8
[word_of_mouth]
told = 3.0
prospects = 0.1
put_off = 0.1
pool_per_year = 1e6
acquisition_cost = 20.0
[loyalty.base]
resolved = 0.01
unresolved = 0.08
gave_up = 0.06
refused = 0.06
silent = 0.02
preempted = 0.01
[assumptions]
"segments.all.yearly_margin" = "invented"
"teams.agents.pay.per_hour" = { why = "usual", between = [19.0, 21.0] }
[assumptions."loyalty.base"]
why = "nobody knows"
source = "a survey"
strength = "weak"
between = [0.02, 3.0]
"""
VENDOR = """\
extends = "base.toml"
title = "A vendor"
[teams.agents]
agents = 2
pay = false
factors = { fcr = 0.9 }
[teams.agents.contract]
per_hour = 18.0
managing = 500.0
[teams.agents.contract.malus]
queues = ["calls"]
target = { within = "20 s", share = 0.8 }
per_point = 0.01
at_most = 0.2
[assumptions]
"teams.agents.pay.per_hour" = false
"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("company")
    (folder / "base.toml").write_text(COMPANY, encoding="utf-8")
    (folder / "vendor.toml").write_text(VENDOR, encoding="utf-8")
    return [load(folder / "base.toml"), load(folder / "vendor.toml")]


LOT = Lot(6, 1, "reference", 1)


@pytest.fixture(scope="module")
def figures(pair):
    return simulate_points([one.scenario for one in pair], LOT, in_silence)


def lever(pair, path):
    return levers_at([one.scenario for one in pair], tuple(path.split(".")))[0]


@pytest.mark.parametrize(
    "path",
    [
        "discount_rate",
        "segments.all.yearly_margin",
        "word_of_mouth.acquisition_cost",
        "teams.agents.pay",
        "teams.agents.pay.per_hour",
        "teams.agents.contract.per_hour",
        "teams.agents.contract.managing",
        "centre.fixed",
    ],
)
def test_paying_finished_runs_anew_comes_to_what_simulating_them_at_that_price_does(
    pair, figures, path
):
    """The malus follows the vendor's fee."""
    one = lever(pair, path)
    exact = response_of(one, ECONOMIC, pair, figures, LOT, in_silence)
    assert isinstance(exact, Priced)
    played = Played(one, ECONOMIC, pair, LOT, in_silence)
    numbers = [one.low, one.now, one.high]
    for paid, simulated in zip(exact.at(numbers), played.at(numbers), strict=True):
        for ours, theirs in zip(paid, simulated, strict=True):
            assert ours.value == pytest.approx(theirs.value, rel=1e-12)
            assert ours.pulls == pytest.approx(theirs.pulls, rel=1e-9, abs=1e-6)


BLOCK = """\
extends = "vendor.toml"
[teams.agents.contract]
per_hour = false
block = { of = "hours", includes = 200, per_month = 3000.0, beyond = 18.0 }
[teams.agents.contract.bonus]
queues = ["calls"]
target = { within = "20 min", share = 0.1 }
per_point = 0.01
at_most = 0.3
[reasons.call]
sale = { probability = 0.2, margin = 5.0 }
"""


@pytest.mark.parametrize(
    "path",
    [
        "teams.agents.contract.block.per_month",
        "teams.agents.contract.block.beyond",
        "reasons.call.sale.margin",
    ],
)
def test_blocks_bonuses_and_sales_are_paid_anew_exactly(pair, tmp_path, path):
    """Malus and bonus follow all of the month's fee."""
    (tmp_path / "base.toml").write_text(COMPANY, encoding="utf-8")
    (tmp_path / "vendor.toml").write_text(VENDOR, encoding="utf-8")
    (tmp_path / "block.toml").write_text(BLOCK, encoding="utf-8")
    both = [pair[0], load(tmp_path / "block.toml")]
    figures = simulate_points([one.scenario for one in both], LOT, in_silence)
    one = lever(both, path)
    exact = response_of(one, ECONOMIC, both, figures, LOT, in_silence)
    assert isinstance(exact, Priced)
    numbers = [one.low, one.high]
    played = Played(one, ECONOMIC, both, LOT, in_silence).at(numbers)
    for paid, simulated in zip(exact.at(numbers), played, strict=True):
        for ours, theirs in zip(paid, simulated, strict=True):
            assert ours.value == pytest.approx(theirs.value, rel=1e-12)


@pytest.mark.parametrize(
    "path", ["loyalty.base", "callers.returns.probability", "word_of_mouth.told"]
)
def test_what_shapes_what_happens_is_simulated(pair, figures, path):
    one = lever(pair, path)
    assert isinstance(response_of(one, ECONOMIC, pair, figures, LOT, in_silence), Played)
    assert not is_price(one.place)


def test_other_measures_than_costs_are_simulated(pair, figures):
    one = lever(pair, "centre.fixed")
    assert isinstance(response_of(one, "abandonment", pair, figures, LOT, in_silence), Played)


def test_the_wage_at_which_both_cost_the_same_is_the_one_reckoned_by_hand(pair, figures):
    """Three agents are paid 24 hours, with on-cost and seats, and overtime at half as much again.
    The vendor's two are paid 16 hours at 18 less a fifth (the malus at its highest), and their
    management for two days of the month. The fixed cost is the same."""
    wage = levers_of(["teams.agents.pay.per_hour"], [one.scenario for one in pair])
    found = breakeven(pair, wage, "operating cost per year", LOT)
    (turn,), (root,) = found.turns, found.turns[0].roots
    overtime = np.mean([one.quantities[1] for one in figures[0]])
    by_hand = (16 * 18 * 0.8 + 500 * 2 / 30.4167 - 24 * 2) / (24 * 1.25 + overtime * 1.25 * 1.5)
    assert root.value == pytest.approx(by_hand, rel=1e-5)
    assert turn.exact
    assert (root.below, root.above) == ("base", "vendor")


def test_at_a_break_even_the_difference_cannot_be_told_from_zero(pair):
    """Of an exact one the mean is zero; of a simulated one the interval holds zero."""
    scenarios = [one.scenario for one in pair]
    levers = levers_of(["loyalty.base=0.02:3", "segments.all.yearly_margin=1:3000"], scenarios)
    found = breakeven(pair, levers, ECONOMIC, LOT)
    for one, turn in zip(levers, found.turns, strict=True):
        root = turn.roots[0]
        at_root = [replace(each, scenario=one.set_to(each.scenario, root.value)) for each in pair]
        again = breakeven(at_root, [], ECONOMIC, LOT).now
        assert again.low <= 0.0 <= again.high
        if turn.exact:
            assert again.mean == pytest.approx(0.0, abs=1e-4 * abs(found.now.mean))


def test_a_range_in_which_nothing_turns_is_said_so(pair):
    levers = levers_of(["centre.fixed=900:1100"], [one.scenario for one in pair])
    found = breakeven(pair, levers, ECONOMIC, LOT)
    assert found.turns[0].roots == ()
    assert "do not come to the same between 900 and 1,100" in found.finding[1]


def test_numbers_that_differ_are_varied_by_one_factor(pair):
    one = lever(pair, "teams.agents.factors.fcr")
    assert one.is_factor
    told = [one.set_to(loaded.scenario, 0.5).teams["agents"].factors.fcr for loaded in pair]
    assert told == [0.5, 0.45]


def test_a_law_of_one_number_is_varied_by_the_factors_of_its_range(pair):
    scenarios = [one.scenario for one in pair]
    (one,) = levers_of(["callers.patience=0.5:3"], scenarios)
    assert (one.low, one.now, one.high, one.unit) == (1.0, 2.0, 6.0, "min")
    assert one.set_to(scenarios[0], 3.0).callers.patience.exponential.mean == 180.0


def test_a_number_that_no_factor_changes_is_varied_over_a_range_that_is_given(pair):
    """Everybody seeks help; nobody is absent."""
    scenarios = [one.scenario for one in pair]
    (one,) = levers_of(["reasons.call.seeks_help=0.4:1"], scenarios)
    assert (one.low, one.now, one.high) == (0.4, 1.0, 1.0)
    assert one.set_to(scenarios[0], 0.5).reasons["call"].seeks_help == 0.5
    (other,) = levers_of(["teams.agents.shrinkage=0:0.3"], scenarios)
    assert (other.low, other.now, other.high) == (0.0, 0.0, 0.3)
    with pytest.raises(ScenarioError, match="no number above zero"):
        levers_of(["teams.agents.shrinkage"], scenarios)


def test_the_usual_things_are_those_that_are_there(pair):
    told = [".".join(map(str, place)) for place in usual_places([one.scenario for one in pair])]
    assert told == [
        "segments.all.yearly_margin",
        "loyalty.base",
        "loyalty.odds",
        "word_of_mouth.told",
        "teams.agents.pay.per_hour",
        "teams.agents.contract.per_hour",
        "teams.agents.factors.fcr",
        "callers.returns.probability",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("teams.nobody.scale", "neither of the two has such a place"),
        ("centre.fixed=1000", "write a range as LOW:HIGH"),
        ("centre.fixed=2000:3000", "must lie between the two"),
        ("title", "no number above zero"),
    ],
)
def test_what_cannot_be_varied_is_told_with_its_cure(pair, text, told):
    with pytest.raises(ScenarioError, match=told):
        levers_of([text], [one.scenario for one in pair])


def test_assumptions_are_those_that_are_stated_and_the_defaults_in_force(pair):
    found = assumptions_in_force(pair)
    told = {one.path: one for one in found.assumed}
    assert told["loyalty.base"].strength == "weak"
    assert told["loyalty.base"].source == "a survey"
    assert told["loyalty.base"].between == (0.02, 3.0)
    assert told["teams.agents.pay.per_hour"].strategies == ("base",)
    assert not told["reopening_spread"].stated
    assert "how soon after opening" in told["reopening_spread"].why


def test_the_verdict_turns_where_another_strategy_becomes_the_best(pair):
    found = with_turns(pair, LOT)
    told = {one.path: one.turns for one in found.assumed}
    (wage,) = told["teams.agents.pay.per_hour"]
    (base,) = told["loyalty.base"]
    (root,) = base.roots
    assert found.preferred == "base"
    assert (root.rival, root.below, root.above) == ("vendor", "vendor", "base")
    assert wage.exact
    assert not base.exact
