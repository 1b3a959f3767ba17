"""A study carried out: its comparison, its curves, its frontier, and its claims."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from sim.errors import Problem, ScenarioError
from sim.experiments.compare import compare
from sim.experiments.criteria import criteria_of
from sim.experiments.frontier.frontier import Candidate, frontier, unlike
from sim.experiments.frontier.results import Frontier
from sim.experiments.points import Lot, simulate_points
from sim.experiments.replicate import Progress, in_silence
from sim.experiments.results import Document
from sim.experiments.study.claims import Judged, check_claims, judged
from sim.experiments.sweep.axes import loaded_at
from sim.experiments.sweep.results import Sweep
from sim.experiments.sweep.sweep import Plan, planned, sweep
from sim.experiments.turning.breakeven import breakeven, levers_of
from sim.experiments.turning.lever import Lever
from sim.experiments.turning.results import Breakeven
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.scenario.study import STUDY, Curve, Study, Turn


@dataclass(frozen=True)
class Pair:
    """Two strategies of which it is to be found where they come to the same."""

    pair: tuple[Loaded[Scenario], Loaded[Scenario]]
    levers: tuple[Lever, ...]
    measure: str


@dataclass(frozen=True)
class Ready:
    """A study of which everything has been read and checked."""

    study: Study
    loaded: tuple[Loaded[Scenario], ...]
    curves: tuple[Plan, ...]
    turns: tuple[Pair, ...]


@dataclass(frozen=True)
class Studied:
    """What a study has found."""

    ready: Ready
    comparison: Document
    curves: tuple[Sweep, ...]
    turns: tuple[Breakeven, ...]
    frontier: Frontier | None
    claims: tuple[Judged, ...]


def prepared(
    study: Study, loaded: Sequence[Loaded[Scenario]], seed: int, overrides: Sequence[str] = ()
) -> Ready:
    """See before anything is simulated that all of a study can be. Raises ScenarioError."""
    place = (study.scenarios[0].parent / STUDY).as_posix()
    check_claims(study.plan.claims, loaded[0], place)
    plans = []
    problems: list[Problem] = []
    for curve in study.plan.sweeps:
        try:
            plans.append(_plan(study, curve, seed, overrides))
        except ScenarioError as error:
            problems += error.problems
        except ValueError as error:
            problems.append(Problem(place, None, "sweeps", str(error)))
    turns = []
    for turn in study.plan.breakevens:
        try:
            turns.append(_pair(study, turn, loaded))
        except ScenarioError as error:
            problems += error.problems
        except ValueError as error:
            problems.append(Problem(place, None, "breakevens", str(error)))
    if problems:
        raise ScenarioError(problems)
    return Ready(study, tuple(loaded), tuple(plans), tuple(turns))


Stage = Callable[[], AbstractContextManager[Progress]]
"""Begins a part of the work, of which the progress is told by itself."""


def in_one_go() -> AbstractContextManager[Progress]:
    """A stage that tells nobody."""
    return nullcontext(in_silence)


def carried_out(ready: Ready, lot: Lot, stage: Stage = in_one_go) -> Studied:
    """Simulate all of a study. Raises SweepStopped, PointsStopped, FrontierStopped,
    BreakevenStopped or Interrupted on Ctrl-C; the points that were finished are kept."""
    study, plan = ready.study, ready.study.plan
    with stage() as progress:
        comparison = compare(
            ready.loaded,
            question=study.question,
            title=study.title,
            replications=lot.replications,
            seed=lot.seed,
            engine=lot.engine,
            workers=lot.workers,
            progress=progress,
        )
    curves = []
    for one in ready.curves:
        with stage() as progress:
            curves.append(sweep(one, lot, progress))
    turns = [breakeven(one.pair, one.levers, one.measure, lot, stage) for one in ready.turns]
    claims: tuple[Judged, ...] = ()
    if plan.claims:
        with stage() as progress:
            claims = _claims(ready, lot, progress)
    front = None
    if plan.frontier:
        with stage() as progress:
            front = frontier(candidates_of(ready), study.title, lot, progress)
    return Studied(ready, comparison, tuple(curves), tuple(turns), front, claims)


def _claims(ready: Ready, lot: Lot, progress: Progress) -> tuple[Judged, ...]:
    figures = simulate_points([one.scenario for one in ready.loaded], lot, progress)
    names = [one.files[0].stem for one in ready.loaded]
    return judged(
        ready.study.plan.claims,
        dict(zip(names, ready.loaded, strict=True)),
        dict(zip(names, figures, strict=True)),
    )


def _plan(study: Study, curve: Curve, seed: int, overrides: Sequence[str]) -> Plan:
    return planned(
        study.file(curve.scenario),
        curve.vary,
        overrides=overrides,
        points=curve.points,
        more=curve.adaptive,
        by=curve.by,
        seed=seed,
    )


def _pair(study: Study, turn: Turn, loaded: Sequence[Loaded[Scenario]]) -> Pair:
    by_name = {file.stem: one for file, one in zip(study.scenarios, loaded, strict=True)}
    pair = by_name[turn.one], by_name[turn.other]
    measure = criteria_of(turn.by, None, select=False, simultaneous=False).by
    levers = levers_of(turn.at, [one.scenario for one in pair])
    return Pair(pair, tuple(levers), measure)


def candidates_of(ready: Ready) -> list[Candidate]:
    """The strategies, and the points of the sweeps."""
    found = [Candidate(one.files[0].stem, one.files[0].as_posix(), one) for one in ready.loaded]
    for plan in ready.curves:
        loaded = loaded_at(plan.file, plan.axes, plan.spots, plan.overrides)
        for spot, one in zip(plan.spots, loaded, strict=True):
            values = ", ".join(value.label for value in spot)
            found.append(Candidate(f"{plan.file.stem} at {values}", plan.file.as_posix(), one))
    return unlike(found)
