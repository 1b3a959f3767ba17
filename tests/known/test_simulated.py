"""Known results, simulated from the studies' own scenarios: within four standard errors of what the
formulas say, and in the directions that are known."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import gamma

from sim.accounting.measures import lines_of_whole
from sim.experiments.points import Lot, simulate_points
from sim.experiments.replicate import in_silence
from sim.scenario.load import load
from sim.statistics.estimate import ratio_estimate, ratios, standard_errors
from sim.tables.build import terms_of
from sim.theory.attempts import attempts
from sim.theory.cosourcing import flow
from sim.theory.impatient import erlang_a

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MINUTE = 60.0


def told(name, measure, *sets, replications=10):
    """Numerators and denominators of a measure of the whole."""
    scenario = load(SCENARIOS / f"{name}.toml", sets).scenario
    (figures,) = simulate_points([scenario], Lot(replications, 2, "kernel", 2), in_silence)
    place = next(
        nth
        for nth, line in enumerate(lines_of_whole(terms_of(scenario)))
        if (line.measure, line.row_kind, line.interval) == (measure, "total", None)
    )
    return (
        np.array([one.numerators[place] for one in figures]),
        np.array([one.denominators[place] for one in figures]),
    )


def agrees(pair, known, precise):
    """Within four standard errors, of which one is at most a share of what is known."""
    found = ratios(*(column[:, np.newaxis] for column in pair))
    error = float(standard_errors(found)[0])
    assert error < precise * known
    return abs(float(found.value[0]) - known) < 4.0 * error


def test_attempts_and_abandonment_with_redials_are_those_of_the_fixed_point():
    known = attempts(
        agents=48,
        fresh_rate=10.0 / MINUTE,
        mean_service=5.0 * MINUTE,
        mean_patience=2.0 * MINUTE,
        redial=0.5,
        again=0.1,
    )
    crowded = ("redials/base", "teams.agents.agents=48")
    assert agrees(told(crowded[0], "abandonment", crowded[1]), known.p_abandon, 0.02)
    contacts = told(crowded[0], "contacts", crowded[1])
    assert agrees(contacts, known.rate * 7 * 86_400.0, 0.005)


def test_sized_for_fresh_calls_too_many_hang_up_and_sized_with_redials_few_enough():
    few, enough = (
        ratio_estimate(*told(f"redials/{name}", "abandonment")) for name in ("fresh-only", "base")
    )
    assert few.low > 0.08
    assert enough.high < 0.03


@pytest.mark.parametrize(("name", "aht", "fcr"), [("base", 5.0, 0.70), ("careful", 6.0, 0.85)])
def test_attempts_and_issues_are_abandoned_as_the_fixed_point_says(name, aht, fcr):
    known = attempts(
        agents=65,
        fresh_rate=10.0 / MINUTE,
        mean_service=aht * MINUTE,
        mean_patience=2.0 * MINUTE,
        again=1.0 - fcr,
    )
    assert agrees(told(f"resolution/{name}", "abandonment"), known.p_abandon, 0.02)
    issues = told(f"resolution/{name}", "issues abandoned at least once")
    assert agrees(issues, known.abandoned_per_fresh, 0.02)


@pytest.mark.parametrize(
    "cv",
    [
        0.0,
        pytest.param(0.1, marks=pytest.mark.slow),
        0.2,
        pytest.param(0.3, marks=pytest.mark.slow),
    ],
)
def test_uncertain_days_lose_what_the_mixture_of_erlang_a_says(cv):
    def abandoned(factor):
        return erlang_a(
            agents=54,
            arrival_rate=10.0 / MINUTE * factor,
            mean_service=5.0 * MINUTE,
            mean_patience=2.0 * MINUTE,
        ).p_abandon

    known, sets = abandoned(1.0), []
    if cv:
        shares = (np.arange(400) + 0.5) / 400
        factors = gamma.ppf(shares, cv**-2, scale=cv**2)
        known = float(np.mean([factor * abandoned(factor) for factor in factors]))
        sets = [f"busyness={{cv={cv}}}"]
    pair = told(
        "redials/base",
        "abandonment",
        *("teams.agents.agents=54", "reasons.call.fcr=1.0", "callers.redial=false"),
        *("horizon=30 days", "warm_up=1 day", *sets),
        replications=20,
    )
    assert agrees(pair, known, 0.08)


def test_a_vendor_takes_and_the_line_loses_what_the_birth_death_process_says():
    shares = (np.arange(400) + 0.5) / 400
    days = gamma.ppf(shares, 100.0, scale=0.01)
    flows = [
        flow(agents=96, arrival_rate=100.0 * day, mean_service=1.0, mean_patience=1.0, waiting=8)
        for day in days
    ]
    lost = float(np.mean([one.abandoned for one in flows])) / 100.0
    outsourced = float(np.mean([one.outsourced for one in flows]))
    name = "uncertain-demand/overflow"
    assert agrees(told(name, "abandonment", replications=20), lost, 0.03)
    cost = (96.0 + 1.5 * outsourced) * 24.0 * 28.0
    assert agrees(told(name, "operating cost", replications=20), cost, 0.01)


def test_halving_an_incident_s_calls_by_notices_halves_what_it_loses_and_more():
    """Half of those who are hit are told at once and need not call; the others do."""
    half = (
        *("notices.outage.detected_after=0 min", "notices.outage.per_hour=100000"),
        *("notices.outage.reach=1.0", "notices.outage.preempts=0.5"),
        "notices.outage.silent_then_call=0.0",
    )
    none = "incidents.outage.hits={consumer=0.0, business=0.0}"
    without, swallowed, halved = (
        told(f"incidents/{name}", "abandoned", *sets)[0]
        for name, sets in (("base", [none]), ("base", []), ("announced", half))
    )
    calls = [
        told(f"incidents/{name}", "contacts", *sets)[0].mean()
        for name, sets in (("base", [none]), ("base", []), ("announced", half))
    ]
    assert calls[1] - calls[0] > 450
    assert (calls[2] - calls[0]) / (calls[1] - calls[0]) == pytest.approx(0.5, abs=0.12)
    left = (halved - without) - 0.5 * (swallowed - without)
    assert left.mean() + 4.0 * left.std(ddof=1) / np.sqrt(len(left)) < 0.0


CALM = "incidents.outage.hits={consumer=0.0, business=0.0}"
ODDS = ("per_repeat", "per_transfer", "per_minute_waited", "self_service_failed")
MARGINS = (("consumer.yearly_margin", 40), ("business.yearly_margin", 250))


def test_without_service_effects_on_loyalty_the_cheapest_staffing_is_lower_never_higher():
    scales = (0.6, 0.7, 0.8, 0.9, 1.0, 1.2)

    def cheapest(*sets):
        costs = [
            told(
                "do-over/base",
                "total economic cost",
                *(f"teams.frontline.scale={scale}", "horizon=7 days", CALM, *sets),
                replications=4,
            )[0].mean()
            for scale in scales
        ]
        return scales[int(np.argmin(costs))]

    loyal = [
        *(f"loyalty.base.{one}=0.005" for one in ("unresolved", "gave_up", "refused", "silent")),
        *(f"loyalty.odds.{one}=1.0" for one in ODDS),
    ]
    few = [f"segments.{one}={worth}" for one, worth in MARGINS]
    none, weak, full = cheapest(*loyal), cheapest(*few), cheapest()
    assert none == scales[0]
    assert none <= weak <= full
    assert none < full
