"""The menu of shifts: which there are, when their breaks may lie, and what they cost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.scenario.lines import KeyPath
from sim.scenario.load import Finding, read
from sim.scenario.nouns import Clock, Days, Duration, Noun, Positive, Whole
from sim.units import DAY, time_of_day


class Break(Noun):
    """Time within a shift in which the agent takes no calls."""

    after: Duration
    """It begins so long after the shift does …"""
    latest: Duration | None = None
    """… or at any interval from then until so long after; exactly then if not given."""
    length: Annotated[Duration, Field(gt=0)]
    paid: bool = False
    """Whether it is paid."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest is not None and self.latest < self.after:
            raise ValueError("`latest` must not be before `after`")
        return self


class ShiftKind(Noun):
    """A shift that agents can be given."""

    start: Clock
    """When it begins …"""
    latest_start: Clock | None = None
    """… or at any interval from then until this time."""
    length: Annotated[Duration, Field(gt=0)]
    """From beginning to end, breaks included."""
    days: Days = "all"
    """On which days it can be worked."""
    breaks: list[Break] = []
    """In order."""
    least: Whole = 0
    """Agents who must be given it on each of these days."""
    most: Whole | None = None
    """Agents who can be."""
    price: Positive = 1.0
    """Factor on what a paid hour costs: 1.25 for late shifts, say."""


class Menu(Noun):
    """The shifts from which a roster is made."""

    shifts: Annotated[dict[str, ShiftKind], Field(min_length=1)]
    """By name."""


def menu_of(path: Path, interval: float) -> Menu:
    """Read a menu whose times must be multiples of an interval (seconds). Raises ScenarioError with
    everything that is wrong."""
    return read(path, Menu, (), lambda menu: _findings(menu, interval)).scenario


def _findings(menu: Menu, interval: float) -> Iterator[Finding]:
    minutes = f"{interval / 60:g} minutes, the interval of the staffing"
    for name, shift in menu.shifts.items():
        start, place = time_of_day(shift.start), ("shifts", name)
        last = start if shift.latest_start is None else time_of_day(shift.latest_start)
        times: dict[KeyPath, float] = {
            ("start",): start,
            ("latest_start",): last,
            ("length",): shift.length,
        }
        for nth, one in enumerate(shift.breaks):
            spot: KeyPath = ("breaks", nth)
            times |= {(*spot, "after"): one.after, (*spot, "length"): one.length}
            times[*spot, "latest"] = one.after if one.latest is None else one.latest
        for key, seconds in times.items():
            if seconds % interval:
                yield (*place, *key), f"must be a multiple of {minutes}", "error"
        if last < start:
            yield (*place, "latest_start"), "must not be before `start`", "error"
        elif last + shift.length > DAY:
            sentence = "it ends after midnight; a shift lies within one day, so write two"
            yield (*place, "length"), sentence, "error"
        if shift.most is not None and shift.most < shift.least:
            yield (*place, "most"), "must be `least` or more", "error"
        end = 0.0
        for nth, one in enumerate(shift.breaks):
            latest = one.after if one.latest is None else one.latest
            if one.after < end or latest + one.length > shift.length:
                sentence = "must lie within the shift and after the break before it"
                yield (*place, "breaks", nth), sentence, "error"
            end = one.after + one.length
