"""Where contacts wait and who answers them: the centre, its queues, its teams and their prices."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.assumed import Default
from sim.scenario.nouns import (
    Amount,
    Clock,
    Days,
    Duration,
    Interval,
    Noun,
    Number,
    Odds,
    Positive,
    Probability,
    Stretch,
    Whole,
)


class Centre(Noun):
    """What all queues share."""

    opening: dict[Days, Stretch] | None = None
    """Opening hours by day or group of days, as { mon-fri = "08:00-20:00" }; always open if not
    given. Days not named are closed."""
    closing: Literal["serve", "drop"] = "serve"
    """At closing time, whether those waiting are served or dropped."""
    lines: Annotated[int, Field(strict=True, ge=1)] | None = None
    """Telephone lines; no limit if not given."""
    line_cost: Amount = 0.0
    """Per line and month."""
    menu: Duration = 0.0
    """Time in the menu (IVR) before joining a queue."""
    menu_hang_up: Probability = 0.0
    """Share who hang up in the menu (when it ends)."""
    fixed: Amount = 0.0
    """Fixed costs per month: management, premises, software."""


class Target(Noun):
    """A service level: a share answered within a time, and the rule by which it is measured."""

    within: Duration
    """The longest wait on the first leg that is in time."""
    share: Probability | None = None
    """What is aimed at; needed where a contract deducts for missing it."""
    rule: Literal["counted", "excluded", "met", "answered"] = "counted"
    """Those who abandon within the time are `counted` against, `excluded`, counted as `met`, or
    only the `answered` count."""


class Route(Noun):
    """A team that may serve a queue, and when it is open to a contact: all that is said must
    hold."""

    team: str
    """The team's name."""
    after: Duration = 0.0
    """Only after the contact has waited so long on this leg."""
    longer_than: Annotated[Whole, Field(le=1_000_000)] = 0
    """Only while the queue, the contact included, is longer than so many."""
    share: Annotated[Positive, Field(le=1)] | None = None
    """Only to this share of contacts, drawn for each leg; to everyone if not given. The shares of
    a queue add up to 1, or a route without a share takes the rest."""


class Queue(Noun):
    """Where contacts of like needs wait."""

    priority: Annotated[int, Field(strict=True, ge=-1000, le=1000)] = 0
    """The higher number is served first."""
    opening: dict[Days, Stretch] | None = None
    """Its own opening hours; the centre's if not given."""
    closing: Literal["serve", "drop"] | None = None
    """What closing time does; as the centre says if not given."""
    target: Target | None = None
    """How its service level is measured; the scenario's `service_level` if not given."""
    routes: Annotated[list[Route], Field(min_length=1, max_length=8)] | None = None
    """The teams that serve it, in order; all teams at once if not given."""


class Pay(Noun):
    """What an in-house agent costs: (per_hour x (1 + on_cost) + seat) per paid hour."""

    per_hour: Amount
    """The wage."""
    on_cost: Number = 0.0
    """Employer's costs on top of wages, as a share."""
    seat: Amount = 0.0
    """Desk, licences and equipment per paid hour."""
    overtime: Annotated[
        Number, Field(ge=1), Default("a usual premium; contracts differ", (1.0, 2.0))
    ] = 1.5
    """Factor on the wage for hours worked past the shift."""


class Promise(Noun):
    """A service level that the fee depends on: less for a month that falls short of it (malus), or
    more for one that is above it (bonus)."""

    queues: Annotated[list[str], Field(min_length=1)]
    """The queues whose service level counts, taken together."""
    target: Target
    """What was promised, with its `share`."""
    per_point: Annotated[Number, Field(le=1)]
    """Share of the month's fee for each percentage point short, or above."""
    at_most: Probability
    """The largest share of the month's fee that can be deducted, or added."""

    @model_validator(mode="after")
    def _has_share(self) -> Self:
        if self.target.share is None:
            raise ValueError("`target` needs a `share`")
        return self


class Transition(Noun):
    """A one-off cost, charged over its life."""

    once: Amount
    """The whole amount."""
    over: Annotated[
        Duration, Field(gt=0), Default("three years are a usual life", ("12 months", "60 months"))
    ] = 36 * 365 / 12 * 86_400.0
    """Its life: each counted month is charged its part of it."""


class Block(Noun):
    """A fixed amount a month that so much is paid with, and the price of what is beyond it."""

    of: Literal["hours", "minutes", "contacts", "resolved"]
    """What it includes: paid hours, handled minutes, contacts handled or issues resolved."""
    includes: Positive
    """So many of them a month …"""
    per_month: Amount
    """… for so much, used or not."""
    beyond: Amount
    """The price of each one more."""


