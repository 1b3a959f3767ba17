"""Erlang-R: callers whose issue is not settled call again later (returns after service).

New calls arrive in a Poisson stream, wait first come, first served with endless patience, and are
served for exponential times; after that a share returns after an exponential time as another call.
Rates are per second, times in seconds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.theory.chain import over_time
from sim.theory.changing import Stretch
from sim.theory.erlang import ErlangC, check_limit, check_positive, check_queue, erlang_c

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def returns(
    *,
    agents: int,
    arrival_rate: float,
    mean_service: float,
    returning: float,
    within: float = 20.0,
) -> ErlangC:
    """Steady state, of all calls; `returning` is the probability of another call after each.

    Source: Jackson (1957), "Networks of waiting lines": centre and content are independent, and
    calls, new or not, find the centre as M/M/n with the rate arrival_rate / (1 - returning),
    whatever the time until the return (Yom-Tov and Mandelbaum 2014, "Erlang-R: a time-varying queue
    with reentrant customers", Manufacturing and Service Operations Management 16).

    Raises ValueError as erlang_c does, and for a probability outside 0 to below 1.
    """
    _check_returning(returning)
    return erlang_c(
        agents=agents,
        arrival_rate=arrival_rate / (1.0 - returning),
        mean_service=mean_service,
        within=within,
    )


@dataclass(frozen=True)
class ExpectedCalls:
    """What a stretch brings, as means. offered: calls, returns included. waited: their waits,
    seconds, even where they end later. answered_within: those who wait at most T. busy:
    agent-seconds of the stretch spent serving."""

    offered: float
    waited: float
    answered_within: float
    busy: float


def returns_over_time(
    stretches: Sequence[Stretch],
    *,
    mean_service: float,
    returning: float,
    mean_delay: float,
    within: float = 20.0,
) -> tuple[ExpectedCalls, ...]:
    """What is expected of each stretch, beginning with nobody there or to come; the number of
    agents must be the same in all. `within` is the limit T in seconds.

    Source: Kolmogorov's equations of the chain of calls in the centre and customers who will return
    (Yom-Tov and Mandelbaum 2014, section 2). A call that finds k others, of n agents, waits for
    k + 1 - n agents to become free, an Erlang time at the rate n / mean service; not at all if k is
    below n.

    Raises ValueError for no stretch, for one without agents or with other agents than the first,
    for a rate or time that is not positive and finite, for a negative or undefined limit, and for a
    probability outside 0 to below 1.
    """
    _check_returning(returning)
    check_positive("mean_delay", mean_delay)
    check_limit(within)
    agents = {stretch.agents for stretch in stretches}
    if len(agents) != 1:
        raise ValueError("there must be stretches, all with the same number of agents")
    rate = max(stretch.arrival_rate for stretch in stretches)
    check_queue(max(agents), rate, mean_service)
    reach = returning * rate / (1.0 - returning) * mean_delay
    waiting, content = 60, math.ceil(reach + 6.0 * math.sqrt(reach) + 10.0)
    while True:
        chain = _Chain(
            max(agents), 1.0 / mean_service, returning, 1.0 / mean_delay, waiting, content
        )
        expected, lost, forgotten = chain.expected(stretches, within)
        if max(lost, forgotten) < _NEGLIGIBLE:
            return expected
        waiting += waiting // 2 if lost >= _NEGLIGIBLE else 0
        content += content // 2 if forgotten >= _NEGLIGIBLE else 0


_NEGLIGIBLE = 1e-6
"""Calls, and returns, that may be lost in all because the chain is cut off."""


@dataclass(frozen=True)
class _Chain:
    """The chain of calls in the centre and customers to return, of whom `waiting` and `content` are
    the most that are told apart."""

    agents: int
    serving: float
    returning: float
    back: float
    waiting: int
    content: int

    def expected(
        self, stretches: Sequence[Stretch], within: float
    ) -> tuple[tuple[ExpectedCalls, ...], float, float]:
        """What each stretch brings, and the calls and the returns lost in all."""
        import numpy as np
        from scipy.special import gammainc

        calls, content = self._pairs()
        state = (calls + content == 0).astype(float)
        ahead = np.maximum(calls + 1 - self.agents, 0)
        free = self.agents * self.serving
        in_time = np.where(ahead > 0, gammainc(np.maximum(ahead, 1), free * within), 1.0)
        busy = np.minimum(calls, self.agents)
        found = []
        lost = np.zeros(2)
        for stretch in stretches:
            rate = stretch.arrival_rate + content * self.back
            rewards = np.array(
                [
                    rate,
                    rate * ahead / free,
                    rate * in_time,
                    busy,
                    rate * (calls == calls.max()),
                    busy * self.serving * self.returning * (content == self.content),
                ]
            )
            state, totals = over_time(self._generator(stretch), state, stretch.seconds, rewards)
            found.append(ExpectedCalls(*map(float, totals[:4])))
            lost += totals[4:]
        return tuple(found), float(lost[0]), float(lost[1])

    def _pairs(self) -> "tuple[Floats, Floats]":
        """Of each state the calls in the centre, and the customers who will return."""
        import numpy as np

        shape = (self.agents + self.waiting + 1, self.content + 1)
        calls, content = np.indices(shape).reshape(2, -1).astype(float)
        return calls, content

    def _generator(self, stretch: Stretch) -> Any:
        """From row to column."""
        import numpy as np
        from scipy.sparse import coo_array

        calls, content = self._pairs()
        here = np.arange(len(calls))
        row = self.content + 1  # from a number of calls to the next
        room, room_to_return = calls < calls.max(), content < self.content
        ending = np.minimum(calls, self.agents) * self.serving
        flows = (
            (row, stretch.arrival_rate * room),
            (row - 1, content * self.back * room),
            (-row, ending * (1.0 - self.returning * room_to_return)),
            (1 - row, ending * self.returning * room_to_return),
        )
        rows, columns, rates = [], [], []
        for shift, rate in flows:
            some = rate > 0.0
            rows += [here[some], here[some]]
            columns += [here[some] + shift, here[some]]
            rates += [rate[some], -rate[some]]
        entries = np.concatenate(rates), (np.concatenate(rows), np.concatenate(columns))
        return coo_array(entries, shape=(len(calls), len(calls))).tocsr()


def _check_returning(returning: float) -> None:
    if not (0.0 <= returning < 1.0 and math.isfinite(returning)):
        raise ValueError(f"returning must lie from 0 to below 1, not {returning}")
