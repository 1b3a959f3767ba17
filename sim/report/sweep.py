"""A sweep's folder: the curve as tables and charts, and where it came from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.experiments.results import Difference, Measure
from sim.experiments.sweep.results import Sweep
from sim.report.export import CHARTS, Cell, Tell, results_in, write_table
from sim.report.provenance import origin_of
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario

_CHANGE = ("change", "change_low", "change_high")
_ESTIMATE = ("mean", "low", "high", *_CHANGE)


def write(
    found: Sweep,
    base: Loaded[Scenario],
    overrides: Sequence[str],
    folder: Path,
    tell: Tell,
) -> None:
    """Write all files of a sweep into a folder that does not exist yet, or is empty.

    Raises OSError if they cannot be written; then nothing is left of them.
    """
    from sim.report.charts.sweep import draw_sweep

    points = [
        dict(zip((axis.path for axis in found.axes), point.given, strict=True))
        for point in found.points
    ]
    origin = origin_of(found, overrides, [(found.about.name, base)], points=points)
    with results_in(folder, found, origin) as made:
        head = _head(found)
        write_table(made / "points.csv", head, _rows(found))
        _parquet(found, head, made / "points.parquet")
        draw_sweep(found, made / CHARTS, tell)


def _head(found: Sweep) -> list[str]:
    """A row for each point and measure: the values of the axes, the figure, and the change to what
    is in force."""
    axes = [f"{axis.path}, {axis.unit}" if axis.unit else axis.path for axis in found.axes]
    return [
        "point",
        *axes,
        "added",
        *("measure", "unit", "mean", "low", "high"),
        *_CHANGE,
        *("replications", "estimator", "note"),
    ]


def _rows(found: Sweep) -> Iterator[list[Cell]]:
    for nth, point in enumerate(found.points):
        changes = {one.measure: one for one in point.changes}
        values: list[Cell] = [
            value if number is None else number
            for value, number in zip(point.values, point.numbers, strict=True)
        ]
        for one in point.measures:
            yield [
                nth + 1,
                *values,
                "added" if point.added else "",
                *(one.measure, one.unit, one.mean, one.low, one.high),
                *_ends(changes.get(one.measure)),
                *(one.replications, one.estimator, one.note),
            ]


def _ends(one: Measure | Difference | None) -> tuple[Cell, Cell, Cell]:
    return (one.mean, one.low, one.high) if one else (None, None, None)


def _parquet(found: Sweep, head: Sequence[str], path: Path) -> None:
    """The same table for programs."""
    import polars

    numbers = {axis for axis, of in zip(head[1:], found.axes, strict=False) if of.numbers}
    types: dict[str, type[polars.DataType]] = {
        name: polars.Float64
        if name in numbers or name in _ESTIMATE
        else polars.Int64
        if name in ("point", "replications")
        else polars.String
        for name in head
    }
    rows = [
        [
            cell if types[name] is not polars.String else str(cell)
            for name, cell in zip(head, row, strict=True)
        ]
        for row in _rows(found)
    ]
    polars.DataFrame(rows, schema=types, orient="row").write_parquet(path)
