"""What one agent more, or one fewer, does in each interval: to service there and soon after.

Agents matter for about as long as a queue lasts. So intervals that lie some hours apart are changed
in one simulation (a stripe), and each is judged by what happens from its beginning to that of the
next one of its stripe.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.staffing.judging import Aim, Verdict, judged
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.reading import Reading
from sim.experiments.staffing.targets import LOST, SERVICE_LEVEL, WAIT
from sim.experiments.staffing.trials import Luck, Trials
from sim.tables.tables import Floats, Ints

APART = 2.5 * 3600.0
"""Seconds between two intervals of a stripe, at least."""


@dataclass(frozen=True, eq=False)
class Effects:
    """Of each interval of a plan, per agent of the staffing table and day."""

    gained: Floats
    """By one agent more: the share of all that is bad that it spares."""
    harmed: Floats
    """By one agent fewer: the share of it that comes on top; infinite where nobody is left, or
    where a target by interval would be missed."""


def stripes(pattern: Pattern) -> list[Ints]:
    """Intervals that can be changed together, as numbers of the pattern."""
    apart = stripe_width(pattern)
    return [np.flatnonzero(pattern.slot % apart == nth) for nth in range(apart)]


def stripe_width(pattern: Pattern) -> int:
    """Intervals from one of a stripe to the next."""
    return int(np.ceil(APART / pattern.interval))


def windows(pattern: Pattern, first: int = 0) -> Floats:
    """For each interval (row) 1 at those (columns) that it is judged by; `first` is where they
    begin, in intervals from it."""
    later = pattern.slot - pattern.slot[:, np.newaxis]
    same = pattern.group == pattern.group[:, np.newaxis]
    judging = same & (later >= first) & (later < stripe_width(pattern) + first)
    return np.asarray(judging, dtype=np.float64)


def neighbours(pattern: Pattern, offset: int) -> Ints:
    """For each interval the number of the one so many later on the same day; -1 if none."""
    places = zip(pattern.group.tolist(), pattern.slot.tolist(), strict=True)
    at = {place: nth for nth, place in enumerate(places)}
    return np.array([at.get((group, slot + offset), -1) for group, slot in at])


def effects_of(aim: Aim, pattern: Pattern, plan: Ints, trials: Trials, luck: Luck) -> Effects:
    """Simulate each stripe with one agent more and with one fewer."""
    groups = stripes(pattern)
    moved = [_moved(plan, stripe, by) for by in (1, -1) for stripe in groups]
    here, *there = trials.of_plans(pattern, [plan, *moved], luck)
    more, fewer = there[: len(groups)], there[len(groups) :]
    near, before = windows(pattern), bad(aim, pattern, here)
    verdict = judged(aim, pattern, plan, here)
    total = np.array([max(1e-9, float(one.sum())) for one in before])
    gained, harmed = np.zeros(pattern.size), np.zeros(pattern.size)
    for stripe, plus, minus in zip(groups, more, fewer, strict=True):
        changes = [
            (near @ (bad(aim, pattern, reading) - before).T / total).sum(axis=1)
            for reading in (plus, minus)
        ]
        gained[stripe], harmed[stripe] = -changes[0][stripe], changes[1][stripe]
        harmed[stripe] += _forbidden(aim, pattern, plan, minus, near, verdict)[stripe]
    harmed[plan <= 0] = np.inf
    table = pattern.table(plan)
    dearer = (pattern.table(plan + 1) - table) * pattern.days_of
    cheaper = (table - pattern.table(np.maximum(0, plan - 1))) * pattern.days_of
    return Effects(gained / dearer, harmed / np.maximum(cheaper, 1.0))


def bad(aim: Aim, pattern: Pattern, reading: Reading) -> Floats:
    """What is to be lessened, by interval, as means: a row for each target that is not by interval;
    without any, the time waited, which goes with customers lost."""
    wide = [target.measure for target in aim.targets if target.period != "interval"]
    rows = []
    for measure in wide or [WAIT]:
        name = WAIT if measure == LOST else measure
        top = reading.tops[name]
        rows.append(reading.bottoms[name] - top if name == SERVICE_LEVEL else top)
    return np.array([pattern.pooled(row).mean(axis=0) for row in rows])


def _moved(plan: Ints, stripe: Ints, by: int) -> Ints:
    moved = plan.copy()
    moved[stripe] = np.maximum(0, moved[stripe] + by)
    return moved


def _forbidden(
    aim: Aim, pattern: Pattern, plan: Ints, fewer: Reading, near: Floats, before: Verdict
) -> Floats:
    """Infinite for intervals near which a target by interval is missed by more than before."""
    missed = judged(aim, pattern, plan, fewer).short - before.short
    return np.where(near @ np.maximum(0.0, missed) > 0.0, np.inf, 0.0)


def moves(effects: Effects, price: float, some: Sequence[bool] | Floats | None = None) -> Ints:
    """One agent more where it gains more than a price, one fewer where it harms less."""
    change = (effects.gained > price).astype(np.int64) - (effects.harmed < price)
    change[(effects.gained > price) & (effects.harmed < price)] = 0
    return change if some is None else np.where(some, change, 0)
