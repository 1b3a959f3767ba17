"""What a sensitivity analysis finds, in sentences."""

from collections.abc import Iterator

from sim.experiments.sensitivity.results import Sensitivity, Spread, Swing
from sim.experiments.standing import amount_of, bare_amount, listed
from sim.experiments.turning.finding import number
from sim.experiments.turning.results import Gap

_NAMED = 3


def finding_of_sensitivity(found: Sensitivity) -> tuple[str, ...]:
    """What the result is now, what moves it most, and whether it holds when all vary."""
    return tuple(_sentences(found))


def _sentences(found: Sensitivity) -> Iterator[str]:
    yield f"{said(found)}: {amount_of(found.now.mean, found.unit)}{_interval(found)}."
    if found.swings:
        widest = found.swings[0]
        yield (
            f"Of {_assumptions(len(found.swings))}, each varied by itself, {widest.path} moves it "
            f"most: {_at_ends(widest, found.unit)}."
        )
        if found.other is not None:
            yield _turning(found)
    if found.spread is not None:
        yield _all_at_once(found, found.spread)
    if found.screened:
        first = [one.path for one in found.screened[:_NAMED]]
        yield f"Screened (Morris), these matter most: {listed(first)}."
    if found.shared:
        first = [f"{one.path} {max(0.0, one.in_all):.0%}" for one in found.shared[:_NAMED]]
        told = f"Share of the spread with all that it does together with others: {listed(first)}"
        unsure = max(one.in_all_high - one.in_all_low for one in found.shared)
        yield told + (
            "; from so few samples that is little more than a guess." if unsure > 0.4 else "."
        )
    if found.left_out:
        yield (
            f"Left out, for nobody has given a range, or nothing there can be varied: "
            f"{', '.join(found.left_out)}."
        )


def said(found: Sensitivity) -> str:
    """What is looked at, as a sentence begins."""
    what = found.measure.removesuffix(" per year")
    if found.other is None:
        return f"{what[:1].upper()}{what[1:]} of {found.one}"
    return f"{what[:1].upper()}{what[1:]} of {found.other} minus that of {found.one}"


def _assumptions(many: int) -> str:
    return "one assumption" if many == 1 else f"{many} assumptions"


def _interval(found: Sensitivity) -> str:
    gap, unit = found.now, found.unit
    if gap.low is None or gap.high is None:
        return ""
    return f" (95 % interval {bare_amount(gap.low, unit)} to {bare_amount(gap.high, unit)})"


def _at_ends(swing: Swing, unit: str) -> str:
    ends = [
        f"{amount_of(end.result.mean, unit)} at {number(end.at)} {swing.unit}".strip()
        for end in (swing.low, swing.high)
    ]
    return " and ".join(ends)


def _turning(found: Sensitivity) -> str:
    turning = [
        one.path for one in found.swings if any(_other_side(found.now, end) for end in _ends(one))
    ]
    if not turning:
        return "None of them turns the verdict by itself within its range."
    return f"The verdict turns within its range on {listed(turning)}."


def _ends(swing: Swing) -> tuple[Gap, Gap]:
    return swing.low.result, swing.high.result


def _other_side(now: Gap, there: Gap) -> bool:
    return (now.mean > 0.0) != (there.mean > 0.0)


def _all_at_once(found: Sensitivity, spread: Spread) -> str:
    low, high = (bare_amount(end, found.unit) for end in (spread.low, spread.high))
    told = (
        f"All at once, nine tenths of {len(spread.samples)} samples lie between {low} and {high}."
    )
    if spread.holds is None or spread.turns is None:
        return told
    ahead = ahead_of(found)
    told += f" {ahead} stays ahead in {spread.holds}, falls behind in {spread.turns}"
    told += f", and in {spread.open} luck cannot say" if spread.open else ""
    if spread.holds_low is not None and spread.holds_high is not None:
        share = spread.holds / (spread.holds + spread.turns)
        told += (
            f": the verdict holds in {share:.0%} (95 % interval {spread.holds_low:.0%} to "
            f"{spread.holds_high:.0%}), if the ranges are right"
        )
    return f"{told}."


def ahead_of(found: Sensitivity) -> str:
    """The strategy that is ahead now."""
    more = found.now.mean > 0.0
    return found.one if more != found.more_is_better else found.other or found.one
