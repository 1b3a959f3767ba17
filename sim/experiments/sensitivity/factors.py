"""What is uncertain: assumptions, each with the values that it may well have, and how likely."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import Problem, ScenarioError, quoted
from sim.experiments.turning.lever import Lever, assumed_range, levers_at
from sim.scenario.overrides import keys_of
from sim.scenario.scenario import Scenario
from sim.units import UNITS, duration

_GUESSED = 2.0
"""An assumption without a range is varied, if at all, from half of what is in force to twice."""


@dataclass(frozen=True)
class Factor:
    """A lever and the distribution of its numbers over its range."""

    lever: Lever
    mode: float | None = None
    """The likeliest number, of a triangular distribution."""

    @property
    def distribution(self) -> str:
        """Of its numbers: triangular if the likeliest is given, else even over the range, of
        factors over their logarithm: half is as likely as twice."""
        if self.mode is not None:
            return "triangular"
        return "log-uniform" if self.lever.is_factor else "uniform"

    def at(self, share: float) -> float:
        """The number below which so large a share of the distribution lies."""
        low, high = self.lever.low, self.lever.high
        if self.mode is not None:
            from scipy.stats import triang

            return float(triang.ppf(share, (self.mode - low) / (high - low), low, high - low))
        if self.lever.is_factor:
            return low * math.exp(share * math.log(high / low))
        return low + share * (high - low)


def assumed_factors(
    paths: Sequence[str], scenarios: Sequence[Scenario], *, guess: bool
) -> tuple[list[Factor], list[str]]:
    """The assumptions that have a range, and the paths of those that are left out: they have none,
    or no number that can be varied. A range of a number's own goes before that of its table.

    guess: vary those without a range as well, from half of what is in force to twice that.
    """
    factors: dict[str, Factor] = {}
    left_out = []
    for path in paths:
        place = tuple(keys_of(path))
        try:
            found = levers_at(scenarios, place, assumed_range(scenarios, place), _GUESSED)
        except (KeyError, ValueError):
            found = []
        varied = [one for one in found if (one.given or guess) and one.low < one.high]
        for one in varied:
            if one.path not in factors or one.place == place:
                factors[one.path] = Factor(one)
        if not varied:
            left_out.append(path)
    return list(factors.values()), left_out


def factors_of(texts: Sequence[str], scenarios: Sequence[Scenario]) -> list[Factor]:
    """What `--vary` says: "PATH=LOW:HIGH" or "PATH=LOW:MODE:HIGH", or a path alone, which has its
    assumed range or is varied from half to twice.

    Raises ScenarioError with everything that is wrong.
    """
    factors, problems = [], []
    for text in texts:
        try:
            factors += _factors(text, scenarios)
        except ValueError as error:
            problems.append(Problem(f"--vary {quoted(text)}", None, "", str(error)))
    if problems:
        raise ScenarioError(problems)
    return factors


def _factors(text: str, scenarios: Sequence[Scenario]) -> list[Factor]:
    path, _, said = text.partition("=")
    place = tuple(keys_of(path.strip()))
    values = [_value(value.strip()) for value in said.split(":")] if said else []
    if len(values) not in (0, 2, 3):
        raise ValueError(f"found {quoted(said)}; write LOW:HIGH, or LOW:MODE:HIGH")
    between = [values[0], values[-1]] if values else assumed_range(scenarios, place)
    try:
        levers = levers_at(scenarios, place, between, _GUESSED)
    except KeyError:
        raise ValueError("there is no such place; see docs/reference/scenario.md") from None
    if not levers:
        raise ValueError("no number above zero stands there; it cannot be varied")
    if len(values) < 3:
        return [Factor(one) for one in levers]
    return [_with_mode(one, values[1]) for one in levers]


def _with_mode(lever: Lever, said: float | str) -> Factor:
    size = UNITS.get(lever.unit, 1.0)
    mode = said if isinstance(said, float) else duration(said) / size
    if not lever.low <= mode <= lever.high:
        raise ValueError(f"the likeliest, {quoted(said)}, must lie between the two others")
    return Factor(lever, mode)


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
