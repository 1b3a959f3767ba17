"""Tables of results, as a reader sees them."""

import io
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.console import Console

from sim.accounting.definitions import MEASURES
from sim.report.text import tables
from sim.report.text.figures import Scale, differs, plain, scale, told
from sim.report.text.names import visible
from tests.report.handmade import HEADLINE, document, measure, strategy, study

AS_IS = Scale(1.0, "")


def estimate(mean, half=None):
    if half is None:
        return SimpleNamespace(mean=mean, low=None, high=None)
    return SimpleNamespace(mean=mean, low=mean - half, high=mean + half)


def text(found, width=100, strategy=None, definitions=False, **console):
    file = io.StringIO()
    screen = Console(file=file, width=width, highlight=False, markup=False, **console)
    screen.print(tables(found, width, strategy, definitions))
    return file.getvalue()


def changed(found, **changes):
    """A document whose first strategy is changed."""
    first, *others = found.strategies
    return found.model_copy(
        update={"strategies": (first.model_copy(update=changes), *others)},
    )


# ------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("mean", "half", "said"),
    [
        (41_234.2, 1_187.3, "41,200 ±1,200"),
        (41_234.2, 480.0, "41,200 ±500"),
        (0.5, 0.0123, "0.500 ±0.012"),
        (0.5, 0.0456, "0.50 ±0.05"),
        (9.96, 0.97, "10.0 ±1.0"),
        (-3.0, 0.96, "-3.0 ±1.0"),
        (0.0004, 0.21, "0.00 ±0.21"),
        (-0.0004, 0.21, "0.00 ±0.21"),
        (45.0, 0.0, "45 ±0"),
        (45.0, 1e-12, "45 ±0"),
        (0.0, 0.0, "0"),
        (1234.5, None, "1,234"),
        (None, None, "–"),
    ],
)
def test_a_figure_shows_no_digit_that_its_interval_does_not_bear(mean, half, said):
    assert told(estimate(mean, half), AS_IS) == said


def test_a_difference_shows_its_sign():
    assert told(estimate(2.0, 1.0), AS_IS, signed=True) == "+2.0 ±1.0"
    assert told(estimate(-2.0, 1.0), AS_IS, signed=True) == "-2.0 ±1.0"


@given(
    st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-9),
    st.floats(1e-9, 1e12),
)
def test_a_figure_rounded_for_the_reader_stays_within_its_interval(mean, half):
    assume(half > 1e-8 * abs(mean))  # narrower ones are noise around an exact figure
    figure, _, width = told(estimate(mean, half), AS_IS).partition(" ±")
    read = float(figure.replace(",", ""))
    assert abs(read - mean) <= 0.5 * half + 1e-9 * abs(mean)
    assert float(width.replace(",", "")) == pytest.approx(half, rel=0.15, abs=1e-9 * abs(mean))


@given(st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-9))
def test_a_figure_without_interval_keeps_four_digits(value):
    assert float(plain(value).replace(",", "")) == pytest.approx(value, rel=5e-4)


@pytest.mark.parametrize(
    ("unit", "largest", "factor", "said"),
    [
        ("share", 0.5, 100.0, "%"),
        ("share of the base", 0.5, 100.0, "% of the base"),
        ("s", 299.0, 1.0, "s"),
        ("s", 301.0, 1 / 60, "min"),
        ("s", 20_000.0, 1 / 3600, "h"),
        ("s", 1e6, 1 / 86_400, "days"),
        ("EUR", 99_000.0, 1.0, "EUR"),
        ("EUR", 4e5, 1e-3, "thousand EUR"),
        ("EUR per year", 4e8, 1e-6, "million EUR per year"),
        ("contacts", 4e8, 1.0, "contacts"),
    ],
)
def test_units_fit_the_size_of_what_they_measure(unit, largest, factor, said):
    fitting = scale(unit, [None, 0.1, -largest])
    assert (fitting.unit, fitting.factor) == (said, pytest.approx(factor))


