"""What stays the same during a replication, as the kernel reads it: tables laid out in records.

Few arrays with many fields, for compiled code pays for every array that it hands on.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.demand import Demand
from sim.logs import Rows
from sim.rules.loyalty import log_odds
from sim.rules.outcome import chance_to_resolve
from sim.rules.routing import LONGER_THAN
from sim.tables.tables import Tables

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Record = Any
"""One row of an array of records: a view, so that what is written to it is in the array. Compiled,
it is a bare address, which costs nothing to hand on (unlike an array or a tuple of arrays)."""

_WORLD = np.dtype(
    [
        (name, "i8")
        for name in (
            "seed",
            "replication",
            "lines",
            "most_contacts",
            "most_legs",
            "loyal",
            "reached",
        )
    ]
    + [
        (name, "f8")
        for name in (
            "horizon",
            "grain",
            "menu",
            "menu_hang_up",
            "spread",
            "per_minute",
            "tolerance",
            "wait_cap",
            "per_repeat",
            "per_transfer",
            "self_service_failed",
            "half_life",
            "weight",
            "bad_closing",
            "memory_cap",
            "window",
            "deadline",
            "in_window",
            "late",
        )
    ]
)
_REASON = np.dtype(
    [
        (name, "i8")
        for name in (
            "queue",
            "talk",
            "after_call",
            "misrouted_to",
            "transferred_to",
            "outage_begin",
            "outage_end",
            "calls_at_once",
        )
    ]
    + [
        (name, "f8")
        for name in ("seeks_help", "tried", "contained", "falsely", "sells", "transferred")
    ]
)
_AGAIN = np.dtype([("probability", "f8"), ("per_attempt", "f8"), ("delay", "i8")])
_PAIR = np.dtype([(name, "f8") for name in ("handle", "chance", "misrouted", "authority")])
_TEAM = np.dtype([("felt", "f8"), ("pace", "f8")])
_QUEUE = np.dtype(
    [
        (name, "i8")
        for name in (
            "priority",
            "serves",
            "routes",
            "by_length",
            "first_line",
            "classes",
            "hours_begin",
            "hours_end",
        )
    ]
)
_ORIGIN = np.dtype([("key", "i8"), ("notice", "i8")])
_NOTICE = np.dtype([("preempts", "f8"), ("silent_then_call", "f8")])


class Fixed(NamedTuple):
    """A replication's numbers that do not change. Names and indices are those of `sim.tables`."""

    world: Rows
    """One record of single numbers."""
    laws: Floats
    knots: Floats
    reasons: Rows
    """`outage_begin` and `outage_end` are places in `outages`; `calls_at_once` is 1 if everybody
    calls who is not told by a notice."""
    outages: Floats
    """Rows of begin and end."""
    patience: Ints
    """Law by reason and segment, -1 for those who wait for ever."""
    again: Rows
    """By way (gave up, unresolved, refused), reason and segment."""
    pairs: Rows
    """By team and reason; `chance` is that of resolving."""
    teams: Rows
    queues: Rows
    """`hours_begin` and `hours_end` are places in `hours`, `routes` the number of routes;
    `by_length` is 1 if a route depends on the length of the queue, `first_line` and `classes` are
    the first of its lines and their number, one for each class of contacts."""
    cuts: Floats
    """Where the draw of a leg is cut into classes, by queue; infinite beyond its classes."""
    hours: Floats
    """Rows of opening and closing."""
    routes: Floats
    """By queue and route, with the columns of `sim.rules.routing`."""
    origins: Rows
    """Hash for draws, and the notice whose messages tell of it (-1 for none)."""
    notices: Rows
    bases: Floats
    """Logit of the bases, by closing."""
    detected: Floats


def fixed_of(demand: Demand) -> Fixed:
    """The fixed numbers of a replication."""
    fixed = _fixed_of(demand.tables)
    world = fixed.world.copy()
    world["seed"], world["replication"] = demand.seed, demand.replication
    return fixed._replace(world=world)


@lru_cache(maxsize=64)
def _fixed_of(tables: Tables) -> Fixed:
    """The numbers that all replications have in common."""
    outages = [stretch for listed in tables.reasons.outages for stretch in listed]
    queues = tables.queues
    hours = [np.stack(pair, axis=1) for pair in zip(queues.opens, queues.closes, strict=True)]
    return Fixed(
        world=_world(tables),
        laws=tables.laws,
        knots=tables.knots,
        reasons=_reasons(tables),
        outages=np.array(outages, dtype=np.float64).reshape(-1, 2),
        patience=tables.reasons.patience,
        again=_again(tables),
        pairs=_pairs(tables),
        teams=_records(_TEAM, felt=tables.teams.felt, pace=tables.teams.pace),
        queues=_queues(tables),
        hours=np.concatenate(hours),
        cuts=_cuts(tables),
        routes=_routes(tables),
        origins=_records(_ORIGIN, key=tables.origin_keys, notice=_notices(tables)),
        notices=_records(
            _NOTICE,
            preempts=tables.notices.preempts,
            silent_then_call=tables.notices.silent_then_call,
        ),
        bases=np.array([log_odds(p) if p > 0.0 else 0.0 for p in tables.loyalty.base.tolist()]),
        detected=tables.recovery.detected,
    )


