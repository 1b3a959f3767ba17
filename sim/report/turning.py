"""The folders of break-evens and of assumptions: tables, charts, and where they came from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.experiments.turning.results import Assumptions, Breakeven, Turn
from sim.report.export import CHARTS, Cell, Tell, results_in, write_table
from sim.report.provenance import by_file, origin_of
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario

_TURN = [
    *("path", "unit", "in_force", "from", "to", "range_given", "exact"),
    *("turns_at", "low", "high", "rival", "better_below", "better_above"),
]


def write_breakeven(
    found: Breakeven,
    pair: Sequence[Loaded[Scenario]],
    overrides: Sequence[str],
    folder: Path,
    tell: Tell,
) -> None:
    """Write all files of break-evens into a folder that does not exist yet, or is empty.

    Raises OSError if they cannot be written; then nothing is left of them.
    """
    from sim.report.charts.turning import draw_breakeven

    origin = origin_of(found, overrides, by_file(pair))
    with results_in(folder, found, origin) as made:
        write_table(made / "breakeven.csv", _TURN, _rows(found.turns))
        write_table(
            made / "differences.csv",
            ["path", "unit", "at", f"difference, {found.unit}", "low", "high"],
            (
                [turn.path, turn.unit, gap.at, gap.mean, gap.low, gap.high]
                for turn in found.turns
                for gap in turn.gaps
            ),
        )
        draw_breakeven(found, made / CHARTS, tell)


def write_assumptions(
    found: Assumptions,
    loaded: Sequence[Loaded[Scenario]],
    overrides: Sequence[str],
    folder: Path,
    tell: Tell,
) -> None:
    """Write all files of assumptions into a folder that does not exist yet, or is empty.

    Raises OSError if they cannot be written; then nothing is left of them.
    """
    from sim.report.charts.turning import draw_assumptions

    origin = origin_of(found, overrides, by_file(loaded))
    with results_in(folder, found, origin) as made:
        head = ["path", "value", "stated", "why", "source", "strength", "least", "most"]
        write_table(
            made / "assumptions.csv",
            [*head, "strategies"],
            (
                [
                    *(one.path, one.value, "stated" if one.stated else "default"),
                    *(one.why, one.source, one.strength),
                    *(one.between or (None, None)),
                    "; ".join(one.strategies or found.names),
                ]
                for one in found.assumed
            ),
        )
        turns = [turn for one in found.assumed for turn in one.turns]
        write_table(made / "turning-points.csv", _TURN, _rows(turns))
        draw_assumptions(found, made / CHARTS, tell)


def _rows(turns: Sequence[Turn]) -> Iterator[list[Cell]]:
    for turn in turns:
        lead: list[Cell] = [
            *(turn.path, turn.unit, turn.now, turn.low, turn.high),
            *("given" if turn.given else "a fourth to four times", "exact" if turn.exact else ""),
        ]
        if not turn.roots:
            yield [*lead, *[None] * 6]
        for root in turn.roots:
            yield [
                *lead,
                *(root.value, root.low, root.high, root.rival, root.below, root.above),
            ]
