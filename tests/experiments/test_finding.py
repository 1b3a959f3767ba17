"""The verdict in sentences says what the intervals bear, and no more."""

import pytest

from sim.experiments.finding import (
    ECONOMIC,
    OPERATING,
    finding_of_comparison,
    finding_of_run,
)
from sim.experiments.results import Difference, Measure, Strategy


def strategy(
    name: str, operating: float, economic: float, currency: str = "EUR", exhausted: float = 0.0
) -> Strategy:
    """A strategy of which only its two yearly costs are known, and the share of replications in
    which all prospects were put off."""
    measures = tuple(
        Measure(
            measure=measure,
            unit=f"{currency} per year",
            row_kind="total",
            row="total",
            interval=None,
            mean=mean,
            low=None,
            high=None,
            replications=20,
            estimator="mean",
        )
        for measure, mean in (
            (OPERATING, operating),
            (ECONOMIC, economic),
            ("pool of prospects exhausted", exhausted),
        )
    )
    return Strategy(
        name=name,
        file=f"{name}.toml",
        title="",
        currency=currency,
        counted_days=7,
        warm_up_days=0,
        start=None,
        service_level_rule="",
        measures=measures,
        bill=(),
        assumptions=(),
        warnings=(),
    )


def change(name: str, measure: str, mean: float, half: float | None = 1_000.0) -> Difference:
    return Difference(
        strategy=name,
        measure=measure,
        unit="EUR per year",
        mean=mean,
        low=None if half is None else mean - half,
        high=None if half is None else mean + half,
        replications=20,
        estimator="paired difference, mean",
    )


BASE = strategy("base", 1_000_000.0, 1_500_000.0)


def test_a_run_says_which_part_no_budget_shows() -> None:
    assert finding_of_run(BASE) == (
        "It costs EUR 1.00 million a year to run; with the customers lost for service it costs "
        "EUR 1.50 million, 33% of which no budget shows.",
    )


def test_a_run_that_loses_nobody_says_only_what_it_costs() -> None:
    assert finding_of_run(strategy("one", 2_345.5, 2_345.5)) == (
        "It costs EUR 2,345.50 a year to run.",
    )


def test_a_run_without_prices_has_no_verdict() -> None:
    assert finding_of_run(strategy("one", 0.0, 0.0)) == ()


def test_the_base_can_be_best() -> None:
    worse = strategy("lean", 1_100_000.0, 1_600_000.0)
    changes = [change("lean", OPERATING, 1e5), change("lean", ECONOMIC, 1e5)]
    assert finding_of_comparison([BASE, worse], changes) == (
        "Cheapest to run: base, the base, with EUR 1.00 million a year.",
        "Least total economic cost: base, the base, with EUR 1.50 million a year.",
    )


def test_what_is_saved_is_told_with_its_interval() -> None:
    lean = strategy("lean", 900_000.0, 1_400_000.0)
    changes = [change("lean", OPERATING, -1e5, 2e4), change("lean", ECONOMIC, -1e5, 5e4)]
    assert finding_of_comparison([BASE, lean], changes) == (
        "Cheapest to run: lean, EUR 100,000 a year less than base (95 % interval EUR 80,000 to "
        "EUR 120,000).",
        "Least total economic cost: lean, EUR 100,000 a year less than base (95 % interval "
        "EUR 50,000 to EUR 150,000).",
    )


def test_a_difference_within_its_interval_is_not_told_as_one() -> None:
    lean = strategy("lean", 900_000.0, 1_400_000.0)
    changes = [change("lean", OPERATING, -1e5, 2e5), change("lean", ECONOMIC, -1e5, 1e5)]
    for sentence in finding_of_comparison([BASE, lean], changes):
        assert "lean, which cannot be told apart from base" in sentence


def test_one_replication_bears_no_difference() -> None:
    lean = strategy("lean", 900_000.0, 1_400_000.0)
    changes = [change("lean", OPERATING, -1e5, None), change("lean", ECONOMIC, -1e5, None)]
    for sentence in finding_of_comparison([BASE, lean], changes):
        assert sentence.endswith("lean (one replication cannot say by how much).")


def test_the_verdict_turns_where_the_losses_weigh_what_the_saving_does() -> None:
    """Lean saves 100,000 and loses 400,000 more: they are even at a quarter of the losses."""
    lean = strategy("lean", 900_000.0, 1_800_000.0)
    changes = [change("lean", OPERATING, -1e5), change("lean", ECONOMIC, 3e5)]
    *_, turn = finding_of_comparison([BASE, lean], changes)
    assert turn == (
        "base costs EUR 100,000 a year more to run than lean and keeps customers worth "
        "EUR 400,000: the verdict turns if losing them costs less than 25% of what is assumed."
    )


@pytest.mark.parametrize("order", [0, 1])
def test_different_currencies_get_no_verdict(order: int) -> None:
    strategies = [BASE, strategy("abroad", 1.0, 2.0, "USD")]
    assert finding_of_comparison(strategies[:: -1 if order else 1], []) == (
        "The strategies are in different currencies; no verdict is given.",
    )


def test_a_pool_of_prospects_that_runs_out_is_told() -> None:
    lean = strategy("lean", 1_100_000.0, 1_600_000.0, exhausted=0.5)
    changes = [change("lean", OPERATING, 1e5), change("lean", ECONOMIC, 1e5)]
    *_, limit = finding_of_comparison([BASE, lean], changes)
    assert limit == (
        "Word of mouth is limited by its pool of prospects in lean: more people told would cost "
        "no more."
    )
