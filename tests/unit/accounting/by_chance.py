"""Logs made at random: whole rows with codes and times that fit, in no particular story."""

import numpy as np

from sim.codes import (
    ABANDONED,
    CLOSINGS,
    DEPARTURES,
    DROPPED,
    HANDLED,
    OPEN,
    OUTCOMES,
    OUTREACH,
    WAITING,
    WHYS,
)
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, MEMORY, OUTREACH_EVENT, Logs
from sim.terms import DAY
from tests.unit.accounting.handmade import NAN


def by_chance(days, seed=1, contacts=600):
    """Logs that are random but whole: times in order, codes that fit, contacts of one leg."""
    draw = np.random.default_rng(seed)
    rows = np.zeros(contacts, dtype=CONTACT)
    outcome = draw.integers(0, len(OUTCOMES), contacts)
    queued = np.isin(outcome, (ABANDONED, DROPPED, HANDLED, WAITING))
    rows["outcome"], rows["leg"], rows["last"] = outcome, queued, 1
    rows["attempt"] = draw.integers(1, 4, contacts)
    rows["why"] = draw.integers(0, len(WHYS), contacts)
    rows["result"] = draw.integers(0, 4, contacts)
    for name in ("segment", "reason", "queue"):
        rows[name] = draw.integers(0, 2, contacts)
    rows["customer"] = np.arange(contacts) % 50
    rows["first_queue"] = rows["queue"]
    rows["team"] = np.where(outcome == HANDLED, draw.integers(0, 2, contacts), -1)
    rows["arrived"] = draw.uniform(0.0, days * DAY, contacts)
    rows["joined"] = np.where(queued, rows["arrived"] + 30.0, NAN)
    ends = queued & (outcome != WAITING)
    rows["end_wait"] = np.where(ends, rows["joined"] + draw.exponential(40.0, contacts), NAN)
    rows["first_wait"] = np.where(ends, rows["end_wait"] - rows["joined"], 99.0)
    handled = outcome == HANDLED
    rows["end_talk"] = np.where(handled, rows["end_wait"] + draw.exponential(900.0, contacts), NAN)
    rows["end_work"] = np.where(handled, rows["end_talk"] + draw.exponential(60.0, contacts), NAN)

    issues = np.zeros(contacts, dtype=ISSUE)
    for name in ("segment", "reason", "resolving_team", "sold", "left", "unavoidable", "abandoned"):
        issues[name] = draw.integers(0, 2, contacts)
    issues["closing"] = draw.integers(0, len(CLOSINGS), contacts)
    issues["contacts"] = draw.integers(0, 4, contacts)
    issues["transfers"] = draw.integers(0, 2, contacts)
    issues["recovery"] = draw.integers(0, 4, contacts)
    issues["waited"] = draw.exponential(90.0, contacts)
    issues["first_handled_resolved"] = draw.integers(-1, 2, contacts)
    issues["self_service"] = draw.integers(0, 4, contacts)
    issues["arose"] = draw.uniform(0.0, days * DAY, contacts)
    closed = issues["arose"] + draw.exponential(DAY, contacts)
    issues["closed"] = np.where((issues["closing"] == OPEN) | (closed > days * DAY), NAN, closed)
    issues["closing"][np.isnan(issues["closed"])] = OPEN
    issues["decided"] = issues["closed"]
    issues["p"], issues["p0"] = draw.uniform(0.0, 0.1, (2, contacts)) * [[2.0], [1.0]]
    for name in ("closing_term", "wait_term", "memory_term"):
        issues[name] = draw.normal(0.0, 1.0, contacts)

    floor = np.zeros(2 * days, dtype=FLOOR)
    floor["team"] = np.arange(2 * days) % 2
    floor["start"] = np.arange(2 * days) // 2 * DAY + 8 * 3600.0
    floor["end"] = floor["start"] + 9.7 * 3600.0
    floor["planned"] = floor["floor"] = draw.integers(1, 30, 2 * days)
    floor["paid"] = floor["floor"] / 0.7
    floor["overtime"] = draw.exponential(600.0, 2 * days)

    moves = np.zeros(50, dtype=CUSTOMER_EVENT)
    moves["segment"] = draw.integers(0, 2, 50)
    moves["what"] = draw.integers(0, len(DEPARTURES), 50)
    moves["time"] = draw.uniform(0.0, days * DAY, 50)
    outreach = np.zeros(50, dtype=OUTREACH_EVENT)
    outreach["kind"] = draw.integers(0, len(OUTREACH), 50)
    outreach["time"] = draw.uniform(0.0, days * DAY, 50)
    memory = np.zeros(50, dtype=MEMORY)
    memory["segment"], memory["memory"] = draw.integers(0, 2, 50), draw.exponential(0.5, 50)
    return Logs(rows, issues, floor, moves, outreach, memory)
