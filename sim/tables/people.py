"""Customers, their worth and their loyalty in numbers."""

import math

import numpy as np

from sim.codes import CLOSINGS, PREEMPTED
from sim.rules.draws import origin_of
from sim.scenario.people import Segment
from sim.scenario.scenario import Scenario
from sim.tables.tables import Loyalty, People
from sim.terms import DAY, YEAR_DAYS, Population

YEAR = YEAR_DAYS * DAY


def people_of(scenario: Scenario) -> People:
    """How many customers there are, and how fast they join and leave for reasons of their own."""
    segments = scenario.segments
    return People(
        keys=np.array([origin_of(f"customers:{name}") for name in segments], dtype=np.int64),
        initial=np.array([s.customers for s in segments.values()], dtype=np.int64),
        join_rate=np.array([s.joins * s.customers / YEAR for s in segments.values()]),
        leave_rate=np.array([-math.log1p(-s.base_churn) / YEAR for s in segments.values()]),
    )


def population_of(scenario: Scenario) -> Population:
    """What customers are worth (MODEL.md section 6, value)."""
    segments = scenario.segments.values()
    discount = math.log1p(scenario.discount_rate)
    rates = [_valuation_rate(segment) for segment in segments]
    return Population(
        customers=np.array([s.customers for s in segments], dtype=np.int64),
        margin=np.array([s.yearly_margin for s in segments]),
        value=np.array(
            [
                s.yearly_margin / (discount + rate) if s.yearly_margin else 0.0
                for s, rate in zip(segments, rates, strict=True)
            ]
        ),
        margin_within_year=np.array(
            [
                s.yearly_margin * (-math.expm1(-rate) / rate if rate > 0 else 1.0)
                for s, rate in zip(segments, rates, strict=True)
            ]
        ),
        base_leaving=scenario.loyalty.base.resolved if scenario.loyalty else 0.0,
    )


def _valuation_rate(segment: Segment) -> float:
    churn = segment.valuation_churn
    return -math.log1p(-(segment.base_churn if churn is None else churn))


def loyalty_of(scenario: Scenario) -> Loyalty:
    """What makes a customer leave; switched off without `loyalty` or without segments."""
    loyalty = scenario.loyalty
    if loyalty is None or not scenario.segments:
        return Loyalty(False, np.zeros(6), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    base, odds, memory = loyalty.base, loyalty.odds, loyalty.memory
    return Loyalty(
        on=True,
        base=np.array([getattr(base, closing) for closing in CLOSINGS[: PREEMPTED + 1]]),
        per_minute=math.log(odds.per_minute_waited),
        tolerance=odds.tolerance,
        wait_cap=odds.wait_counts_up_to,
        per_repeat=math.log(odds.per_repeat),
        per_transfer=math.log(odds.per_transfer),
        self_service_failed=math.log(odds.self_service_failed),
        half_life=memory.half_life if memory else 0.0,
        weight=memory.weight if memory else 0.0,
        bad_closing=math.log(memory.bad_closing) if memory else 0.0,
        memory_cap=math.log(memory.at_most) if memory else 0.0,
    )
