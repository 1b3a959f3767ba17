"""What a measure is: named columns set against each other, and the kinds of row that have it."""

from dataclasses import dataclass

CURRENCY = "currency"
"""Stands in a unit for the scenario's currency."""

DASHBOARD_FCR = "FCR, as a dashboard sees it"
"""The measure beside which stands within which time a dashboard looks for a further contact."""

CALLERS = ("total", "queue", "reason", "segment")
SERVED = ("total", "queue", "team", "reason", "segment")
AGENTS = ("total", "team")
ISSUES = ("total", "reason", "segment")
LEAVERS = ("total", "segment", "reason", "closing")
"""The kinds of row that measures of one sort share."""


@dataclass(frozen=True)
class Measure:
    """One measure. With a denominator it is a ratio of means over replications, else a mean."""

    name: str
    unit: str
    definition: str
    rows: tuple[str, ...]
    """Kinds of row over the whole horizon."""
    top: tuple[str, ...]
    """Columns added up; one that begins with a minus sign is taken away."""
    bottom: tuple[str, ...] = ()
    scale: float = 1.0
    """Factor on the numerator: from seconds to hours, say."""
    intervals: tuple[str, ...] = ()
    """Kinds of row that have it by day and by interval too."""
    note: str = ""
    """What must be said wherever the figure stands; filled in for service levels and for what a
    dashboard looks back on."""

    @property
    def estimator(self) -> str:
        """How replications are combined."""
        return "ratio of means" if self.bottom else "mean"
