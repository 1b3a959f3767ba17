"""What a staffing has to achieve: a measure, a bound, and the time over which it is to hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sim.errors import Problem, ScenarioError, meant, quoted
from sim.units import duration

Period = Literal["interval", "day", "week"]
PERIODS: tuple[Period, ...] = ("interval", "day", "week")

SERVICE_LEVEL, ABANDONMENT, WAIT = "service level", "abandonment", "mean wait"
LOST = "customers lost"
MEASURES = (SERVICE_LEVEL, ABANDONMENT, WAIT, LOST)

_EXAMPLE = (
    'write it as "service level=80% by interval", "abandonment=3%", "mean wait=30 s by day" or '
    '"customers lost=5"'
)


@dataclass(frozen=True)
class Target:
    """A measure that must not be worse than its bound, in each of its periods."""

    measure: str
    """One of `MEASURES`."""
    bound: float
    """A share; of a wait, seconds; of customers lost, expected, customers per week."""
    period: Period

    @property
    def is_floor(self) -> bool:
        """Whether the measure is to be at least the bound, not at most."""
        return self.measure == SERVICE_LEVEL

    def said(self) -> str:
        """The target in words.

        >>> Target("service level", 0.8, "interval").said(), Target("mean wait", 30.0, "day").said()
        ('service level at least 80% by interval', 'mean wait at most 30 s by day')
        """
        side = "at least" if self.is_floor else "at most"
        return f"{self.measure} {side} {self._bound()} by {self.period}"

    def _bound(self) -> str:
        if self.measure == WAIT:
            return f"{self.bound:g} s"
        return f"{self.bound:g}" if self.measure == LOST else f"{100.0 * self.bound:g}%"


def targets_of(texts: Iterable[str]) -> tuple[Target, ...]:
    """What `--target` says, one target each; by week if no period is named.

    Raises ScenarioError with everything that is wrong.
    """
    found: dict[tuple[str, str], Target] = {}
    problems = []
    for text in texts:
        try:
            target = target_of(text)
            if (target.measure, target.period) in found:
                raise ValueError(f"{target.measure} by {target.period} is bound twice; keep one")
            found[target.measure, target.period] = target
        except ValueError as error:
            problems.append(Problem(f"--target {quoted(text)}", None, "", str(error)))
    if problems:
        raise ScenarioError(problems)
    return tuple(found.values())


def target_of(text: str) -> Target:
    """One target; raises ValueError with a sentence.

    >>> target_of("abandonment=3%"), target_of("Mean wait = 1 min by day")
    (Target(measure='abandonment', bound=0.03, period='week'), \
Target(measure='mean wait', bound=60.0, period='day'))
    """
    name, given, rest = text.partition("=")
    bound, by, period_name = rest.partition(" by ")
    if not given:
        raise ValueError(f"there is no bound; {_EXAMPLE}")
    measure = name.strip().lower()
    if measure not in MEASURES:
        guess = meant(measure, MEASURES)
        hint = f', did you mean "{guess}"?' if guess else ";"
        raise ValueError(f"no measure {quoted(name.strip())}{hint} there are: {_listed(MEASURES)}")
    period = period_name.strip().lower() if by else "week"
    for known in PERIODS:
        if period == known:
            if measure == LOST and known != "week":
                raise ValueError("customers are lost over an issue, not at a time: only by week")
            return Target(measure, _bound_of(measure, bound.strip()), known)
    raise ValueError(f"no period {quoted(period)}; there are: {_listed(PERIODS)}")


def _bound_of(measure: str, text: str) -> float:
    if measure == WAIT:
        bound = duration(text)
    else:
        digits = text.removesuffix("%").strip()
        try:
            bound = float(digits) / (100.0 if text.endswith("%") else 1.0)
        except ValueError:
            raise ValueError(f"found {quoted(text)}, not a number; {_EXAMPLE}") from None
    if measure == LOST and (text.endswith("%") or not 0.0 < bound < float("inf")):
        raise ValueError(f"found {quoted(text)}; write how many customers a week, such as 5")
    if measure == WAIT and bound <= 0.0:
        raise ValueError("nobody waits for 0 s only where agents never end; write a longer wait")
    if measure in {SERVICE_LEVEL, ABANDONMENT} and not 0.0 < bound < 1.0:
        raise ValueError(f"found {quoted(text)}; a share lies between 0% and 100%, such as 80%")
    return bound


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
