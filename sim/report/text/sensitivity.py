"""Sensitivity on the screen."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.sensitivity.results import Screened, Sensitivity, Shared
from sim.experiments.turning.finding import number
from sim.report.text.figures import Scale, plain, scale, told
from sim.report.text.footing import headed
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import short, visible

_LONGEST = 44
_MOST = 20
"""Rows of a table; all are in the files."""


def sensitivities(found: Sensitivity, width: int) -> RenderableType:
    """What each assumption does by itself, what they do together, and what follows."""
    how = (
        f"{found.replications} replications, where many spots are tried {found.glances}, seed "
        f"{found.seed}, {found.engine} engine"
    )
    parts: list[RenderableType] = [
        Text(" against ".join(visible(one) for one in found.titles if one), style="bold"),
        Text(how, style="dim"),
        Text(""),
        *_by_itself(found, width),
        *(_screened(found, width) if found.screened else ()),
        *(_shared(found, width) if found.shared else ()),
        Text(""),
        *(Text(visible(sentence)) for sentence in found.finding),
    ]
    if found.interrupted:
        parts.append(Text("It was interrupted: what was to come after this is missing."))
    return Group(*parts)


def _by_itself(found: Sensitivity, width: int) -> Iterator[RenderableType]:
    ends = [end.change.mean for one in found.swings for end in (one.low, one.high)]
    fitting = scale(found.unit, [*ends, found.now.mean])
    heads = ["in force", "from", "to"]
    heads += [
        headed(f"{what}, change", fitting.unit, "")
        for what in ("at the low end", "at the high end")
    ]
    rows: list[Row] = [
        (
            short(visible(one.path), _LONGEST),
            [
                Text(f"{number(one.now)} {one.unit}".strip()),
                Text(number(one.low.at)),
                Text(number(one.high.at)),
                *(Text(told(end.change, fitting, signed=True)) for end in (one.low, one.high)),
            ],
        )
        for one in found.swings[:_MOST]
    ]
    yield grid("each by itself", heads, rows, width, words=3)
    note = f"now {told(found.now, fitting)} {fitting.unit}; ± half of the 95 % interval"
    guessed = sum(1 for one in found.swings if not one.given)
    if guessed:
        note += f"; {guessed} without a range: from half to twice"
    if len(found.swings) > _MOST:
        note += f"; {len(found.swings) - _MOST} more in swings.csv"
    yield Text(note, style="dim")


def _screened(found: Sensitivity, width: int) -> Iterator[RenderableType]:
    fitting = scale(found.unit, [one.size for one in found.screened])
    yield heading("Screened: the change from one end to the other, wherever the others are")
    heads = [
        headed("size (mu*)", fitting.unit, ""),
        "95 % interval",
        headed("mean (mu)", fitting.unit, ""),
        headed("spread (sigma)", fitting.unit, ""),
    ]
    rows = [_effects(one, fitting) for one in found.screened[:_MOST]]
    yield grid("", heads, rows, width, words=len(heads))
    if len(found.screened) > _MOST:
        yield Text(f"{len(found.screened) - _MOST} more in morris.csv", style="dim")


def _effects(one: Screened, fitting: Scale) -> Row:
    def said(value: float) -> str:
        return plain(value * fitting.factor)

    cells = (
        said(one.size),
        f"{said(one.low)} to {said(one.high)}",
        said(one.mean),
        said(one.spread),
    )
    return short(visible(one.path), _LONGEST), [Text(cell) for cell in cells]


def _shared(found: Sensitivity, width: int) -> Iterator[RenderableType]:
    yield heading("Shares of the spread (Sobol's indices)")
    heads = ["alone, %", "95 % interval", "with others, %", "95 % interval"]
    rows = [_index(one) for one in found.shared[:_MOST]]
    yield grid("", heads, rows, width, words=len(heads))
    if len(found.shared) > _MOST:
        yield Text(f"{len(found.shared) - _MOST} more in sobol.csv", style="dim")


def _index(one: Shared) -> Row:
    def said(share: float) -> str:
        return f"{round(100.0 * share) + 0:d}"

    cells = (
        said(one.alone),
        f"{said(one.alone_low)} to {said(one.alone_high)}",
        said(one.in_all),
        f"{said(one.in_all_low)} to {said(one.in_all_high)}",
    )
    return short(visible(one.path), _LONGEST), [Text(cell) for cell in cells]
