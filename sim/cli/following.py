"""The options of `run` that follow one replication, down to single customers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim.cli.console import Refused
from sim.errors import meant, quoted

if TYPE_CHECKING:
    from sim.report.trace.clock import Clock
    from sim.report.trace.selection import Selection
    from sim.tables.tables import Tables

Command = Callable[..., Any]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Followed:
    """Which replication is told alone, and what of it."""

    replication: int | None
    trace: bool
    interval: str | None
    since: str | None
    until: str | None
    queue: str | None
    issue: str | None
    customer: str | None

    @property
    def is_traced(self) -> bool:
        """Whether a trace is wanted; whoever says of what, wants one."""
        said = (self.interval, self.since, self.until, self.queue, self.issue, self.customer)
        return self.trace or any(one is not None for one in said)


_OPTIONS = (
    click.option(
        "--replication",
        type=click.IntRange(1, 1_000_000),
        metavar="NUMBER",
        help="Play only this one of the replications, from 1.",
    ),
    click.option(
        "--trace",
        is_flag=True,
        help="Write all that happens in that replication (else in the first), in plain words, "
        "and its logs.",
    ),
    click.option(
        "--interval",
        metavar="INTERVAL",
        help='Trace the contacts that arrived in an interval, such as "2026-03-02 09:00" or '
        '"Mon 09:00", as the tables by interval call it.',
    ),
    click.option("--since", metavar="MOMENT", help='Trace contacts from "Mon 09:10" on ...'),
    click.option("--until", metavar="MOMENT", help="... and before this moment."),
    click.option("--queue", metavar="NAME", help="Trace contacts of this queue."),
    click.option("--issue", metavar="NAME", help='Trace an issue, such as "invoice 0-17".'),
    click.option("--customer", metavar="NUMBER", help="Trace a customer."),
)


def following(command: Command) -> Command:
    """Give a command these options; it gets them as one argument, `followed`."""

    @wraps(command)
    def with_followed(**given: Any) -> Any:
        followed = Followed(**{name: given.pop(name) for name in Followed.__dataclass_fields__})
        return command(**given, followed=followed)

    decorated: Command = with_followed
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def selection_of(followed: Followed, tables: "Tables") -> "Selection":
    """What is to be traced, in the scenario's own words; refuses words that it does not have."""
    from sim.report.trace.clock import Clock
    from sim.report.trace.selection import Selection

    clock = Clock(tables.terms.calendar)
    interval = _read("--interval", followed.interval, lambda text: _interval(text, clock))
    since = _read("--since", followed.since, clock.moment)
    until = _read("--until", followed.until, clock.moment)
    if since is not None and until is not None and until <= since:
        raise Refused(
            f"--until {quoted(followed.until or '')}: not after --since "
            f"{quoted(followed.since or '')}, so that nothing lies between them"
        )
    return Selection(
        interval=interval,
        since=since,
        until=until,
        queue=_known("--queue", followed.queue, tables.terms.names.queues),
        issue=followed.issue,
        customer=_number("--customer", followed.customer),
    )


def _known(option: str, word: str | None, words: tuple[str, ...]) -> str | None:
    if word is None or word in words:
        return word
    guess = meant(word, words)
    if guess:
        raise Refused(f"{option} {quoted(word)}: not known; did you mean {quoted(guess)}?")
    some = ", ".join(map(quoted, words[:6])) + (", ..." if len(words) > 6 else "")
    raise Refused(f"{option} {quoted(word)}: not known; there are {some}")


def _interval(text: str, clock: "Clock") -> str:
    """The label of the interval that is named, or in which the moment lies that is named."""
    import numpy as np

    from sim.accounting.intervals import labels
    from sim.report.trace.selection import slots_of

    known = labels(clock.calendar)
    if text in known:
        return text
    (slot,) = slots_of(np.array([clock.moment(text)]), clock.calendar)
    if slot < 0:
        raise ValueError(
            f"found {quoted(text)}, which lies in the warm-up; nothing is counted then"
        )
    return known[int(slot)]


def _read(option: str, text: str | None, read: "Callable[[str], Value]") -> "Value | None":
    if text is None:
        return None
    try:
        return read(text)
    except ValueError as error:
        raise Refused(f"{option}: {error}") from None


def _number(option: str, text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.replace(",", "").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12 and int(digits)):
        raise Refused(f"{option}: found {quoted(text)}; a customer is a number, such as 4211")
    return int(digits)
