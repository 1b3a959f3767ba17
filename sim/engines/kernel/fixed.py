"""What stays the same during a replication, as the kernel reads it: tables laid out in arrays."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.demand import Demand
from sim.rules.loyalty import log_odds
from sim.rules.outcome import chance_to_resolve
from sim.tables.tables import Again, Tables

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Fixed(NamedTuple):
    """A replication's numbers that do not change. Names and indices are those of `sim.tables`."""

    seed: int
    replication: int
    horizon: float
    grain: float
    menu: float
    menu_hang_up: float
    lines: int
    most_contacts: int
    most_legs: int
    spread: float
    laws: Floats
    knots: Floats
    origin_keys: Ints
    notice_of_origin: Ints
    preempts: Floats
    silent_then_call: Floats
    queue: Ints
    seeks_help: Floats
    tried: Floats
    contained: Floats
    falsely: Floats
    outage_first: Ints
    """Where each reason's outages begin in `outages`, and at the end their number."""
    outages: Floats
    talk: Ints
    after_call: Ints
    misrouted_to: Ints
    transferred: Floats
    transferred_to: Ints
    patience: Ints
    again_probability: Floats
    """By result (gave up, unresolved, refused), reason and segment; so the two below."""
    again_per_attempt: Floats
    again_delay: Ints
    handle: Floats
    chance: Floats
    """Probability that a talk resolves, by team and reason."""
    misrouted: Floats
    """Probability that a first leg is misrouted, by team and reason."""
    authority: Floats
    felt: Floats
    pace: Floats
    priority: Ints
    serves: Bools
    hours_first: Ints
    """Where each queue's stretches of opening begin in `opens` and `closes`; at the end, their
    number."""
    opens: Floats
    closes: Floats
    routes: Ints
    """Number of routes, by queue."""
    route_team: Ints
    route_after: Floats
    serving: Bools
    """Whether a queue has a route to a team, by queue and team."""
    loyal: bool
    bases: Floats
    """Logit of the bases, by closing."""
    per_minute: float
    tolerance: float
    wait_cap: float
    per_repeat: float
    per_transfer: float
    self_service_failed: float
    half_life: float
    weight: float
    bad_closing: float
    memory_cap: float
    detected: Floats
    reached: int
    window: float
    deadline: float
    in_window: float
    late: float
    joined: Floats
    segment: Ints


def fixed_of(demand: Demand) -> Fixed:
    """The fixed numbers of a replication."""
    tables = demand.tables
    reasons, teams, queues = tables.reasons, tables.teams, tables.queues
    loyalty, recovery = tables.loyalty, tables.recovery
    route_team, route_after, serving = _routes(tables)
    outages = [stretch for listed in reasons.outages for stretch in listed]
    ways = (reasons.redial, reasons.returns, reasons.retry)
    return Fixed(
        seed=demand.seed,
        replication=demand.replication,
        horizon=tables.terms.calendar.horizon,
        grain=float(tables.grain),
        menu=float(tables.menu),
        menu_hang_up=float(tables.menu_hang_up),
        lines=tables.lines,
        most_contacts=tables.most_contacts,
        most_legs=tables.most_legs,
        spread=float(tables.reopening_spread),
        laws=tables.laws,
        knots=tables.knots,
        origin_keys=tables.origin_keys,
        notice_of_origin=_notices(tables),
        preempts=tables.notices.preempts.astype(np.float64),
        silent_then_call=tables.notices.silent_then_call.astype(np.float64),
        queue=reasons.queue,
        seeks_help=reasons.seeks_help,
        tried=reasons.tried,
        contained=reasons.contained,
        falsely=reasons.falsely,
        outage_first=np.cumsum([0, *map(len, reasons.outages)]),
        outages=np.array(outages, dtype=np.float64).reshape(-1, 2),
        talk=reasons.talk,
        after_call=reasons.after_call,
        misrouted_to=reasons.misrouted_to,
        transferred=reasons.transferred,
        transferred_to=reasons.transferred_to,
        patience=reasons.patience,
        again_probability=_stacked(ways, "probability"),
        again_per_attempt=_stacked(ways, "per_attempt"),
        again_delay=_stacked(ways, "delay"),
        handle=teams.handle.astype(np.float64),
        chance=_chances(tables),
        misrouted=np.where(
            teams.misrouted[:, None] >= 0.0, teams.misrouted[:, None], reasons.misrouted[None, :]
        ),
        authority=teams.authority.astype(np.float64),
        felt=teams.felt,
        pace=teams.pace,
        priority=queues.priority,
        serves=queues.serve_at_closing,
        hours_first=np.cumsum([0, *map(len, queues.opens)]),
        opens=np.concatenate(queues.opens),
        closes=np.concatenate(queues.closes),
        routes=np.array([len(own) for own in queues.route_team]),
        route_team=route_team,
        route_after=route_after,
        serving=serving,
        loyal=loyalty.on,
        bases=np.array([log_odds(p) if p > 0.0 else 0.0 for p in loyalty.base.tolist()]),
        per_minute=float(loyalty.per_minute),
        tolerance=float(loyalty.tolerance),
        wait_cap=float(loyalty.wait_cap),
        per_repeat=float(loyalty.per_repeat),
        per_transfer=float(loyalty.per_transfer),
        self_service_failed=float(loyalty.self_service_failed),
        half_life=float(loyalty.half_life),
        weight=float(loyalty.weight),
        bad_closing=float(loyalty.bad_closing),
        memory_cap=float(loyalty.memory_cap),
        detected=recovery.detected,
        reached=recovery.reached,
        window=float(recovery.window),
        deadline=float(recovery.deadline),
        in_window=float(recovery.in_window),
        late=float(recovery.late),
        joined=demand.customers.joined,
        segment=demand.customers.segment.astype(np.int64),
    )


def _stacked(ways: tuple[Again, ...], field: str) -> npt.NDArray[np.generic]:
    return np.ascontiguousarray(np.stack([getattr(way, field) for way in ways]))


def _chances(tables: Tables) -> Floats:
    reasons, teams = tables.reasons, tables.teams
    return np.array(
        [
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
    )


def _notices(tables: Tables) -> Ints:
    """For each origin the notice whose messages tell of it, or -1."""
    notices = np.full(len(tables.origin_keys), -1, dtype=np.int64)
    for incident, notice in enumerate(tables.incidents.notice.tolist()):
        notices[tables.incidents.origin[incident]] = notice
    return notices


def _routes(tables: Tables) -> tuple[Ints, Floats, Bools]:
    queues = tables.queues
    most = max(len(own) for own in queues.route_team)
    team = np.zeros((len(queues.route_team), most), dtype=np.int64)
    after = np.zeros((len(queues.route_team), most))
    serving = np.zeros((len(queues.route_team), len(tables.teams.keys)), dtype=np.bool_)
    for queue, (teams, waits) in enumerate(zip(queues.route_team, queues.route_after, strict=True)):
        team[queue, : len(teams)] = teams
        after[queue, : len(waits)] = waits
        serving[queue, teams] = True
    return team, after, serving
