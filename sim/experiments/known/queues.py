"""The textbook's queues: one line of callers, and one team."""

import math
from collections.abc import Iterator
from typing import Any

from sim.experiments.known.claim import Case, Claim, Figure
from sim.experiments.known.reading import (
    agents_of,
    given,
    law_of,
    mean,
    patience_of,
    rate_of,
    reason_of,
    talk_of,
    team_of,
    unfit,
)
from sim.scenario.scenario import Scenario
from sim.theory.any_service import constant_service, one_agent
from sim.theory.erlang import erlang_b, erlang_c
from sim.theory.impatient import Impatient, erlang_a, impatient
from sim.theory.laws import Constant
from sim.theory.lines import finite_lines
from sim.theory.priorities import two_classes

BLOCKED = Figure("blocked", of="contacts")
WAIT, ASA, TO_ABANDON = Figure("mean wait"), Figure("ASA"), Figure("time to abandon")
ABANDONMENT, OCCUPANCY = Figure("abandonment"), Figure("occupancy")
SERVICE_LEVEL = Figure("service level, counted")


def _queue(scenario: Scenario) -> dict[str, Any]:
    """Agents, rate and exponential talks, as the formulas name them."""
    reason = reason_of(scenario)
    return {
        "agents": agents_of(team_of(scenario)),
        "arrival_rate": rate_of(reason),
        "mean_service": talk_of(reason),
    }


def _within(scenario: Scenario) -> float:
    return scenario.service_level.within


def _erlang_b(scenario: Scenario) -> Iterator[Claim]:
    reason, agents = reason_of(scenario), agents_of(team_of(scenario))
    if scenario.centre.lines != agents:
        unfit("centre.lines", f"must be as many as the agents, {agents}, for Erlang B")
    known = erlang_b(agents=agents, arrival_rate=rate_of(reason), mean_service=mean(reason.talk))
    yield Claim(BLOCKED, known.p_blocked)
    yield Claim(OCCUPANCY, known.occupancy)


def _erlang_c(scenario: Scenario) -> Iterator[Claim]:
    known = erlang_c(**_queue(scenario), within=_within(scenario))
    yield Claim(WAIT, known.mean_wait)
    yield Claim(ASA, known.mean_wait)
    yield Claim(SERVICE_LEVEL, known.service_level)
    yield Claim(OCCUPANCY, known.occupancy)


def _one_line_of_several_queues(scenario: Scenario) -> dict[str, Any]:
    """The same for queues of equal priority, whose reasons have talks of the same length."""
    if len({queue.priority for queue in scenario.queues.values()}) > 1:
        unfit("queues", "must have the same priority, so that they are one line")
    talks = {talk_of(reason) for reason in scenario.reasons.values()}
    if len(talks) > 1:
        unfit("reasons", "must have talks of the same mean, so that they are one line")
    return {
        "agents": agents_of(team_of(scenario)),
        "arrival_rate": sum(rate_of(reason) for reason in scenario.reasons.values()),
        "mean_service": talks.pop(),
    }


def _limits(scenario: Scenario) -> Iterator[tuple[Figure, Figure, float]]:
    """Of each queue the service level, the mean wait and the limit."""
    for name, queue in scenario.queues.items():
        target = given(queue.target, f"queues.{name}.target")
        service_level = Figure("service level", "queue", name)
        yield service_level, Figure("mean wait", "queue", name), target.within


def _erlang_c_tails(scenario: Scenario) -> Iterator[Claim]:
    queue = _one_line_of_several_queues(scenario)
    for service_level, wait, within in _limits(scenario):
        known = erlang_c(**queue, within=within)
        yield Claim(service_level, known.service_level)
        yield Claim(wait, known.mean_wait)


def _erlang_a_tails(scenario: Scenario) -> Iterator[Claim]:
    queue = _one_line_of_several_queues(scenario)
    for service_level, wait, within in _limits(scenario):
        known = erlang_a(**queue, mean_patience=patience_of(scenario), within=within)
        yield Claim(service_level, 1.0 - known.p_later)
        yield Claim(wait, known.mean_wait)


def _of_impatient(known: Impatient) -> Iterator[Claim]:
    yield Claim(ABANDONMENT, known.p_abandon)
    yield Claim(WAIT, known.mean_wait)
    yield Claim(ASA, known.mean_wait_answered)
    yield Claim(TO_ABANDON, known.mean_wait_abandoned)
    yield Claim(SERVICE_LEVEL, known.service_level("counted"))
    yield Claim(Figure("service level, excluded"), known.service_level("excluded"))
    yield Claim(Figure("service level, met"), known.service_level("met"))
    yield Claim(Figure("service level, answered"), known.service_level("answered"))
    yield Claim(OCCUPANCY, known.occupancy)


def _erlang_a(scenario: Scenario) -> Iterator[Claim]:
    patience = patience_of(scenario)
    return _of_impatient(
        erlang_a(**_queue(scenario), mean_patience=patience, within=_within(scenario))
    )


