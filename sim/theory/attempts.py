"""Attempts as a fixed point: callers who call again are part of the load that makes them do so.

Fresh calls arrive in a Poisson stream. Of the attempts some are abandoned, by Erlang A at the rate
of attempts; of those who abandon a share redials, of those who are answered a share calls again.
Where they come back after long and varied delays, attempts are nearly a Poisson stream too, and
their rate a satisfies

    a = fresh + a (redial P(abandon; a) + again (1 - P(abandon; a)))

Source: Aguir, Karaesmen, Aksin and Chauvet (2004), "The impact of retrials on call center
performance", OR Spectrum 26, section 3, for redials; with callers who come back after service as
in Yom-Tov and Mandelbaum (2014), "Erlang-R", section 2.
"""

from dataclasses import dataclass

from sim.theory.erlang import check_positive
from sim.theory.impatient import erlang_a


@dataclass(frozen=True)
class Attempts:
    """rate: of all attempts, per second. p_abandon: share of the attempts that is abandoned.
    abandoned_per_fresh: abandoned attempts for each fresh call."""

    rate: float
    p_abandon: float
    abandoned_per_fresh: float


def attempts(
    *,
    agents: int,
    fresh_rate: float,
    mean_service: float,
    mean_patience: float,
    redial: float = 0.0,
    again: float = 0.0,
) -> Attempts:
    """The fixed point. `redial`: share of those who abandon that calls again; `again`: of those who
    are answered.

    Raises ValueError as erlang_a does, and for shares outside 0 to below 1.
    """
    check_positive("fresh_rate", fresh_rate)
    for name, share in (("redial", redial), ("again", again)):
        if not 0.0 <= share < 1.0:
            raise ValueError(f"{name} must be a share from 0 to below 1, found {share}")
    from scipy.optimize import brentq

    def abandoned(rate: float) -> float:
        queue = erlang_a(
            agents=agents,
            arrival_rate=rate,
            mean_service=mean_service,
            mean_patience=mean_patience,
        )
        return queue.p_abandon

    def surplus(rate: float) -> float:
        share = abandoned(rate)
        return fresh_rate + rate * (redial * share + again * (1.0 - share)) - rate

    most = fresh_rate / (1.0 - max(redial, again))
    rate = float(brentq(surplus, fresh_rate, most, xtol=1e-14)) if most > fresh_rate else fresh_rate
    share = abandoned(rate)
    return Attempts(rate, share, rate * share / fresh_rate)
