"""Finished simulations kept on disk, so that none is run twice.

A sweep that was interrupted goes on where it stopped, and a frontier or a study finds what sweeps
have run.

A point is known by what it is made of: the scenario in all its values, seed and engine, and the
program's own code. So nothing can be found that would be another today.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from sim.accounting.waits import NO_WAITS
from sim.experiments.replication import Figures
from sim.scenario.scenario import Scenario
from sim.terms import Floats

_PACKAGE = Path(__file__).resolve().parents[1]
_SHAPES_FIGURES = (
    "*.py",
    *(f"{folder}/**/*.py" for folder in ("accounting", "demand", "engines", "rules", "tables")),
    "scenario/**/*.py",
    *(f"experiments/{name}.py" for name in ("controls", "points", "replication", "store")),
)
"""The files of the program from which figures come."""
_WORDS = {"title", "assumptions"}
"""What a scenario says that changes no figure."""
_UNUSED = 30 * 86_400.0
"""Seconds after which a point that nobody asked for is forgotten."""
_COLUMNS = ("numerators", "denominators", "quantities", "amounts")


@dataclass(frozen=True)
class Store:
    """A folder of finished points; it need not exist."""

    folder: Path

    def load(self, key: str) -> list[Figures]:
        """The replications of a point that are there, from the first on; none if it is not."""
        file = self._file(key)
        try:
            with file.open("rb") as opened, np.load(opened, allow_pickle=False) as found:
                columns = [found[name] for name in _COLUMNS]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return []
        with suppress(OSError):
            os.utime(file)
        return [_figures(*row) for row in zip(*columns, strict=True)]

    def save(self, key: str, figures: Sequence[Figures]) -> None:
        """Keep the replications of a point, all of them, from the first on. A folder that cannot be
        written keeps nothing: then they are run again one day."""
        columns = {name: np.array([getattr(one, name) for one in figures]) for name in _COLUMNS}
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(suffix=".npz", prefix=".unfinished-", dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, allow_pickle=False, **columns)
            Path(made).replace(self._file(key))

    def forget_old(self) -> None:
        """Remove points for which nobody has asked for a month."""
        for file in self.folder.glob("*.npz"):
            with suppress(OSError):
                if file.stat().st_mtime < time.time() - _UNUSED:
                    file.unlink()

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.npz"


def key_of(scenario: Scenario, seed: int, engine: str) -> str:
    """What a point is known by: 32 hexadecimal digits."""
    made_of = (_code(), seed, engine, scenario.model_dump(exclude=_WORDS))
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """The program's code, as far as it shapes figures, and the library that computes them."""
    digest = hashlib.sha256(np.__version__.encode())
    for path in sorted({path for files in _SHAPES_FIGURES for path in _PACKAGE.glob(files)}):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _figures(tops: Floats, bottoms: Floats, quantities: Floats, amounts: Floats) -> Figures:
    return Figures(tops, bottoms, quantities, amounts, controls=np.empty(0), waits=NO_WAITS)
