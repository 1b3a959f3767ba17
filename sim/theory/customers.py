"""Customers who stay or leave, and what they are worth, in closed form.

Where nobody remembers earlier issues, every issue of a customer is a draw of its own, and customers
leave at a constant rate. Rates and probabilities are per year of 365 days.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.theory.issues import Ending


@dataclass(frozen=True)
class Odds:
    """Odds ratios on leaving: for each call after the first, for each time passed on, and if
    self-service failed."""

    per_repeat: float
    per_transfer: float
    self_service_failed: float


@dataclass(frozen=True)
class Leaving:
    """Per issue, as means. lost: leaves, and would have stayed had the issue been settled at once,
    by closing. unavoidable: leaves in any case."""

    lost: Mapping[str, float]
    unavoidable: float


def leaving(shares: Mapping[Ending, float], bases: Mapping[str, float], effects: Odds) -> Leaving:
    """What issues that end so make of their customers; `bases` are the probabilities of leaving by
    closing, without a repeated call, a transfer or failed self-service.

    Source: the logistic model (docs/explanation/model.md): logs of odds add up.
    """
    lost = dict.fromkeys(bases, 0.0)
    for ending, share in shares.items():
        base = bases[ending.closing]
        odds = base / (1.0 - base)
        odds *= effects.per_repeat ** max(0, ending.contacts - 1)
        odds *= effects.per_transfer**ending.transfers
        if ending.self_service_failed:
            odds *= effects.self_service_failed
        lost[ending.closing] += share * (odds / (1.0 + odds) - bases["resolved"])
    return Leaving(lost, bases["resolved"])


@dataclass(frozen=True)
class Base:
    """A base of customers over the counted time. at_start, at_end: customers. lost, unavoidable,
    base_leavers: who leave, over service, over an issue in any case, and for other reasons.
    lost_now: `lost`, each discounted to the first counted day."""

    at_start: float
    at_end: float
    lost: float
    unavoidable: float
    base_leavers: float
    lost_now: float


def base_over_time(
    *,
    customers: float,
    churn: float,
    issues: float,
    lost: float,
    unavoidable: float,
    discount_rate: float,
    warm_up: float,
    counted: float,
) -> Base:
    """A base that shrinks; `issues` is per customer and year, `lost` and `unavoidable` per issue,
    `churn` the share that leaves per year for other reasons; `warm_up` and `counted` are years.

    Source: independent causes of leaving at constant rates add up, and what is left falls
    exponentially; a share q per year is the rate -ln(1 - q).
    """
    others = -math.log1p(-churn)
    rate = others + issues * (lost + unavoidable)
    at_start = customers * math.exp(-rate * warm_up)
    years = at_start * _annuity(rate, counted)
    return Base(
        at_start=at_start,
        at_end=at_start * math.exp(-rate * counted),
        lost=years * issues * lost,
        unavoidable=years * issues * unavoidable,
        base_leavers=years * others,
        lost_now=at_start * _annuity(rate + math.log1p(discount_rate), counted) * issues * lost,
    )


def customer_value(*, yearly_margin: float, churn: float, discount_rate: float) -> float:
    """Present value of a customer's margins until it leaves.

    Source: the integral of margin exp(-(r + c) t) over all t of 0 or more, r = ln(1 + discount
    rate) and c = -ln(1 - churn) (Gupta and Lehmann 2003, "Customers as assets", in continuous
    time). Raises ValueError if the customer neither leaves nor is discounted.
    """
    rate = math.log1p(discount_rate) - math.log1p(-churn)
    if not rate > 0.0:
        raise ValueError("a customer who never leaves is worth infinitely much undiscounted")
    return yearly_margin / rate


def margin_within_year(*, yearly_margin: float, churn: float) -> float:
    """The margin that a customer who leaves now would have brought within a year, undiscounted.

    Source: as customer_value, without a discount and up to t = 1: the integral of margin exp(-c t)
    over the year.
    """
    return yearly_margin * _annuity(-math.log1p(-churn), 1.0)


def _annuity(rate: float, years: float) -> float:
    """The integral of exp(-rate t) from 0 to `years`."""
    return years if rate == 0.0 else -math.expm1(-rate * years) / rate
