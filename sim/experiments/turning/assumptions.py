"""The assumptions in force, and how much the verdict owes to each."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from sim.experiments.document import headline_of, places_of
from sim.experiments.finding import ECONOMIC, OPERATING
from sim.experiments.points import Lot, PointsStopped, simulate_points
from sim.experiments.replicate import Progress, in_silence
from sim.experiments.replication import Figures
from sim.experiments.turning.breakeven import names_of
from sim.experiments.turning.crossing import seen
from sim.experiments.turning.lever import Lever, assumed_range, levers_at
from sim.experiments.turning.response import response_of
from sim.experiments.turning.results import Assumed, Assumptions, Turn
from sim.experiments.turning.turn import first_numbers, turn_of
from sim.scenario.assumed import Assumed as Stated
from sim.scenario.assumed import defaults_in_force
from sim.scenario.lines import KeyPath
from sim.scenario.load import Loaded
from sim.scenario.overrides import keys_of
from sim.scenario.scenario import Scenario
from sim.scenario.source import dotted
from sim.scenario.varied import DURATION, number_at, variables
from sim.statistics.estimate import Statistic
from sim.statistics.paired import difference
from sim.units import UNITS, unit_of

_NUMBERS = 3
"""Values that are simulated first besides what is in force: the range's ends and its middle."""
_GLANCE = 5
"""Replications that tell whether the verdict may turn at all: on the same luck they mostly do."""

Stage = Callable[[], AbstractContextManager[Progress]]


class AssumptionsStopped(Exception):
    """The user stopped; `found` tells what was finished."""

    def __init__(self, found: Assumptions) -> None:
        self.found = found
        super().__init__("stopped")


def assumptions_in_force(loaded: Sequence[Loaded[Scenario]]) -> Assumptions:
    """Those that scenarios state, and the defaults that are assumptions and count, without what
    the verdict owes to them."""
    names = names_of(loaded)
    having: dict[str, list[str]] = {}
    for name, one in zip(names, loaded, strict=True):
        for path in one.scenario.assumptions:
            having.setdefault(path, []).append(name)
        for place, _ in defaults_in_force(one.scenario):
            having.setdefault(dotted(place), []).append(name)
    scenarios = [one.scenario for one in loaded]
    return Assumptions(
        names=tuple(names),
        preferred=None,
        currency=scenarios[0].currency,
        seed=None,
        replications=None,
        engine=None,
        assumed=tuple(_assumed(path, of, names, scenarios) for path, of in having.items()),
        wanted=0,
    )


def with_turns(
    loaded: Sequence[Loaded[Scenario]],
    lot: Lot,
    stage: Stage = lambda: nullcontext(in_silence),
) -> Assumptions:
    """The same with the values at which another strategy would have the least total economic cost
    (the least operating cost, where no customers are lost). Raises AssumptionsStopped on Ctrl-C.
    """
    found = assumptions_in_force(loaded)
    scenarios = [one.scenario for one in loaded]
    done: list[Assumed] = []
    try:
        with stage() as progress:
            figures = simulate_points(scenarios, lot, progress)
        measure, best = _preferred(loaded, figures)
        found = found.model_copy(
            update={
                "preferred": found.names[best],
                "seed": lot.seed,
                "replications": lot.replications,
                "engine": lot.engine,
                "wanted": len(found.assumed),
            }
        )
        for one in found.assumed:
            turns = []
            for lever in _levers(one.path, scenarios):
                with stage() as progress:
                    turns.append(_turn(lever, measure, loaded, figures, best, lot, progress))
            done.append(one.model_copy(update={"turns": tuple(turns)}))
    except PointsStopped:
        rest = found.assumed[len(done) :]
        raise AssumptionsStopped(
            found.model_copy(update={"assumed": (*done, *rest), "wanted": len(found.assumed)})
        ) from None
    return found.model_copy(update={"assumed": tuple(done)})


def _turn(
    lever: Lever,
    measure: str,
    loaded: Sequence[Loaded[Scenario]],
    figures: Sequence[Sequence[Figures]],
    best: int,
    lot: Lot,
    progress: Progress,
) -> Turn:
    """Where the verdict turns on a lever: at a glance if that tells that it does not."""
    names = names_of(loaded)
    numbers = [lever.low, lever.high]
    glance = replace(lot, replications=min(_GLANCE, lot.replications))
    few = [own[: glance.replications] for own in figures]
    response = response_of(lever, measure, loaded, few, glance, progress)
    if response.exact or may_turn(response.at(numbers), best):
        response = response_of(lever, measure, loaded, figures, lot, progress)
        numbers = first_numbers(lever, _NUMBERS)
    return turn_of(lever, response, names, best, 1.0, numbers)


def may_turn(ends: Sequence[Sequence[Statistic]], best: int) -> bool:
    """Whether any other strategy may be ahead at an end of a range, as far as luck goes."""
    for statistics in ends:
        for nth, one in enumerate(statistics):
            if nth == best:
                continue
            lead = seen(0.0, difference(one, statistics[best]))
            if lead.mean <= lead.half:
                return True
    return False


def _preferred(
    loaded: Sequence[Loaded[Scenario]], figures: Sequence[Sequence[Figures]]
) -> tuple[str, int]:
    """By which measure, and which strategy is best by it."""
    headlines = [
        headline_of(places_of(one), own, [OPERATING, ECONOMIC])
        for one, own in zip(loaded, figures, strict=True)
    ]
    measure = ECONOMIC if any(float(one[ECONOMIC].value[0]) for one in headlines) else OPERATING
    values = [float(one[measure].value[0]) for one in headlines]
    return measure, values.index(min(values))


def _levers(path: str, scenarios: Sequence[Scenario]) -> list[Lever]:
    place = tuple(keys_of(path))
    try:
        return levers_at(scenarios, place, assumed_range(scenarios, place))
    except (KeyError, ValueError):
        return []


def _assumed(
    path: str, of: Sequence[str], names: Sequence[str], scenarios: Sequence[Scenario]
) -> Assumed:
    """An assumption as the first scenario has it that has it."""
    scenario = scenarios[names.index(of[0])]
    place = tuple(keys_of(path))
    stated = scenario.assumptions.get(path)
    between = assumed_range(scenarios, place)
    if stated is None:
        why = next(mark.why for at, mark in defaults_in_force(scenario) if at == place)
        stated_as = Stated(why=why)
    else:
        stated_as = stated
    return Assumed(
        path=path,
        value=_short(scenario, place),
        stated=stated is not None,
        why=stated_as.why,
        source=stated_as.source,
        strength=stated_as.strength,
        between=(between[0], between[1]) if between else None,
        strategies=() if len(of) == len(names) else tuple(of),
        turns=(),
    )


def _short(scenario: Scenario, place: KeyPath) -> str:
    """A single number as it stands; of a table how many numbers."""
    try:
        leaf = number_at(scenario, place)
        if leaf is not None:
            if leaf.kind != DURATION:
                return f"{leaf.value:,.6g}"
            unit = unit_of(leaf.value)
            return f"{leaf.value / UNITS[unit]:,.4g} {unit}"
        count = sum(len(one.leaves) for one in variables(scenario, place))
    except KeyError:
        return ""
    return f"{count} number{'' if count == 1 else 's'}" if count else "no number"
