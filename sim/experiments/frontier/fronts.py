"""Who beats whom in two things at once, and how sure that is."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from sim.experiments.frontier.results import Dominated, Step
from sim.statistics.estimate import Statistic, standard_errors
from sim.statistics.paired import difference
from sim.statistics.quotient import quotient


def on_front(costs: Sequence[float], qualities: Sequence[float]) -> list[int]:
    """The places that no other beats in both, the cheapest first; of equals the first."""
    front: list[int] = []
    for nth in sorted(range(len(costs)), key=lambda nth: (costs[nth], qualities[nth])):
        if not front or qualities[nth] < qualities[front[-1]]:
            front.append(nth)
    return front


def dominated(
    costs: Sequence[Statistic], qualities: Sequence[Statistic], front: Sequence[int]
) -> list[Dominated]:
    """The places off the frontier, each with the place of it that beats it most surely."""
    found = []
    for nth in range(len(costs)):
        if nth in front:
            continue
        beaten = [
            Dominated(
                place=nth,
                by=by,
                confidence=_confidence(costs[nth], costs[by], qualities[nth], qualities[by]),
                costs_more=float(costs[nth].value[0] - costs[by].value[0]),
                is_worse=float(qualities[nth].value[0] - qualities[by].value[0]),
            )
            for by in front
            if costs[by].value[0] <= costs[nth].value[0]
            and qualities[by].value[0] <= qualities[nth].value[0]
        ]
        found.append(max(beaten, key=lambda one: one.confidence or 0.0))
    return found


def _confidence(
    cost: Statistic, less_cost: Statistic, quality: Statistic, better: Statistic
) -> float | None:
    """That a place is beaten in both: as sure as the less sure of two one-sided comparisons, each
    paired on the same luck (an intersection-union test: Berger 1982, Technometrics 24)."""
    sure = [_sure(difference(cost, less_cost)), _sure(difference(quality, better))]
    known = [one for one in sure if one is not None]
    return min(known) if len(known) == len(sure) else None


def _sure(lead: Statistic) -> float | None:
    """How sure a paired difference is above zero, by Student's t; None with one replication."""
    from scipy.special import stdtr

    error = float(standard_errors(lead)[0])
    value = float(lead.value[0])
    if np.isnan(error) or lead.degrees < 1:
        return None
    if error == 0.0:
        return 1.0 if value >= 0.0 else 0.0
    return float(stdtr(lead.degrees, value / error))


def knee(costs: Sequence[float], qualities: Sequence[float], front: Sequence[int]) -> int | None:
    """The place of the frontier farthest below the straight line between its ends, when both axes
    are scaled to its extent (Das 1999, On characterizing the "knee" of the Pareto curve, Structural
    Optimization 18). None with fewer than three places, or if none lies below the line."""
    if len(front) < 3:
        return None
    x = np.array([costs[nth] for nth in front])
    y = np.array([qualities[nth] for nth in front])
    x, y = (x - x[0]) / (x[-1] - x[0]), (y - y[-1]) / (y[0] - y[-1])
    below = 1.0 - x - y
    farthest = int(below.argmax())
    return front[farthest] if below[farthest] > 1e-9 else None


def steps(
    costs: Sequence[Statistic], qualities: Sequence[Statistic], front: Sequence[int], unit: float
) -> list[Step]:
    """What each step along the frontier costs for so much of quality (`unit`, in its measure)."""
    found = []
    for start, end in pairwise(front):
        dearer = difference(costs[end], costs[start])
        better = difference(qualities[start], qualities[end])
        one = quotient(
            dearer, Statistic(better.value / unit, better.pulls / unit, better.estimator)
        )
        found.append(Step(start=start, end=end, price=one.mean, low=one.low, high=one.high))
    return found
