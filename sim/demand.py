"""Who has which issue when: a day at a time, the same for every strategy (MODEL.md sections 2, 11).

Demand knows nothing of what the centre does. Whether a customer is still there when an issue
falls on it is for the engine to see.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sim.codes import (
    BASE_LEAVES,
    BUSYNESS,
    BUSYNESS_BEFORE,
    FALSE_ALARM,
    FALSE_RECIPIENT,
    HIT,
    INCIDENT,
    JOINS,
    LEVEL,
    MESSAGE,
    MESSAGE_SENT,
)
from sim.jit import rule
from sim.logs import ARISING, SENDING, Rows
from sim.rules.busyness import next_score
from sim.rules.distributions import gamma_at_score, inverse, normal_quantile
from sim.rules.draws import block, uniform
from sim.rules.order import EARLIEST_DAY, ORDINAL_BITS, identity, on_clock
from sim.rules.outreach import sent_at
from sim.tables.tables import Floats, Ints, Tables
from sim.terms import DAY

QUARTER = 900.0
HINTS = 256
CUSTOMER_BITS = 22
"""Customers of a segment have local numbers below 2**22; what an incident does to one of them is
named by (number of the incident on its day) * 2**22 + local number."""
MOST_A_DAY = 2 ** (ORDINAL_BITS - CUSTOMER_BITS)
"""So often can an incident happen on one day; what chance would add to it is left out."""


@dataclass(frozen=True)
class Customers:
    """Everybody who is a customer at some time of a run, segment after segment."""

    segment: Ints
    joined: Floats
    """When, seconds; 0 for the initial base."""
    leaves: Floats
    """When they leave for reasons other than service; infinity if not within the run."""
    first: Ints
    """Index of each segment's first customer, and at the end the number of customers."""

    @cached_property
    def joining(self) -> tuple[Floats, Ints]:
        """Moments, rising, and customers who join then."""
        return _by_time(self.joined, self.joined > 0.0)

    @cached_property
    def leaving(self) -> tuple[Floats, Ints]:
        """Moments, rising, and customers who would leave of themselves then."""
        return _by_time(self.leaves, self.leaves < np.inf)


@dataclass(frozen=True)
class Demand:
    """What one replication's customers bring."""

    tables: Tables
    seed: int
    replication: int
    customers: Customers
    busyness: Floats
    """The factor on the volumes of each simulated day."""
    incident_issues: Rows
    """Of the whole run (`logs.ARISING`), in the order of time and identity."""
    messages: Rows
    """Of the whole run (`logs.SENDING`), in the order of time and identity."""

    def issues_of(self, day: int) -> Rows:
        """The issues that arise on a simulated day (`logs.ARISING`), in the order of time and
        identity."""
        own, more = _issues_by_themselves(self, day), _within(self.incident_issues, day)
        return in_order_of_day(joined([own, more]) if len(more) else own, day)

    def messages_of(self, day: int) -> Rows:
        """The messages due on a simulated day (`logs.SENDING`), in the order of sending."""
        return _within(self.messages, day)


def demand_of(tables: Tables, seed: int, replication: int) -> Demand:
    """Everything about one replication's customers that does not depend on what is done."""
    customers = _customers(tables, seed, replication)
    issues, messages = _incidents(tables, seed, replication, customers)
    return Demand(
        tables=tables,
        seed=seed,
        replication=replication,
        customers=customers,
        busyness=_busyness(tables, seed, replication),
        incident_issues=in_order(issues),
        messages=in_order(messages),
    )


def in_order(rows: Rows) -> Rows:
    """Rows sorted by time, then by issue identity."""
    times = np.ascontiguousarray(rows["time"])
    order = np.argsort(times)
    if (times[order[1:]] == times[order[:-1]]).any():
        order = np.lexsort((identities(rows), times))
    ordered: Rows = _bare(rows)[order].view(rows.dtype)
    return ordered