def test_only_an_interval_without_zero_tells_two_strategies_apart():
    assert differs(estimate(2.0, 1.9))
    assert differs(estimate(-2.0, 1.9))
    assert not differs(estimate(2.0, 2.1))
    assert not differs(estimate(2.0))


# ---------------------------------------------------------------------------------- comparison


def test_six_strategies_fit_on_one_screen():
    lines = text(study(6)).splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_longer_than_the_screen(width):
    lines = text(study(8), width).splitlines()
    assert max(map(len, lines)) <= width


def test_a_difference_is_marked_only_where_its_interval_excludes_zero():
    base, other = strategy("base", abandonment=0.10), strategy("other", abandonment=0.20)
    clear = text(document(base, other, noise=0.9))
    assert "+10 ±9*" in clear
    assert "*" not in text(document(base, other, noise=1.1)).replace("; * not zero", "")


def test_a_single_replication_shows_figures_and_neither_intervals_nor_marks():
    said = text(study(2, noise=None, runs=1, spread=None))
    assert "±" not in said.replace("± half", "")
    assert "*" not in said.replace("; * not zero", "")
    assert "4,210" in said


def test_better_is_green_and_worse_is_red_on_a_terminal_only():
    base, other = strategy("base", cost=4e6), strategy("other", cost=3e6)
    found = document(base, other)
    green = "\x1b[32m-1,000"
    assert green in text(found, force_terminal=True, color_system="standard")
    assert "\x1b[" not in text(found)


def test_costs_are_told_in_the_same_unit_so_that_they_add_up():
    found = document(strategy("base", cost=4e6, lost=1.0), strategy("other", cost=5e6, lost=1.0))
    head = text(found, 160).partition("base ")[0]
    assert (head.count("thousand"), head.count("million")) == (2, 0)


def test_an_undefined_figure_is_a_dash():
    base = strategy("base")
    without = base.model_copy(
        update={
            "measures": tuple(
                one.model_copy(update={"mean": None, "low": None, "high": None})
                if one.measure == "abandonment"
                else one
                for one in base.measures
            )
        }
    )
    row = next(line for line in text(document(without), 160).splitlines() if "Abandonment" in line)
    assert row.split()[-1] == "–"


def test_the_verdict_the_assumptions_and_the_warnings_follow_the_figures():
    found = changed(study(3), warnings=("the load exceeds the floor",))
    found = found.model_copy(update={"finding": ("in-house wins.",)})
    said = text(found)
    assert said.index("Abandonment") < said.index("in-house wins.") < said.index("Warning")
    assert "Warning (in-house): the load exceeds the floor" in said


def test_assumptions_that_price_most_are_told_first():
    from sim.experiments.results import Assumption

    assumptions = (
        Assumption(path="recovery", why="", share=0.04),
        Assumption(path="teams.vendor.felt", why="", share=None),
        Assumption(path="segments.all.yearly_margin", why="", share=0.6),
    )
    said = " ".join(text(changed(study(2), assumptions=assumptions)).split())
    assert "60%: segments.all.yearly_margin; 4%: recovery; no price: teams.vendor.felt." in said


# -------------------------------------------------------------------------------------- detail


def test_a_run_is_told_from_its_headline_to_its_two_views():
    said = text(study(1))
    parts = ["In short", "Further figures", "busiest day", "The bill, USD", "Two views"]
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)


def test_control_variates_that_too_few_replications_forbid_are_not_praised():
    from sim.experiments.results import Control

    controls = tuple(
        Control(strategy="in-house", measure=name, variance_ratio=1.5) for name in HEADLINE
    )
    found = study(1).model_copy(update={"controls": controls})
    assert "Too few replications for control variates" in " ".join(text(found).split())
    (strategy,) = found.strategies
    used = tuple(
        one.model_copy(update={"estimator": "mean, with control variates"})
        for one in strategy.measures
    )
    said = " ".join(text(changed(found, measures=used)).split())
    assert "Too few" not in said
    assert "worth 1.5 times the replications" in said