def _any_patience(scenario: Scenario) -> Iterator[Claim]:
    patience = law_of(given(scenario.callers.patience, "callers.patience"))
    return _of_impatient(impatient(**_queue(scenario), patience=patience, within=_within(scenario)))


def _finite_lines(scenario: Scenario) -> Iterator[Claim]:
    patience = patience_of(scenario) if scenario.callers.patience else math.inf
    known = finite_lines(
        **_queue(scenario),
        mean_patience=patience,
        lines=given(scenario.centre.lines, "centre.lines"),
        within=_within(scenario),
    )
    yield Claim(BLOCKED, known.p_blocked)
    yield Claim(WAIT, known.mean_wait)
    yield Claim(ASA, known.mean_wait_answered)
    yield Claim(SERVICE_LEVEL, known.p_answered_within)
    yield Claim(OCCUPANCY, known.occupancy)
    if patience < math.inf:
        yield Claim(ABANDONMENT, known.p_abandon)
        met = known.p_answered_within + known.p_abandoned_within
        yield Claim(Figure("service level, met"), met)


def _one_agent(scenario: Scenario) -> Iterator[Claim]:
    reason = reason_of(scenario)
    if agents_of(team_of(scenario)) != 1:
        unfit("teams.NAME.agents", "must be 1, for the formula is of one agent")
    talk = law_of(reason.talk)
    work = law_of(reason.after_call) if reason.after_call else Constant(0.0)
    known = one_agent(
        arrival_rate=rate_of(reason),
        mean_service=talk.mean + work.mean,
        mean_square=talk.second_moment + 2.0 * talk.mean * work.mean + work.second_moment,
    )
    yield Claim(WAIT, known.mean_wait)
    yield Claim(OCCUPANCY, known.p_wait)


def _constant_talks(scenario: Scenario) -> Iterator[Claim]:
    reason = reason_of(scenario)
    known = constant_service(
        agents=agents_of(team_of(scenario)),
        arrival_rate=rate_of(reason),
        service=given(reason.talk.constant, "reasons.NAME.talk.constant"),
        within=_within(scenario),
    )
    yield Claim(WAIT, known.mean_wait)
    yield Claim(SERVICE_LEVEL, 1.0 - known.p_later)


def _priorities(scenario: Scenario) -> Iterator[Claim]:
    first, second = sorted(scenario.queues, key=lambda name: -scenario.queues[name].priority)
    reason_at = {given(one.queue, "reasons.NAME.queue"): one for one in scenario.reasons.values()}
    talks = {talk_of(reason) for reason in reason_at.values()}
    if len(talks) > 1:
        unfit("reasons", "must have talks of the same mean, for the formula of priorities")
    known = two_classes(
        agents=agents_of(team_of(scenario)),
        first_rate=rate_of(reason_at[first]),
        second_rate=rate_of(reason_at[second]),
        mean_service=talks.pop(),
        within=_within(scenario),
    )
    for nth, queue in enumerate((first, second)):
        yield Claim(Figure("mean wait", "queue", queue), known.mean_wait[nth])
        service_level = Figure("service level, counted", "queue", queue)
        yield Claim(service_level, 1.0 - known.p_later[nth])


_PATIENCE = "Baccelli and Hebuterne (1981), Zeltyn and Mandelbaum (2005)"
_ONE_AGENT = "Pollaczek (1930), Khinchine (1932)"

QUEUES = (
    *(
        Case(name, "Erlang (1917), the loss formula", _erlang_b, 25, ("centre.lines",))
        for name in ("erlang-b", "erlang-b-constant", "erlang-b-lognormal", "erlang-b-gamma")
    ),
    Case("erlang-c", "Erlang (1917), the delay formula", _erlang_c, 140),
    Case("erlang-c-tails", "Erlang (1917), the delay formula", _erlang_c_tails, 100),
    Case("erlang-a", f"Palm (1946); {_PATIENCE}", _erlang_a, 20, ("callers.patience",)),
    Case("erlang-a-tails", f"Palm (1946); {_PATIENCE}", _erlang_a_tails, 20, ("callers.patience",)),
    Case(
        "mmnk", "the birth-and-death chain", _finite_lines, 20, ("centre.lines", "callers.patience")
    ),
    Case(
        "mmnk-impatient",
        "the birth-and-death chain",
        _finite_lines,
        30,
        ("centre.lines", "callers.patience"),
    ),
    *(
        Case(f"patience-{law}", _PATIENCE, _any_patience, 20, ("callers.patience",))
        for law in (
            "constant",
            "uniform",
            "gamma",
            "weibull",
            "lognormal",
            "measured",
            "mixture",
            "never",
            "at-once",
        )
    ),
    Case("one-agent", _ONE_AGENT, _one_agent, 20),
    Case("one-agent-lognormal", _ONE_AGENT, _one_agent, 42),
    Case("one-agent-with-work", _ONE_AGENT, _one_agent, 20, ("reasons.after_call",)),
    Case("constant-talks", "Crommelin (1932), Franx (2001)", _constant_talks, 40),
    Case(
        "priorities",
        "Cobham (1954), Kella and Yechiali (1985)",
        _priorities,
        80,
        ("queues.priority",),
    ),
)
