"""Replications until the figures are as precise as was asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.errors import Problem, ScenarioError, meant, quoted
from sim.experiments.document import HEADLINE, Place, headline_of
from sim.experiments.replicate import Outlook
from sim.experiments.replication import Figures
from sim.experiments.results import Precision, Strategy
from sim.experiments.sizes import Size, size_of, unit_of_measure
from sim.statistics.estimate import Estimate, intervals
from sim.statistics.sequential import Stopping, look_ahead, needed


@dataclass(frozen=True)
class Wanted:
    """Half of the 95 % interval of a headline measure is to be so much, or less."""

    measure: str
    size: Size


def wanted_of(texts: Iterable[str]) -> tuple[Wanted, ...]:
    """What `--precision` says: "2%" of every headline figure, or "abandonment=0.5 points" of one.
    What is said of one measure goes before what is said of all.

    Raises ScenarioError with everything that is wrong.
    """
    found: dict[str, Size] = {}
    problems = []
    for text in texts:
        try:
            measures, size = _read(text)
        except ValueError as error:
            problems.append(Problem(f"--precision {quoted(text)}", None, "", str(error)))
            continue
        found |= {one: size for one in measures if len(measures) == 1 or one not in found}
    if problems:
        raise ScenarioError(problems)
    return tuple(Wanted(measure, found[measure]) for measure in HEADLINE if measure in found)


def _read(text: str) -> tuple[Sequence[str], Size]:
    name, given, size = text.rpartition("=")
    if not given:
        found = size_of(size, "")
        if not found.relative:
            raise ValueError(
                'found an amount, but measures have different units; write "2%" for every headline '
                f'figure, or name one, as in "abandonment={size.strip()}"'
            )
        return HEADLINE, found
    measure = headline_named(name)
    if measure is None:
        raise ValueError(not_a_headline(name.strip()))
    return (measure,), size_of(size, unit_of_measure(measure))


def headline_named(name: str) -> str | None:
    """The headline measure of this name, in capitals or not; None if there is none."""
    return {one.lower(): one for one in HEADLINE}.get(name.strip().lower())


def not_a_headline(name: str) -> str:
    """That no headline measure has this name, and which there are."""
    guess = meant(name, HEADLINE)
    hint = f', did you mean "{guess}"?' if guess else ";"
    return f"no headline measure {quoted(name)}{hint} there are: {'; '.join(HEADLINE)}"


class UntilPrecise:
    """The goal of `replicate`: all strategies go on until every figure is precise, and stays so
    for some replications more (`sim.statistics.sequential`)."""

    def __init__(self, wanted: Sequence[Wanted], places: Sequence[Mapping[str, Place]]) -> None:
        self._wanted, self._places = wanted, places
        self._rule = Stopping()

    def __call__(self, figures: Sequence[Sequence[Figures]]) -> Outlook:
        """Whether to go on, and about how long."""
        replications = len(figures[0])
        expected = max(
            needed(replications, _half(estimate), wanted.size.of(estimate.mean or 0.0))
            for wanted, estimate in self._estimates(figures)
        )
        if self._rule.enough(replications, expected <= replications):
            return Outlook((), replications)
        return Outlook(tuple(range(len(figures))), expected + look_ahead(expected))

    def _estimates(self, figures: Sequence[Sequence[Figures]]) -> Iterator[tuple[Wanted, Estimate]]:
        names = [wanted.measure for wanted in self._wanted]
        for places, own in zip(self._places, figures, strict=True):
            of_measure = headline_of(places, own, names)
            for wanted in self._wanted:
                yield wanted, intervals(of_measure[wanted.measure]).row(0)


def _half(estimate: Estimate) -> float:
    """Half of an interval; none is needed where nothing is measured, and it is without bounds where
    there is no interval."""
    if estimate.mean is None:
        return 0.0
    if estimate.low is None or estimate.high is None:
        return float("inf")
    return (estimate.high - estimate.low) / 2.0


def precisions_of(wanted: Iterable[Wanted], strategies: Sequence[Strategy]) -> Iterator[Precision]:
    """How precise each measure has become, in the strategy in which it is least so."""
    for one in wanted:
        found = [(strategy, strategy.measure(one.measure)) for strategy in strategies]
        told = [
            (_told(half, measure.mean, one.size), strategy.name, measure.unit)
            for strategy, measure in found
            if measure.mean is not None and measure.low is not None and measure.high is not None
            for half in [(measure.high - measure.low) / 2.0]
        ]
        widest, name, unit = max(told, default=(None, "", found[0][1].unit))
        yield Precision(
            measure=one.measure,
            unit="share of the figure" if one.size.relative else unit,
            wanted=one.size.amount,
            half_width=widest,
            strategy=name,
            reached=widest is not None and widest <= one.size.amount,
        )


def _told(half: float, figure: float, size: Size) -> float:
    """Half of an interval as it was asked for: as a share of the figure, or as it is. What never
    varies is as precise as can be, a figure of nought too."""
    if not size.relative or half == 0.0:
        return half
    return half / abs(figure) if figure else float("inf")
