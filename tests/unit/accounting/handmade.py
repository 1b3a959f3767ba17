"""Small worlds made by hand: terms of two of everything, and logs of a few rows."""

from dataclasses import replace

import numpy as np

from sim.accounting.fold import add, empty
from sim.accounting.measures import catalogue, figures
from sim.codes import COUNTED, FIRST, HANDLED, NO_RECOVERY, NOT_TRIED, RESOLVED, SOLVED
from sim.logs import CONTACT, CUSTOMER_EVENT, FLOOR, ISSUE, MEMORY, OUTREACH_EVENT, Logs
from sim.terms import (
    DAY,
    Calendar,
    Contract,
    Names,
    Population,
    Promise,
    ServiceTargets,
    Tariff,
    TeamPrice,
    Terms,
)

NAN = float("nan")
HOUR = 3600.0
FREE = TeamPrice(wage=0.0, on_cost=0.0, seat=0.0, overtime=0.0, contract=None)
NO_CONTRACT_TERMS = Contract(
    unit="paid hours",
    price=0.0,
    block=0.0,
    includes=0.0,
    committed=0.0,
    malus=None,
    bonus=None,
    managing=0.0,
    transition_once=0.0,
    transition_months=1.0,
)
A_PROMISE = Promise(queues=(0,), within=0.0, share=0.8, rule=COUNTED, per_point=0.01, at_most=0.25)


def a_calendar(
    counted_days=1,
    *,
    warm_days=0,
    first_weekday=0,
    start=None,
    interval=1800.0,
    month_of_day=None,
    month_shares=(1.0,),
    month_discount=None,
):
    months = len(month_shares)
    return Calendar(
        warm_days=warm_days,
        counted_days=counted_days,
        first_weekday=first_weekday,
        start=start,
        interval=interval,
        month_of_day=np.array(month_of_day or [0] * counted_days, dtype=np.int64),
        months=tuple(f"month {1 + m}" for m in range(months)),
        month_shares=np.array(month_shares),
        month_discount=np.array(month_discount or [1.0] * months),
    )


def some_terms(
    calendar=None,
    *,
    rules=(COUNTED, COUNTED),
    within=(20.0, 60.0),
    teams=(FREE, FREE),
    segments=("home", "business"),
    base_leaving=0.003,
    fcr_window=7 * DAY,
    **tariff,
):
    """Two queues, teams, reasons and segments; nothing has a price unless given."""
    prices = Tariff(
        teams=teams,
        lines=-1,
        line_cost=0.0,
        fixed=0.0,
        self_service=np.zeros(2),
        settlement=np.zeros(2),
        sales=np.zeros(2),
        messages=np.zeros(1),
        recovery=0.0,
        gesture=0.0,
        fixes=(),
        word_of_mouth=None,
    )
    many = len(segments)
    return Terms(
        calendar=calendar or a_calendar(),
        names=Names(
            origins=("invoice", "fault"),
            segments=segments,
            reasons=("invoice", "fault"),
            queues=("general", "faults"),
            teams=("frontline", "specialists"),
            notices=("outage",),
            fixes=("clear invoice",) * len(tariff.get("fixes", ())),
            currency="USD",
        ),
        population=Population(
            customers=np.array([1000, 100][:many]),
            margin=np.array([180.0, 1100.0][:many]),
            value=np.array([1000.0, 9000.0][:many]),
            margin_within_year=np.array([170.0, 1050.0][:many]),
            base_leaving=base_leaving,
        ),
        tariff=replace(prices, **tariff),
        targets=ServiceTargets(
            within=np.array(within), share=np.full(2, NAN), rule=np.array(rules, dtype=np.int64)
        ),
        fcr_window=fcr_window,
    )


def a_contact(**fields):
    """A leg: by default the only one of a first call, answered by the frontline at once."""
    row = {
        "day": 0,
        "origin": 0,
        "ordinal": 0,
        "customer": 0,
        "segment": 0,
        "reason": 0,
        "attempt": 1,
        "leg": 1,
        "why": FIRST,
        "outcome": HANDLED,
        "result": SOLVED,
        "last": 1,
        "answered_before": 0,
        "queue": 0,
        "team": 0,
        "arrived": 0.0,
        "waited_before": 0.0,
    }
    row.update(fields)
    row.setdefault("joined", row["arrived"])
    row.setdefault("end_wait", row["joined"])
    if row["outcome"] != HANDLED:
        row |= {"team": -1, "end_talk": NAN, "end_work": NAN, "result": 0}
    row.setdefault("end_talk", row["end_wait"] + 240.0)
    row.setdefault("end_work", row["end_talk"] + 60.0)
    row.setdefault("first_queue", row["queue"])
    row.setdefault("first_wait", row["end_wait"] - row["joined"])
    return row


def turned_away(outcome, **fields):
    """A contact that reached no queue."""
    fields = {"arrived": 0.0, **fields}
    return a_contact(outcome=outcome, leg=0, joined=NAN, end_wait=NAN, **fields)


def an_issue(**fields):
    """An issue: by default resolved by the frontline in one call, five minutes after it arose."""
    row = {
        "segment": 0,
        "reason": 0,
        "why": FIRST,
        "closing": RESOLVED,
        "contacts": 1,
        "reached": 1,
        "legs_handled": 1,
        "first_handled_resolved": 1,
        "self_service": NOT_TRIED,
        "recovery": NO_RECOVERY,
        "resolving_team": 0,
        "arose": 0.0,
        "p": NAN,
        "p0": NAN,
    }
    row.update(fields)
    row.setdefault("closed", row["arose"] + 300.0)
    row.setdefault("decided", row["closed"])
    return row


def a_floor(team, start, end, agents, *, paid=None, overtime=0.0):
    return {
        "team": team,
        "start": start,
        "end": end,
        "planned": agents,
        "absence": 0.0,
        "floor": agents,
        "paid": agents if paid is None else paid,
        "overtime": overtime,
    }


def rows_of(dtype, rows):
    table = np.zeros(len(rows), dtype=dtype)
    for i, row in enumerate(rows):
        for name, value in row.items():
            table[name][i] = value
    return table


def logs_of(*, contacts=(), issues=(), floor=(), customers=(), outreach=(), memory=()):
    return Logs(
        contacts=rows_of(CONTACT, contacts),
        issues=rows_of(ISSUE, issues),
        floor=rows_of(FLOOR, floor),
        customers=rows_of(CUSTOMER_EVENT, customers),
        outreach=rows_of(OUTREACH_EVENT, outreach),
        memory=rows_of(MEMORY, memory),
    )


def counted(terms, **logs):
    """The counts of one batch of logs."""
    counts = empty(terms)
    add(counts, logs_of(**logs), terms)
    return counts


class Figures:
    """The figures of one replication by name: numerator and denominator, or their quotient."""

    def __init__(self, terms, **logs):
        self.lines = catalogue(terms)
        self.index = {
            (line.measure, line.row_kind, line.row, line.interval): i
            for i, line in enumerate(self.lines)
        }
        self.top, self.bottom = figures(counted(terms, **logs), terms)

    def pair(self, measure, kind="total", row="total", interval=None):
        i = self.index[measure, kind, row, interval]
        return float(self.top[i]), float(self.bottom[i])

    def __call__(self, measure, kind="total", row="total", interval=None):
        top, bottom = self.pair(measure, kind, row, interval)
        return top / bottom


def at(hours, minutes=0, *, day=0):
    """Seconds at a time of day."""
    return day * DAY + hours * HOUR + minutes * 60.0
