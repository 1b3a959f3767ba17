"""Break-evens and assumptions on the screen."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.experiments.turning.finding import interval_of, number
from sim.experiments.turning.results import Assumptions, Breakeven, Root, Turn
from sim.report.text.grid import GAP, Row, grid
from sim.report.text.names import short, visible

_LONGEST = 44


def break_evens(found: Breakeven, width: int) -> RenderableType:
    """A row for each value that was varied, and what follows."""
    title = " against ".join(filter(None, (visible(one) for one in found.titles)))
    how = f"{found.replications} replications, seed {found.seed}, {found.engine} engine"
    heads = ["in force", "the same at", "95 % interval", "better below", "better above", "by"]
    rows = [row for turn in found.turns for row in _rows(turn)]
    parts: list[RenderableType] = [
        Text(title or f"{visible(found.one)} against {visible(found.other)}", style="bold"),
        Text(how, style="dim"),
        Text(""),
        grid(f"by {found.measure}", heads, rows, width, words=len(heads)),
        Text("exact: reckoned from the finished runs; played: simulated, on the same luck", "dim"),
        Text(""),
        *(Text(visible(sentence)) for sentence in found.finding),
    ]
    if len(found.turns) < found.wanted:
        parts.append(Text(f"{found.wanted - len(found.turns)} values have not been varied."))
    return Group(*parts)


def _rows(turn: Turn) -> Iterator[Row]:
    name = short(visible(turn.path), _LONGEST)
    by = "exact" if turn.exact else "played"
    if not turn.roots:
        span = f"not from {number(turn.low)} to {number(turn.high)}"
        yield name, [Text(cell) for cell in (_now(turn), span, "", "", "", by)]
    for root in turn.roots:
        interval = interval_of(root).removeprefix("95 % interval ")
        cells = (_now(turn), number(root.value), interval, root.below, root.above, by)
        yield name, [Text(visible(cell)) for cell in cells]


def assumed(found: Assumptions, width: int) -> RenderableType:
    """The assumptions one by one; after a comparison first those on which the verdict turns."""
    parts: list[RenderableType] = []
    if found.preferred is not None:
        parts += _verdict(found, width)
    parts += [Text("Assumptions in force", style="bold"), _listed(found)]
    return Group(*parts)


def _verdict(found: Assumptions, width: int) -> Iterator[RenderableType]:
    turns = [turn for one in found.assumed for turn in one.turns]
    turning = sorted(
        ((turn, turn.roots[0]) for turn in turns if turn.roots), key=lambda pair: distance(*pair)
    )
    yield Text(
        f"{visible(found.preferred or '')} is preferred. What would have to be different:",
        style="bold",
    )
    heads = ["in force", "range tried", "turns at", "95 % interval", "to"]
    rows: list[Row] = [
        (
            short(visible(turn.path), _LONGEST),
            [
                Text(_now(turn)),
                Text(f"{number(turn.low)} to {number(turn.high)}"),
                Text(number(root.value)),
                Text(interval_of(root).removeprefix("95 % interval ")),
                Text(visible(root.rival)),
            ],
        )
        for turn, root in turning
    ]
    if rows:
        yield grid("", heads, rows, width, words=len(heads))
    else:
        yield Text("Nothing that is assumed turns the verdict within its range.")
    steady = [visible(turn.path) for turn in turns if not turn.roots]
    if steady:
        yield Text("")
        yield Text(
            "The verdict does not turn, within the ranges that turning-points.csv tells, on any of "
            f"these by itself: {', '.join(steady)}."
        )
    missing = sum(1 for one in found.assumed if not one.turns)
    if missing:
        yield Text(f"{missing} assumptions have no number to vary, or were not reached.")
    yield Text("")


def distance(turn: Turn, root: Root) -> float:
    """How far a turning point is from what is in force: the ratio of the larger to the smaller."""
    if turn.now > 0.0 and root.value > 0.0:
        return max(root.value / turn.now, turn.now / root.value)
    return float("inf")


def _now(turn: Turn) -> str:
    return f"{number(turn.now)} {turn.unit}".strip()


def _listed(found: Assumptions) -> Table:
    """A row for each assumption."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    table.add_column("", no_wrap=True)
    for head, share in (("in force", 3), ("why", 6), ("source", 4)):
        table.add_column(head, ratio=share)
    for one in found.assumed:
        of = f" in {', '.join(one.strategies)}" if one.strategies else ""
        span = f"; may be {one.between[0]} to {one.between[1]}" if one.between else ""
        value = one.value if one.stated else f"{one.value}, a default"
        source = one.strength if one.strength == "none" else f"{one.strength}: {one.source}"
        cells = (short(one.path, _LONGEST), value + of + span, one.why, source)
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table
