"""The verdict in sentences, as far as the intervals bear it."""

from collections.abc import Iterator, Sequence

from sim.experiments.results import Choice, Strategy
from sim.experiments.standing import money, standing, sureness

OPERATING = "operating cost per year"
ECONOMIC = "total economic cost per year"
_POOL = "pool of prospects exhausted"


def finding_of_run(strategy: Strategy) -> tuple[str, ...]:
    """What one strategy costs, and which part of it no budget shows."""
    operating, economic = _mean(strategy, OPERATING), _mean(strategy, ECONOMIC)
    if economic <= 0.0:
        return ()
    told = f"It costs {money(operating, strategy.currency)} a year to run"
    if economic > operating:
        told += (
            f"; with the customers lost for service it costs {money(economic, strategy.currency)}, "
            f"{(economic - operating) / economic:.0%} of which no budget shows"
        )
    return (f"{told}.", *_limits([strategy]))


def finding_of_comparison(
    strategies: Sequence[Strategy], choices: Sequence[Choice], by: str = ECONOMIC
) -> tuple[str, ...]:
    """Which strategy is best by each of the choices, how sure that is of the one that was asked
    for, and what the choice between cheap and economic turns on."""
    if len({strategy.currency for strategy in strategies}) > 1:
        return ("The strategies are in different currencies; no verdict is given.",)
    sentences = []
    for choice in choices:
        sentence = standing(choice, strategies[0].name)
        sure = sureness(choice) if choice.measure == by else ""
        sentences.append(f"{sentence} {sure}".rstrip())
    best = {choice.measure: choice.best for choice in choices}
    if {OPERATING, ECONOMIC} <= best.keys() and best[OPERATING] != best[ECONOMIC]:
        by_name = {strategy.name: strategy for strategy in strategies}
        sentences += _turning_point(by_name[best[OPERATING]], by_name[best[ECONOMIC]])
    return (*sentences, *_limits(strategies))


def _limits(strategies: Sequence[Strategy]) -> Iterator[str]:
    """Strategies in which word of mouth ran out of prospects, so that more told cost no more."""
    limited = [one.name for one in strategies if one.measure(_POOL).mean]
    if limited:
        yield (
            f"Word of mouth is limited by its pool of prospects in {', '.join(limited)}: more "
            "people told would cost no more."
        )


def _turning_point(cheapest: Strategy, best: Strategy) -> Iterator[str]:
    """At which worth of a customer the two cost the same: the loss is linear in it."""
    saved = _mean(best, OPERATING) - _mean(cheapest, OPERATING)
    lost = [_mean(one, ECONOMIC) - _mean(one, OPERATING) for one in (cheapest, best)]
    kept = lost[0] - lost[1]
    if saved > 0.0 and kept > 0.0:
        more, worth = money(saved, best.currency), money(kept, best.currency)
        yield (
            f"{best.name} costs {more} a year more to run than {cheapest.name} and keeps customers "
            f"worth {worth}: the verdict turns if losing them costs less than "
            f"{max(saved / kept, 0.01):.0%} of what is assumed."
        )


def _mean(strategy: Strategy, measure: str) -> float:
    return strategy.measure(measure).mean or 0.0
