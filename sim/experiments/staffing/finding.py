"""What follows from a staffing run, in sentences."""

from sim.experiments.staffing.results import Amount, Contender, Kept, Staffed
from sim.experiments.staffing.targets import SERVICE_LEVEL


def finding_of(document: Staffed) -> tuple[str, ...]:
    """What was found, how sure it is, and what formulas by interval would cost instead."""
    ours = document.contender("staffed")
    if ours is None:
        return (
            "Interrupted before the verification: the best staffing found so far is kept, and "
            "nothing is said of what it achieves. Run it to see.",
        )
    told = [_found(document, ours), *(_kept(one) for one in ours.targets)]
    told += _formulas(document)
    roster = document.contender("roster")
    if roster is not None and document.roster is not None:
        told.append(_roster(document, roster))
    return tuple(told)


def money(document: Staffed, amount: float) -> str:
    """An amount per week, or agent hours where nothing is paid."""
    return f"{document.currency} {amount:,.0f}" if document.priced else f"{amount:,.1f} paid hours"


def _found(document: Staffed, ours: Contender) -> str:
    hours = f"{ours.paid_hours:,.1f} paid hours a week"
    if not document.targets:
        cost = ours.economic_cost.mean or 0.0
        return (
            f"Least total economic cost found: {document.currency} {cost:,.0f} a week, with {hours}"
            f" of {document.team}."
        )
    if document.priced:
        cost = ours.staffing_cost.mean or 0.0
        hours += f", {document.currency} {cost:,.0f} with overtime"
    what = "the targets" if len(document.targets) > 1 else "the target"
    if ours.keeps:
        return f"Least staffing found that keeps {what}: {hours}."
    return (
        f"No staffing of {document.team} was found that keeps {what}; the nearest has {hours}. "
        "Look at what else holds it back: other teams, lines, or opening hours."
    )


def _kept(one: Kept) -> str:
    chance = ""
    if one.probability.mean is not None:
        chance = (
            f"; that a single {one.period} keeps it has a probability of "
            f"{_percent(one.probability)}"
        )
    head = one.target[:1].upper() + one.target[1:]
    if one.period == "week":
        return f"{head}: {standing(one)} ({_value(one)}){chance}."
    kinds = "intervals" if one.period == "interval" else "kinds of day"
    beyond = f"{one.missed} miss it beyond luck" if one.missed else "none misses it beyond luck"
    return (
        f"{head}: in the long run {one.kept} of {one.periods} {kinds} keep it, and {beyond}; "
        f"{one.worst} is worst ({_value(one)}){chance}."
    )


def standing(one: Kept) -> str:
    """How a target by week stands in the long run."""
    if one.missed:
        return "missed in the long run"
    sure = one.value.low if one.measure == SERVICE_LEVEL else one.value.high
    if sure is None:
        return "kept in the long run" if one.kept else "missed in the long run"
    within = sure >= one.bound if one.measure == SERVICE_LEVEL else sure <= one.bound
    return "kept in the long run" if within else "at its bound in the long run"


def _percent(share: Amount) -> str:
    mean, low, high = (100.0 * (end or 0.0) for end in (share.mean, share.low, share.high))
    return f"{mean:.0f}% ({low:.0f} to {high:.0f}%)"


def _value(one: Kept) -> str:
    value = one.value
    if value.mean is None:
        return "nobody called"
    scale, unit, places = (100.0, "%", 1) if one.unit == "share" else (1.0, f" {one.unit}", 1)
    text = f"{value.mean * scale:.{places}f}{unit}"
    if value.low is None or value.high is None:
        return text
    return f"{text}, {value.low * scale:.{places}f} to {value.high * scale:.{places}f}{unit}"


def _formulas(document: Staffed) -> list[str]:
    """What interval-by-interval sizing does as computed, and what it costs where it keeps the
    targets: as computed, or multiplied by the factor that serves best."""
    every = [one for one in document.contenders if one.kind in {"formula", "scaled formula"}]
    told = []
    if document.targets:
        missing = [one.name for one in every if one.kind == "formula" and not one.keeps]
        told.append(
            f"By interval, as computed, these miss a target beyond luck: {'; '.join(missing)}."
            if missing
            else "By interval, as computed, no formula misses a target beyond luck."
        )
    keeping = [one for one in every if one.keeps]
    if not keeping:
        told.append("No formula keeps the targets, whatever its numbers are multiplied by.")
        return told
    cheapest = [
        min(own, key=lambda one: _more(document, one))
        for kind in ("C", "A")
        if (own := [one for one in keeping if one.name.startswith(f"Erlang {kind}")])
    ]
    aim = "that keeps the targets" if document.targets else "of least cost"
    told += [_against(document, one, aim) for one in cheapest]
    return told


def _more(document: Staffed, one: Contender) -> float:
    if document.targets and not document.priced:
        ours = document.contender("staffed")
        return one.paid_hours - (ours.paid_hours if ours else 0.0)
    return one.dearer.mean or 0.0


def _against(document: Staffed, one: Contender, aim: str) -> str:
    more = _more(document, one)
    word = "more" if more >= 0.0 else "less"
    name = f"The cheapest {one.name.split(',')[0]} staffing {aim} ({one.name})"
    if document.targets and not document.priced:
        share = 100.0 * abs(more) / one.paid_hours
        return f"{name} takes {abs(more):,.1f} paid hours a week {word}, {share:.1f}% of its own."
    own = one.staffing_cost.mean if document.targets else one.economic_cost.mean
    ends = ""
    if one.dearer.low is not None and one.dearer.high is not None:
        low, high = sorted((abs(one.dearer.low), abs(one.dearer.high)))
        ends = f" (95 % interval {low:,.0f} to {high:,.0f})"
        if one.dearer.low < 0.0 < one.dearer.high:
            ends = " (not to be told apart from nothing)"
    part = f", {100.0 * abs(more) / own:.1f}% of its own cost" if own else ""
    return f"{name} costs {document.currency} {abs(more):,.0f} a week {word}{ends}{part}."


def _roster(document: Staffed, roster: Contender) -> str:
    told = document.roster
    assert told is not None
    keeps = ""
    if document.targets:
        keeps = " and keeps the targets" if roster.keeps else " and misses a target beyond luck"
    over = told.rostered_hours / told.required_hours - 1.0 if told.required_hours else 0.0
    short = ""
    if told.short:
        short = f" {len(told.short)} intervals lack agents: no shift can be there."
    return (
        f"The roster covers it with {told.rostered_hours:,.1f} hours a week, {100 * over:.1f}% "
        f"above the {told.required_hours:,.1f} needed, for {money(document, told.cost)}{keeps}."
        f"{short}"
    )
