"""A frontier in tables: the places along it with the price of each step, and those off it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.finding import OPERATING
from sim.experiments.frontier.results import Front, Frontier, Step
from sim.report.text.figures import UNDEFINED, plain, scale, told
from sim.report.text.footing import days, headed
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import short, visible

_LONGEST = 44
_MOST = 40
"""Rows of a table on the screen; the files have all."""


def fronts(found: Frontier, width: int) -> RenderableType:
    """For each quality a table, and what follows."""
    how = (
        f"{days(found.counted_days)}, {len(found.places)} places, {found.replications} "
        f"replications, seed {found.seed}, {found.engine} engine"
    )
    parts: list[RenderableType] = [
        Text(visible(found.title or "The frontier"), style="bold"),
        Text(how, style="dim"),
    ]
    for front in found.fronts:
        parts.append(heading(f"Operating cost against {front.quality}"))
        parts.append(_table(found, front, width))
    parts.append(Text("± half of the 95 % interval of each figure; price: 95 % interval", "dim"))
    parts += [Text(""), *(Text(visible(sentence)) for sentence in found.finding)]
    parts += [Text(visible(f"Warning: {one}")) for one in found.warnings]
    return Group(*parts)


def _table(found: Frontier, front: Front, width: int) -> RenderableType:
    costs = scale(
        found.places[0].measure(OPERATING).unit,
        [place.measure(OPERATING).mean for place in found.places],
    )
    quality = found.places[0].measure(front.quality)
    fitting = scale(quality.unit, [place.measure(front.quality).mean for place in found.places])
    heads = [
        "",
        headed(OPERATING, costs.unit, ""),
        headed(front.quality, fitting.unit, quality.note),
        f"{found.currency} a year for a {front.unit}, from the one above",
    ]
    prices = {step.end: step for step in front.steps}
    rows: list[Row] = []
    for nth, standing in _standings(found, front):
        place = found.places[nth]
        rows.append(
            (
                short(visible(place.name), _LONGEST),
                [
                    Text(standing),
                    Text(told(place.measure(OPERATING), costs)),
                    Text(told(place.measure(front.quality), fitting)),
                    Text(_price(prices.get(nth))),
                ],
            )
        )
    return grid("", heads, rows[:_MOST], width, words=1)


def _standings(found: Frontier, front: Front) -> Iterator[tuple[int, str]]:
    """The places along the frontier, then those off it, each with what is to be said of it."""
    for nth in front.on_it:
        yield nth, "knee" if nth == front.knee else "on it"
    for one in sorted(front.dominated, key=lambda one: one.costs_more):
        sure = "" if one.confidence is None else f", {_percent(one.confidence)} sure"
        yield one.place, f"beaten by {short(visible(found.places[one.by].name), 24)}{sure}"


def _percent(confidence: float) -> str:
    """A confidence, never rounded up to certainty.

    >>> _percent(0.9999), _percent(0.987), _percent(0.5)
    ('over 99.9 %', '98 %', '50 %')
    """
    return "over 99.9 %" if confidence > 0.999 else f"{int(100.0 * confidence + 1e-9)} %"


def _price(step: Step | None) -> str:
    if step is None:
        return ""
    if step.price is None:
        return UNDEFINED
    if step.low is None or step.high is None:
        return f"{plain(step.price)} (open)"
    return f"{plain(step.price)} ({plain(step.low)} to {plain(step.high)})"
