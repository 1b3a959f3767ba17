"""Redials, returns and overflow: chains solved by sparse LU or over time, against dense algebra
written out here, against one another, and against what they must reduce to."""

from itertools import product

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from sim.theory.chain import over_time, race, steady_state
from sim.theory.changing import Stretch
from sim.theory.erlang import erlang_b, erlang_c
from sim.theory.impatient import erlang_a
from sim.theory.overflow import overflow, overflow_without_queue
from sim.theory.redials import redials
from sim.theory.returns import returns, returns_over_time


def solved(states, flow):
    """Steady state by dense linear algebra; `flow` gives the states after one, with rates."""
    place = {state: number for number, state in enumerate(states)}
    rates = np.zeros((len(states), len(states)))
    for state in states:
        for after, rate in flow(*state):
            if after in place:
                rates[place[state], place[after]] += rate
    balance = (rates - np.diag(rates.sum(axis=1))).T
    balance[0] = 1.0
    return dict(zip(states, np.linalg.solve(balance, np.eye(len(states))[0]), strict=True))


def test_a_steady_state_is_that_of_the_birth_and_death_chain():
    def flow(calls):
        yield calls + 1, 2.0 if calls < 3 else 0.0
        yield calls - 1, float(calls)

    weights = np.array([1.0, 2.0, 2.0, 8 / 6])
    assert list(steady_state(0, flow).values()) == pytest.approx(weights / weights.sum())


def test_a_race_is_the_chain_of_those_ahead():
    """Two ahead at most; agents free at 0.3, patience at 0.1: by the exponential of the chain."""
    ends = race(3, 0.3, 0.1, 2.0)
    chain = np.zeros((5, 5))
    for ahead in range(3):
        chain[ahead, ahead - 1 if ahead else 3] = 0.3 + 0.1 * ahead
        chain[ahead, 4] = 0.1
    chain -= np.diag(chain.sum(axis=1))
    soon, late = expm(chain * 2.0), expm(chain * 1e4)
    assert ends.answered == pytest.approx(late[:3, 3], rel=1e-9)
    assert ends.answered_within == pytest.approx(soon[:3, 3], rel=1e-9)
    assert ends.abandoned_within == pytest.approx(soon[:3, 4], rel=1e-9)
    times = np.linspace(0.0, 120.0, 4001)
    still = np.array([expm(chain * t)[:3] for t in times[::20]])
    assert ends.wait == pytest.approx(
        np.trapezoid(still[:, :, :3].sum(axis=2), times[::20], axis=0), rel=1e-2
    )
    not_yet = late[:3, 3] - still[:, :, 3]
    assert ends.wait_answered == pytest.approx(np.trapezoid(not_yet, times[::20], axis=0), rel=1e-2)


def test_a_chain_over_time_is_its_matrix_exponential_and_rewards_are_areas():
    from scipy.sparse import csr_array

    generator = np.array([[-0.2, 0.2, 0.0], [0.1, -0.4, 0.3], [0.0, 0.5, -0.5]])
    start, reward = np.array([1.0, 0.0, 0.0]), np.array([[0.0, 1.0, 2.0]])
    ended, spent = over_time(csr_array(generator), start, 3.0, reward)
    assert ended == pytest.approx(start @ expm(generator * 3.0), rel=1e-12)
    times = np.linspace(0.0, 3.0, 301)
    rates = [start @ expm(generator * t) @ reward[0] for t in times]
    assert spent[0] == pytest.approx(np.trapezoid(rates, times), rel=1e-5)


# ---------------------------------------------------------------------------- calling again


CALLS = {"agents": 3, "arrival_rate": 0.9, "mean_service": 3.0, "mean_patience": 2.0}


