"""Which figures of the bill rest on values that a scenario calls assumptions."""

from collections.abc import Sequence

from sim.experiments.results import Assumption, BillItem
from sim.scenario.scenario import Scenario

_SEGMENT = (
    "segments.{who}.yearly_margin",
    "segments.{who}.base_churn",
    "segments.{who}.valuation_churn",
    "loyalty",
)
_PRICES: dict[str, tuple[str, ...]] = {
    "pay": ("teams.{who}.pay", "teams.{who}.shrinkage"),
    "overtime": ("teams.{who}.pay",),
    "lines": ("centre.lines", "centre.line_cost"),
    "fixed costs": ("centre.fixed",),
    "self-service": ("reasons.{who}.self_service",),
    "sales margin": ("reasons.{who}.sale",),
    "settlements": ("reasons.{who}.settlement",),
    "messages": ("notices.{who}.price",),
    "recovery": ("recovery.price",),
    "gestures": ("recovery.gesture",),
    "root cause removed": ("fixes.{who}.cost",),
    "fix kept up": ("fixes.{who}.per_month",),
    "customers lost": _SEGMENT,
    "margin lost": _SEGMENT,
    "prospects put off": ("word_of_mouth", *_SEGMENT),
}
"""For each item of the bill the values of the scenario that are its price."""
_CONTRACT = ("teams.{who}.contract",)


def resting_on(scenario: Scenario, what: str, who: str) -> tuple[str, ...]:
    """The assumptions that are, or are part of, the price of an item of the bill."""
    prices = [path.format(who=who) for path in _PRICES.get(what, _CONTRACT)]
    return tuple(
        path
        for path in scenario.assumptions
        if any(_within(path, price) or _within(price, path) for price in prices)
    )


def _within(path: str, other: str) -> bool:
    return path == other or path.startswith(other + ".")


def assumptions_of(scenario: Scenario, bill: Sequence[BillItem]) -> tuple[Assumption, ...]:
    """The scenario's assumptions, each with the share of the total economic cost that it prices;
    none where it shapes what happens rather than what it costs."""
    economic = [item for item in bill if item.total != "margin lost within 12 months"]
    total = sum(item.present_value for item in economic)
    told = []
    for path, assumed in scenario.assumptions.items():
        priced = [item.present_value for item in economic if path in item.assumptions]
        share = sum(priced) / total if priced and total > 0.0 else None
        told.append(
            Assumption(
                path=path,
                why=assumed.why,
                source=assumed.source,
                strength=assumed.strength,
                share=share,
            )
        )
    return tuple(told)
