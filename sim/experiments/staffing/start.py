"""First plans by formula: square-root staffing of the modified offered load, and Erlang A on it."""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sim.codes import RULES
from sim.experiments.staffing.load import Load
from sim.experiments.staffing.pattern import Pattern
from sim.experiments.staffing.reading import queues_of
from sim.experiments.staffing.targets import ABANDONMENT, SERVICE_LEVEL, WAIT, Target
from sim.tables.build import tables_of
from sim.tables.tables import Floats, Ints
from sim.theory import sizing
from sim.theory.impatient import ServiceLevelRule

BETAS = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Of the square-root rule: from a busy centre to one in which hardly anybody waits."""
USUAL = 0.8
"""Service level that planners size for where nothing else is said."""
_RULES: dict[str, ServiceLevelRule] = {
    "counted": "counted",
    "excluded": "excluded",
    "met": "met",
    "answered": "answered",
}


def starts(pattern: Pattern, load: Load, targets: Sequence[Target]) -> Iterator[Ints]:
    """Plans to begin with.

    Square-root: m + beta sqrt(m) agents, m being the modified offered load of the interval
    (Jennings, Mandelbaum, Massey and Whitt 1996, "Server staffing to meet time-varying demand";
    Green, Kolesar and Whitt 2007, "Coping with time-varying demand when setting staffing
    requirements for a service system", section 5). Erlang A: the smallest number that keeps the
    targets in steady state under that load (Feldman, Mandelbaum, Massey and Whitt 2008, "Staffing
    of time-varying queues to achieve time-stable performance", section 4).
    """
    m = load.erlangs
    for beta in BETAS:
        yield np.maximum(1, np.ceil(m + beta * np.sqrt(m))).astype(np.int64)
    sizes = sizing_targets(pattern, targets)
    yield sized(m / load.handle, load.handle, load.patience, sizes)


def sized(calls: Floats, handle: float, patience: float, targets: Sequence[sizing.Target]) -> Ints:
    """Agents by interval, each as if its rate of calls (per second) lasted for ever; one at least
    where anybody calls."""
    known: dict[float, int] = {}

    def agents(rate: float) -> int:
        numbers = [
            sizing.agents_for(
                target, arrival_rate=rate, mean_service=handle, mean_patience=patience
            )
            for target in targets
            if not (isinstance(target, sizing.AbandonmentTarget) and math.isinf(patience))
        ]
        return max([1, *numbers]) if rate > 0.0 else 0

    for rate in np.round(calls, 9).tolist():
        if rate not in known:
            known[rate] = agents(rate)
    return np.array([known[rate] for rate in np.round(calls, 9).tolist()], dtype=np.int64)


def sizing_targets(
    pattern: Pattern, targets: Sequence[Target], can: Callable[[Target], bool] = lambda _: True
) -> list[sizing.Target]:
    """What formulas can size for: those of the targets that they know, or else the team's service
    level. can: whether a formula knows one."""
    queue = int(queues_of(tables_of(pattern.scenario), pattern.team)[0])
    terms = tables_of(pattern.scenario).terms.targets
    within, rule = float(terms.within[queue]), _RULES[RULES[terms.rule[queue]]]
    found: list[sizing.Target] = []
    for target in filter(can, targets):
        if target.measure == SERVICE_LEVEL:
            found.append(sizing.ServiceLevelTarget(target.bound, within, rule))
        elif target.measure == ABANDONMENT:
            found.append(sizing.AbandonmentTarget(target.bound))
        elif target.measure == WAIT:
            found.append(sizing.MeanWaitTarget(target.bound))
    if found:
        return found
    share = float(terms.share[queue])
    usual = share if 0.0 < share < 1.0 else USUAL
    return [sizing.ServiceLevelTarget(usual, within, rule)]
