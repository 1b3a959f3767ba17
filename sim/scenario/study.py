"""Which scenarios are compared with one another, the base first."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import Problem, ScenarioError
from sim.scenario.files import NotThereError, look_for, shown
from sim.scenario.lines import KeyPath
from sim.scenario.load import Finding, read

STUDY = "study.toml"
BASE = "base.toml"


@dataclass(frozen=True)
class Study:
    """A base, its alternatives, and the question that they answer."""

    title: str
    question: str
    scenarios: tuple[Path, ...]
    """Scenario files; the first is the base with which the others are compared."""


class Plan(BaseModel):
    """What `study.toml` says; its files are looked for in its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    title: str = ""
    question: str = ""
    base: str = BASE
    alternatives: Annotated[list[str], Field(min_length=1)] | None = None
    """In the order in which they are told; all other scenarios of the folder if not given."""


def study(*paths: str | Path) -> Study:
    """A study from its folder, or from a list of scenario files of which the first is the base.

    A folder may hold a `study.toml` with title, question, base and alternatives; otherwise all its
    scenarios are compared, with base.toml first. Raises ScenarioError.
    """
    files = tuple(Path(path) for path in paths)
    if len(files) == 1:
        folder = files[0].parent if files[0].name == STUDY else files[0]
        if folder.is_dir():
            return _of_folder(folder)
    wrong = [Problem(shown(files[nth]), None, "", text) for nth, text in _wrong(files)]
    if not wrong and len(files) < 2:
        name = shown(files[0]) if files else "study"
        wrong = [Problem(name, None, "", f"nothing to compare it with; {_NEEDED}")]
    if wrong:
        raise ScenarioError(wrong)
    return Study("", "", files)


def base_of(path: Path) -> Path:
    """The scenario that a path names: a file, or the base of a study's folder. Raises
    ScenarioError."""
    if path.name == STUDY or path.is_dir():
        return _of_folder(path if path.is_dir() else path.parent).scenarios[0]
    return path


_NEEDED = "name a study's folder, or a base and at least one alternative"


def _of_folder(folder: Path) -> Study:
    plan = Plan()
    if (folder / STUDY).exists():
        plan = read(folder / STUDY, Plan, (), lambda plan: _findings(folder, plan)).scenario
    files = _files(folder, plan)
    wrong = [text for _, text in _wrong(files[:1])]
    if not wrong and len(files) < 2:
        wrong = ["no scenario but the base; a study needs an alternative"]
    if wrong:
        cure = f"; a study's base is {BASE}, or what {STUDY} calls `base`"
        raise ScenarioError([Problem(shown(folder), None, "", text + cure) for text in wrong])
    return Study(plan.title, plan.question, files)


def _files(folder: Path, plan: Plan) -> tuple[Path, ...]:
    """The base and its alternatives."""
    others = sorted(file.name for file in folder.glob("*.toml"))
    alternatives = [name for name in others if name not in (STUDY, plan.base)]
    return tuple(folder / name for name in (plan.base, *(plan.alternatives or alternatives)))


def _findings(folder: Path, plan: Plan) -> Iterator[Finding]:
    """What is wrong with the files that a plan names."""
    for nth, text in _wrong(_files(folder, plan)):
        place: KeyPath = ("alternatives", nth - 1) if nth else ("base",)
        yield place, text, "error"


def _wrong(files: tuple[Path, ...]) -> Iterator[tuple[int, str]]:
    """Files that are not there, or named twice, by their number."""
    seen: list[Path] = []
    for nth, file in enumerate(files):
        try:
            look_for(file)
        except NotThereError as error:
            yield nth, str(error)
            continue
        if file.resolve() in seen:
            yield nth, "named twice; a scenario is compared with others"
        seen.append(file.resolve())