def test_redials_are_the_chain_of_centre_and_orbit():
    def flow(here, orbit):
        waiting = max(here - 3, 0)
        yield (here + 1, orbit), 0.9
        yield (here + 1, orbit - 1), orbit / 5.0
        yield (here - 1, orbit), min(here, 3) / 3.0 + 0.4 * waiting / 2.0
        yield (here - 1, orbit + 1), 0.6 * waiting / 2.0

    state = solved(list(product(range(26), range(20))), flow)
    calls = sum(p * (0.9 + orbit / 5.0) for (_, orbit), p in state.items())
    waiting = sum(p * max(here - 3, 0) for (here, _), p in state.items())
    found = redials(**CALLS, redialling=0.6, mean_delay=5.0)
    assert found.calls_per_issue == pytest.approx(calls / 0.9, rel=1e-6)
    assert found.mean_wait == pytest.approx(waiting / calls, rel=1e-6)
    assert found.p_abandon == pytest.approx(waiting / 2.0 / calls, rel=1e-6)
    assert found.calls_per_issue == pytest.approx(1.0 / (1.0 - 0.6 * found.p_abandon), rel=1e-9)
    assert found.p_abandon_first < found.p_abandon  # redials come when it is busy


def test_without_redials_and_with_very_late_ones_calls_meet_erlang_a():
    never = redials(**CALLS, redialling=0.0, mean_delay=5.0, within=1.0)
    known = erlang_a(**CALLS, within=1.0)
    assert never.calls_per_issue == pytest.approx(1.0, rel=1e-9)
    assert never.p_abandon == pytest.approx(known.p_abandon, rel=1e-9)
    assert never.p_abandon_first == pytest.approx(known.p_abandon, rel=1e-9)
    assert never.p_answered_within == pytest.approx(known.p_answered_within, rel=1e-9)
    assert never.occupancy == pytest.approx(known.occupancy, rel=1e-9)
    late = redials(**CALLS, redialling=0.6, mean_delay=2000.0, within=1.0)
    more = CALLS | {"arrival_rate": 0.9 * late.calls_per_issue}
    assert late.p_abandon == pytest.approx(erlang_a(**more).p_abandon, rel=2e-3)
    assert late.p_answered_within == pytest.approx(
        erlang_a(**more, within=1.0).p_answered_within, rel=2e-3
    )


# -------------------------------------------------------------- returning after service


def test_returns_in_the_long_run_are_erlang_c_with_all_calls():
    found = returns(agents=6, arrival_rate=0.05, mean_service=24.0, returning=0.4)
    known = erlang_c(agents=6, arrival_rate=0.05 / 0.6, mean_service=24.0)
    assert found == known
    day = [Stretch(2500.0, 0.05, 6), Stretch(60.0, 0.05, 6)]
    _, last = returns_over_time(day, mean_service=24.0, returning=0.4, mean_delay=30.0)
    assert last.offered == pytest.approx(5.0, rel=1e-6)
    assert last.waited / last.offered == pytest.approx(known.mean_wait, rel=1e-6)
    assert last.answered_within / last.offered == pytest.approx(known.service_level, rel=1e-6)
    assert last.busy / (6 * 60.0) == pytest.approx(known.occupancy, rel=1e-6)


def test_returns_with_ample_agents_are_the_two_equations_of_the_offered_load():
    """R1' = rate + R2 / delay - R1 / service, R2' = returning R1 / service - R2 / delay (Yom-Tov
    and Mandelbaum 2014, equation 3)."""
    rates = [0.002, 0.01, 0.004]
    stretches = [Stretch(1800.0, rate, 25) for rate in rates]
    found = returns_over_time(stretches, mean_service=240.0, returning=0.5, mean_delay=1500.0)
    state = np.zeros(4)
    for rate, one in zip(rates, found, strict=True):

        def flow(_, y, rate=rate):
            served, back = y[0] / 240.0, y[1] / 1500.0
            return [rate + back - served, 0.5 * served - back, y[0], rate + back]

        start = np.array([*state[:2], 0.0, 0.0])
        state = solve_ivp(flow, (0.0, 1800.0), start, rtol=1e-10, atol=1e-12).y[:, -1]
        assert one.busy == pytest.approx(state[2], rel=1e-6)
        assert one.offered == pytest.approx(state[3], rel=1e-6)
        assert one.waited == pytest.approx(0.0, abs=1e-4)


