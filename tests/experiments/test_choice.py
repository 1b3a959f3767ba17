"""Which strategy is best: beyond luck, in a tie, or open; and replications where it is open."""

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiments.choice import UntilChosen, choice_of
from sim.experiments.criteria import Criteria, criteria_of
from sim.experiments.finding import ECONOMIC
from sim.experiments.results import Choice
from sim.experiments.sizes import Size
from tests.experiments.totals import PLACES, figures_of, strategy_of


def chosen(
    *totals: np.ndarray, zone: Size | None = None, goal: UntilChosen | None = None
) -> Choice | None:
    """Of strategies named by their place."""
    return choice_of(
        ECONOMIC,
        [strategy_of(str(nth), list(one)) for nth, one in enumerate(totals)],
        [PLACES] * len(totals),
        [figures_of(one) for one in totals],
        indifference=zone,
        goal=goal,
    )


def luck(seed: int, runs: int = 20) -> np.ndarray:
    """Of mean 0 and standard deviation 1, exactly."""
    drawn = np.random.default_rng(seed).normal(size=runs)
    return (drawn - drawn.mean()) / drawn.std(ddof=1)


def test_the_least_is_best_and_the_others_follow_in_order() -> None:
    shared = 50.0 * luck(1)
    found = chosen(shared + 105.0, shared + 102.0 + luck(2), shared + 100.0 + luck(3), shared + 120)
    assert found is not None
    assert found.best == "2"
    assert [(one.strategy, one.verdict) for one in found.rivals] == [
        ("1", "worse"),
        ("0", "worse"),
        ("3", "worse"),
    ]
    assert found.rivals[1].mean == pytest.approx(5.0)
    assert found.probability is not None
    assert found.probability > 0.9


def test_a_lead_that_luck_may_make_is_open_and_one_within_the_indifference_a_tie() -> None:
    """0.1 ahead, with an interval of 0.47 either way: t of 19 degrees, over the root of 20."""
    base, other = 100.0 + 0.0 * luck(4), 100.1 + luck(4)
    for zone, verdict in (
        (None, "open"),
        (Size(0.5, False), "open"),
        (Size(0.6, False), "tie"),
        (Size(0.006, True), "tie"),
    ):
        found = chosen(base, other, zone=zone)
        assert found is not None
        assert found.rivals[0].verdict == verdict
        assert found.indifference == (zone.of(100.0) if zone else 0.0)


def test_a_tie_goes_before_a_difference_that_is_certain_and_does_not_matter() -> None:
    found = chosen(100.0 + luck(5), 101.0 + luck(5), zone=Size(2.0, False))
    assert found is not None
    assert found.rivals[0].verdict == "tie"


def test_pairs_are_compared_on_the_replications_that_both_have() -> None:
    shared = luck(6, 40)
    found = chosen(100.0 + shared, 103.0 + shared[:20] + 0.1 * luck(7))
    assert found is not None
    assert found.rivals[0].replications == 20
    assert found.rivals[0].mean == pytest.approx(3.0)


def test_strategies_without_figures_have_no_best() -> None:
    assert chosen(np.zeros(20), np.zeros(20)) is None


def test_one_replication_leaves_everything_open() -> None:
    found = chosen(np.array([5.0]), np.array([7.0]))
    assert found is not None
    assert (found.best, found.probability) == ("0", None)
    assert (found.rivals[0].verdict, found.rivals[0].low) == ("open", None)


# ------------------------------------------------------------------------------------- the contest


def contest(totals: np.ndarray, zone: Size, first: int = 10) -> tuple[UntilChosen, list[int]]:
    """Fought to the end; how many replications each took."""
    strategies = totals.shape[1]
    goal = UntilChosen(ECONOMIC, [PLACES] * strategies, zone)
    took, going = [first] * strategies, tuple(range(strategies))
    while True:
        own = [figures_of(totals[: took[s], s]) for s in range(strategies)]
        going = goal(own).going
        if not going:
            return goal, took
        for one in going:
            took[one] += 1


def test_only_strategies_that_may_be_the_best_go_on() -> None:
    drawn = np.random.default_rng(8).normal([100.0, 100.1, 109.0], 1.0, (3_000, 3))
    goal, took = contest(drawn, Size(0.3, False))
    assert took[2] == 10
    assert took[0] == took[1] > 50
    assert len(goal.still) == 1
    found = chosen(*(drawn[: took[s], s] for s in range(3)), goal=goal)
    assert found is not None
    assert (found.best, found.contest) == (str(goal.still[0]), "decided")
    assert found.indifference == 0.3


def test_the_one_that_is_left_is_best_whatever_those_look_like_that_dropped_out() -> None:
    goal = UntilChosen(ECONOMIC, [PLACES] * 2, Size(1.0, False))
    goal.still = (1,)
    found = chosen(np.full(10, 99.0), 100.0 + luck(9, 40), goal=goal)
    assert found is not None
    assert found.best == "1"


def test_an_indifference_is_a_share_of_the_bases_figure() -> None:
    drawn = np.random.default_rng(10).normal([200.0, 150.0], 1.0, (100, 2))
    goal, _ = contest(drawn, Size(0.01, True))
    assert goal.zone == pytest.approx(2.0, rel=0.01)


def test_a_contest_over_nothing_ends_at_once() -> None:
    goal, took = contest(np.zeros((100, 3)), Size(0.01, True))
    assert took == [10, 10, 10]
    assert len(goal.still) == 3


# ------------------------------------------------------------------------------------- the words


def test_a_comparison_is_judged_as_the_user_says() -> None:
    assert criteria_of(None, None, select=False, simultaneous=False) == Criteria()
    said = criteria_of("Abandonment", "0.5 points", select=True, simultaneous=False)
    assert said == Criteria("abandonment", Size(0.005, False), select=True)


def test_all_that_is_wrong_with_it_is_told_at_once() -> None:
    with pytest.raises(ScenarioError) as wrong:
        criteria_of("waits", "-1", select=False, simultaneous=False)
    assert 'did you mean "mean wait"' in str(wrong.value) or "there are: " in str(wrong.value)
    assert [one.file for one in wrong.value.problems] == ['--by "waits"', '--indifference "-1"']
