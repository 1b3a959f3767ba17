"""What a sweep tells: the curve, point by point, and its bottom."""

from typing import Literal

from sim.experiments.results import About, Difference, Measure, Part

SWEEP_VERSION = 1


class Varied(Part):
    """What is varied."""

    path: str
    unit: str
    """Of its numbers, if they are lengths of time."""
    numbers: bool
    """Whether its values are numbers."""
    now: str | None
    """The value in force without the sweep; null if it has no short name."""
    now_number: float | None


class Point(Part):
    """One point of a sweep."""

    values: tuple[str, ...]
    """Of each axis, in order."""
    given: tuple[str, ...]
    """The same as `--set` takes them, or the file of a strategy."""
    numbers: tuple[float | None, ...]
    added: bool
    """Whether it was added where the curve bends or its bottom may be."""
    measures: tuple[Measure, ...]
    """The headline measures of the whole."""
    changes: tuple[Difference, ...]
    """The same minus what they are without the sweep, on the same customers and luck."""

    @property
    def name(self) -> str:
        """Its values in a line."""
        return ", ".join(self.values)

    def measure(self, name: str) -> Measure:
        """One of its measures. Raises KeyError if there is none."""
        for one in self.measures:
            if one.measure == name:
                return one
        raise KeyError(name)


class Bottom(Part):
    """Where a measure is best, with what is known of that place and of what it saves."""

    measure: str
    unit: str
    best: int
    """Which point, counted from 0."""
    possible: tuple[int, ...]
    """The points that may be the best: no other beats them, all comparisons at once with 95 %."""
    low: float | None = None
    """From where to where the bottom of a curve with one valley lies, 95 %; null for other axes
    than one of numbers."""
    high: float | None = None
    beyond_low: bool = False
    """Whether it may lie below the least value that was tried."""
    beyond_high: bool = False
    saves: Difference | None = None
    """What the best point has less than what is in force (of measures of which more is better:
    more); null if that is not known. Its interval holds at once with all comparisons."""


class Sweep(Part):
    """The results of a `sweep`."""

    schema_version: int = SWEEP_VERSION
    kind: Literal["sweep"] = "sweep"
    about: About
    """The scenario without the sweep."""
    seed: int
    replications: int
    engine: str
    axes: tuple[Varied, ...]
    points: tuple[Point, ...]
    wanted: int
    """How many points were to be run; more than there are if it was interrupted."""
    now: tuple[Measure, ...]
    """The headline measures without the sweep."""
    headline: tuple[str, ...]
    bottoms: tuple[Bottom, ...]
    """By operating cost, by total economic cost, and by the measure that was named."""
    finding: tuple[str, ...]