# --------------------------------------------------------------------------- overflow


@pytest.mark.parametrize(("longer_than", "slower"), [(0, 1.0), (0, 1.5), (2, 1.0), (3, 0.7)])
def test_overflow_is_the_chain_of_both_teams_and_the_line(longer_than, slower):
    def flow(home, helping, waiting):
        if home < 3:
            yield (home + 1, helping, waiting), 1.6
        elif waiting >= longer_than and helping < 2:
            yield (home, helping + 1, waiting), 1.6
        else:
            yield (home, helping, waiting + 1), 1.6
        yield (home - (not waiting), helping, max(waiting - 1, 0)), home / 2.0
        stays = waiting > longer_than
        yield (home, helping - (not stays), waiting - stays), helping / (2.0 * slower)
        yield (home, helping, waiting - 1), waiting / 3.0

    states = [
        (home, helping, waiting)
        for home, helping, waiting in product(range(4), range(3), range(45))
        if (home == 3 or not waiting) and (helping == 2 or waiting <= longer_than)
    ]
    state = solved(states, flow)
    home, helping, waiting = (sum(p * s[k] for s, p in state.items()) for k in range(3))
    found = overflow(
        home=3,
        helpers=2,
        longer_than=longer_than,
        arrival_rate=1.6,
        service_home=2.0,
        service_helpers=2.0 * slower,
        mean_patience=3.0,
    )
    assert found.mean_wait == pytest.approx(waiting / 1.6, rel=1e-9)
    assert found.p_abandon == pytest.approx(waiting / 3.0 / 1.6, rel=1e-9)
    assert found.p_helped == pytest.approx(helping / (2.0 * slower) / 1.6, rel=1e-9)
    assert found.occupancy_home == pytest.approx(home / 3, rel=1e-9)
    assert found.occupancy_helpers == pytest.approx(helping / 2, rel=1e-9)


def test_overflow_without_helpers_and_into_one_shared_queue_is_erlang_a():
    queue = {"arrival_rate": 0.05, "mean_patience": 180.0}
    both = {"service_home": 300.0, "service_helpers": 300.0}
    known = erlang_a(agents=15, mean_service=300.0, **queue)
    for home, helpers, longer_than in ((15, 0, 4), (8, 7, 0)):
        found = overflow(home=home, helpers=helpers, longer_than=longer_than, **queue, **both)
        assert found.p_abandon == pytest.approx(known.p_abandon, rel=1e-9)
        assert found.mean_wait == pytest.approx(known.mean_wait, rel=1e-9)
        assert (found.p_helped == 0.0) == (helpers == 0)


def test_overflow_without_a_queue_is_the_chain_of_both_teams():
    def flow(home, helping):
        yield (home + 1, helping) if home < 4 else (home, helping + 1), 3.0
        yield (home - 1, helping), home / 1.5
        yield (home, helping - 1), helping / 1.5

    state = solved(list(product(range(5), range(4))), flow)
    helping = sum(p * s[1] for s, p in state.items())
    found = overflow_without_queue(home=4, helpers=3, arrival_rate=3.0, mean_service=1.5)
    assert found.p_helped == pytest.approx(helping / 1.5 / 3.0, rel=1e-9)
    assert found.p_blocked == pytest.approx(state[4, 3], rel=1e-9)
    assert found.p_blocked == erlang_b(agents=7, arrival_rate=3.0, mean_service=1.5).p_blocked


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: redials(**CALLS, redialling=1.0, mean_delay=5.0), "redialling must lie from 0"),
        (
            lambda: returns(agents=6, arrival_rate=0.01, mean_service=9.0, returning=-0.1),
            "returning must lie from 0",
        ),
        (
            lambda: returns_over_time([], mean_service=9.0, returning=0.1, mean_delay=9.0),
            "all with the same number of agents",
        ),
        (
            lambda: overflow_without_queue(home=4, helpers=-1, arrival_rate=3.0, mean_service=1.5),
            "helpers must not be negative",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, complaint):
    with pytest.raises(ValueError, match=complaint):
        call()
