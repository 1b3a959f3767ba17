"""What the charts read off a document: figures of whole runs and differences to the base."""

from dataclasses import dataclass

from sim.experiments.results import Difference, Document, Measure, Strategy

OPERATING = "operating cost per year"
ECONOMIC = "total economic cost per year"
ABANDONMENT = "abandonment"
LOST = "customers lost, expected"
YEAR = 365.0


@dataclass(frozen=True)
class Reading:
    """A figure with its interval, if it has one."""

    mean: float
    low: float | None
    high: float | None

    @property
    def ends(self) -> tuple[float, float]:
        """The interval, or the bare mean twice."""
        return (
            self.mean if self.low is None else self.low,
            self.mean if self.high is None else self.high,
        )

    @property
    def sign(self) -> int:
        """Of a difference: 1 more, -1 less, 0 if it cannot be told apart from nothing. Without an
        interval the sign of the mean."""
        low, high = self.ends
        return (low > 0.0) - (high < 0.0)

    def times(self, factor: float) -> "Reading":
        """The same in other units; the factor is above zero."""
        return Reading(
            self.mean * factor,
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )


def total(strategy: Strategy, name: str) -> Reading | None:
    """A measure of the whole company over the counted time; None if it is not there."""
    return row(strategy, name, "total", "total")


def row(strategy: Strategy, name: str, kind: str, of: str) -> Reading | None:
    """A measure of one row over the counted time; None if it is not there."""
    try:
        return reading(strategy.measure(name, kind, of))
    except KeyError:
        return None


def difference(document: Document, strategy: Strategy, name: str) -> Reading | None:
    """What a strategy changes against the base in a headline measure; None if it is not told."""
    for one in document.differences:
        if one.strategy == strategy.name and one.measure == name:
            return reading(one)
    return None


def reading(one: Measure | Difference) -> Reading | None:
    """A figure of a document, None where nothing was there to measure."""
    return None if one.mean is None else Reading(one.mean, one.low, one.high)


def years(strategy: Strategy) -> float:
    """The factor from an amount over the counted days to one per year."""
    return YEAR / strategy.counted_days


def lost_per_year(strategy: Strategy) -> Reading | None:
    """Customers lost for service, expected, per year; None in a scenario without customers."""
    lost = total(strategy, LOST)
    return None if lost is None else lost.times(years(strategy))


def lost_difference(document: Document, strategy: Strategy) -> Reading | None:
    """How many more customers a year it loses for service than the base."""
    lost = difference(document, strategy, LOST)
    return None if lost is None else lost.times(years(strategy))


def has_customers(document: Document) -> bool:
    """Whether there is anybody to lose: otherwise nobody's loss is worth a chart."""
    found = [total(strategy, LOST) for strategy in document.strategies]
    return any(one is not None and one.mean != 0.0 for one in found)


def one_currency(document: Document) -> bool:
    """Whether the strategies' costs can be set against each other."""
    return len({strategy.currency for strategy in document.strategies}) == 1


def circumstances(document: Document) -> str:
    """How sure the figures are, for a subtitle."""
    if document.replications < 2:
        return "one replication, so no intervals"
    return f"mean of {document.replications} replications with 95 % intervals"
