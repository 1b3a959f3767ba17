"""The Erlang formulas against published figures and against birth-and-death chains solved whole."""

import math
from dataclasses import astuple
from typing import NamedTuple

import numpy as np
import pytest
from scipy.linalg import expm

from sim.theory.erlang import erlang_b, erlang_c
from sim.theory.impatient import erlang_a
from sim.theory.lines import finite_lines


class Chain(NamedTuple):
    """Steady state of M/M/n/K+M: probabilities of 0 to K calls, and of the ways in which a wait
    ends within T, for a caller who finds so many calls."""

    state: np.ndarray
    answered: np.ndarray
    abandoned: np.ndarray


def solved_chain(agents, lines, arrival_rate, mean_service, mean_patience, within):
    """The balance equations solved as they stand; the race of patience and answer as a chain of
    callers ahead, by the matrix exponential. No formula of queueing theory is used."""
    serving, leaving = 1 / mean_service, 1 / mean_patience
    generator = np.zeros((lines + 1, lines + 1))
    for k in range(lines):
        generator[k, k + 1] = arrival_rate
        generator[k + 1, k] = min(k + 1, agents) * serving + max(k + 1 - agents, 0) * leaving
    generator -= np.diag(generator.sum(axis=1))
    balance = generator.T * mean_service
    balance[-1] = 1.0  # one balance follows from the others; the probabilities add up instead
    state = np.linalg.solve(balance, np.append(np.zeros(lines), 1.0))

    places = lines - agents
    answered, abandoned = places, places + 1
    race = np.zeros((places + 2, places + 2))
    for ahead in range(places):
        race[ahead, ahead - 1 if ahead else answered] = agents * serving + ahead * leaving
        race[ahead, abandoned] = leaving
    race -= np.diag(race.sum(axis=1))
    ends = expm(race * within)[:places, places:]
    waiting = np.zeros((lines, 2))
    waiting[:agents, 0] = 1.0
    waiting[agents:] = ends
    return Chain(state, waiting[:, 0], waiting[:, 1])


@pytest.mark.parametrize(
    ("agents", "load", "blocked"),
    [
        (1, 1.0, 1 / 2),
        (2, 1.0, 1 / 5),  # (1/2) / (1 + 1 + 1/2)
        (5, 3.0, 2.025 / 18.4),  # (3^5 / 5!) / (1 + 3 + 4.5 + 4.5 + 3.375 + 2.025)
    ],
)
def test_erlang_b_gives_the_fractions_of_a_hand_calculation(agents, load, blocked):
    assert erlang_b(agents=agents, arrival_rate=load, mean_service=1.0).p_blocked == pytest.approx(
        blocked, rel=1e-14
    )


def test_fifteen_lines_carry_the_published_load_at_one_percent_blocking():
    """8.108 erlangs: Westbay Engineers, erlang.com calculator manual, "How much traffic?"."""
    found = erlang_b(agents=15, arrival_rate=8.108 / 180, mean_service=180.0)
    assert round(found.p_blocked, 5) == 0.01
    assert found.occupancy == pytest.approx(8.108 * (1 - found.p_blocked) / 15)


def test_erlang_c_gives_the_published_waits_of_fourteen_agents():
    """100 calls in 30 minutes of 180 s, T = 20 s: reference manual of the R package ErlangC 0.1.0
    (2024); the same probability in the manual of the Python package pyworkforce 0.1.0."""
    found = erlang_c(agents=14, arrival_rate=100 / 1800, mean_service=180.0, within=20.0)
    assert found.p_wait == pytest.approx(0.1741319335950498, rel=1e-12)
    assert found.mean_wait == pytest.approx(7.83593701177724, rel=1e-12)
    assert found.service_level == pytest.approx(0.88835, abs=5e-7)
    assert found.occupancy == pytest.approx(0.7142857142857143)


def test_an_overloaded_queue_without_abandonment_grows_without_end():
    for load in (10.0, 12.0):
        found = erlang_c(agents=10, arrival_rate=load, mean_service=1.0)
        assert (found.p_wait, found.p_later, found.occupancy) == (1.0, 1.0, 1.0)
        assert found.mean_wait == math.inf


def test_patience_that_ends_shortens_the_waits_as_published():
    """48 calls a minute of 1 minute, 50 agents, without and with a mean patience of 2 minutes:
    waits of 20.8 and 3.7 s, 3.1 % abandoned, occupancy 96 % and 93 %, 90 % of the waits without
    abandonment below 58.1 s (Garnett, Mandelbaum and Reiman 2002, "Designing a call center with
    impatient customers")."""
    queue = {"agents": 50, "arrival_rate": 48 / 60, "mean_service": 60.0}
    endless = erlang_c(**queue, within=58.1)
    patient = erlang_a(**queue, mean_patience=120.0)
    assert round(endless.mean_wait, 1) == 20.8
    assert round(endless.p_later, 3) == 0.1
    assert round(patient.mean_wait, 1) == 3.7
    assert round(patient.p_abandon, 3) == 0.031
    assert (round(endless.occupancy, 2), round(patient.occupancy, 2)) == (0.96, 0.93)


