"""What a frontier tells: every strategy and point on cost against quality."""

from typing import Literal

from sim.experiments.results import Measure, Part

FRONTIER_VERSION = 1


class Place(Part):
    """One strategy, or one point of a sweep."""

    name: str
    source: str
    """The file or the sweep that it is from."""
    title: str
    measures: tuple[Measure, ...]
    """The headline measures of the whole."""

    def measure(self, name: str) -> Measure:
        """One of its measures. Raises KeyError if there is none."""
        for one in self.measures:
            if one.measure == name:
                return one
        raise KeyError(name)


class Dominated(Part):
    """A place that another beats in both: it costs less to run, and is better too."""

    place: int
    by: int
    confidence: float | None
    """That it is so in truth and not by luck: of the two comparisons the less sure one's."""
    costs_more: float
    """Than the other, per year."""
    is_worse: float
    """Than the other, in the unit of the quality."""


class Step(Part):
    """From one place of the frontier to the next better one: what a unit of quality costs."""

    start: int
    end: int
    price: float | None
    """Operating cost per year for each unit (a point of abandonment, a customer kept a year)."""
    low: float | None
    """Of the 95 % interval; null, as `high`, where luck may explain all that is better."""
    high: float | None


class Front(Part):
    """Cost against one quality, of which less is better."""

    quality: str
    """The measure."""
    unit: str
    """Of a step: "point of abandonment", "customer kept"."""
    on_it: tuple[int, ...]
    """The places that no other beats in both, the cheapest first."""
    dominated: tuple[Dominated, ...]
    knee: int | None
    """The place of the frontier farthest from the straight line between its ends, both axes scaled
    to the frontier's extent; null with fewer than three."""
    steps: tuple[Step, ...]


class Frontier(Part):
    """The results of a `frontier`."""

    schema_version: int = FRONTIER_VERSION
    kind: Literal["frontier"] = "frontier"
    title: str
    currency: str
    seed: int
    replications: int
    engine: str
    counted_days: int
    places: tuple[Place, ...]
    fronts: tuple[Front, ...]
    finding: tuple[str, ...]
    warnings: tuple[str, ...]
