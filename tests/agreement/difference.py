"""Where two tellings of the same days part, for a person to read: the first row of the logs that
differs, and the events before it."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from sim import codes
from sim.logs import Logs, Rows
from sim.terms import DAY

BEFORE = 12
"""Events that are shown of what both tell."""
AFTER = 4
"""Events that are shown of what only one tells."""

Row = dict[str, Any]


class Event(NamedTuple):
    """Something that a row of a log tells, with its place among the events of one instant."""

    time: float
    kind: int
    words: str


def first_difference(one: Logs, other: Logs) -> str:
    """The first row in which two logs differ, and the events before it; empty if none differs."""
    for field in fields(Logs):
        rows, others = getattr(one, field.name), getattr(other, field.name)
        if rows.tobytes() != others.tobytes():
            at = _first_unequal(rows, others)
            here = [_rows(log[at : at + 1]) for log in (rows, others)]
            lengths = f"of {len(rows)} and {len(others)}"
            parted = [f"{field.name}, row {at} {lengths}, differs{_in_what(*here)}:"]
            parted += [f"  {name:6} {found[0] if found else 'none'}" for name, found in _both(here)]
            ended = [event.time for row in [*here[0], *here[1]] for event in _told(field.name, row)]
            return "\n".join(parted + _history(one, other, max(ended, default=math.inf)))
    return ""


def _first_unequal(rows: Rows, others: Rows) -> int:
    most = min(len(rows), len(others))
    same = (rows[i].tobytes() == others[i].tobytes() for i in range(most))
    return next((i for i, equal in enumerate(same) if not equal), most)


def _in_what(one: list[Row], other: list[Row]) -> str:
    """The fields in which two rows differ; nothing if one of them is not there."""
    names = [
        name
        for row, another in zip(one, other, strict=False)
        for name, value in row.items()
        if repr(value) != repr(another[name])
    ]
    return f" in {', '.join(names)}" if names else ""


def _both(pair: list[Any]) -> Iterator[tuple[str, Any]]:
    return zip(("one", "other"), pair, strict=True)


# -------------------------------------------------------------------------------- what came before


def _history(one: Logs, other: Logs, ended: float) -> list[str]:
    """What both tell until they part, and then what only one of them tells. If they tell the same
    events, they part when the row that differs has ended."""
    told = [Counter(_events(logs)) for logs in (one, other)]
    alone = [sorted((mine - others).elements()) for mine, others in (told, reversed(told))]
    parted = min((events[0].time for events in alone if events), default=ended)
    both = sorted((told[0] & told[1]).elements())
    before = [event for event in both if event.time <= parted][-BEFORE:]
    lines = ["before that, both tell:", *map(_line, before)]
    for name, events in _both(alone):
        if events:
            lines += [f"{name} alone then tells:", *map(_line, events[:AFTER])]
    return lines


def _line(event: Event) -> str:
    days, rest = divmod(event.time, DAY)
    clock = f"{int(rest // 3600):02}:{int(rest // 60 % 60):02}:{int(rest % 60):02}"
    return f"  day {days:.0f} {clock} ({event.time!r} s)  {event.words}"


# -------------------------------------------------------------------------------- rows, in words


def _events(logs: Logs) -> Iterator[Event]:
    """All that the rows of all logs tell."""
    for field in fields(Logs):
        for row in _rows(getattr(logs, field.name)):
            yield from _told(field.name, row)


def _told(log: str, row: Row) -> list[Event]:
    """What a row of a log tells of moments; what never came is left out."""
    return [event for event in _TELLERS[log](row) if not math.isnan(event.time)]


def _rows(rows: Rows) -> list[Row]:
    names = rows.dtype.names or ()
    return [dict(zip(names, row, strict=True)) for row in rows.tolist()]


def _name(row: Row) -> str:
    return f"issue {row['day']}/{row['origin']}/{row['ordinal']}"


def _staffing(row: Row) -> Iterator[Event]:
    team = f"team {row['team']}"
    counted = f"{row['planned']!r} planned, {row['paid']!r} paid, {row['absence']!r} absent"
    begins = f"{team} has {row['floor']:g} on the floor ({counted})"
    yield Event(row["start"], codes.STAFFING, begins)
    ends = f"{team} ends that step, {row['overtime']!r} s worked above the floor"
    yield Event(row["end"], codes.STAFFING - 1, ends)


def _coming_and_going(row: Row) -> Iterator[Event]:
    what = codes.DEPARTURES[row["what"]]
    joins = row["what"] == codes.JOINED
    told = "joins" if joins else f"leaves ({what}{_over(row)})"
    yield Event(row["time"], codes.BASE, f"customer {row['customer']} {told}")


def _over(row: Row) -> str:
    return f", over {_name(row)}" if row["origin"] >= 0 else ""


def _outreach(row: Row) -> Iterator[Event]:
    kind = codes.OUTREACH[row["kind"]].replace("_", " ")
    told = f"{kind} about {_name(row)} reaches customer {row['customer']}"
    yield Event(row["time"], codes.MESSAGE_GOES, told)


def _issue(row: Row) -> Iterator[Event]:
    name = _name(row)
    of = f"reason {row['reason']}, customer {row['customer']}"
    self_service = f"self-service {codes.SELF_SERVICE[row['self_service']]}".replace("_", " ")
    yield Event(row["arose"], codes.ARISES, f"{name} arises ({of}, {self_service})")
    yield Event(row["closed"], _AFTER_ALL, f"{name} closes: {codes.CLOSINGS[row['closing']]}")
    decision = "leaves" if row["left"] else "stays"
    why = f"p {row['p']!r}, p0 {row['p0']!r}, recovery {codes.RECOVERIES[row['recovery']]}"
    yield Event(row["decided"], _AFTER_ALL + 1, f"{name}: its customer {decision} ({why})")


def _leg(row: Row) -> Iterator[Event]:
    name = f"{_name(row)} attempt {row['attempt']}"
    outcome = codes.OUTCOMES[row["outcome"]].replace("_", " ")
    if row["leg"] <= 1:
        why = codes.WHYS[row["why"]]
        came_of_it = f": {outcome}" if row["leg"] == 0 else ""
        yield Event(row["arrived"], codes.ARISES + 1, f"{name} calls ({why}){came_of_it}")
    if row["leg"] == 0:
        return
    name = f"{name} leg {row['leg']}"
    team = f"team {row['team']}"
    yield Event(row["joined"], codes.ARISES + 2, f"{name} joins queue {row['queue']}")
    if row["outcome"] == codes.HANDLED:
        yield Event(row["end_wait"], codes.ARISES + 3, f"{name} is answered by {team}")
    else:
        yield Event(row["end_wait"], codes.ABANDONMENT, f"{name} waits no longer: {outcome}")
    result = codes.RESULTS[row["result"]]
    yield Event(row["end_talk"], codes.TALK_ENDS, f"{name} ends its talk with {team}: {result}")
    yield Event(row["end_work"], codes.WORK_ENDS, f"{name}: {team} ends its work after the call")


def _memory(_: Row) -> Iterator[Event]:
    yield from ()


_AFTER_ALL = codes.ARISES + 4
_TELLERS: dict[str, Callable[[Row], Iterator[Event]]] = {
    "contacts": _leg,
    "issues": _issue,
    "floor": _staffing,
    "customers": _coming_and_going,
    "outreach": _outreach,
    "memory": _memory,
}
