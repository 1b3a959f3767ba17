"""What becomes of issues and of the customers who have them, where nobody waits."""

from collections.abc import Iterator

from sim.experiments.known.claim import Case, Claim, Figure, Sum
from sim.experiments.known.reading import given, mean, reason_of, the_only, unfit
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
    if scenario.callers.after_refusal is not None or (reason.beyond and reason.beyond.transferred):
        unfit("callers.after_refusal", "and transfers beyond authority are not in the formulas")
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


def _contacts(scenario: Scenario) -> Iterator[Claim]:
    known = figures(_handling(scenario))
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
    loyalty = given(scenario.loyalty, "loyalty")
    if loyalty.memory is not None or isinstance(volume, dict):
        unfit("loyalty.memory", "and volumes by segment are not in the formulas")
    odds = loyalty.odds
    per_issue = leaving(
        endings(_handling(scenario)),
        loyalty.base.model_dump(),
        Odds(odds.per_repeat, odds.per_transfer, odds.self_service_failed),
    )
    known = base_over_time(
        customers=segment.customers,
        churn=segment.base_churn,
        issues=given(volume, "reasons: volume.per_customer_year"),
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


CUSTOMERS = (
    Case("contacts", "the tree of draws, branch by branch", _contacts, 20),
    Case("churn", "leaving at constant rates; Gupta and Lehmann (2003)", _churn, 20),
)
