"""A scenario's file and the bases that it extends, each by the one above it."""

from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem, ScenarioError, quoted
from sim.scenario.files import NotThereError, document_of, shown
from sim.scenario.lines import KeyPath
from sim.scenario.source import Document


@dataclass(frozen=True)
class Chain:
    """What the files say, the scenario's own first, and what is wrong with each alone."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    misfits: frozenset[KeyPath]
    """The places of names and numbers that no scenario may hold."""


def chain_of(path: Path) -> Chain:
    """Read a scenario's file and its bases; raises ScenarioError if one cannot be read."""
    chain = Chain((), (), frozenset())
    paths: list[Path] = []
    while True:
        try:
            document, misfits = document_of(path)
        except ScenarioError as error:
            raise ScenarioError((*chain.problems, *error.problems)) from None
        except NotThereError as error:
            raise _refused(chain, path, str(error)) from None
        known = [one.resolve() for one in paths]
        if path.resolve() in known:
            circle = [*paths[known.index(path.resolve()) :], path]
            way = " → ".join(map(shown, circle))
            raise _refused(chain, path, f"files extend each other in a circle: {way}; cut it here")
        paths.append(path)
        chain = Chain(
            (*chain.documents, document),
            (*chain.problems, *misfits.values()),
            chain.misfits | misfits.keys(),
        )
        base = document.extends
        if base is None:
            return chain
        if not isinstance(base, str) or not base.strip():
            raise _refused(chain, path, f'found {quoted(base)}; name one file, such as "base.toml"')
        path = document.folder / base


def _refused(chain: Chain, path: Path, message: str) -> ScenarioError:
    """The chain ends at a file; told at the line that names the file, if one does."""
    problem = Problem(shown(path), None, "", message)
    if chain.documents:
        above = chain.documents[-1]
        problem = Problem(above.name, above.line(("extends",)), "extends", message)
    return ScenarioError((*chain.problems, problem))
