"""One replication on the compiled kernel, day by day."""

from collections.abc import Iterator

import numpy as np

from sim.codes import ABSENCE, BASE, HOURS, JOINED, LEFT_BASE, MESSAGE_GOES, STAFFING
from sim.demand import Demand
from sim.demand.order import identities, in_order_of_day, joined
from sim.engines.kernel import state as place
from sim.engines.kernel.fixed import Fixed, Floats, Ints, fixed_of
from sim.engines.kernel.horizon import (
    contacts_under_way,
    finish_crews,
    issues_under_way,
    memories_at,
)
from sim.engines.kernel.loop import play
from sim.engines.kernel.state import BUFFERS, PLAN, State, state_of, with_more_room
from sim.jit import rule
from sim.logs import ARISING, MEMORY, Logs, Rows
from sim.rules.agent import absence_of_day, floor_of, paid_of
from sim.rules.distributions import normal_quantile
from sim.rules.draws import uniform
from sim.rules.order import rank
from sim.tables.calendar import weekday_of
from sim.terms import DAY


def run(demand: Demand) -> Iterator[Logs]:
    """Plays one replication; yields logs of what ended, and at last of what was under way at the
    horizon. What is yielded is overwritten later: who keeps it makes a copy."""
    fixed = fixed_of(demand)
    customers = demand.customers
    state = state_of(fixed, customers.joined, customers.segment)
    arrivals = np.empty(0, dtype=ARISING)
    for day in range(demand.tables.terms.calendar.days):
        left_over = arrivals[state.numbers[place.NEXT_ARRIVAL] :]
        arrivals = demand.issues_of(day)
        if len(left_over):
            arrivals = in_order_of_day(joined([left_over, arrivals]), day)
        messages = demand.messages_of(day)
        plan = _plan(demand, day, messages)
        state.numbers[[place.NEXT_ARRIVAL, place.NEXT_PLANNED]] = 0
        while (full := play(fixed, state, arrivals, plan, messages, (day + 1) * DAY)) >= 0:
            if (
                full == BUFFERS
                and state.numbers[place.CONTACT_ROWS : place.OUTREACH_ROWS + 1].any()
            ):
                yield _take(state)
            else:
                state = with_more_room(state, full)
    yield _take(state)
    yield _at_horizon(fixed, state)


# ------------------------------------------------------------------------- what is known beforehand


def _plan(demand: Demand, day: int, messages: Rows) -> Rows:
    """Opening hours, staffing, customers who come and go, and messages of a day."""
    parts = (_hours(demand, day), _rota(demand, day), _moves(demand, day), _sending(messages))
    plan = joined(parts)
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
    weekday, date = weekday_of(calendar, day), day - calendar.warm_days
    steps = [of_weekday[weekday] for of_weekday in teams.step_start]
    rows = np.zeros(sum(map(len, steps)), dtype=PLAN)
    end = 0
    for team, starts in enumerate(steps):
        begin, end = end, end + len(starts)
        rows["time"][begin:end] = day * DAY + starts
        rows["planned"][begin:end] = teams.step_planned[team][weekday]
        _staff(
            rows[begin:end],
            team,
            demand.seed,
            demand.replication,
            int(teams.keys[team]),
            date,
            float(teams.absence_mean[team]),
            float(teams.absence_sd[team]),
            float(teams.shrinkage[team]),
            bool(teams.counts_floor[team]),
        )
    return rows


@rule
def _staff(
    rows: Rows,
    team: int,
    seed: int,
    replication: int,
    key: int,
    date: int,
    mean: float,
    sd: float,
    shrinkage: float,
    counts_floor: bool,
) -> None:
    """Completes a team's steps of a day: who is absent, on the floor, and paid."""
    u = uniform(seed, replication, key, date, 0, 0, 0, ABSENCE)
    absence = absence_of_day(mean, sd, normal_quantile(u))
    for step in range(len(rows)):
        row = rows[step]
        row["rank"] = rank(STAFFING, team, 0, 0, 0)
        row["index"] = team
        row["absence"] = absence
        row["floor"] = floor_of(row["planned"], absence, shrinkage, counts_floor)
        row["paid"] = paid_of(row["planned"], shrinkage, counts_floor)


def _moves(demand: Demand, day: int) -> Rows:
    """Customers who join or leave of themselves."""
    joining, leaving = demand.customers.joining, demand.customers.leaving
    parts = []
    for (moments, who), what in ((joining, JOINED), (leaving, LEFT_BASE)):
        today = slice(*np.searchsorted(moments, (day * DAY, (day + 1) * DAY)))
        rows = np.zeros(len(who[today]), dtype=PLAN)
        rows["time"], rows["index"], rows["what"] = moments[today], who[today], what
        _rank(rows, BASE, who[today])
        parts.append(rows)
    return joined(parts)


def _sending(messages: Rows) -> Rows:
    rows = np.zeros(len(messages), dtype=PLAN)
    rows["time"], rows["index"] = messages["time"], np.arange(len(messages))
    _rank(rows, MESSAGE_GOES, identities(messages))
    return rows


@rule
def _rank(rows: Rows, kind: int, subjects: Ints) -> None:
    for i in range(len(rows)):
        rows[i]["rank"] = rank(kind, subjects[i], 0, 0, 0)


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
    horizon = float(fixed.world["horizon"][0])
    finish_crews(state, horizon)
    logs = _take(state)
    return Logs(
        contacts=contacts_under_way(state),
        issues=issues_under_way(state),
        floor=logs.floor,
        customers=logs.customers,
        outreach=logs.outreach,
        memory=_memory(memories_at(fixed, state, horizon), state),
    )


def _memory(memories: Floats, state: State) -> Rows:
    customers = np.flatnonzero(memories > 0.0)
    rows = np.zeros(len(customers), dtype=MEMORY)
    rows["customer"] = customers
    rows["segment"] = state.people["segment"][customers]
    rows["memory"] = memories[customers]
    return rows
