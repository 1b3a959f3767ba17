"""A verification as a reader sees it."""

import io

from rich.console import Console

from sim.experiments.verdicts import CaseResult, Comparison, Verification
from sim.report.text.verification import verification


def comparison(measure="mean wait", known=20.0, mean=20.5, **changes):
    given = {
        "measure": measure,
        "unit": "s",
        "row_kind": "total",
        "row": "total",
        "interval": None,
        "known": known,
        "mean": mean,
        "low": mean - 1.0,
        "high": mean + 1.0,
        "error": 0.02,
        "difference": 1.25,
        "limit": 4.1,
        "finds": 0.115,
        "verdict": "agrees",
    }
    return Comparison(**(given | changes))


def found(*comparisons, asked=1):
    case = CaseResult(
        name="erlang-a",
        title="Erlang A",
        file="scenarios/verification/erlang-a.toml",
        source="Palm (1946)",
        replications=20,
        comparisons=comparisons,
    )
    return Verification(
        quick=True, seed=7, engine="kernel", precision=0.02, asked=asked, cases=(case,)
    )


def lines(document, width=100):
    file = io.StringIO()
    Console(file=file, width=width, highlight=False, markup=False).print(
        verification(document, width)
    )
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_known_and_simulated_stand_side_by_side_with_the_difference_and_what_would_be_found():
    told = lines(found(comparison()))
    assert told[0] == "Verification: 1 of 1 cases"
    assert told[1] == "quick, seed 7, kernel engine"
    assert "erlang-a" in told
    (row,) = [line for line in told if line.startswith("  Mean wait, s")]
    assert row.split() == ["Mean", "wait,", "s", "agrees", "20", "20.5", "±1.0", "+1.25", "12"]
    assert told[-1] == "1 comparisons: 1 agree, 0 are too uncertain, 0 disagree."


def test_of_a_figure_by_interval_the_worst_is_told():
    def at(time, difference, verdict="agrees"):
        return comparison(interval=f"Mon {time}", difference=difference, verdict=verdict)

    told = lines(found(at("08:00", 1.0), at("09:00", -3.0), at("10:00", 2.0)))
    assert next(line for line in told if "ean wait" in line).startswith("  Mon 09:00: mean wait")
    told = lines(found(at("08:00", 0.1, "too uncertain"), at("09:00", -3.0)))
    assert next(line for line in told if "ean wait" in line).startswith("  Mon 08:00: mean wait")
    assert sum("ean wait" in line for line in told) == 2  # in the table, and again at the end


def test_what_does_not_agree_is_named_again_at_the_end():
    told = lines(
        found(
            comparison("ASA", row_kind="team", row="gold", verdict="disagrees", difference=9.0),
            comparison("abandonment", known=0.1, mean=0.1, unit="share", verdict="too uncertain"),
            comparison(),
        )
    )
    assert told[-3:] == [
        "3 comparisons: 1 agree, 1 are too uncertain, 1 disagree.",
        "erlang-a: gold: ASA, s disagrees",
        "erlang-a: Abandonment, % is too uncertain",
    ]


def test_an_identity_that_fails_exactly_has_no_difference_in_errors():
    told = lines(found(comparison(error=0.0, difference=None, finds=0.0, verdict="disagrees")))
    (row,) = [line for line in told if line.startswith("  Mean wait")]
    assert row.split()[-2:] == ["–", "0"]


def test_the_table_fits_a_narrow_screen_and_a_wide_one():
    document = found(comparison("failure demand, share of contacts", row_kind="kind", row="redial"))
    for width in (60, 100, 160):
        assert max(map(len, lines(document, width))) <= width
