"""Replications until figures are as precise as was asked for, and the words of the asking."""

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiments.document import HEADLINE
from sim.experiments.finding import ECONOMIC
from sim.experiments.precision import UntilPrecise, Wanted, precisions_of, wanted_of
from sim.experiments.sizes import Size
from sim.statistics.estimate import mean_estimate
from sim.statistics.sequential import look_ahead
from tests.experiments.totals import PLACES, figures_of, strategy_of

# ------------------------------------------------------------------------------------ the words


def test_a_bare_percentage_is_of_every_headline_figure() -> None:
    assert wanted_of(["2%"]) == tuple(Wanted(name, Size(0.02, True)) for name in HEADLINE)


def test_a_named_measure_has_its_own_size_whatever_is_said_of_all() -> None:
    for order in (1, -1):
        found = {
            one.measure: one.size for one in wanted_of(["2%", "Abandonment=0.5 points"][::order])
        }
        assert found["abandonment"] == Size(0.005, False)
        assert found["FCR"] == Size(0.02, True)


@pytest.mark.parametrize(
    ("text", "measure", "size"),
    [
        ("abandonment=0.005", "abandonment", Size(0.005, False)),
        ("abandonment = 10 %", "abandonment", Size(0.1, True)),
        ("mean wait=2 s", "mean wait", Size(2.0, False)),
        ("mean wait=2", "mean wait", Size(2.0, False)),
        ("total economic cost per year=50,000", ECONOMIC, Size(50_000.0, False)),
        ("total economic cost per year=5e4", ECONOMIC, Size(50_000.0, False)),
        ("customers lost, expected=3", "customers lost, expected", Size(3.0, False)),
    ],
)
def test_a_size_is_a_share_of_the_figure_or_an_amount_of_its_unit(
    text: str, measure: str, size: Size
) -> None:
    assert wanted_of([text]) == (Wanted(measure, size),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.005", 'name one, as in "abandonment=0.005"'),
        ("abandonement=2%", 'did you mean "abandonment"?'),
        ("ASA=2%", "there are: operating cost per year; "),
        ("abandonment=", 'found ""; write a share of the figure as "2%"'),
        ("abandonment=0%", "above 0"),
        ("abandonment=-1%", "above 0"),
        ("abandonment=two", '"0.5 points"'),
        ("mean wait=2 points", '"2 s"'),
        ("2", "different units"),
        ("", "above 0"),
        ("2%%", "above 0"),
        ("1_%", "above 0"),
        ("mean wait=1e999", "above 0"),
    ],
)
def test_a_precision_that_cannot_be_is_told_with_the_cure(text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as wrong:
        wanted_of([text])
    assert said in str(wrong.value)
    assert str(wrong.value).startswith("--precision ")


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ScenarioError) as wrong:
        wanted_of(["0.005", "2%", "ASA=2%"])
    assert len(wrong.value.problems) == 2


# ----------------------------------------------------------------------------------- the stopping


def stops_after(goal: UntilPrecise, *totals: np.ndarray, first: int = 20) -> int:
    """Asked after each replication from the first on."""
    for n in range(first, len(totals[0]) + 1):
        if not goal([figures_of(one[:n]) for one in totals]).going:
            return n
    raise AssertionError("does not stop")


def half(totals: np.ndarray) -> float:
    estimate = mean_estimate(totals)
    assert estimate.high is not None
    assert estimate.mean is not None
    return estimate.high - estimate.mean


def test_it_stops_when_all_strategies_have_been_precise_for_some_time() -> None:
    luck = np.random.default_rng(1)
    one, two = luck.normal(100.0, 20.0, 2_000), luck.normal(100.0, 40.0, 2_000)
    wanted = [Wanted(ECONOMIC, Size(0.05, True))]
    stop = stops_after(UntilPrecise(wanted, [PLACES, PLACES]), one, two)
    precise = [half(two[:n]) <= 0.05 * two[:n].mean() for n in range(20, stop + 1)]
    since = 20 + max((n + 1 for n, holds in enumerate(precise) if not holds), default=0)
    assert stop == since + look_ahead(since)
    assert stop > stops_after(UntilPrecise(wanted, [PLACES]), one)


def test_what_is_expected_comes_near_to_what_it_takes() -> None:
    luck = np.random.default_rng(2)
    totals = luck.normal(100.0, 20.0, 2_000)
    goal = UntilPrecise([Wanted(ECONOMIC, Size(2.0, False))], [PLACES])
    expected = goal([figures_of(totals[:50])]).expected
    assert 0.5 < stops_after(goal, totals, first=51) / expected < 2.0


def test_an_undefined_figure_or_one_that_never_differs_does_not_keep_it_going() -> None:
    goal = UntilPrecise([Wanted(ECONOMIC, Size(0.01, True))], [PLACES])
    assert stops_after(goal, np.zeros(100)) == 25


def test_one_replication_has_no_precision() -> None:
    goal = UntilPrecise([Wanted(ECONOMIC, Size(0.01, True))], [PLACES])
    assert goal([figures_of([5.0])]).going == (0,)


# ------------------------------------------------------------------------------------ what is told


def test_the_least_precise_strategy_is_told() -> None:
    strategies = [
        strategy_of("one", [99.0, 101.0, 100.0]),
        strategy_of("two", [90.0, 110.0, 100.0]),
    ]
    wanted = [Wanted(ECONOMIC, Size(0.3, True)), Wanted(ECONOMIC, Size(20.0, False))]
    share, amount = precisions_of(wanted, strategies)
    assert (share.strategy, share.unit, share.reached) == ("two", "share of the figure", True)
    assert share.half_width == pytest.approx(0.248, abs=1e-3)
    assert (amount.unit, amount.reached) == ("EUR per year", False)
    assert amount.half_width == pytest.approx(24.8, abs=0.1)


def test_a_figure_without_an_interval_is_not_precise() -> None:
    (told,) = precisions_of([Wanted(ECONOMIC, Size(0.3, True))], [strategy_of("one", [5.0])])
    assert (told.half_width, told.reached) == (None, False)


def test_a_figure_of_nought_that_never_differs_is_as_precise_as_can_be() -> None:
    wanted = [Wanted(ECONOMIC, Size(0.02, True))]
    (told,) = precisions_of(wanted, [strategy_of("one", [0.0, 0.0, 0.0])])
    assert (told.half_width, told.reached) == (0.0, True)
