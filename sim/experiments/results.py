"""What an experiment tells: one document, for people, for `--json`, and for files.

Everything here is an estimate with its interval, its number of replications and its method; no
bare number leaves the program. A document is frozen, and can be read back from its JSON.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 2


class Part(BaseModel):
    """A part of a document: immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measure(Part):
    """One measure of one row: a queue, a team, a reason, the total …, over the counted time, or of
    one day or reporting interval (`interval`). `low` and `high` bound the 95 % interval; they are
    null with fewer than two replications, and `mean` too where nothing was there to measure."""

    measure: str
    unit: str
    row_kind: str
    row: str
    interval: str | None
    mean: float | None
    low: float | None
    high: float | None
    replications: int
    estimator: str
    note: str = ""
    """What must be said beside the figure, such as the rule of a service level."""

    @property
    def by_day(self) -> bool:
        """Whether `interval` is a whole day, whose label has no time."""
        return self.interval is not None and ":" not in self.interval

    @property
    def by_interval(self) -> bool:
        """Whether `interval` is a reporting interval."""
        return self.interval is not None and not self.by_day


class BillItem(Part):
    """One item of the bill: what, for whom, in which month, how many at what price; amounts in the
    scenario's currency, over the counted days. `quantity` and `amount` are means over the
    replications, `low` and `high` bound the amount's 95 % interval, and `present_value` is the
    amount discounted to the first counted day (except margin lost within 12 months)."""

    total: str
    """The total that it belongs to; operating cost is part of the total economic cost too."""
    what: str
    who: str
    month: str
    unit: str
    quantity: float
    price: float | None
    """Per unit; null where the amount is not a quantity times a price (see `how`)."""
    how: str
    """How the amount comes about, in words."""
    amount: float
    low: float | None
    high: float | None
    present_value: float
    assumptions: tuple[str, ...]
    """The paths of the scenario's assumptions on which it rests."""


class Assumption(Part):
    """A value of the scenario without a primary source."""

    path: str
    why: str
    share: float | None
    """Share of the total economic cost whose items rest on it."""


class Strategy(Part):
    """One scenario's results."""

    name: str
    """The file's name without its ending."""
    file: str
    title: str
    currency: str
    counted_days: int
    warm_up_days: int
    start: str | None
    service_level_rule: str
    measures: tuple[Measure, ...]
    bill: tuple[BillItem, ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[str, ...]

    def measure(self, measure: str, row_kind: str = "total", row: str = "total") -> Measure:
        """The measure of one row over the counted time. Raises KeyError if there is none."""
        for one in self.measures:
            if (one.measure, one.row_kind, one.row, one.interval) == (measure, row_kind, row, None):
                return one
        raise KeyError((measure, row_kind, row))


class Difference(Part):
    """What an alternative changes in a headline measure: alternative minus base, on the same
    customers and the same luck, with the 95 % interval of the paired difference."""

    strategy: str
    measure: str
    unit: str
    mean: float | None
    low: float | None
    high: float | None
    replications: int
    estimator: str
    note: str = ""
    """What must be said beside the figure, such as the rule of a service level."""


class Document(Part):
    """The results of a `run` (one strategy) or a `compare` (the base first)."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["run", "compare"]
    title: str
    question: str
    seed: int
    replications: int
    replication: int | None = None
    """The one that is told, counted from 1, if it is one of a run's; else null."""
    engine: str
    strategies: tuple[Strategy, ...]
    differences: tuple[Difference, ...]
    headline: tuple[str, ...]
    """The measures that a comparison shows first, in this order."""
    finding: tuple[str, ...]
    """The verdict in sentences."""
