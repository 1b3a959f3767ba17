"""What a case claims: that simulated figures have known values.

A figure is one of the catalogue of measures, or made of some of them. Its statistic over the
replications is linear (see `sim.statistics.estimate`), so that sums and quotients have their
precision too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.accounting.measures import Line
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic, means, ratios

Floats = npt.NDArray[np.float64]
Place = tuple[str, str, str, str | None]
"""Measure, kind of row, row and interval."""


def place_of(line: Line) -> Place:
    """The place of a line of the catalogue."""
    return line.measure, line.row_kind, line.row, line.interval


@dataclass(frozen=True, eq=False)
class Runs:
    """The replications of a scenario: of each line of the catalogue that is wanted, the numerators
    and denominators, a row for each replication."""

    lines: Sequence[Line]
    numerators: Floats
    denominators: Floats

    def line(self, place: Place) -> Line:
        """The line of a figure."""
        return self.lines[self._column(place)]

    def tops(self, place: Place) -> Floats:
        """What stands above the line, replications × 1."""
        return self.numerators[:, [self._column(place)]]

    def statistic(self, place: Place) -> Statistic:
        """A figure of the catalogue."""
        if self.line(place).estimator == "mean":
            return means(self.tops(place))
        return ratios(self.tops(place), self.denominators[:, [self._column(place)]])

    def _column(self, place: Place) -> int:
        return [place_of(line) for line in self.lines].index(place)


@dataclass(frozen=True)
class Figure:
    """A figure of the catalogue, or the quotient of two that are counted.

    measure, kind, row, interval: as in the catalogue. of: the measure of the same row that it is
    divided by; not divided if empty.
    """

    measure: str
    kind: str = "total"
    row: str = "total"
    interval: str | None = None
    of: str = ""

    @property
    def name(self) -> str:
        """As it is told."""
        return f"{self.measure} / {self.of}" if self.of else self.measure

    def places(self) -> Iterator[Place]:
        """What it is made of."""
        yield self.measure, self.kind, self.row, self.interval
        if self.of:
            yield self.of, self.kind, self.row, self.interval

    def unit(self, runs: Runs) -> str:
        """As measures name it."""
        return "share" if self.of else runs.line(next(self.places())).unit

    def statistic(self, runs: Runs) -> Statistic:
        """Over the replications."""
        if self.of:
            top, bottom = map(runs.tops, self.places())
            return ratios(top, bottom)
        return runs.statistic(next(self.places()))


@dataclass(frozen=True)
class Spread:
    """The standard deviation of a counted figure from one replication to another."""

    figure: Figure

    @property
    def name(self) -> str:
        """As it is told."""
        return f"{self.figure.name}, standard deviation"

    def places(self) -> Iterator[Place]:
        """What it is made of."""
        return self.figure.places()

    def unit(self, runs: Runs) -> str:
        """As measures name it."""
        return self.figure.unit(runs)

    def statistic(self, runs: Runs) -> Statistic:
        """Over the replications; its pulls by the delta method."""
        squares = np.square(self.figure.statistic(runs).pulls)
        spread = np.sqrt(squares.sum(axis=0) / (len(squares) - 1))
        return Statistic(spread, (squares - squares.mean(axis=0)) / (2.0 * spread), "spread")


@dataclass(frozen=True)
class Sum:
    """Figures, each times a factor, added up."""

    terms: tuple[tuple[float, Figure], ...]
    name: str = ""
    """As it is told; not needed of what another figure is held against."""

    def places(self) -> Iterator[Place]:
        """What it is made of."""
        for _, figure in self.terms:
            yield from figure.places()

    def unit(self, runs: Runs) -> str:
        """That of the first term."""
        return self.terms[0][1].unit(runs)

    def statistic(self, runs: Runs) -> Statistic:
        """Over the replications."""
        parts = [(factor, figure.statistic(runs)) for factor, figure in self.terms]
        value = np.sum([factor * part.value for factor, part in parts], axis=0)
        pulls = np.sum([factor * part.pulls for factor, part in parts], axis=0)
        return Statistic(value, pulls, "sum")


@dataclass(frozen=True)
class Claim:
    """That a simulated figure has a known value; where `known` is a sum, it is simulated as well,
    and the two must agree (an identity)."""

    simulated: Figure | Spread | Sum
    known: float | Sum

    def places(self) -> Iterator[Place]:
        """What it needs of the replications."""
        yield from self.simulated.places()
        if isinstance(self.known, Sum):
            yield from self.known.places()


@dataclass(frozen=True)
class Case:
    """A scenario of scenarios/verification, and what is known of it.

    name: of its file, without the ending. source: where the known values come from. claims: reads
    them off the scenario's own numbers; raises ScenarioError if it is not what the formulas are
    for. replications: so many with --quick, and more in full. reads: the parts of a scenario that
    the formulas know, beside its rates, talks and agents; whatever else it says is refused.
    """

    name: str
    source: str
    claims: Callable[[Scenario], Iterable[Claim]]
    replications: int
    reads: tuple[str, ...] = ()
