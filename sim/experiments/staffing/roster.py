"""Shifts that cover a staffing at least paid cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from sim.experiments.staffing.pattern import Pattern, clock, staffing_of
from sim.experiments.staffing.pay import hourly, paid_of_one
from sim.experiments.staffing.results import Roster, RosterLine
from sim.experiments.staffing.shifts import Break, Menu, ShiftKind
from sim.scenario.centre import Staffing
from sim.tables.tables import Floats, Ints
from sim.units import WEEKDAYS, time_of_day, weekdays

_MISSING = 1_000.0
"""Price of an agent missing for an hour, in paid hours: only where no shift can be there."""
_MOST_SECONDS = 20.0
"""For which a day is looked at; what is best by then is taken."""


@dataclass(frozen=True, eq=False)
class Tour:
    """One way to work a shift: when it begins, and when its breaks do. Places are intervals of the
    day, from midnight."""

    shift: str
    begin: int
    end: int
    breaks: tuple[tuple[int, int], ...]
    """Begin and end of each."""
    there: Floats
    """1 at the intervals in which the agent takes calls."""
    paid_hours: float
    price: float
    """Of the shift, in paid hours at their usual price."""


@dataclass(frozen=True, eq=False)
class DayRoster:
    """How many agents work each tour of a day."""

    tours: tuple[tuple[Tour, int], ...]
    covered: Ints
    """Agents by interval."""
    missing: Ints
    """By interval: agents needed whom no roster of the menu can bring."""


@dataclass(frozen=True, eq=False)
class Rostered:
    """A roster for every day of the week."""

    staffing: Staffing
    """The agents whom its shifts bring."""
    told: Roster


def rostered(menu: Menu, pattern: Pattern, plan: Ints) -> Rostered:
    """Cover a plan, day by day. Numbers are those of the staffing table: what they count, the team
    says."""
    team, interval = pattern.scenario.teams[pattern.team], pattern.interval
    needed = pattern.by_weekday(pattern.table(plan))
    days = [cover(menu, day, own, interval) for day, own in enumerate(needed)]
    often = np.bincount(pattern.weekday_of_day, minlength=len(WEEKDAYS)) / pattern.weeks
    hours = interval / 3600.0
    each = paid_of_one(team)
    lines = [
        _line(WEEKDAYS[day], tour, agents, interval, each)
        for day, roster in enumerate(days)
        if often[day]
        for tour, agents in roster.tours
    ]
    short = [
        f"{WEEKDAYS[day]} {clock(int(slot), interval)}: {roster.missing[slot]} missing"
        for day, roster in enumerate(days)
        if often[day]
        for slot in np.flatnonzero(roster.missing)
    ]

    def weekly(by_day: list[float]) -> float:
        return float(often @ np.array(by_day))

    told = Roster(
        lines=tuple(lines),
        required_hours=weekly([float(own.sum()) * hours for own in needed]),
        covered_hours=weekly([float(one.covered.sum()) * hours for one in days]),
        rostered_hours=weekly([_sum(one, "paid_hours") for one in days]),
        cost=weekly([_sum(one, "price") for one in days]) * (hourly(team) or each),
        short=tuple(short),
    )
    return Rostered(staffing_of([one.covered for one in days], interval), told)


def _line(day: str, tour: Tour, agents: int, interval: float, each: float) -> RosterLine:
    return RosterLine(
        day=day,
        shift=tour.shift,
        start=clock(tour.begin, interval),
        end=clock(tour.end, interval),
        breaks=tuple(f"{clock(a, interval)}-{clock(b, interval)}" for a, b in tour.breaks),
        agents=agents,
        paid_hours=tour.paid_hours * each,
    )


def _sum(roster: DayRoster, what: str) -> float:
    return float(sum(getattr(tour, what) * agents for tour, agents in roster.tours))


def cover(menu: Menu, weekday: int, needed: Ints, interval: float) -> DayRoster:
    """The cheapest roster of a weekday (Monday 0) with as many agents as needed in each interval
    (seconds), or as few missing as can be.

    The set-covering model of Dantzig (1954, "A comment on Edie's 'Traffic delays at toll booths'"):
    a whole number of agents for each tour, solved by `scipy.optimize.milp`.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    tours = list(tours_of(menu, weekday, len(needed), interval))
    size, slots = len(tours), len(needed)
    hours = interval / 3600.0
    price = np.array([tour.price for tour in tours] + [_MISSING * hours] * slots)
    # Of rosters that cost the same the one of fewest agents.
    price[:size] += 1e-6
    there = np.array([tour.there for tour in tours]).reshape(size, slots).T
    constraints = [LinearConstraint(np.hstack([there, np.eye(slots)]), lb=needed)]
    for name, shift in menu.shifts.items():
        own = np.array([tour.shift == name for tour in tours] + [False] * slots, dtype=float)
        if own.any() and (shift.least or shift.most is not None):
            most = np.inf if shift.most is None else shift.most
            constraints.append(LinearConstraint(own, lb=shift.least, ub=most))
    found = milp(
        price,
        constraints=constraints,
        integrality=np.ones(size + slots),
        bounds=Bounds(0.0, np.inf),
        options={"time_limit": _MOST_SECONDS},
    )
    if found.x is None:  # pragma: no cover - all may be missing, so there always is a roster
        raise RuntimeError(found.message)
    numbers = np.rint(found.x).astype(np.int64)
    covered = np.rint(there @ numbers[:size]).astype(np.int64)
    return DayRoster(
        tuple((tour, int(n)) for tour, n in zip(tours, numbers[:size], strict=True) if n),
        covered,
        np.maximum(0, needed - covered),
    )


def tours_of(menu: Menu, weekday: int, slots: int, interval: float) -> Iterator[Tour]:
    """All ways to work the shifts of a weekday. slots: intervals (seconds) of the day."""
    for name, shift in menu.shifts.items():
        if weekday in weekdays(shift.days):
            first = time_of_day(shift.start)
            last = first if shift.latest_start is None else time_of_day(shift.latest_start)
            for begin in range(_places(first, interval), _places(last, interval) + 1):
                yield from _tours(name, shift, begin, slots, interval)


def _tours(name: str, shift: ShiftKind, begin: int, slots: int, interval: float) -> Iterator[Tour]:
    end = begin + _places(shift.length, interval)
    unpaid = sum(one.length for one in shift.breaks if not one.paid)
    hours = (shift.length - unpaid) / 3600.0
    ways = [list(_places_of(one, begin, interval)) for one in shift.breaks]
    for breaks in product(*ways):
        if all(one[1] <= other[0] for one, other in pairwise(breaks)):
            there = np.zeros(slots)
            there[begin:end] = 1.0
            for pause in breaks:
                there[slice(*pause)] = 0.0
            yield Tour(name, begin, end, breaks, there, hours, hours * shift.price)


def _places_of(one: Break, begin: int, interval: float) -> Iterator[tuple[int, int]]:
    length = _places(one.length, interval)
    latest = one.after if one.latest is None else one.latest
    for after in range(_places(one.after, interval), _places(latest, interval) + 1):
        yield begin + after, begin + after + length


def _places(seconds: float, interval: float) -> int:
    return round(seconds / interval)
