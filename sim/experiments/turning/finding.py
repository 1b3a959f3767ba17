"""What break-evens find, in sentences."""

from collections.abc import Iterator, Sequence

from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.standing import amount_of, bare_amount
from sim.experiments.turning.results import Gap, Root, Turn


def finding_of_breakeven(
    names: Sequence[str], measure: str, unit: str, now: Gap, turns: Sequence[Turn]
) -> tuple[str, ...]:
    """Who is ahead by how much, and for each thing that is varied where that turns."""
    way = "more" if measure in MORE_IS_BETTER else "less"
    ahead, behind = (names[0], names[1]) if (now.mean > 0.0) == (way == "less") else names[::-1]
    told = f"{ahead} has {amount_of(abs(now.mean), unit)} {way} {measure.removesuffix(' per year')}"
    told += f" than {behind}"
    if now.low is not None and now.high is not None:
        low, high = sorted((abs(now.low), abs(now.high)))
        if now.low <= 0.0 <= now.high:
            told += ", as far as luck lets one say that"
        else:
            told += f" (95 % interval {bare_amount(low, unit)} to {bare_amount(high, unit)})"
    return (f"{told}.", *(" ".join(_sentences(turn)) for turn in turns))


def _sentences(turn: Turn) -> Iterator[str]:
    if not turn.roots:
        yield (
            f"{turn.path}: they do not come to the same between {value_of(turn, turn.low)} and "
            f"{value_of(turn, turn.high)}; it is {value_of(turn, turn.now)}."
        )
    for root in turn.roots:
        yield f"{turn.path}: {turning_at(turn, root)}; it is {value_of(turn, turn.now)}."


def turning_at(turn: Turn, root: Root) -> str:
    """Where two come to the same, and who is better on either side."""
    where = f"{value_of(turn, root.value)} ({interval_of(root)})"
    return f"the same at {where}, {root.below} better below and {root.above} above"


def interval_of(root: Root) -> str:
    """The interval of a turning point in words."""
    if root.low is None and root.high is None:
        return "luck may move it anywhere"
    if root.low is None:
        return f"95 % interval up to {number(root.high or 0.0)}, without a lower bound"
    if root.high is None:
        return f"95 % interval from {number(root.low)} on, without an upper bound"
    return f"95 % interval {number(root.low)} to {number(root.high)}"


def number(value: float) -> str:
    """A value to four digits.

    >>> number(0.44093), number(1234.56), number(12345.6)
    ('0.4409', '1,235', '12,346')
    """
    return f"{value:,.4g}" if abs(value) < 1_000 else f"{value:,.0f}"


def value_of(turn: Turn, value: float) -> str:
    """A value as one says it: a factor, a length of time, or a plain number."""
    told = number(value)
    if turn.unit == "times":
        return f"{told} times what is in force"
    return f"{told} {turn.unit}".strip()
