"""The sheet that a chart is drawn on: a heading that says the finding, room below it, a foot.

All places are in inches from the lower left corner of the room.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.report.charts.lettering import LINE, height, wrapped

WIDTH = 10.0
"""Of every chart, inches."""
MARGIN = 0.3
TITLE, SUBTITLE, FOOT = 14.0, 9.5, 8.0
"""Font sizes, points."""
INK, MUTED = "#22282f", "#4d5662"

_STYLE = Path(__file__).parent.parent / "house.mplstyle"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A figure with its heading; `room` is the height below it, inches."""

    figure: Figure
    name: str
    """Of its files, without an ending."""
    room: float
    _foot: float

    def axes(self, left: float, bottom: float, across: float, up: float) -> Axes:
        """Axes in a rectangle of the room."""
        wide, high = self.figure.get_size_inches()
        return self.figure.add_axes(
            (left / wide, (bottom + self._foot) / high, across / wide, up / high)
        )

    def text(self, left: float, bottom: float, text: str, **style: Any) -> Text:
        """Text at a place of the room."""
        wide, high = self.figure.get_size_inches()
        return self.figure.text(left / wide, (bottom + self._foot) / high, text, **style)


@contextmanager
def house_style() -> Iterator[None]:
    """The house's look and nothing of the user's own settings."""
    with matplotlib.style.context(["default", _STYLE]):
        yield


def sheet(name: str, title: str, subtitle: str, room: float, foot: str = "") -> Sheet:
    """A sheet with so much room (inches) between heading and foot. Call within `house_style`."""
    across = WIDTH - 2 * MARGIN
    title, subtitle, foot = (
        wrapped(title[:1].upper() + title[1:], across, TITLE, bold=True),
        wrapped(subtitle, across, SUBTITLE),
        wrapped(foot, across, FOOT),
    )
    title_high = height(title.count("\n") + 1, TITLE)
    heading = MARGIN + title_high + 0.06 + height(subtitle.count("\n") + 1, SUBTITLE) + 0.12
    foot_high = MARGIN + (height(foot.count("\n") + 1, FOOT) + 0.08 if foot else 0.0)
    high = heading + room + foot_high
    figure = Figure(figsize=(WIDTH, high))
    FigureCanvasAgg(figure)
    left = MARGIN / WIDTH
    spacing: dict[str, Any] = {"linespacing": LINE / 1.2, "va": "top"}
    figure.text(left, 1 - MARGIN / high, title, fontsize=TITLE, weight="bold", **spacing)
    below = (MARGIN + title_high + 0.06) / high
    figure.text(left, 1 - below, subtitle, fontsize=SUBTITLE, color=MUTED, **spacing)
    if foot:
        figure.text(left, (foot_high - 0.08) / high, foot, fontsize=FOOT, color=MUTED, **spacing)
    return Sheet(figure, name, room, foot_high)


def write(drawn: Sheet, folder: Path) -> tuple[Path, Path]:
    """Write a sheet as PNG and SVG, the same bytes every time: under a temporary name, then
    renamed. Raises OSError if the folder cannot be written."""
    files = []
    for ending, metadata in (
        ("png", {"Software": None}),
        ("svg", {"Date": None, "Creator": None}),
    ):
        memory = io.BytesIO()
        drawn.figure.savefig(memory, format=ending, metadata=metadata)
        file = folder / f"{drawn.name}.{ending}"
        draft = file.with_suffix(f".{ending}.part")
        draft.write_bytes(memory.getvalue())
        files.append(draft.replace(file))
    return files[0], files[1]
