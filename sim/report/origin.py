"""Where an earlier run came from, read back from its folder, so that it can be made again."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.report.export import PROVENANCE, UnreadableError
from sim.scenario.load import Loaded, restored
from sim.scenario.scenario import Scenario


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Played(_Part):
    """One scenario that was played."""

    name: str
    files: tuple[str, ...]
    resolved: dict[str, Any]


class Options(_Part):
    """What was said of statistics, by the names of the options; the rest is as if nothing was."""

    precision: tuple[str, ...] = ()
    at_most: Annotated[int, Field(ge=1)] | None = None
    control_variates: bool = False
    by: str | None = None
    indifference: str | None = None
    select: bool = False
    simultaneous: bool = False


class Origin(_Part):
    """What `run.json` says of a run, as far as it is needed to make the run again."""

    kind: Literal["run", "compare", "sweep", "frontier"]
    title: str = ""
    question: str = ""
    seed: Annotated[int, Field(ge=0)]
    replications: Annotated[int, Field(ge=1)]
    replications_asked_for: Annotated[int, Field(ge=1)] = 1
    replication: Annotated[int, Field(ge=1)] | None = None
    engine: Literal["kernel", "reference"]
    options: Options = Options()
    set: tuple[str, ...]
    scenarios: tuple[Played, ...]
    points: tuple[dict[str, str], ...] = ()
    """Of a sweep: what is varied, and to what."""


def read_origin(folder: Path) -> tuple[Origin, Path]:
    """The origin of a run's folder (or of its run.json), and the file in which it stands.

    Raises UnreadableError with a sentence.
    """
    file = folder / PROVENANCE if folder.is_dir() else folder
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnreadableError(
            f"there is no {PROVENANCE}; name a folder that a run has written"
        ) from None
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise UnreadableError("damaged: it is not JSON") from None
    try:
        origin = Origin.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or PROVENANCE
        raise UnreadableError(
            f"it holds no origin of a run ({place}: {first['msg'].lower()})"
        ) from None
    if not origin.scenarios or not all(played.files for played in origin.scenarios):
        raise UnreadableError("it holds no origin of a run (no scenarios)")
    return origin, file


def scenario_of(
    origin: Origin, index: int, file: Path, overrides: tuple[str, ...]
) -> Loaded[Scenario]:
    """One of the scenarios of an earlier run, as it was played, with options laid over it.

    Raises ScenarioError if this version of the program cannot use it.
    """
    played = origin.scenarios[index]
    files = [Path(name) for name in played.files]
    return restored(played.resolved, files, file.as_posix(), overrides)
