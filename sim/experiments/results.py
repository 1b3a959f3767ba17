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
    source: str = ""
    strength: Literal["none", "weak", "moderate", "strong"] = "none"
    """How much its source can bear."""
    share: float | None
    """Share of the total economic cost whose items rest on it."""


class About(Part):
    """What a scenario is."""

    name: str
    """The file's name without its ending."""
    file: str
    title: str
    currency: str
    counted_days: int
    warm_up_days: int
    start: str | None
    service_level_rule: str
    warnings: tuple[str, ...]


class Strategy(About):
    """One scenario's results."""

    measures: tuple[Measure, ...]
    bill: tuple[BillItem, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def replications(self) -> int:
        """On how many its figures rest: strategies that a choice has left behind have fewer."""
        return self.measures[0].replications if self.measures else 0

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
    variance_ratio: float | None = None
    """How many times the replications independent runs would need for such an interval, that is
    what common random numbers save; null where there is no interval, or none of any width."""


class Rival(Part):
    """A strategy that was not chosen: its figure minus that of the one chosen, with the 95 %
    interval of the paired difference."""

    strategy: str
    mean: float | None
    low: float | None
    high: float | None
    replications: int
    """Which both have."""
    verdict: Literal["worse", "tie", "open"]
    """Worse beyond luck; a tie if it is worse by no more than the indifference, beyond luck; open
    if luck may decide it."""


class Choice(Part):
    """Which strategy is best by one measure."""

    measure: str
    unit: str
    best: str
    probability: float | None
    """At least so probable is it that none is better by more than the indifference, given what was
    simulated; null with one replication."""
    indifference: float
    """A difference that does not matter, in the measure's unit."""
    rivals: tuple[Rival, ...]
    """The others, the next best first."""
    contest: Literal["none", "decided", "open"] = "none"
    """Decided if replications were added until the procedure KN had left one strategy: it is the
    best with a probability of at least 95 % if it is ahead by the indifference or more. Open if a
    limit or the user ended it before."""


class Precision(Part):
    """A precision that was asked for: half of the 95 % interval of a measure, in its unit or as a
    share of the figure, in the strategy in which it is widest."""

    measure: str
    unit: str
    wanted: float
    half_width: float | None
    strategy: str
    reached: bool


class Control(Part):
    """What control variates are worth for one measure of one strategy: its variance without them,
    over that with them."""

    strategy: str
    measure: str
    variance_ratio: float | None


class Document(Part):
    """The results of a `run` (one strategy) or a `compare` (the base first)."""

    schema_version: int = SCHEMA_VERSION
    kind: Literal["run", "compare"]
    title: str
    question: str
    seed: int
    replications: int
    """Of the strategy that has most."""
    replication: int | None = None
    """The one that is told, counted from 1, if it is one of a run's; else null."""
    engine: str
    strategies: tuple[Strategy, ...]
    differences: tuple[Difference, ...]
    headline: tuple[str, ...]
    """The measures that a comparison shows first, in this order."""
    finding: tuple[str, ...]
    """The verdict in sentences."""
    simultaneous: bool = False
    """Whether the intervals of the differences hold all at once with 95 %, not each by itself."""
    choices: tuple[Choice, ...] = ()
    """Which strategy is best: by operating cost, by total economic cost, and by the measure that
    was named, if another."""
    precisions: tuple[Precision, ...] = ()
    """What was asked of `--precision`."""
    controls: tuple[Control, ...] = ()
    """What control variates are worth, if they were asked for."""
