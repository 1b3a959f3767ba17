"""Days that are not alike, and days in which the hours are not alike."""

from collections.abc import Iterator

from sim.experiments.known.claim import Case, Claim, Figure, Spread
from sim.experiments.known.reading import (
    agents_of,
    agents_of_day,
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
from sim.scenario.scenario import Scenario
from sim.theory.busy_days import busy_days
from sim.theory.changing import Stretch, changing
from sim.units import DAY, HOUR


def _one_day(scenario: Scenario) -> None:
    if scenario.horizon != DAY or scenario.warm_up:
        unfit("horizon", "must be one day without warm-up, for the day begins empty")


def _busy_days(scenario: Scenario) -> Iterator[Claim]:
    _one_day(scenario)
    reason = reason_of(scenario)
    known = busy_days(
        agents=agents_of(team_of(scenario)),
        arrival_rate=rate_of(reason),
        mean_service=talk_of(reason),
        mean_patience=patience_of(scenario),
        cv=given(scenario.busyness, "busyness").cv,
        seconds=DAY,
    )
    yield Claim(Figure("offered"), known.calls)
    yield Claim(Spread(Figure("offered")), known.calls_sd)
    yield Claim(Figure("abandonment"), known.p_abandon)
    yield Claim(Figure("occupancy"), known.occupancy)


def _day(scenario: Scenario) -> Iterator[Claim]:
    _one_day(scenario)
    reason = reason_of(scenario)
    profile = scenario.profiles[given(reason.profile, "reasons.NAME.profile")]
    rates = rates_of_day(profile, given(reason.volume.per_week, "reasons.NAME.volume.per_week"))
    agents = agents_of_day(team_of(scenario))
    known = changing(
        [Stretch(HOUR, rate, number) for rate, number in zip(rates, agents, strict=True)],
        mean_service=talk_of(reason),
        mean_patience=patience_of(scenario),
        within=scenario.service_level.within,
    )
    for hour, of_hour in enumerate(known):
        if rates[hour] <= 0.0:
            continue
        label, calls = hour_label(hour), of_hour.offered
        yield Claim(Figure("offered", interval=label), calls)
        yield Claim(Figure("abandonment", interval=label), of_hour.abandoned / calls)
        yield Claim(Figure("mean wait", interval=label), of_hour.waited / calls)
        yield Claim(Figure("service level", interval=label), of_hour.answered_within / calls)
        present = agents[hour] * HOUR + of_hour.overtime
        yield Claim(Figure("occupancy", interval=label), of_hour.busy / present)
    overtime = sum(of_hour.overtime for of_hour in known) / HOUR
    yield Claim(Figure("overtime hours"), overtime)


_DAY = (
    "callers.patience",
    "profiles",
    "reasons.profile",
    "reasons.volume.per_week",
    "teams.staffing",
)

DAYS = (
    Case(
        "busy-days",
        "Greenwood and Yule (1920), Jongbloed and Koole (2001)",
        _busy_days,
        1500,
        ("callers.patience", "busyness"),
    ),
    Case("day", "Kolmogorov's equations, forward and backward", _day, 1300, _DAY),
)
