"""The finding of a study on one page, in Markdown.

The claim and its mechanism, what came out, what it turns on, and where it is wrong.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from sim.experiments.results import Document
from sim.experiments.study.claims import Judged
from sim.experiments.study.study import Studied
from sim.experiments.turning.finding import interval_of, number
from sim.report.export import CHARTS
from sim.report.text.figures import UNDEFINED, scale, told
from sim.report.text.footing import circumstances, headed

COMPARISON, FRONTIER = "comparison", "frontier"
_SHOWN = (
    "operating cost per year",
    "total economic cost per year",
    "abandonment",
    "contacts per issue",
    "customers lost, expected",
)
"""The measures of the table."""
_SHARE = 0.02
"""Of the total economic cost: assumptions that price less are not named."""
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def curve_folder(nth: int) -> str:
    """Where the files of a sweep go, counted from 0."""
    return f"curve-{nth + 1}"


def turn_folder(nth: int) -> str:
    """Where the files of break-evens go, counted from 0."""
    return f"breakeven-{nth + 1}"


def chart_of(nth: int, path: str) -> str:
    """The name of the chart of a break-even, counted from 0."""
    name = "".join(c if c.isalnum() else "-" for c in path.replace('"', ""))
    return f"{nth + 1}-{name[:40].strip('-')}"


def page(found: Studied) -> str:
    """The page; its pictures are looked for beside it."""
    plan, document = found.ready.study.plan, found.comparison
    parts: list[Iterator[str]] = [
        iter([f"# {plain(document.title or document.strategies[0].name)}", ""]),
        _paragraph(f"*{plain(document.question)}*" if document.question else ""),
        _paragraph(f"**The claim.** {plain(plan.claim)}" if plan.claim else ""),
        _paragraph(
            f"**How it would come about.** {plain(plan.mechanism)}" if plan.mechanism else ""
        ),
        iter(["## What came out", ""]),
        _claims(found.claims),
        _table(document),
        chain.from_iterable(_paragraph(plain(sentence)) for sentence in document.finding),
        chain.from_iterable(_picture(COMPARISON, chart, "") for chart in plan.charts),
        *(_curve(found, nth) for nth in range(len(found.curves))),
        _front(found),
        iter(["## What it turns on", ""]),
        _turns(found),
        _assumptions(document),
        *([_limits(plan.limits)] if plan.limits else []),
        iter(
            [
                "---",
                "",
                f"{plain(circumstances(document))}. Intervals are 95 % and cover luck alone. Every "
                f"figure is in `{COMPARISON}/measures.csv` and `{COMPARISON}/bill.csv`; what each "
                "is stands in docs/reference/measures.md.",
            ]
        ),
    ]
    return "\n".join(chain.from_iterable(parts))


def plain(text: str) -> str:
    """A text in which nothing is Markdown or HTML.

    >>> plain("a_b <script> | 2 * 3")
    'a\\\\_b \\\\<script\\\\> \\\\| 2 \\\\* 3'
    """
    return " ".join(text.split()).translate(_SPECIAL)


def _paragraph(text: str) -> Iterator[str]:
    if text:
        yield text
        yield ""


def _claims(claims: Sequence[Judged]) -> Iterator[str]:
    """Each claim with its verdict and the difference on which it stands."""
    for one in claims:
        fitting = scale(one.unit, [one.mean])
        unit = "points" if fitting.unit == "%" else fitting.unit
        difference = told(one, fitting, signed=True)
        yield (
            f"- **{one.verdict[:1].upper()}{one.verdict[1:]}:** {plain(one.says)} "
            f"({plain(one.measure)}, {plain(one.less)} minus {plain(one.than)}: {difference} "
            f"{plain(unit)})"
        )
    if claims:
        yield ""


def _table(document: Document) -> Iterator[str]:
    """A row for each strategy, a column for each measure that is anything but zero."""
    columns = []
    for name in _SHOWN:
        cells = [strategy.measure(name) for strategy in document.strategies]
        if any(one.mean for one in cells):
            fitting = scale(cells[0].unit, [one.mean for one in cells])
            columns.append(
                (
                    plain(headed(name, fitting.unit, "")),
                    [UNDEFINED if one.mean is None else told(one, fitting) for one in cells],
                )
            )
    yield "| | " + " | ".join(head for head, _ in columns) + " |"
    yield "|---|" + "---:|" * len(columns)
    for nth, strategy in enumerate(document.strategies):
        name = f"**{plain(strategy.name)}** {plain(strategy.title)}"
        yield f"| {name} | " + " | ".join(cells[nth] for _, cells in columns) + " |"
    yield ""


def _picture(folder: str, chart: str, title: str) -> Iterator[str]:
    yield f"![{plain(title or chart)}]({folder}/{CHARTS}/{chart}.png)"
    yield ""


def _curve(found: Studied, nth: int) -> Iterator[str]:
    """A sweep: its title, its chart, and what it finds."""
    curve, title = found.curves[nth], found.ready.study.plan.sweeps[nth].title
    name = title or " and ".join(axis.path for axis in curve.axes)
    yield f"### {plain(name)}"
    yield ""
    for sentence in curve.finding:
        yield from _paragraph(plain(sentence))
    chart = {1: "cost-curve", 2: "cost-map"}.get(len(curve.axes), "cost-scatter")
    if curve.bottoms:
        yield from _picture(curve_folder(nth), chart, name)


def _front(found: Studied) -> Iterator[str]:
    if found.frontier is None:
        return
    yield "### What better service costs to run"
    yield ""
    for sentence in found.frontier.finding:
        yield from _paragraph(plain(sentence))
    for front in found.frontier.fronts:
        name = f"frontier-{front.quality.split(',')[0].replace(' ', '-')}"
        yield from _picture(FRONTIER, name, front.quality)


def _turns(found: Studied) -> Iterator[str]:
    """Where two strategies come to the same, a row for each value that was varied."""
    for nth, turns in enumerate(found.turns):
        what = turns.measure.removesuffix(" per year")
        yield from _paragraph(
            f"{plain(turns.one)} and {plain(turns.other)} come to the same {plain(what)} where"
        )
        yield "| | in force | the same at | 95 % interval | better below | better above |"
        yield "|---|---:|---:|---|---|---|"
        for turn in turns.turns:
            now = f"{number(turn.now)} {turn.unit}".strip()
            lead = f"| `{turn.path}` | {now} |"
            if not turn.roots:
                yield f"{lead} not from {number(turn.low)} to {number(turn.high)} | | | |"
            for root in turn.roots:
                interval = interval_of(root).removeprefix("95 % interval ")
                better = f"{plain(root.below)} | {plain(root.above)}"
                yield f"{lead} {number(root.value)} | {interval} | {better} |"
        yield ""
        chart = next((one for one in turns.turns if one.roots), None)
        if chart is not None:
            name = chart_of(turns.turns.index(chart), chart.path)
            yield from _picture(turn_folder(nth), name, f"The difference along {chart.path}")


def _assumptions(document: Document) -> Iterator[str]:
    """The assumptions that price most, with what is known of them."""
    shares: dict[str, list[float]] = {}
    why: dict[str, str] = {}
    for strategy in document.strategies:
        for one in strategy.assumptions:
            why[one.path] = one.why
            shares.setdefault(one.path, [])
            if one.share is not None:
                shares[one.path].append(one.share)
    priced = {path: max(of) for path, of in shares.items() if of and max(of) >= _SHARE}
    if priced:
        yield "Assumed, and pricing so much of the total economic cost:"
        yield ""
    for path, share in sorted(priced.items(), key=lambda item: -item[1]):
        yield f"- `{path}`, up to {share:.0%}: {plain(why[path])}"
    if priced:
        yield ""
    others = len(shares) - len(priced)
    if others:
        yield f"{others} more assumptions stand in `{COMPARISON}/run.json`."
        yield ""


def _limits(text: str) -> Iterator[str]:
    yield "## Where it is wrong"
    yield ""
    yield from _paragraph(plain(text))