def in_order_of_day(rows: Rows, day: int) -> Rows:
    """The same for rows whose times lie within a simulated day, or so near that there are few
    outside it."""
    return _spread_and_sorted(rows, day * DAY)


@rule(makes_arrays=True)
def _spread_and_sorted(rows: Rows, midnight: float) -> Rows:
    """Sorts by time and identity: first into so many equal parts of the day that few share one
    (Isaac and Singleton 1956, Sorting by address calculation), then within these by insertion."""
    count, parts = len(rows), 2 * len(rows) + 1
    time, day, origin, ordinal = rows["time"], rows["day"], rows["origin"], rows["ordinal"]
    part, begins = np.empty(count, dtype=np.int32), np.zeros(parts, dtype=np.int32)
    for i in range(count):
        part[i] = min(max(int((time[i] - midnight) * (parts / DAY)), 0), parts - 1)
        begins[part[i]] += 1
    end = 0
    for j in range(parts):
        end += begins[j]
        begins[j] = end
    times, order = np.empty(count), np.empty(count, dtype=np.int32)
    for i in range(count - 1, -1, -1):
        begins[part[i]] -= 1
        place = begins[part[i]]
        times[place] = time[i]
        order[place] = i
    for i in range(1, count):
        moment, row, place = times[i], order[i], i
        name = identity(day[row], origin[row], ordinal[row])
        while place > 0 and times[place - 1] >= moment:
            other = order[place - 1]
            if times[place - 1] == moment and name > identity(
                day[other], origin[other], ordinal[other]
            ):
                break
            times[place] = times[place - 1]
            order[place] = other
            place -= 1
        times[place] = moment
        order[place] = row
    ordered = np.empty_like(rows)
    for i in range(count):
        ordered[i] = rows[order[i]]
    return ordered


def joined(batches: Sequence[Rows]) -> Rows:
    """Batches of like rows, one after another."""
    rows: Rows = np.concatenate([_bare(batch) for batch in batches]).view(batches[0].dtype)
    return rows


def _bare(rows: Rows) -> Rows:
    """The same rows without their fields: NumPy moves these many times as fast."""
    return np.ascontiguousarray(rows).view(np.dtype((np.void, rows.dtype.itemsize)))


@rule(makes_arrays=True)
def identities(rows: Rows) -> Ints:
    """The identity of the issue that each row names."""
    names = np.empty(len(rows), dtype=np.int64)
    day, origin, ordinal = rows["day"], rows["origin"], rows["ordinal"]
    for i in range(len(rows)):
        names[i] = identity(day[i], origin[i], ordinal[i])
    return names


def _within(rows: Rows, day: int) -> Rows:
    begin, end = np.searchsorted(rows["time"], (day * DAY, (day + 1) * DAY))
    return rows[begin:end]


# ------------------------------------------------------------------------------ customers


