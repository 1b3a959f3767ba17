"""From a scenario file to a `Scenario`, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, ScenarioError, Severity
from sim.scenario.chain import Chain, chain_of
from sim.scenario.data_files import filled
from sim.scenario.lines import KeyPath
from sim.scenario.misfits import misfits
from sim.scenario.overrides import option
from sim.scenario.sentences import sentences
from sim.scenario.source import Document, Sources, given, laid_over, plain

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

Noun = TypeVar("Noun", bound=BaseModel)
Finding = tuple[KeyPath, str, Severity]
"""What a check says: the place, the sentence, and how bad it is."""

MOST_IN_A_LIST = 10
"""Problems told of one list; of a data file there could be thousands."""


@dataclass(frozen=True)
class Loaded(Generic[Noun]):
    """A scenario that can be used, and what else its files tell."""

    scenario: Noun
    warnings: tuple[Problem, ...]
    """What a planner will hardly have meant."""
    resolved: dict[str, Any]
    """The whole scenario as plain JSON values: bases, options and data files worked in."""
    files: tuple[Path, ...]
    """The files read: the scenario, its bases from the nearest down, its data files."""
    sources: Sources
    """Where each value was said."""


def load(path: str | Path, overrides: Iterable[str] = ()) -> Loaded[Scenario]:
    """Read a scenario, with `overrides` such as "teams.frontline.scale=0.9" laid over it.

    Raises ScenarioError with all problems of all its files.
    """
    from sim.scenario.checks import checks
    from sim.scenario.scenario import Scenario

    return read(path, Scenario, overrides, checks)


def read(
    path: str | Path,
    noun: type[Noun],
    overrides: Iterable[str] = (),
    checks: Callable[[Noun], Iterable[Finding]] = lambda _: (),
) -> Loaded[Noun]:
    """Read a TOML file that says what a `noun` is; `checks` see it once all its fields are right.

    Raises ScenarioError as `load`.
    """
    return _made(chain_of(Path(path)), noun, overrides, checks)


def restored(
    resolved: dict[str, Any], files: Iterable[Path], place: str, overrides: Iterable[str] = ()
) -> Loaded[Scenario]:
    """The scenario that an earlier run was made of, from its plain values (`Loaded.resolved`).

    files: those that it was read from then; they need not be there any more. place: where the
    values stand, as a problem in them is told. Raises ScenarioError as `load`.
    """
    from sim.scenario.checks import checks
    from sim.scenario.scenario import Scenario

    document = Document(place, Path(), resolved)
    problems = misfits(document)
    chain = Chain((document,), tuple(problems.values()), frozenset(problems))
    return replace(_made(chain, Scenario, overrides, checks), files=tuple(files))


def _made(
    chain: Chain,
    noun: type[Noun],
    overrides: Iterable[str],
    checks: Callable[[Noun], Iterable[Finding]],
) -> Loaded[Noun]:
    problems = chain.problems
    scenario = reduce(laid_over, map(given, reversed(chain.documents)))
    for text in overrides:
        try:
            scenario = laid_over(scenario, given(option(text, scenario, noun)))
        except ScenarioError as error:
            problems += error.problems
    data = filled(scenario, noun)
    problems += tuple(dict.fromkeys(data.problems.values()))
    sources = Sources(data.scenario)
    resolved = plain(data.scenario)
    whole, found = _validated(noun, resolved)
    if whole is not None and not problems:
        found = list(checks(whole))
    settled = chain.misfits | data.problems.keys()
    problems += tuple(sources.problems(_fewer([one for one in found if one[0] not in settled])))
    problems = _in_order(problems, [document.name for document in chain.documents])
    if whole is None or any(problem.severity == "error" for problem in problems):
        raise ScenarioError(problems)
    files = (*(Path(document.name) for document in chain.documents), *data.files)
    return Loaded(whole, problems, _json(resolved), files, sources)


def _validated(noun: type[Noun], table: dict[str, Any]) -> tuple[Noun | None, list[Finding]]:
    try:
        return noun.model_validate(table), []
    except ValidationError as error:
        wrong = sentences(error, noun, table)
        return None, [(path, sentence, "error") for path, sentence in wrong.items()]


def _fewer(found: list[Finding]) -> list[Finding]:
    """Not more than so many findings in one list, and how many there are besides."""
    of_lists: dict[KeyPath, list[Finding]] = {}
    for finding in found:
        path = finding[0]
        entry = next((depth for depth, key in enumerate(path) if isinstance(key, int)), len(path))
        of_lists.setdefault(path[:entry], []).append(finding)
    told: list[Finding] = []
    for path, findings in of_lists.items():
        told += findings[:MOST_IN_A_LIST]
        more = len(findings) - MOST_IN_A_LIST
        if more > 0:
            told.append((path, f"and {more} more like these in this list", findings[0][2]))
    return told


def _in_order(problems: Iterable[Problem], files: list[str]) -> tuple[Problem, ...]:
    """By file and line: the scenario's own file, its bases, then options and data files."""

    def place(problem: Problem) -> tuple[int, int]:
        file = problem.file
        return files.index(file) if file in files else len(files), problem.line or 0

    return tuple(sorted(problems, key=place))


def _json(value: Any) -> Any:
    """Plain JSON values: dates and times as text."""
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, (date, time)) else value
