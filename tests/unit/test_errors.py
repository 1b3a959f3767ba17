"""Problems are told by file and line, as a planner reads them."""

import pickle

import pytest

from sim.errors import Problem, ScenarioError, meant, quoted, told

PROBLEMS = (
    Problem("scenarios/peak.toml", 52, "teams.gold.serves", "no queue"),
    Problem("scenarios/base.toml", None, "", "the file is empty"),
    Problem("scenarios/peak.toml", 8, "queues.billing.patience.meen", "not a field"),
    Problem("scenarios/peak.toml", 100, "teams.gold", "overloaded", "warning"),
)


def test_problems_are_told_by_file_and_line_whatever_their_order() -> None:
    assert told(PROBLEMS) == (
        "scenarios/peak.toml: 2 problems, 1 warning\n"
        "  line   8  queues.billing.patience.meen: not a field\n"
        "  line  52  teams.gold.serves: no queue\n"
        "  line 100  warning: teams.gold: overloaded\n"
        "scenarios/base.toml: 1 problem\n"
        "  the file is empty"
    )


def test_a_scenario_error_tells_all_its_problems_also_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(ScenarioError(PROBLEMS)))
    assert error.problems == PROBLEMS
    assert str(error) == told(PROBLEMS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('a "b"\x1b[31m\x00\u202e', '"a \\"b\\"\\x1b[31m\\x00\\u202e"'),
        ("x" * 1000, '"' + "x" * 59 + '…"'),
        pytest.param(10**5000, "a huge number", id="huge"),
        (float("nan"), "nan"),
        ([], "an empty list"),
        ([1, 2], "a list of 2"),
    ],
)
def test_a_quoted_value_is_short_and_harmless(value: object, text: str) -> None:
    assert quoted(value) == text


def test_a_slip_of_the_pen_is_guessed_and_nonsense_is_not() -> None:
    assert meant("Patiense", ["patience", "priority"]) == "patience"
    assert meant("zzz", ["patience", "priority"]) is None
