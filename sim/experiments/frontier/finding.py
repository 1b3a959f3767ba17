"""What a frontier finds, in sentences."""

from collections.abc import Iterator, Sequence

from sim.experiments.frontier.results import Front, Place, Step
from sim.experiments.standing import listed, money

_SURE = 0.95
_MOST = 3
"""Names in a sentence."""


def finding_of_frontier(
    places: Sequence[Place], fronts: Sequence[Front], currency: str
) -> tuple[str, ...]:
    """Who is on each frontier, who is dominated how surely, where the knee is, and the price of
    quality before and after it."""
    return tuple(" ".join(_sentences(places, front, currency)) for front in fronts)


def _sentences(places: Sequence[Place], front: Front, currency: str) -> Iterator[str]:
    names = [places[nth].name for nth in front.on_it]
    yield (
        f"Operating cost against {front.quality}: {len(names)} of {len(places)} are on the "
        f"frontier, the cheapest first: {', '.join(names)}."
    )
    sure = [one for one in front.dominated if (one.confidence or 0.0) >= _SURE]
    open_ = [one for one in front.dominated if (one.confidence or 0.0) < _SURE]
    if sure:
        told = [
            f"{places[one.place].name} (by {places[one.by].name}, {money(one.costs_more, currency)}"
            " a year cheaper)"
            for one in sorted(sure, key=lambda one: -one.costs_more)
        ]
        yield f"Dominated, at least 95 % sure: {_some(told)}."
    if open_:
        told = [places[one.place].name for one in open_]
        yield f"Dominated, but luck may be why: {_some(told)}."
    if front.knee is not None:
        at = front.on_it.index(front.knee)
        before, after = front.steps[at - 1], front.steps[at]
        yield (
            f"The knee is {places[front.knee].name}: up to it a {front.unit} costs "
            f"{_price(before, currency)} a year to run, beyond it {_price(after, currency)}."
        )
    elif front.steps:
        yield f"A {front.unit} costs {_price(front.steps[0], currency)} a year to run."


def _some(names: Sequence[str]) -> str:
    """The first names, and how many there are besides."""
    if len(names) <= _MOST:
        return listed(names)
    return f"{', '.join(names[:_MOST])} and {len(names) - _MOST} more"


def _price(step: Step, currency: str) -> str:
    if step.price is None:
        return "nobody can say how much"
    if step.low is None or step.high is None:
        return f"{money(step.price, currency)} (luck may explain all that is better)"
    return (
        f"{money(step.price, currency)} ({money(step.low, currency)} to "
        f"{money(step.high, currency)})"
    )
