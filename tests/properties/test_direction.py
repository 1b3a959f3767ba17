"""More of one thing means less of another, on the same customers with the same luck.

Each change is one step in one direction. Sums over a few replications must move the way that the
model says; with common random numbers they do so from the first replications on.
"""

import numpy as np
import pytest

from sim import codes
from tests.engines import ENGINES
from tests.zoo import zoo

REPLICATIONS = range(2)


def count(log, field, *words):
    """Counts the rows of a log with these codes."""
    return lambda logs: int(np.isin(getattr(logs, log)[field], words).sum())


ABANDONED = count("contacts", "outcome", codes.ABANDONED)
BLOCKED = count("contacts", "outcome", codes.BLOCKED)
CLOSED = count("contacts", "outcome", codes.CLOSED)
DROPPED = count("contacts", "outcome", codes.DROPPED)
HUNG_UP = count("contacts", "outcome", codes.HUNG_UP_IN_MENU)
REFUSED = count("contacts", "result", codes.TURNED_DOWN)
TRANSFERRED = count("contacts", "result", codes.TRANSFERRED)
REDIALS = count("contacts", "why", codes.REDIAL)
REPEATS = count("contacts", "why", codes.REPEAT)
RETRIES = count("contacts", "why", codes.RETRY)
RESOLVED = count("issues", "closing", codes.RESOLVED)
SILENT = count("issues", "closing", codes.SILENT)
PREEMPTED = count("issues", "closing", codes.PREEMPTED)
LEFT = count("customers", "what", codes.LEFT_SERVICE, codes.LEFT_UNAVOIDABLE)
MESSAGES = count("outreach", "kind", codes.MESSAGE_SENT, codes.FALSE_ALARM)


def contacts(logs):
    return int(logs.contacts["last"].sum())


def waited(logs):
    return float(np.nansum(logs.contacts["end_wait"] - logs.contacts["joined"]))


def handling(logs):
    return float(np.nansum(logs.contacts["end_work"] - logs.contacts["end_wait"]))


def overtime(logs):
    return float(logs.floor["overtime"].sum())


def risk(logs):
    """Expected leavers."""
    return float(np.nansum(logs.issues["p"]))


def remembered(logs):
    return float(logs.memory["memory"].sum())


