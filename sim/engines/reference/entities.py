"""What moves through the centre: issues, contacts and their legs, and who serves them."""

import math
from dataclasses import dataclass, field

import simpy

from sim.codes import (
    CONTAINED,
    FALSELY_CONTAINED,
    IN_MENU,
    NO_RECOVERY,
    NO_RESULT,
    NOT_TRIED,
    OPEN,
    TRANSFER,
)

NEVER = math.nan


@dataclass(slots=True, eq=False)
class Issue:
    """One thing that one customer needs settled."""

    day: int
    origin: int
    ordinal: int
    identity: int
    key: int
    """Hash of its origin, for draws."""
    customer: int
    segment: int
    reason: int
    column: int
    """Its column in tables by reason and segment."""
    why: int
    arose: float
    told: float
    closing: int = OPEN
    closed: float = NEVER
    contacts: int = 0
    reached: int = 0
    legs_handled: int = 0
    transfers: int = 0
    first_handled_resolved: int = -1
    abandoned: int = 0
    self_service: int = NOT_TRIED
    recovery: int = NO_RECOVERY
    resolving_team: int = -1
    sold: bool = False
    waited: float = 0.0
    counted_wait: float = 0.0
    felt: float = 0.0
    p: float = NEVER
    p0: float = NEVER
    terms: tuple[float, ...] = (NEVER,) * 7
    next_step: simpy.Event | None = None
    """The call or the decision that lies ahead of an issue in nobody's hands."""

    @property
    def seen(self) -> bool:
        """Whether a bad closing can be noticed at all."""
        return self.self_service not in (CONTAINED, FALSELY_CONTAINED)


@dataclass(slots=True, eq=False)
class Contact:
    """One attempt to reach a person."""

    issue: Issue
    attempt: int
    why: int
    arrived: float
    queue: int
    waited: float = 0.0
    """On the legs that have ended."""
    first_wait: float = NEVER
    answered: bool = False
    result: int = NO_RESULT


@dataclass(slots=True, eq=False)
class Leg:
    """One stay in a queue and with an agent; leg 0 is the way through the menu."""

    contact: Contact
    number: int
    queue: int
    ended: simpy.Event
    """Happens when waiting ends: answered, abandoned or dropped."""
    outcome: int = IN_MENU
    result: int = NO_RESULT
    last: bool = True
    of_class: int = 0
    """Which of its queue's shares it falls into (`rules.routing`)."""
    team: int = -1
    joined: float = NEVER
    end_wait: float = NEVER
    end_talk: float = NEVER
    waited_before: float = 0.0
    answered_before: bool = False
    timers: list[simpy.Event] = field(default_factory=list)

    @property
    def why(self) -> int:
        """Why this leg exists."""
        return self.contact.why if self.number <= 1 else TRANSFER

    @property
    def order(self) -> tuple[int, int, int]:
        """Issue identity, attempt and leg."""
        return self.contact.issue.identity, self.contact.attempt, self.number
