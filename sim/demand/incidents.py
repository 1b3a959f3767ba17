"""Incidents: whose issues they are, and the messages that tell of them (MODEL.md sections 2, 7)."""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sim.codes import FALSE_ALARM, FALSE_RECIPIENT, HIT, INCIDENT, LEVEL, MESSAGE, MESSAGE_SENT
from sim.demand.customers import Customers
from sim.demand.order import on_ticks
from sim.jit import rule
from sim.logs import ARISING, SENDING, Rows
from sim.rules.distributions import inverse
from sim.rules.draws import block
from sim.rules.order import ORDINAL_BITS, on_clock
from sim.rules.outreach import sent_at
from sim.tables.tables import Floats, Ints, Tables
from sim.terms import DAY

CUSTOMER_BITS = 22
"""Customers of a segment have local numbers below 2**22; what an incident does to one of them is
named by (number of the incident on its day) * 2**22 + local number."""
MOST_A_DAY = 2 ** (ORDINAL_BITS - CUSTOMER_BITS)
"""So often can an incident happen on one day; what chance would add to it is left out."""


def incidents_of(
    tables: Tables, seed: int, replication: int, customers: Customers
) -> tuple[Rows, Rows]:
    """The issues that incidents and false alarms bring in a replication (`logs.ARISING`), and the
    messages that tell of them (`logs.SENDING`), in no order."""
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
        rows["time"] = on_ticks(when + lag, tables.grain)
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
