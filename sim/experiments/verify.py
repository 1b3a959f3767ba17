"""The program against known truth: simulate the cases of scenarios/verification, and judge.

A difference between a simulated and a known value is judged in standard errors. It disagrees beyond
`SIGMAS`, or, as errors are estimated from some replications only, beyond the quantile of Student's
t that is as improbable: of N true values one disagrees by chance in N / 16,000 verifications, a
hundredth for 160 values (Bonferroni). Nothing agrees whose standard error is above the precision;
so a fault of (limit + 1.645) standard errors is found with 95 % probability, whatever the case.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.accounting.measures import catalogue
from sim.errors import Problem, ScenarioError, meant, quoted
from sim.experiments.known import CASES, Case, Claim, Runs, Sum, place_of
from sim.experiments.replicate import ENGINES, Progress, Stopped, in_silence, replicate
from sim.experiments.verdicts import CaseResult, Comparison, Verdict, Verification
from sim.scenario.load import Loaded, load
from sim.scenario.scenario import Scenario
from sim.statistics.estimate import Statistic, intervals, standard_errors, student_as_rare_as
from sim.tables.build import tables_of

FOLDER = Path(__file__).parents[2] / "scenarios" / "verification"
SIGMAS = 4.0
QUICK_PRECISION, FULL_PRECISION = 0.02, 0.005
FULL_TIMES_QUICK = 16
"""Replications in full, for each one that is quick."""
_AT_A_TIME = 500
"""Replications held in memory."""
_ROUNDING = 1e-9
_FOUND = 1.645
"""Standard errors that a fault must be beyond the limit to be found with 95 % probability."""


@dataclass(frozen=True)
class _Task:
    """A case that is ready to be simulated."""

    case: Case
    loaded: Loaded[Scenario]
    claims: tuple[Claim, ...]
    replications: int


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

    overrides: laid over every scenario; the known values follow them. Ctrl-C ends it with the cases
    that are finished. Raises ScenarioError for a name that no case has, and for scenarios that are
    wrong or are not what the formulas are for.
    """
    tasks = _tasks(names, quick, overrides, folder)
    total = sum(task.replications for task in tasks)
    precision = QUICK_PRECISION if quick else FULL_PRECISION
    results = []
    done = 0
    try:
        for task in tasks:
            runs = _runs(task, seed, engine, workers, _after(done, progress, total))
            done += task.replications
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
        times = 1 if quick else FULL_TIMES_QUICK
        tasks.append(_Task(case, loaded, claims, times * case.replications))
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
    lines = catalogue(tables_of(task.loaded.scenario).terms)
    wanted = {place for claim in task.claims for place in claim.places()}
    columns = [n for n, line in enumerate(lines) if place_of(line) in wanted]
    tops, bottoms = [], []
    for first in range(0, task.replications, _AT_A_TIME):
        (figures,) = replicate(
            [task.loaded.scenario],
            replications=min(_AT_A_TIME, task.replications - first),
            first=first,
            seed=seed,
            engine=engine,
            workers=workers,
            progress=_after(first, progress, task.replications),
        )
        tops += [one.numerators[columns] for one in figures]
        bottoms += [one.denominators[columns] for one in figures]
    return Runs([lines[n] for n in columns], np.array(tops), np.array(bottoms))


def _after(first: int, progress: Progress, of: int) -> Progress:
    """Tells the progress of a part, which begins with number `first`, as that of the whole."""
    return lambda done, _: progress(first + done, of)


# ------------------------------------------------------------------------------- judging


def _result(task: _Task, runs: Runs, precision: float) -> CaseResult:
    return CaseResult(
        name=task.case.name,
        title=task.loaded.scenario.title,
        file=task.loaded.files[0].as_posix(),
        source=task.case.source,
        replications=task.replications,
        comparisons=tuple(_comparison(claim, runs, precision) for claim in task.claims),
    )


def _comparison(claim: Claim, runs: Runs, precision: float) -> Comparison:
    """A claim, judged."""
    simulated = claim.simulated.statistic(runs)
    if isinstance(claim.known, Sum):
        other = claim.known.statistic(runs)
        known = float(other.value[0])
        simulated = Statistic(simulated.value, simulated.pulls - other.pulls, "identity")
    else:
        known = claim.known
    estimate = intervals(simulated).row(0)
    unit = claim.simulated.unit(runs)
    limit = student_as_rare_as(SIGMAS, len(simulated.pulls) - 1)
    judged = _judged(
        known, estimate.mean, float(standard_errors(simulated)[0]), unit, limit, precision
    )
    _, kind, row, interval = next(claim.simulated.places())
    return Comparison(
        measure=claim.simulated.name,
        unit=unit,
        row_kind=kind,
        row=row,
        interval=interval,
        known=known,
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        error=judged.error,
        difference=judged.difference,
        limit=limit,
        finds=None if judged.error is None else (limit + _FOUND) * judged.error,
        verdict=judged.verdict,
    )


class _Judged(NamedTuple):
    error: float | None
    difference: float | None
    verdict: Verdict


def _judged(
    known: float,
    simulated: float | None,
    standard_error: float,
    unit: str,
    limit: float,
    precision: float,
) -> _Judged:
    """The error relative to the known value, the difference in standard errors, and the verdict."""
    if simulated is None or math.isnan(standard_error):
        return _Judged(None, None, "too uncertain")
    size = min(known, 1.0 - known) if unit.startswith("share") else abs(known)
    error = standard_error / size if size > 0.0 else None
    away = simulated - known
    if abs(away) <= _ROUNDING * abs(known):
        away = 0.0
    if standard_error <= _ROUNDING * abs(known):
        return _Judged(0.0, 0.0, "agrees") if away == 0.0 else _Judged(0.0, None, "disagrees")
    difference = away / standard_error
    if abs(difference) > limit:
        return _Judged(error, difference, "disagrees")
    if error is None or error > precision:
        return _Judged(error, difference, "too uncertain")
    return _Judged(error, difference, "agrees")
