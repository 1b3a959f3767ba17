"""A measure of all strategies as a function of one lever, on the same customers and luck."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sim.accounting.bill import TOTALS, Item, items, totals
from sim.experiments.document import headline_of, places_of
from sim.experiments.points import Lot, simulate_points
from sim.experiments.replicate import Progress
from sim.experiments.replication import Figures
from sim.experiments.turning.lever import Lever
from sim.scenario.lines import KeyPath
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic, means
from sim.tables.build import terms_of
from sim.terms import Floats, Terms

_PRICES = (
    ("discount_rate",),
    ("segments", "*", "yearly_margin"),
    ("segments", "*", "valuation_churn"),
    ("word_of_mouth", "acquisition_cost"),
    ("teams", "*", "pay"),
    ("teams", "*", "contract", "per_hour"),
    ("teams", "*", "contract", "per_minute"),
    ("teams", "*", "contract", "per_contact"),
    ("teams", "*", "contract", "per_resolved"),
    ("teams", "*", "contract", "block", "per_month"),
    ("teams", "*", "contract", "block", "beyond"),
    ("reasons", "*", "sale", "margin"),
    ("teams", "*", "contract", "managing"),
    ("teams", "*", "contract", "transition"),
    ("reasons", "*", "settlement"),
    ("reasons", "*", "self_service", "cost"),
    ("notices", "*", "price"),
    ("recovery", "price"),
    ("recovery", "gesture"),
    ("fixes", "*", "cost"),
    ("fixes", "*", "per_month"),
    ("centre", "line_cost"),
    ("centre", "fixed"),
)
"""Places below which stand prices alone: they change what a run costs, and nothing of what happens
in it."""
_FEES = ("block", "contract fee", "committed minimum")
_SHARES_OF_FEE = {"malus": -1.0, "bonus": 1.0}
_PER_YEAR = " per year"


class Response(Protocol):
    """Answers what a measure is in every strategy at some numbers of a lever."""

    exact: bool
    """Whether it is reckoned from finished runs, so that any number of answers costs nothing."""

    def at(self, numbers: Sequence[float]) -> list[list[Statistic]]:
        """For each number a statistic of each strategy."""
        ...


class Priced:
    """Of a price: the finished runs are paid at other prices."""

    exact = True

    def __init__(
        self,
        lever: Lever,
        measure: str,
        scenarios: Sequence[Scenario],
        figures: Sequence[Sequence[Figures]],
    ) -> None:
        self._lever, self._scenarios = lever, scenarios
        self._total = list(TOTALS).index(measure.removesuffix(_PER_YEAR))
        self._items = [items(terms_of(scenario)) for scenario in scenarios]
        self._quantities = [np.array([one.quantities for one in own]) for own in figures]
        self._amounts = [np.array([one.amounts for one in own]) for own in figures]

    def at(self, numbers: Sequence[float]) -> list[list[Statistic]]:
        """For each number the statistic of each strategy."""
        return [
            [self._paid(nth, number) for nth in range(len(self._scenarios))] for number in numbers
        ]

    def fits(self) -> bool:
        """Whether the bill has the same items at both ends, and nothing in it depends on the price
        in another way than by quantity times price."""
        return all(
            _alike(of, items(self._terms(nth, end)))
            for nth, of in enumerate(self._items)
            for end in (self._lever.low, self._lever.high)
        )

    def _terms(self, nth: int, number: float) -> Terms:
        return terms_of(self._lever.set_to(self._scenarios[nth], number))

    def _paid(self, nth: int, number: float) -> Statistic:
        terms = self._terms(nth, number)
        amounts, quantities = np.array(self._amounts[nth]), self._quantities[nth]
        fees: dict[tuple[str, str], Floats] = {}
        for place, item in enumerate(items(terms)):
            if item.price is not None:
                amounts[:, place] = quantities[:, place] * item.price
            if item.what in _FEES:
                whose = item.who, item.month
                fees[whose] = fees.get(whose, 0.0) + amounts[:, place]
        for place, item in enumerate(items(terms)):
            if item.what in _SHARES_OF_FEE:
                share = _SHARES_OF_FEE[item.what] * quantities[:, place]
                amounts[:, place] = share * fees[item.who, item.month]
        sums = totals(amounts, terms)[:, self._total] / terms.calendar.years
        return means(sums[:, np.newaxis])


class Played:
    """Of anything else: the strategies are simulated at every number."""

    exact = False

    def __init__(
        self,
        lever: Lever,
        measure: str,
        loaded: Sequence[Loaded[Scenario]],
        lot: Lot,
        progress: Progress,
    ) -> None:
        self._lever, self._measure, self._lot, self._progress = lever, measure, lot, progress
        self._scenarios = [one.scenario for one in loaded]
        self._places = [places_of(one) for one in loaded]

    def at(self, numbers: Sequence[float]) -> list[list[Statistic]]:
        """For each number the statistic of each strategy. Raises PointsStopped on Ctrl-C."""
        varied = [
            self._lever.set_to(scenario, number)
            for number in numbers
            for scenario in self._scenarios
        ]
        figures = simulate_points(varied, self._lot, self._progress)
        told = [
            headline_of(self._places[nth % len(self._places)], own, [self._measure])[self._measure]
            for nth, own in enumerate(figures)
        ]
        size = len(self._scenarios)
        return [told[nth : nth + size] for nth in range(0, len(told), size)]


def response_of(
    lever: Lever,
    measure: str,
    loaded: Sequence[Loaded[Scenario]],
    figures: Sequence[Sequence[Figures]],
    lot: Lot,
    progress: Progress,
) -> Response:
    """The exact response where there can be one."""
    if measure.removesuffix(_PER_YEAR) in TOTALS and is_price(lever.place):
        priced = Priced(lever, measure, [one.scenario for one in loaded], figures)
        if priced.fits():
            return priced
    return Played(lever, measure, loaded, lot, progress)


def is_price(place: KeyPath) -> bool:
    """Whether only prices stand at a place.

    >>> is_price(("teams", "frontline", "pay", "per_hour")), is_price(("loyalty", "base"))
    (True, False)
    """
    return any(
        len(place) >= len(price)
        and all(of in ("*", key) for of, key in zip(price, place, strict=False))
        for price in _PRICES
    )


def _alike(ones: Sequence[Item], others: Sequence[Item]) -> bool:
    """Whether two bills have the same items, and what is no quantity times a price is a share of a
    fee: a deduction or a bonus."""
    if len(ones) != len(others):
        return False
    return all(
        (one.what, one.who, one.month) == (other.what, other.who, other.month)
        and (one.price is None) == (other.price is None)
        and (one.price is not None or one.what in _SHARES_OF_FEE)
        for one, other in zip(ones, others, strict=True)
    )
