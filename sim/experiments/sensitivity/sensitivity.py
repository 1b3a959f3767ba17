"""How a result, or a verdict, depends on what is assumed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.document import about, headline_lines
from sim.experiments.points import Lot, PointsStopped
from sim.experiments.replicate import Progress, in_silence
from sim.experiments.sensitivity import morris, sobol
from sim.experiments.sensitivity.factors import Factor
from sim.experiments.sensitivity.finding import finding_of_sensitivity
from sim.experiments.sensitivity.outcome import Outcome, Spot
from sim.experiments.sensitivity.results import (
    End,
    Sample,
    Screened,
    Sensitivity,
    Shared,
    Spread,
    Swing,
)
from sim.experiments.turning.breakeven import names_of
from sim.experiments.turning.crossing import seen
from sim.experiments.turning.results import Gap
from sim.experiments.turning.turn import gap_of
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic
from sim.statistics.paired import difference
from sim.tables.build import tables_of

Stage = Callable[[], AbstractContextManager[Progress]]
Floats = npt.NDArray[np.float64]

_AT_ONCE = 64
"""Spots that are simulated together: few enough to keep what was finished when it is stopped."""


@dataclass(frozen=True)
class Plan:
    """What is to be tried: so many samples of all factors at once, walks of the screening, and
    samples for Sobol's indices; none if 0."""

    samples: int
    walks: int
    many: int
    glances: int
    """Replications where many spots are tried."""


class SensitivityStopped(Exception):
    """The user stopped; `found` tells of what was finished, None if nothing was."""

    def __init__(self, found: Sensitivity | None) -> None:
        self.found = found
        super().__init__("stopped")


def sensitivity(
    loaded: Sequence[Loaded[Scenario]],
    factors: Sequence[Factor],
    left_out: Sequence[str],
    measure: str,
    plan: Plan,
    lot: Lot,
    stage: Stage = lambda: nullcontext(in_silence),
) -> Sensitivity:
    """How a measure of one scenario, or its difference between two, depends on the factors.

    Raises SensitivityStopped on Ctrl-C.
    """
    trial = _Trial(Outcome(loaded, factors, measure), factors, plan, lot, stage)
    parts: dict[str, object] = {}
    interrupted = False
    try:
        for name, part in trial.parts():
            parts[name] = part
    except PointsStopped:
        interrupted = True
    if "swings" not in parts:
        raise SensitivityStopped(None)
    found = _told(loaded, measure, left_out, plan, lot, trial, parts, interrupted)
    if interrupted:
        raise SensitivityStopped(found)
    return found


class _Trial:
    """The parts of an experiment, one after another."""

    def __init__(
        self, outcome: Outcome, factors: Sequence[Factor], plan: Plan, lot: Lot, stage: Stage
    ) -> None:
        self._outcome, self._factors, self._plan = outcome, factors, plan
        self._lot, self._stage = lot, stage
        self._few = replace(lot, replications=min(plan.glances, lot.replications))
        self.simulations = 0

    def parts(self) -> Iterator[tuple[str, object]]:
        """Each part by its name, as it is finished."""
        ends = [[one.lever.low, one.lever.high] for one in self._factors]
        spots = [self._outcome.as_it_is]
        spots += [self._alone(nth, number) for nth, pair in enumerate(ends) for number in pair]
        now, *results = self._at(spots, self._lot)
        yield "now", gap_of(seen(0.0, now))
        swings = [
            _swing(one, now, *results[2 * nth : 2 * nth + 2])
            for nth, one in enumerate(self._factors)
        ]
        yield "swings", swings
        if not self._factors:
            return
        if self._plan.samples:
            yield "spread", self._spread(float(now.value[0]))
        if self._plan.walks:
            yield "screened", self._screened()
        if self._plan.many:
            yield "shared", self._shared()

    def _spread(self, now: float) -> Spread:
        from scipy.stats import qmc

        design = qmc.LatinHypercube(len(self._factors), rng=self._lot.seed)
        spots = [self._spot(row) for row in design.random(self._plan.samples)]
        results = [gap_of(seen(0.0, one)) for one in self._at(spots, self._few)]
        samples = [
            Sample(numbers=tuple(number or 0.0 for number in spot), result=result)
            for spot, result in zip(spots, results, strict=True)
        ]
        paths = [one.lever.path for one in self._factors]
        return spread_of(paths, samples, now, paired=self._outcome.is_paired)

    def _screened(self) -> list[Screened]:
        walks = morris.trajectories(len(self._factors), self._plan.walks, self._lot.seed)
        spots = [self._spot(row) for row in walks.spots.reshape(-1, len(self._factors))]
        results = self._values(spots).reshape(walks.spots.shape[:2])
        told = [
            Screened(path=one.lever.path, **vars(effects))
            for one, effects in zip(self._factors, morris.effects_of(walks, results), strict=True)
        ]
        return sorted(told, key=lambda one: -one.size)

    def _shared(self) -> list[Shared]:
        design = sobol.samples(len(self._factors), self._plan.many, self._lot.seed)
        results = self._values([self._spot(row) for row in design.spots])
        told = [
            Shared(path=one.lever.path, **vars(index))
            for one, index in zip(self._factors, sobol.indices_of(design, results), strict=True)
        ]
        return sorted(told, key=lambda one: -one.in_all)

    def _values(self, spots: Sequence[Spot]) -> Floats:
        return np.array([float(one.value[0]) for one in self._at(spots, self._few)])

    def _at(self, spots: Sequence[Spot], lot: Lot) -> list[Statistic]:
        found: list[Statistic] = []
        with self._stage() as progress:
            for first in range(0, len(spots), _AT_ONCE):
                some = spots[first : first + _AT_ONCE]
                found += self._outcome.at(some, lot, _part(progress, first, len(some), len(spots)))
        self.simulations += len(spots) * lot.replications * (1 + self._outcome.is_paired)
        return found

    def _alone(self, nth: int, number: float) -> Spot:
        return tuple(number if one == nth else None for one in range(len(self._factors)))

    def _spot(self, shares: Floats) -> Spot:
        return tuple(one.at(float(share)) for one, share in zip(self._factors, shares, strict=True))


