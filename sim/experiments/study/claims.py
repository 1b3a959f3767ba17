"""Whether claims are borne out: paired differences between two strategies of a study."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from sim.accounting.measures import Line, lines_of_whole
from sim.errors import Problem, ScenarioError, meant, quoted
from sim.experiments.document import Place, headline_of
from sim.experiments.replication import Figures
from sim.experiments.results import Part
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.scenario.study import Claim
from sim.statistics.estimate import Estimate, intervals
from sim.statistics.paired import difference
from sim.tables.build import tables_of

_ROUNDING = 1e-12


class Judged(Part):
    """A claim and what came out."""

    says: str
    less: str
    than: str
    measure: str
    unit: str
    mean: float | None
    """Of the strategy that is said to have less, minus the other; on the same luck."""
    low: float | None
    high: float | None
    replications: int
    verdict: Literal["borne out", "not borne out", "open"]
    """Borne out if there is less beyond luck, not borne out if there is more beyond luck, or just
    as much; open if luck may decide it."""


def check_claims(claims: Sequence[Claim], base: Loaded[Scenario], place: str) -> None:
    """Raise ScenarioError for claims on measures that there are not; `place` is the study's."""
    names = list(_lines(base))
    problems = []
    for nth, claim in enumerate(claims):
        if claim.of not in names:
            guess = meant(claim.of, names)
            hint = (
                f", did you mean {quoted(guess)}?" if guess else "; see docs/reference/measures.md"
            )
            text = f"no measure {quoted(claim.of)} of the whole{hint}"
            problems.append(Problem(place, None, f"claims[{nth + 1}].of", text))
    if problems:
        raise ScenarioError(problems)


def judged(
    claims: Sequence[Claim],
    loaded: Mapping[str, Loaded[Scenario]],
    figures: Mapping[str, Sequence[Figures]],
) -> tuple[Judged, ...]:
    """Each claim with its paired difference; by the strategies' names."""
    return tuple(_judged(claim, loaded, figures) for claim in claims)


def _judged(
    claim: Claim,
    loaded: Mapping[str, Loaded[Scenario]],
    figures: Mapping[str, Sequence[Figures]],
) -> Judged:
    ours, theirs = (
        headline_of(_places(loaded[name]), figures[name], [claim.of])[claim.of]
        for name in (claim.less, claim.than)
    )
    estimate = _without_noise(intervals(difference(ours, theirs)).row(0), float(ours.value[0]))
    verdict: Literal["borne out", "not borne out", "open"] = "open"
    if estimate.low is not None and estimate.high is not None:
        if estimate.high < 0.0:
            verdict = "borne out"
        elif estimate.low > 0.0 or estimate.low == estimate.high == 0.0:
            verdict = "not borne out"
    return Judged(
        says=claim.says,
        less=claim.less,
        than=claim.than,
        measure=claim.of,
        unit=_lines(loaded[claim.less])[claim.of][1].unit,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        replications=estimate.replications,
        verdict=verdict,
    )


def _without_noise(estimate: Estimate, size: float) -> Estimate:
    """A difference that is no more than the rounding of sums of this size is none."""
    ends = [end for end in (estimate.low, estimate.mean, estimate.high) if end is not None]
    if all(abs(end) <= _ROUNDING * abs(size) for end in ends):
        return replace(estimate, mean=0.0, low=0.0, high=0.0)
    return estimate


def _places(loaded: Loaded[Scenario]) -> dict[str, Place]:
    return {name: Place(nth, line.estimator) for name, (nth, line) in _lines(loaded).items()}


def _lines(loaded: Loaded[Scenario]) -> dict[str, tuple[int, Line]]:
    """The measures of the whole, with their places in the catalogue."""
    lines = lines_of_whole(tables_of(loaded.scenario).terms)
    return {one.measure: (nth, one) for nth, one in enumerate(lines) if one.row_kind == "total"}
