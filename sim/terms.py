"""What accounting must know of a scenario, in frozen numbers and words: calendar, names, customers'
worth and prices. Filled once by `sim.tables`, so that no other place crosses from words to numbers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DAY = 86_400.0
YEAR_DAYS = 365.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are simulated, which are counted, and to which months they belong; equal only to
    itself."""

    warm_days: int
    """Days simulated before the first counted day."""
    counted_days: int
    first_weekday: int
    """Weekday of the first counted day, Monday 0."""
    start: str | None
    """ISO date of the first counted day, if the scenario has one."""
    interval: float
    """Length of a reporting interval, seconds; divides a day."""
    month_of_day: Ints
    """For each counted day the index of its month in `months`."""
    months: tuple[str, ...]
    """Labels: "2026-03", or "month 1" without a date."""
    month_shares: Floats
    """For each month the counted share of it: counted days / days of the month."""
    month_discount: Floats
    """For each month the factor that discounts the middle of its counted days to the first one."""

    @property
    def days(self) -> int:
        """Days simulated."""
        return self.warm_days + self.counted_days

    @property
    def first_counted(self) -> float:
        """When counting begins, seconds."""
        return self.warm_days * DAY

    @property
    def horizon(self) -> float:
        """When the run ends, seconds."""
        return self.days * DAY

    @property
    def years(self) -> float:
        """Counted years of 365 days."""
        return self.counted_days / YEAR_DAYS


@dataclass(frozen=True)
class Names:
    """The words for the indices that stand in logs."""

    origins: tuple[str, ...]
    segments: tuple[str, ...]
    reasons: tuple[str, ...]
    queues: tuple[str, ...]
    teams: tuple[str, ...]
    notices: tuple[str, ...]
    fixes: tuple[str, ...]
    currency: str


@dataclass(frozen=True)
class Population:
    """The customers' numbers and worth, by segment."""

    customers: Ints
    """Customers at the beginning."""
    margin: Floats
    """Yearly margin of a customer."""
    value: Floats
    """Present value of a customer: margin / (ln(1 + discount) - ln(1 - valuation churn))."""
    margin_within_year: Floats
    """Margin lost within 12 months of leaving: margin (1 - e^-c) / c, c = -ln(1 - churn)."""
    base_leaving: float
    """p0 of a resolved issue; 0 if leaving is switched off."""


@dataclass(frozen=True)
class Promise:
    """A service level that a contract's fee depends on."""

    queues: tuple[int, ...]
    within: float
    """Seconds."""
    share: float
    rule: int
    """One of `codes.RULES`."""
    per_point: float
    """Share of the month's fee per percentage point short of it, or above it."""
    at_most: float


@dataclass(frozen=True)
class Contract:
    """What a vendor is paid."""

    unit: str
    """What is paid for, one of `codes.PAID_FOR`."""
    price: float
    """Of a unit; of one beyond the block, if there is one."""
    block: float
    """What the block costs a month; 0 without one."""
    includes: float
    """Units a month that the block pays for."""
    committed: float
    """Units a month that are paid for in any case."""
    malus: Promise | None
    bonus: Promise | None
    managing: float
    """The client's own cost of managing the vendor, per month."""
    transition_once: float
    transition_months: float


@dataclass(frozen=True)
class TeamPrice:
    """What a team costs: pay if it is in-house, else its contract."""

    wage: float
    """Per paid hour."""
    on_cost: float
    """Share on top of wages."""
    seat: float
    """Per paid hour."""
    overtime: float
    """Factor on the wage of an hour of overtime."""
    contract: Contract | None


@dataclass(frozen=True)
class FixPrice:
    """What removing a root cause costs."""

    once: float
    months: float
    per_month: float
    from_day: int
    """The counted day from which it works and costs per month."""


@dataclass(frozen=True)
class WordOfMouth:
    """Prospects put off by what customers who leave tell them."""

    told: float
    prospects: float
    put_off: float
    pool_per_year: float
    acquisition_cost: float


@dataclass(frozen=True)
class Tariff:
    """All prices of a scenario, in its currency."""

    teams: tuple[TeamPrice, ...]
    lines: int
    """Lines paid for; -1 without a limit (and without a cost)."""
    line_cost: float
    """Per line and month."""
    fixed: float
    """Per month."""
    self_service: Floats
    """Per try, by reason."""
    settlement: Floats
    """Per issue resolved, by reason."""
    sales: Floats
    """Margin of a sale, by reason."""
    messages: Floats
    """Per message, by notice."""
    recovery: float
    """Per customer reached."""
    gesture: float
    """Per customer reached."""
    fixes: tuple[FixPrice, ...]
    word_of_mouth: WordOfMouth | None


@dataclass(frozen=True)
class ServiceTargets:
    """The threshold and the rule by which each queue's service level is measured."""

    within: Floats
    """Seconds, by queue."""
    share: Floats
    """Target share, by queue; NaN where none is set."""
    rule: Ints
    """One of `codes.RULES`, by queue."""


@dataclass(frozen=True, eq=False)
class Terms:
    """Everything that accounting knows of a scenario; equal only to itself."""

    calendar: Calendar
    names: Names
    population: Population
    tariff: Tariff
    targets: ServiceTargets
    fcr_window: float
    """How long a dashboard looks for a further contact of the same customer and reason, seconds."""