def _customers(tables: Tables, seed: int, replication: int) -> Customers:
    people, horizon = tables.people, tables.terms.calendar.horizon
    joined, leaves = [np.empty(0)], [np.empty(0)]
    sizes = []
    for segment, initial in enumerate(people.initial.tolist()):
        key = int(people.keys[segment])
        arrivals = _joining(seed, replication, key, people.join_rate[segment], horizon)
        since = np.concatenate([np.zeros(initial), _on_clock(arrivals, tables.grain)])
        joined.append(since)
        leaves.append(_leaving(seed, replication, key, people.leave_rate[segment], since))
        sizes.append(len(since))
    times = np.concatenate(leaves)
    within = times < horizon
    times = np.where(within, _on_clock(np.where(within, times, 0.0), tables.grain), np.inf)
    return Customers(
        segment=np.repeat(np.arange(len(sizes)), sizes),
        joined=np.concatenate(joined),
        leaves=times,
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


@rule(makes_arrays=True)
def _joining(seed: int, replication: int, key: int, rate: float, horizon: float) -> Floats:
    """The moments of a Poisson process of joiners."""
    moments = [0.0 for _ in range(0)]
    if rate > 0.0:
        moment = 0.0
        while True:
            u = uniform(seed, replication, key, 0, len(moments), 0, 0, JOINS)
            moment -= math.log(u) / rate
            if moment >= horizon:
                break
            moments.append(moment)
    return np.array(moments, dtype=np.float64)


@rule(makes_arrays=True)
def _leaving(seed: int, replication: int, key: int, rate: float, since: Floats) -> Floats:
    """When each customer leaves at a constant rate after joining."""
    leaves = np.full(len(since), np.inf)
    if rate > 0.0:
        for customer in range(len(since)):
            u = uniform(seed, replication, key, 0, customer, 0, 0, BASE_LEAVES)
            leaves[customer] = since[customer] - math.log(u) / rate
    return leaves


def _by_time(moments: Floats, chosen: npt.NDArray[np.bool_]) -> tuple[Floats, Ints]:
    who = np.flatnonzero(chosen)
    who = who[np.argsort(moments[who], kind="stable")]
    return moments[who], who


# -------------------------------------------------------------------------------- busyness


def _busyness(tables: Tables, seed: int, replication: int) -> Floats:
    streams, calendar = tables.streams, tables.terms.calendar
    if streams.busyness < 0:
        return np.ones(calendar.days)
    return _busyness_of_days(
        tables.laws,
        tables.knots,
        streams.busyness,
        streams.correlation,
        seed,
        replication,
        tables.busyness_key,
        -calendar.warm_days,
        calendar.counted_days,
    )


@rule(makes_arrays=True)
def _busyness_of_days(
    laws: Floats,
    knots: Floats,
    law: int,
    correlation: float,
    seed: int,
    replication: int,
    key: int,
    first: int,
    end: int,
) -> Floats:
    """The factors of the days from `first` to before `end`, counted from the first counted day: a
    Gaussian AR(1) under gamma margins (Cario and Nelson 1996, Autoregressive to anything).

    Every date has an innovation of its own. The series begins in its stationary state before the
    earliest day that a run can have, so that a date's factor does not depend on the warm-up.
    """
    factors = np.empty(end - first)
    start = EARLIEST_DAY if correlation != 0.0 else first
    u = uniform(seed, replication, key, EARLIEST_DAY, 0, 0, 0, BUSYNESS_BEFORE)
    score = normal_quantile(u)
    for date in range(start, end):
        u = uniform(seed, replication, key, date, 0, 0, 0, BUSYNESS)
        score = next_score(score, correlation, normal_quantile(u))
        if date >= first:
            factors[date - first] = gamma_at_score(laws, knots, law, score)
    return factors


# ------------------------------------------------------------- issues that arise by themselves


def _issues_by_themselves(demand: Demand, day: int) -> Rows:
    tables, streams, customers = demand.tables, demand.tables.streams, demand.customers
    calendar = tables.terms.calendar
    date = day - calendar.warm_days
    volumes = streams.volume[:, day] * demand.busyness[day] * _growth(tables, customers)
    rows = np.empty(_enough_for(float(volumes.sum())), dtype=ARISING)
    hints = np.empty(HINTS, dtype=np.int64)
    end = 0
    for stream, segment in enumerate(streams.segment.tolist()):
        first, size = 0, 0
        if segment >= 0:
            first = int(customers.first[segment])
            size = int(customers.first[segment + 1]) - first
        reason = int(streams.reason[stream])
        begin, end = end, -1
        while end < 0:
            end = _arise(
                rows,
                begin,
                demand.seed,
                demand.replication,
                int(streams.keys[stream]),
                date,
                day * DAY,
                float(volumes[stream]),
                streams.shapes[streams.shape[stream, day]],
                hints,
                int(streams.origin[stream]),
                first,
                size,
                segment,
                reason,
                int(tables.reasons.why[reason]),
                tables.grain,
            )
            if end < 0:
                rows = joined([rows, np.empty_like(rows)])
    return rows[:end]


def _growth(tables: Tables, customers: Customers) -> Floats:
    """For each stream, how many times the initial base its candidates are drawn for: everybody who
    is a customer at some time."""
    growth = np.ones(len(tables.streams.segment))
    of_segment = np.diff(customers.first) / np.maximum(tables.people.initial, 1)
    has_customers = tables.streams.segment >= 0
    growth[has_customers] = of_segment[tables.streams.segment[has_customers]]
    return growth


def _enough_for(expected: float) -> int:
    """Room for a Poisson number of this mean; in one case of some hundred million too little."""
    return int(expected + 6.0 * math.sqrt(expected)) + 64


@rule
def _arise(
    rows: Rows,
    begin: int,
    seed: int,
    replication: int,
    key: int,
    date: int,
    midnight: float,
    volume: float,
    shape: Floats,
    hints: Ints,
    origin: int,
    first: int,
    size: int,
    segment: int,
    reason: int,
    why: int,
    grain: float,
) -> int:
    """Writes one stream's issues of a day into `rows` from index `begin` on; returns the index
    after the last, or -1 if there is no room for them.

    Candidate k happens if its level, a running sum of k + 1 unit exponentials, is below the day's
    volume: a Poisson number in which more volume only adds issues. `first` and `size` are of the
    segment's customers; without segments nobody is named.
    """
    _hint(hints, shape)
    level, place = 0.0, begin
    while True:
        ordinal = place - begin
        u, moment, customer, _ = block(seed, replication, key, date, ordinal, 0, 0, LEVEL // 4)
        level -= math.log(u)
        if level >= volume:
            return place
        if place >= len(rows):
            return -1
        row = rows[place]
        row["day"] = date
        row["origin"] = origin
        row["ordinal"] = ordinal
        row["customer"] = first + min(int(customer * size), size - 1) if segment >= 0 else -1
        row["segment"] = segment
        row["reason"] = reason
        row["why"] = why
        row["time"] = on_clock(midnight + moment_of_day(shape, hints, moment), grain)
        row["told"] = math.inf
        place += 1


@rule
def _hint(hints: Ints, shape: Floats) -> None:
    """Writes for each of the equal parts of [0, 1], as many as there are hints, the last quarter of
    an hour by whose beginning no more than that share of the day's issues has arisen."""
    low = 0
    for part in range(len(hints)):
        while shape[low + 1] <= part / len(hints):
            low += 1
        hints[part] = low


@rule
def moment_of_day(shape: Floats, hints: Ints, u: float) -> float:
    """The second of the day at which a share `u` of its issues has arisen.

    `shape` holds 97 cumulative shares, one at each quarter of an hour; `hints` say where in it to
    begin to look.
    """
    low = hints[int(u * len(hints))]
    while shape[low + 1] <= u:
        low += 1
    return QUARTER * float(low + (u - shape[low]) / (shape[low + 1] - shape[low]))


@rule(makes_arrays=True)
def _on_clock(times: Floats, grain: float) -> Floats:
    ticks = np.empty(len(times))
    for i in range(len(times)):
        ticks[i] = on_clock(times[i], grain)
    return ticks


# ------------------------------------------------------------------- incidents and their notices


def _incidents(
    tables: Tables, seed: int, replication: int, customers: Customers
) -> tuple[Rows, Rows]:
    issues, messages = [np.empty(0, dtype=ARISING)], [np.empty(0, dtype=SENDING)]
    for incident in range(len(tables.incidents.keys)):
        for when, number in occurrences_of(tables, seed, replication, incident):
            hit, sent = _hits(tables, seed, replication, customers, incident, when, number)
            issues.extend(hit)
            messages.append(sent)
    return np.concatenate(issues), np.concatenate(messages)


def occurrences_of(
    tables: Tables, seed: int, replication: int, incident: int
) -> Iterator[tuple[float, int]]:
    """When an incident happens in a run, and which of its day's occurrences it is, from 0."""
    for day in range(tables.terms.calendar.days):
        for number, when in enumerate(_occurrences(tables, seed, replication, incident, day)):
            yield when, number


def _occurrences(
    tables: Tables, seed: int, replication: int, incident: int, day: int
) -> list[float]:
    """When an incident happens on a simulated day: as said, or at random."""
    incidents = tables.incidents
    said = [t for t in incidents.at[incident].tolist() if day * DAY <= t < (day + 1) * DAY]
    rate = float(incidents.per_day[incident])
    if said or rate <= 0.0:
        return said
    date = day - tables.terms.calendar.warm_days
    times = np.empty(MOST_A_DAY)
    found = _random_moments(times, seed, replication, int(incidents.keys[incident]), date, rate)
    return [day * DAY + second for second in sorted(times[:found].tolist())]


@rule
def _random_moments(
    times: Floats, seed: int, replication: int, key: int, date: int, rate: float
) -> int:
    """Fills in the seconds of the day at which something happens, in no order; returns how often
    it does."""
    level = 0.0
    for number in range(len(times)):
        u, moment, _, _ = block(seed, replication, key, date, number, 0, 0, LEVEL // 4)
        level -= math.log(u)
        if level >= rate:
            return number
        times[number] = moment * DAY
    return len(times)


def _hits(
    tables: Tables,
    seed: int,
    replication: int,
    customers: Customers,
    incident: int,
    when: float,
    number: int,
) -> tuple[list[Rows], Rows]:
    """The issues of one occurrence, those that its false alarms open, and its messages."""
    incidents, notices = tables.incidents, tables.notices
    notice = int(incidents.notice[incident])
    date = int(when // DAY) - tables.terms.calendar.warm_days
    alarms = float(notices.false_alarms[notice]) if notice >= 0 else 0.0
    hit_rows, false_rows, hit_order, false_order = [], [], [], []
    for segment in range(len(tables.people.keys)):
        share = float(incidents.hits[incident, segment])
        if share <= 0.0:
            continue
        begin, end = (int(i) for i in customers.first[segment : segment + 2])
        present = (customers.joined[begin:end] <= when) & (customers.leaves[begin:end] > when)
        hit, order, reads, lag = _who_is_hit(
            seed,
            replication,
            int(incidents.issue_keys[incident, segment]),
            date,
            number << CUSTOMER_BITS,
            share,
            present,
            tables.laws,
            tables.knots,
            int(incidents.lag[incident]),
        )
        rows = _rows(hit, date, number, begin, segment, int(incidents.reason[incident]))
        rows["origin"] = incidents.origin[incident, segment]
        rows["why"] = INCIDENT
        rows["time"] = _on_clock(when + lag, tables.grain)
        rows["told"] = (
            np.where(reads < notices.reach[notice], 0.0, np.inf) if notice >= 0 else np.inf
        )
        hit_rows.append(rows)
        hit_order.append(order)
        if alarms > 0.0:
            present[hit] = False
            rate = min(1.0, alarms / (1.0 - alarms) * share / max(1.0 - share, 1e-12))
            wrong, order, opens = _who_is_alarmed(
                seed,
                replication,
                int(notices.keys[notice, segment]),
                date,
                number << CUSTOMER_BITS,
                rate,
                present,
            )
            rows = _rows(wrong, date, number, begin, segment, int(incidents.reason[incident]))
            rows["origin"] = notices.origin[notice, segment]
            rows["why"] = MESSAGE
            rows["told"] = np.where(opens < notices.false_alarm_opens[notice], 0.0, np.inf)
            false_rows.append(rows)
            false_order.append(order)
    if notice < 0 or not hit_rows:
        return hit_rows, np.empty(0, dtype=SENDING)
    return _told(tables, notice, when, hit_rows, false_rows, hit_order + false_order)


def _told(
    tables: Tables,
    notice: int,
    when: float,
    hit_rows: list[Rows],
    false_rows: list[Rows],
    orders: list[Floats],
) -> tuple[list[Rows], Rows]:
    """Messages to all recipients in their drawn order; when those hit learn of the incident, and
    which false alarms open an issue."""
    recipients = np.concatenate([*hit_rows, *false_rows])
    places = np.empty(len(recipients), dtype=np.int64)
    places[np.argsort(np.concatenate(orders), kind="stable")] = np.arange(len(recipients))
    detected = when + float(tables.notices.detected_after[notice])
    sent = _sending(detected, places, float(tables.notices.per_hour[notice]), tables.grain)
    messages = np.zeros(len(recipients), dtype=SENDING)
    for field in ("day", "origin", "ordinal", "customer", "segment", "reason"):
        messages[field] = recipients[field]
    messages["programme"] = notice
    messages["kind"] = np.where(recipients["why"] == INCIDENT, MESSAGE_SENT, FALSE_ALARM)
    messages["time"] = sent
    hit = recipients["why"] == INCIDENT
    opens = ~hit & np.isfinite(recipients["told"])
    recipients["told"] = np.where(hit, recipients["told"] + sent, np.inf)
    recipients["time"] = np.where(hit, recipients["time"], sent)
    return [recipients[hit | opens]], messages


def _rows(local: Ints, date: int, number: int, begin: int, segment: int, reason: int) -> Rows:
    rows = np.zeros(len(local), dtype=ARISING)
    rows["day"] = date
    rows["ordinal"] = (number << CUSTOMER_BITS) + local
    rows["customer"] = begin + local
    rows["segment"] = segment
    rows["reason"] = reason
    return rows


@rule(makes_arrays=True)
def _who_is_hit(
    seed: int,
    replication: int,
    key: int,
    date: int,
    base: int,
    share: float,
    present: npt.NDArray[np.bool_],
    laws: Floats,
    knots: Floats,
    lag_law: int,
) -> tuple[Ints, Floats, Floats, Floats]:
    """Local numbers of the customers hit, their draws for the order of messages and for reading
    them, and the lags until their issues arise."""
    who = [0 for _ in range(0)]
    order = [0.0 for _ in range(0)]
    reads = [0.0 for _ in range(0)]
    lags = [0.0 for _ in range(0)]
    for customer in range(len(present)):
        if present[customer]:
            hit, lag, place, read = block(
                seed, replication, key, date, base + customer, 0, 0, HIT // 4
            )
            if hit < share:
                who.append(customer)
                order.append(place)
                reads.append(read)
                lags.append(inverse(laws, knots, lag_law, lag))
    return (
        np.array(who, dtype=np.int64),
        np.array(order, dtype=np.float64),
        np.array(reads, dtype=np.float64),
        np.array(lags, dtype=np.float64),
    )


@rule(makes_arrays=True)
def _who_is_alarmed(
    seed: int,
    replication: int,
    key: int,
    date: int,
    base: int,
    rate: float,
    present: npt.NDArray[np.bool_],
) -> tuple[Ints, Floats, Floats]:
    """Local numbers of the customers who get a message for nothing, their draws for its place in
    the order, and for opening an issue."""
    who = [0 for _ in range(0)]
    order = [0.0 for _ in range(0)]
    opens = [0.0 for _ in range(0)]
    for customer in range(len(present)):
        if present[customer]:
            number = base + customer
            _, chosen, issue, place = block(
                seed, replication, key, date, number, 0, 0, FALSE_RECIPIENT // 4
            )
            if chosen < rate:
                who.append(customer)
                order.append(place)
                opens.append(issue)
    return (
        np.array(who, dtype=np.int64),
        np.array(order, dtype=np.float64),
        np.array(opens, dtype=np.float64),
    )


@rule(makes_arrays=True)
def _sending(detected: float, places: Ints, per_hour: float, grain: float) -> Floats:
    times = np.empty(len(places))
    for i in range(len(places)):
        times[i] = on_clock(sent_at(detected, places[i], per_hour), grain)
    return times