def test_a_strategy_of_a_comparison_can_be_told_in_detail():
    assert "The bill, USD" in text(study(3), strategy="lean")
    assert "scenarios/lean.toml" in text(study(3), strategy="lean")


def test_the_busiest_day_is_the_one_with_the_most_contacts():
    said = text(study(1))
    assert "The busiest day: Mon" in said
    assert "08:00" in said
    assert "07:30" not in said, "an interval without contacts"


def test_items_of_the_bill_are_added_up_over_the_months():
    base = strategy("base", cost=1e6, lost=None)
    item = base.bill[0].model_copy(
        update={"what": "fixed costs", "amount": 1000.0, "present_value": 900.0, "quantity": 1.0}
    )
    months = (item, item.model_copy(update={"month": "2026-04", "present_value": 800.0}))
    said = text(changed(document(base), bill=months))
    (line,) = (line for line in said.splitlines() if line.startswith("fixed costs"))
    assert line.split()[-2:] == ["2,000", "1,700"]
    (line,) = (line for line in said.splitlines() if line.startswith("= operating cost"))
    assert line.split()[-2:] == ["2,000", "1,700"]


def test_the_total_economic_cost_adds_the_operating_cost_to_the_losses():
    base = strategy("base")
    said = text(document(base))
    total = sum(
        item.present_value for item in base.bill if item.total != "margin lost within 12 months"
    )
    (line,) = (line for line in said.splitlines() if line.startswith("= total economic cost"))
    assert line.split()[-1] == f"{total:,.0f}"


def test_measures_that_are_zero_throughout_are_left_out_of_the_rows():
    rows = [
        measure("handled", "contacts", 5.0, kind="queue", row="faults"),
        measure("handled", "contacts", 7.0, kind="queue", row="general"),
        measure("blocked", "contacts", 0.0, kind="queue", row="faults"),
        measure("blocked", "contacts", 0.0, kind="queue", row="general"),
    ]
    base = strategy("base")
    said = text(changed(document(base), measures=(*base.measures, *rows)))
    section = said[said.index("By queue") : said.index("busiest day")]
    assert "Handled" in section
    assert "Blocked" not in section


FAILURE = {
    "failure demand, contacts": ("contacts", "contacts"),
    "failure demand, share of contacts": ("share", "share of contacts, %"),
    "failure demand, share of handling time": ("share", "share of handling time, %"),
    "price of failure demand per year": ("USD per year", "price per year, USD"),
}


def failing(kind, row, *means):
    """The failure demand of one row, in the order of `FAILURE`."""
    label = "released only if staffing follows"
    return [
        measure(name, unit, mean, 0.1, kind, row).model_copy(
            update={"note": label if name.startswith("price") else ""}
        )
        for (name, (unit, _)), mean in zip(FAILURE.items(), means, strict=True)
    ]


def squeezed(said):
    return [" ".join(line.split()) for line in said.splitlines()]


def test_failure_demand_is_a_ledger_of_kinds_with_their_sum():
    rows = [
        *failing("total", "total", 30.0, 0.3, 0.25, 5000.0),
        *failing("kind", "first", 70.0, 0.7, 0.75, 15_000.0),
        *failing("kind", "repeat", 20.0, 0.2, 0.15, 3000.0),
        *failing("kind", "redial", 10.0, 0.1, 0.1, 2000.0),
        *failing("kind", "incident", 0.0, 0.0, 0.0, 0.0),
    ]
    base = strategy("base", lost=None)
    said = text(changed(document(base), measures=(*base.measures, *rows)), 160)
    further, ledger = said.split("\nFailure demand\n")
    assert "ailure demand" not in further, "each figure once"
    lines = squeezed(ledger)
    first = next(nth for nth, line in enumerate(lines) if line.startswith("redial"))
    heads = " ".join(" ".join(lines[:first]).split())
    assert all(word in heads for _, head in FAILURE.values() for word in head.split())
    assert lines[first : first + 6] == [
        "redial: not answered before 10.0 ±1.0 10.0 ±1.0 10.0 ±1.0 2,000 ±200",
        "repeat: not solved before 20.0 ±2.0 20.0 ±2.0 15.0 ±1.5 3,000 ±300",
        "= failure demand 30.0 ±3.0 30.0 ±3.0 25.0 ±2.5 5,000 ±500",
        "value demand: first calls 70 ±7 70 ±7 75 ±7 15,000 ±1,500",
        "contacts: each transfer is one more",
        "price per year: released only if staffing follows",
    ]


