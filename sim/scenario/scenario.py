"""A scenario: one company, one strategy, as it stands in a file."""

from typing import Annotated

from pydantic import Field

from sim.scenario.assumed import Assumption, Default
from sim.scenario.centre import Centre, Queue, Target, Team
from sim.scenario.demand import Busyness, Incident, Profile, Reason
from sim.scenario.nouns import Date, Duration, Interval, Noun, Number
from sim.scenario.outreach import Fix, Notice, Recovery
from sim.scenario.people import Callers, Loyalty, Segment, WordOfMouth


class Scenario(Noun):
    """Everything that a run needs to know. Tables keyed by name hold the things that have names."""

    title: str = ""
    """In a line what this strategy is; stands beside its name in every result."""
    currency: Annotated[str, Field(min_length=1, max_length=5)] = "USD"
    """Of all amounts; a label, nothing is converted."""
    start: Date | None = None
    """Date of the first counted day, as "2026-03-02"; a Monday without a date if not given."""
    horizon: Duration
    """How long is counted; whole days."""
    warm_up: Duration | None = None
    """Simulated before, and not counted; 28 days for horizons over a week, else none."""
    interval: Interval = 1800.0
    """Of the tables by interval: 15, 30 or 60 minutes."""
    discount_rate: Annotated[
        Number,
        Field(le=10),
        Default("money later is worth as much as money now", (0.0, 0.1)),
    ] = 0.0
    """Per year, for all amounts of the scenario."""
    service_level: Target = Target(within="20 s", share=0.8)
    """How service levels are measured where a queue has no `target`."""
    fcr_window: Annotated[Duration, Field(gt=0)] = 7 * 86_400.0
    """A dashboard takes for resolved who does not call again about the same reason within so long
    (assumption if not given: 1 to 30 days are in use)."""
    most_contacts: Annotated[int, Field(strict=True, ge=1, le=31)] = 20
    """Cap on the contacts of one issue."""
    most_legs: Annotated[int, Field(strict=True, ge=1, le=7)] = 3
    """Cap on the legs of one contact: a transfer beyond it is refused."""
    reopening_spread: Annotated[
        Duration, Default("how soon after opening they call is not known", ("15 min", "6 h"))
    ] = 3600.0
    """Calls again that fall in closed hours come within so long after the next opening."""
    segments: dict[str, Segment] = {}
    loyalty: Loyalty | None = None
    word_of_mouth: WordOfMouth | None = None
    busyness: Busyness | None = None
    profiles: dict[str, Profile] = {}
    reasons: Annotated[dict[str, Reason], Field(min_length=1)]
    incidents: dict[str, Incident] = {}
    callers: Callers = Callers()
    centre: Centre = Centre()
    queues: dict[str, Queue] = {}
    """A single queue named "calls" if there is none."""
    teams: Annotated[dict[str, Team], Field(min_length=1)]
    notices: dict[str, Notice] = {}
    recovery: Recovery | None = None
    fixes: dict[str, Fix] = {}
    assumptions: dict[str, Assumption] = {}
    """Values without a primary source: the path in this file ("loyalty.base"), and why it is so."""