class Contract(Noun):
    """What a vendor is paid: exactly one price, with what goes with it."""

    per_hour: Amount | None = None
    """Per paid hour."""
    per_minute: Amount | None = None
    """Per handled minute."""
    per_contact: Amount | None = None
    """Per leg handled."""
    per_resolved: Amount | None = None
    """Per issue that its agents resolve."""
    block: Block | None = None
    """A fixed amount a month for so much, and a price beyond it."""
    minutes: Literal["talk", "talk_and_after_call"] = "talk_and_after_call"
    """What a minute is counted of."""
    committed_per_month: Number = 0.0
    """Hours, minutes, contacts or issues a month that are paid for in any case."""
    malus: Promise | None = None
    """A deduction for a month whose service level falls short."""
    bonus: Promise | None = None
    """An addition for a month whose service level is above what was promised."""
    managing: Amount = 0.0
    """The client's own cost of managing the vendor, per month."""
    transition: Transition | None = None

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        prices = ("per_hour", "per_minute", "per_contact", "per_resolved", "block")
        if sum(getattr(self, price) is not None for price in prices) != 1:
            raise ValueError(f"give exactly one of {', '.join(prices)}")
        return self

    @model_validator(mode="after")
    def _committed_once(self) -> Self:
        if self.block is not None and self.committed_per_month > 0.0:
            raise ValueError(
                "a block is paid for in any case; leave `committed_per_month` away, or let the "
                "block include more"
            )
        return self


class Shift(Noun):
    """The agents of a day's intervals, the first beginning at `start`."""

    start: Clock
    """Time of day, as "08:00"."""
    agents: Annotated[list[Number], Field(min_length=1, max_length=96)]
    """One number for each interval; what they count, the team says (`counts`)."""


class Staffing(Noun):
    """Agents by day of the week and interval; nobody at times that it does not name."""

    interval: Interval = 1800.0
    """15, 30 or 60 minutes."""
    days: dict[Days, Shift]
    """By day or group of days: mon … sun, mon-fri, weekend, all."""


class Absence(Noun):
    """The fraction of a team that is absent on a day: normal, cut to [0, 1]."""

    mean: Probability
    """Absent on an average day."""
    sd: Probability = 0.0
    """Standard deviation from day to day."""


class Factors(Noun):
    """How a team works compared with what the reasons say; by reason if it is a table."""

    handle: Positive | dict[str, Positive] = 1.0
    """Factor on talk and after-call work."""
    fcr: Number | dict[str, Number] = 1.0
    """Factor on the probability of resolving."""


class Team(Noun):
    """Interchangeable agents of one site and contract."""

    site: str = ""
    """Where they sit; a label."""
    agents: Whole | None = None
    """So many whenever a queue that they serve is open …"""
    staffing: Staffing | None = None
    """… or by day and interval."""
    counts: Literal["floor", "scheduled"] = "floor"
    """Whether the numbers count agents who can take calls, or agents planned before shrinkage."""
    scale: Annotated[Number, Field(le=1000)] = 1.0
    """Multiplies the numbers of agents, before rounding."""
    shrinkage: Annotated[Probability, Field(lt=1)] = 0.0
    """Share of paid time in which an agent cannot take calls: breaks, training, leave."""
    absence: Absence | None = None
    pay: Pay | None = None
    """If the team is in-house …"""
    contract: Contract | None = None
    """… or if it is a vendor's; a team with neither costs nothing."""
    factors: Factors = Factors()
    transfers: Probability | None = None
    """Its own probability of finding a first leg misrouted, in place of the reason's."""
    felt: Odds = 1.0
    """What a leg with this team does to the odds of leaving: language, care."""
    pace: Annotated[Positive, Field(le=1)] = 1.0
    """Pressure on handle time: talk is multiplied by this."""
    elasticity: Annotated[Number, Field(le=10)] = 0.0
    """The probability of resolving is multiplied by pace to this power."""
    authority: Probability | dict[str, Probability] | None = None
    """Share of cases that it may settle itself, in place of the reason's; by reason if a table."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.agents is None) == (self.staffing is None):
            raise ValueError("give either `agents` or `staffing`")
        if self.pay is not None and self.contract is not None:
            raise ValueError("give either `pay` (in-house) or `contract` (a vendor), not both")
        return self
