"""Routes by share and by the length of the queue, against formulas that know nothing of them.

Shares split a Poisson stream into independent ones, each the textbook's queue of its own team. A
route that opens at a length makes a Markov chain of few dimensions, which is solved as it stands.
Bounds are those of tests/theory/test_textbook.py: four standard errors, and these small.
"""

from itertools import product

import numpy as np
import pytest
from scipy.sparse import lil_matrix
from scipy.sparse.linalg import spsolve

from sim.theory.impatient import erlang_a
from tests.theory.test_textbook import (
    Simulated,
    abandoned,
    arrived,
    handled,
    wait,
    wait_of_handled,
)

PATIENCE = 180.0
TALK = 300.0


def of_team(team, count):
    """Counts only what one team did."""
    return lambda rows: count(rows[rows["team"] == team])


def centre(teams, routes, per_hour):
    """Overrides of the textbook's Erlang A: its one team replaced by several, with these routes."""
    agents = ", ".join(f"{name} = {{ agents = {number} }}" for name, number in teams)
    return (
        f"teams={{ agents = false, {agents} }}",
        f"queues={{ calls = {{ routes = [{', '.join(routes)}] }} }}",
        f"reasons.call.volume.per_hour={per_hour}",
    )


@pytest.mark.parametrize(("share", "small", "large"), [(0.3, 6, 12), (0.5, 8, 10)])
def test_shares_make_independent_queues_of_one_stream(share, small, large):
    per_hour = 200.0
    simulated = Simulated(
        "erlang-a",
        *centre(
            [("small", small), ("large", large)],
            [
                f'{{ team = "small", share = {share} }}',
                f'{{ team = "large", share = {1 - share} }}',
            ],
            per_hour,
        ),
    )
    lost = 0.0
    for team, agents, part in ((0, small, share), (1, large, 1 - share)):
        theory = erlang_a(
            agents=agents,
            arrival_rate=part * per_hour / 3600.0,
            mean_service=TALK,
            mean_patience=PATIENCE,
            within=20.0,
        )
        lost += part * theory.p_abandon
        simulated.meets(part * (1 - theory.p_abandon), of_team(team, handled), arrived, 0.05)
        simulated.meets(
            theory.mean_wait_answered, of_team(team, wait_of_handled), of_team(team, handled), 0.2
        )
    simulated.meets(lost, abandoned, arrived, 0.12)


def overflow(rate, home, help_, length, patience, most=150):
    """Share abandoned, mean wait and share of contacts handled by the helpers, if these take the
    first in line while more than `length` wait (at least one), solved from the balance of flows.

    A state is the busy agents of both teams and who waits. Nobody waits with an idle agent at home;
    more than `length` wait only if all helpers are busy.
    """
    talk = 1.0 / TALK
    states = [
        (at_home, helping, waiting)
        for at_home, helping, waiting in product(range(home + 1), range(help_ + 1), range(most + 1))
        if (waiting == 0 or at_home == home) and (waiting <= length or helping == help_)
    ]
    place = {state: number for number, state in enumerate(states)}
    flows = lil_matrix((len(states), len(states)))

    def flow(state, after, rate_of_it):
        if rate_of_it and after in place:
            flows[place[after], place[state]] += rate_of_it
            flows[place[state], place[state]] -= rate_of_it

    for state in states:
        at_home, helping, waiting = state
        if at_home < home:
            flow(state, (at_home + 1, helping, 0), rate)
        elif waiting + 1 > length and helping < help_:
            flow(state, (home, helping + 1, waiting), rate)
        else:
            flow(state, (home, helping, waiting + 1), rate)
        flow(state, (at_home - (waiting == 0), helping, max(waiting - 1, 0)), at_home * talk)
        taken = waiting > length
        flow(state, (at_home, helping - (not taken), waiting - taken), helping * talk)
        flow(state, (at_home, helping, waiting - 1), waiting / patience)
    flows[0, :] = 1.0
    right = np.zeros(len(states))
    right[0] = 1.0
    shares = spsolve(flows.tocsc(), right)
    waiting, helping = (shares @ np.array([state[k] for state in states]) for k in (2, 1))
    return waiting / patience / rate, waiting / rate, helping * talk / rate


@pytest.mark.parametrize("length", [1, 3])
def test_overflow_at_a_length_is_the_markov_chain_that_it_says(length):
    home, help_, per_hour = 12, 4, 190.0
    simulated = Simulated(
        "erlang-a",
        *centre(
            [("home", home), ("help", help_)],
            ['{ team = "home" }', f'{{ team = "help", longer_than = {length} }}'],
            per_hour,
        ),
    )
    lost, mean_wait, helped = overflow(per_hour / 3600.0, home, help_, length, PATIENCE)
    simulated.meets(lost, abandoned, arrived, 0.12)
    simulated.meets(mean_wait, wait, arrived, 0.12)
    simulated.meets(helped, of_team(1, handled), arrived, 0.07)


def test_the_chain_without_helpers_is_erlang_a():
    rate = 190.0 / 3600.0
    theory = erlang_a(
        agents=15, arrival_rate=rate, mean_service=TALK, mean_patience=PATIENCE, within=20.0
    )
    lost, mean_wait, helped = overflow(rate, 15, 0, 0, PATIENCE)
    assert lost == pytest.approx(theory.p_abandon, rel=1e-9)
    assert mean_wait == pytest.approx(theory.mean_wait, rel=1e-9)
    assert helped == 0.0
    together, *_ = overflow(rate, 8, 7, 0, PATIENCE)
    assert together == pytest.approx(theory.p_abandon, rel=1e-9)
