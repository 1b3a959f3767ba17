"""What planners have otherwise: each interval sized by itself, as if its calls came for ever."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.staffing.judging import Aim, Verdict, judged
from sim.experiments.staffing.load import Load
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.start import sized, sizing_targets
from sim.experiments.staffing.targets import ABANDONMENT
from sim.experiments.staffing.trials import Luck, Trials
from sim.tables.tables import Ints

_FACTORS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0)
_HALVINGS = 2


@dataclass(frozen=True, eq=False)
class Baseline:
    """A plan by formula."""

    name: str
    plan: Ints
    factor: float = 1.0
    """By which all its numbers were multiplied."""

    def times(self, factor: float) -> "Baseline":
        """The same plan with all numbers multiplied and rounded, one agent at least."""
        plan = np.maximum(self.plan > 0, np.floor(self.plan * factor + 0.5).astype(np.int64))
        return Baseline(self.name, plan, factor)


def baselines(pattern: Pattern, load: Load, aim: Aim) -> Iterator[Baseline]:
    """Erlang C and Erlang A by interval, on first calls alone and on all calls: for the targets
    that the formula knows, else for the usual service level."""
    impatient = sizing_targets(pattern, aim.targets)
    endless = sizing_targets(pattern, aim.targets, lambda one: one.measure != ABANDONMENT)
    for which, calls, handle in (
        ("first calls", load.first_calls, load.first_handle),
        ("all calls", load.calls, load.handle),
    ):
        if handle > 0.0:
            yield Baseline(f"Erlang C, {which}", sized(calls, handle, math.inf, endless))
            yield Baseline(f"Erlang A, {which}", sized(calls, handle, load.patience, impatient))


def scaled(
    aim: Aim, pattern: Pattern, found: Sequence[Baseline], trials: Trials, luck: Luck
) -> list[Baseline]:
    """Each baseline multiplied by the factor that serves the aim best: the cheapest that keeps the
    targets, or without targets the one of least cost."""
    few = Luck(luck.first, max(2, luck.replications // 6))
    coarse = [[one.times(factor) for factor in _FACTORS] for one in found]
    ranks = _judged(aim, pattern, [one for row in coarse for one in row], trials, few)
    width = len(_FACTORS)
    now = [
        row[min(range(width), key=lambda nth: ranks[begin + nth].rank)]
        for row, begin in zip(coarse, range(0, len(ranks), width), strict=True)
    ]
    verdicts = _judged(aim, pattern, now, trials, luck)
    for halving in range(1, _HALVINGS + 1):
        step = 0.1 * 0.5**halving
        near = [
            [one.times(base.factor + by) for by in (-step, step)]
            for one, base in zip(found, now, strict=True)
        ]
        tried = _judged(aim, pattern, [one for pair in near for one in pair], trials, luck)
        for nth, pair in enumerate(near):
            for one, verdict in zip(pair, tried[2 * nth : 2 * nth + 2], strict=True):
                if verdict.rank < verdicts[nth].rank:
                    now[nth], verdicts[nth] = one, verdict
    return now


def _judged(
    aim: Aim, pattern: Pattern, some: Sequence[Baseline], trials: Trials, luck: Luck
) -> list[Verdict]:
    readings = trials.of_plans(pattern, [one.plan for one in some], luck)
    return [
        judged(aim, pattern, one.plan, reading) for one, reading in zip(some, readings, strict=True)
    ]
