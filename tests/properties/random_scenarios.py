"""Scenarios made by chance: any mix of mechanisms, a few hundred contacts each."""

from functools import cache
from random import Random
from typing import Any

from sim.demand import demand_of
from sim.logs import Logs
from sim.scenario.checks import checks
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.tables.tables import Tables
from tests.engines import ENGINES, played

NUMBERS = range(16)

Table = dict[str, Any]


@cache
def tables(number: int, grain: float = 0.0) -> Tables:
    """Scenario number so and so, in numbers."""
    return tables_of(scenario(number), grain)


@cache
def logs(number: int, grain: float = 0.0, engine: str = ENGINES[0]) -> Logs:
    """What happens in it; read only."""
    return played(demand_of(tables(number, grain), number, 0), engine)


def scenario(number: int) -> Scenario:
    """The same scenario for the same number."""
    whole = Scenario.model_validate(_scenario(Random(number)))
    wrong = [finding for finding in checks(whole) if finding[2] == "error"]
    assert not wrong, wrong
    return whole


def _scenario(r: Random) -> Table:
    queues, teams = [f"q{i}" for i in range(r.randint(1, 3))], [f"t{i}" for i in range(3)]
    table: Table = {
        "horizon": f"{r.randint(1, 2)} days",
        "warm_up": f"{r.randint(0, 1)} days",
        "most_contacts": r.randint(1, 6),
        "most_legs": r.randint(1, 4),
        "reopening_spread": _length(r),
        "callers": _callers(r),
        "centre": _centre(r),
        "queues": {name: _queue(r, teams) for name in queues},
        "teams": {name: _team(r) for name in teams},
        "reasons": {f"r{i}": _reason(r, queues) for i in range(r.randint(1, 3))},
    }
    if r.random() < 0.7:
        names = [f"s{i}" for i in range(r.randint(1, 2))]
        table["segments"] = {name: _segment(r) for name in names}
        table["loyalty"] = _loyalty(r)
        table |= _outreach(r, names)
    if r.random() < 0.3:
        table["busyness"] = {"cv": r.uniform(0.1, 0.5), "correlation": r.choice([0.0, 0.6])}
    return table


def _length(r: Random, longest: float = 60.0) -> str:
    """Some minutes."""
    return f"{r.uniform(0.05, longest):.2f} min"


def _law(r: Random, longest: float = 60.0) -> Any:
    mean, cv = _length(r, longest), round(r.uniform(0.3, 2.0), 2)
    law: Table = r.choice(
        [
            {"constant": mean},
            {"exponential": {"mean": mean}},
            {"lognormal": {"mean": mean, "cv": cv}},
            {"gamma": {"mean": mean, "cv": cv}},
            {"weibull": {"mean": mean, "shape": cv}},
            {"uniform": {"low": "1 s", "high": f"{61 + r.randint(0, 600)} s"}},
        ]
    )
    if r.random() < 0.2:
        law["at_once"] = 0.2
    return law


def _again(r: Random) -> Table:
    return {"probability": r.random(), "per_attempt": r.random(), "delay": _law(r, 200.0)}


def _callers(r: Random) -> Table:
    callers: Table = {}
    if r.random() < 0.8:
        callers["patience"] = _law(r, 6.0) | {"never": r.choice([0.0, 0.1])}
    for name in ("redial", "returns", "after_refusal"):
        if r.random() < 0.7:
            callers[name] = _again(r)
    return callers


def _centre(r: Random) -> Table:
    centre: Table = {"closing": r.choice(["serve", "drop"])}
    if r.random() < 0.5:
        centre["opening"] = {"all": r.choice(["8:00-12:00", "7:30-18:10", "0:00-23:00"])}
    if r.random() < 0.4:
        centre["lines"] = r.randint(3, 20)
    if r.random() < 0.4:
        centre |= {"menu": _length(r, 1.0), "menu_hang_up": r.uniform(0.0, 0.2)}
    return centre


def _queue(r: Random, teams: list[str]) -> Table:
    routes: list[Table] = [{"team": team} for team in r.sample(teams, r.randint(1, 3))]
    for route in routes[1:]:
        if r.random() < 0.5:
            route["after"] = _length(r, 2.0)
        if r.random() < 0.3:
            route["longer_than"] = r.randint(0, 4)
    if r.random() < 0.3:
        _share_out(r, routes)
    queue: Table = {"routes": routes, "priority": r.randint(0, 1)}
    if r.random() < 0.2:
        queue["closing"] = r.choice(["serve", "drop"])
    return queue


