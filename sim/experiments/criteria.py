"""How a comparison is judged: by which measure, how strictly, and with how much patience."""

from dataclasses import dataclass

from sim.errors import Problem, ScenarioError, quoted
from sim.experiments.finding import ECONOMIC
from sim.experiments.precision import headline_named, not_a_headline
from sim.experiments.sizes import Size, size_of, unit_of_measure


@dataclass(frozen=True)
class Criteria:
    """How a comparison is judged."""

    by: str = ECONOMIC
    """The headline measure by which the best is chosen."""
    indifference: Size | None = None
    """A difference in it that does not matter."""
    select: bool = False
    """Whether strategies go on only as long as they may be the best."""
    simultaneous: bool = False
    """Whether the intervals of all differences are to hold at once."""


AS_USUAL = Criteria()

INDIFFERENCE = Size(0.01, True)
"""A difference that does not matter, if a choice is to be made and nothing is said: 1 % of the
base's figure."""


def criteria_of(
    by: str | None, indifference: str | None, *, select: bool, simultaneous: bool
) -> Criteria:
    """The same in the words of a user. Raises ScenarioError with everything that is wrong."""
    problems = []
    measure = headline_named(by or ECONOMIC)
    if measure is None:
        problems.append(Problem(f"--by {quoted(by)}", None, "", not_a_headline(by or "")))
    zone = None
    if indifference is not None:
        try:
            zone = size_of(indifference, unit_of_measure(measure or ECONOMIC))
        except ValueError as error:
            problems.append(Problem(f"--indifference {quoted(indifference)}", None, "", str(error)))
    if problems or measure is None:
        raise ScenarioError(problems)
    return Criteria(measure, zone, select, simultaneous)
