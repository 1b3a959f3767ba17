"""The verdict in sentences, as far as the intervals bear it."""

from collections.abc import Iterator, Sequence

from sim.experiments.results import Difference, Strategy

OPERATING = "operating cost per year"
ECONOMIC = "total economic cost per year"
_POOL = "pool of prospects exhausted"


def finding_of_run(strategy: Strategy) -> tuple[str, ...]:
    """What one strategy costs, and which part of it no budget shows."""
    operating, economic = _mean(strategy, OPERATING), _mean(strategy, ECONOMIC)
    if economic <= 0.0:
        return ()
    told = f"It costs {_money(operating, strategy)} a year to run"
    if economic > operating:
        told += (
            f"; with the customers lost for service it costs {_money(economic, strategy)}, "
            f"{(economic - operating) / economic:.0%} of which no budget shows"
        )
    return (f"{told}.", *_limits([strategy]))


def finding_of_comparison(
    strategies: Sequence[Strategy], differences: Sequence[Difference]
) -> tuple[str, ...]:
    """Which strategy is cheapest to run, which costs least in all, and what that turns on."""
    if len({strategy.currency for strategy in strategies}) > 1:
        return ("The strategies are in different currencies; no verdict is given.",)
    if not any(_mean(strategy, ECONOMIC) for strategy in strategies):
        return ()
    base = strategies[0]
    cheapest = min(strategies, key=lambda strategy: _mean(strategy, OPERATING))
    best = min(strategies, key=lambda strategy: _mean(strategy, ECONOMIC))
    sentences = [
        f"Cheapest to run: {_against(cheapest, base, OPERATING, differences)}.",
        f"Least total economic cost: {_against(best, base, ECONOMIC, differences)}.",
    ]
    if cheapest is not best:
        sentences += _turning_point(cheapest, best)
    return (*sentences, *_limits(strategies))


def _limits(strategies: Sequence[Strategy]) -> Iterator[str]:
    """Strategies in which word of mouth ran out of prospects, so that more told cost no more."""
    limited = [one.name for one in strategies if one.measure(_POOL).mean]
    if limited:
        yield (
            f"Word of mouth is limited by its pool of prospects in {', '.join(limited)}: more "
            "people told would cost no more."
        )


def _against(
    strategy: Strategy, base: Strategy, measure: str, differences: Sequence[Difference]
) -> str:
    if strategy is base:
        return f"{base.name}, the base, with {_money(_mean(base, measure), base)} a year"
    change = next(d for d in differences if (d.strategy, d.measure) == (strategy.name, measure))
    if change.mean is None or change.low is None or change.high is None:
        return f"{strategy.name} (one replication cannot say by how much)"
    low, high = sorted((-change.low, -change.high))
    saved = f"{_money(-change.mean, base)} a year less than {base.name}"
    interval = f"95 % interval {_money(low, base)} to {_money(high, base)}"
    if low <= 0.0:
        return f"{strategy.name}, which cannot be told apart from {base.name} ({interval} less)"
    return f"{strategy.name}, {saved} ({interval})"


def _turning_point(cheapest: Strategy, best: Strategy) -> Iterator[str]:
    """At which worth of a customer the two cost the same: the loss is linear in it."""
    saved = _mean(best, OPERATING) - _mean(cheapest, OPERATING)
    lost = [_mean(one, ECONOMIC) - _mean(one, OPERATING) for one in (cheapest, best)]
    kept = lost[0] - lost[1]
    if saved > 0.0 and kept > 0.0:
        yield (
            f"{best.name} costs {_money(saved, best)} a year more to run than {cheapest.name} and "
            f"keeps customers worth {_money(kept, best)}: the verdict turns if losing them costs "
            f"less than {max(saved / kept, 0.01):.0%} of what is assumed."
        )


def _mean(strategy: Strategy, measure: str) -> float:
    return strategy.measure(measure).mean or 0.0


def _money(amount: float, strategy: Strategy) -> str:
    size = abs(amount)
    for limit, unit in ((1e9, "billion"), (1e6, "million")):
        if size >= limit:
            return f"{strategy.currency} {amount / limit:,.2f} {unit}"
    digits = 0 if size >= 10_000 else 2
    return f"{strategy.currency} {amount:,.{digits}f}"
