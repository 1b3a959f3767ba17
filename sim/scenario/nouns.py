"""What all nouns of a scenario share: frozen, no unknown keys, and the units of their fields."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from sim.units import date, duration, opening, time_of_day, weekdays


class Noun(BaseModel):
    """A part of a scenario: immutable, and closed to keys that it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
    )


def _clock(value: str) -> str:
    time_of_day(value)
    return value


def _stretch(value: str) -> str:
    opening(value)
    return value


def _days(value: str) -> str:
    weekdays(value)
    return value


def _date(value: Any) -> str:
    return date(value).isoformat()


def _reporting(value: Any) -> float:
    seconds = duration(value)
    if seconds not in (900.0, 1800.0, 3600.0):
        raise ValueError('an interval is "15 min", "30 min" or "60 min"')
    return seconds


Duration = Annotated[float, BeforeValidator(duration), Field(ge=0)]
"""A length of time written with its unit, as "90 s", "3m30s" or "28 days"; seconds inside."""

Probability = Annotated[float, Field(ge=0, le=1, strict=True)]
"""A share of cases, from 0 to 1."""

Amount = Annotated[float, Field(ge=0, strict=True)]
"""An amount of money in the scenario's currency."""

Number = Annotated[float, Field(ge=0, strict=True)]
"""A number, zero or more."""

Positive = Annotated[float, Field(gt=0, strict=True)]
"""A number above zero."""

Odds = Annotated[float, Field(gt=0, le=1000, strict=True)]
"""An odds ratio: 1 changes nothing, 2 doubles the odds."""

Whole = Annotated[int, Field(ge=0, strict=True)]
"""A whole number, zero or more."""

Clock = Annotated[str, AfterValidator(_clock)]
"""A time of day, as "08:30"."""

Stretch = Annotated[str, AfterValidator(_stretch)]
"""Opening hours of a day, as "08:00-20:00"."""

Days = Annotated[str, AfterValidator(_days)]
"""A day of the week (mon … sun), a stretch (mon-fri) or a group (weekday, weekend, all)."""

Date = Annotated[str, BeforeValidator(_date)]
"""A date, as "2026-03-02"."""

Interval = Annotated[float, BeforeValidator(_reporting)]
"""15, 30 or 60 minutes."""
