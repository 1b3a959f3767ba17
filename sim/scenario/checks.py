"""What no single field can see: that the parts of a scenario fit together.

Each check yields findings: the place, a sentence with what was found, what is allowed and the cure,
and whether it is an error or a warning.
"""

from collections.abc import Iterable, Iterator, Mapping

from sim.errors import Severity, meant, quoted
from sim.scenario.centre import Team
from sim.scenario.demand import Profile, Reason, Volume
from sim.scenario.routes import problems_of, routes_of
from sim.scenario.scenario import Scenario
from sim.scenario.varied import OutsideError, found_at, range_of
from sim.units import DAY, WEEKDAYS, time_of_day, weekdays

Path = tuple[str | int, ...]
Finding = tuple[Path, str, Severity]

LONGEST_RUN = 4000
"""Days, warm-up included."""
MOST_STREAMS = 500
MOST_A_DAY = 8
"""Times that an incident can happen on one day."""
MOST_ISSUES = 5_000_000
"""Of one reason on one day."""
QUARTER = 900.0


def checks(scenario: Scenario) -> list[Finding]:
    """Everything that does not fit together in a scenario."""
    parts = (_time, _people, _reasons, _incidents, _queues, _teams, _outreach, _assumptions)
    return [finding for part in parts for finding in part(scenario)]


def _unknown(path: Path, noun: str, name: str, known: Iterable[str]) -> Iterator[Finding]:
    """A name that refers to nothing."""
    names = list(known)
    if name not in names:
        guess = meant(name, names)
        hint = f"; did you mean {quoted(guess)}?" if guess else ""
        there = f"the {noun}s are: {', '.join(names)}" if names else f"the file names no {noun}s"
        yield path, f"no {noun} {quoted(name)}{hint}; {there}", "error"


def _whole_days(path: Path, seconds: float, least: int) -> Iterator[Finding]:
    if seconds % DAY or not least * DAY <= seconds <= LONGEST_RUN * DAY:
        yield path, f"must be a whole number of days, from {least} to {LONGEST_RUN}", "error"


def _time(scenario: Scenario) -> Iterator[Finding]:
    yield from _whole_days(("horizon",), scenario.horizon, 1)
    if scenario.warm_up is not None:
        yield from _whole_days(("warm_up",), scenario.warm_up, 0)
    yield from _target(("service_level",), scenario.service_level.within)
    if scenario.centre.opening is not None:
        yield from _days(("centre", "opening"), scenario.centre.opening)


def _target(path: Path, within: float) -> Iterator[Finding]:
    if within == 0.0:
        yield (
            (*path, "within"),
            'a service level within 0 s counts only those who do not wait at all; is "20 s" meant?',
            "warning",
        )


def _days(path: Path, groups: Mapping[str, object]) -> Iterator[Finding]:
    """Two entries of the same length that name the same day leave open which is meant."""
    owner: dict[tuple[int, int], str] = {}
    for name in groups:
        for day in weekdays(name):
            other = owner.setdefault((day, len(weekdays(name))), name)
            if other != name:
                yield (
                    (*path, name),
                    f"{WEEKDAYS[day]} also stands in {quoted(other)}; name each day once "
                    "(a single day goes before a group)",
                    "error",
                )
                break


def _people(scenario: Scenario) -> Iterator[Finding]:
    for name, segment in scenario.segments.items():
        churn = segment.base_churn if segment.valuation_churn is None else segment.valuation_churn
        if segment.yearly_margin > 0 and churn == 0 and scenario.discount_rate == 0:
            yield (
                ("segments", name, "yearly_margin"),
                "a customer who never leaves, with money that is not discounted, is worth "
                "infinitely much; give `base_churn` or `valuation_churn`, or a `discount_rate`",
                "error",
            )
    for key in ("loyalty", "recovery", "word_of_mouth"):
        if getattr(scenario, key) is not None and not scenario.segments:
            yield (key,), "needs customers who can leave; add a table `segments`", "error"
    for key in ("recovery", "word_of_mouth"):
        if getattr(scenario, key) is not None and scenario.loyalty is None:
            yield (key,), "needs a table `loyalty`, which says what makes customers leave", "error"


def _reasons(scenario: Scenario) -> Iterator[Finding]:
    streams = 0
    for name, reason in scenario.reasons.items():
        place: Path = ("reasons", name)
        streams += len(reason.segments or scenario.segments) or 1
        yield from _where_to(scenario, place, reason)
        yield from _volume(scenario, place, reason)
        for segment in reason.segments or ():
            yield from _unknown((*place, "segments"), "segment", segment, scenario.segments)
        if reason.beyond is None and reason.authority < 1:
            yield (
                (*place, "authority"),
                "cases beyond authority are refused, since `beyond` does not say where to pass "
                "them on",
                "warning",
            )
    for name, profile in scenario.profiles.items():
        yield from _profile(("profiles", name), profile)
    incidents = len(scenario.incidents) + len(scenario.notices)
    if streams + incidents * len(scenario.segments) > MOST_STREAMS:
        yield ("reasons",), f"reasons x segments must not exceed {MOST_STREAMS}", "error"


