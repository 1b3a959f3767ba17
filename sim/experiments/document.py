"""From the figures of replications to the document that is told: estimates, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.accounting.bill import TOTALS, Item, items
from sim.accounting.charge import CUSTOMERS, OPERATING, SALES, WITHIN_YEAR, WORD_OF_MOUTH
from sim.accounting.definitions import MEASURES
from sim.accounting.measures import Line, catalogue, lines_of_whole
from sim.codes import RULES
from sim.experiments.assumptions import assumptions_of, resting_on
from sim.experiments.implied import implied, overloads
from sim.experiments.replication import Figures
from sim.experiments.results import About, BillItem, Control, Measure, Strategy
from sim.experiments.waits import wait_measures
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.controls import controlled
from sim.statistics.estimate import (
    Estimate,
    Estimates,
    Statistic,
    intervals,
    means,
    ratios,
    standard_errors,
)
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


@dataclass(frozen=True)
class Place:
    """Where a measure stands among the figures, and how replications are combined."""

    index: int
    estimator: str


_ORDER = {measure.name: place for place, measure in enumerate(MEASURES)}
_TOTAL_OF_GROUP = {
    OPERATING: "operating cost",
    WITHIN_YEAR: "margin lost within 12 months",
    CUSTOMERS: "total economic cost",
    WORD_OF_MOUTH: "total economic cost",
    SALES: "total economic cost",
}


def strategy_of(
    loaded: Loaded[Scenario], figures: Sequence[Figures], *, every_interval: bool
) -> Strategy:
    """What one scenario's replications say. Without `every_interval` the tables by interval hold
    the totals alone."""
    scenario = loaded.scenario
    terms = tables_of(scenario).terms
    bill = _bill(scenario, terms, figures)
    return Strategy(
        **about(loaded, terms).model_dump(),
        measures=tuple(_measures(terms, figures, every_interval)),
        bill=bill,
        assumptions=assumptions_of(scenario, bill),
    )


def about(loaded: Loaded[Scenario], terms: Terms) -> About:
    """What a scenario is, and what must be said of it in any case."""
    scenario, file = loaded.scenario, loaded.files[0]
    return About(
        name=file.stem,
        file=file.as_posix(),
        title=scenario.title,
        currency=scenario.currency,
        counted_days=terms.calendar.counted_days,
        warm_up_days=terms.calendar.warm_days,
        start=terms.calendar.start,
        service_level_rule=_service_level_rule(terms),
        warnings=(*(w.message for w in loaded.warnings), *overloads(implied(scenario))),
    )


def places_of(loaded: Loaded[Scenario]) -> dict[str, Place]:
    """Where the headline measures of the whole stand among a scenario's figures."""
    lines = headline_lines(tables_of(loaded.scenario).terms)
    return {line.measure: Place(index, line.estimator) for index, line in lines}


def headline_lines(terms: Terms) -> list[tuple[int, Line]]:
    """The headline measures of the whole, each with its place in the catalogue."""
    return [
        (index, line)
        for index, line in enumerate(lines_of_whole(terms))
        if line.measure in HEADLINE and line.row_kind == "total"
    ]


def headline_of(
    places: Mapping[str, Place],
    figures: Sequence[Figures],
    names: Sequence[str] = HEADLINE,
    *,
    with_controls: bool = True,
) -> dict[str, Statistic]:
    """The statistics of headline measures of the whole, for paired differences."""
    return {name: _statistic(figures, places[name], with_controls) for name in names}


def controls_of(
    strategy: str, places: Mapping[str, Place], figures: Sequence[Figures]
) -> Iterator[Control]:
    """What control variates are worth for each headline measure; nothing if none were noted."""
    if not figures[0].controls.size:
        return
    plain = headline_of(places, figures, with_controls=False)
    for name, statistic in headline_of(places, figures).items():
        before, after = (standard_errors(one)[0] ** 2 for one in (plain[name], statistic))
        ratio = before / after if after > 0.0 else None
        yield Control(strategy=strategy, measure=name, variance_ratio=ratio)


def unit_of(strategy: Strategy, measure: str) -> str:
    """The unit of a measure of the whole."""
    return strategy.measure(measure).unit


def _statistic(figures: Sequence[Figures], place: Place, with_controls: bool) -> Statistic:
    tops = np.array([[one.numerators[place.index]] for one in figures])
    if place.estimator == "mean":
        plain = means(tops)
    else:
        plain = ratios(tops, np.array([[one.denominators[place.index]] for one in figures]))
    return _controlled(plain, figures) if with_controls else plain


def _controlled(statistic: Statistic, figures: Sequence[Figures]) -> Statistic:
    """With control variates, if they were noted."""
    noted = np.array([one.controls for one in figures])
    return controlled(statistic, noted) if noted.size else statistic


def _measures(terms: Terms, figures: Sequence[Figures], every_interval: bool) -> list[Measure]:
    lines = catalogue(terms)
    tops = np.array([one.numerators for one in figures])
    bottoms = np.array([one.denominators for one in figures])
    plain = np.array([line.estimator == "mean" for line in lines])
    as_means, as_ratios = (
        intervals(_controlled(one, figures)) for one in (means(tops), ratios(tops, bottoms))
    )
    told = []
    for index, line in enumerate(lines):
        if line.interval is not None and not every_interval and line.row_kind != "total":
            continue
        estimates = as_means if plain[index] else as_ratios
        measure = measure_of(line, estimates.row(index))
        if measure.mean is not None or line.interval is None:
            told.append(measure)
    told += wait_measures(terms, figures)
    return sorted(told, key=lambda one: (one.interval is not None, _ORDER[one.measure]))


def measure_of(line: Line, estimate: Estimate) -> Measure:
    """The measure that an estimate of a line of the catalogue is."""
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
        estimator=estimate.estimator,
        note=line.note,
    )


def _bill(scenario: Scenario, terms: Terms, figures: Sequence[Figures]) -> tuple[BillItem, ...]:
    every = items(terms)
    if not every:
        return ()
    quantities, amounts = (
        _controlled(means(np.array(totals)), figures)
        for totals in ([one.quantities for one in figures], [one.amounts for one in figures])
    )
    estimates = intervals(amounts)
    return tuple(
        _bill_item(scenario, item, float(quantities.value[index]), estimates, index)
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
