"""What customers need settled, how often, and what goes wrong: reasons, profiles, incidents."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.assumed import Default
from sim.scenario.distributions import Distribution
from sim.scenario.nouns import (
    Amount,
    Clock,
    Date,
    Days,
    Interval,
    Noun,
    Number,
    Positive,
    Probability,
)
from sim.scenario.people import Callers
from sim.units import time_of_day


class Calls(Noun):
    """One row of a table of calls: a weekday's or a date's interval."""

    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] | None = None
    """A row for every such day …"""
    date: Date | None = None
    """… or for one date; the scenario then needs `start`."""
    start: Clock
    """Time of day, as "08:30"."""
    calls: Number
    """Calls in the interval, or issues: see `counts`."""

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if (self.weekday is None) == (self.date is None):
            raise ValueError("give either `weekday` or `date`")
        return self


class Volume(Noun):
    """How many issues arise. Exactly one of the four ways of saying it."""

    per_customer_year: Number | dict[str, Number] | None = None
    """Issues per customer and year; by segment if it is a table."""
    per_week: Number | None = None
    """Issues per week, over all segments."""
    per_hour: Number | None = None
    """Issues per hour in which the queue is open; not with a profile."""
    table: list[Calls] | None = None
    """Calls by interval: the name of a CSV file beside the scenario with the columns `weekday`
    (mon … sun) or `date`, `start` (HH:MM), `calls`."""
    interval: Interval = 1800.0
    """The length of the table's intervals: 15, 30 or 60 minutes."""
    counts: Literal["issues", "first_calls", "offered_calls"] = "issues"
    """What the table counts."""
    issues_per_call: Positive | None = None
    """Issues behind one call of the table; a number, so that alternatives keep the same world."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = ("per_customer_year", "per_week", "per_hour", "table")
        given = [way for way in ways if getattr(self, way) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(ways)}")
        if (self.counts == "issues") != (self.issues_per_call is None):
            raise ValueError(
                "a table that counts calls needs `issues_per_call`, "
                "and one that counts issues must not have it"
            )
        if self.counts != "issues" and self.table is None:
            raise ValueError("`counts` belongs to a `table`")
        return self


class Shape(Noun):
    """The weights of a day's intervals, the first beginning at `start`."""

    start: Clock
    """Time of day, as "08:00"."""
    weights: Annotated[list[Number], Field(min_length=1, max_length=96)]
    """One number for each interval."""


class Profile(Noun):
    """How a week's volume spreads over its days, and a day's over its intervals.

    Weights are normalised. A day without a shape of its own takes that of its group (`mon-fri`,
    `weekend`, `all`); a day whose weight is 0 needs none.
    """

    interval: Interval = 1800.0
    """15, 30 or 60 minutes."""
    days: dict[Days, Number]
    """Weight of each day, or group of days, of the week."""
    shapes: dict[Days, Shape]
    """Weights within the day, by day or group of days."""


class Busyness(Noun):
    """One gamma factor of mean 1 per day, for the whole company."""

    cv: Annotated[Number, Field(le=2)]
    """Standard deviation of a day's volume beyond chance, as a share of the volume."""
    correlation: Annotated[
        float,
        Field(gt=-1, lt=1, strict=True),
        Default("a busy day says nothing about the next one", (0.0, 0.6)),
    ] = 0.0
    """Of a day's factor with that of the next date, open or not; its square two days on, and so
    forth. Exactly: of the normal scores below the factors."""


class Hours(Noun):
    """A stretch of one day."""

    day: Annotated[int, Field(strict=True, ge=-4000, le=4000)]
    """0 is the first counted day."""
    start: Clock = "00:00"
    """Time of day."""
    end: Clock = "24:00"
    """Time of day, later than `start`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if time_of_day(self.end) <= time_of_day(self.start):
            raise ValueError("`end` must come after `start` on the same day")
        return self


class SelfService(Noun):
    """Tried once per issue, before the first call."""

    tried: Probability
    """Share of the issues that are tried in it."""
    contained: Probability
    """Share of tries that end without a call."""
    false_containment: Probability = 0.0
    """Share of the contained who were not helped: they close unresolved, unseen."""
    cost: Amount = 0.0
    """Per try."""
    outages: list[Hours] = []
    """Hours in which nobody is contained."""


class Misrouted(Noun):
    """First legs that reached the wrong place, found out at the end of talk."""

    probability: Probability
    """Of a first leg's being one."""
    to: str
    """The queue that they are transferred to."""


class Beyond(Noun):
    """What happens to a case that the team may not settle itself."""

    transferred: Probability
    """Share passed on; the others are refused."""
    to: str
    """The queue that they are transferred to."""


class Sale(Noun):
    """What is sold in talks that resolve an issue."""

    probability: Probability
    """Share of the issues resolved by an agent in whose talk something is sold."""
    margin: Amount
    """What a sale brings, net of its own cost; not part of a customer's yearly margin."""


class Reason(Noun):
    """The kind of an issue: its volume, its handling, its queue."""

    volume: Volume
    profile: str | None = None
    """The profile that shapes the volume; evenly over the queue's opening hours if not given."""
    segments: list[str] | None = None
    """The segments that have such issues; all if not given."""
    avoidable: bool = False
    """Failure demand from the first call: an unclear invoice, "where is my order"."""
    seeks_help: Annotated[
        Probability, Default("everybody says something; surveys find that many do not", (0.4, 1.0))
    ] = 1.0
    """Share of issues about which the customer says anything at all."""
    self_service: SelfService | None = None
    queue: str | None = None
    """The queue of the first leg; needed if there is more than one queue."""
    talk: Distribution
    """Talk time, with any hold during the call."""
    after_call: Distribution | None = None
    """After-call work (ACW); none if not given."""
    fcr: Probability = 1.0
    """Probability that a talk resolves the issue."""
    misrouted: Misrouted | None = None
    authority: Probability = 1.0
    """Share of cases that a team may settle itself, unless the team says otherwise."""
    beyond: Beyond | None = None
    """What happens to cases beyond authority; refused if not given."""
    settlement: Amount = 0.0
    """Goodwill, parts: cost of each issue that a talk resolves."""
    sale: Sale | None = None
    """What a talk that resolves the issue may sell."""
    callers: Callers = Callers()
    """How callers with this reason differ."""


class Moment(Noun):
    """An instant, by counted day and time of day."""

    day: Annotated[int, Field(strict=True, ge=-4000, le=4000)]
    """0 is the first counted day."""
    time: Clock
    """Time of day."""


class Incident(Noun):
    """Something breaks for a share of a segment; each customer hit has an issue after a lag."""

    reason: str
    """What the customers hit call about."""
    hits: dict[str, Probability]
    """Share of each segment that is hit."""
    lag: Distribution
    """From the incident to the issue."""
    per_year: Annotated[Number, Field(le=1000)] | None = None
    """At random, so often per year, at any hour, but not more than eight times a day …"""
    at: list[Moment] | None = None
    """… or at these moments, up to eight on a day."""

    @model_validator(mode="after")
    def _when(self) -> Self:
        if (self.per_year is None) == (self.at is None):
            raise ValueError("give either `per_year` or `at`")
        return self