def _share_out(r: Random, routes: list[Table]) -> None:
    """Shares for routes to be had at any length of the queue: of all contacts, or of some while the
    first route stays open to everyone."""
    plain = [route for route in routes if not route.get("longer_than")]
    if r.random() < 0.5:
        weights = [r.uniform(0.2, 1.0) for _ in plain]
        for route, weight in zip(plain, weights, strict=True):
            route["share"] = weight / sum(weights)
    else:
        for route in routes[1:]:
            route["share"] = r.uniform(0.1, 0.4)


def _team(r: Random) -> Table:
    team: Table = {
        "counts": r.choice(["floor", "scheduled"]),
        "shrinkage": r.choice([0.0, 0.3]),
        "felt": r.uniform(0.8, 1.3),
        "pace": r.choice([1.0, 0.8]),
        "elasticity": 0.5,
        "factors": {"handle": r.uniform(0.7, 1.4), "fcr": r.uniform(0.8, 1.2)},
    }
    if r.random() < 0.5:
        team["agents"] = r.randint(1, 4)
    else:
        agents = [r.randint(0, 5) for _ in range(r.randint(8, 48))]
        team["staffing"] = {
            "interval": "15 min",
            "days": {"all": {"start": "8:00", "agents": [1, *agents]}},
        }
    if r.random() < 0.4:
        team["absence"] = {"mean": 0.1, "sd": 0.2}
    if r.random() < 0.4:
        team["authority"] = r.random()
    return team


def _reason(r: Random, queues: list[str]) -> Table:
    reason: Table = {
        "volume": {"per_week": r.uniform(700.0, 3000.0)},
        "queue": r.choice(queues),
        "talk": _law(r, 8.0),
        "fcr": r.uniform(0.4, 1.0),
        "seeks_help": r.uniform(0.6, 1.0),
        "avoidable": r.random() < 0.5,
        "authority": r.choice([1.0, 0.7]),
    }
    if r.random() < 0.7:
        reason["after_call"] = _law(r, 3.0)
    if r.random() < 0.5:
        reason["misrouted"] = {"probability": r.random() / 2, "to": r.choice(queues)}
    if r.random() < 0.5:
        reason["beyond"] = {"transferred": r.random(), "to": r.choice(queues)}
    if r.random() < 0.4:
        reason["self_service"] = {"tried": 0.5, "contained": 0.5, "false_containment": 0.3}
    return reason


def _segment(r: Random) -> Table:
    return {
        "customers": r.randint(50, 1000),
        "base_churn": r.choice([0.0, 0.9]),
        "joins": r.choice([0.0, 5.0]),
    }


def _loyalty(r: Random) -> Table:
    closings = ("resolved", "unresolved", "gave_up", "refused", "silent", "preempted")
    loyalty: Table = {
        "base": {closing: r.uniform(0.001, 0.1) for closing in closings},
        "odds": {
            "per_minute_waited": 1.2,
            "tolerance": _length(r, 1.0),
            "wait_counts_up_to": _length(r, 20.0),
            "per_repeat": 1.5,
            "per_transfer": 1.2,
            "self_service_failed": 1.3,
        },
    }
    if r.random() < 0.7:
        loyalty["memory"] = {"half_life": "1 d", "bad_closing": 1.5, "at_most": 3.0}
    return loyalty


def _outreach(r: Random, segments: list[str]) -> Table:
    table: Table = {}
    if r.random() < 0.6:
        table["incidents"] = {
            "outage": {
                "reason": "r0",
                "at": [{"day": 0, "time": "8:30"}],
                "hits": dict.fromkeys(segments, 0.1),
                "lag": _law(r, 120.0),
            }
        }
        table["notices"] = {
            "sorry": {
                "incident": "outage",
                "detected_after": _length(r, 20.0),
                "per_hour": 100.0,
                "reach": 0.8,
                "preempts": 0.5,
                "silent_then_call": 0.3,
                "false_alarms": 0.2,
                "false_alarm_opens": 0.3,
            }
        }
    if r.random() < 0.6:
        table["recovery"] = {
            "detected": {"unresolved": 0.8, "gave_up": 0.5, "refused": 0.5},
            "reached": _law(r, 300.0) | {"never": 0.2},
            "window": "1 h",
            "deadline": "5 h",
            "odds_in_window": 0.5,
        }
    return table
