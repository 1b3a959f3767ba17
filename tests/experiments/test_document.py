"""A document's estimates are what its replications' figures come to, reckoned here by hand."""

from math import sqrt
from pathlib import Path

import pytest

from sim.accounting.measures import catalogue
from sim.experiments.compare import compare
from sim.experiments.document import HEADLINE
from sim.experiments.replicate import replicate
from sim.experiments.results import Document, Strategy
from sim.experiments.simulate import run
from sim.scenario.load import Loaded, load
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of

PRICED = Path(__file__).parents[1] / "zoo" / "prices.toml"
T_OF_ONE_DEGREE = 12.706204736432095
"""The 97.5 % quantile of Student's t with one degree of freedom (any statistical table)."""
TOTALS = ("operating cost", "margin lost within 12 months", "total economic cost")
COUNTED_DAYS = 2
ASSUMED = """
[assumptions]
"loyalty.base" = "nobody knows"
"segments.people.yearly_margin" = "a guess"
"teams.home.pay" = "an offer"
"callers.patience" = "shapes what happens, and prices nothing"
[word_of_mouth]
told = 6.0
prospects = 0.2
put_off = 0.1
pool_per_year = 1000.0
"""


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> list[Loaded[Scenario]]:
    """A company with prices and losses of every kind, and the same with an agent more."""
    folder = tmp_path_factory.mktemp("priced")
    text = PRICED.read_text(encoding="utf-8")
    (folder / "base.toml").write_text(text + ASSUMED, encoding="utf-8")
    more = 'extends = "base.toml"\nteams.talk.agents = 3\n'
    (folder / "more.toml").write_text(more, encoding="utf-8")
    return [load(folder / name) for name in ("base.toml", "more.toml")]


@pytest.fixture(scope="module")
def compared(scenarios: list[Loaded[Scenario]]) -> Document:
    return compare(scenarios, replications=2, seed=3)


@pytest.fixture(scope="module")
def pairs(scenarios: list[Loaded[Scenario]]) -> list[dict[str, list[tuple[float, float]]]]:
    """For each scenario and headline measure the numerators and denominators of both
    replications."""
    figures = replicate(
        [one.scenario for one in scenarios],
        replications=2,
        seed=3,
        engine="kernel",
        workers=1,
        progress=lambda done, of: None,
    )
    found = []
    for loaded, own in zip(scenarios, figures, strict=True):
        lines = catalogue(tables_of(loaded.scenario).terms)
        found.append(
            {
                line.measure: [(one.numerators[i], one.denominators[i]) for one in own]
                for i, line in enumerate(lines)
                if line.row_kind == "total" and line.interval is None
            }
        )
    return found


# --------------------------------------------------------------------------------------- the bill


def billed(strategy: Strategy, total: str) -> float:
    """The items that a total adds up."""
    groups = {total, "operating cost"} if total == "total economic cost" else {total}
    return sum(item.present_value for item in strategy.bill if item.total in groups)


@pytest.mark.parametrize("total", TOTALS)
def test_the_items_of_the_bill_add_up_to_the_totals_that_are_told(
    compared: Document, total: str
) -> None:
    for strategy in compared.strategies:
        told = strategy.measure(total).mean
        assert told == pytest.approx(billed(strategy, total), rel=1e-12)
        assert told > 0.0
        yearly = strategy.measure(f"{total} per year").mean
        assert yearly == pytest.approx(told * 365 / COUNTED_DAYS, rel=1e-12)


def test_quantity_times_price_is_the_amount(compared: Document) -> None:
    for item in compared.strategies[0].bill:
        if item.price is not None:
            assert item.amount == pytest.approx(item.quantity * item.price, rel=1e-12, abs=1e-9)
        else:
            assert item.how


def test_amounts_are_discounted_from_the_middle_of_their_month(compared: Document) -> None:
    """At 5 % a year; each of the two months has one counted day. Cash within a year stays whole."""
    years = {"2026-01": 0.5 / 365, "2026-02": 1.5 / 365}
    for item in compared.strategies[0].bill:
        whole = item.total == "margin lost within 12 months"
        discount = 1.0 if whole else 1.05 ** -years[item.month]
        assert item.present_value == pytest.approx(item.amount * discount, rel=1e-12)


# ------------------------------------------------------------------------ estimates and differences


def value_and_pulls(pair: list[tuple[float, float]]) -> tuple[float, list[float]]:
    """A ratio of means, and by how much each replication pulls it; a mean has denominators 1."""
    (x0, y0), (x1, y1) = pair
    ratio = (x0 + x1) / (y0 + y1)
    mean_y = (y0 + y1) / 2
    return ratio, [(x - ratio * y) / mean_y for x, y in pair]


def half_width(pulls: list[float]) -> float:
    """Of two replications: t × standard deviation / √2."""
    return T_OF_ONE_DEGREE * sqrt(sum(pull**2 for pull in pulls)) / sqrt(2)


@pytest.mark.parametrize("measure", HEADLINE)
def test_a_headline_figure_is_the_ratio_of_its_replications_sums(
    compared: Document, pairs: list[dict[str, list[tuple[float, float]]]], measure: str
) -> None:
    for strategy, own in zip(compared.strategies, pairs, strict=True):
        value, pulls = value_and_pulls(own[measure])
        told = strategy.measure(measure)
        half = half_width(pulls)
        assert (told.mean, told.low, told.high) == pytest.approx(
            (value, value - half, value + half), rel=1e-9
        )


@pytest.mark.parametrize("measure", HEADLINE)
def test_a_difference_pairs_replication_with_replication(
    compared: Document, pairs: list[dict[str, list[tuple[float, float]]]], measure: str
) -> None:
    (base, base_pulls), (more, more_pulls) = (value_and_pulls(own[measure]) for own in pairs)
    (told,) = (one for one in compared.differences if one.measure == measure)
    half = half_width([a - b for a, b in zip(more_pulls, base_pulls, strict=True)])
    assert told.strategy == "more"
    assert (told.mean, told.low, told.high) == pytest.approx(
        (more - base, more - base - half, more - base + half), rel=1e-6, abs=1e-12
    )


def test_one_replication_has_no_interval(scenarios: list[Loaded[Scenario]]) -> None:
    document = compare(scenarios, replications=1)
    measures = [one for strategy in document.strategies for one in strategy.measures]
    for one in (*measures, *document.differences, *document.strategies[0].bill):
        assert one.low is None
        assert one.high is None


# ------------------------------------------------------------------------------------ assumptions


def test_assumptions_tell_the_share_of_the_economic_cost_that_they_price(
    compared: Document,
) -> None:
    base = compared.strategies[0]
    whole = billed(base, "total economic cost")
    shares = {one.path: one.share for one in base.assumptions}

    def of(*whats: str, who: str) -> float:
        items = [item for item in base.bill if item.what in whats and item.who == who]
        return sum(item.present_value for item in items) / whole

    lost = of("customers lost", "prospects put off", who="people")
    assert shares == {
        "loyalty.base": pytest.approx(lost),
        "segments.people.yearly_margin": pytest.approx(lost),
        "teams.home.pay": pytest.approx(of("pay", "overtime", who="home")),
        "callers.patience": None,
    }
    assert 0.0 < lost < 1.0


# ------------------------------------------------------------------------------- the whole document


def test_a_document_can_be_read_back_from_its_json(scenarios: list[Loaded[Scenario]]) -> None:
    document = run(scenarios[0], replications=2)
    assert Document.model_validate_json(document.model_dump_json()) == document
