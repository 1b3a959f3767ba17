"""How the strategies stand by one measure, in sentences."""

import math
from collections.abc import Sequence

from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.results import Choice, Rival

_PER_YEAR = " per year"
_HEADS = {"operating cost per year": "Cheapest to run"}
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def standing(choice: Choice, base: str) -> str:
    """Who is best, by how much better than the next, and than the base."""
    best = f"{choice.best}, the base" if choice.best == base else choice.best
    told = f"{head(choice.measure)}: {best}"
    following = choice.rivals[0]
    if following.low is None:
        return f"{head(choice.measure)}: {choice.best} (one replication cannot say by how much)."
    near = [rival for rival in choice.rivals if rival.verdict != "worse"]
    if near:
        return f"{told}, {_not_told_apart(choice, near)}."
    nth = ", the next" if len(choice.rivals) > 1 else ""
    told += f", {_ahead(choice, following)}{nth} ({_interval(choice, following)})"
    if base in (choice.best, following.strategy):
        return f"{told}."
    of_base = next(rival for rival in choice.rivals if rival.strategy == base)
    return f"{told}, and {_ahead(choice, of_base)} ({_interval(choice, of_base)})."


def sureness(choice: Choice) -> str:
    """With what probability the best is the best."""
    zone = amount_of(choice.indifference, choice.unit)
    if choice.contest == "decided":
        least = min(rival.replications for rival in choice.rivals)
        most = max(rival.replications for rival in choice.rivals)
        after = f"{most}" if least == most else f"{least} to {most}"
        return (
            f"Chosen by the procedure KN after {after} replications: it is the best with a "
            f"probability of at least 95 % if it is ahead by {zone} or more."
        )
    sentence = ""
    if choice.contest == "open":
        sentence = "The limit was reached before one strategy was left. "
    if choice.probability is None:
        return sentence.rstrip()
    if choice.indifference == 0.0 and all(rival.verdict == "tie" for rival in choice.rivals):
        return f"{sentence}None is better."
    likely = _at_least(choice.probability)
    if choice.indifference > 0.0:
        sentence += f"None is better by more than {zone}, with a probability of {likely}."
    else:
        sentence += f"It is the best of the {_count(len(choice.rivals) + 1)} with a probability of "
        sentence += f"{likely}, as far as luck goes."
    return sentence


def money(amount: float, currency: str) -> str:
    """An amount as one says it.

    >>> money(1_637_000.0, "USD"), money(788_473.2, "USD"), money(2_345.5, "EUR")
    ('USD 1.64 million', 'USD 788,473', 'EUR 2,345.50')
    """
    size = abs(amount)
    for limit, unit in ((1e9, "billion"), (1e6, "million")):
        if size >= limit:
            return f"{currency} {amount / limit:,.2f} {unit}"
    digits = 0 if size >= 10_000 else 2
    return f"{currency} {amount:,.{digits}f}"


def head(measure: str) -> str:
    """How a sentence on the best by a measure begins."""
    most = "Most" if measure in MORE_IS_BETTER else "Least"
    return _HEADS.get(measure, f"{most} {measure.removesuffix(_PER_YEAR)}")


def _not_told_apart(choice: Choice, near: Sequence[Rival]) -> str:
    """Those that are as good, and those of which luck cannot say."""
    ties = [rival.strategy for rival in near if rival.verdict == "tie"]
    unclear = [rival for rival in near if rival.verdict == "open"]
    told = []
    if ties:
        told.append(f"in a tie with {listed(ties)} ({_tied_by(choice)})")
    if unclear:
        names = listed([rival.strategy for rival in unclear])
        of = f", of {unclear[0].strategy}" if len(unclear) > 1 else ""
        interval = f"{_interval(choice, unclear[0])} {_direction(choice)}{of}"
        told.append(f"which cannot be told apart from {names} ({interval})")
    return ", and ".join(told)


def _tied_by(choice: Choice) -> str:
    """What a tie is: a difference that does not matter, or none at all."""
    if choice.indifference == 0.0:
        return "the same in every replication"
    return f"not worse by more than {amount_of(choice.indifference, choice.unit)}"


def _ahead(choice: Choice, rival: Rival) -> str:
    by = amount_of(abs(rival.mean or 0.0), choice.unit)
    return f"{by} {_direction(choice)} than {rival.strategy}"


def _direction(choice: Choice) -> str:
    return "more" if choice.measure in MORE_IS_BETTER else "less"


def _interval(choice: Choice, rival: Rival) -> str:
    sign = -1.0 if choice.measure in MORE_IS_BETTER else 1.0
    low, high = sorted((sign * (rival.low or 0.0), sign * (rival.high or 0.0)))
    return f"95 % interval {bare_amount(low, choice.unit)} to {bare_amount(high, choice.unit)}"


def amount_of(amount: float, unit: str) -> str:
    """A difference in a measure of this unit as one says it, a yearly one so named."""
    yearly = " a year" if unit.endswith(_PER_YEAR) else ""
    return bare_amount(amount, unit) + yearly


def bare_amount(amount: float, unit: str) -> str:
    """The same without saying that it is a yearly one."""
    if unit.endswith(_PER_YEAR):
        return money(amount, unit.removesuffix(_PER_YEAR))
    if unit == "share":
        return f"{_digits(100.0 * amount)} points"
    return f"{_digits(amount)} {unit}"


def _digits(amount: float) -> str:
    """Three significant digits, without an exponent."""
    if amount == 0.0:
        return "0"
    places = max(0, 2 - math.floor(math.log10(abs(amount))))
    return f"{amount:,.{places}f}"


def _at_least(probability: float) -> str:
    """A bound from below, never rounded up.

    >>> _at_least(0.99999), _at_least(0.978), _at_least(0.3)
    ('more than 99.9 %', 'at least 97 %', 'at least 30 %')
    """
    if probability > 0.999:
        return "more than 99.9 %"
    return f"at least {math.floor(100.0 * probability + 1e-9)} %"


def _count(number: int) -> str:
    return _NUMBERS[number - 2] if number - 2 < len(_NUMBERS) else str(number)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["lean"]), listed(["lean", "base", "wild"])
    ('lean', 'lean, base and wild')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