def _part(progress: Progress, first: int, some: int, of: int) -> Progress:
    """Tells the progress of some of all spots as that of all of them."""

    def tell(done: float, wanted: int) -> None:
        share = (first + some * (done / wanted if wanted else 1.0)) / of
        progress(share * of, of)

    return tell


def spread_of(
    paths: Sequence[str], samples: Sequence[Sample], now: float, *, paired: bool
) -> Spread:
    """What samples of all factors come to; with two strategies, how often the one that is ahead
    `now` stays ahead."""
    values = [one.result.mean for one in samples]
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95]).tolist()
    signs = [_sign(one.result) for one in samples]
    ahead = 1 if now > 0.0 else -1
    holds, turns = signs.count(ahead), signs.count(-ahead)
    wilson = _wilson(holds, holds + turns) if paired and holds + turns else (None, None)
    return Spread(
        paths=tuple(paths),
        samples=tuple(samples),
        low=low,
        middle=middle,
        high=high,
        holds=holds if paired else None,
        turns=turns if paired else None,
        open=len(samples) - holds - turns if paired else None,
        holds_low=wilson[0],
        holds_high=wilson[1],
    )


def _wilson(hits: int, of: int) -> tuple[float, float]:
    from scipy.stats import binomtest

    found = binomtest(hits, of).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def _sign(gap: Gap) -> int:
    """Whether a difference is above zero (1) or below (-1) beyond luck; else 0."""
    if gap.low is None or gap.high is None or gap.low <= 0.0 <= gap.high:
        return 0
    return 1 if gap.mean > 0.0 else -1


def _swing(factor: Factor, now: Statistic, at_low: Statistic, at_high: Statistic) -> Swing:
    lever = factor.lever
    return Swing(
        path=lever.path,
        unit=lever.unit,
        now=lever.now,
        distribution=factor.distribution,
        mode=factor.mode,
        given=lever.given,
        low=_end(lever.low, now, at_low),
        high=_end(lever.high, now, at_high),
    )


def _end(number: float, now: Statistic, there: Statistic) -> End:
    change = gap_of(seen(number, difference(there, now)))
    return End(at=number, result=gap_of(seen(number, there)), change=change)


def width_of(swing: Swing) -> float:
    """How far a factor moves the result by itself, from end to end."""
    ends = (0.0, swing.low.change.mean, swing.high.change.mean)
    return max(ends) - min(ends)


def _told(
    loaded: Sequence[Loaded[Scenario]],
    measure: str,
    left_out: Sequence[str],
    plan: Plan,
    lot: Lot,
    trial: _Trial,
    parts: dict[str, object],
    interrupted: bool,
) -> Sensitivity:
    names = names_of(loaded)
    terms = tables_of(loaded[0].scenario).terms
    unit = next(line.unit for _, line in headline_lines(terms) if line.measure == measure)
    swings = parts.pop("swings")
    assert isinstance(swings, list)
    found = Sensitivity.model_validate(
        {
            "one": names[0],
            "other": names[1] if len(names) > 1 else None,
            "titles": tuple(one.scenario.title for one in loaded),
            "measure": measure,
            "unit": unit,
            "more_is_better": measure in MORE_IS_BETTER,
            "currency": about(loaded[0], terms).currency,
            "seed": lot.seed,
            "replications": lot.replications,
            "glances": min(plan.glances, lot.replications),
            "engine": lot.engine,
            "simulations": trial.simulations,
            "swings": tuple(sorted(swings, key=width_of, reverse=True)),
            "left_out": tuple(left_out),
            "interrupted": interrupted,
            "spread": None,
            "screened": (),
            "shared": (),
            "finding": (),
            **parts,
        }
    )
    return found.model_copy(update={"finding": finding_of_sensitivity(found)})
