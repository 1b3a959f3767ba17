"""How lengths of time scatter: the distributions of MODEL.md section 11, in a planner's words."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.nouns import Duration, Noun, Positive, Probability

KINDS = (
    "constant",
    "exponential",
    "uniform",
    "gamma",
    "weibull",
    "lognormal",
    "empirical",
    "mixture",
)


class Exponential(Noun):
    """Memoryless: `{ exponential = "3 min" }` names its mean."""

    mean: Annotated[Duration, Field(gt=0)]


class Uniform(Noun):
    """Evenly between two lengths."""

    low: Duration
    """The shortest."""
    high: Duration
    """The longest."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.high <= self.low:
            raise ValueError("`high` must be longer than `low`")
        return self


class Gamma(Noun):
    """Gamma by mean and either `shape` or `cv` (standard deviation / mean)."""

    mean: Annotated[Duration, Field(gt=0)]
    shape: Annotated[Positive, Field(ge=0.05, le=10_000)] | None = None
    cv: Annotated[Positive, Field(ge=0.01, le=4.4)] | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.shape is None) == (self.cv is None):
            raise ValueError("give either `shape` or `cv`")
        return self


class Weibull(Noun):
    """Weibull by mean and shape; a shape below 1 means that the long-suffering stay."""

    mean: Annotated[Duration, Field(gt=0)]
    shape: Annotated[Positive, Field(ge=0.1, le=100)]


class Lognormal(Noun):
    """Lognormal by mean and coefficient of variation, the usual law of talk times."""

    mean: Annotated[Duration, Field(gt=0)]
    cv: Annotated[Positive, Field(le=20)]


class Empirical(Noun):
    """Measured: the share still going on (survival) at given times, straight lines in between.

    `at` begins above zero and rises, `survival` falls; it starts from 1 at time 0. What survives
    the last time never ends (a caller who never hangs up) if `rest = "never"`, or ends with it if
    `rest = "ends"`. `{ file = "patience.csv" }` (columns at_seconds, survival) may stand for both.
    """

    at: Annotated[list[Duration], Field(min_length=1)]
    survival: Annotated[list[Probability], Field(min_length=1)]
    rest: Literal["never", "ends"] = "ends"

    @model_validator(mode="after")
    def _falls(self) -> Self:
        if len(self.at) != len(self.survival):
            raise ValueError("`at` and `survival` must be lists of the same length")
        rising = all(b > a for a, b in zip([0.0, *self.at], self.at, strict=False))
        falling = all(b <= a for a, b in zip([1.0, *self.survival], self.survival, strict=False))
        if not rising or not falling:
            raise ValueError("`at` must rise from above 0, and `survival` must fall from at most 1")
        return self


class Mixture(Noun):
    """`share` of the cases follow `one`, the others `other`."""

    share: Probability
    """Of the cases that follow `one`."""
    one: "Distribution"
    """A distribution of its own."""
    other: "Distribution"
    """Another one."""

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if self.one.mixture is not None or self.other.mixture is not None:
            raise ValueError("a mixture mixes two plain distributions, not another mixture")
        return self


class Law(Noun):
    """A distribution of lengths of time: exactly one kind, with an optional share of extremes."""

    constant: Duration | None = None
    """Always the same."""
    exponential: Exponential | None = None
    uniform: Uniform | None = None
    gamma: Gamma | None = None
    weibull: Weibull | None = None
    lognormal: Lognormal | None = None
    empirical: Empirical | None = None
    mixture: Mixture | None = None
    at_once: Probability = 0.0
    """Share of cases in which the length is zero."""
    never: Probability = 0.0
    """Share of cases that never end: callers who never hang up, customers never reached."""

    @model_validator(mode="before")
    @classmethod
    def _mean_alone(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("exponential"), str):
            return {**value, "exponential": {"mean": value["exponential"]}}
        return value

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(
                f"give exactly one of {', '.join(KINDS)}"
                + (f", not {' and '.join(given)}" if given else "")
                + (f"; to replace that of a base, add `{given[0]} = false`" if given[1:] else "")
            )
        if self.at_once + self.never > 1:
            raise ValueError("`at_once` and `never` together must not exceed 1")
        return self

    @property
    def kind(self) -> str:
        """Which kind it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)


def _constant(value: Any) -> Any:
    return value if isinstance(value, dict | Law) else {"constant": value}


Distribution = Annotated[Law, BeforeValidator(_constant)]
"""A length of time that scatters: a constant "35 s", or a table such as
`{ lognormal = { mean = "290 s", cv = 1.1 } }`."""

Mixture.model_rebuild()
Law.model_rebuild()
