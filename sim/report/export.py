"""A run's folder: results for people, spreadsheets and programs, and where they came from.

Everything is written into a temporary folder beside the target, which gets its name when all of it
is there: a run that is stopped leaves nothing half-written.
"""

import csv
import errno
import json
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.experiments.results import SCHEMA_VERSION, BillItem, Difference, Document, Measure

RESULTS = "results.json"
PROVENANCE = "run.json"
CHARTS = "charts"

Cell = str | float | int | None
Tell = Callable[[float, int], None]
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def in_silence(done: float, of: int) -> None:
    """Tells nobody how far it is."""


class UnreadableError(Exception):
    """A folder or file that holds no results; the text says why."""


def check_room(folder: Path) -> None:
    """See before a long run that its folder can be written, and holds nothing yet.

    Raises OSError if not.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(errno.EEXIST, "it exists already", str(folder))
    there = next(parent for parent in folder.absolute().parents if parent.exists())
    tempfile.TemporaryDirectory(prefix=".unfinished-", dir=there).cleanup()


def export(
    document: Document,
    provenance: dict[str, Any],
    folder: Path,
    tell: Tell = in_silence,
    also: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write all files of a run into a folder that does not exist yet, or is empty. Charts are of
    all replications, never of one.

    `tell` is told how many charts are drawn, and of how many; `also` writes further files into the
    folder. Raises OSError if the files cannot be written; then nothing is left of them.
    """
    from sim.report.charts import draw_all

    with all_or_nothing(folder) as made:
        write_text(made / RESULTS, as_json(document))
        write_text(made / PROVENANCE, json.dumps(provenance, indent=2, allow_nan=False))
        _measures(made / "measures.csv", document)
        _days(made / "days.csv", document)
        _bill(made / "bill.csv", document)
        if document.kind == "compare":
            _differences(made / "differences.csv", document)
        _intervals(made / "intervals.parquet", document)
        if document.replication is None:
            draw_all(document, made / CHARTS, tell)
        also(made)


def redraw(document: Document, folder: Path, tell: Tell = in_silence) -> tuple[Path, ...]:
    """Draw the charts of a run's folder anew, and tell how many are drawn. Raises OSError if they
    cannot be written."""
    from sim.report.charts import draw_all

    with tempfile.TemporaryDirectory(prefix=".charts-", dir=folder) as made:
        drawn = draw_all(document, Path(made), tell)
        (folder / CHARTS).mkdir(exist_ok=True)
        return tuple(path.replace(folder / CHARTS / path.name) for path in drawn)


def read_back(path: Path) -> tuple[Document, Path]:
    """The document of a run's folder, or of its results.json, and the folder.

    Raises UnreadableError with a sentence.
    """
    file = path / RESULTS if path.is_dir() else path
    try:
        text = file.read_text(encoding="utf-8")
        found = json.loads(text)
    except FileNotFoundError:
        holds = f"it holds no {RESULTS}" if path.is_dir() else "there is no such file or folder"
        raise UnreadableError(f"{holds}; name a folder that a run has written") from None
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise UnreadableError("damaged: it is not JSON; run the scenario again") from None
    version = found.get("schema_version") if isinstance(found, dict) else None
    if version is None:
        raise UnreadableError("it holds no results of Waitworth")
    if version != SCHEMA_VERSION:
        raise UnreadableError(
            f"written with version {version!r} of the results; this Waitworth reads version "
            f"{SCHEMA_VERSION}, so run the scenario again"
        )
    try:
        return Document.model_validate_json(text), file.parent
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableError(
            f"damaged at {place}: {first['msg'].lower()}; run the scenario again"
        ) from None


def as_json(found: BaseModel) -> str:
    """Results as JSON, in ASCII so that no pipe or editor can garble them."""
    return json.dumps(found.model_dump(mode="json"), allow_nan=False, separators=(",", ":"))


def schema() -> str:
    """The JSON Schema of the document, as docs/reference/results.schema.json holds it."""
    return json.dumps(Document.model_json_schema(), indent=2) + "\n"


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[Path]:
    """A temporary folder beside the target, which takes its place at the end."""
    parents = [parent for parent in folder.absolute().parents if not parent.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.parent / f".unfinished-{uuid.uuid4().hex}"
    made.mkdir()
    try:
        yield made
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        with suppress(OSError):  # another run may have put something there meanwhile
            for parent in parents:
                parent.rmdir()
        raise


@contextmanager
def results_in(folder: Path, found: BaseModel, origin: str) -> Iterator[Path]:
    """A folder with results.json and run.json, in which the rest is to be written; all or nothing,
    as `all_or_nothing` says."""
    with all_or_nothing(folder) as made:
        write_text(made / RESULTS, as_json(found))
        write_text(made / PROVENANCE, origin)
        yield made


def write_text(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A CSV file that a spreadsheet opens as it is: UTF-8 with its mark, numbers as numbers."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows([safe(cell) for cell in row] for row in rows)


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    begins_oddly = cell[:1].isspace() or not cell[:1].isprintable()
    return f"'{cell}" if begins_oddly or cell.startswith(_FORMULA) else cell


def _measures(path: Path, document: Document) -> None:
    head = [name for name in Measure.model_fields if name != "interval"]
    write_table(
        path,
        ["strategy", *head],
        (
            [strategy.name, *(getattr(one, name) for name in head)]
            for strategy in document.strategies
            for one in strategy.measures
            if one.interval is None
        ),
    )


def _days(path: Path, document: Document) -> None:
    """The measures by day."""
    head = list(Measure.model_fields)
    write_table(
        path,
        ["strategy", *("day" if name == "interval" else name for name in head)],
        (
            [strategy.name, *(getattr(one, name) for name in head)]
            for strategy in document.strategies
            for one in strategy.measures
            if one.by_day
        ),
    )


def _bill(path: Path, document: Document) -> None:
    head = list(BillItem.model_fields)
    write_table(
        path,
        ["strategy", "currency", *head],
        (
            [
                strategy.name,
                strategy.currency,
                *("; ".join(v) if isinstance(v := getattr(item, n), tuple) else v for n in head),
            ]
            for strategy in document.strategies
            for item in strategy.bill
        ),
    )


def _differences(path: Path, document: Document) -> None:
    head = list(Difference.model_fields)
    write_table(path, head, ([getattr(one, name) for name in head] for one in document.differences))


def _intervals(path: Path, document: Document) -> None:
    """The measures by interval: a row each, texts as they are."""
    import polars

    head = list(Measure.model_fields)
    types: dict[str, type[polars.DataType]] = dict.fromkeys(("strategy", *head), polars.String)
    types |= dict.fromkeys(("mean", "low", "high"), polars.Float64)
    types["replications"] = polars.Int64
    rows = [
        (strategy.name, *(getattr(one, name) for name in head))
        for strategy in document.strategies
        for one in strategy.measures
        if one.by_interval
    ]
    polars.DataFrame(rows, schema=types, orient="row").write_parquet(path)
