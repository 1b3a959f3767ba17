"""Numbers of a scenario that are varied: which they are, and what they become."""

from pathlib import Path

import pytest

from sim.scenario.checks import checks
from sim.scenario.load import load
from sim.scenario.source import dotted
from sim.scenario.varied import (
    number_at,
    range_of,
    scaled,
    variables,
    with_values,
)

HOME = Path(__file__).parents[3]
DO_OVER = load(HOME / "scenarios" / "do-over" / "do-over.toml").scenario


def of(path, scenario=DO_OVER):
    """The variables below a path: their places, kinds, and how many numbers they are."""
    return [
        (dotted(one.path), one.kind, len(one.leaves))
        for one in variables(scenario, tuple(path.split(".")))
    ]


def test_numbers_that_say_one_thing_together_are_one_variable():
    assert of("loyalty.base") == [("loyalty.base", "probability", 6)]
    assert of("loyalty.odds") == [
        ("loyalty.odds", "odds ratio", 4),
        ("loyalty.odds.tolerance", "length of time", 1),
        ("loyalty.odds.wait_counts_up_to", "length of time", 1),
    ]
    assert of("teams.frontline.pay") == [
        ("teams.frontline.pay", "amount", 2),
        ("teams.frontline.pay.on_cost", "number", 1),
        ("teams.frontline.pay.overtime", "number", 1),
    ]


def test_a_distribution_is_varied_by_its_lengths_alone():
    assert of("callers.returns.delay") == [("callers.returns.delay", "length of time", 1)]
    assert of("recovery.reached") == [("recovery.reached", "length of time", 1)]
    bank = load(HOME / "scenarios" / "bank" / "bank.toml").scenario
    assert of("callers.patience.empirical", bank) == [
        ("callers.patience.empirical.at", "length of time", 17)
    ]


def test_entries_of_a_table_of_names_are_varied_together_field_by_field():
    found = {name: count for name, _, count in of("reasons")}
    assert found['reasons."*".fcr'] == len(DO_OVER.reasons)
    assert found['reasons."*".talk'] == len(DO_OVER.reasons)
    assert found['reasons."*".settlement'] == len(DO_OVER.reasons)


@pytest.mark.parametrize("path", ["profiles.week", "title", "centre.lines", "queues"])
def test_shapes_words_and_whole_numbers_are_not_varied(path):
    assert of(path) == []


def test_what_is_zero_or_certain_has_nothing_to_vary():
    assert of("teams.specialists.transfers") == []
    assert of("teams.specialists.authority") == []


def leaf(path, scenario=DO_OVER):
    return number_at(scenario, tuple(path.split(".")))


def test_of_a_probability_the_odds_of_an_odds_ratio_the_logarithm_are_multiplied():
    again = leaf("callers.returns.probability")
    assert scaled(again, 2.0) == pytest.approx(2 * 0.65 / (0.35 + 2 * 0.65))
    repeat = leaf("loyalty.odds.per_repeat")
    assert scaled(repeat, 2.0) == pytest.approx(1.9**2)
    assert scaled(repeat, 0.0) == 1.0
    assert scaled(leaf("segments.consumer.yearly_margin"), 0.5) == 90.0


def test_a_number_stays_within_what_its_field_allows():
    assert scaled(leaf("loyalty.odds.per_repeat"), 50.0) == 1000.0
    assert scaled(leaf("teams.frontline.pay.overtime"), 0.1) == 1.0
    churn = scaled(leaf("segments.business.base_churn"), 1e30)
    assert churn == 1.0 - 1e-9


def test_a_varied_scenario_differs_in_the_numbers_named_and_in_nothing_else():
    path = ("segments", "consumer", "yearly_margin")
    other = with_values(DO_OVER, {path: 90.0, ("loyalty", "base", "silent"): 0.02})
    assert other.segments["consumer"].yearly_margin == 90.0
    assert other.loyalty is not None
    assert other.loyalty.base.silent == 0.02
    assert DO_OVER.segments["consumer"].yearly_margin == 180.0
    assert with_values(other, {path: 180.0, ("loyalty", "base", "silent"): 0.01}) == DO_OVER


def test_a_number_in_a_list_can_be_varied():
    bank = load(HOME / "scenarios" / "bank" / "bank.toml").scenario
    path = ("callers", "patience", "empirical", "at", 0)
    patience = with_values(bank, {path: 7.0}).callers.patience
    assert patience is not None
    assert patience.empirical is not None
    assert patience.empirical.at[:2] == [7.0, 10.0]


@pytest.mark.parametrize(
    ("path", "between", "found"),
    [
        ("segments.consumer.yearly_margin", [100, 300.0], (100.0, 300.0)),
        ("reopening_spread", ["30 min", "8 h"], (1800.0, 28_800.0)),
        ("loyalty.base", [0.5, 2.0], (0.5, 2.0)),
        ("busyness.correlation", [-0.2, 0.5], (-0.2, 0.5)),
    ],
)
def test_a_range_is_of_the_value_itself_or_of_factors_on_a_table(path, between, found):
    assert range_of(DO_OVER, tuple(path.split(".")), between) == found


@pytest.mark.parametrize(
    ("path", "between", "said"),
    [
        ("segments.consumer.yearly_margin", [200.0, 300.0], "the value itself must lie between"),
        ("segments.consumer.yearly_margin", [300.0, 100.0], "must lie between"),
        ("segments.consumer.base_churn", [0.1, 1.5], "must lie between"),
        ("reopening_spread", [1800.0, 28_800.0], "without a unit"),
        ("loyalty.base", ["1 h", "2 h"], "two numbers without quotes"),
        ("loyalty.base", [2.0, 4.0], "factors on what stands there"),
        ("loyalty.base", [0.0, 4.0], "factors on what stands there"),
    ],
)
def test_a_range_that_is_none_is_refused(path, between, said):
    table = {"why": "a guess", "between": between}
    assumed = {path: type(DO_OVER.assumptions["loyalty.base"])(**table)}
    found = list(checks(DO_OVER.model_copy(update={"assumptions": assumed})))
    assert [finding[0] for finding in found] == [("assumptions", path, "between")]
    assert said in found[0][1]
