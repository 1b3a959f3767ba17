"""Own agents and a vendor who takes calls one by one, when demand is uncertain.

Calls arrive in a Poisson stream whose rate is drawn once and then known; staff is chosen before.
Service and patience are exponential. A call that finds `waiting` callers in the line is handed to
the vendor, who answers at once for a price per call; without a vendor it joins the line.

Source: Kocaga, Armony and Ward (2015), "Staffing call centers with uncertain arrival rates and
co-sourcing", Production and Operations Management 24: section 3 for the model, and for the policy,
a threshold on the line. The figures here are exact, from the birth-death process.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from sim.theory.erlang import check_positive, check_queue

_MOST_WAITING = 200
"""A larger threshold is as good as none."""
_NODES = 15


@dataclass(frozen=True)
class Prices:
    """What a second costs: of an agent; and once, of a call handed to the vendor, and of one that
    is abandoned."""

    agent: float
    outsourced: float
    abandoned: float


@dataclass(frozen=True)
class Flow:
    """Calls per second that are abandoned, and that are handed to the vendor."""

    abandoned: float
    outsourced: float


def flow(
    *,
    agents: int,
    arrival_rate: float,
    mean_service: float,
    mean_patience: float,
    waiting: int | None,
) -> Flow:
    """The steady state; `waiting` None: nothing is handed to the vendor.

    Raises ValueError as erlang_a does, and for a negative threshold.
    """
    check_queue(agents, arrival_rate, mean_service)
    check_positive("mean_patience", mean_patience)
    if waiting is not None and waiting < 0:
        raise ValueError(f"waiting must be 0 or more, found {waiting}")
    import numpy as np

    load = arrival_rate * max(mean_service, mean_patience)
    reach = math.ceil(load + 12.0 * math.sqrt(load) + 30.0)
    calls = np.arange(agents + (reach if waiting is None else waiting) + 1)
    in_line = np.maximum(calls - agents, 0)
    deaths = np.minimum(calls, agents) / mean_service + in_line / mean_patience
    weights = np.concatenate([[0.0], np.cumsum(np.log(arrival_rate) - np.log(deaths[1:]))])
    chances = np.exp(weights - weights.max())
    chances /= chances.sum()
    outsourced = 0.0 if waiting is None else arrival_rate * float(chances[-1])
    return Flow(float(in_line @ chances) / mean_patience, outsourced)


def normal_rates(mean: float, sd: float) -> list[tuple[float, float]]:
    """Rates and their weights, for a normal rate (Gauss-Hermite); those not above zero are left
    out."""
    if sd == 0.0:
        return [(mean, 1.0)]
    import numpy as np

    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    rates = [
        (float(mean + sd * node), float(weight))
        for node, weight in zip(nodes, weights, strict=True)
        if mean + sd * node > 0.0
    ]
    total = sum(weight for _, weight in rates)
    return [(rate, weight / total) for rate, weight in rates]


def cost(
    *,
    agents: int,
    rates: Sequence[tuple[float, float]],
    mean_service: float,
    mean_patience: float,
    prices: Prices,
    with_vendor: bool,
) -> float:
    """Expected cost per second, with the best threshold for each rate."""

    def of(rate: float, waiting: int | None) -> float:
        found = flow(
            agents=agents,
            arrival_rate=rate,
            mean_service=mean_service,
            mean_patience=mean_patience,
            waiting=waiting,
        )
        return prices.abandoned * found.abandoned + prices.outsourced * found.outsourced

    if not with_vendor:
        running = sum(weight * of(rate, None) for rate, weight in rates)
    else:
        running = sum(
            weight * _least(cache(lambda waiting, rate=rate: of(rate, waiting)))
            for rate, weight in rates
        )
    return prices.agent * agents + running


def _least(of: Callable[[int], float]) -> float:
    """The least cost over thresholds; it has one valley."""
    low, high = 0, _MOST_WAITING
    while high - low > 2:
        middle = (low + high) // 2
        low, high = (low, middle + 1) if of(middle) <= of(middle + 1) else (middle + 1, high)
    return min(of(waiting) for waiting in range(low, high + 1))


def best_staff(
    *,
    among: Sequence[int],
    rates: Sequence[tuple[float, float]],
    mean_service: float,
    mean_patience: float,
    prices: Prices,
    with_vendor: bool,
) -> tuple[int, float]:
    """The number of agents of least cost, and that cost per second."""
    costs = {
        agents: cost(
            agents=agents,
            rates=rates,
            mean_service=mean_service,
            mean_patience=mean_patience,
            prices=prices,
            with_vendor=with_vendor,
        )
        for agents in among
    }
    best = min(costs, key=costs.__getitem__)
    return best, costs[best]