FEWER, MORE = -1, 1
CHANGES = [
    ("erlang-a", "teams.agents.agents=6", ABANDONED, FEWER),
    ("erlang-a", "teams.agents.agents=6", waited, FEWER),
    ("erlang-a", "teams.agents.factors.handle=1.2", ABANDONED, MORE),
    ("erlang-a", "teams.agents.pace=0.8", handling, FEWER),
    ("erlang-a", "reasons.call.volume.per_hour=70.0", ABANDONED, MORE),
    ("erlang-a", "callers.patience.exponential=2 min", ABANDONED, MORE),
    ("erlang-a", "callers.patience.exponential=2 min", waited, FEWER),
    ("erlang-a", "callers.patience.never=0.5", ABANDONED, FEWER),
    ("staffing", "teams.one.scale=1.2", ABANDONED, FEWER),
    ("staffing", "teams.one.shrinkage=0.5", ABANDONED, MORE),
    ("staffing", "teams.two.absence.mean=0.6", ABANDONED, MORE),
    ("redials", "callers.redial.probability=0.5", REDIALS, FEWER),
    ("redials", "callers.redial.per_attempt=0.3", REDIALS, FEWER),
    ("redials", "most_contacts=2", REDIALS, FEWER),
    ("returns", "reasons.call.fcr=0.7", REPEATS, FEWER),
    ("returns", "reasons.call.fcr=0.7", handling, FEWER),
    ("returns", "callers.returns.probability=0.4", REPEATS, FEWER),
    ("teams", "teams.fast.elasticity=2.0", RESOLVED, FEWER),
    ("teams", "teams.good.factors.fcr=0.7", REPEATS, MORE),
    ("teams", "teams.fast.felt=2.0", risk, MORE),
    ("authority", "reasons.order.authority=0.95", REFUSED, FEWER),
    ("authority", "teams.kind.authority=1.0", REFUSED, FEWER),
    ("authority", "callers.after_refusal.probability=0.2", RETRIES, FEWER),
    ("transfers", "reasons.case.misrouted.probability=0.6", TRANSFERRED, MORE),
    ("transfers", "reasons.case.beyond.transferred=0.3", REFUSED, MORE),
    ("transfers", "most_legs=2", REFUSED, MORE),
    ("lines", "centre.lines=8", BLOCKED, FEWER),
    ("lines", "centre.menu_hang_up=0.2", HUNG_UP, MORE),
    ("lines", "centre.menu=2 min", BLOCKED, MORE),
    ("closing-drop", "centre.opening.mon=8:00-14:00", CLOSED, FEWER),
    ("closing-drop", "centre.closing=serve", DROPPED, FEWER),
    ("closing-drop", "centre.closing=serve", overtime, MORE),
    ("self-service", "reasons.order.seeks_help=0.9", SILENT, FEWER),
    ("self-service", "reasons.order.self_service.contained=0.8", contacts, FEWER),
    ("self-service", "reasons.order.self_service.tried=0.9", contacts, FEWER),
    ("notices", "notices.outage.preempts=0.9", PREEMPTED, MORE),
    ("notices", "notices.outage.reach=0.3", PREEMPTED, FEWER),
    ("notices", "notices.outage.detected_after=3 h", PREEMPTED, FEWER),
    ("notices", "notices.outage.false_alarms=0.4", MESSAGES, MORE),
    ("notices", "incidents.outage.hits.homes=0.3", contacts, MORE),
    ("loyalty", "loyalty.odds.per_minute_waited=1.5", risk, MORE),
    ("loyalty", "loyalty.odds.tolerance=3 min", risk, FEWER),
    ("loyalty", "loyalty.base.unresolved=0.2", LEFT, MORE),
    ("loyalty", "loyalty.memory.half_life=2 h", risk, FEWER),
    ("loyalty", "loyalty.memory.at_most=1.2", remembered, FEWER),
    ("recovery", "recovery.odds_in_window=1.0", risk, MORE),
    ("recovery", "recovery.detected.unresolved=0.2", risk, MORE),
    ("recovery", "recovery.window=10 h", LEFT, FEWER),
    ("shares", "teams.c.agents=3", ABANDONED, FEWER),
    ("longer", "teams.vendor.agents=1", ABANDONED, MORE),
    ("closing-routes", "centre.closing=drop", DROPPED, MORE),
    ("volumes", "fixes.invoice.factor=0.9", contacts, MORE),
]


@pytest.mark.parametrize(
    ("name", "change", "measure", "direction"),
    CHANGES,
    ids=[f"{name} {change}" for name, change, *_ in CHANGES],
)
def test_a_change_moves_what_it_should(name, change, measure, direction):
    engine = ENGINES[-1]
    base, other = (
        sum(measure(zoo.logs(name, *changes, replication=r, engine=engine)) for r in REPLICATIONS)
        for changes in ((), (change,))
    )
    assert (other - base) * direction > 0


@pytest.mark.parametrize(
    ("name", "change", "word"),
    [
        ("self-service", "reasons.order.seeks_help=0.9", codes.SILENT),
        ("notices", "reasons.fault.seeks_help=0.8", codes.SILENT),
    ],
)
def test_whoever_keeps_silent_with_more_help_sought_kept_silent_before(name, change, word):
    fewer, more = (_closed_so(zoo.logs(name, *changes), word) for changes in ((change,), ()))
    assert fewer < more


def test_more_authority_refuses_a_part_of_the_same_cases_at_first():
    """Where one team, large enough, answers everybody, each case meets the same authority."""
    one_team = ("teams.strict=false", "teams.kind.agents=20")
    more, less = (
        {
            (row["origin"], row["ordinal"])
            for row in zoo.logs(
                "authority", *one_team, f"teams.kind.authority={authority}"
            ).contacts
            if row["attempt"] == 1 and row["result"] == codes.TURNED_DOWN
        }
        for authority in (0.9, 0.6)
    )
    assert len(more) > 10
    assert more <= less
    assert len(less) > 2 * len(more)


def _closed_so(logs, word):
    rows = logs.issues[logs.issues["closing"] == word]
    return set(rows[["day", "origin", "ordinal"]].tolist())
