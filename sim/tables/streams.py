"""Volumes and profiles in numbers: how many issues each day expects, and when."""

import datetime
from collections.abc import Mapping

import numpy as np

from sim.rules.draws import origin_of
from sim.scenario.demand import Calls, Profile, Reason, Volume
from sim.scenario.scenario import Scenario
from sim.tables.calendar import by_weekday, weekday_of
from sim.tables.laws import LawTable
from sim.tables.queues import queues_in
from sim.tables.tables import Floats, Streams
from sim.tables.words import Words, segments_of_reason, stream_name
from sim.terms import YEAR_DAYS, Calendar
from sim.units import WEEKDAYS, opening, time_of_day

QUARTER = 900.0
QUARTERS = 96


class Shapes:
    """Shapes of a day, each stored once."""

    def __init__(self) -> None:
        self._rows: dict[bytes, int] = {}
        self._shapes: list[Floats] = []

    def index(self, weights: Floats) -> int:
        """The index of a shape with these 96 weights (any scale, not all zero)."""
        cumulative = np.concatenate([[0.0], np.cumsum(weights)])
        cumulative /= cumulative[-1]
        key = cumulative.tobytes()
        if key not in self._rows:
            self._rows[key] = len(self._shapes)
            self._shapes.append(cumulative)
        return self._rows[key]

    def array(self) -> Floats:
        """All shapes: rows of 97 numbers that rise from 0 to 1."""
        return np.array(self._shapes)


def streams_of(scenario: Scenario, words: Words, laws: LawTable, calendar: Calendar) -> Streams:
    """Every stream of issues: one for each reason and each segment that has it."""
    shapes = Shapes()
    flat = shapes.index(np.ones(QUARTERS))
    names, reasons, segments = [], [], []
    volumes, shape_rows = [], []
    for reason_index, (name, reason) in enumerate(scenario.reasons.items()):
        day_weights = [_weights(scenario, reason, calendar, day) for day in range(calendar.days)]
        fixes = _fixes(scenario, name, calendar)
        shape_row = [shapes.index(weights) if weights.any() else flat for weights in day_weights]
        for segment in segments_of_reason(scenario, name):
            share = _per_day(scenario, reason, segment, calendar, day_weights)
            names.append(stream_name(name, segment))
            reasons.append(reason_index)
            segments.append(-1 if segment is None else words.segments.index(segment))
            volumes.append(share * fixes)
            shape_rows.append(shape_row)
    busyness = scenario.busyness
    return Streams(
        keys=np.array([origin_of(name) for name in names], dtype=np.int64),
        origin=np.array([words.origins.index(name) for name in names], dtype=np.int64),
        reason=np.array(reasons, dtype=np.int64),
        segment=np.array(segments, dtype=np.int64),
        volume=np.array(volumes),
        shape=np.array(shape_rows, dtype=np.int64),
        shapes=shapes.array(),
        busyness=laws.gamma(1.0, busyness.cv**-2) if busyness and busyness.cv > 0 else -1,
        correlation=busyness.correlation if busyness else 0.0,
    )


def _weights(scenario: Scenario, reason: Reason, calendar: Calendar, day: int) -> Floats:
    """Expected volume of a day's 96 quarters of an hour: calls of a table, or weights of which a
    week's sum to 1."""
    if reason.volume.table is not None:
        return _from_table(reason.volume.table, reason.volume.interval, calendar, day)
    if reason.profile is not None:
        return _from_profile(scenario.profiles[reason.profile], weekday_of(calendar, day))
    return _from_hours(scenario, reason, weekday_of(calendar, day))


def _from_table(rows: list[Calls], interval: float, calendar: Calendar, day: int) -> Floats:
    quarters = round(interval / QUARTER)
    weekday = WEEKDAYS[weekday_of(calendar, day)]
    date = None
    if calendar.start is not None:
        first = datetime.date.fromisoformat(calendar.start)
        date = (first + datetime.timedelta(days=day - calendar.warm_days)).isoformat()
    weights = np.zeros(QUARTERS)
    for row in rows:
        if row.weekday == weekday or (row.date is not None and row.date == date):
            first_quarter = round(time_of_day(row.start) / QUARTER)
            weights[first_quarter : first_quarter + quarters] += row.calls / quarters
    return weights