def test_erlang_a_gives_the_reference_figures_of_a_hundred_agents():
    """Computed apart from this project by composite Simpson integration (200,000 panels) of the
    formulas of Zeltyn and Mandelbaum (2005): service 300 s, patience 180 s, load 1.0, T = 20 s."""
    found = erlang_a(
        agents=100, arrival_rate=100 / 300, mean_service=300.0, mean_patience=180.0, within=20.0
    )
    assert found.p_abandon == pytest.approx(0.044912715762659206, rel=1e-10)
    assert found.mean_wait_answered == pytest.approx(7.780689587926781, rel=1e-10)
    assert found.mean_wait == pytest.approx(8.084288837278656, rel=1e-10)
    assert found.service_level("counted") == pytest.approx(0.8019110964892491, rel=1e-10)
    assert found.occupancy == pytest.approx(0.9550872842373407, rel=1e-10)
    assert found.p_wait == pytest.approx(0.45161750874183537, rel=1e-10)


@pytest.mark.parametrize(
    ("agents", "load", "mean_patience", "within"),
    [
        (1, 0.6, 60.0, 20.0),
        (1, 0.9, 2.0, 5.0),  # patience far below the service time
        (3, 2.0, 90.0, 60.0),
        (20, 0.8, 300.0, 0.0),
        (40, 1.0, 600.0, 20.0),
        (40, 1.5, 180.0, 90.0),
    ],
)
def test_erlang_a_is_the_birth_and_death_chain_of_impatient_callers(
    agents, load, mean_patience, within
):
    queue = {
        "agents": agents,
        "arrival_rate": load * agents / 300.0,
        "mean_service": 300.0,
        "mean_patience": mean_patience,
        "within": within,
    }
    found = erlang_a(**queue)
    chain = solved_chain(lines=agents + 150, **queue)
    met, met_on_joining = chain.state, chain.state[:-1]
    queue_length = met[agents:] @ np.arange(151)
    p_abandon = queue_length / mean_patience / queue["arrival_rate"]
    answered = met_on_joining @ chain.answered
    abandoned = met_on_joining @ chain.abandoned

    near = {"rel": 1e-9, "abs": 1e-12}
    assert found.p_wait == pytest.approx(met[agents:].sum(), **near)
    assert found.p_abandon == pytest.approx(p_abandon, **near)
    assert found.p_answered == pytest.approx(1 - p_abandon, **near)
    assert found.mean_wait == pytest.approx(queue_length / queue["arrival_rate"], **near)
    assert found.occupancy == pytest.approx(
        met @ np.minimum(np.arange(agents + 151), agents) / agents, **near
    )
    assert found.p_answered_within == pytest.approx(answered, **near)
    assert found.p_abandoned_within == pytest.approx(abandoned, **near)
    assert found.p_later == pytest.approx(1 - answered - abandoned, **near)
    assert found.service_level("counted") == pytest.approx(answered, **near)
    assert found.service_level("excluded") == pytest.approx(answered / (1 - abandoned), **near)
    assert found.service_level("met") == pytest.approx(answered + abandoned, **near)
    assert found.service_level("answered") == pytest.approx(answered / (1 - p_abandon), **near)


def test_the_mean_wait_of_the_answered_is_the_area_under_their_waits():
    """ASA = integral over t of the share of the answered who wait longer than t, by Simpson."""
    queue = {"agents": 8, "arrival_rate": 0.03, "mean_service": 300.0, "mean_patience": 100.0}
    times = np.linspace(0.0, 800.0, 401)
    later = [1 - erlang_a(**queue, within=t).service_level("answered") for t in times]
    simpson = (times[1] / 3) * (
        later[0] + later[-1] + 4 * sum(later[1:-1:2]) + 2 * sum(later[2:-1:2])
    )
    assert erlang_a(**queue).mean_wait_answered == pytest.approx(simpson, rel=1e-6)


@pytest.mark.parametrize("within", [0.0, 20.0, 300.0])
def test_the_waits_of_erlang_c_are_those_of_a_chain_with_endless_patience(within):
    queue = {"agents": 5, "arrival_rate": 0.012, "mean_service": 300.0, "within": within}
    found = erlang_c(**queue)
    chain = solved_chain(lines=155, mean_patience=math.inf, **queue)
    assert found.p_wait == pytest.approx(chain.state[5:].sum(), rel=1e-9)
    assert found.service_level == pytest.approx(chain.state[:-1] @ chain.answered, rel=1e-9)
    assert found.mean_wait == pytest.approx(chain.state[5:] @ np.arange(151) / 0.012, rel=1e-9)