def _where_to(scenario: Scenario, place: Path, reason: Reason) -> Iterator[Finding]:
    queues = scenario.queues
    if reason.queue is None and len(queues) > 1:
        yield (
            (*place, "queue"),
            f"is missing; with several queues each reason names its own: {', '.join(queues)}",
            "error",
        )
    targets = [("queue",), ("misrouted", "to"), ("beyond", "to")]
    names = [
        reason.queue,
        reason.misrouted.to if reason.misrouted else None,
        reason.beyond.to if reason.beyond else None,
    ]
    for key, queue in zip(targets, names, strict=True):
        if queue is not None:
            yield from _unknown((*place, *key), "queue", queue, queues)


def _volume(scenario: Scenario, place: Path, reason: Reason) -> Iterator[Finding]:
    volume, path = reason.volume, (*place, "volume")
    issues = _issues_of_a_day(scenario, volume)
    if issues > MOST_ISSUES:
        yield (
            path,
            f"means some {issues:,.0f} issues a day; at most {MOST_ISSUES:,} can be simulated",
            "error",
        )
    if volume.per_customer_year is not None:
        if not scenario.segments:
            yield (
                (*path, "per_customer_year"),
                "needs customers; add a table `segments`, or give the volume `per_week`",
                "error",
            )
        if isinstance(volume.per_customer_year, dict):
            for segment in volume.per_customer_year:
                yield from _unknown(
                    (*path, "per_customer_year", segment), "segment", segment, scenario.segments
                )
    if reason.profile is not None:
        yield from _unknown((*place, "profile"), "profile", reason.profile, scenario.profiles)
        for way in ("per_hour", "table"):
            if getattr(volume, way) is not None:
                yield (
                    (*place, "profile"),
                    f"a volume given by `{way}` has its own shape; remove `profile`",
                    "error",
                )
    for row, calls in enumerate(volume.table or ()):
        if time_of_day(calls.start) % volume.interval:
            yield (
                (*path, "table", row, "start"),
                f"found {quoted(calls.start)}; the intervals begin at multiples of "
                f"{volume.interval / 60:.0f} minutes",
                "error",
            )
        if calls.date is not None and scenario.start is None:
            yield (
                (*path, "table", row, "date"),
                "a table with dates needs the `start` of the scenario; or use weekdays",
                "error",
            )


def _issues_of_a_day(scenario: Scenario, volume: Volume) -> float:
    """Issues of a busy day, roughly: a fifth of a week's, or a table's busiest day."""
    if volume.table is not None:
        days: dict[str | None, float] = {}
        for row in volume.table:
            day = row.weekday or row.date
            days[day] = days.get(day, 0.0) + row.calls
        return max(days.values(), default=0.0) * (volume.issues_per_call or 1.0)
    if volume.per_week is not None:
        return volume.per_week / 5
    if volume.per_hour is not None:
        return volume.per_hour * 24
    rates = volume.per_customer_year
    customers = {name: segment.customers for name, segment in scenario.segments.items()}
    if isinstance(rates, dict):
        return sum(rate * customers.get(name, 0) for name, rate in rates.items()) / 260
    return (rates or 0.0) * sum(customers.values()) / 260


def _profile(place: Path, profile: Profile) -> Iterator[Finding]:
    yield from _days((*place, "days"), profile.days)
    yield from _days((*place, "shapes"), profile.shapes)
    if not any(profile.days.values()):
        yield (*place, "days"), "at least one day needs a weight above 0", "error"
    shaped = {day for name in profile.shapes for day in weekdays(name)}
    for name, weight in profile.days.items():
        without = [WEEKDAYS[day] for day in weekdays(name) if day not in shaped]
        if weight and without:
            yield (
                (*place, "days", name),
                f"no entry of `shapes` covers {', '.join(without)}; add one, such as "
                'all = { start = "08:00", weights = [1, 2, 1] }',
                "error",
            )
    for name, shape in profile.shapes.items():
        yield from _within_day(
            (*place, "shapes", name), shape.start, len(shape.weights), profile.interval
        )
        if not any(shape.weights):
            yield (*place, "shapes", name, "weights"), "one weight must be above 0", "error"


