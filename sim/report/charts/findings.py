"""Titles that say what was found: whole sentences, from the numbers and no surer than they are."""

from collections.abc import Callable

from sim.experiments.results import Document, Strategy
from sim.report.charts.lettering import shown
from sim.report.charts.readings import (
    ECONOMIC,
    OPERATING,
    Reading,
    difference,
    lost_difference,
    lost_per_year,
)
from sim.report.charts.words import count, money, percent, points

Of = Callable[[Document, Strategy], Reading | None]
"""A difference to the base."""
Told = Callable[[Reading], str]
"""The difference in words, after the strategy's name."""


def named(strategy: Strategy) -> str:
    """A strategy's name in a sentence."""
    return shown(strategy.name, longest=40)


def trade(document: Document, of: Of, told: Told, noun: str) -> str:
    """What the alternative that is cheapest to operate changes in cost and in something else, of
    which less is better; and the same of the alternative with the least of it, if another."""
    base, *alternatives = document.strategies
    rated = [
        (strategy, cost, other)
        for strategy in alternatives
        if (cost := _cost(document, strategy)) and (other := of(document, strategy))
    ]
    if not rated:
        return ""
    cheapest = min(rated, key=lambda one: one[1].mean)
    least = min(rated, key=lambda one: one[2].mean)
    chosen = [cheapest] if cheapest[1].mean < 0.0 or least[2].mean >= 0.0 else []
    if not chosen or (least is not cheapest and least[2].sign < 0):
        chosen.append(least)
    clauses = [
        _neither(base, strategy, noun)
        if not cost.sign and not other.sign
        else f"{named(strategy)} {_cost_told(cost, base, first=nth == 0)} "
        f"{'but' if cost.sign * other.sign < 0 else 'and'} {told(other)}"
        for nth, (strategy, cost, other) in enumerate(chosen)
    ]
    return _single(document) + "; ".join(clauses)


def _neither(base: Strategy, strategy: Strategy, noun: str) -> str:
    return (
        f"{named(strategy)} and {named(base)} cannot be told apart, "
        f"neither in operating cost nor in {noun}"
    )


def _cost_told(cost: Reading, base: Strategy, first: bool) -> str:
    """A difference in operating cost in words; only the first says against whom, and per year."""
    amount = f"{money(abs(cost.mean), base.currency)}{' a year' if first else ''}"
    if cost.sign < 0:
        against = f" against {named(base)}" if first else ""
        return f"saves {amount} in operating cost{against}"
    if cost.sign > 0:
        return f"costs {amount} more to operate{f' than {named(base)}' if first else ''}"
    return f"cannot be told apart from {named(base)} in operating cost"


def abandonment_told(change: Reading) -> str:
    """A difference in abandonment, in words."""
    if not change.sign:
        return "its abandonment cannot be told apart"
    return f"its abandonment is {points(change.mean)} {'higher' if change.sign > 0 else 'lower'}"


def lost_told(lost: Reading) -> str:
    """A difference in customers lost, in words."""
    if not lost.sign:
        return "cannot be told apart in customers lost"
    return f"loses {count(abs(lost.mean))} {'more' if lost.sign > 0 else 'fewer'} customers"


def bill(document: Document, with_customers: bool) -> str:
    """Whether who is cheap to operate is still cheap when the customers lost are counted."""
    base, *alternatives = document.strategies
    rated = [
        (strategy, cost, whole)
        for strategy in alternatives
        if (cost := _cost(document, strategy)) and (whole := _whole(document, strategy))
    ]
    if not rated:
        return ""
    best = min(rated, key=lambda one: one[2].mean)
    if not with_customers:
        return f"{_single(document)}{named(best[0])} {_cost_told(best[1], base, first=True)}"
    cheapest = min(rated, key=lambda one: one[1].mean)
    if cheapest[1].sign >= 0 or cheapest[2].sign < 0:
        return f"{_single(document)}with the customers lost counted, {_in_all(base, *best[::2])}"
    saved = money(abs(cheapest[1].mean), base.currency)
    text = (
        f"{named(cheapest[0])} saves {saved} a year in operating cost, but with the customers lost "
        f"counted {_in_all(base, cheapest[0], cheapest[2], again='it')}"
    )
    if best[2].sign < 0:
        text += f"; {_in_all(base, *best[::2])}"
    return _single(document) + text


def _in_all(base: Strategy, strategy: Strategy, whole: Reading, again: str = "") -> str:
    """A difference in total economic cost, in words."""
    who = again or named(strategy)
    if not whole.sign:
        return f"{who} cannot be told apart from {named(base)}"
    amount = money(abs(whole.mean), base.currency)
    return f"{who} costs {amount} a year {'more' if whole.sign > 0 else 'less'} than {named(base)}"


def causes(document: Document, largest: Callable[[Strategy], tuple[str, float]]) -> str:
    """Who loses how many more or fewer customers than the base, and over what. `largest` gives the
    largest cause of a strategy's losses and its share."""
    base, *alternatives = document.strategies
    changed = [
        (strategy, change)
        for strategy in alternatives
        if (change := lost_difference(document, strategy)) and change.sign
    ]
    if changed:
        strategy, change = max(changed, key=lambda one: abs(one[1].mean))
        more = f"{count(abs(change.mean))} {'more' if change.mean > 0.0 else 'fewer'}"
        text = f"{_loses(strategy)}, {more} than {named(base)}"
    elif alternatives:
        strategy = base
        text = f"{_loses(base)}; no alternative can be told apart from it"
    else:
        strategy = base
        text = _loses(base)
    cause, share = largest(strategy)
    over = f"; the largest cause is {cause} ({percent(round(share, 2))})" if share > 0.0 else ""
    return _single(document) + text + over


def _loses(strategy: Strategy) -> str:
    lost = lost_per_year(strategy)
    return (
        f"{named(strategy)} loses {count(lost.mean if lost else 0.0)} customers a year to service"
    )


def _whole(document: Document, strategy: Strategy) -> Reading | None:
    return difference(document, strategy, ECONOMIC)


def _cost(document: Document, strategy: Strategy) -> Reading | None:
    return difference(document, strategy, OPERATING)


def _single(document: Document) -> str:
    """One replication cannot tell luck from a difference."""
    return "In a single replication, " if document.replications < 2 else ""
