"""Figures with their intervals as a planner reads them: "41,200 ±1,200", never "41234.2 ±1187.3".

The half-width of the interval is told with one significant digit, or two if they are at most 35,
and the figure to the same place (the rule of the Particle Data Group, Review of Particle Physics,
introduction, section 5.3): more digits would only show luck.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

UNDEFINED = "–"
_NOISE = 1e-9
"""An interval narrower than this share of its figure is one of width zero."""


class Estimate(Protocol):
    """What is told of a measure, a difference or an item of the bill; None if undefined."""

    @property
    def mean(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


@dataclass(frozen=True)
class Scale:
    """How figures of one unit are told: multiplied by a factor, under the name of a unit."""

    factor: float
    unit: str


_SECONDS = ((300.0, 1.0, "s"), (10_800.0, 60.0, "min"), (259_200.0, 3600.0, "h"))
PER_YEAR = " per year"
_PLAIN = ("contacts", "customers", "issues", "messages", "transfers", "agents", "h")


def scale(unit: str, values: Iterable[float | None]) -> Scale:
    """How figures of a unit (as measures name it) are best told, by the largest of them.

    >>> scale("share", [0.2]), scale("s", [1200.0, None]).unit, scale("USD", [412_000.0]).unit
    (Scale(factor=100.0, unit='%'), 'min', 'thousand USD')
    """
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    if unit.startswith("share"):
        return Scale(100.0, "%" + unit.removeprefix("share"))
    if unit == "s":
        for below, seconds, name in _SECONDS:
            if largest < below:
                return Scale(1.0 / seconds, name)
        return Scale(1.0 / 86_400.0, "days")
    if unit.removesuffix(PER_YEAR) not in _PLAIN:
        for size, name in ((1e6, "million"), (1e3, "thousand")):
            if largest >= 100.0 * size:
                return Scale(1.0 / size, f"{name} {unit}")
    return Scale(1.0, unit)


def told(estimate: Estimate, scale: Scale, signed: bool = False) -> str:
    """A figure with half the width of its interval, if it has one.

    signed: with a plus sign, as differences are told.
    """
    if estimate.mean is None:
        return UNDEFINED
    mean = estimate.mean * scale.factor
    if estimate.low is None or estimate.high is None:
        return plain(mean, signed)
    half = max(estimate.high - estimate.mean, estimate.mean - estimate.low) * scale.factor
    if half <= _NOISE * abs(mean):
        return "0" if mean == 0.0 else f"{plain(mean, signed)} ±0"
    places = _places(half)
    return f"{_fixed(mean, places, signed)} ±{_fixed(half, places)}"


def plain(value: float, signed: bool = False) -> str:
    """A figure without an interval: whole from a thousand on, else four significant digits.

    >>> plain(180_000.0), plain(0.123456), plain(-12.5), plain(0.0)
    ('180,000', '0.1235', '-12.5', '0')
    """
    if value == 0.0:
        return "0"
    places = max(0, 3 - math.floor(math.log10(abs(value))))
    text = _fixed(value, places, signed)
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: float) -> str:
    """An amount to the whole unit of its currency, as in a bill; small prices to four digits.

    >>> money(12_345.6), money(-0.4), money(0.25)
    ('12,346', '-0.4', '0.25')
    """
    return _fixed(amount, 0) if abs(amount) >= 100.0 else plain(amount)


def differs(estimate: Estimate) -> bool:
    """Whether the interval of a difference excludes zero."""
    if estimate.low is None or estimate.high is None:
        return False
    return estimate.low > 0.0 or estimate.high < 0.0


def _places(half: float) -> int:
    """Decimal places of a half-width's last digit that is told; negative left of the point."""
    magnitude = math.floor(math.log10(half))
    leading = half / 10.0**magnitude
    if leading >= 9.5:
        magnitude, leading = magnitude + 1, 1.0
    return -magnitude + (1 if leading < 3.55 else 0)


def _fixed(value: float, places: int, signed: bool = False) -> str:
    rounded = round(value, places) + 0.0
    return f"{rounded:{'+' if signed and rounded else ''},.{max(0, places)}f}"
