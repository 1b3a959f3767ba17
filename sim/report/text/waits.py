"""How long whom waits: the quantiles of waits as one table."""

from collections.abc import Mapping

from rich.console import RenderableType
from rich.text import Text

from sim.accounting.definitions import WAIT_MEASURES
from sim.experiments.results import Measure, Strategy
from sim.report.text.figures import scale, told
from sim.report.text.grid import grid, heading
from sim.report.text.names import short, visible

_NAMES = tuple(one.name.rpartition(", ") for one in WAIT_MEASURES)
_WHOSE = tuple(dict.fromkeys(whose for whose, _, _ in _NAMES))
_SHARES = tuple(dict.fromkeys(share for _, _, share in _NAMES))
_ALL = "wait of all offered"
"""What is told of each queue too."""
_LONGEST_NAME = 24

_Waits = Mapping[str, Measure]
"""Quantiles by the name of their measure, all of one row."""


def is_quantile(measure: Measure) -> bool:
    """Whether a measure is told in this table."""
    return measure.measure.rpartition(", ")[0] in _WHOSE


def waits(strategy: Strategy, width: int) -> list[RenderableType]:
    """The waits of the whole, and of all offered to each queue if there are several; nothing where
    nobody waited."""
    of: dict[tuple[str, str], dict[str, Measure]] = {}
    for one in strategy.measures:
        if one.interval is None and one.row_kind in ("total", "queue") and is_quantile(one):
            of.setdefault((one.row_kind, one.row), {})[one.measure] = one
    whole = of.pop(("total", "total"), {})
    if not any(one.mean for one in whole.values()):
        return []
    rows: list[tuple[str, str, _Waits]] = [
        (whose.removeprefix("wait "), whose, whole)
        for whose in _WHOSE
        if any(f"{whose}, {share}" in whole for share in _SHARES)
    ]
    if len(of) > 1:
        rows += [
            (f"of all in {short(visible(queue), _LONGEST_NAME)} (legs)", _ALL, found)
            for (_, queue), found in of.items()
        ]
    told_of = {name.rpartition(", ")[2] for name in whole}
    columns = [_column(share, rows) for share in _SHARES if share in told_of]
    cells = [[column[nth] for _, column in columns] for nth in range(len(rows))]
    labelled = [(label, line) for (label, _, _), line in zip(rows, cells, strict=True)]
    error = next(one.note for one in whole.values())
    return [
        heading("Who waits at most how long"),
        grid("wait ...", [head for head, _ in columns], labelled, width),
        Text(f"{visible(error)}, beside luck: waits are counted in bins", style="dim"),
    ]


def _column(share: str, rows: list[tuple[str, str, _Waits]]) -> tuple[str, list[Text]]:
    """What a share of each row's contacts does not exceed, all in one unit."""
    found = [waits.get(f"{whose}, {share}") for _, whose, waits in rows]
    fitting = scale("s", [one.mean for one in found if one is not None])
    cells = [Text("" if one is None else told(one, fitting)) for one in found]
    return f"{share}, {fitting.unit}", cells
