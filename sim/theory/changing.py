"""A queue whose rate of calls and number of agents change over the day: M_t/M/n_t+M.

Calls arrive in a Poisson stream, are served first come, first served for exponential times, and
hang up when an exponential patience ends. Where the number of agents falls, the idle go first, and
those who talk finish their call; they owe it to leave. Where it rises, departures that are owed are
cancelled before anybody comes. Rates are per second, times in seconds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.theory.erlang import check_limit, check_positive

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

STEP = 10.0
"""Seconds, about, between two points of an integral over time (Simpson's rule)."""
_LAST_STEPS = 8
"""Steps of the integral over the last T seconds of a stretch."""


class Stretch(NamedTuple):
    """A time in which nothing changes."""

    seconds: float
    arrival_rate: float
    agents: int


@dataclass(frozen=True)
class Expected:
    """What a stretch brings, as means. offered: calls. abandoned, answered_within: of these, those
    who hang up, and those answered within T, even if that is in a later stretch. waited: their
    waits, seconds. busy, overtime: agent-seconds of the stretch spent serving, and those of them
    beyond the number of agents."""

    offered: float
    abandoned: float
    answered_within: float
    waited: float
    busy: float
    overtime: float


def changing(
    stretches: Sequence[Stretch], *, mean_service: float, mean_patience: float, within: float = 20.0
) -> tuple[Expected, ...]:
    """What is expected of each stretch, beginning with an empty centre; `within` is T, seconds.

    The last stretch must be so quiet that nobody is left waiting at its end.

    Source: Kolmogorov's equations of the Markov chain of calls and owed departures, forward for the
    state that a call finds, backward for what becomes of it. The model without owed departures is
    that of Mandelbaum, Massey, Reiman and Rider (1999), "Time varying multiserver queues with
    abandonment and retrials".

    Raises ValueError for no stretch, for a time that is not positive and finite, for a rate or a
    number below zero, and for a stretch shorter than the limit T.
    """
    check_positive("mean_service", mean_service)
    check_positive("mean_patience", mean_patience)
    check_limit(within)
    if not stretches:
        raise ValueError("there must be at least one stretch")
    for stretch in stretches:
        check_positive("seconds", stretch.seconds)
        if stretch.arrival_rate < 0.0 or stretch.agents < 0:
            raise ValueError(f"rates and agents must not be negative: {stretch}")
        if stretch.seconds < within:
            raise ValueError(f"a stretch must last for the limit of {within:g} s: {stretch}")
    chains = _Chains.of(stretches, 1.0 / mean_service, 1.0 / mean_patience)
    found = _found_by_calls(chains, stretches, within)
    return _what_becomes(chains, stretches, found)


class _Panel(NamedTuple):
    """Times of a stretch, evenly apart, and at each the probabilities of the centre's states."""

    times: "Floats"
    states: "Floats"


def _found_by_calls(
    chains: "_Chains", stretches: Sequence[Stretch], within: float
) -> list[tuple[_Panel, _Panel]]:
    """What calls find: for each stretch the time before its last T seconds, and these."""
    import numpy as np

    state = np.zeros(chains.size)
    state[0] = 1.0
    before = stretches[0].agents
    found = []
    for stretch in stretches:
        changed = np.zeros(chains.size)
        np.add.at(changed, chains.centre_after(before, stretch.agents), state)
        quiet = stretch.seconds - within
        forward = chains.centre(stretch).T
        early = _walk(forward, changed, quiet, 2 * max(1, math.ceil(quiet / STEP / 2.0)))
        last = _walk(forward, early.states[-1], within, _LAST_STEPS)
        found.append((early, last))
        state, before = last.states[-1], stretch.agents
    return found


def _what_becomes(
    chains: "_Chains", stretches: Sequence[Stretch], found: list[tuple[_Panel, _Panel]]
) -> tuple[Expected, ...]:
    """What becomes of those calls, from the last stretch back to the first."""
    import numpy as np

    fate = np.zeros((chains.size + 3, 2))  # of one who waits: hangs up; seconds still to wait
    fate[chains.abandoned, 0] = fate[chains.clock, 1] = 1.0
    following = stretches[-1]
    expected = []
    for stretch, (early, last) in zip(reversed(stretches), reversed(found), strict=True):
        fate = fate[chains.caller_after(stretch.agents, following.agents)]
        sums = np.zeros(5)
        for panel, soon in (
            (last, _answered_soon_late(chains, stretch, following, last)),
            (early, _answered_soon(chains, stretch, last)),
        ):
            length = panel.times[-1]
            fates = _walk(chains.caller(stretch), fate, length, len(panel.times) - 1).states[::-1]
            fate = fates[0]
            sums += _integrals(chains, stretch, panel, fates, soon)
        abandoned, waited, in_time = stretch.arrival_rate * sums[:3]
        offered = stretch.arrival_rate * stretch.seconds
        figures = (offered, abandoned, in_time, waited, sums[3], sums[4])
        expected.append(Expected(*map(float, figures)))
        following = stretch
    return tuple(reversed(expected))


def _integrals(
    chains: "_Chains", stretch: Stretch, panel: _Panel, fates: "Floats", soon: "Floats"
) -> "Floats":
    """Over the time of a panel: the chances that a call that comes then hangs up, its seconds of
    waiting, the chance that it is answered within T, the agents busy, and the departures owed."""
    import numpy as np
    from scipy.integrate import simpson

    if panel.times[-1] == 0.0:
        return np.zeros(5)
    at_once, joins, busy, owed = chains.seen(stretch.agents)
    waiting = panel.states * ~at_once
    integrands = (
        (waiting * fates[:, joins, 0]).sum(axis=1),
        (waiting * fates[:, joins, 1]).sum(axis=1),
        panel.states @ at_once + (waiting * soon[:, joins]).sum(axis=1),
        panel.states @ busy,
        panel.states @ owed,
    )
    return np.array([simpson(values, x=panel.times) for values in integrands])


def _answered_soon(chains: "_Chains", stretch: Stretch, last: _Panel) -> "Floats":
    """By the state of one who waits, the share answered within T, all in one stretch; a row."""
    within = last.times[-1]
    return _walk(chains.caller(stretch), chains.is_answered(), within, 1).states[1:]


def _answered_soon_late(
    chains: "_Chains", stretch: Stretch, following: Stretch, last: _Panel
) -> "Floats":
    """The same at each time of the last T seconds of a stretch: the rest is in the following."""
    import numpy as np

    within, steps = last.times[-1], len(last.times) - 1
    later = _walk(chains.caller(following), chains.is_answered(), within, steps).states
    later = later[:, chains.caller_after(stretch.agents, following.agents)]
    now = _move(chains.caller(stretch), within / steps)
    soon = []
    for k, shares in enumerate(later):
        before = shares
        for _ in range(steps - k):
            before = now @ before
        soon.append(before)
    return np.array(soon)


def _walk(generator: Any, start: "Floats", seconds: float, steps: int) -> _Panel:
    """The solution x of x' = generator x at evenly spaced times, from `start` on."""
    import numpy as np

    move = _move(generator, seconds / steps)
    along = [start]
    for _ in range(steps):
        along.append(move @ along[-1])
    return _Panel(np.linspace(0.0, seconds, steps + 1), np.array(along))


def _move(generator: Any, seconds: float) -> "Floats":
    """The matrix exponential of a generator times seconds."""
    import numpy as np
    from scipy.sparse.linalg import expm_multiply

    moved: Floats = expm_multiply(generator * seconds, np.eye(generator.shape[0]))
    return moved


@dataclass(frozen=True)
class _Chains:
    """The two chains, their states numbered by `owed` and, within it, by the first of each pair.

    The centre's state is (calls, owed): calls in service or waiting, and departures owed; while
    some are, all agents and as many more are busy. That of one waiting caller is (ahead, owed);
    behind these stand `answered`, `abandoned`, and a `clock` that counts while it waits.
    """

    serving: float
    leaving: float
    most_calls: int
    most_owed: int

    @classmethod
    def of(cls, stretches: Sequence[Stretch], serving: float, leaving: float) -> "_Chains":
        """As large as these stretches can need."""
        reach = min(
            max(stretch.arrival_rate for stretch in stretches) / min(serving, leaving),
            sum(stretch.arrival_rate * stretch.seconds for stretch in stretches),
        )
        owed = most_owed = 0
        for before, after in pairwise(stretches):
            owed = max(0, owed + before.agents - after.agents)
            most_owed = max(most_owed, owed)
        most_calls = math.ceil(reach + 6.0 * math.sqrt(reach) + 12.0)
        return cls(serving, leaving, most_calls, most_owed)

    @property
    def size(self) -> int:
        return (self.most_calls + 1) * (self.most_owed + 1)

    @property
    def answered(self) -> int:
        return self.size

    @property
    def abandoned(self) -> int:
        return self.size + 1

    @property
    def clock(self) -> int:
        return self.size + 2

    def is_answered(self) -> "Floats":
        """1 for a caller who has been answered, else 0."""
        import numpy as np

        return np.asarray(np.arange(self.size + 3) == self.answered, dtype=np.float64)

    def pairs(self) -> "tuple[Ints, Ints]":
        """Of each state the first number, and what is owed."""
        import numpy as np

        state = np.arange(self.size)
        return state % (self.most_calls + 1), state // (self.most_calls + 1)

    def state(self, first: "Ints", owed: "Ints") -> "Ints":
        """The number of a state."""
        import numpy as np

        number: Ints = np.clip(first, 0, self.most_calls) + owed * (self.most_calls + 1)
        return number

    def seen(self, agents: int) -> "tuple[NDArray[np.bool_], Ints, Ints, Ints]":
        """By the centre's state: whether a call is answered at once, the state in which it waits
        otherwise, the agents busy, and those of them who owe it to leave."""
        import numpy as np

        calls, owed = self.pairs()
        busy = np.where(owed > 0, agents + owed, np.minimum(calls, agents))
        return (owed == 0) & (calls < agents), self.state(calls - busy, owed), busy, owed

    def centre(self, stretch: Stretch) -> Any:
        """The generator of the centre's chain (a sparse array, from row to column)."""
        import numpy as np

        calls, owed = self.pairs()
        _, _, busy, _ = self.seen(stretch.agents)
        ending = np.minimum(busy, calls) * self.serving
        waiting = np.maximum(calls - busy, 0)
        return self._generator(
            (self.state(calls + 1, owed), stretch.arrival_rate * (calls < self.most_calls)),
            (self.state(calls - 1, np.maximum(owed - 1, 0)), ending),
            (self.state(calls - 1, owed), waiting * self.leaving),
        )

    def caller(self, stretch: Stretch) -> Any:
        """The generator of a waiting caller's chain."""
        import numpy as np

        ahead, owed = self.pairs()
        ending = (stretch.agents + owed) * self.serving
        served = np.where(ahead > 0, self.state(ahead - 1, owed), self.answered)
        one = np.ones(self.size)
        return self._generator(
            (np.where(owed > 0, self.state(ahead, np.maximum(owed - 1, 0)), served), ending),
            (self.state(ahead - 1, owed), ahead * self.leaving),
            (self.abandoned * one.astype(int), self.leaving * one),
            clock=True,
        )

    def _generator(self, *flows: "tuple[Ints, NDArray[Any]]", clock: bool = False) -> Any:
        import numpy as np
        from scipy.sparse import coo_array

        here = np.arange(self.size)
        rows = np.concatenate([here] * (2 * len(flows)))
        columns = np.concatenate([*(after for after, _ in flows), *([here] * len(flows))])
        rates = np.concatenate([*(rate for _, rate in flows), *(-rate for _, rate in flows)])
        size = self.size
        if clock:
            rows, columns = np.append(rows, here), np.append(columns, np.full(size, self.clock))
            rates = np.append(rates, np.ones(size))
            size += 3
        return coo_array((rates, (rows, columns)), shape=(size, size)).tocsr()

    def centre_after(self, before: int, after: int) -> "Ints":
        """The centre's state after a change of the number of agents, by that before it."""
        import numpy as np

        calls, _ = self.pairs()
        _, _, busy, _ = self.seen(before)
        return self.state(calls, np.clip(busy - after, 0, self.most_owed))

    def caller_after(self, before: int, after: int) -> "Ints":
        """A waiting caller's state after such a change: new agents take the first in the line."""
        import numpy as np

        ahead, owed = self.pairs()
        coming = np.maximum(after - before - owed, 0)
        still = self.state(ahead - coming, np.clip(owed + before - after, 0, self.most_owed))
        return np.append(np.where(coming > ahead, self.answered, still), self.size + np.arange(3))
