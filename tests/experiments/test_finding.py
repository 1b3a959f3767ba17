"""The verdict in sentences says what the intervals bear, and no more."""

from typing import Any

import pytest

from sim.experiments.finding import (
    ECONOMIC,
    OPERATING,
    finding_of_comparison,
    finding_of_run,
)
from sim.experiments.results import Choice, Measure, Rival, Strategy
from sim.experiments.standing import standing, sureness


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


def rival(
    name: str, lead: float, half: float | None = 1_000.0, verdict: str = "worse", runs: int = 20
) -> Rival:
    """So much more than the best."""
    return Rival(
        strategy=name,
        mean=lead,
        low=None if half is None else lead - half,
        high=None if half is None else lead + half,
        replications=runs,
        verdict=verdict,
    )


def choice(
    measure: str, best: str, *rivals: Rival, probability: float | None = 0.9999, **more: Any
) -> Choice:
    unit = more.pop("unit", "EUR per year")
    indifference = more.pop("indifference", 0.0)
    return Choice(
        measure=measure,
        unit=unit,
        best=best,
        probability=probability,
        indifference=indifference,
        rivals=rivals,
        **more,
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


SURE = "It is the best of the two with a probability of more than 99.9 %, as far as luck goes."


def test_the_base_can_be_best() -> None:
    worse = strategy("lean", 1_100_000.0, 1_600_000.0)
    choices = [choice(m, "base", rival("lean", 1e5, 2e4)) for m in (OPERATING, ECONOMIC)]
    assert finding_of_comparison([BASE, worse], choices) == (
        "Cheapest to run: base, the base, EUR 100,000 a year less than lean (95 % interval EUR "
        "80,000 to EUR 120,000).",
        "Least total economic cost: base, the base, EUR 100,000 a year less than lean (95 % "
        f"interval EUR 80,000 to EUR 120,000). {SURE}",
    )


def test_the_best_is_set_against_the_next_and_against_the_base() -> None:
    two = [rival("lean", 1e5, 2e4), rival("base", 3e5, 3e4)]
    assert standing(choice(ECONOMIC, "fine", *two), "base") == (
        "Least total economic cost: fine, EUR 100,000 a year less than lean, the next (95 % "
        "interval EUR 80,000 to EUR 120,000), and EUR 300,000 a year less than base (95 % interval "
        "EUR 270,000 to EUR 330,000)."
    )
    assert standing(choice(ECONOMIC, "fine", *two[::-1]), "base").endswith(
        "fine, EUR 300,000 a year less than base, the next (95 % interval EUR 270,000 to EUR "
        "330,000)."
    )


def test_a_difference_within_its_interval_is_not_told_as_one() -> None:
    two = [rival("lean", 1e5, 2e5, "open"), rival("wild", 2e5, 3e5, "open"), rival("base", 9e5)]
    told = standing(choice(ECONOMIC, "fine", *two), "base")
    assert told == (
        "Least total economic cost: fine, which cannot be told apart from lean and wild (95 % "
        "interval EUR -100,000 to EUR 300,000 less, of lean)."
    )
    assert "best of the four with a probability of at least 61 %" in sureness(
        choice(ECONOMIC, "fine", *two, probability=0.618)
    )


def test_what_does_not_matter_is_called_a_tie() -> None:
    tied = choice(
        ECONOMIC,
        "fine",
        rival("lean", 1e4, 1e4, "tie"),
        rival("base", 1e6),
        indifference=5e4,
        probability=0.998,
    )
    assert standing(tied, "base") == (
        "Least total economic cost: fine, in a tie with lean (not worse by more than EUR 50,000 a "
        "year)."
    )
    assert sureness(tied) == (
        "None is better by more than EUR 50,000 a year, with a probability of at least 99 %."
    )


def test_strategies_that_are_the_same_are_a_tie_of_which_none_is_better() -> None:
    same = choice(ECONOMIC, "base", rival("copy", 0.0, 0.0, "tie"), probability=1.0)
    assert standing(same, "base") == (
        "Least total economic cost: base, the base, in a tie with copy (the same in every "
        "replication)."
    )
    assert sureness(same) == "None is better."
    also_a_worse_one = choice(
        ECONOMIC, "base", rival("copy", 0.0, 0.0, "tie"), rival("dear", 1e6), probability=1.0
    )
    assert "best of the three" in sureness(also_a_worse_one)


def test_a_tie_with_one_and_doubt_about_another_are_both_told() -> None:
    both = choice(
        ECONOMIC,
        "fine",
        rival("lean", 1e4, 1e4, "tie"),
        rival("base", 4e4, 1e5, "open"),
        indifference=5e4,
    )
    assert standing(both, "base").endswith(
        "in a tie with lean (not worse by more than EUR 50,000 a year), and which cannot be told "
        "apart from base (95 % interval EUR -60,000 to EUR 140,000 less)."
    )


def test_a_contest_that_was_decided_says_what_it_guarantees() -> None:
    won = choice(
        ECONOMIC,
        "fine",
        rival("lean", 1e5, 2e4, runs=66),
        rival("base", 3e5, 3e4, runs=20),
        indifference=5e4,
        contest="decided",
    )
    assert sureness(won) == (
        "Chosen by the procedure KN after 20 to 66 replications: it is the best with a probability "
        "of at least 95 % if it is ahead by EUR 50,000 a year or more."
    )
    limited = choice(
        ECONOMIC, "fine", rival("lean", 1e4, 2e4, "open"), contest="open", indifference=5e4
    )
    assert sureness(limited).startswith("The limit was reached before one strategy was left. None")


def test_more_is_better_where_it_is() -> None:
    """Service levels: the others have less."""
    level = choice(
        "service level", "fine", rival("base", -0.0234, 0.005), unit="share", probability=0.97
    )
    assert standing(level, "base") == (
        "Most service level: fine, 2.34 points more than base (95 % interval 1.84 points to 2.84 "
        "points)."
    )


def test_one_replication_bears_no_difference() -> None:
    lean = strategy("lean", 900_000.0, 1_400_000.0)
    choices = [
        choice(m, "lean", rival("base", 1e5, None, "open"), probability=None)
        for m in (OPERATING, ECONOMIC)
    ]
    for sentence in finding_of_comparison([BASE, lean], choices):
        assert sentence.endswith("lean (one replication cannot say by how much).")


def test_the_verdict_turns_where_the_losses_weigh_what_the_saving_does() -> None:
    """Lean saves 100,000 and loses 400,000 more: they are even at a quarter of the losses."""
    lean = strategy("lean", 900_000.0, 1_800_000.0)
    choices = [
        choice(OPERATING, "lean", rival("base", 1e5)),
        choice(ECONOMIC, "base", rival("lean", 3e5)),
    ]
    *_, turn = finding_of_comparison([BASE, lean], choices)
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
    choices = [choice(m, "base", rival("lean", 1e5)) for m in (OPERATING, ECONOMIC)]
    *_, limit = finding_of_comparison([BASE, lean], choices)
    assert limit == (
        "Word of mouth is limited by its pool of prospects in lean: more people told would cost "
        "no more."
    )
