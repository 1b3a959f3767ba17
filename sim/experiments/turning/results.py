"""What is told of turning points."""

from typing import Literal

from sim.experiments.results import Part

TURNING_VERSION = 1


class Root(Part):
    """A value at which two strategies come to the same."""

    value: float
    low: float | None
    """Of the 95 % interval; null, as `high`, where it has no bound within what was tried."""
    high: float | None
    rival: str
    """The strategy that comes to the same as the one in question."""
    below: str
    """The better of the two below the value …"""
    above: str
    """… and above it."""


class Gap(Part):
    """The difference at one value: the figure of the rival minus that of the strategy in
    question, with its 95 % interval."""

    at: float
    mean: float
    low: float | None
    high: float | None


class Turn(Part):
    """One thing that is varied, and where the verdict turns on it."""

    path: str
    unit: str
    """Of its values: s, min, h, d, times (what is in force), or empty for plain numbers."""
    now: float
    low: float
    """Of the range that was tried."""
    high: float
    given: bool
    """Whether somebody gave the range; else it is a fourth to four times what is in force."""
    exact: bool
    """Whether it is a price, so that the finished runs were paid anew; else it was simulated."""
    roots: tuple[Root, ...]
    """The nearest to what is in force first."""
    rival: str
    """With which `gaps` compares: the rival of the nearest root, or else the closest."""
    gaps: tuple[Gap, ...]


class Breakeven(Part):
    """The results of a `breakeven`."""

    schema_version: int = TURNING_VERSION
    kind: Literal["breakeven"] = "breakeven"
    one: str
    """The strategy in question."""
    other: str
    titles: tuple[str, str]
    measure: str
    unit: str
    more_is_better: bool
    currency: str
    seed: int
    replications: int
    engine: str
    now: Gap
    """The difference as both are."""
    turns: tuple[Turn, ...]
    wanted: int
    """How many values were to be varied; more than there are turns if it was interrupted."""
    finding: tuple[str, ...]


class Assumed(Part):
    """An assumption in force, and what the verdict owes to it."""

    path: str
    value: str
    """What stands there, in short."""
    stated: bool
    """Whether a scenario says that it is one; else it is a default of the program."""
    why: str
    source: str
    strength: Literal["none", "weak", "moderate", "strong"]
    between: tuple[float | str, float | str] | None
    """The least and the greatest value, or factor, that it may well have."""
    strategies: tuple[str, ...]
    """That have it; empty if all do."""
    turns: tuple[Turn, ...]
    """For each number that stands there, after a comparison."""


class Assumptions(Part):
    """The results of `assumptions`."""

    schema_version: int = TURNING_VERSION
    kind: Literal["assumptions"] = "assumptions"
    names: tuple[str, ...]
    """The strategies."""
    preferred: str | None
    """That with the least total economic cost; null if none were compared."""
    currency: str
    seed: int | None
    replications: int | None
    engine: str | None
    assumed: tuple[Assumed, ...]
    wanted: int
    """How many assumptions were to be varied; of fewer the turning point is told if it was
    interrupted."""
