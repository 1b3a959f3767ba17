"""A verification as a table: known and simulated values, and whether they agree."""

import math
from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.verdicts import VERDICTS, CaseResult, Comparison, Verification
from sim.report.text.figures import UNDEFINED, plain, scale, told
from sim.report.text.footing import headed
from sim.report.text.grid import grid
from sim.report.text.names import short, visible

_HEADS = ("Verdict", "Known", "Simulated", "Difference", "Finds, %")
_LONGEST_NAME = 38
_PLURALS = {"agrees": "agree", "disagrees": "disagree", "too uncertain": "are too uncertain"}
_IS = {"disagrees": "disagrees", "too uncertain": "is too uncertain"}
_STYLES = {"agrees": "green", "disagrees": "bold red", "too uncertain": "yellow"}


def verification(found: Verification, width: int) -> RenderableType:
    """All cases, one below the other; of a figure by interval that which differs most."""
    rows = [row for case in found.cases for row in _rows(case)]
    parts: list[RenderableType] = [
        Text(f"Verification: {len(found.cases)} of {found.asked} cases", style="bold"),
        Text(_circumstances(found), style="dim"),
        Text(""),
        grid("Case and measure", _HEADS, rows, width, words=1),
        Text(""),
        *(Text(line, style="dim") for line in _legend(found)),
        Text(""),
        _sum(found),
        *_not_agreed(found),
    ]
    return Group(*parts)


def _rows(case: CaseResult) -> Iterator[tuple[str, list[Text]]]:
    """The case's name, and a row for each figure."""
    yield visible(case.name), [Text("")] * len(_HEADS)
    for series in _series(case):
        one = max(series, key=_badness)
        fitting = scale(one.unit, [one.known])
        yield (
            short(f"  {_name(one, fitting.unit)}", _LONGEST_NAME),
            [
                Text(one.verdict, style=_STYLES[one.verdict]),
                Text(plain(one.known * fitting.factor)),
                Text(told(one, fitting)),
                Text(UNDEFINED if one.difference is None else f"{one.difference:+.2f}"),
                Text(UNDEFINED if one.finds is None else f"{100.0 * one.finds:.2g}"),
            ],
        )


def _series(case: CaseResult) -> Iterator[list[Comparison]]:
    """The comparisons, those of one figure by interval together."""
    figures: dict[tuple[str, str, str, bool], list[Comparison]] = {}
    for one in case.comparisons:
        key = one.measure, one.row_kind, one.row, one.interval is not None
        figures.setdefault(key, []).append(one)
    yield from figures.values()


def _badness(one: Comparison) -> tuple[int, float]:
    """By which the worst of a series is found."""
    away = math.inf if one.difference is None else abs(one.difference)
    return VERDICTS.index(one.verdict), away


def _name(one: Comparison, unit: str) -> str:
    """What was compared, where, and when."""
    name = headed(one.measure, unit, "")
    where = [visible(one.row)] if one.row_kind != "total" else []
    when = [one.interval] if one.interval is not None else []
    if where or when:
        name = one.measure[:1] + name[1:]
    return ": ".join([*when, *where, name])


def _circumstances(found: Verification) -> str:
    how = "quick" if found.quick else "in full"
    return f"{how}, seed {found.seed}, {found.engine} engine"


def _legend(found: Verification) -> list[str]:
    limit = f"{100.0 * found.precision:g} %"
    return [
        "± half of the 95 % interval. Difference: simulated less known, in standard errors; of a",
        "figure by interval, the interval that differs most. Finds: a fault so large, in % of the",
        "known value (of a share, of the smaller of it and the rest), would be found with 95 %",
        f"probability. Too uncertain: a standard error above {limit} in that sense proves nothing.",
    ]


def _not_agreed(found: Verification) -> Iterator[Text]:
    """What does not agree, again: the table is long."""
    for case in found.cases:
        for one in case.comparisons:
            if one.verdict != "agrees":
                unit = scale(one.unit, [one.known]).unit
                told = f"{visible(case.name)}: {_name(one, unit)} {_IS[one.verdict]}"
                yield Text(told, style=_STYLES[one.verdict])


def _sum(found: Verification) -> Text:
    """How many agree, in a sentence."""
    counts = Counter(one.verdict for one in found.comparisons)
    told = ", ".join(f"{counts[verdict]} {_PLURALS[verdict]}" for verdict in VERDICTS)
    many = len(found.comparisons)
    return Text(f"{many} comparisons: {told}.", style=_STYLES[found.verdict])
