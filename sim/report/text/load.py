"""What a scenario's volumes imply: first calls and load, against the floor."""

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.implied import Implied, Load
from sim.report.text.figures import UNDEFINED, plain
from sim.report.text.grid import Row, grid
from sim.report.text.names import short, visible

_LONGEST_NAME = 24


def load(found: Implied, interval: float, width: int) -> RenderableType:
    """Tables by reason, queue and team. interval: length of the reporting intervals, seconds."""
    each = "week" if found.days == 7 else f"{found.days} day{'' if found.days == 1 else 's'}"
    volumes: list[Row] = [
        (
            _name(one.reason),
            [
                Text(_calls(one.issues)),
                Text(_calls(one.first_calls)),
                Text(plain(round(one.handle_time))),
                Text(f"{one.erlangs:,.1f}"),
            ],
        )
        for one in found.reasons
    ]
    heads = [f"issues in a {each}", "first calls", "handle time, s", "Erlangs at the peak"]
    if found.days != 7:
        heads[0] = f"issues in {each}"
    loads = ["first calls", "busiest", "Erlangs then", "floor then", "load / floor", "hours above"]
    of_queues = [_row(one) for one in found.queues]
    of_teams = [_row(one) for one in found.teams]
    return Group(
        grid("reason", heads, volumes, width),
        Text(""),
        grid("queue", loads, of_queues, width),
        Text(""),
        grid("team", loads, of_teams, width),
        Text(
            "First calls only; calling again, transfers and incidents come on top. The floor of a "
            "queue is\nof all teams on its routes; a team has the calls whose queue names it "
            f"first. Intervals of {interval / 60:.0f} min.",
            style="dim",
        ),
    )


def _row(load: Load) -> Row:
    calls = bool(load.busiest)
    ratio = f"{100.0 * load.erlangs / load.floor:,.0f} %" if load.floor > 0.0 else "no floor"
    cells = [
        _calls(load.first_calls),
        load.busiest if calls else UNDEFINED,
        f"{load.erlangs:,.1f}" if calls else UNDEFINED,
        plain(load.floor) if calls else UNDEFINED,
        ratio if calls else UNDEFINED,
        f"{plain(load.hours_above)} of {plain(load.hours)}" if calls else UNDEFINED,
    ]
    return _name(load.name), [Text(cell) for cell in cells]


def _calls(number: float) -> str:
    return f"{number:,.0f}" if number >= 100.0 else plain(round(number, 1))


def _name(name: str) -> str:
    return short(visible(name), _LONGEST_NAME)
