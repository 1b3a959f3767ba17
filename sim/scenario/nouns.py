"""What all nouns of a scenario share: frozen, no unknown keys, and the units of their fields."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.units import duration


class Noun(BaseModel):
    """A part of a scenario: immutable, and closed to keys that it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
    )


def _seconds(value: Any) -> Any:
    return duration(value)


Duration = Annotated[float, BeforeValidator(_seconds), Field(ge=0)]
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
