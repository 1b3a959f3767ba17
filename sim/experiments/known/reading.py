"""Reading off a scenario what the formulas need, from its words alone.

Nothing here goes through the tables that the engines play, so that an error there shows. Whoever
edits the numbers of a case gets the known values of the new numbers; whoever makes another kind of
queue of it is told so.
"""

import math
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

from sim.errors import Problem, ScenarioError
from sim.scenario.centre import Team
from sim.scenario.demand import Profile, Reason
from sim.scenario.distributions import Law as Words
from sim.scenario.nouns import Noun
from sim.scenario.scenario import Scenario
from sim.theory.laws import (
    Constant,
    Gamma,
    Law,
    Lognormal,
    Measured,
    Mixture,
    Uniform,
    Weibull,
)
from sim.units import HOUR, WEEKDAYS, time_of_day, weekdays

Named = TypeVar("Named")

ALWAYS = (
    "title",
    "currency",
    "horizon",
    "warm_up",
    "interval",
    "service_level",
    "queues.target",
    "reasons.volume.per_hour",
    "reasons.queue",
    "reasons.talk",
    "teams.agents",
    "teams.pay",
)
"""What every formula knows, or no figure depends on."""


def unfit(path: str, message: str) -> NoReturn:
    """Raise that a scenario is not what its formulas are for."""
    raise ScenarioError([Problem("", None, path, message)])


def check_read(scenario: Scenario, reads: Iterable[str]) -> None:
    """Raise ScenarioError for everything that a scenario says and a case does not read."""
    known = (*ALWAYS, *reads)
    problems = [
        Problem("", None, place, "is not in the formulas of this case; remove it")
        for path, place in _said(scenario)
        if not any(path == one or path.startswith(f"{one}.") for one in known)
    ]
    if problems:
        raise ScenarioError(problems)


def _said(noun: Noun, path: str = "", place: str = "") -> Iterator[tuple[str, str]]:
    """What differs from the defaults: the path without the names of things, and with them."""
    for name in noun.model_fields_set:
        value = getattr(noun, name)
        here, there = f"{path}{name}", f"{place}{name}"
        if value == type(noun).model_fields[name].get_default(call_default_factory=True):
            continue
        if isinstance(value, Noun) and not isinstance(value, Words):
            yield from _said(value, f"{here}.", f"{there}.")
        elif isinstance(value, dict) and all(isinstance(one, Noun) for one in value.values()):
            for key, one in value.items():
                yield from _said(one, f"{here}.", f"{there}.{key}.")
        else:
            yield here, there


def given(value: Named | None, path: str) -> Named:
    """A value that the formulas cannot do without."""
    if value is None:
        unfit(path, "is missing, and the known values are worked out from it")
    return value


def the_only(things: dict[str, Named], path: str) -> Named:
    """The only one of its kind."""
    if len(things) != 1:
        unfit(path, f"must hold just one entry for the known values, not {len(things)}")
    return next(iter(things.values()))


def reason_of(scenario: Scenario) -> Reason:
    """The only reason."""
    return the_only(scenario.reasons, "reasons")


def team_of(scenario: Scenario) -> Team:
    """The only team."""
    return the_only(scenario.teams, "teams")


def agents_of(team: Team, path: str = "teams.NAME") -> int:
    """A team whose number never changes."""
    return given(team.agents, f"{path}.agents")


def rate_of(reason: Reason, path: str = "reasons.NAME") -> float:
    """Issues per second, all day."""
    return given(reason.volume.per_hour, f"{path}.volume.per_hour") / HOUR


def law_of(words: Words) -> Law:
    """A distribution as the formulas know it."""
    between = 1.0 - words.at_once - words.never
    law = _kind(words)
    if between == 1.0:
        return law
    return Mixture(((words.at_once, Constant(0.0)), (between, law)))


def _kind(words: Words) -> Law:
    if words.constant is not None:
        return Constant(words.constant)
    if words.exponential is not None:
        return Gamma(words.exponential.mean)
    if words.uniform is not None:
        return Uniform(words.uniform.low, words.uniform.high)
    if words.gamma is not None:
        shape = words.gamma.shape or given(words.gamma.cv, "gamma") ** -2
        return Gamma(words.gamma.mean, shape)
    if words.weibull is not None:
        return Weibull(words.weibull.mean, words.weibull.shape)
    if words.lognormal is not None:
        return Lognormal(words.lognormal.mean, words.lognormal.cv)
    if words.empirical is not None:
        at, survival = tuple(words.empirical.at), tuple(words.empirical.survival)
        return Measured(at, survival, words.empirical.rest == "never")
    mixture = given(words.mixture, "mixture")
    parts = ((mixture.share, mixture.one), (1.0 - mixture.share, mixture.other))
    return Mixture(tuple((share, law_of(part)) for share, part in parts))


def exponential(words: Words | None, path: str) -> float:
    """The mean of what must be exponential."""
    law = given(words, path)
    if law.exponential is None or law.at_once or law.never:
        unfit(path, "must be exponential, for the known values are worked out for that")
    return law.exponential.mean


def mean(words: Words | None) -> float:
    """The mean of a length of time; 0 if there is none."""
    return law_of(words).mean if words is not None else 0.0


def talk_of(reason: Reason, path: str = "reasons.NAME") -> float:
    """The mean of exponential talks."""
    return exponential(reason.talk, f"{path}.talk")


def patience_of(scenario: Scenario) -> float:
    """The mean of the exponential patience of all callers."""
    return exponential(scenario.callers.patience, "callers.patience")


def rates_of_day(profile: Profile, per_week: float) -> list[float]:
    """Issues per second by hour of a Monday."""
    if profile.interval != HOUR:
        unfit("profiles.NAME.interval", 'must be "60 min" for the known values')
    shares = {day: share for days, share in profile.days.items() for day in weekdays(days)}
    of_day = per_week * shares[0] / math.fsum(shares.values())
    shape = next(shape for days, shape in profile.shapes.items() if 0 in weekdays(days))
    first = round(time_of_day(shape.start) / HOUR)
    rates = [0.0] * 24
    for nth, weight in enumerate(shape.weights):
        rates[first + nth] = of_day * weight / math.fsum(shape.weights) / HOUR
    return rates


def agents_of_day(team: Team) -> list[int]:
    """Agents by hour of a Monday."""
    staffing = given(team.staffing, "teams.NAME.staffing")
    if staffing.interval != HOUR:
        unfit("teams.NAME.staffing.interval", 'must be "60 min" for the known values')
    shift = next(shift for days, shift in staffing.days.items() if 0 in weekdays(days))
    first = round(time_of_day(shift.start) / HOUR)
    agents = [0] * 24
    for nth, number in enumerate(shift.agents):
        agents[first + nth] = round(number)
    return agents


def hour_label(hour: int) -> str:
    """How results name an hour of the first day, a Monday without a date."""
    return f"{WEEKDAYS[0].capitalize()} {hour:02d}:00"
