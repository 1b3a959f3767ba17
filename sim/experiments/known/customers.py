"""What becomes of issues and of the customers who have them, where nobody waits."""

import math
from collections.abc import Iterator

from sim.experiments.known.claim import Case, Claim, Figure, Sum
from sim.experiments.known.reading import (
    agents_of,
    given,
    mean,
    rate_of,
    reason_of,
    team_of,
    the_only,
    unfit,
)
from sim.scenario.scenario import Scenario
from sim.terms import YEAR_DAYS
from sim.theory.customers import (
    Odds,
    base_over_time,
    customer_value,
    leaving,
    margin_within_year,
)
from sim.theory.issues import Handling, endings, figures
from sim.units import DAY


def _handling(scenario: Scenario) -> Handling:
    reason = reason_of(scenario)
    again = given(scenario.callers.returns, "callers.returns")
    itself, wrong = reason.self_service, reason.misrouted
    if reason.beyond and reason.beyond.transferred:
        unfit("reasons.NAME.beyond.transferred", "must be 0 for the known values")
    return Handling(
        seeks_help=reason.seeks_help,
        tried=itself.tried if itself else 0.0,
        contained=itself.contained if itself else 0.0,
        falsely=itself.false_containment if itself else 0.0,
        authority=reason.authority,
        misrouted=wrong.probability if wrong else 0.0,
        fcr=reason.fcr,
        returning=again.probability,
        per_attempt=again.per_attempt,
        most_contacts=scenario.most_contacts,
        talk=mean(reason.talk),
        delay=mean(again.delay),
    )


def _nobody_waits(scenario: Scenario, issues: float, handling: Handling) -> None:
    """Refuse a scenario in which somebody waits; `issues` arise per second."""
    of_issue = figures(handling)
    load = issues * of_issue.contacts * (1.0 + of_issue.transfers) * handling.talk
    ample = math.ceil(load + 8.0 * math.sqrt(load) + 5.0)
    if agents_of(team_of(scenario)) < ample:
        unfit("teams.NAME.agents", f"must be {ample} or more, so that nobody waits")


def _contacts(scenario: Scenario) -> Iterator[Claim]:
    handling = _handling(scenario)
    _nobody_waits(scenario, rate_of(reason_of(scenario)), handling)
    known = figures(handling)
    yield Claim(Figure("contacts per issue"), known.contacts)
    yield Claim(Figure("transfers per issue"), known.transfers)
    yield Claim(Figure("FCR"), known.fcr)
    yield Claim(Figure("time to resolution"), known.time_to_resolution)
    closed = Figure("issues closed")
    for closing, share in known.closings.items():
        of_closing = Figure("issues closed", "closing", closing)
        yield Claim(of_closing, Sum(((share, closed),)))
    legs = {"first": known.first_legs, "repeat": known.repeat_legs, "transfer": known.transfer_legs}
    for kind, share in legs.items():
        yield Claim(Figure("failure demand, share of contacts", "kind", kind), share)


def _churn(scenario: Scenario) -> Iterator[Claim]:
    segment = the_only(scenario.segments, "segments")
    volume = reason_of(scenario).volume.per_customer_year
    if isinstance(volume, dict):
        unfit("reasons.NAME.volume.per_customer_year", "must be one number for the known values")
    yearly = given(volume, "reasons.NAME.volume.per_customer_year")
    handling = _handling(scenario)
    _nobody_waits(scenario, yearly * segment.customers / (YEAR_DAYS * DAY), handling)
    loyalty = given(scenario.loyalty, "loyalty")
    odds = loyalty.odds
    per_issue = leaving(
        endings(handling),
        loyalty.base.model_dump(),
        Odds(odds.per_repeat, odds.per_transfer, odds.self_service_failed),
    )
    known = base_over_time(
        customers=segment.customers,
        churn=segment.base_churn,
        issues=yearly,
        lost=sum(per_issue.lost.values()),
        unavoidable=per_issue.unavoidable,
        discount_rate=scenario.discount_rate,
        warm_up=given(scenario.warm_up, "warm_up") / DAY / YEAR_DAYS,
        counted=scenario.horizon / DAY / YEAR_DAYS,
    )
    yield Claim(Figure("customers at start"), known.at_start)
    yield Claim(Figure("customers at end"), known.at_end)
    yield Claim(Figure("customers lost, expected"), known.lost)
    yield Claim(Figure("customers lost, drawn"), known.lost)
    yield Claim(Figure("unavoidable leavers"), known.unavoidable)
    yield Claim(Figure("base leavers"), known.base_leavers)
    for closing, lost in per_issue.lost.items():
        if lost > 0.0:
            of_closing = Figure("customers lost, expected", "closing", closing)
            yield Claim(of_closing, known.lost * lost / sum(per_issue.lost.values()))
    churn = segment.base_churn if segment.valuation_churn is None else segment.valuation_churn
    margin = segment.yearly_margin
    value = customer_value(yearly_margin=margin, churn=churn, discount_rate=scenario.discount_rate)
    yield Claim(Figure("total economic cost"), known.lost_now * value)
    within_year = known.lost * margin_within_year(yearly_margin=margin, churn=churn)
    yield Claim(Figure("margin lost within 12 months"), within_year)


_ISSUES = (
    "most_contacts",
    "callers.returns",
    "reasons.seeks_help",
    "reasons.self_service",
    "reasons.authority",
    "reasons.beyond",
    "reasons.misrouted",
    "reasons.fcr",
)
_CUSTOMERS = (
    *_ISSUES,
    "segments.customers",
    "segments.yearly_margin",
    "segments.base_churn",
    "segments.valuation_churn",
    "loyalty.base",
    "loyalty.odds",
    "discount_rate",
    "reasons.volume.per_customer_year",
)

CUSTOMERS = (
    Case("contacts", "the tree of draws, branch by branch", _contacts, 20, _ISSUES),
    Case("churn", "leaving at constant rates; Gupta and Lehmann (2003)", _churn, 20, _CUSTOMERS),
)
