"""What follows from a staffing run, in sentences."""

from sim.experiments.staffing.results import Contender, Kept, Staffed


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
    long_run = {
        "interval": f"{one.kept} of {one.periods} intervals keep it in the long run",
        "day": f"{one.kept} of {one.periods} kinds of day keep it in the long run",
        "week": f"{'kept' if one.kept else 'missed'} in the long run",
    }[one.period]
    if one.missed:
        long_run += f" ({one.missed} miss it beyond luck)"
    worst = f", {one.worst} worst" if one.worst else ""
    chance = ""
    if one.probability.mean is not None:
        single = {"interval": "single interval", "day": "single day", "week": "single week"}
        chance = (
            f"; a {single[one.period]} keeps it with a probability of {_percent(one.probability)}"
        )
    return f"{one.target[:1].upper() + one.target[1:]}: {long_run}{worst} ({_value(one)}){chance}."


def _percent(amount: object) -> str:
    mean, low, high = (getattr(amount, end) for end in ("mean", "low", "high"))
    return f"{100 * mean:.0f}% ({100 * low:.0f} to {100 * high:.0f}%)"


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
    """What interval-by-interval sizing does, as computed and at the factor that serves best."""
    told = []
    as_computed = [one for one in document.contenders if one.kind == "formula"]
    if document.targets and as_computed:
        missing = [one for one in as_computed if not one.keeps]
        if missing:
            names = "; ".join(one.name for one in missing)
            told.append(f"By interval, as computed, these miss a target: {names}.")
        else:
            told.append("By interval, as computed, all formulas keep the targets.")
    best = [one for one in document.contenders if one.kind == "scaled formula" and one.keeps]
    if not best:
        if document.targets and as_computed:
            told.append("Not even twice their numbers keep the targets.")
        return told
    least = min(best, key=lambda one: one.dearer.mean or 0.0)
    more = least.dearer.mean or 0.0
    base = least.staffing_cost.mean if document.targets else least.economic_cost.mean
    unit = document.currency
    interval = ""
    if least.dearer.low is not None and least.dearer.high is not None:
        interval = f" (95 % interval {least.dearer.low:,.0f} to {least.dearer.high:,.0f})"
    share = f", {100.0 * more / base:.1f}% of its own cost" if base else ""
    if not document.priced:
        ours = document.contender("staffed")
        more = least.paid_hours - (ours.paid_hours if ours else 0.0)
        unit, interval, share = "paid hours", "", f", {100.0 * more / least.paid_hours:.1f}%"
    aim = "to keep the targets" if document.targets else "to cost least in all"
    word = "more" if more >= 0.0 else "less"
    told.append(
        f"Multiplied by the factor that it needs {aim}, the best of the formulas ({least.name}) "
        f"costs {unit} {abs(more):,.0f} a week {word} than this staffing{interval}{share}."
    )
    return told


def _roster(document: Staffed, roster: Contender) -> str:
    told = document.roster
    assert told is not None
    keeps = ""
    if document.targets:
        keeps = " and keeps the targets" if roster.keeps else " and misses a target beyond luck"
    over = told.rostered_hours / told.required_hours - 1.0 if told.required_hours else 0.0
    short = (
        f" {len(told.short)} intervals lack agents: no shift can be there." if told.short else ""
    )
    return (
        f"The shifts cover it with {told.rostered_hours:,.1f} hours a week, {100 * over:.1f}% above "
        f"the {told.required_hours:,.1f} that are needed, for {money(document, told.cost)}{keeps}."
        f"{short}"
    )
