"""A staffing run on one screen: agents by interval, what they cost and achieve, and the shifts."""

from rich.console import Group, RenderableType
from rich.text import Text

from sim.experiments.staffing.finding import standing
from sim.experiments.staffing.results import Amount, Contender, Staffed
from sim.report.text.figures import UNDEFINED, Scale, scale, told
from sim.report.text.grid import Row, grid, heading
from sim.report.text.names import short, visible

_LONGEST_NAME = 34
_COUNTS = {
    "floor": "agents on the floor, as the team's table counts them",
    "scheduled": "agents scheduled, shrinkage included, as the team's table counts them",
}


def staffing(document: Staffed, width: int) -> RenderableType:
    """All that was found."""
    parts: list[RenderableType] = [
        Text(visible(document.title or document.name), style="bold"),
        Text(_circumstances(document), style="dim"),
        heading(f"{visible(document.team)}: {_COUNTS[document.counts]}"),
        _by_interval(document, width),
    ]
    if document.contenders:
        parts += [heading("What it costs and keeps, a week"), _contenders(document, width)]
        parts += _targets(document, width)
        parts.append(Text(_legend(document), style="dim"))
    if document.roster is not None:
        parts += [heading("Shifts"), *_roster(document, width)]
    parts += [Text(""), *(Text(visible(sentence)) for sentence in document.finding)]
    for warning in document.warnings:
        parts.append(Text("Warning", style="bold yellow").append(f": {visible(warning)}"))
    return Group(*parts)


def _circumstances(document: Staffed) -> str:
    aim = "; ".join(document.targets) if document.targets else "least total economic cost"
    fresh = (
        f"verified on {document.replications:,} fresh replications"
        if document.replications
        else "not verified"
    )
    return (
        f"{aim}. Searched on {document.search_replications} replications "
        f"({document.simulations:,} simulations in all), {fresh}, seed {document.seed}, "
        f"{document.engine} engine"
    )


def _by_interval(document: Staffed, width: int) -> RenderableType:
    """A row for each time of day, a column for each kind of day."""
    kinds = list(dict.fromkeys(one.days for one in document.intervals))
    at = {(one.days, one.time): one for one in document.intervals}
    times = sorted({one.time for one in document.intervals})
    rows: list[Row] = [
        (
            time,
            [Text(str(at[kind, time].table) if (kind, time) in at else "") for kind in kinds],
        )
        for time in times
    ]
    return grid("", [" ".join(kind) for kind in kinds], rows, width)


def _contenders(document: Staffed, width: int) -> RenderableType:
    costs = [one.staffing_cost.mean for one in document.contenders]
    economic = [one.economic_cost.mean for one in document.contenders]
    money = scale(document.currency, [*costs, *economic])
    heads = ["paid hours"]
    if document.priced:
        heads.append(f"staffing cost, {money.unit}")
    heads += [f"total economic cost, {money.unit}", f"dearer than staffed, {money.unit}"]
    rows: list[Row] = []
    for one in document.contenders:
        cells = [Text(f"{one.paid_hours:,.1f}")]
        if document.priced:
            cells.append(_told(one.staffing_cost, money))
        cells += [_told(one.economic_cost, money), _dearer(one, money)]
        rows.append((_name(one), cells))
    return grid("", heads, rows, width)


def _dearer(one: Contender, money: Scale) -> Text:
    return Text("") if one.kind == "staffed" else Text(told(one.dearer, money, signed=True))


def _targets(document: Staffed, width: int) -> list[RenderableType]:
    """For each target how every staffing keeps it."""
    blocks: list[RenderableType] = []
    for nth, target in enumerate(document.targets):
        all_of_it = [(one, one.targets[nth]) for one in document.contenders]
        first = all_of_it[0][1]
        fitting, of_week = (
            scale(first.unit, [first.value.mean, first.bound]),
            first.period == "week",
        )
        heads = [
            *(["long run"] if of_week else ["kept in the long run", "missed beyond luck", "worst"]),
            f"long-run value{'' if of_week else ' there'}, {fitting.unit}",
            f"chance that one {first.period} keeps it, %",
        ]
        rows: list[Row] = []
        for one, kept in all_of_it:
            style = "red" if kept.missed else ""
            if of_week:
                stands = [Text(standing(kept).removesuffix(" in the long run"), style=style)]
            else:
                stands = [
                    Text(f"{kept.kept} of {kept.periods}"),
                    Text(str(kept.missed), style=style),
                    Text(kept.worst),
                ]
            chance = _told(kept.probability, Scale(100.0, "%"))
            rows.append((_name(one), [*stands, _told(kept.value, fitting), chance]))
        words = 1 if of_week else 0
        head = heading(target[:1].upper() + target[1:])
        blocks += [head, grid("", heads, rows, width, words=words)]
    return blocks


def _legend(document: Staffed) -> str:
    against = "staffing cost" if document.targets else "total economic cost"
    return (
        f"± half of the 95 % interval. Dearer: by {against}, on the same customers and luck.\n"
        "Formulas size each interval by itself; × is the factor on their numbers that serves best."
    )


def _roster(document: Staffed, width: int) -> list[RenderableType]:
    roster = document.roster
    assert roster is not None
    days = list(dict.fromkeys(line.day for line in roster.lines))
    numbers: dict[str, dict[str, int]] = {}
    for line in roster.lines:
        breaks = f", break {' and '.join(line.breaks)}" if line.breaks else ""
        what = f"{short(visible(line.shift), 20)} {line.start}-{line.end}{breaks}"
        numbers.setdefault(what, {})[line.day] = line.agents
    rows: list[Row] = [
        (what, [Text(str(own[day]) if day in own else "") for day in days])
        for what, own in sorted(numbers.items())
    ]
    told: list[RenderableType] = [grid("", days, rows, width)]
    told += [Text(f"No shift can be there: {visible(one)}") for one in roster.short[:10]]
    if len(roster.short) > 10:
        told.append(Text(f"and {len(roster.short) - 10} more intervals"))
    return told


def _name(one: Contender) -> str:
    return short(visible(one.name), _LONGEST_NAME)


def _told(amount: Amount, fitting: Scale) -> Text:
    return Text(UNDEFINED if amount.mean is None else told(amount, fitting))
