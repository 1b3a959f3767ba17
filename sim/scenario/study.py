"""Which scenarios are compared with one another, the base first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from sim.errors import Problem, ScenarioError, quoted
from sim.scenario.files import NotThereError, look_for, shown
from sim.scenario.lines import KeyPath
from sim.scenario.load import Finding, read

STUDY = "study.toml"
BASE = "base.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Claim(_Part):
    """Something that the study is to bear out or not: one strategy has less of a measure."""

    says: Annotated[str, Field(min_length=1)]
    """In a sentence, as people say it."""
    less: str
    """The strategy, by the name of its file without its ending, that is said to have less …"""
    than: str
    """… than this one …"""
    of: str
    """… of this measure of the whole, as docs/reference/measures.md names it."""


class Curve(_Part):
    """A sweep over values of one of the study's scenarios, as `run.py sweep` takes it."""

    title: str = ""
    scenario: str | None = None
    """By the name of its file without its ending; the base if not given."""
    vary: Annotated[list[str], Field(min_length=1)]
    """What is varied, as in ["teams.frontline.scale=0.7:1.3:13"]."""
    points: Annotated[int, Field(ge=2, le=10_000)] | None = None
    """So many points scattered evenly, in place of every combination."""
    adaptive: Annotated[int, Field(ge=0, le=1_000)] = 0
    """Points added where the curve bends or its bottom may be."""
    by: str | None = None
    """A headline measure whose best point is wanted too."""


class Turn(_Part):
    """At which values two strategies come to the same, as `run.py breakeven` finds it."""

    one: str
    """By the name of its file without its ending …"""
    other: str
    """… against this one."""
    at: list[str] = []
    """What is varied, as in ["segments.consumer.yearly_margin=50:500"]; the usual things if not
    given."""
    by: str | None = None
    """The headline measure; total economic cost per year if not given."""


class Plan(_Part):
    """What `study.toml` says; its files are looked for in its folder."""

    title: str = ""
    question: str = ""
    claim: str = ""
    """What is commonly said, and is looked into here."""
    mechanism: str = ""
    """By what the strategies differ, and why that should matter."""
    limits: str = ""
    """Where the study is wrong, or says nothing."""
    base: str = BASE
    alternatives: Annotated[list[str], Field(min_length=1)] | None = None
    """In the order in which they are told; all other scenarios of the folder if not given."""
    replications: Annotated[int, Field(ge=2, le=100_000)] | None = None
    """Of every strategy and point, unless the command says otherwise."""
    charts: list[str] = ["bill"]
    """Charts of the comparison that the finding shows, by the names of their files."""
    claims: list[Claim] = []
    sweeps: list[Curve] = []
    breakevens: list[Turn] = []
    frontier: bool = False
    """Whether to show what better service costs to run, over all strategies and sweeps."""


@dataclass(frozen=True)
class Study:
    """A base, its alternatives, and the question that they answer."""

    title: str
    question: str
    scenarios: tuple[Path, ...]
    """Scenario files; the first is the base with which the others are compared."""
    plan: Plan = field(default_factory=Plan)
    """What else its `study.toml` says."""

    def file(self, name: str | None) -> Path:
        """The scenario of this name, the base if it is None. Raises KeyError if there is none."""
        if name is None:
            return self.scenarios[0]
        return {file.stem: file for file in self.scenarios}[name]


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
    return Study(plan.title, plan.question, files, plan)


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
    names = [file.stem for file in _files(folder, plan)]
    for nth, claim in enumerate(plan.claims):
        for key in ("less", "than"):
            if getattr(claim, key) not in names:
                yield ("claims", nth, key), _no_scenario(getattr(claim, key), names), "error"
    for nth, turn in enumerate(plan.breakevens):
        for key in ("one", "other"):
            if getattr(turn, key) not in names:
                yield ("breakevens", nth, key), _no_scenario(getattr(turn, key), names), "error"
        if turn.one == turn.other:
            yield ("breakevens", nth, "other"), "a strategy is compared with another", "error"
    for nth, curve in enumerate(plan.sweeps):
        if curve.scenario is not None and curve.scenario not in names:
            yield ("sweeps", nth, "scenario"), _no_scenario(curve.scenario, names), "error"


def _no_scenario(name: str, names: list[str]) -> str:
    return f"no scenario {quoted(name)} in this study; there are: {', '.join(names)}"


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
