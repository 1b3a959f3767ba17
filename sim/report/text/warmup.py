"""What a search for a warm-up has found, in a table and a sentence."""

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.warmup import Settling, WarmUp
from sim.report.text.figures import UNDEFINED, Scale, plain, scale
from sim.report.text.grid import Row, grid
from sim.report.text.names import visible


def warm_up(found: WarmUp, width: int) -> RenderableType:
    """How each measure settles, and what follows for the scenario."""
    rows = [_row(one, found) for one in found.series]
    heads = ["settles after", "empty start", f"after {_days(found.given)}", "settled"]
    batches = f"batches of {found.batch} days" if found.batch != 7 else "weeks"
    how = (
        f"{visible(found.file)}: {_days(found.days)} from an empty start, in {batches}, "
        f"{found.replications} replications, seed {found.seed}, {found.engine} engine"
    )
    return Group(
        Text(visible(found.title or found.file), style="bold"),
        Text(how, style="dim"),
        Text(""),
        grid("", heads, rows, width),
        Text(""),
        Text(advice(found)),
    )


def advice(found: WarmUp) -> str:
    """What to write into the scenario."""
    drifting = [one.measure for one in found.series if one.after is None]
    if drifting:
        return (
            f"{', '.join(drifting).capitalize()} {'has' if len(drifting) == 1 else 'have'} not "
            f"settled within {_days(found.days)}. Look further with --days {2 * found.days}; if "
            "that does not help, the company changes as it goes (customers join or leave), and no "
            "warm-up ends that."
        )
    if not found.series:
        return "Nobody calls; there is nothing to settle."
    needed = found.found or 0
    if needed <= found.given:
        return f"The scenario's warm-up of {_days(found.given)} is long enough."
    return (
        f'The scenario has a warm-up of {_days(found.given)}. Write warm_up = "{needed} days" into '
        "it."
    )


def _row(one: Settling, found: WarmUp) -> Row:
    fitting = scale(one.unit, [one.settled])
    after = f"more than {found.days}" if one.after is None else _days(one.after)
    values = (one.batches[0] if one.batches else None, one.as_given, one.settled)
    return f"{one.measure}, {fitting.unit}" if fitting.unit not in one.measure else one.measure, [
        Text(after),
        *(Text(_told(value, fitting)) for value in values),
    ]


def _told(value: float | None, fitting: Scale) -> str:
    return UNDEFINED if value is None else plain(float(f"{value * fitting.factor:.3g}"))


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"
