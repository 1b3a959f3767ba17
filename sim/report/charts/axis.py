"""Axes with ticks whose texts are the house's."""

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

Told = Callable[[Sequence[float]], list[str]]
"""The texts of ticks."""

_AIR = 0.12
"""Share of the spread that stays free at either end."""


def span(means: Sequence[float], ends: Sequence[float]) -> tuple[float, float]:
    """From where to where an axis of these figures and interval ends goes. It goes below zero only
    if a figure does, or a little where one lies on zero.

    >>> span([12.0, 18.0], [10.0, 20.0]), span([0.0], [0.0, 10.0]), span([5.0], [5.0])
    ((8.8, 21.2), (-0.4, 11.2), (4.4, 5.6))
    >>> span([2.0], [-6.0, 10.0])
    (0.0, 11.92)
    """
    low, high = min(ends), max(ends)
    spread = high - low or abs(high) or 1.0
    first = low - _AIR * spread
    if first < 0.0 <= min(means):
        first = 0.0 if min(means) > 0.04 * spread else -0.04 * spread
    return first, high + _AIR * spread


def ticked_x(axes: Axes, ends: tuple[float, float], told: Told) -> None:
    """Set the ends of the x axis, and round ticks between them."""
    axes.set_xlim(ends)
    ticks = _between(ends, 6)
    axes.set_xticks(ticks, labels=told(ticks))


def ticked_y(axes: Axes, ends: tuple[float, float], told: Told, most: int = 6) -> None:
    """Set the ends of the y axis, and so many round ticks between them, or some fewer."""
    axes.set_ylim(ends)
    ticks = _between(ends, most)
    axes.set_yticks(ticks, labels=told(ticks))


def _between(ends: tuple[float, float], most: int) -> list[float]:
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10])
    return [float(tick) for tick in locator.tick_values(*ends) if ends[0] <= tick <= ends[1]]
