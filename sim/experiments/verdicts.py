"""What a verification tells: known and simulated values side by side, and a verdict on each.

Frozen and complete, for people and for `--json`; the simulated values carry their intervals.
"""

from collections.abc import Iterable
from typing import Literal

from sim.experiments.results import SCHEMA_VERSION, Part

Verdict = Literal["agrees", "disagrees", "too uncertain"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "too uncertain", "disagrees")
"""From the best to the worst."""


class Comparison(Part):
    """A simulated figure against its known value."""

    measure: str
    unit: str
    row_kind: str
    row: str
    interval: str | None
    known: float
    """If it is simulated too, because both must agree, the right side of the identity."""
    mean: float | None
    """Simulated; null if nothing was there to measure."""
    low: float | None
    high: float | None
    """Bound the 95 % interval; of an identity, that of the difference, around `mean`."""
    error: float | None
    """Standard error, as a share of the known value (of a share, of the smaller of it and what is
    left to 1)."""
    difference: float | None
    """Simulated less known, in standard errors; null where there is no error at all but a
    difference."""
    limit: float
    """The largest difference that agrees."""
    finds: float | None
    """The smallest fault that would be found with 95 % probability, measured like `error`."""
    verdict: Verdict


class CaseResult(Part):
    """What one case comes to."""

    name: str
    title: str
    file: str
    source: str
    """Where its known values come from."""
    replications: int
    comparisons: tuple[Comparison, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of its comparisons."""
        return worst(one.verdict for one in self.comparisons)


class Verification(Part):
    """The results of `verify`."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["verify"] = "verify"
    quick: bool
    seed: int
    engine: str
    precision: float
    """The largest `error` that proves anything."""
    asked: int
    """How many cases were asked for; more than there are if it was stopped."""
    cases: tuple[CaseResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of its cases."""
        return worst(case.verdict for case in self.cases)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Those of all cases."""
        return tuple(one for case in self.cases for one in case.comparisons)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of some verdicts; none are agreed with."""
    return max(verdicts, key=VERDICTS.index, default="agrees")
