"""The files of a trace: what happened as text, and the logs for spreadsheets and programs."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from sim.logs import Rows
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.frames import frames
from sim.report.trace.moments import moments_of
from sim.report.trace.selection import Selection, chosen_moments
from sim.report.trace.words import line

if TYPE_CHECKING:
    import polars

TRACE = "trace"
LOGS = "logs"
_MILLISECONDS = 3
_DIGITS = 9
"""Decimals of numbers other than times in CSV files: enough for their sums, and to be read."""


def write_trace(chronicle: Chronicle, selection: Selection, folder: Path) -> None:
    """Write `trace.txt` with what is chosen, or a text for each day if everything is told, and the
    whole logs. Raises OSError if they cannot be written."""
    every = moments_of(chronicle)
    if selection.is_everything:
        (folder / TRACE).mkdir()
        days = [chronicle.clock.day_of(time) for time in every["time"].tolist()]
        for day, numbers in groupby(range(len(every)), days.__getitem__):
            name = f"{chronicle.clock.days[day]}.txt"
            _write(folder / TRACE / name, lines(chronicle, every[list(numbers)]))
    else:
        chosen = every[chosen_moments(chronicle, selection, every)]
        _write(folder / f"{TRACE}.txt", lines(chronicle, chosen))
    (folder / LOGS).mkdir()
    for name, frame in frames(chronicle).items():
        frame.write_parquet(folder / LOGS / f"{name}.parquet")
        rounded(frame).write_csv(
            folder / LOGS / f"{name}.csv", include_bom=True, line_terminator="\r\n"
        )


def lines(chronicle: Chronicle, moments: Rows) -> Iterator[str]:
    """Moments in words."""
    return (line(chronicle, moment) for moment in moments)


def rounded(frame: "polars.DataFrame") -> "polars.DataFrame":
    """A table with numbers as they are read: times in milliseconds."""
    import polars

    of_time = [name for name in frame.columns if name.endswith("_s")]
    others = polars.col(polars.Float64).exclude(of_time)
    return frame.with_columns(polars.col(of_time).round(_MILLISECONDS), others.round(_DIGITS))


def _write(path: Path, told: Iterator[str]) -> None:
    """A text that also the oldest Windows editor shows as it is."""
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        for text in told:
            file.write(text + "\n")
