"""What a staffing run tells: one document, for people, for `--json`, and for files."""

from typing import Literal

from sim.experiments.results import Part


class Amount(Part):
    """A figure with its 95 % interval; null where there is none."""

    mean: float | None
    low: float | None
    high: float | None


class Kept(Part):
    """How a plan keeps one target on fresh replications."""

    target: str
    measure: str
    unit: str
    bound: float
    period: Literal["interval", "day", "week"]
    periods: int
    """Intervals, kinds of day or weeks with calls, whose long-run values are known."""
    kept: int
    """Of these, how many keep the bound in the long run."""
    missed: int
    """Of these, how many miss it beyond luck: their whole 95 % interval does."""
    worst: str
    """The period that is worst in the long run; empty for the week."""
    value: Amount
    """The long-run value there."""
    probability: Amount
    """That a single period (one half hour of one day, say) keeps the bound: the share that did,
    with its Wilson interval."""
    lived: int
    """Single periods that were looked at."""
    least: float | None
    """The least such share of any of the periods."""


class Contender(Part):
    """One staffing: what it costs, and how it keeps the targets."""

    name: str
    kind: Literal["staffed", "roster", "as it is", "formula", "scaled formula"]
    factor: float
    """By which a formula's numbers were multiplied; 1 for all others."""
    paid_hours: float
    """Per week."""
    staffing_cost: Amount
    """Pay and overtime, per week."""
    economic_cost: Amount
    """Total economic cost, per week."""
    dearer: Amount
    """By how much it costs more than the staffing that was found, per week, on the same customers
    and luck: of staffing cost if there are targets, else of total economic cost."""
    keeps: bool
    """Whether no target is missed beyond luck in any period."""
    targets: tuple[Kept, ...]


class Interval(Part):
    """One interval of one kind of day."""

    days: tuple[str, ...]
    """Weekdays that are staffed alike."""
    time: str
    load: float
    """Erlangs: agents busy if there were always enough, as simulated."""
    first_calls: float
    """Erlangs of the first calls alone."""
    erlang_c: int
    """Agents on the floor by formula, all calls counted."""
    erlang_a: int
    agents: int
    """Agents on the floor."""
    table: int
    """The number in the staffing table, which counts what the team says."""
    offered: float
    """Contacts on an average day."""
    service_level: Amount
    abandonment: Amount


class RosterLine(Part):
    """So many agents who work the same shift with the same breaks on a day of the week."""

    day: str
    shift: str
    start: str
    end: str
    breaks: tuple[str, ...]
    """When each begins and ends, as "11:00-11:30"."""
    agents: int
    paid_hours: float
    """Of one agent, what is paid for shrinkage included."""


class Roster(Part):
    """Shifts that cover the staffing. Hours and cost are per week."""

    lines: tuple[RosterLine, ...]
    required_hours: float
    """Of the staffing table."""
    covered_hours: float
    """Of the shifts, without breaks."""
    rostered_hours: float
    """Of the shifts, without unpaid breaks."""
    cost: float
    """What the shifts cost at their prices; agent hours if the team has no pay."""
    short: tuple[str, ...]
    """Times at which no roster of this menu has enough agents, and how many are missing."""


class Staffed(Part):
    """The results of `staff`."""

    kind: Literal["staff"] = "staff"
    schema_version: int = 1
    name: str
    file: str
    title: str
    team: str
    currency: str
    counts: Literal["floor", "scheduled"]
    interval: float
    """Seconds."""
    targets: tuple[str, ...]
    """Empty if the least total economic cost was looked for."""
    priced: bool
    """Whether the team has pay; otherwise agent hours stand in for cost."""
    seed: int
    replications: int
    """Fresh ones, of the verification; 0 if it was not reached."""
    search_replications: int
    engine: str
    simulations: int
    service_level_rule: str
    contenders: tuple[Contender, ...]
    """The staffing that was found first; empty if the verification was not reached."""
    intervals: tuple[Interval, ...]
    roster: Roster | None
    finding: tuple[str, ...]
    interrupted: bool
    warnings: tuple[str, ...]

    def contender(self, kind: str) -> Contender | None:
        """The first of a kind."""
        return next((one for one in self.contenders if one.kind == kind), None)
