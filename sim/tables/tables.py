"""The tables: a scenario in numbers, as demand and engines read it.

Times are seconds from the midnight that begins the first simulated day, chances in [0, 1], and
every name has become an index: reasons, segments, queues and teams in the order of the file,
origins in the order of their names.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.rules.routing import TEAM
from sim.terms import Terms

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """The customers, by segment; empty arrays without segments."""

    keys: Ints
    """Origin hash of a segment's customers."""
    initial: Ints
    join_rate: Floats
    """Joiners per second."""
    leave_rate: Floats
    """Base leaving per second and customer."""


@dataclass(frozen=True)
class Loyalty:
    """What makes a customer leave, in log odds."""

    on: bool
    base: Floats
    """Probability of leaving by closing (resolved … preempted)."""
    per_minute: float
    tolerance: float
    wait_cap: float
    per_repeat: float
    per_transfer: float
    self_service_failed: float
    half_life: float
    """Seconds; 0 without memory."""
    weight: float
    bad_closing: float
    memory_cap: float


@dataclass(frozen=True)
class Again:
    """One way of calling again, by reason and segment (one column without segments)."""

    probability: Floats
    per_attempt: Floats
    delay: Ints
    """Law of the delay, -1 where nobody calls again."""


@dataclass(frozen=True)
class Reasons:
    """How issues are handled, by reason."""

    queue: Ints
    why: Ints
    """Of a first contact: FIRST or AVOIDABLE."""
    seeks_help: Floats
    tried: Floats
    contained: Floats
    falsely: Floats
    outages: tuple[tuple[tuple[float, float], ...], ...]
    """Stretches in which self-service contains nobody."""
    talk: Ints
    """Law."""
    after_call: Ints
    """Law; -1 for none."""
    mean_talk: Floats
    """Of its law, seconds."""
    mean_work: Floats
    fcr: Floats
    sells: Floats
    """Probability that a talk that resolves an issue sells something."""
    misrouted: Floats
    misrouted_to: Ints
    authority: Floats
    transferred: Floats
    """Share of cases beyond authority that are passed on."""
    transferred_to: Ints
    patience: Ints
    """Law by reason and segment; -1 for those who wait for ever."""
    redial: Again
    returns: Again
    retry: Again


@dataclass(frozen=True)
class Queues:
    """Where contacts wait, by queue."""

    priority: Ints
    serve_at_closing: npt.NDArray[np.bool_]
    opens: tuple[Floats, ...]
    """Instants of opening, rising; a queue that never closes opens once, at minus infinity."""
    closes: tuple[Floats, ...]
    """The closing instant of each opening; infinity if it never closes."""
    routes: tuple[Floats, ...]
    """A row for each route, in order, with the columns of `sim.rules.routing`."""
    cuts: tuple[Floats, ...]
    """Where the draw of a leg is cut into classes, one fewer than there are; empty if no route has
    a share, and then nothing is drawn."""

    def teams_of(self, queue: int) -> Ints:
        """The teams on a queue's routes, in order."""
        return self.routes[queue][:, TEAM].astype(np.int64)


@dataclass(frozen=True)
class Teams:
    """Who answers, by team."""

    keys: Ints
    """Origin hash of a team's absence."""
    step_start: tuple[tuple[Floats, ...], ...]
    """By team and weekday: when the staffing of a day changes, seconds of the day, from 0."""
    step_planned: tuple[tuple[Floats, ...], ...]
    """Agents in the table from then on, scaled."""
    counts_floor: npt.NDArray[np.bool_]
    shrinkage: Floats
    absence_mean: Floats
    absence_sd: Floats
    handle: Floats
    """Factor on handle time, by team and reason."""
    fcr: Floats
    """Factor on resolving, by team and reason."""
    authority: Floats
    """Share of cases it may settle, by team and reason."""
    misrouted: Floats
    """Its own probability of finding a first leg misrouted, -1 for the reason's; by team."""
    felt: Floats
    """Log odds per leg handled."""
    pace: Floats
    elasticity: Floats


@dataclass(frozen=True)
class Streams:
    """Issues that arise by themselves: one stream for each reason and segment."""

    keys: Ints
    """Origin hash."""
    origin: Ints
    reason: Ints
    segment: Ints
    """-1 without segments."""
    volume: Floats
    """Expected issues of the initial base, by stream and simulated day, fixes included."""
    shape: Ints
    """By stream and simulated day: the row of `shapes`."""
    shapes: Floats
    """Cumulative weights of a day's 96 quarters of an hour: rows of 97 numbers from 0 to 1."""
    busyness: int
    """Law of the day's factor; -1 for none."""
    correlation: float
    """Of the normal score of a day's factor with the next day's."""


@dataclass(frozen=True)
class Incidents:
    """What breaks, by incident."""

    keys: Ints
    """Origin hash of its occurrences."""
    per_day: Floats
    at: tuple[Floats, ...]
    """Fixed moments, rising."""
    reason: Ints
    lag: Ints
    """Law."""
    hits: Floats
    """Share by incident and segment."""
    origin: Ints
    """Origin of the issues, by incident and segment."""
    issue_keys: Ints
    """Origin hash of the issues, by incident and segment."""
    notice: Ints
    """The notice that follows, -1 for none."""


@dataclass(frozen=True)
class Notices:
    """Messages after an incident, by notice."""

    detected_after: Floats
    per_hour: Floats
    reach: Floats
    preempts: Floats
    silent_then_call: Floats
    false_alarms: Floats
    false_alarm_opens: Floats
    origin: Ints
    """Origin of the issues that false alarms open, by notice and segment."""
    keys: Ints
    """Origin hash of these, by notice and segment."""


@dataclass(frozen=True)
class Recovery:
    """What follows a bad closing."""

    detected: Floats
    """Probability by closing (resolved … preempted)."""
    reached: int
    """Law of the delay, -1 without recovery."""
    window: float
    deadline: float
    in_window: float
    """Log odds."""
    late: float
    """Log odds."""


@dataclass(frozen=True, eq=False)
class Tables:
    """A whole scenario in numbers; equal to nothing but itself."""

    terms: Terms
    grain: float
    """Tick of the clock, seconds; 0 for a continuous clock."""
    laws: Floats
    knots: Floats
    origin_keys: Ints
    """Origin hash of each origin of issues."""
    people: People
    loyalty: Loyalty
    reasons: Reasons
    queues: Queues
    teams: Teams
    streams: Streams
    incidents: Incidents
    notices: Notices
    recovery: Recovery
    lines: int
    """-1 without a limit."""
    menu: float
    menu_hang_up: float
    most_contacts: int
    most_legs: int
    reopening_spread: float
    busyness_key: int
