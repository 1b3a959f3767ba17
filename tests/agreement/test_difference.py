"""A difference between two logs is told so that a person finds where the engines part."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.logs import Logs
from tests.agreement.by_hand import Arises, story, world
from tests.agreement.difference import AFTER, BEFORE, first_difference
from tests.zoo import zoo

OFFICE = """
callers.patience = { constant = "1 min" }
reasons.call = { talk = { constant = "2 min" }, after_call = { constant = "30 s" } }
teams.agents = { agents = 1 }
"""


@pytest.fixture
def logs() -> Logs:
    """One caller is answered, the next two wait behind it and hang up."""
    issues = [Arises(time, "call") for time in ("9:00", "9:00:30", "9:01")]
    return story(world(OFFICE, issues), "reference").logs


def changed(logs: Logs, log: str, row: int, **values: Any) -> Logs:
    """The same logs, but for some values of a row."""
    rows = getattr(logs, log).copy()
    for field, value in values.items():
        rows[field][row] = value
    return replace(logs, **{log: rows})


def told(one: Logs, other: Logs) -> tuple[str, list[str]]:
    """The first line of the message, and the lines below the rows."""
    lines = first_difference(one, other).splitlines()
    return lines[0], lines[3:]


def test_of_equal_logs_nothing_is_told(logs: Logs) -> None:
    assert first_difference(logs, changed(logs, "contacts", 0)) == ""


def test_what_comes_before_is_told_in_the_order_of_events(logs: Logs) -> None:
    other = changed(logs, "contacts", 0, end_wait=32460.0)
    assert told(logs, other) == (
        "contacts, row 0 of 3 and 3, differs in end_wait:",
        [
            "before that, both tell:",
            "  day 0 00:00:00 (0.0 s)  team 0 has 1 on the floor "
            "(1.0 planned, 1.0 paid, 0.0 absent)",
            "  day 0 09:00:00 (32400.0 s)  issue 0/0/0 arises "
            "(reason 0, customer -1, self-service not tried)",
            "  day 0 09:00:00 (32400.0 s)  issue 0/0/0 attempt 1 calls (first)",
            "  day 0 09:00:00 (32400.0 s)  issue 0/0/0 attempt 1 leg 1 joins queue 0",
            "  day 0 09:00:00 (32400.0 s)  issue 0/0/0 attempt 1 leg 1 is answered by team 0",
            "  day 0 09:00:30 (32430.0 s)  issue 0/0/1 arises "
            "(reason 0, customer -1, self-service not tried)",
            "  day 0 09:00:30 (32430.0 s)  issue 0/0/1 attempt 1 calls (first)",
            "  day 0 09:00:30 (32430.0 s)  issue 0/0/1 attempt 1 leg 1 joins queue 0",
            "  day 0 09:01:00 (32460.0 s)  issue 0/0/2 arises "
            "(reason 0, customer -1, self-service not tried)",
            "  day 0 09:01:00 (32460.0 s)  issue 0/0/2 attempt 1 calls (first)",
            "  day 0 09:01:00 (32460.0 s)  issue 0/0/2 attempt 1 leg 1 joins queue 0",
            "one alone then tells:",
            "  day 0 09:01:30 (32490.0 s)  issue 0/0/1 attempt 1 leg 1 waits no longer: abandoned",
            "other alone then tells:",
            "  day 0 09:01:00 (32460.0 s)  issue 0/0/1 attempt 1 leg 1 waits no longer: abandoned",
        ],
    )


def test_both_rows_are_shown_though_they_differ_in_the_last_bit_alone(logs: Logs) -> None:
    other = changed(logs, "contacts", 0, end_wait=np.nextafter(32490.0, 0.0))
    lines = first_difference(logs, other).splitlines()
    assert "'end_wait': 32490.0," in lines[1]
    assert "'end_wait': 32489.999999999996," in lines[2]
    assert any("(32489.999999999996 s)" in line for line in lines[3:])


def test_they_part_where_the_first_event_differs_not_where_the_first_row_is_written(
    logs: Logs,
) -> None:
    """The row about the last call is written after others; it says that its caller came early."""
    head, lines = told(logs, changed(logs, "contacts", 1, arrived=32415.0))
    assert head == "contacts, row 1 of 3 and 3, differs in arrived:"
    assert "09:00:15" in lines[lines.index("other alone then tells:") + 1]
    assert "09:00:00" in lines[lines.index("one alone then tells:") - 1]


def test_where_no_event_differs_they_part_when_the_row_ends(logs: Logs) -> None:
    head, lines = told(logs, changed(logs, "issues", 1, wait_term=1.0))
    assert head == "issues, row 1 of 3 and 3, differs in wait_term:"
    assert lines[-1].startswith("  day 0 09:02:00 (32520.0 s)  issue 0/0/2: its customer stays")
    assert "alone" not in "".join(lines)


def test_a_row_that_one_lacks_is_told(logs: Logs) -> None:
    head, lines = told(logs, replace(logs, contacts=logs.contacts[:-1]))
    assert head == "contacts, row 2 of 3 and 2, differs:"
    assert "one alone then tells:" in lines


def test_a_dozen_events_before_are_told_and_a_few_after() -> None:
    logs = zoo.logs("crowd")
    _, lines = told(logs, replace(logs, contacts=logs.contacts[:1000]))
    assert lines.index("one alone then tells:") == 1 + BEFORE
    assert len(lines) == 1 + BEFORE + 1 + AFTER


@pytest.mark.parametrize("log", ["contacts", "issues", "floor", "customers", "outreach", "memory"])
def test_every_log_can_be_told(log: str) -> None:
    logs = zoo.logs("crowd")
    assert first_difference(logs, replace(logs, **{log: getattr(logs, log)[1:]})).startswith(log)
