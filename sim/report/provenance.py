"""Where results come from: everything that is needed to make them again."""

import json
import platform
import subprocess
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from sim.experiments.results import Document
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario

_HOME = Path(__file__).resolve().parents[2]
_LIBRARIES = ("numpy", "numba", "llvmlite", "scipy", "simpy", "polars", "pydantic", "matplotlib")


def provenance(
    document: Document,
    loaded: Sequence[Loaded[Scenario]],
    overrides: Sequence[str],
    asked_for: int,
    options: Mapping[str, object],
) -> dict[str, Any]:
    """What `run.json` says.

    asked_for: replications that were asked for; the document has fewer if the run was stopped.
    options: further ones, by name.
    """
    return made_by() | {
        "schema_version": document.schema_version,
        "kind": document.kind,
        "title": document.title,
        "question": document.question,
        "seed": document.seed,
        "replications": document.replications,
        "replications_asked_for": asked_for,
        "replication": document.replication,
        "engine": document.engine,
        "options": {name: value for name, value in options.items() if value},
        "set": list(overrides),
        "scenarios": [
            played(strategy.name, one)
            for strategy, one in zip(document.strategies, loaded, strict=True)
        ],
    }


class Found(Protocol):
    """The results of a command that runs many points."""

    @property
    def schema_version(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def seed(self) -> int | None: ...
    @property
    def replications(self) -> int | None: ...
    @property
    def engine(self) -> str | None: ...


def origin_of(
    found: Found,
    overrides: Sequence[str],
    scenarios: Iterable[tuple[str, Loaded[Scenario]]],
    **more: object,
) -> str:
    """Where such results came from, for run.json: the scenarios in full, by name, and what else
    there is to say."""
    origin = made_by() | {
        "schema_version": found.schema_version,
        "kind": found.kind,
        "seed": found.seed,
        "replications": found.replications,
        "engine": found.engine,
        "set": list(overrides),
        **more,
        "scenarios": [played(name, one) for name, one in scenarios],
    }
    return json.dumps(origin, indent=2)


def by_file(loaded: Iterable[Loaded[Scenario]]) -> list[tuple[str, Loaded[Scenario]]]:
    """Scenarios by the names of their files."""
    return [(one.files[0].stem, one) for one in loaded]


def made_by() -> dict[str, Any]:
    """The program, the machine and the hour."""
    from sim.jit import sources_hash

    return {
        "program": "waitworth",
        "version": program_version(),
        "commit": _commit(),
        "rules": sources_hash(),
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version(), **_versions()},
        "platform": platform.platform(),
    }


def played(name: str, loaded: Loaded[Scenario]) -> dict[str, Any]:
    """A scenario in full, so that it can be made again."""
    return {
        "name": name,
        "files": [file.as_posix() for file in loaded.files],
        "warnings": [problem.message for problem in loaded.warnings],
        "resolved": loaded.resolved,
    }


def program_version() -> str:
    """The version of this checkout."""
    try:
        project = tomllib.loads((_HOME / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "unknown"


def _versions() -> dict[str, str]:
    found = {}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "not installed"
    return found


def _commit() -> str | None:
    """The commit of this checkout, with a plus sign if files differ from it; None without git."""
    try:
        if Path(_git("rev-parse", "--show-toplevel")).resolve() != _HOME:
            return None
        changed = _git("status", "--porcelain", "--untracked-files=no")
        return _git("rev-parse", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(*words: str) -> str:
    answer = subprocess.run(
        ["git", *words],
        cwd=_HOME,
        capture_output=True,
        check=True,
        timeout=10,
        encoding="utf-8",
        errors="replace",
    )
    return answer.stdout.strip()
