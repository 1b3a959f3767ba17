"""Laws that hold where no formula does: what must agree with what, in any centre."""

from collections.abc import Iterator

from sim.experiments.known.claim import Case, Claim, Figure, Sum
from sim.experiments.known.reading import (
    given,
    mean,
    patience_of,
    rate_of,
    reason_of,
    team_of,
)
from sim.scenario.scenario import Scenario
from sim.units import DAY


def _little(scenario: Scenario) -> Iterator[Claim]:
    """Little (1961), "A proof for the queuing formula L = lambda W": open issues are those that
    arise while one takes to be resolved."""
    rate = rate_of(reason_of(scenario))
    known = Sum(((rate, Figure("time to resolution")),))
    yield Claim(Figure("issues open at start"), known)
    yield Claim(Figure("issues open at end"), known)


def _identities(scenario: Scenario) -> Iterator[Claim]:
    reason, team = reason_of(scenario), team_of(scenario)
    weeks = scenario.horizon / (7 * DAY)
    per_week = given(reason.volume.per_week, "reasons.NAME.volume.per_week")

    # Who is patient for an exponential time hangs up at a constant rate while waiting, whatever
    # else happens (Mandelbaum and Zeltyn 2007, "Service engineering in action: the Palm/Erlang-A
    # queue"): abandonment is mean wait / mean patience.
    waited = Sum(((1.0 / patience_of(scenario), Figure("mean wait")),))
    yield Claim(Figure("abandonment"), waited)
    yield Claim(Figure("first calls"), per_week * weeks)
    yield Claim(Figure("AHT"), mean(reason.talk) + mean(reason.after_call))

    began = Sum(
        ((1.0, Figure("issues open at start")), (1.0, Figure("issues arose"))),
        "issues open at start and arising",
    )
    ended = Sum(((1.0, Figure("issues closed")), (1.0, Figure("issues open at end"))))
    yield Claim(began, ended)
    by_team = Sum(tuple((1.0, Figure("handled", "team", name)) for name in scenario.teams))
    yield Claim(Figure("handled"), by_team)

    pay = given(team.pay, "teams.NAME.pay")
    wage = pay.per_hour * (1.0 + pay.on_cost)
    bill = Sum(
        (
            (wage + pay.seat, Figure("paid hours")),
            (wage * pay.overtime, Figure("overtime hours")),
        ),
    )
    yield Claim(Figure("operating cost"), bill)


IDENTITIES = (
    Case("little", "Little (1961)", _little, 20, ("callers.returns", "reasons.fcr")),
    Case(
        "identities",
        "Mandelbaum and Zeltyn (2007), Wald (1944); what flows in flows out",
        _identities,
        60,
        tuple(Scenario.model_fields),
    ),
)
