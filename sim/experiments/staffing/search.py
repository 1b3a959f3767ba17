"""From a first plan to a better one, tried out on the same luck at every step."""

from collections.abc import Callable, Sequence

import numpy as np

from sim.experiments.staffing.effects import (
    Effects,
    effects_of,
    moves,
    neighbours,
    stripes,
    windows,
)
from sim.experiments.staffing.judging import Aim, Verdict, best, judged
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.trials import Luck, Trials
from sim.tables.tables import Floats, Ints

ROUNDS = 8
"""At most so many rounds of moves all over the week."""
REPAIRS = 40
"""At most so many rounds in which agents are added where a target is missed."""
CYCLES = 3
"""Of sparing and exchanging agents, at most."""
_WORTH = 0.002
"""Share of the cost that a cycle must save for another to follow."""
_EXCHANGES = ((1,), (-1,), (-1, 1), (1, 2))
"""Where, in intervals from the one that gets an agent, others lose one."""
_PRICES = 9
"""Sizes of move that a round tries."""
_FINALISTS = 3
"""Of several plans so many are tried on all the luck."""


class Search:
    """The best plan so far, and how it is judged; a search can be stopped at any time."""

    def __init__(
        self, aim: Aim, pattern: Pattern, trials: Trials, luck: Luck, plans: Sequence[Ints]
    ) -> None:
        """Begin with the best of some plans. Raises Stopped on Ctrl-C, as all that follows."""
        self.aim, self.pattern, self.trials, self.luck = aim, pattern, trials, luck
        self.plan, self.verdict = self._best(plans)

    def descend(self) -> None:
        """Move agents to where they do most, as many as pay: rounds of a steepest descent.

        Each round measures what one agent more or fewer does in each interval, and tries plans that
        add agents wherever that gains more than a price and take them where it harms less, at
        several prices. It ends when none is better beyond luck.
        """
        for _ in range(ROUNDS):
            plan = self.plan
            effects = self._effects()
            if not (self._try(plan, effects) or self._try_some(plan, effects)):
                return

    def repair(self) -> None:
        """Add agents until no target is missed: where one by interval is, else where they gain
        most."""
        for _ in range(REPAIRS):
            if self.verdict.keeps:
                return
            more = (self.verdict.short > 0.0).astype(np.int64)
            if not more.any():
                gained = self._effects().gained
                more[np.argsort(-gained, kind="stable")[: max(1, self.pattern.size // 20)]] = 1
            plan = self.plan + more
            self.plan, self.verdict = plan, self._judged([plan], self.luck)[0]

    def keep(self) -> None:
        """Keep the targets with as few agents as can be: most of the way on few replications, then
        mend and spare on all of them."""
        whole = self.luck
        self._begin_on(self._few)
        self._spare_and_exchange()
        self._begin_on(whole)
        self.trim()

    def _begin_on(self, luck: Luck) -> None:
        """Judge the plan anew on other luck, and mend it."""
        self.luck = luck
        self.verdict = self._judged([self.plan], luck)[0]
        self.repair()

    def _spare_and_exchange(self) -> None:
        """As long as that saves anything worth a further round."""
        for _ in range(CYCLES):
            before = self.verdict.cost
            if any(target.period != "interval" for target in self.aim.targets):
                self.descend()
            self.trim()
            self.exchange()
            if not self.verdict.keeps or self.verdict.cost > (1.0 - _WORTH) * before:
                return

    def trim(self) -> None:
        """Take away every agent without whom all targets are still kept, a stripe at a time, until
        nobody can be spared."""
        near = windows(self.pattern)
        may_go = np.ones(self.pattern.size, dtype=bool)
        while may_go.any() and self.verdict.keeps:
            for stripe in stripes(self.pattern):
                tried = stripe[may_go[stripe] & (self.plan[stripe] > 0)]
                may_go[stripe] = False
                may_go[self._kept(tried, lambda some: _changed(self.plan, some, -1), near)] = True

    def exchange(self) -> None:
        """Put an agent into an interval where fewer around it cost less and keep all targets."""
        for offsets in _EXCHANGES:
            reach = windows(self.pattern, min(0, *offsets))
            around = [neighbours(self.pattern, offset) for offset in offsets]
            for stripe in stripes(self.pattern):
                if not self.verdict.keeps:
                    return

                def moved(some: Ints, around: Sequence[Ints] = around) -> Ints:
                    plan = _changed(self.plan, some, 1)
                    for near in around:
                        plan = _changed(plan, near[some], -1)
                    return plan

                there = np.all([near[stripe] >= 0 for near in around], axis=0)
                hours = self.pattern.hours(self.plan)
                cheaper = [
                    bool(ok) and self.pattern.hours(moved(stripe[[nth]])) < hours
                    for nth, ok in enumerate(there)
                ]
                self._kept(stripe[cheaper], moved, reach)

    @property
    def _few(self) -> Luck:
        """Enough to see where agents do most, and which plans are worth more."""
        return Luck(self.luck.first, max(2, self.luck.replications // 3))

    def _kept(self, tried: Ints, change: Callable[[Ints], Ints], near: Floats) -> Ints:
        """Change the plan in some intervals, and leave out those near which a target by interval is
        then missed; half of them are left out, and so on, where all together are too many for one
        by day or week. Returns those that were changed."""
        while len(tried):
            plan = change(tried)
            verdict = self._judged([plan], self.luck)[0]
            if verdict.keeps:
                self.plan, self.verdict = plan, verdict
                return tried
            harmless = tried[(near @ verdict.short)[tried] <= 0.0]
            tried = harmless if len(harmless) < len(tried) else tried[: len(tried) // 2]
        return tried

    def _effects(self) -> Effects:
        return effects_of(self.aim, self.pattern, self.plan, self.trials, self._few)

    def _try(self, plan: Ints, effects: Effects) -> bool:
        """Moves at several prices, by day the best of them, and the best again in parts."""
        every = np.concatenate([effects.gained, effects.harmed])
        known = np.sort(every[np.isfinite(every) & (every > 0.0)])
        if not len(known):
            return False
        shares = (np.arange(_PRICES) + 0.5) / _PRICES
        changes = [moves(effects, float(price)) for price in np.quantile(known, shares)]
        return self._take_best([plan + change for change in changes])

    def _try_some(self, plan: Ints, effects: Effects) -> bool:
        """Smaller moves: the most worthwhile only, of one kind or of both in pairs."""
        adds = np.argsort(-effects.gained, kind="stable")
        takes = np.argsort(effects.harmed, kind="stable")
        takes = takes[np.isfinite(effects.harmed[takes])]
        plans = []
        for many in sorted({1, 3, max(1, self.pattern.size // 12)}):
            more, fewer = adds[:many], takes[:many]
            plans += [
                _changed(plan, more, 1),
                _changed(plan, fewer, -1),
                _changed(_changed(plan, more, 1), fewer, -1),
            ]
        return self._take_best(plans)

    def _take_best(self, plans: Sequence[Ints]) -> bool:
        """Take the best of some plans if it beats the one that there is."""
        plan, verdict = self._best(plans)
        if not verdict.beats(self.verdict):
            return False
        self.plan, self.verdict = plan, verdict
        return True

    def _best(self, plans: Sequence[Ints]) -> tuple[Ints, Verdict]:
        finalists = list(plans)
        if len(plans) > _FINALISTS:
            tried = self._judged(plans, self._few)
            order = sorted(range(len(plans)), key=lambda nth: tried[nth].rank)
            finalists = [plans[nth] for nth in order[:_FINALISTS]]
        verdicts = self._judged(finalists, self.luck)
        first = best(verdicts)
        return finalists[first], verdicts[first]

    def _judged(self, plans: Sequence[Ints], luck: Luck) -> list[Verdict]:
        readings = self.trials.of_plans(self.pattern, plans, luck)
        return [
            judged(self.aim, self.pattern, plan, reading)
            for plan, reading in zip(plans, readings, strict=True)
        ]


def _changed(plan: Ints, where: Ints, by: int) -> Ints:
    changed = plan.copy()
    changed[where] = np.maximum(0, changed[where] + by)
    return changed
