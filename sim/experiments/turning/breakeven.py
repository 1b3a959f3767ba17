"""At which value of one thing two strategies come to the same."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from sim.errors import Problem, ScenarioError, quoted
from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.document import about, headline_lines, headline_of, places_of
from sim.experiments.points import Lot, PointsStopped, simulate_points
from sim.experiments.replicate import Progress, in_silence
from sim.experiments.replication import Figures
from sim.experiments.turning.crossing import seen
from sim.experiments.turning.finding import finding_of_breakeven
from sim.experiments.turning.lever import Lever, assumed_range, levers_at
from sim.experiments.turning.response import response_of
from sim.experiments.turning.results import Breakeven, Turn
from sim.experiments.turning.turn import first_numbers, gap_of, turn_of
from sim.scenario.lines import KeyPath
from sim.scenario.load import Loaded
from sim.scenario.overrides import keys_of
from sim.scenario.scenario import Scenario
from sim.scenario.varied import found_at
from sim.statistics.paired import difference
from sim.tables.build import tables_of

_NUMBERS = 5
"""Values that are simulated first."""
_USUAL = (
    ("segments", "*", "yearly_margin"),
    ("loyalty", "base"),
    ("loyalty", "odds"),
    ("word_of_mouth", "told"),
    ("teams", "*", "pay", "per_hour"),
    ("teams", "*", "contract", "per_hour"),
    ("teams", "*", "contract", "per_minute"),
    ("teams", "*", "contract", "per_contact"),
    ("teams", "*", "contract", "per_resolved"),
    ("teams", "*", "contract", "block", "per_month"),
    ("reasons", "*", "sale", "margin"),
    ("teams", "*", "factors", "fcr"),
    ("callers", "returns", "probability"),
)
"""What is varied if nothing is said, where it is there."""

Stage = Callable[[], AbstractContextManager[Progress]]


class BreakevenStopped(Exception):
    """The user stopped; `found` tells of what was finished, None if nothing was."""

    def __init__(self, found: Breakeven | None) -> None:
        self.found = found
        super().__init__("stopped")


def levers_of(texts: Sequence[str], scenarios: Sequence[Scenario]) -> list[Lever]:
    """What `--at` says: "PATH" or "PATH=LOW:HIGH"; the usual things if it says nothing.

    Raises ScenarioError with everything that is wrong.
    """
    if not texts:
        return [
            lever
            for place in usual_places(scenarios)
            for lever in levers_at(scenarios, place, assumed_range(scenarios, place))
        ]
    levers: list[Lever] = []
    problems = []
    for text in texts:
        try:
            levers += _levers(text, scenarios)
        except ValueError as error:
            problems.append(Problem(f"--at {quoted(text)}", None, "", str(error)))
    if problems:
        raise ScenarioError(problems)
    return levers


def usual_places(scenarios: Sequence[Scenario]) -> list[KeyPath]:
    """The places of the usual things that are there in any of the scenarios."""
    found: dict[KeyPath, None] = {}
    for place in _USUAL:
        there = dict.fromkeys(one for scenario in scenarios for one in _there(scenario, place))
        if len(there) > 1 and place[0] == "segments":
            found[place] = None
        found |= there
    return list(found)


def breakeven(
    pair: Sequence[Loaded[Scenario]],
    levers: Sequence[Lever],
    measure: str,
    lot: Lot,
    stage: Stage = lambda: nullcontext(in_silence),
) -> Breakeven:
    """Where the second of two strategies comes to the same as the first, lever by lever.

    Raises BreakevenStopped on Ctrl-C.
    """
    names = names_of(pair)
    turns: list[Turn] = []
    figures: list[list[Figures]] = []
    try:
        with stage() as progress:
            figures = simulate_points([one.scenario for one in pair], lot, progress)
        for lever in levers:
            with stage() as progress:
                response = response_of(lever, measure, pair, figures, lot, progress)
                numbers = first_numbers(lever, _NUMBERS)
                turns.append(turn_of(lever, response, names, 0, _sign(measure), numbers))
    except PointsStopped:
        whole = figures and all(len(own) == lot.replications for own in figures)
        told = _told(pair, names, measure, lot, figures, turns, len(levers)) if whole else None
        raise BreakevenStopped(told) from None
    return _told(pair, names, measure, lot, figures, turns, len(levers))


def names_of(loaded: Sequence[Loaded[Scenario]]) -> list[str]:
    """What strategies go by: the names of their files."""
    return [one.files[0].stem for one in loaded]


def _told(
    pair: Sequence[Loaded[Scenario]],
    names: Sequence[str],
    measure: str,
    lot: Lot,
    figures: Sequence[Sequence[Figures]],
    turns: Sequence[Turn],
    wanted: int,
) -> Breakeven:
    terms = tables_of(pair[0].scenario).terms
    line = next(line for _, line in headline_lines(terms) if line.measure == measure)
    one, other = (
        headline_of(places_of(loaded), own, [measure])[measure]
        for loaded, own in zip(pair, figures, strict=True)
    )
    now = gap_of(seen(0.0, difference(other, one)))
    currency = about(pair[0], terms).currency
    return Breakeven(
        one=names[0],
        other=names[1],
        titles=(pair[0].scenario.title, pair[1].scenario.title),
        measure=measure,
        unit=line.unit,
        more_is_better=measure in MORE_IS_BETTER,
        currency=currency,
        seed=lot.seed,
        replications=lot.replications,
        engine=lot.engine,
        now=now,
        turns=tuple(turns),
        wanted=wanted,
        finding=finding_of_breakeven(names, measure, line.unit, now, turns),
    )


def _sign(measure: str) -> float:
    return -1.0 if measure in MORE_IS_BETTER else 1.0


def _levers(text: str, scenarios: Sequence[Scenario]) -> list[Lever]:
    path, _, said = text.partition("=")
    place = tuple(keys_of(path.strip()))
    between: list[float | str] | None = None
    if said:
        ends = [end.strip() for end in said.split(":")]
        if len(ends) != 2:
            raise ValueError(f"found {quoted(said)}; write a range as LOW:HIGH")
        between = [_end(end) for end in ends]
    try:
        levers = levers_at(scenarios, place, between or assumed_range(scenarios, place))
    except KeyError:
        raise ValueError(
            "neither of the two has such a place; see docs/reference/scenario.md"
        ) from None
    if not levers:
        raise ValueError("no number above zero stands there; it cannot be varied")
    return levers


def _end(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _there(scenario: Scenario, place: KeyPath) -> Iterator[KeyPath]:
    """The places of a scenario that a pattern means, if something stands there."""
    if "*" not in place:
        try:
            if found_at(scenario, place)[0] is not None:
                yield place
        except KeyError:
            return
        return
    before, after = place[: place.index("*")], place[place.index("*") + 1 :]
    names, _ = found_at(scenario, before)
    for name in names:
        yield from _there(scenario, (*before, name, *after))
