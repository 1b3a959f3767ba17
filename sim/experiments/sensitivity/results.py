"""What `sensitivity` finds, as data: everything that screen, files and charts tell."""

from typing import Literal

from sim.experiments.results import Part
from sim.experiments.turning.results import Gap

SENSITIVITY_VERSION = 1


class End(Part):
    """The result with one factor at an end of its range, the others as they are."""

    at: float
    """The factor's number."""
    result: Gap
    change: Gap
    """Against what it is now, on the same luck."""


class Swing(Part):
    """What one factor does by itself."""

    path: str
    unit: str
    """Of its numbers: s, min, h, d, times (what is in force), or empty for plain numbers."""
    now: float
    distribution: Literal["uniform", "log-uniform", "triangular"]
    mode: float | None
    given: bool
    """Whether somebody gave the range; else it is from half of what is in force to twice that."""
    low: End
    high: End


class Sample(Part):
    """The result with all factors drawn at once."""

    numbers: tuple[float, ...]
    """Of the factors, in the order of `Spread.paths`."""
    result: Gap


class Spread(Part):
    """What the result comes to when all factors vary at once."""

    paths: tuple[str, ...]
    samples: tuple[Sample, ...]
    low: float
    """Between this and `high` lie nine tenths of the samples."""
    middle: float
    high: float
    holds: int | None
    """With a second strategy: samples in which the one that is ahead now is ahead, beyond luck."""
    turns: int | None
    """Those in which the other one is."""
    open: int | None
    """Those in which luck cannot say."""
    holds_low: float | None
    """Of the 95 % interval (Wilson 1927) of the share that holds, the open ones left out."""
    holds_high: float | None


class Screened(Part):
    """A factor's elementary effects (Morris 1991), per step over its whole distribution."""

    path: str
    size: float
    low: float
    high: float
    mean: float
    spread: float


class Shared(Part):
    """A factor's shares of the variance of the result (Sobol 1993)."""

    path: str
    alone: float
    alone_low: float
    alone_high: float
    in_all: float
    in_all_low: float
    in_all_high: float


class Sensitivity(Part):
    """The results of a `sensitivity`."""

    schema_version: int = SENSITIVITY_VERSION
    kind: Literal["sensitivity"] = "sensitivity"
    one: str
    other: str | None
    """With it the result is its measure minus that of `one`."""
    titles: tuple[str, ...]
    measure: str
    unit: str
    more_is_better: bool
    currency: str
    seed: int
    replications: int
    """Of the scenario as it is, and at the ends of ranges."""
    glances: int
    """Replications where many spots are tried."""
    engine: str
    simulations: int
    """How many replications all spots have, kept ones included."""
    now: Gap
    swings: tuple[Swing, ...]
    """The widest first."""
    left_out: tuple[str, ...]
    """Assumptions without a range, or without a number."""
    spread: Spread | None
    screened: tuple[Screened, ...]
    """The largest first; empty if not asked for."""
    shared: tuple[Shared, ...]
    """Likewise."""
    interrupted: bool
    finding: tuple[str, ...]
