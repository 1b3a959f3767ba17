"""Small worlds whose logs can be worked out by hand: issues are entered one by one, not drawn.

A world is a scenario in TOML, in which volumes and the horizon (one day) need not be said, and the
issues that arise. With constant lengths of time, and probabilities of 0 and 1, nothing is left to
chance, so a test can say every row of the logs. Rows are written as a table whose header names
fields of `sim.logs`: codes and indices as words, times in seconds or as h:mm[:ss], "-" for none.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim import codes
from sim.demand import Customers, Demand, demand_of
from sim.demand.order import in_order
from sim.logs import ARISING, SENDING, Logs, Rows
from sim.scenario.checks import checks
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.tables.tables import Tables
from sim.terms import DAY, Names
from tests.engines import played

NEVER = float("inf")


@dataclass(frozen=True)
class Arises:
    """An issue to be entered. Its number in the world's list is its ordinal."""

    time: float | str
    reason: str
    customer: int = -1
    incident: str | None = None
    told: float | str = NEVER


@dataclass(frozen=True)
class Message:
    """A message about the issue with this number."""

    time: float | str
    about: int


@dataclass(frozen=True)
class Person:
    """A customer: segment, and when it joins and leaves for reasons of its own."""

    segment: str
    joined: float | str = 0.0
    leaves: float | str = NEVER


@dataclass(frozen=True)
class Story:
    """What an engine told of a world."""

    logs: Logs
    names: Names

    def shows(self, log: str, table: str) -> None:
        """Raises AssertionError unless a log holds these rows, in this order."""
        expected = [line.split() for line in table.strip().splitlines()]
        header = expected[0]
        rows = getattr(self.logs, log)
        actual = [header, *([self._cell(row, name) for name in header] for row in rows)]
        wanted = [header, *([_normal(cell) for cell in line] for line in expected[1:])]
        if actual != wanted:
            raise AssertionError(
                f"{log}: expected\n{_aligned(wanted)}\nbut was\n{_aligned(actual)}"
            )

    def values(self, log: str, field: str) -> list[float]:
        """One column of a log."""
        return getattr(self.logs, log)[field].tolist()

    def _cell(self, row: np.void, column: str) -> str:
        value = row["ordinal" if column == "issue" else column].item()
        if np.isnan(value) or (value == -1 and column in _INDICES):
            return "-"
        words = _WORDS.get(column) or getattr(self.names, _NAMES.get(column, ""), ())
        return words[value] if words else _number(value)


_WORDS = {
    "why": codes.WHYS,
    "outcome": codes.OUTCOMES,
    "result": codes.RESULTS,
    "closing": codes.CLOSINGS,
    "self_service": codes.SELF_SERVICE,
    "recovery": codes.RECOVERIES,
    "what": codes.DEPARTURES,
    "kind": codes.OUTREACH,
}
_NAMES = {
    "origin": "origins",
    "segment": "segments",
    "reason": "reasons",
    "queue": "queues",
    "first_queue": "queues",
    "team": "teams",
    "resolving_team": "teams",
    "programme": "notices",
}
_INDICES = (*_NAMES, "customer", "first_handled_resolved", "issue")


def world(
    text: str | tuple[str, ...],
    issues: Sequence[Arises] = (),
    *,
    people: Sequence[Person] = (),
    messages: Sequence[Message] = (),
    grain: float = 0.0,
    seed: int = 1,
) -> Demand:
    """A scenario (several texts are laid over one another) with exactly these issues, customers and
    messages."""
    tables = tables_of(scenario(text, people), grain)
    demand = demand_of(tables, seed, 0)
    arising = [_arising(tables, number, issue) for number, issue in enumerate(issues)]
    sending = [_sending(tables, arising[message.about], message) for message in messages]
    return replace(
        demand,
        customers=_customers(tables, people),
        incident_issues=in_order(np.array(arising, dtype=ARISING)),
        messages=in_order(np.array(sending, dtype=SENDING)),
    )


def scenario(text: str | tuple[str, ...], people: Sequence[Person] = ()) -> Scenario:
    """A scenario in which no issue arises by itself; segments get the numbers of their people."""
    table: dict[str, Any] = {"horizon": "1 day"}
    for part in (text,) if isinstance(text, str) else text:
        table = _laid_over(table, tomllib.loads(part))
    for reason in table["reasons"].values():
        reason["volume"] = {"per_week": 0.0}
    for person in people:
        table.setdefault("segments", {}).setdefault(person.segment, {})
    for name, segment in table.get("segments", {}).items():
        segment["customers"] = sum(person.segment == name for person in people) or 1
    whole = Scenario.model_validate(table)
    wrong = [message for _, message, severity in checks(whole) if severity == "error"]
    assert not wrong, wrong
    return whole


def story(demand: Demand, engine: str) -> Story:
    """What an engine tells of a world."""
    return Story(played(demand, engine), demand.tables.terms.names)


def seconds(time: float | str) -> float:
    """A time in seconds, from seconds or from h:mm[:ss]; hours may pass 24."""
    if not isinstance(time, str):
        return float(time)
    hours, minutes, rest = (*map(float, time.split(":")), 0.0)[:3]
    return hours * 3600.0 + minutes * 60.0 + rest


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = [key for key in above if isinstance(below.get(key), dict)]
    return {**below, **above, **{key: _laid_over(below[key], above[key]) for key in both}}


def _arising(tables: Tables, number: int, issue: Arises) -> tuple[float, ...]:
    names, time = tables.terms.names, seconds(issue.time)
    reason = names.reasons.index(issue.reason)
    segment = int(_segment_of(tables)[issue.customer]) if issue.customer >= 0 else -1
    at = f"@{names.segments[segment]}" if segment >= 0 else ""
    name = f"incident:{issue.incident}{at}" if issue.incident else f"reason:{issue.reason}{at}"
    why = codes.INCIDENT if issue.incident else int(tables.reasons.why[reason])
    day = int(time // DAY) - tables.terms.calendar.warm_days
    who = (issue.customer, segment, reason)
    return (day, names.origins.index(name), number, *who, why, time, seconds(issue.told))


def _sending(tables: Tables, issue: tuple[float, ...], message: Message) -> tuple[float, ...]:
    return (*issue[:6], 0, codes.MESSAGE_SENT, seconds(message.time))


def _segment_of(tables: Tables) -> np.ndarray:
    return np.repeat(np.arange(len(tables.people.initial)), tables.people.initial)


def _customers(tables: Tables, people: Sequence[Person]) -> Customers:
    segment = _segment_of(tables)
    names = tables.terms.names.segments
    given = people or [Person(names[index]) for index in segment]
    assert [names[index] for index in segment] == [person.segment for person in given]
    return Customers(
        segment=segment,
        joined=np.array([seconds(person.joined) for person in given], dtype=np.float64),
        leaves=np.array([seconds(person.leaves) for person in given], dtype=np.float64),
        first=np.concatenate([[0], np.cumsum(tables.people.initial)]).astype(np.int64),
    )


def _normal(cell: str) -> str:
    """A cell as the logs would have it: times in seconds."""
    if cell[0].isdigit() and ":" in cell:
        return _number(seconds(cell))
    try:
        return _number(float(cell))
    except ValueError:
        return cell


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _aligned(lines: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def terms_of(rows: Rows) -> list[tuple[float, ...]]:
    """For each issue the seven terms of its log odds of leaving."""
    return [tuple(row[f"{cause}_term"].item() for cause in codes.CAUSES) for row in rows]
