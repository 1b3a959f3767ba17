"""The cells of a replication: every number that its figures are made of, side by side.

A cell is a count, or what follows from counts, such as a cost.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.accounting.bill import TOTALS, amounts, sales_margin, team_costs, totals
from sim.accounting.customers import MOVES
from sim.accounting.fold import Counts
from sim.accounting.intervals import days_in_slot
from sim.accounting.losses import pool_is_the_limit, prospects_put_off
from sim.terms import DAY, Floats, Terms

BASE = ("joined", "left_base", "at_start", "at_end", "base_years")
"""What is told of customers by segment: who joined, who left of themselves, and how many there were
when counting began and when it ended, and in customer-years."""

_AMOUNTS = (*TOTALS, "sales margin")
MONEY = (*_AMOUNTS, *(f"{name} per year" for name in _AMOUNTS), "cost")
"""The totals of the bill and the sales margin, over the horizon and per year; `cost` is the
operating cost."""

KIND_COSTS = ("kind_cost", "kind_cost per year")
"""The price of a kind of contact, over the horizon and per year."""

PUT_OFF = ("put_off", "pool_empty")
"""Prospects put off, and whether the pool was the limit."""

Shapes = tuple[tuple[str, tuple[int, ...]], ...]


class Cells(NamedTuple):
    """All cells of one replication."""

    whole: Floats
    """Over the whole counted window: one row."""
    by_slot: Floats
    """By slot, averages over the days of a weekday where the slots are weekdays. The places of a
    row are the first of those of the whole window."""
    by_day: Floats
    """The slots of each day together, likewise."""
    shapes: Shapes
    """The names and shapes of the tables that stand, one after another, in the row of the whole."""


def cells_of(counts: Counts, terms: Terms) -> Cells:
    """The cells of a replication."""
    calendar = terms.calendar
    counted, told = _counted_by_slot(counts), _told_of_the_whole(counts, terms)
    slots = len(counts.traffic.total)
    constant = {"one": np.ones((slots, 1)), "seconds": np.full((slots, 1), calendar.interval)}
    tables = {**constant, **counted}
    by_slot = np.concatenate([table.reshape(slots, -1) for table in tables.values()], axis=1)
    whole = np.concatenate([by_slot.sum(axis=0), *(table.ravel() for table in told.values())])
    whole[: len(constant)] = 1.0, calendar.counted_days * DAY
    if counts.window.by_weekday:
        by_slot[:, len(constant) :] /= days_in_slot(calendar)[:, np.newaxis]
    by_day = by_slot.reshape(-1, counts.window.per_day, by_slot.shape[1]).sum(axis=1)
    by_day[:, 0] = 1.0
    shapes = [(name, table.shape[1:]) for name, table in tables.items()]
    shapes += [(name, table.shape) for name, table in told.items()]
    return Cells(whole[np.newaxis], by_slot, by_day, tuple(shapes))


def _counted_by_slot(counts: Counts) -> Mapping[str, Floats]:
    return {
        "contacts": counts.traffic.total,
        "legs": counts.traffic.queues,
        "answered": counts.traffic.teams,
        "time": counts.handling.teams,
        "floor": counts.floor.intervals,
    }


def _told_of_the_whole(counts: Counts, terms: Terms) -> Mapping[str, Floats]:
    traffic, handling = counts.traffic, counts.handling
    issues, customers = counts.issues, counts.customers
    _, sums = amounts(counts, terms)
    costs = team_costs(sums, terms)
    put_off, pool_empty = prospects_put_off(counts, terms), pool_is_the_limit(counts, terms)
    return {
        "reasons": traffic.reasons,
        "repeats": counts.repeats.sums,
        "kinds": traffic.kinds,
        "time_of_queues": handling.queues,
        "time_of_reasons": handling.reasons,
        "time_of_kinds": handling.kinds,
        "issues": issues.reasons,
        "closings": issues.closings,
        "causes": issues.causes,
        "resolved_by": issues.resolved_by.sum(axis=0),
        "base": _base(terms, customers.moves),
        "damage": customers.damage,
        "messages": customers.messages,
        "reached": customers.reached,
        "put_off": np.array([put_off.sum(), pool_empty]),
        "money": _money(np.append(totals(sums, terms), sales_margin(sums, terms)), terms),
        "costs": costs,
        "costs_of_kinds": _costs_of_kinds(handling.kinds, costs, terms),
    }


def _base(terms: Terms, moves: Floats) -> Floats:
    move = dict(zip(MOVES, moves.T, strict=True))
    start = terms.population.customers + move["joined_before"] - move["left_before"]
    left = move["base"] + move["service"] + move["unavoidable"]
    end, years = start + move["joined"] - left, start * terms.calendar.years
    return np.stack([move["joined"], move["base"], start, end, years], axis=-1)


def _money(horizon: Floats, terms: Terms) -> Floats:
    return np.array([*horizon, *(horizon / terms.calendar.years), horizon[0]])


def _costs_of_kinds(time: Floats, costs: Floats, terms: Terms) -> Floats:
    """The price of each kind of contact: its share of each team's time. The columns are those of
    `KIND_COSTS`."""
    of_team = time.sum(axis=1)
    per_second = np.divide(costs, of_team, out=np.zeros_like(costs), where=of_team > 0.0)
    horizon = per_second @ time
    return np.stack([horizon, horizon / terms.calendar.years], axis=-1)
