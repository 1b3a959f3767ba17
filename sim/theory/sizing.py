"""How many agents a target asks for, under Erlang A or, with endless patience, Erlang C."""

import math
from dataclasses import dataclass

from sim.theory.erlang import check_limit, check_positive, erlang_c
from sim.theory.impatient import ServiceLevelRule, erlang_a


@dataclass(frozen=True)
class AbandonmentTarget:
    """Of the calls offered, at most the share `at_most` is abandoned.

    Raises ValueError for a share outside 0 to 1.
    """

    at_most: float

    def __post_init__(self) -> None:
        _check_share("at_most", self.at_most)


@dataclass(frozen=True)
class ServiceLevelTarget:
    """A service level of at least the share `at_least` within `within` seconds, by `rule`.

    Raises ValueError for a share outside 0 to 1 or a negative time.
    """

    at_least: float
    within: float
    rule: ServiceLevelRule = "counted"

    def __post_init__(self) -> None:
        _check_share("at_least", self.at_least)
        check_limit(self.within)


@dataclass(frozen=True)
class MeanWaitTarget:
    """Calls wait at most `at_most` seconds on average, those that are abandoned included.

    Raises ValueError for a time that is not positive and finite.
    """

    at_most: float

    def __post_init__(self) -> None:
        check_positive("at_most", self.at_most)


Target = AbandonmentTarget | ServiceLevelTarget | MeanWaitTarget


def agents_for(
    target: Target, *, arrival_rate: float, mean_service: float, mean_patience: float = math.inf
) -> int:
    """Smallest number of agents that meets the target in steady state; 0 if nobody calls.

    Rate per second, times in seconds. Every measure here improves with each agent, so the number is
    found by doubling and halving.

    Raises ValueError for a rate below zero, for a time that is not positive, for an abandonment
    target with endless patience, and for an unknown rule.
    """
    check_positive("mean_service", mean_service)
    if arrival_rate == 0.0:
        return 0
    if isinstance(target, AbandonmentTarget) and math.isinf(mean_patience):
        raise ValueError("an abandonment target needs callers whose patience ends")

    def meets(agents: int) -> bool:
        return _meets(target, agents, arrival_rate, mean_service, mean_patience)

    too_few, enough = 0, max(1, math.ceil(arrival_rate * mean_service))
    while not meets(enough):
        too_few, enough = enough, 2 * enough
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if meets(middle):
            enough = middle
        else:
            too_few = middle
    return enough


def _meets(
    target: Target, agents: int, arrival_rate: float, mean_service: float, mean_patience: float
) -> bool:
    within = target.within if isinstance(target, ServiceLevelTarget) else 20.0
    queue = {"arrival_rate": arrival_rate, "mean_service": mean_service, "within": within}
    if math.isinf(mean_patience):
        endless = erlang_c(agents=agents, **queue)
        if isinstance(target, MeanWaitTarget):
            return endless.mean_wait <= target.at_most
        assert isinstance(target, ServiceLevelTarget)
        return endless.service_level >= target.at_least
    found = erlang_a(agents=agents, mean_patience=mean_patience, **queue)
    match target:
        case AbandonmentTarget():
            return found.p_abandon <= target.at_most
        case MeanWaitTarget():
            return found.mean_wait <= target.at_most
        case ServiceLevelTarget():
            return found.service_level(target.rule) >= target.at_least


def _check_share(name: str, share: float) -> None:
    if not 0.0 < share < 1.0:
        raise ValueError(f"{name} must lie between 0 and 1, not {share}")
