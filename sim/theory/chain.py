"""Markov chains, solved as they stand: the steady state of any that can be written down, and the
race of a waiting caller's patience against the agents.

No formula of queueing is used here; SciPy solves the equations. Rates are per second.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

State = TypeVar("State", bound=Hashable)
Flows = Callable[[State], Iterable[tuple[State, float]]]
"""From a state to the states that may follow it, each with its rate."""


def steady_state(start: State, flows: Flows[State]) -> dict[State, float]:
    """The probabilities of all states that can be reached from `start`, of which there must be
    finitely many, each of them reachable from every other.

    Source: the balance equations, what flows out of a state flows into it, solved by sparse LU.
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.linalg import splu

    number = {start: 0}
    rows, columns, rates = [], [], []
    states = [start]
    for state in states:  # grows while it is walked through
        here = number[state]
        for after, rate in flows(state):
            if rate > 0.0:
                if after not in number:
                    number[after] = len(states)
                    states.append(after)
                rows += [number[after], here]
                columns += [here, here]
                rates += [rate, -rate]
    balance = coo_array((rates, (rows, columns)), shape=(len(states), len(states))).tocsc()
    # The first state is given the weight 1; its own balance follows from the others.
    inflow = -balance[1:, [0]].toarray().ravel()
    weights = np.append(1.0, splu(balance[1:, 1:]).solve(inflow)) if len(states) > 1 else [1.0]
    shares = np.asarray(weights) / np.sum(weights)
    return dict(zip(states, shares.tolist(), strict=True))


@dataclass(frozen=True)
class Race:
    """How the wait ends of a caller with 0, 1, 2, … others ahead; arrays by their number.

    answered: share answered in the end. wait, wait_answered: mean wait, until answered or hung up;
    the part of it that ends in an answer (0 for those who hang up). answered_within,
    abandoned_within: answered, or hung up, after at most T.
    """

    answered: "Floats"
    wait: "Floats"
    wait_answered: "Floats"
    answered_within: "Floats"
    abandoned_within: "Floats"


def race(places: int, serving: float, leaving: float, within: float) -> Race:
    """The race for up to `places` - 1 others ahead, first come, first served.

    serving: rate at which agents become free while somebody waits. leaving: rate at which each
    waiting caller hangs up, 0 for endless patience. within: the limit T, seconds.

    Source: with i others ahead a caller waits for a time of rate serving + (i + 1) leaving, and
    then moves up with probability (serving + i leaving) / that rate, else hangs up. The share
    answered within T is the solution of the chain's Kolmogorov equations at T.
    """
    import numpy as np

    answered, wait, wait_answered = (np.zeros(places + 1) for _ in range(3))
    answered[0] = 1.0  # entry i + 1 is for i others ahead
    for ahead in range(places):
        moving = serving + ahead * leaving
        rate = moving + leaving
        answered[ahead + 1] = moving / rate * answered[ahead]
        wait[ahead + 1] = 1.0 / rate + moving / rate * wait[ahead]
        wait_answered[ahead + 1] = moving / rate * (answered[ahead] / rate + wait_answered[ahead])
    in_time, given_up = _ended_by(places, serving, leaving, within)
    return Race(answered[1:], wait[1:], wait_answered[1:], in_time, given_up)


def _ended_by(
    places: int, serving: float, leaving: float, within: float
) -> tuple["Floats", "Floats"]:
    """By the number ahead, the shares answered and hung up by a time."""
    import numpy as np
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import expm_multiply

    if places == 0:
        return np.zeros(0), np.zeros(0)
    moving = serving + np.arange(places) * leaving
    # The last two states are the ends; a column each says which of them was reached.
    chain = diags_array(
        [np.append(-(moving + leaving), [0.0, 0.0]), np.append(moving[1:], [0.0, 0.0])],
        offsets=[0, -1],
        shape=(places + 2, places + 2),
    ).tolil()
    chain[0, places] = serving
    chain[:places, places + 1] = leaving
    ends = np.zeros((places + 2, 2))
    ends[places, 0] = ends[places + 1, 1] = 1.0
    reached = expm_multiply(chain.tocsr() * within, ends)[:places]
    return reached[:, 0], reached[:, 1]


def over_time(
    generator: Any, start: "Floats", seconds: float, rewards: "Floats"
) -> tuple["Floats", "Floats"]:
    """The probabilities of a chain's states after a time, and what rewards have come to by then.

    generator: a sparse array of rates from row to column, its rows adding up to 0. start: the
    probabilities at the beginning. rewards: for each reward a row, per second spent in each state.

    Source: Kolmogorov's forward equations, with an equation more for each reward.
    """
    import numpy as np
    from scipy.sparse import block_array, coo_array, csr_array
    from scipy.sparse.linalg import expm_multiply

    many = len(rewards)
    whole = block_array(
        [[generator.T, None], [csr_array(rewards), coo_array((many, many))]], format="csr"
    )
    ended = expm_multiply(whole * seconds, np.append(start, np.zeros(many)))
    return ended[:-many], ended[-many:]
