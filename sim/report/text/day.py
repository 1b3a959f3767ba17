"""The busiest day, interval by interval."""

from rich.console import RenderableType
from rich.text import Text

from sim.experiments.results import Measure, Strategy
from sim.report.text.figures import scale, told
from sim.report.text.grid import grid, heading
from sim.report.text.names import visible

_COLUMNS = {
    "offered": "offered",
    "agents on the floor": "agents",
    "occupancy": "occupancy",
    "service level": "served",
    "abandonment": "abandoned",
    "ASA": "ASA",
}
"""Measures, and their heads in the narrow table."""


def day(strategy: Strategy, width: int) -> list[RenderableType]:
    """The day with the most contacts; nothing if no interval is told. Intervals without contacts
    are left out."""
    days = _days(strategy)
    if not days:
        return []
    label, intervals = max(days.items(), key=lambda one: _contacts(one[1]))
    scales = {
        name: scale(of_all[0].unit, [one.mean for one in of_all])
        for name in _COLUMNS
        if (of_all := [row[name] for row in intervals.values() if name in row])
    }
    rows = [
        (time, [Text(told(row[name], scales[name]) if name in row else "") for name in scales])
        for time, row in intervals.items()
        if "offered" in row and row["offered"].mean
    ]
    if not rows:
        return []
    units = {
        name: scales[name].unit for name in scales if name not in ("offered", "agents on the floor")
    }
    heads = [
        f"{_COLUMNS[name]}, {units[name]}" if name in units else _COLUMNS[name] for name in scales
    ]
    rule = visible(strategy.service_level_rule)
    return [
        heading(f"The busiest day: {label}"),
        grid("", heads, rows, width),
        Text(f"agents: on the floor; served: service level, {rule}", style="dim"),
        Text(
            "The contacts behind a line, in one replication: "
            f'run --from OUTPUT --interval "{label} {rows[0][0]}"',
            style="dim",
        ),
    ]


def _days(strategy: Strategy) -> dict[str, dict[str, dict[str, Measure]]]:
    """The measures of the whole centre by day, time and name."""
    days: dict[str, dict[str, dict[str, Measure]]] = {}
    for one in strategy.measures:
        if one.by_interval and one.row_kind == "total":
            label, _, time = (one.interval or "").rpartition(" ")
            days.setdefault(label, {}).setdefault(time, {})[one.measure] = one
    return days


def _contacts(intervals: dict[str, dict[str, Measure]]) -> float:
    return sum(row["offered"].mean or 0.0 for row in intervals.values() if "offered" in row)