def test_without_failure_demand_there_is_no_ledger_of_it():
    rows = [
        *failing("total", "total", 0.0, 0.0, 0.0, 0.0),
        *failing("kind", "first", 70.0, 1.0, 1.0, 20_000.0),
    ]
    base = strategy("base", lost=None)
    said = text(changed(document(base), measures=(*base.measures, *rows)))
    assert "ailure demand" not in said


def waiting(row, kind, **of):
    """Quantiles of 80 % and 95 % by whose waits they are, seconds."""
    return [
        measure(
            f"wait of {whose.replace('_', ' ')}, {share}", "s", wait, 0.1, kind, row
        ).model_copy(update={"note": "within a hair"})
        for whose, waits in of.items()
        for share, wait in zip(("80 %", "95 %"), waits, strict=True)
    ]


def test_quantiles_of_waits_are_one_table_with_the_error_of_the_histogram_said_once():
    base = strategy("base", lost=None)
    rows = [
        *waiting("total", "total", the_answered=(10.0, 90.0), all_offered=(12.0, 120.0)),
        *waiting("first", "queue", the_answered=(1.0, 2.0), all_offered=(20.0, 400.0)),
        *waiting("second", "queue", the_answered=(1.0, 2.0), all_offered=(40.0, 600.0)),
        *(
            measure("handled", "contacts", 5.0, kind="queue", row=row)
            for row in ("first", "second")
        ),
    ]
    said = text(changed(document(base), measures=(*base.measures, *rows)), 120)
    assert said.count("within a hair") == 1
    assert "Wait of" not in said
    lines = squeezed(said.partition("Who waits at most how long\n")[2])
    assert lines[0].split("wait ... ")[1] == "80 %, s 95 %, min"
    assert lines[1:5] == [
        "of the answered 10.0 ±1.0 1.50 ±0.15",
        "of all offered 12.0 ±1.2 2.00 ±0.20",
        "of all in first (legs) 20.0 ±2.0 6.7 ±0.7",
        "of all in second (legs) 40 ±4 10.0 ±1.0",
    ]
    assert lines[5].startswith("within a hair")


def test_a_service_level_names_its_rule_wherever_it_stands():
    note = "counted, within 20 s"
    base = strategy("base")
    ruled = tuple(
        one.model_copy(update={"note": note}) if one.measure == "service level" else one
        for one in base.measures
    )
    one = changed(document(base), measures=ruled)
    assert f"Service level ({note}), %" in text(one)
    two = text(changed(document(base, strategy("other")), measures=ruled), 160)
    assert all(word in two.partition("in-house ")[0] for word in note.split())


def test_every_measure_that_is_told_can_be_looked_up():
    base = strategy("base")
    every = tuple(measure(one.name, one.unit, 1.0) for one in MEASURES)
    said = " ".join(text(changed(document(base), measures=every), definitions=True).split())
    for one in MEASURES:
        assert " ".join(one.definition.split()) in said


# --------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name",
    ["\x1b[31mred", "a\nb", "[bold]b[/bold]", ":smile:", "\u202eevil", "x" * 300, "日本語", "\x00"],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_name_cannot_upset_the_terminal_or_the_table(name, number):
    hostile = changed(study(number), name=name, title=name, file=name, warnings=(name,))
    hostile = hostile.model_copy(update={"title": name, "question": name, "finding": (name,)})
    said = text(hostile)
    assert not {c for c in said if not c.isprintable()} - {"\n"}
    if name.isprintable():
        assert visible(name)[:20] in said
    assert max(map(len, said.splitlines())) <= 100
