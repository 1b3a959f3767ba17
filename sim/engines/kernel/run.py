"""One replication on the compiled kernel, day by day."""

import math
from collections.abc import Iterator

import numpy as np

from sim.codes import ABSENCE, BASE, HOURS, JOINED, LEFT_BASE, MESSAGE_GOES, STAFFING
from sim.demand import Demand, identities, in_order, joined
from sim.engines.kernel import state as place
from sim.engines.kernel.fixed import Fixed, Floats, fixed_of
from sim.engines.kernel.loop import (
    BUFFERS_ARE_FULL,
    DAY_IS_OVER,
    finish_crews,
    memories_at,
    play,
)
from sim.engines.kernel.state import PLAN, State, state_of, with_more_room
from sim.logs import ARISING, MEMORY, Logs, Rows
from sim.rules.agent import absence_of_day, floor_of, paid_of
from sim.rules.distributions import normal_quantile
from sim.rules.draws import uniform
from sim.rules.order import identity, rank
from sim.tables.calendar import weekday_of
from sim.terms import DAY

SLOTS = 16_384
ROWS = 2048
"""Rows of a log that are kept before they are counted: as many as fit into a fast cache."""


def run(demand: Demand) -> Iterator[Logs]:
    """Plays one replication; yields logs of what ended, and at last of what was under way at the
    horizon. What is yielded is overwritten later: who keeps it makes a copy."""
    fixed = fixed_of(demand)
    customers = demand.customers
    state = state_of(fixed, customers.joined, customers.segment, SLOTS, ROWS)
    arrivals = np.empty(0, dtype=ARISING)
    for day in range(demand.tables.terms.calendar.days):
        left_over = arrivals[state.numbers[place.NEXT_ARRIVAL] :]
        arrivals = demand.issues_of(day)
        if len(left_over):
            arrivals = in_order(joined([left_over, arrivals]))
        messages = demand.messages_of(day)
        plan = _plan(demand, day, messages)
        state.numbers[[place.NEXT_ARRIVAL, place.NEXT_PLANNED]] = 0
        status = -1
        while status != DAY_IS_OVER:
            status = play(fixed, state, arrivals, plan, messages, (day + 1) * DAY)
            if status == BUFFERS_ARE_FULL:
                written = state.numbers[place.CONTACT_ROWS : place.OUTREACH_ROWS + 1].any()
                if written:
                    yield _take(state)
            if status != DAY_IS_OVER and not (status == BUFFERS_ARE_FULL and written):
                state = with_more_room(state)
    yield _take(state)
    yield _at_horizon(fixed, state)


# ------------------------------------------------------------------------- what is known beforehand


def _plan(demand: Demand, day: int, messages: Rows) -> Rows:
    """Opening hours, staffing, customers who come and go, and messages of a day."""
    parts = (_hours(demand, day), _rota(demand, day), _moves(demand, day), _sending(messages))
    plan = np.concatenate(parts)
    ordered: Rows = plan[np.lexsort((plan["rank"], plan["time"]))]
    return ordered


def _hours(demand: Demand, day: int) -> Rows:
    queues = demand.tables.queues
    rows = []
    for queue in range(len(queues.priority)):
        order = rank(HOURS, queue, 0, 0, 0)
        for moments, what in ((queues.opens[queue], 1), (queues.closes[queue], 0)):
            begin, end = np.searchsorted(moments, (day * DAY, (day + 1) * DAY))
            rows += [(t, order, queue, what, 0, 0, 0, 0) for t in moments[begin:end].tolist()]
    return np.array(rows, dtype=PLAN)


