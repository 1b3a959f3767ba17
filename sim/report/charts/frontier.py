"""The frontier: what better service costs to run."""

from pathlib import Path

from matplotlib.axes import Axes

from sim.experiments.finding import OPERATING
from sim.experiments.frontier.results import Front, Frontier, Step
from sim.report.charts import marks
from sim.report.charts.axis import span, ticked_x, ticked_y
from sim.report.charts.labels import SIZE, Box, Point, write_labels
from sim.report.charts.lettering import shown, wrapped
from sim.report.charts.readings import Reading, reading
from sim.report.charts.sheet import MUTED, Sheet, house_style, sheet, write
from sim.report.charts.words import money, money_ticks, number_ticks, percent_ticks
from sim.report.export import Tell

_LEFT, _BOTTOM, _ACROSS, _UP = 0.95, 0.55, 8.7, 4.3
_ROOM = 5.15
_LABEL = 1.9
_MARK = 0.08
"""Half the side of a point without a label, inches."""
_MOST = 14
"""Labels that find room."""


def draw_frontier(found: Frontier, folder: Path, tell: Tell) -> tuple[Path, ...]:
    """Draw a chart for each quality, as PNG and SVG in `folder`; returns the files. Raises OSError
    if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with house_style():
        for done, front in enumerate(found.fronts):
            tell(done, len(found.fronts))
            files += write(frontier(found, front), folder)
    return tuple(files)


def frontier(found: Frontier, front: Front) -> Sheet:
    """All places on operating cost against one quality, the frontier as a line. Call within
    `house_style`."""
    name = f"frontier-{front.quality.split(',')[0].replace(' ', '-')}"
    page = sheet(
        name,
        _title(found, front),
        f"{_lead(found)}Operating cost per year against "
        f"{front.quality}; mean of {found.replications} replications with 95 % intervals. Line: "
        "places that no other beats in both. Grey: dominated, hollow if luck may be why.",
        _ROOM,
        "All places meet the same customers with the same luck, so that who beats whom is surer "
        "than the intervals of the figures show.",
    )
    axes = page.axes(_LEFT, _BOTTOM, _ACROSS, _UP)
    places = [
        (reading(place.measure(OPERATING)), reading(place.measure(front.quality)))
        for place in found.places
    ]
    known = [(nth, x, y) for nth, (x, y) in enumerate(places) if x and y]
    wide = span([x.mean for _, x, _ in known], [end for _, x, _ in known for end in x.ends])
    high = span([y.mean for _, _, y in known], [end for _, _, y in known for end in y.ends])
    ticked_x(axes, wide, lambda values: money_ticks(values, found.currency))
    share = found.places[0].measure(front.quality).unit == "share"
    ticked_y(axes, high, percent_ticks if share else number_ticks)
    axes.set_xlabel("Operating cost per year (further left: cheaper)", loc="left", labelpad=6)
    up = front.quality[:1].upper() + front.quality[1:]
    up += ", % of contacts offered" if share else ""
    page.text(_LEFT - 0.65, _BOTTOM + _UP + 0.12, f"{up} (lower: better)", color=MUTED, fontsize=9)
    line = [places[nth] for nth in front.on_it]
    axes.plot(
        [x.mean for x, _ in line if x],
        [y.mean for _, y in line if y],
        color=marks.ACCENT,
        linewidth=1.8,
        zorder=2,
    )
    beaten = {one.place: one.confidence or 0.0 for one in front.dominated}
    for nth, x, y in known:
        _point(axes, x, y, beaten.get(nth), nth == front.knee)
    _label(axes, found, front, [(nth, x, y) for nth, x, y in known], wide, high)
    return page


def _point(axes: Axes, x: Reading, y: Reading, confidence: float | None, knee: bool) -> None:
    colour = marks.ACCENT if confidence is None else marks.RULE
    hollow = confidence is not None and confidence < 0.95
    axes.plot(x.ends, [y.mean, y.mean], color=colour, linewidth=1.0, zorder=3)
    axes.plot([x.mean, x.mean], y.ends, color=colour, linewidth=1.0, zorder=3)
    axes.plot(
        [x.mean],
        [y.mean],
        marker="D" if knee else "o",
        color="#c4510a" if knee else colour,
        markersize=9.0 if knee else 6.5,
        markerfacecolor="white" if hollow else ("#c4510a" if knee else colour),
        markeredgecolor=colour if hollow else "white",
        linestyle="none",
        zorder=4,
    )


def _label(
    axes: Axes,
    found: Frontier,
    front: Front,
    known: list[tuple[int, Reading, Reading]],
    wide: tuple[float, float],
    high: tuple[float, float],
) -> None:
    """The names of the places on the frontier, then of others, as far as there is room."""
    first = [nth for nth in (front.knee, *front.on_it) if nth is not None]
    shortest = sorted((nth for nth, _, _ in known), key=lambda nth: len(found.places[nth].name))
    order = list(dict.fromkeys([*first, *shortest]))[:_MOST]
    at = {
        nth: (
            (x.mean - wide[0]) / (wide[1] - wide[0]) * _ACROSS,
            (y.mean - high[0]) / (high[1] - high[0]) * _UP,
        )
        for nth, x, y in known
    }
    others = tuple(
        Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK)
        for nth, (x, y) in at.items()
        if nth not in order
    )
    points = [
        Point(*at[nth], wrapped(shown(found.places[nth].name, 44), _LABEL, SIZE, lines=2), others)
        for nth in order
    ]
    write_labels(axes, points, _ACROSS, _UP, [marks.RULE] * len(points))


def _lead(found: Frontier) -> str:
    title = shown(found.title)
    return f"{title}{' ' if title[-1:] in '.?!' else '. '}" if title else ""


def _title(found: Frontier, front: Front) -> str:
    """The knee and the prices on either side of it, or who is alone on the frontier."""
    name = shown(found.places[front.on_it[0]].name, 40)
    if len(front.on_it) == 1:
        return f"{name} is both the cheapest to run and the best in {front.quality}"
    if front.knee is None:
        return f"A {front.unit} costs {_price(found, front.steps[0])} a year to run"
    at = front.on_it.index(front.knee)
    return (
        f"Up to {shown(found.places[front.knee].name, 40)} a {front.unit} costs "
        f"{_price(found, front.steps[at - 1])} a year, beyond it "
        f"{_price(found, front.steps[at])}"
    )


def _price(found: Frontier, step: Step) -> str:
    return "nobody knows what" if step.price is None else money(step.price, found.currency)