def _within_day(place: Path, start: str, number: int, interval: float) -> Iterator[Finding]:
    begin = time_of_day(start)
    if begin % QUARTER:
        yield (*place, "start"), f"found {quoted(start)}; allowed are full quarters", "error"
    if begin + number * interval > DAY:
        most = int((DAY - begin) // interval)
        yield (
            place,
            f"{number} intervals from {start} run past midnight; at most {most} fit, and the rest "
            "belongs to the next day",
            "error",
        )


def _incidents(scenario: Scenario) -> Iterator[Finding]:
    for name, incident in scenario.incidents.items():
        place: Path = ("incidents", name)
        yield from _unknown((*place, "reason"), "reason", incident.reason, scenario.reasons)
        for segment in incident.hits:
            yield from _unknown((*place, "hits", segment), "segment", segment, scenario.segments)
        days = [moment.day for moment in incident.at or ()]
        crowded = sorted({day for day in days if days.count(day) > MOST_A_DAY})
        if crowded:
            yield (
                (*place, "at"),
                f"more than {MOST_A_DAY} times on day {crowded[0]}; name a second incident for the "
                "others",
                "error",
            )


def _queues(scenario: Scenario) -> Iterator[Finding]:
    staffed = {name for name, team in scenario.teams.items() if _has_agents(team)}
    for name, queue in scenario.queues.items():
        place: Path = ("queues", name)
        if queue.opening is not None:
            yield from _days((*place, "opening"), queue.opening)
        if queue.target is not None:
            yield from _target((*place, "target"), queue.target.within)
        for index, route in enumerate(queue.routes or ()):
            path = (*place, "routes", index, "team")
            yield from _unknown(path, "team", route.team, scenario.teams)
        routes = routes_of(scenario, queue)
        if all(route.team in scenario.teams for route in routes):
            where: Path = (*place, "routes") if queue.routes else place
            for below, message in problems_of(routes, staffed):
                yield (*where, *below), message, "error"


def _has_agents(team: Team) -> bool:
    if team.staffing is None:
        return bool(team.agents and team.scale)
    return team.scale > 0 and any(any(shift.agents) for shift in team.staffing.days.values())


def _teams(scenario: Scenario) -> Iterator[Finding]:
    for name, team in scenario.teams.items():
        place: Path = ("teams", name)
        if team.staffing is not None:
            days = (*place, "staffing", "days")
            yield from _days(days, team.staffing.days)
            for day, shift in team.staffing.days.items():
                yield from _within_day(
                    (*days, day), shift.start, len(shift.agents), team.staffing.interval
                )
        for key, values in (
            (("factors", "handle"), team.factors.handle),
            (("factors", "fcr"), team.factors.fcr),
            (("authority",), team.authority),
        ):
            for reason in values if isinstance(values, dict) else ():
                yield from _unknown((*place, *key, reason), "reason", reason, scenario.reasons)
        for kind in ("malus", "bonus") if team.contract else ():
            promise = getattr(team.contract, kind)
            for queue in promise.queues if promise else ():
                path = (*place, "contract", kind, "queues")
                yield from _unknown(path, "queue", queue, scenario.queues or ["calls"])
        if team.transfers and not any(reason.misrouted for reason in scenario.reasons.values()):
            yield (
                (*place, "transfers"),
                "no reason says where its misrouted contacts go (`misrouted`)",
                "error",
            )
        used = {route.team for queue in scenario.queues.values() for route in queue.routes or ()}
        if scenario.queues and name not in used and all(q.routes for q in scenario.queues.values()):
            yield place, "no queue has a route to this team; it is paid and never works", "warning"


def _outreach(scenario: Scenario) -> Iterator[Finding]:
    noticed: dict[str, str] = {}
    for name, notice in scenario.notices.items():
        place = ("notices", name, "incident")
        yield from _unknown(place, "incident", notice.incident, scenario.incidents)
        other = noticed.setdefault(notice.incident, name)
        if other != name:
            yield place, f"has a notice already, {quoted(other)}; an incident has one", "error"
    for name, fix in scenario.fixes.items():
        yield from _unknown(("fixes", name, "reason"), "reason", fix.reason, scenario.reasons)
    recovery = scenario.recovery
    if recovery is not None and recovery.deadline < recovery.window:
        yield ("recovery", "deadline"), "must not come before the `window` ends", "error"


def _assumptions(scenario: Scenario) -> Iterator[Finding]:
    for path, assumed in scenario.assumptions.items():
        place: Path = tuple(path.split("."))
        try:
            value, _ = found_at(scenario, place)
        except KeyError:
            value = None
        if value is None:
            yield (
                ("assumptions", path),
                "no such place in the scenario; write a path such as "
                '"loyalty.base" or "segments.consumer.yearly_margin"',
                "error",
            )
        elif assumed.between is not None:
            try:
                range_of(scenario, place, assumed.between)
            except ValueError as error:
                severity: Severity = "warning" if isinstance(error, OutsideError) else "error"
                yield ("assumptions", path, "between"), str(error), severity