@pytest.mark.parametrize("load", [0.4, 1.0, 3.0])
@pytest.mark.parametrize("lines", [6, 7, 25])
def test_finite_lines_are_the_birth_and_death_chain_cut_off_at_the_last_line(load, lines):
    arrival_rate = load * 6 / 240.0
    found = finite_lines(agents=6, lines=lines, arrival_rate=arrival_rate, mean_service=240.0)
    state = solved_chain(6, lines, arrival_rate, 240.0, math.inf, 0.0).state
    taken = arrival_rate * (1 - state[-1])
    assert found.p_blocked == pytest.approx(state[-1], rel=1e-9)
    assert found.p_wait == pytest.approx(state[6:-1].sum() / (1 - state[-1]), rel=1e-9)
    assert found.mean_wait == pytest.approx(
        state[6:] @ np.arange(lines - 5) / taken, rel=1e-9, abs=1e-12
    )
    assert found.occupancy == pytest.approx(taken * 240.0 / 6, rel=1e-9)


def test_as_many_lines_as_agents_are_erlang_b_and_endless_lines_erlang_c():
    queue = {"agents": 30, "arrival_rate": 0.09, "mean_service": 300.0}
    short, long = finite_lines(lines=30, **queue), finite_lines(lines=2000, **queue)
    lost, endless = erlang_b(**queue), erlang_c(**queue)
    assert short.p_blocked == pytest.approx(lost.p_blocked, rel=1e-12)
    assert (short.p_wait, short.mean_wait) == (0.0, 0.0)
    assert long.p_blocked < 1e-80
    assert long.p_wait == pytest.approx(endless.p_wait, rel=1e-12)
    assert long.mean_wait == pytest.approx(endless.mean_wait, rel=1e-12)


def test_very_long_patience_is_erlang_c_and_very_short_patience_erlang_b():
    queue = {"agents": 30, "arrival_rate": 0.09, "mean_service": 300.0}
    patient, endless = erlang_a(**queue, mean_patience=1e12), erlang_c(**queue)
    assert patient.p_wait == pytest.approx(endless.p_wait, rel=1e-8)
    assert patient.mean_wait == pytest.approx(endless.mean_wait, rel=1e-8)
    assert patient.service_level() == pytest.approx(endless.service_level, rel=1e-8)
    hasty = erlang_a(**queue, mean_patience=1e-9)
    assert hasty.p_abandon == pytest.approx(erlang_b(**queue).p_blocked, rel=1e-8)


@pytest.mark.parametrize("agents", [1, 100, 5000])
@pytest.mark.parametrize("load", [1e-3, 0.5, 1.0, 1.5, 50.0])
@pytest.mark.parametrize("mean_patience", [0.1, 180.0, 1e7])
def test_extreme_queues_stay_finite_and_their_shares_add_up(agents, load, mean_patience):
    found = erlang_a(
        agents=agents,
        arrival_rate=load * agents / 300.0,
        mean_service=300.0,
        mean_patience=mean_patience,
    )
    assert all(math.isfinite(figure) and figure >= 0.0 for figure in astuple(found))
    assert found.p_answered + found.p_abandon == pytest.approx(1.0, abs=1e-11)
    assert found.p_answered_within + found.p_abandoned_within + found.p_later == pytest.approx(
        1.0, abs=1e-11
    )
    assert found.p_abandon >= (1 - 1 / load) * (1 - 1e-11)  # at best, all agents always serve


def test_thousands_of_agents_agree_with_the_sum_in_logarithms():
    """P(N = k) up to a factor is exp(sum of log(arrival rate / departure rate)), which overflows
    nowhere."""
    agents, arrival_rate, k = 4000, 4000 / 300.0, np.arange(1, 8001)
    departures = np.minimum(k, agents) / 300.0 + np.maximum(k - agents, 0) / 180.0
    logs = np.append(0.0, np.cumsum(np.log(arrival_rate / departures)))
    state = np.exp(logs - logs.max()) / np.exp(logs - logs.max()).sum()
    found = erlang_a(
        agents=agents, arrival_rate=arrival_rate, mean_service=300.0, mean_patience=180.0
    )
    assert found.p_wait == pytest.approx(state[agents:].sum(), rel=1e-9)
    waiting = state[agents:] @ np.arange(4001)
    assert found.mean_wait == pytest.approx(waiting / arrival_rate, rel=1e-9)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"agents": 0}, "agents must be at least 1, not 0"),
        ({"arrival_rate": -0.1}, "arrival_rate must be positive"),
        ({"mean_service": math.inf}, "mean_service must be positive and finite"),
        ({"mean_patience": math.nan}, "mean_patience must be positive"),
        ({"within": -1.0}, "within must be zero or more"),
    ],
)
def test_a_queue_that_cannot_be_is_refused_by_name(wrong, complaint):
    queue = {"agents": 5, "arrival_rate": 0.01, "mean_service": 300.0, "mean_patience": 60.0}
    with pytest.raises(ValueError, match=complaint):
        erlang_a(**(queue | wrong))


def test_fewer_lines_than_agents_and_unknown_rules_are_refused():
    with pytest.raises(ValueError, match="lines must be at least the 5 agents, not 4"):
        finite_lines(agents=5, lines=4, arrival_rate=0.01, mean_service=300.0)
    found = erlang_a(agents=5, arrival_rate=0.01, mean_service=300.0, mean_patience=60.0)
    with pytest.raises(ValueError, match="no service-level rule 'usual'"):
        found.service_level("usual")
