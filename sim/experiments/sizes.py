"""Sizes that a user gives: how precise a figure is to be, which difference does not matter.

Raises ValueError with a sentence: what was found, what is allowed, and the cure.
"""

import math
import re
from dataclasses import dataclass

from sim.accounting.definitions import MEASURES
from sim.errors import quoted
from sim.units import duration

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|[\d_]+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+"
_PERCENT = re.compile(rf"\s*({_NUMBER})\s*%\s*", re.ASCII)
_POINTS = re.compile(rf"\s*({_NUMBER})\s*points?\s*", re.ASCII)
_BARE = re.compile(rf"\s*({_NUMBER})\s*", re.ASCII)

_MANY_POINTS = 0.1
"""Whoever writes so much of a share as a bare number means points."""


@dataclass(frozen=True)
class Size:
    """So much in the unit of a measure, or such a share of a figure."""

    amount: float
    relative: bool

    def of(self, figure: float) -> float:
        """What it comes to for a figure, in the unit of the measure."""
        return self.amount * abs(figure) if self.relative else self.amount


def unit_of_measure(measure: str) -> str:
    """The unit of a measure as the catalogue has it. Raises KeyError if there is none."""
    for one in MEASURES:
        if one.name == measure:
            return one.unit
    raise KeyError(measure)


def size_of(text: str, unit: str) -> Size:
    """A size of a measure of this unit: a share of the figure, or an amount.

    >>> size_of("2%", "share"), size_of("0.5 points", "share")
    (Size(amount=0.02, relative=True), Size(amount=0.005, relative=False))
    >>> size_of("50,000", "currency per year"), size_of("2 min", "s")
    (Size(amount=50000.0, relative=False), Size(amount=120.0, relative=False))
    >>> size_of("0.5", "share")
    Traceback (most recent call last):
    ...
    ValueError: found "0.5", which is 50 points of a percentage; write "0.5 points" if so few are \
meant, else "50 points"
    """
    found = None
    if match := _PERCENT.fullmatch(text):
        found = Size(_number(match[1]) / 100.0, True)
    elif (match := _POINTS.fullmatch(text)) and unit == "share":
        found = Size(_number(match[1]) / 100.0, False)
    elif match := _BARE.fullmatch(text):
        found = Size(_number(match[1]), False)
        if unit == "share" and _MANY_POINTS <= found.amount < math.inf:
            raise ValueError(_many_points(text, found.amount))
    elif unit == "s":
        try:
            found = Size(duration(text), False)
        except ValueError:
            found = None
    if found is None or not 0.0 < found.amount < math.inf:
        raise ValueError(f"found {quoted(text)}; {_allowed(unit)}")
    return found


def _many_points(text: str, amount: float) -> str:
    points = f"which is {100.0 * amount:g} points of a percentage; write "
    few = f'"{text.strip()} points" if so few are meant, else "{100.0 * amount:g} points"'
    return f"found {quoted(text)}, {points}{few}"


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return math.nan


def _allowed(unit: str) -> str:
    if unit == "share":
        return (
            'write a share of the figure as "2%", or points of a percentage as "0.5 points" '
            "(which is 0.005); above 0"
        )
    amount = {"s": '"2 s"', "currency per year": '"50000"'}.get(unit, '"3"')
    return f'write a share of the figure as "2%", or an amount such as {amount}; above 0'
