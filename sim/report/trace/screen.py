"""What of a trace is told on the screen: the contacts behind a figure, or the story of an issue."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from sim.codes import HANDLED, OUTCOMES, RESULTS, WHYS
from sim.experiments.results import Document, Measure
from sim.report.text.figures import scale, told
from sim.report.text.footing import circumstances, headed
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import short, visible
from sim.report.trace.chronicle import Chronicle
from sim.report.trace.contacts import when
from sim.report.trace.files import lines
from sim.report.trace.moments import moments_of
from sim.report.trace.phrases import lasting
from sim.report.trace.selection import Selection, chosen_legs, chosen_moments
from sim.tables.tables import Ints

_MOST_CONTACTS = 50
_MOST_LINES = 100
_LONGEST_NAME = 24


def screen(
    chronicle: Chronicle,
    selection: Selection,
    document: Document,
    earlier: Document | None,
    width: int,
) -> RenderableType:
    """What was looked for. earlier: the results of all replications, if they are at hand."""
    strategy = document.strategies[0]
    parts: list[RenderableType] = [
        Text(visible(strategy.title or strategy.name), style="bold"),
        Text(f"{visible(strategy.file)}: {circumstances(document)}", style="dim"),
    ]
    if selection.interval is not None and not selection.is_story:
        parts += _figures(selection, document, earlier, width)
    parts += _story(chronicle, selection) if selection.is_story else []
    parts += [] if selection.is_story else _contacts(chronicle, selection, width)
    return Group(*parts)


# ------------------------------------------------------------------- the figures of an interval


def _figures(
    selection: Selection, document: Document, earlier: Document | None, width: int
) -> Iterator[RenderableType]:
    """The figures of the interval in this replication, and in all of them."""
    here = _of_interval(selection, document)
    all_told = _of_interval(selection, earlier) if earlier else {}
    rows: list[Row] = []
    for name, measure in here.items():
        fitting = scale(measure.unit, [measure.mean])
        found = [measure, all_told.get(name)]
        cells = [Text(told(one, fitting) if one else "") for one in found[: 1 + bool(all_told)]]
        rows.append((headed(name, fitting.unit, measure.note), cells))
    heads = ["this replication"]
    if earlier and all_told:
        heads.append(f"all {earlier.replications}")
    where = f"queue {selection.queue}" if selection.queue is not None else "all queues"
    yield heading(visible(f"{selection.interval}, {where}"))
    yield grid("", heads, rows, width)


def _of_interval(selection: Selection, document: Document) -> dict[str, Measure]:
    kind, row = "total", "total"
    if selection.queue is not None:
        kind, row = "queue", selection.queue
    return {
        one.measure: one
        for strategy in document.strategies[:1]
        for one in strategy.measures
        if (one.interval, one.row_kind, one.row) == (selection.interval, kind, row)
    }


# ----------------------------------------------------------------------------------------- contacts


def _contacts(chronicle: Chronicle, selection: Selection, width: int) -> Iterator[RenderableType]:
    """The contacts in the order in which they joined."""
    legs = chronicle.legs
    chosen = np.flatnonzero(chosen_legs(chronicle, selection))
    moments = np.where(np.isnan(legs["joined"]), legs["arrived"], legs["joined"])
    chosen = chosen[np.argsort(moments[chosen], kind="stable")]
    many = "" if len(chosen) == 1 else "s"
    yield heading(f"{len(chosen):,} contact{many}, by the time of joining")
    if not len(chosen):
        return
    rows = [
        _contact(chronicle, row, float(moments[row])) for row in chosen[:_MOST_CONTACTS].tolist()
    ]
    heads = ["why", "in line", "busy", "waited", "what came of it"]
    yield grid("", heads, rows, width, words=len(heads))
    if len(chosen) > _MOST_CONTACTS:
        yield Text(f"and {len(chosen) - _MOST_CONTACTS:,} more, in trace.txt", style="dim")


def _contact(chronicle: Chronicle, row: int, moment: float) -> Row:
    leg = chronicle.legs[row]
    attempt = f" {leg['attempt']}" if leg["attempt"] > 1 else ""
    wait = float(leg["end_wait"] - leg["joined"])
    name = chronicle.issue_names[chronicle.issue_of_leg[row]]
    cells = [
        f"{WHYS[leg['why']]}{attempt}",
        str(chronicle.place_in_line[row]) if wait != 0.0 and leg["leg"] > 0 else "",
        _busy(chronicle, int(leg["queue"]), moment) if leg["leg"] > 0 else "",
        "" if np.isnan(wait) else lasting(wait),
        _what_came(chronicle, row),
    ]
    when = chronicle.clock.time(moment)
    return f"{when}  {short(visible(name), _LONGEST_NAME)}", [Text(visible(one)) for one in cells]


def _busy(chronicle: Chronicle, queue: int, moment: float) -> str:
    teams: Ints = chronicle.tables.queues.teams_of(queue)
    busy = sum(chronicle.busy_at(team, moment) for team in dict.fromkeys(teams.tolist()))
    floor = sum(chronicle.floor_at(team, moment) for team in dict.fromkeys(teams.tolist()))
    return f"{busy} of {floor}"


def _what_came(chronicle: Chronicle, row: int) -> str:
    leg = chronicle.legs[row]
    if leg["outcome"] == HANDLED:
        result = RESULTS[leg["result"]] if leg["result"] > 0 else "handled"
        return f"{result} by {chronicle.names.teams[leg['team']]}"
    what = OUTCOMES[leg["outcome"]].replace("_", " ")
    following = int(chronicle.next_leg[row])
    if following >= 0:
        then = float(chronicle.legs["arrived"][following])
        what += f"; again {when(chronicle.clock, float(leg['arrived']), then)}"
    return what


# -------------------------------------------------------------------------------------- a story


def _story(chronicle: Chronicle, selection: Selection) -> Iterator[RenderableType]:
    """All that happened to an issue or a customer."""
    every = moments_of(chronicle)
    chosen = every[chosen_moments(chronicle, selection, every)]
    if not len(chosen):
        yield Text("\nNothing of that name happened in this replication.")
        return
    yield Text("")
    for text in islice(lines(chronicle, chosen), _MOST_LINES):
        yield Text(visible(text))
    if len(chosen) > _MOST_LINES:
        yield Text(f"and {len(chosen) - _MOST_LINES:,} lines more, in trace.txt", style="dim")
