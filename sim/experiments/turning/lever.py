"""What is varied: one number, or numbers that go together, in all strategies that have it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario.assumed import defaults_in_force
from sim.scenario.lines import KeyPath
from sim.scenario.scenario import Scenario
from sim.scenario.source import dotted
from sim.scenario.varied import (
    DURATION,
    Variable,
    number_at,
    range_of,
    scaled,
    variables,
    with_values,
)
from sim.units import UNITS, unit_of

_ANY = "*"
"""Stands for every name of a table of names."""
_FOLD = 4.0
"""Without a range, so many times what is in force, and one so many-th of it."""


@dataclass(frozen=True)
class Lever:
    """What is varied, and between which values."""

    path: str
    now: float
    """The number in force; 1 if numbers are varied together, or from different beginnings."""
    low: float
    high: float
    unit: str
    """Of the number: s, min, h or d, or empty for plain numbers; "times" if it is a factor."""
    place: KeyPath
    """Where the numbers stand, with "*" for every name."""
    given: bool
    """Whether the range was given by somebody, and not guessed here."""

    @property
    def is_factor(self) -> bool:
        """Whether its numbers are factors on what is in force."""
        return self.unit == "times"

    def set_to(self, scenario: Scenario, number: float) -> Scenario:
        """The scenario with this number; as it is if it has no such place."""
        for one in _at(scenario, self.place):
            if self.is_factor:
                values = {leaf.path: scaled(leaf, number) for leaf in one.leaves}
            else:
                value = number * UNITS.get(self.unit, 1.0)
                values = {leaf.path: min(max(value, leaf.least), leaf.most) for leaf in one.leaves}
            scenario = with_values(scenario, values)
        return scenario


def levers_at(
    scenarios: Sequence[Scenario],
    place: KeyPath,
    between: Sequence[float | str] | None = None,
    fold: float = _FOLD,
) -> list[Lever]:
    """What can be varied at or below a place, in all scenarios that have it.

    between: the least and the greatest number, or factor, as a user gives them; without them, or
    where they do not apply, from a `fold`-th of what is in force to `fold` times that. Raises
    KeyError if no scenario has such a place, and ValueError with a sentence for a range that cannot
    be.
    """
    found: dict[KeyPath, list[Variable]] = {}
    known = False
    for scenario in scenarios:
        try:
            here = _at(scenario, place) if _ANY in place else variables(scenario, place)
            for one in here or (_single(scenario, place) if between else []):
                found.setdefault(one.path, []).append(one)
            known = True
        except KeyError:
            continue
    if not known:
        raise KeyError(place)
    return [_lever(scenarios, path, of, place, between, fold) for path, of in found.items()]


def assumed_range(scenarios: Sequence[Scenario], place: KeyPath) -> Sequence[float | str] | None:
    """Between which values an assumption may well lie, if a scenario or its default says so."""
    name = dotted(place)
    for scenario in scenarios:
        stated = scenario.assumptions.get(name)
        if stated is not None and stated.between is not None:
            return stated.between
        for path, default in defaults_in_force(scenario):
            if path == place:
                return default.between
    return None


def _lever(
    scenarios: Sequence[Scenario],
    path: KeyPath,
    of: Sequence[Variable],
    place: KeyPath,
    between: Sequence[float | str] | None,
    fold: float,
) -> Lever:
    alone = [one.alone for one in of]
    values = {leaf.value for leaf in alone if leaf is not None}
    name = dotted(path).replace(f'"{_ANY}"', _ANY)
    ranged = bool(between) and path == place
    if None in alone or len(values) > 1 or (values == {0.0} and not ranged):
        low, high = 1.0 / fold, fold
        factors = between if between and _are_factors(between) else None
        if factors:
            low, high = float(factors[0]), float(factors[1])
        return Lever(name, 1.0, low, high, "times", path, factors is not None)
    leaf = next(leaf for leaf in alone if leaf is not None)
    given = True
    if between and ranged:
        holder = next(one for one in scenarios if _at(one, path))
        low, high = range_of(holder, path, between)
        if number_at(holder, path) is None:
            low, high = scaled(leaf, low), scaled(leaf, high)
    elif between and _are_factors(between):
        low, high = scaled(leaf, float(between[0])), scaled(leaf, float(between[1]))
    else:
        low, high, given = scaled(leaf, 1.0 / fold), scaled(leaf, fold), False
    unit = unit_of(leaf.value) if leaf.kind == DURATION else ""
    size = UNITS.get(unit, 1.0)
    low, high = min(low, high) / size, max(low, high) / size
    return Lever(name, leaf.value / size, low, high, unit, path, given)


def _are_factors(between: Sequence[float | str]) -> bool:
    return all(
        not isinstance(end, str) and math.isfinite(end) and end > 0.0 for end in between
    ) and float(between[0]) <= 1.0 <= float(between[1])


def _at(scenario: Scenario, place: KeyPath) -> list[Variable]:
    """The variable at this very place, if the scenario has it."""
    fixed = place[: place.index(_ANY)] if _ANY in place else place
    try:
        found = [one for one in variables(scenario, fixed) if one.path == place]
        return found or (_single(scenario, place) if _ANY not in place else [])
    except KeyError:
        return []


def _single(scenario: Scenario, place: KeyPath) -> list[Variable]:
    """The number at a place, even if it is one that no factor changes: none, or certain. Raises
    KeyError if there is no such place."""
    leaf = number_at(scenario, place)
    return [] if leaf is None else [Variable(place, leaf.kind, (leaf,))]
