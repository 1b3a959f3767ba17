"""Callers who call again: after hanging up, and after a talk that did not settle their issue."""

from collections.abc import Iterator

from sim.experiments.known.claim import Case, Claim, Figure
from sim.experiments.known.reading import (
    agents_of,
    exponential,
    given,
    hour_label,
    patience_of,
    rate_of,
    rates_of_day,
    reason_of,
    talk_of,
    team_of,
    unfit,
)
from sim.scenario.people import Again
from sim.scenario.scenario import Scenario
from sim.theory.changing import Stretch
from sim.theory.redials import redials
from sim.theory.returns import returns, returns_over_time
from sim.units import HOUR


def _alike(again: Again | None, path: str) -> Again:
    """Calling again, as likely after each attempt as after the first."""
    found = given(again, path)
    if found.per_attempt != 1.0:
        unfit(f"{path}.per_attempt", "must be 1 for the known values")
    return found


def _redials(scenario: Scenario) -> Iterator[Claim]:
    reason, again = reason_of(scenario), _alike(scenario.callers.redial, "callers.redial")
    known = redials(
        agents=agents_of(team_of(scenario)),
        arrival_rate=rate_of(reason),
        mean_service=talk_of(reason),
        mean_patience=patience_of(scenario),
        redialling=again.probability,
        mean_delay=exponential(again.delay, "callers.redial.delay"),
        within=scenario.service_level.within,
    )
    yield Claim(Figure("contacts per issue"), known.calls_per_issue)
    yield Claim(Figure("abandonment"), known.p_abandon)
    yield Claim(Figure("issues abandoned at least once"), known.p_abandon_first)
    yield Claim(Figure("mean wait"), known.mean_wait)
    yield Claim(Figure("service level, counted"), known.p_answered_within)
    yield Claim(Figure("occupancy"), known.occupancy)
    share = Figure("failure demand, share of contacts", "kind", "redial")
    yield Claim(share, 1.0 - 1.0 / known.calls_per_issue)


def _returning(scenario: Scenario) -> float:
    again = _alike(scenario.callers.returns, "callers.returns")
    return (1.0 - reason_of(scenario).fcr) * again.probability


def _erlang_r(scenario: Scenario) -> Iterator[Claim]:
    reason, returning = reason_of(scenario), _returning(scenario)
    known = returns(
        agents=agents_of(team_of(scenario)),
        arrival_rate=rate_of(reason),
        mean_service=talk_of(reason),
        returning=returning,
        within=scenario.service_level.within,
    )
    yield Claim(Figure("contacts per issue"), 1.0 / (1.0 - returning))
    yield Claim(Figure("mean wait"), known.mean_wait)
    yield Claim(Figure("service level, counted"), known.service_level)
    yield Claim(Figure("occupancy"), known.occupancy)


def _erlang_r_day(scenario: Scenario) -> Iterator[Claim]:
    reason, agents = reason_of(scenario), agents_of(team_of(scenario))
    profile = scenario.profiles[given(reason.profile, "reasons.NAME.profile")]
    rates = rates_of_day(profile, given(reason.volume.per_week, "reasons.NAME.volume.per_week"))
    again = _alike(scenario.callers.returns, "callers.returns")
    known = returns_over_time(
        [Stretch(HOUR, rate, agents) for rate in rates],
        mean_service=talk_of(reason),
        returning=_returning(scenario),
        mean_delay=exponential(again.delay, "callers.returns.delay"),
        within=scenario.service_level.within,
    )
    for hour, of_hour in enumerate(known):
        if rates[hour] > 0.0:
            label = hour_label(hour)
            yield Claim(Figure("offered", interval=label), of_hour.offered)
            busy = of_hour.busy / (agents * HOUR)
            yield Claim(Figure("occupancy", interval=label), busy)
    offered = sum(of_hour.offered for of_hour in known)
    in_time = sum(of_hour.answered_within for of_hour in known)
    yield Claim(Figure("mean wait"), sum(of_hour.waited for of_hour in known) / offered)
    yield Claim(Figure("service level, counted"), in_time / offered)


_RETURNS = ("callers.returns", "reasons.fcr", "most_contacts")
_PROFILE = ("profiles", "reasons.profile", "reasons.volume.per_week")

AGAIN = (
    Case(
        "redials",
        "the chain of centre and orbit (Falin and Templeton 1997)",
        _redials,
        20,
        ("callers.patience", "callers.redial", "most_contacts"),
    ),
    Case("erlang-r", "Jackson (1957), Yom-Tov and Mandelbaum (2014)", _erlang_r, 80, _RETURNS),
    Case(
        "erlang-r-day",
        "Kolmogorov's equations; Yom-Tov and Mandelbaum (2014)",
        _erlang_r_day,
        1100,
        (*_RETURNS, *_PROFILE),
    ),
)
