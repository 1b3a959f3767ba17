"""Who the customers are, how they behave as callers, and what makes them leave."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.scenario.assumed import Default
from sim.scenario.distributions import Distribution
from sim.scenario.nouns import Amount, Duration, Noun, Number, Odds, Probability


class Again(Noun):
    """Calling again after a failed attempt."""

    probability: Probability
    """Of calling again at all after the first attempt."""
    delay: Distribution
    """From hanging up to the next attempt."""
    per_attempt: Annotated[
        Probability, Default("nobody loses heart after several attempts", (0.5, 1.0))
    ] = 1.0
    """Factor on the probability for each attempt made before."""


class Callers(Noun):
    """How callers behave. What a reason says comes first, then the segment, then `[callers]`."""

    patience: Distribution | None = None
    """How long they wait in a queue before they hang up; for ever if not given."""
    redial: Again | None = None
    """After a closed, blocked or abandoned call; nobody redials if not given."""
    returns: Again | None = None
    """After a call that did not resolve the issue; nobody returns if not given."""
    after_refusal: Again | None = None
    """After a refusal; nobody tries again if not given."""


class Segment(Noun):
    """Customers of one kind."""

    customers: Annotated[int, Field(ge=1, le=4_000_000, strict=True)]
    """How many there are at the beginning."""
    yearly_margin: Amount = 0.0
    """What one is worth per year, net of the normal cost of serving."""
    base_churn: Annotated[Probability, Field(lt=1)] = 0.0
    """Share per year that leaves for reasons other than service."""
    valuation_churn: Annotated[Probability, Field(lt=1)] | None = None
    """All-cause churn per year used to value a customer, the same in all strategies; `base_churn`
    if not given."""
    joins: Annotated[Number, Field(le=10)] = 0.0
    """Customers who join per year, as a share of the initial number."""
    callers: Callers = Callers()
    """How this segment's callers differ."""


class Bases(Noun):
    """Probability of leaving at an issue's closing, after a single contact without a wait."""

    resolved: Probability
    """Settled; whoever leaves then leaves anyway, through no fault of service."""
    unresolved: Probability
    """Talked about, or falsely contained, and not settled."""
    gave_up: Probability
    """Never got through, and tries no more."""
    refused: Probability
    """Told that it cannot be settled."""
    silent: Probability
    """Never said anything."""
    preempted: Probability
    """Settled by a message before any call."""

    @model_validator(mode="after")
    def _above_zero(self) -> Self:
        for name in type(self).model_fields:
            if not 0 < getattr(self, name) < 1:
                raise ValueError(
                    f"`{name}` must lie above 0 and below 1; "
                    "to switch leaving off, remove the whole table `loyalty`"
                )
        return self


class Effects(Noun):
    """What a bad experience does to the odds of leaving, as odds ratios."""

    per_minute_waited: Odds = 1.0
    """For each minute of a contact's waits beyond `tolerance`."""
    tolerance: Duration = 0.0
    """The wait in a contact that is taken for granted."""
    wait_counts_up_to: Annotated[
        Duration, Default("how long a wait goes on to hurt is not known", ("15 min", "4 h"))
    ] = 3600.0
    """The longest wait, summed over an issue's contacts, that still counts."""
    per_repeat: Odds = 1.0
    """For each contact after the first that was blocked or joined a queue."""
    per_transfer: Odds = 1.0
    """For each transfer."""
    self_service_failed: Odds = 1.0
    """If self-service was tried in vain before the first call."""


class Memory(Noun):
    """What customers remember of earlier issues."""

    half_life: Annotated[Duration, Field(gt=0)]
    """After so long half of it is forgotten."""
    weight: Annotated[
        Number, Field(le=10), Default("how much of an experience stays is not known", (0.1, 1.0))
    ] = 0.5
    """Share of an issue's effects that stays in memory."""
    bad_closing: Annotated[Odds, Field(ge=1)] = 1.0
    """Odds ratio remembered of an unresolved, given up or refused issue."""
    at_most: Annotated[
        Odds, Field(ge=1), Default("how far bad experiences add up is not known", (3.0, 30.0))
    ] = 10.0
    """The largest odds ratio that memory can reach."""


class Loyalty(Noun):
    """What makes a customer leave. Without this table nobody does."""

    base: Bases
    odds: Effects = Effects()
    memory: Memory | None = None


class WordOfMouth(Noun):
    """Prospects put off by what leavers tell. Assumptions: no primary source was found."""

    told: Number
    """People whom a customer who leaves tells."""
    prospects: Probability
    """Share of these who might have joined."""
    put_off: Probability
    """Share of those prospects who now do not."""
    pool_per_year: Number
    """The largest number of prospects that can be put off in a year."""
    acquisition_cost: Amount = 0.0
    """What winning a prospect would have cost."""