def _records(dtype: np.dtype[np.void], **fields: npt.ArrayLike) -> Rows:
    """Records of the shape that the fields have in common."""
    rows = np.zeros(np.broadcast_shapes(*(np.shape(value) for value in fields.values())), dtype)
    for name, value in fields.items():
        rows[name] = value
    return rows


def _world(tables: Tables) -> Rows:
    loyalty, recovery = tables.loyalty, tables.recovery
    world = _records(
        _WORLD,
        horizon=[tables.terms.calendar.horizon],
        spread=tables.reopening_spread,
        loyal=loyalty.on,
    )
    for name in ("grain", "menu", "menu_hang_up", "lines", "most_contacts", "most_legs"):
        world[name] = getattr(tables, name)
    for name in ("per_minute", "tolerance", "wait_cap", "per_repeat", "per_transfer"):
        world[name] = getattr(loyalty, name)
    for name in ("self_service_failed", "half_life", "weight", "bad_closing", "memory_cap"):
        world[name] = getattr(loyalty, name)
    for name in ("reached", "window", "deadline", "in_window", "late"):
        world[name] = getattr(recovery, name)
    return world


def _reasons(tables: Tables) -> Rows:
    reasons = tables.reasons
    ends = np.cumsum([len(listed) for listed in reasons.outages])
    rows = _records(
        _REASON,
        outage_begin=ends - [len(listed) for listed in reasons.outages],
        outage_end=ends,
    )
    for name in ("queue", "talk", "after_call", "misrouted_to", "transferred_to"):
        rows[name] = getattr(reasons, name)
    for name in ("seeks_help", "tried", "contained", "falsely", "sells", "transferred"):
        rows[name] = getattr(reasons, name)
    rows["calls_at_once"] = (reasons.seeks_help >= 1.0) & (reasons.tried <= 0.0)
    return rows


def _again(tables: Tables) -> Rows:
    reasons = tables.reasons
    ways = (reasons.redial, reasons.returns, reasons.retry)
    return _records(
        _AGAIN,
        probability=np.stack([way.probability for way in ways]),
        per_attempt=np.stack([way.per_attempt for way in ways]),
        delay=np.stack([way.delay for way in ways]),
    )


def _pairs(tables: Tables) -> Rows:
    reasons, teams = tables.reasons, tables.teams
    chances = [
        [
            chance_to_resolve(
                float(reasons.fcr[reason]),
                float(teams.fcr[team, reason]),
                float(teams.pace[team]),
                float(teams.elasticity[team]),
            )
            for reason in range(len(reasons.fcr))
        ]
        for team in range(len(teams.keys))
    ]
    return _records(
        _PAIR,
        handle=teams.handle,
        chance=chances,
        misrouted=_misrouted(tables),
        authority=teams.authority,
    )


def _misrouted(tables: Tables) -> Floats:
    """Probability of a misrouted first leg, by team and reason: the team's own word goes before
    the reason's; never where a reason names no queue for it."""
    reasons, own = tables.reasons, tables.teams.misrouted[:, None]
    said = np.where(own >= 0.0, own, reasons.misrouted[None, :])
    return np.where(reasons.misrouted_to[None, :] >= 0, said, 0.0)


def _queues(tables: Tables) -> Rows:
    queues = tables.queues
    ends = np.cumsum([len(opens) for opens in queues.opens])
    classes = np.array([1 + len(cuts) for cuts in queues.cuts])
    return _records(
        _QUEUE,
        priority=queues.priority,
        serves=queues.serve_at_closing,
        routes=[len(routes) for routes in queues.routes],
        by_length=[(routes[:, LONGER_THAN] > 0.0).any() for routes in queues.routes],
        first_line=np.cumsum(classes) - classes,
        classes=classes,
        hours_begin=ends - [len(opens) for opens in queues.opens],
        hours_end=ends,
    )


def _cuts(tables: Tables) -> Floats:
    of_queues = tables.queues.cuts
    rows = np.full((len(of_queues), max(map(len, of_queues))), np.inf)
    for row, cuts in zip(rows, of_queues, strict=True):
        row[: len(cuts)] = cuts
    return rows


def _routes(tables: Tables) -> Floats:
    of_queues = tables.queues.routes
    rows = np.zeros((len(of_queues), max(map(len, of_queues)), 4))
    for row, routes in zip(rows, of_queues, strict=True):
        row[: len(routes)] = routes
    return rows


def _notices(tables: Tables) -> Ints:
    notices = np.full(len(tables.origin_keys), -1, dtype=np.int64)
    for incident, notice in enumerate(tables.incidents.notice.tolist()):
        notices[tables.incidents.origin[incident]] = notice
    return notices
