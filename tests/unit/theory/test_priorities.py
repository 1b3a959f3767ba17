"""Two classes of callers against the chain of both lines, solved as it stands."""

import numpy as np
import pytest
from scipy.linalg import expm

from sim.theory.erlang import erlang_c
from sim.theory.priorities import two_classes

AGENTS, FIRST, SECOND, SERVICE = 2, 0.4, 0.6, 1.0
MOST = 34
"""Of each line that is still told apart; at these rates longer ones are below 1e-9."""


def both_lines():
    """Probabilities that nobody waits with an agent idle, and by how many of each class wait."""
    free = AGENTS / SERVICE
    side = MOST + 1
    states = AGENTS + side * side  # first the states in which an agent is idle

    def place(first, second):
        return AGENTS + first * side + second

    flows = np.zeros((states, states))
    for busy in range(AGENTS):
        flows[busy, busy + 1 if busy + 1 < AGENTS else place(0, 0)] = FIRST + SECOND
        if busy:
            flows[busy, busy - 1] = busy / SERVICE
    for first in range(side):
        for second in range(side):
            here = place(first, second)
            if first < MOST:
                flows[here, place(first + 1, second)] = FIRST
            if second < MOST:
                flows[here, place(first, second + 1)] = SECOND
            if first or second:
                flows[here, place(first - 1, second) if first else place(0, second - 1)] = free
            else:
                flows[here, AGENTS - 1] = free
    balance = (flows - np.diag(flows.sum(axis=1))).T
    balance[0] = 1.0
    state = np.linalg.solve(balance, np.eye(states)[0])
    return state[:AGENTS].sum(), state[AGENTS:].reshape(side, side)


def test_both_classes_wait_as_in_the_chain_of_both_lines():
    _, waiting = both_lines()
    found = two_classes(
        agents=AGENTS, first_rate=FIRST, second_rate=SECOND, mean_service=SERVICE, within=1.5
    )
    lengths = np.arange(MOST + 1)
    assert found.p_wait == pytest.approx(waiting.sum(), rel=1e-6)
    assert found.mean_wait[0] == pytest.approx(waiting.sum(axis=1) @ lengths / FIRST, rel=1e-6)
    assert found.mean_wait[1] == pytest.approx(waiting.sum(axis=0) @ lengths / SECOND, rel=1e-5)


@pytest.mark.parametrize("within", [0.0, 0.5, 4.0])
def test_waits_beyond_a_limit_are_those_of_one_caller_followed_through_the_chain(within):
    """A caller of the second class waits for all of the first, also those who come later, and for
    those of its own class ahead: the chain of (first waiting, own ahead), by its exponential."""
    _, waiting = both_lines()
    side = 26
    free = AGENTS / SERVICE
    moves = np.zeros((side * side + 1, side * side + 1))
    for first in range(side):
        for ahead in range(side):
            here = first * side + ahead
            if first + 1 < side:
                moves[here, here + side] = FIRST
            after = here - side if first else here - 1 if ahead else side * side
            moves[here, after] = free
    moves -= np.diag(moves.sum(axis=1))
    begin = np.append(waiting[:side, :side].ravel(), 0.0)
    later = (begin @ expm(moves * within))[:-1].sum()
    found = two_classes(
        agents=AGENTS, first_rate=FIRST, second_rate=SECOND, mean_service=SERVICE, within=within
    )
    assert found.p_later[1] == pytest.approx(later, rel=1e-5)
    of_first = waiting.sum(axis=1)[:side]
    served = np.diag(np.full(side - 1, free), -1) - free * np.eye(side)
    assert found.p_later[0] == pytest.approx((of_first @ expm(served * within)).sum(), rel=1e-6)


def test_without_a_second_class_the_first_is_erlang_c():
    queue = {"agents": 10, "mean_service": 180.0, "within": 30.0}
    found = two_classes(first_rate=0.05, second_rate=1e-12, **queue)
    known = erlang_c(arrival_rate=0.05, **queue)
    assert found.mean_wait[0] == pytest.approx(known.mean_wait, rel=1e-8)
    assert found.p_later[0] == pytest.approx(known.p_later, rel=1e-8)


def test_the_classes_together_wait_as_without_priorities():
    """What the first class gains the second loses (Kleinrock's conservation law)."""
    found = two_classes(agents=10, first_rate=0.02, second_rate=0.03, mean_service=180.0)
    known = erlang_c(agents=10, arrival_rate=0.05, mean_service=180.0)
    together = (0.02 * found.mean_wait[0] + 0.03 * found.mean_wait[1]) / 0.05
    assert together == pytest.approx(known.mean_wait, rel=1e-12)


def test_more_work_than_agents_is_refused():
    with pytest.raises(ValueError, match="10 agents cannot serve 10 erlangs"):
        two_classes(agents=10, first_rate=0.6, second_rate=0.4, mean_service=10.0)
