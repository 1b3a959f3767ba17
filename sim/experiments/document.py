"""From the figures of replications to the document that is told: estimates, and nothing else."""

from collections.abc import Sequence

import numpy as np

from sim.accounting.bill import TOTALS, Item, items
from sim.accounting.charge import CUSTOMERS, OPERATING, WITHIN_YEAR, WORD_OF_MOUTH
from sim.accounting.definitions import MEASURES
from sim.accounting.measures import Line, catalogue
from sim.codes import RULES
from sim.experiments.assumptions import assumptions_of, resting_on
from sim.experiments.implied import implied, overloads
from sim.experiments.replication import Figures
from sim.experiments.results import BillItem, Measure, Strategy
from sim.experiments.waits import wait_measures
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Estimates, Statistic, intervals, means, ratios
from sim.tables.build import tables_of
from sim.terms import Terms

HEADLINE = (
    *(f"{total} per year" for total in TOTALS),
    "service level",
    "abandonment",
    "mean wait",
    "contacts per issue",
    "FCR",
    "customers lost, expected",
)
"""What a comparison shows first."""

_ORDER = {measure.name: place for place, measure in enumerate(MEASURES)}
_TOTAL_OF_GROUP = {
    OPERATING: "operating cost",
    WITHIN_YEAR: "margin lost within 12 months",
    CUSTOMERS: "total economic cost",
    WORD_OF_MOUTH: "total economic cost",
}


def strategy_of(
    loaded: Loaded[Scenario], figures: Sequence[Figures], *, every_interval: bool
) -> Strategy:
    """What one scenario's replications say. Without `every_interval` the tables by interval hold
    the totals alone."""
    scenario = loaded.scenario
    terms = tables_of(scenario).terms
    bill = _bill(scenario, terms, figures)
    file = loaded.files[0]
    return Strategy(
        name=file.stem,
        file=file.as_posix(),
        title=scenario.title,
        currency=scenario.currency,
        counted_days=terms.calendar.counted_days,
        warm_up_days=terms.calendar.warm_days,
        start=terms.calendar.start,
        service_level_rule=_service_level_rule(terms),
        measures=tuple(_measures(terms, figures, every_interval)),
        bill=bill,
        assumptions=assumptions_of(scenario, bill),
        warnings=(*(w.message for w in loaded.warnings), *overloads(implied(scenario))),
    )


def headline_of(loaded: Loaded[Scenario], figures: Sequence[Figures]) -> dict[str, Statistic]:
    """The statistics of the headline measures of the whole, for paired differences."""
    lines = catalogue(tables_of(loaded.scenario).terms)
    return {name: _statistic(figures, _place(lines, name)) for name in HEADLINE}


def unit_of(strategy: Strategy, measure: str) -> str:
    """The unit of a measure of the whole."""
    return strategy.measure(measure).unit


def _place(lines: Sequence[Line], name: str) -> tuple[int, str]:
    for index, line in enumerate(lines):
        if (line.measure, line.row_kind, line.interval) == (name, "total", None):
            return index, line.estimator
    raise KeyError(name)


def _statistic(figures: Sequence[Figures], place: tuple[int, str]) -> Statistic:
    index, estimator = place
    tops = np.array([[one.numerators[index]] for one in figures])
    if estimator == "mean":
        return means(tops)
    return ratios(tops, np.array([[one.denominators[index]] for one in figures]))


def _measures(terms: Terms, figures: Sequence[Figures], every_interval: bool) -> list[Measure]:
    lines = catalogue(terms)
    tops = np.array([one.numerators for one in figures])
    bottoms = np.array([one.denominators for one in figures])
    plain = np.array([line.estimator == "mean" for line in lines])
    as_means, as_ratios = intervals(means(tops)), intervals(ratios(tops, bottoms))
    told = []
    for index, line in enumerate(lines):
        if line.interval is not None and not every_interval and line.row_kind != "total":
            continue
        measure = _measure(line, as_means if plain[index] else as_ratios, index)
        if measure.mean is not None or line.interval is None:
            told.append(measure)
    told += wait_measures(terms, figures)
    return sorted(told, key=lambda one: (one.interval is not None, _ORDER[one.measure]))


def _measure(line: Line, estimates: Estimates, index: int) -> Measure:
    estimate = estimates.row(index)
    return Measure(
        measure=line.measure,
        unit=line.unit,
        row_kind=line.row_kind,
        row=line.row,
        interval=line.interval,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        replications=estimate.replications,
        estimator=line.estimator,
        note=line.note,
    )


def _bill(scenario: Scenario, terms: Terms, figures: Sequence[Figures]) -> tuple[BillItem, ...]:
    every = items(terms)
    if not every:
        return ()
    quantities = np.array([one.quantities for one in figures]).mean(axis=0)
    estimates = intervals(means(np.array([one.amounts for one in figures])))
    return tuple(
        _bill_item(scenario, item, float(quantities[index]), estimates, index)
        for index, item in enumerate(every)
    )


def _bill_item(
    scenario: Scenario, item: Item, quantity: float, estimates: Estimates, index: int
) -> BillItem:
    estimate = estimates.row(index)
    amount = estimate.mean or 0.0
    return BillItem(
        total=_TOTAL_OF_GROUP[item.group],
        what=item.what,
        who=item.who,
        month=item.month,
        unit=item.unit,
        quantity=quantity,
        price=item.price,
        how=item.how,
        amount=amount,
        low=estimate.low,
        high=estimate.high,
        present_value=amount * item.discount,
        assumptions=resting_on(scenario, item.what, item.who),
    )


def _service_level_rule(terms: Terms) -> str:
    """The rule and the threshold of the queues' service levels, or that they differ."""
    targets = terms.targets
    rules = {
        f"{RULES[rule]}, within {within:g} s"
        for rule, within in zip(targets.rule.tolist(), targets.within.tolist(), strict=True)
    }
    return rules.pop() if len(rules) == 1 else "each queue by its own rule"
