"""The counts as tables with named columns: one table for each kind of row, whole or by interval.

Measures name the columns that they set against each other, so that one definition serves all kinds
of rows. Columns of a whole table have the length of its rows; those of an interval table are
slots × rows, and averages over the days of a weekday where the slots are weekdays.
"""

from collections.abc import Mapping

import numpy as np

from sim.accounting.bill import TOTALS, amounts, team_costs, totals
from sim.accounting.customers import MOVES
from sim.accounting.floor import FLOOR_TIME
from sim.accounting.fold import Counts
from sim.accounting.handling import HANDLING
from sim.accounting.intervals import days_in_slot
from sim.accounting.issues import ISSUES, LEAVING
from sim.accounting.losses import pool_is_the_limit, prospects_put_off
from sim.accounting.traffic import TRAFFIC
from sim.codes import CAUSES, CLOSINGS, FIRST, OPEN, OUTCOMES, WHYS
from sim.terms import DAY, Floats, Terms

Table = Mapping[str, Floats]


def row_names(terms: Terms) -> dict[str, tuple[str, ...]]:
    """The rows of each kind. A closing is one of an issue that has closed."""
    names = terms.names
    return {
        "total": ("total",),
        "queue": names.queues,
        "team": names.teams,
        "reason": names.reasons,
        "segment": names.segments,
        "closing": CLOSINGS[:OPEN],
        "cause": CAUSES,
        "kind": WHYS,
    }


def whole_tables(counts: Counts, terms: Terms) -> dict[str, Table]:
    """The table of each kind of row over the whole counted window."""
    traffic, handling, floor = counts.traffic, counts.handling, counts.floor
    issues, customers = counts.issues, counts.customers
    base = _base(terms, customers.moves)
    seconds = np.array([terms.calendar.counted_days * DAY])
    costs = team_costs(counts, terms)
    return {
        "total": {
            **_traffic(traffic.total.sum(axis=0, keepdims=True)),
            **_handling(handling.teams.sum(axis=(0, 1))[np.newaxis]),
            **_floor(floor.intervals.sum(axis=(0, 1))[np.newaxis], seconds),
            **_issues(issues.reasons.sum(axis=0, keepdims=True)),
            **{name: values.sum(keepdims=True) for name, values in base.items()},
            "damage": customers.damage.sum(keepdims=True),
            **_outreach(counts, terms),
            **_money(counts, terms),
            **_failure(counts, costs),
        },
        "queue": {
            **_traffic(traffic.queues.sum(axis=0)),
            **_handling(handling.queues.sum(axis=0)),
        },
        "team": {
            **_traffic(traffic.teams.sum(axis=0)),
            **_handling(handling.teams.sum(axis=0)),
            **_floor(floor.intervals.sum(axis=0), seconds),
            "resolved": issues.resolved_by,
            "cost": costs,
        },
        "reason": {
            **_traffic(traffic.reasons),
            **_handling(handling.reasons),
            **_issues(issues.reasons),
        },
        "segment": {
            **_traffic(traffic.segments),
            **_handling(handling.segments),
            **_issues(issues.segments),
            **base,
            "damage": customers.damage,
        },
        "closing": {
            "closed_issues": issues.reasons.sum(axis=0)[:OPEN],
            **_named(LEAVING, issues.closings[:OPEN]),
        },
        "cause": {"lost_expected": issues.causes},
        "kind": _kinds(counts, costs),
    }


def interval_tables(counts: Counts, terms: Terms) -> dict[str, Table]:
    """The tables of the kinds of row that are told by interval: total, queue and team."""
    traffic, handling, floor = counts.traffic, counts.handling, counts.floor
    days = days_in_slot(terms.calendar)
    seconds = np.full((len(days), 1), terms.calendar.interval)

    def per_day(table: Floats) -> Floats:
        return table / days.reshape(-1, *[1] * (table.ndim - 1))

    return {
        "total": {
            **_traffic(per_day(traffic.total)[:, np.newaxis]),
            **_handling(per_day(handling.teams).sum(axis=1, keepdims=True)),
            **_floor(per_day(floor.intervals).sum(axis=1, keepdims=True), seconds),
        },
        "queue": {
            **_traffic(per_day(traffic.queues)),
            **_handling(per_day(handling.queues)),
        },
        "team": {
            **_traffic(per_day(traffic.teams)),
            **_handling(per_day(handling.teams)),
            **_floor(per_day(floor.intervals), seconds),
        },
    }


