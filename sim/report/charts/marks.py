"""Marks and fills: apart by lightness, shape and hatch, so that they read without colour too."""

from sim.experiments.results import Document
from sim.report.charts.lettering import shown

BASE, ACCENT, PALE, BAND = "#22282f", "#1f6fb2", "#8fb8dc", "#cfe0f0"
RULE = "#8a94a0"

POINTS = (
    ("D", "#22282f"),
    ("o", "#0072b2"),
    ("s", "#c4510a"),
    ("^", "#00745a"),
    ("v", "#8c3d87"),
    ("P", "#2f9bd8"),
    ("X", "#a8780b"),
    ("p", "#7d8894"),
)
"""Shape and colour of each strategy's point, the base first."""

SPENDING = ("#173a5e", "#8fb8dc", "#2f6ca3", "#cfe0f0", "#5b8fbd", "#46566a", "#b4c3d1")
"""Fills of operating items, neighbours apart by lightness."""
DEDUCTION = ("#9aa5b1", "\\\\\\\\")
"""Fill and hatch of what is taken off a bill."""
LOSSES = (("#e08a45", "////"), ("#f6c99f", "...."))
"""Fill and hatch of customers lost and of prospects put off."""


def labels(document: Document) -> list[str]:
    """Each strategy's name as a label, the base marked if there is anything to compare."""
    names = [shown(strategy.name) for strategy in document.strategies]
    if len(names) > 1 and names[0].lower() != "base":
        names[0] += " (base)"
    return names


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on a fill (relative luminance, WCAG 2)."""
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "white" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 < 0.2 else BASE