def _from_profile(profile: Profile, weekday: int) -> Floats:
    days = [weight or 0.0 for weight in by_weekday(profile.days)]
    shape = by_weekday(profile.shapes)[weekday]
    weights = np.zeros(QUARTERS)
    if shape is None or days[weekday] == 0.0:
        return weights
    quarters = round(profile.interval / QUARTER)
    first = round(time_of_day(shape.start) / QUARTER)
    spread = np.repeat(shape.weights, quarters)
    weights[first : first + len(spread)] = spread / spread.sum()
    shared: Floats = weights * days[weekday] / sum(days)
    return shared


def _from_hours(scenario: Scenario, reason: Reason, weekday: int) -> Floats:
    """Evenly over the hours in which the reason's queue is open, as shares of a week."""
    hours = _hours(scenario, reason)
    share: Floats = _open_seconds(hours, weekday) / _week(hours)
    return share


def _hours(scenario: Scenario, reason: Reason) -> Mapping[str, str] | None:
    queues = queues_in(scenario)
    queue = queues[reason.queue] if reason.queue else next(iter(queues.values()))
    return scenario.centre.opening if queue.opening is None else queue.opening


def _open_seconds(hours: Mapping[str, str] | None, weekday: int) -> Floats:
    """Seconds in which a queue is open, by quarter of an hour of a weekday."""
    text = "00:00-24:00" if hours is None else by_weekday(hours)[weekday]
    if text is None:
        return np.zeros(QUARTERS)
    opens, closes = opening(text)
    starts = np.arange(QUARTERS) * QUARTER
    overlap = np.minimum(closes, starts + QUARTER) - np.maximum(opens, starts)
    seconds: Floats = np.clip(overlap, 0.0, QUARTER)
    return seconds


def _week(hours: Mapping[str, str] | None) -> float:
    """Seconds of a week in which a queue is open."""
    return sum(float(_open_seconds(hours, weekday).sum()) for weekday in range(7))


def _per_day(
    scenario: Scenario,
    reason: Reason,
    segment: str | None,
    calendar: Calendar,
    day_weights: list[Floats],
) -> Floats:
    """Expected issues of each simulated day in this segment, before fixes."""
    volume = reason.volume
    totals = np.array([weights.sum() for weights in day_weights])
    share = _share_of_segment(scenario, reason, segment)
    if volume.table is not None:
        return totals * (volume.issues_per_call or 1.0) * share
    return totals * _per_week(scenario, reason, segment, volume) * share


def _per_week(scenario: Scenario, reason: Reason, segment: str | None, volume: Volume) -> float:
    if volume.per_week is not None:
        return volume.per_week
    if volume.per_hour is not None:
        return volume.per_hour * _week(_hours(scenario, reason)) / 3600.0
    rates = volume.per_customer_year
    assert segment is not None, "a check refuses volumes per customer without segments"
    assert rates is not None
    rate = rates.get(segment, 0.0) if isinstance(rates, Mapping) else rates
    return rate * scenario.segments[segment].customers * 7 / YEAR_DAYS


def _share_of_segment(scenario: Scenario, reason: Reason, segment: str | None) -> float:
    """A volume that is not said per customer falls on segments by their numbers of customers."""
    if segment is None or reason.volume.per_customer_year is not None:
        return 1.0
    chosen = scenario.segments if reason.segments is None else reason.segments
    return scenario.segments[segment].customers / sum(
        scenario.segments[name].customers for name in chosen
    )


def _fixes(scenario: Scenario, reason: str, calendar: Calendar) -> Floats:
    factors = np.ones(calendar.days)
    for fix in scenario.fixes.values():
        if fix.reason == reason:
            factors[max(0, calendar.warm_days + fix.from_day) :] *= fix.factor
    return factors
