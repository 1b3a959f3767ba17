"""The result in question as a function of the factors, always on the same customers and luck."""

from collections.abc import Sequence

from sim.experiments.document import headline_of, places_of
from sim.experiments.points import Lot, simulate_points
from sim.experiments.replicate import Progress
from sim.experiments.sensitivity.factors import Factor
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic
from sim.statistics.paired import difference

Spot = tuple[float | None, ...]
"""A number for each factor; None where it is as it is."""


class Outcome:
    """A measure of one scenario, or of a second one minus the first."""

    def __init__(
        self, loaded: Sequence[Loaded[Scenario]], factors: Sequence[Factor], measure: str
    ) -> None:
        self._scenarios = [one.scenario for one in loaded]
        self._places = [places_of(one) for one in loaded]
        self._factors, self._measure = factors, measure

    @property
    def as_it_is(self) -> Spot:
        """Where nothing is varied."""
        return (None,) * len(self._factors)

    @property
    def is_paired(self) -> bool:
        """Whether it is a difference of two scenarios."""
        return len(self._scenarios) == 2

    def at(self, spots: Sequence[Spot], lot: Lot, progress: Progress) -> list[Statistic]:
        """What it comes to at each spot. Raises PointsStopped on Ctrl-C."""
        varied = [self._set(one, spot) for spot in spots for one in self._scenarios]
        figures = simulate_points(varied, lot, progress)
        many = len(self._scenarios)
        told = [
            headline_of(self._places[nth % many], own, [self._measure])[self._measure]
            for nth, own in enumerate(figures)
        ]
        if many == 1:
            return told
        return [difference(told[nth + 1], told[nth]) for nth in range(0, len(told), 2)]

    def _set(self, scenario: Scenario, spot: Spot) -> Scenario:
        for factor, number in zip(self._factors, spot, strict=True):
            if number is not None:
                scenario = factor.lever.set_to(scenario, number)
        return scenario
