"""A study on the screen: its claims, its comparison, and what its curves find."""

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.study.claims import Judged
from sim.experiments.study.study import Studied
from sim.report.text.comparison import comparison
from sim.report.text.figures import scale, told
from sim.report.text.grid import heading
from sim.report.text.names import visible


def finding(found: Studied, width: int) -> RenderableType:
    """The comparison as `compare` shows it, then what else the study has found."""
    parts: list[RenderableType] = [comparison(found.comparison, width)]
    if found.claims:
        parts.append(heading("Claims"))
        parts += [Text(_claim(one)) for one in found.claims]
    for curve in found.curves:
        parts.append(heading(visible(f"Along {' and '.join(axis.path for axis in curve.axes)}")))
        parts += [Text(visible(sentence)) for sentence in curve.finding]
    for turns in found.turns:
        parts.append(heading(visible(f"{turns.one} against {turns.other}: what it turns on")))
        parts += [Text(visible(sentence)) for sentence in turns.finding[1:]]
    if found.frontier is not None:
        parts.append(heading("What better service costs to run"))
        parts += [Text(visible(sentence)) for sentence in found.frontier.finding]
    return Group(*parts)


def _claim(one: Judged) -> str:
    fitting = scale(one.unit, [one.mean])
    unit = "points" if fitting.unit == "%" else fitting.unit
    return visible(
        f"{one.verdict.upper()}: {one.says} ({one.measure}, {one.less} minus {one.than}: "
        f"{told(one, fitting, signed=True)} {unit})"
    )
