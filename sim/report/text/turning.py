"""Break-evens and assumptions on the screen."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.turning.finding import interval_of, number, value_of
from sim.experiments.turning.results import Assumed, Assumptions, Breakeven, Root, Turn
from sim.report.text.grid import Row, grid
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
    now = number(turn.now) + (f" {turn.unit}" if turn.unit else "")
    if not turn.roots:
        span = f"not from {number(turn.low)} to {number(turn.high)}"
        yield name, [Text(cell) for cell in (now, span, "", "", "", by)]
    for root in turn.roots:
        interval = interval_of(root).removeprefix("95 % interval ")
        cells = (now, number(root.value), interval, root.below, root.above, by)
        yield name, [Text(visible(cell)) for cell in cells]


def assumed(found: Assumptions, width: int) -> RenderableType:
    """The assumptions one by one; after a comparison first those on which the verdict turns."""
    parts: list[RenderableType] = []
    if found.preferred is not None:
        parts += _verdict(found, width)
    parts.append(Text("Assumptions in force", style="bold"))
    for one in found.assumed:
        parts.append(Text(_line(one)))
    return Group(*parts)


def _verdict(found: Assumptions, width: int) -> Iterator[RenderableType]:
    turning = sorted(
        ((turn, turn.roots[0]) for one in found.assumed for turn in one.turns if turn.roots),
        key=lambda pair: distance(*pair),
    )
    yield Text(
        f"{visible(found.preferred or '')} is preferred. What would have to be different:",
        style="bold",
    )
    heads = ["in force", "turns at", "95 % interval", "to"]
    rows: list[Row] = [
        (
            short(visible(turn.path), _LONGEST),
            [
                Text(number(turn.now) + (f" {turn.unit}" if turn.unit else "")),
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
    steady = [
        f"{visible(turn.path)} ({value_of(turn, turn.low)} to {number(turn.high)})"
        for one in found.assumed
        for turn in one.turns
        if not turn.roots
    ]
    if steady:
        yield Text("")
        yield Text(f"It does not turn, each by itself, on: {'; '.join(steady)}.")
    missing = sum(1 for one in found.assumed if not one.turns)
    if missing:
        yield Text(f"{missing} assumptions have no number to vary, or were not reached.")
    yield Text("")


def distance(turn: Turn, root: Root) -> float:
    """How far a turning point is from what is in force: the ratio of the larger to the smaller."""
    if turn.now > 0.0 and root.value > 0.0:
        return max(root.value / turn.now, turn.now / root.value)
    return float("inf")


def _line(one: Assumed) -> str:
    kind = "" if one.stated else ", a default"
    source = f"; {one.source}" if one.source else ""
    of = f" [{', '.join(one.strategies)}]" if one.strategies else ""
    span = f", may be {one.between[0]} to {one.between[1]}" if one.between else ""
    return visible(
        f"{one.path} ({one.value}{kind}{span}): {one.why}. Source: {one.strength}{source}{of}"
    )