def _rota(demand: Demand, day: int) -> Rows:
    teams, calendar = demand.tables.teams, demand.tables.terms.calendar
    weekday = weekday_of(calendar, day)
    rows = []
    for team, key in enumerate(teams.keys.tolist()):
        date = day - calendar.warm_days
        u = uniform(demand.seed, demand.replication, key, date, 0, 0, 0, ABSENCE)
        mean, sd = float(teams.absence_mean[team]), float(teams.absence_sd[team])
        absence = absence_of_day(mean, sd, normal_quantile(u))
        shrinkage, counts_floor = float(teams.shrinkage[team]), bool(teams.counts_floor[team])
        order = rank(STAFFING, team, 0, 0, 0)
        starts = teams.step_start[team][weekday].tolist()
        numbers = teams.step_planned[team][weekday].tolist()
        for start, planned in zip(starts, numbers, strict=True):
            floor = floor_of(planned, absence, shrinkage, counts_floor)
            paid = paid_of(planned, shrinkage, counts_floor)
            rows.append((day * DAY + start, order, team, 0, planned, absence, floor, paid))
    return np.array(rows, dtype=PLAN)


def _moves(demand: Demand, day: int) -> Rows:
    customers = demand.customers
    rows = []
    for moments, what in ((customers.joined, JOINED), (customers.leaves, LEFT_BASE)):
        today = (moments >= day * DAY) & (moments < (day + 1) * DAY) & (moments > 0.0)
        for customer in np.flatnonzero(today).tolist():
            order = rank(BASE, customer, 0, 0, 0)
            rows.append((moments[customer], order, customer, what, 0, 0, 0, 0))
    return np.array(rows, dtype=PLAN)


def _sending(messages: Rows) -> Rows:
    return np.array(
        [
            (
                message["time"],
                rank(
                    MESSAGE_GOES,
                    identity(int(message["day"]), int(message["origin"]), int(message["ordinal"])),
                    0,
                    0,
                    0,
                ),
                index,
                0,
                0,
                0,
                0,
                0,
            )
            for index, message in enumerate(messages)
        ],
        dtype=PLAN,
    )


# -------------------------------------------------------------------------------------------- logs


def _take(state: State) -> Logs:
    """All rows since the last time."""
    numbers = state.numbers
    logs = Logs(
        contacts=state.contacts[: numbers[place.CONTACT_ROWS]],
        issues=state.issues[: numbers[place.ISSUE_ROWS]],
        floor=state.floors[: numbers[place.FLOOR_ROWS]],
        customers=state.customers[: numbers[place.CUSTOMER_ROWS]],
        outreach=state.outreach[: numbers[place.OUTREACH_ROWS]],
        memory=np.empty(0, dtype=MEMORY),
    )
    numbers[place.CONTACT_ROWS : place.OUTREACH_ROWS + 1] = 0
    return logs


def _at_horizon(fixed: Fixed, state: State) -> Logs:
    """Contacts and issues that are under way, staffing that is unfinished, and memories."""
    legs = np.flatnonzero(state.links["used"])
    rows = state.leg_rows[legs]
    names = identities(rows)
    contacts = rows[np.lexsort((rows["leg"], rows["attempt"], names))]
    open_issues = np.flatnonzero(state.states["used"])
    issues = state.issue_rows[open_issues[np.argsort(state.states["identity"][open_issues])]]
    for field in ("decided", "p", "p0", *_TERMS):
        issues[field] = math.nan
    for field in ("left", "unavoidable"):
        issues[field] = 0
    finish_crews(state, float(fixed.world["horizon"][0]))
    logs = _take(state)
    return Logs(
        contacts=contacts,
        issues=issues,
        floor=logs.floor,
        customers=logs.customers,
        outreach=logs.outreach,
        memory=_memory(memories_at(fixed, state, float(fixed.world["horizon"][0])), state),
    )


_TERMS = (
    "closing_term",
    "wait_term",
    "repeats_term",
    "transfers_term",
    "self_service_term",
    "team_term",
    "memory_term",
)


def _memory(memories: Floats, state: State) -> Rows:
    customers = np.flatnonzero(memories > 0.0)
    rows = np.zeros(len(customers), dtype=MEMORY)
    rows["customer"] = customers
    rows["segment"] = state.people["segment"][customers]
    rows["memory"] = memories[customers]
    return rows
