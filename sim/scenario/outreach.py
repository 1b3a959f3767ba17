"""Contacting before being contacted: notices, recovery, and removing root causes."""

from typing import Annotated

from pydantic import Field

from sim.scenario.assumed import Default
from sim.scenario.centre import Transition
from sim.scenario.distributions import Distribution
from sim.scenario.nouns import Amount, Duration, Noun, Number, Odds, Positive, Probability


class Notice(Noun):
    """Messages to the customers hit by an incident."""

    incident: str
    """The incident that it tells of."""
    detected_after: Duration
    """From the incident to the first message."""
    per_hour: Positive
    """Messages sent per hour."""
    reach: Probability
    """Share of the messages that are read."""
    preempts: Probability
    """Share of those told in time for whom the message settles the issue."""
    silent_then_call: Probability = 0.0
    """Share of the silent ones told, and not satisfied by the message, who call because of it."""
    false_alarms: Annotated[Probability, Field(lt=1)] = 0.0
    """Share of all messages that go to customers who were not hit."""
    false_alarm_opens: Probability = 0.0
    """Probability that such a message opens an avoidable issue."""
    price: Amount = 0.0
    """Per message sent."""


class Detected(Noun):
    """The probability that a bad closing is noticed; silence and false containment never are."""

    unresolved: Probability = 0.0
    """Of an unresolved issue."""
    gave_up: Probability = 0.0
    """Of one whose customer gave up."""
    refused: Probability = 0.0
    """Of one refused."""


class Recovery(Noun):
    """A service that contacts customers after a bad closing."""

    detected: Detected
    reached: Distribution
    """From the closing until the customer is reached; `never` for those who are not."""
    window: Annotated[Duration, Field(le=86_400)] = 86_400.0
    """Reached so soon, `odds_in_window` applies."""
    deadline: Annotated[
        Duration,
        Default("how long customers wait before they decide is not known", ("2 days", "4 weeks")),
    ] = 7 * 86_400.0
    """The customer decides at the latest so long after the closing."""
    odds_in_window: Odds
    """Factor on the odds of leaving if reached within the window."""
    odds_late: Odds = 1.0
    """Factor on the odds of leaving if reached later, but by the deadline."""
    price: Amount = 0.0
    """Per customer reached."""
    gesture: Amount = 0.0
    """Per customer reached: a voucher, flowers."""


class Fix(Noun):
    """A root cause removed: a reason's volume is multiplied by a factor from a day on."""

    reason: str
    """The reason whose issues become fewer."""
    factor: Annotated[Number, Field(le=100)]
    """What is left: 0.67 removes a third."""
    from_day: Annotated[int, Field(strict=True, ge=-4000, le=4000)] = 0
    """0 is the first counted day."""
    cost: Transition | None = None
    """One-off, charged over its life."""
    per_month: Amount = 0.0
    """What keeping it up costs, from that day on."""
