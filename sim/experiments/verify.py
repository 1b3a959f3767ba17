"""The program against known truth: simulate the cases of scenarios/verification, and judge."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.accounting.measures import catalogue
from sim.errors import Problem, ScenarioError, meant, quoted
from sim.experiments.judging import judged
from sim.experiments.known import CASES, Case, Claim, Runs, place_of
from sim.experiments.known.reading import check_read
from sim.experiments.replicate import ENGINES, Progress, Stopped, in_silence, replicate
from sim.experiments.verdicts import CaseResult, Verification
from sim.scenario.load import Loaded, load
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of
from sim.terms import Terms

FOLDER = Path(__file__).parents[2] / "scenarios" / "verification"
QUICK_PRECISION, FULL_PRECISION = 0.02, 0.005
"""The largest standard errors that prove anything, relative to the known value."""
FULL_TIMES_QUICK = 16
"""Replications in full, for each one that is quick."""
_AT_A_TIME = 500
"""Replications held in memory."""


@dataclass(frozen=True)
class _Task:
    """A case that is ready to be simulated."""

    case: Case
    loaded: Loaded[Scenario]
    terms: Terms
    claims: tuple[Claim, ...]
    replications: int

    @property
    def days(self) -> int:
        """Simulated in all."""
        return self.replications * self.terms.calendar.days


def verify(
    names: Sequence[str] = (),
    *,
    quick: bool = False,
    seed: int = 1,
    engine: str = ENGINES[0],
    workers: int = 1,
    overrides: Sequence[str] = (),
    progress: Progress = in_silence,
    folder: Path = FOLDER,
) -> Verification:
    """Simulate the cases of these names, or all, and hold them against what is known of them.

    overrides: laid over every scenario; the known values follow them. `progress` is told how many
    days of how many are simulated. Ctrl-C ends it with the cases that are finished.

    Raises ScenarioError for a name that no case has, and for scenarios that are wrong or are not
    what the formulas are for.
    """
    tasks = _tasks(names, quick, overrides, folder)
    total = sum(task.days for task in tasks)
    precision = QUICK_PRECISION if quick else FULL_PRECISION
    results = []
    done = 0
    try:
        for task in tasks:
            runs = _runs(task, seed, engine, workers, _part(progress, done, 1, total))
            done += task.days
            results.append(_result(task, runs, precision))
    except (KeyboardInterrupt, Stopped):
        pass
    return Verification(
        quick=quick,
        seed=seed,
        engine=engine,
        precision=precision,
        asked=len(tasks),
        cases=tuple(results),
    )


def _result(task: _Task, runs: Runs, precision: float) -> CaseResult:
    return CaseResult(
        name=task.case.name,
        title=task.loaded.scenario.title,
        file=task.loaded.files[0].as_posix(),
        source=task.case.source,
        replications=task.replications,
        comparisons=tuple(judged(claim, runs, precision) for claim in task.claims),
    )


# ------------------------------------------------------------------------- what is to be done


def _tasks(
    names: Sequence[str], quick: bool, overrides: Sequence[str], folder: Path
) -> list[_Task]:
    """Everything that is asked for, or all that is wrong with it."""
    tasks = []
    problems: list[Problem] = []
    for case in _chosen(names):
        file = folder / f"{case.name}.toml"
        try:
            loaded = load(_short(file), overrides)
            claims = tuple(_claims(case, loaded))
        except ScenarioError as error:
            problems += error.problems
            continue
        replications = case.replications * (1 if quick else FULL_TIMES_QUICK)
        terms = tables_of(loaded.scenario).terms
        tasks.append(_Task(case, loaded, terms, claims, replications))
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return tasks


def _chosen(names: Sequence[str]) -> list[Case]:
    """The cases of these names, in their own order; all if there are none."""
    by_name = {case.name: case for case in CASES}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise ScenarioError(_unknown(name, by_name) for name in unknown)
    return [case for case in CASES if not names or case.name in names]


def _unknown(name: str, known: Iterable[str]) -> Problem:
    guess = meant(name, known)
    hint = f"; did you mean {quoted(guess)}?" if guess else ""
    message = f"no case {quoted(name)}{hint}; the cases are: {', '.join(known)}"
    return Problem("scenarios/verification", None, "", message)


def _short(file: Path) -> Path:
    """A path as the user would write it."""
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


def _claims(case: Case, loaded: Loaded[Scenario]) -> Iterator[Claim]:
    """What is known of a scenario; raises ScenarioError if the formulas are not for it."""
    file = loaded.files[0].as_posix()
    try:
        check_read(loaded.scenario, case.reads)
        claims = list(case.claims(loaded.scenario))
    except ScenarioError as error:
        raise ScenarioError(
            Problem(file, None, one.path, one.message) for one in error.problems
        ) from None
    except ValueError as error:
        raise ScenarioError([Problem(file, None, "", str(error))]) from None
    for claim in claims:
        if isinstance(claim.known, float) and not math.isfinite(claim.known):
            message = "the queue has no end, so there is no known value; give it more agents"
            raise ScenarioError([Problem(file, None, "", message)])
    yield from claims


# ---------------------------------------------------------------------------- simulating


def _runs(task: _Task, seed: int, engine: str, workers: int, progress: Progress) -> Runs:
    """The figures that are claimed, of all replications."""
    lines = catalogue(task.terms)
    wanted = {place for claim in task.claims for place in claim.places()}
    columns = [n for n, line in enumerate(lines) if place_of(line) in wanted]
    days = task.terms.calendar.days
    tops, bottoms = [], []
    for first in range(0, task.replications, _AT_A_TIME):
        (figures,) = replicate(
            [task.loaded.scenario],
            replications=min(_AT_A_TIME, task.replications - first),
            first=first,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=_part(progress, first, days, task.days),
        )
        tops += [one.numerators[columns] for one in figures]
        bottoms += [one.denominators[columns] for one in figures]
    return Runs([lines[n] for n in columns], np.array(tops), np.array(bottoms))


def _part(progress: Progress, first: int, times: int, of: int) -> Progress:
    """Tells the progress of a part, which begins with number `first`, as that of the whole."""
    return lambda done, _: progress((first + done) * times, of)
