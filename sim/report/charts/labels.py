"""Where the labels of points go, so that none hides a point or another label. Inches throughout."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.report.charts.lettering import height, width
from sim.report.charts.sheet import INK

SIZE = 9.0
"""Font size of a label, points."""
_MARK = 0.09
"""Half the side of the square that a point's mark takes."""
_GAPS = (0.14, 0.22, 0.34, 0.5, 0.7, 0.95, 1.25, 1.6, 2.0, 2.5, 3.0)
_SIDES = (0, 180, 90, 270, 20, 160, 340, 200, 50, 130, 310, 230, 70, 110, 290, 250)
"""Directions from a point to its label, degrees, the most liked first."""
_TRIES = sorted(
    (gap + 0.01 * liked, gap, side) for gap in _GAPS for liked, side in enumerate(_SIDES)
)
"""Gap and side of the places tried, the least disliked first."""
_FAR = 0.2
"""Beyond this distance a line leads from the label to its point."""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: "Box") -> float:
        """The larger side of what two rectangles share; 0 if they are apart."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(across, up) if across > 0.0 and up > 0.0 else 0.0


@dataclass(frozen=True)
class Spot:
    """Where a label stands, and whether a line must lead to its point."""

    box: Box
    led: bool


@dataclass(frozen=True)
class Point:
    """A point to be labelled: its place, its label's lines, and the bars that cross it."""

    x: float
    y: float
    label: str
    bars: tuple[Box, ...] = ()


def spots(points: Sequence[Point], across: float, up: float) -> list[Spot]:
    """A place for every label within a room of `across` by `up`: first one by one, then each again
    in view of all the others."""
    found: list[Spot | None] = [None] * len(points)
    for _ in range(3):
        for nth, point in enumerate(points):
            others = [spot for k, spot in enumerate(found) if spot and k != nth]
            found[nth] = _best(point, points, others, Box(0.0, 0.0, across, up))
    return [spot for spot in found if spot]


def _best(point: Point, points: Sequence[Point], others: list[Spot], room: Box) -> Spot:
    lines = point.label.split("\n")
    wide, high = max(width(line, SIZE) for line in lines) + 0.1, height(len(lines), SIZE)
    best: Spot | None = None
    least = math.inf
    for dislike, gap, side in _TRIES:
        if dislike >= least:
            break
        box = _box(point, wide, high, gap, side)
        spot = Spot(box, _must_lead(box, point, points))
        harm = dislike + _harm(spot, point, points, others, room)
        if harm < least:
            best, least = spot, harm
    assert best is not None  # any place is better than infinitely bad
    return best


def _must_lead(box: Box, point: Point, points: Sequence[Point]) -> bool:
    """Whether a label stands too far from its point and bars, or too near to those of another, to
    be clear."""
    near = min(_distance(box, place) for place in _places(point))
    others = (place for other in points if other is not point for place in _places(other))
    return near > _FAR or any(_distance(box, place) < 1.6 * near for place in others)


def _places(point: Point) -> tuple[Box, ...]:
    """All that is drawn of a point."""
    return (_mark(point), *point.bars)


def _distance(box: Box, other: Box) -> float:
    return math.hypot(
        max(0.0, box.left - other.right, other.left - box.right),
        max(0.0, box.bottom - other.top, other.bottom - box.top),
    )


def _mark(point: Point) -> Box:
    return Box(point.x - _MARK, point.y - _MARK, point.x + _MARK, point.y + _MARK)


def _box(point: Point, wide: float, high: float, gap: float, side: int) -> Box:
    east, north = math.cos(math.radians(side)), math.sin(math.radians(side))
    x, y = point.x + east * (gap + wide / 2), point.y + north * (gap + high / 2)
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _harm(
    spot: Spot, point: Point, points: Sequence[Point], others: list[Spot], room: Box
) -> float:
    """How much a label would hide, be hidden or mislead: hidden labels and points weigh more than
    any distance, interval bars and points of others as much as some."""
    box = spot.box
    harm = 1e4 * max(
        0.0,
        room.left - box.left,
        box.right - room.right,
        room.bottom - box.bottom,
        box.top - room.top,
    )
    harm += 1e3 * sum(box.overlap(other.box) for other in others)
    for other in points:
        harm += 1e3 * box.overlap(_mark(other))
        harm += sum(0.8 + box.overlap(bar) for bar in other.bars if box.overlap(bar))
        if spot.led and other is not point:
            harm += 0.5 * _crosses(spot, point, _mark(other))
    if spot.led:
        x, y = leader(spot, point)
        along_a_bar = min(abs(x - point.x), abs(y - point.y)) < _MARK
        harm += (
            0.15
            + 0.5 * along_a_bar
            + 20.0 * sum(_crosses(spot, point, other.box) for other in others)
        )
    return harm


def _crosses(spot: Spot, point: Point, box: Box) -> bool:
    """Whether the line from a label to its point runs through a rectangle."""
    x, y = leader(spot, point)
    steps = (k / 12 for k in range(13))
    return any(
        box.left <= x + (point.x - x) * t <= box.right
        and box.bottom <= y + (point.y - y) * t <= box.top
        for t in steps
    )


def leader(spot: Spot, point: Point) -> tuple[float, float]:
    """Where the line from a label to its point begins: the nearest place on its edge."""
    box = spot.box
    return min(max(point.x, box.left), box.right), min(max(point.y, box.bottom), box.top)


def write_labels(
    axes: Axes, points: Sequence[Point], across: float, up: float, colours: Sequence[str]
) -> None:
    """Write every label beside its point, or lead a line of a colour from it to the point, in axes
    so many inches wide and high."""
    found = spots(points, across, up)
    for point, spot, colour in zip(points, found, colours, strict=True):
        box = spot.box
        axes.text(
            (box.left + box.right) / 2 / across,
            (box.bottom + box.top) / 2 / up,
            point.label,
            transform=axes.transAxes,
            fontsize=SIZE,
            color=INK,
            ha="center",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            zorder=2.5,
        )
        if spot.led:
            x, y = leader(spot, point)
            axes.plot(
                [x / across, point.x / across],
                [y / up, point.y / up],
                transform=axes.transAxes,
                color=colour,
                linewidth=0.7,
                zorder=2,
            )