def _named(columns: tuple[str, ...], table: Floats) -> dict[str, Floats]:
    return {name: table[..., column] for column, name in enumerate(columns)}


def _traffic(table: Floats) -> dict[str, Floats]:
    named = _named(TRAFFIC, table)
    return {
        **named,
        "contacts_made": table[..., : len(OUTCOMES)].sum(axis=-1),
        "offered": named["handled"] + named["abandoned"] + named["dropped"] + named["waiting"],
    }


def _handling(table: Floats) -> dict[str, Floats]:
    return {**_named(HANDLING, table), "handling": table.sum(axis=-1)}


def _floor(table: Floats, seconds: Floats) -> dict[str, Floats]:
    named = _named(FLOOR_TIME, table)
    return {**named, "seconds": np.broadcast_to(seconds, named["floor"].shape)}


def _issues(table: Floats) -> dict[str, Floats]:
    return {**_named(ISSUES, table), "closed_issues": table[..., :OPEN].sum(axis=-1)}


def _base(terms: Terms, moves: Floats) -> dict[str, Floats]:
    """Customers by segment: who joined, who left of themselves, and how many there were."""
    move = _named(MOVES, moves)
    start = terms.population.customers + move["joined_before"] - move["left_before"]
    left = move["base"] + move["service"] + move["unavoidable"]
    return {
        "joined": move["joined"],
        "left_base": move["base"],
        "at_start": start,
        "at_end": start + move["joined"] - left,
        "base_years": start * terms.calendar.years,
    }


def _outreach(counts: Counts, terms: Terms) -> dict[str, Floats]:
    customers = counts.customers
    to_hit, false_alarms = customers.messages.sum(axis=(0, 1))
    return {
        "messages": np.array([to_hit + false_alarms]),
        "false_alarms": np.array([false_alarms]),
        "reached": customers.reached.sum(keepdims=True),
        "put_off": prospects_put_off(counts, terms).sum(keepdims=True).reshape(1),
        "pool_empty": np.array([1.0 if pool_is_the_limit(counts, terms) else 0.0]),
    }


def _money(counts: Counts, terms: Terms) -> dict[str, Floats]:
    """The totals of the bill, over the horizon and per year; `cost` is the operating cost."""
    horizon = totals(amounts(counts, terms)[1], terms)
    named = {name: horizon[i : i + 1] for i, name in enumerate(TOTALS)}
    yearly = {f"{name} per year": total / terms.calendar.years for name, total in named.items()}
    return {**named, **yearly, "cost": named["operating cost"]}


def _kinds(counts: Counts, costs: Floats) -> dict[str, Floats]:
    """Legs and agent time by kind of contact; its price is its share of each team's time."""
    legs, time = counts.traffic.kinds, counts.handling.kinds
    of_team = time.sum(axis=1)
    per_second = np.divide(costs, of_team, out=np.zeros_like(costs), where=of_team > 0.0)
    return {
        "kind_legs": legs,
        "kind_time": time.sum(axis=0),
        "kind_cost": per_second @ time,
        "all_legs": np.full_like(legs, legs.sum()),
        "all_time": np.full_like(legs, time.sum()),
    }


def _failure(counts: Counts, costs: Floats) -> dict[str, Floats]:
    """The same of all kinds but first calls: failure demand."""
    kinds = _kinds(counts, costs)
    sums = ("kind_legs", "kind_time", "kind_cost")
    return {
        **{name: np.delete(kinds[name], FIRST).sum(keepdims=True) for name in sums},
        "all_legs": kinds["all_legs"][:1],
        "all_time": kinds["all_time"][:1],
    }
