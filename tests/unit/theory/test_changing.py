"""M_t/M/n_t+M and days of different busyness, against brute force and what they must reduce to."""

import math
import random

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from sim.theory.busy_days import busy_days
from sim.theory.changing import Stretch, changing
from sim.theory.impatient import erlang_a

DAY = [
    Stretch(900.0, 0.02, 3),
    Stretch(900.0, 0.035, 5),
    Stretch(900.0, 0.025, 2),
    Stretch(900.0, 0.015, 1),
    Stretch(900.0, 0.02, 4),
    Stretch(1800.0, 0.0, 2),
]
SERVICE, PATIENCE, WITHIN = 180.0, 150.0, 20.0
DAYS = 1200
NAMES = ("offered", "abandoned", "answered_within", "waited", "busy", "overtime")


def lived(chance):
    """One such day, event by event: what each stretch brings, in the order of NAMES."""
    figures = np.zeros((len(DAY), len(NAMES)))
    now, number, busy, owed = 0.0, 0, 0, 0
    ends = np.cumsum([stretch.seconds for stretch in DAY]).tolist()
    line = []

    def answer():
        nonlocal busy
        while line and owed == 0 and busy < DAY[number].agents:
            came, _, of = line.pop(0)
            busy += 1
            figures[of, 3] += now - came
            figures[of, 2] += now - came <= WITHIN

    while True:
        stretch = DAY[number]
        events = [(ends[number], "change", None)]
        if stretch.arrival_rate:
            events.append((now + chance.expovariate(stretch.arrival_rate), "call", None))
        if busy:
            events.append((now + chance.expovariate(busy / SERVICE), "served", None))
        events += [(caller[1], "hangs up", caller) for caller in line]
        then, what, caller = min(events, key=lambda event: event[0])
        figures[number, 4:] += (then - now) * np.array([busy, owed])
        now = then
        if what == "change":
            number += 1
            if number == len(DAY):
                return figures
            owed = max(0, busy - DAY[number].agents)
        elif what == "call":
            figures[number, 0] += 1
            line.append((now, now + chance.expovariate(1.0 / PATIENCE), number))
        elif what == "served":
            busy -= 1
            owed = max(0, owed - 1)
        else:
            line.remove(caller)
            figures[caller[2], 1] += 1
            figures[caller[2], 3] += now - caller[0]
        answer()


def test_a_changing_day_is_what_days_lived_event_by_event_come_to():
    chance = random.Random(5)
    days = np.array([lived(chance) for _ in range(DAYS)])
    found = changing(DAY, mean_service=SERVICE, mean_patience=PATIENCE, within=WITHIN)
    for number, expected in enumerate(found):
        for figure, name in enumerate(NAMES):
            of_days = days[:, number, figure]
            error = 4.0 * of_days.std(ddof=1) / math.sqrt(DAYS)
            assert getattr(expected, name) == pytest.approx(of_days.mean(), abs=error + 1e-9), name
    assert found[2].overtime > 20.0  # agents who finish their call
    assert days[:, 2, 1].mean() > 3.0


def test_a_day_that_does_not_change_becomes_erlang_a():
    queue = {"mean_service": 180.0, "mean_patience": 120.0, "within": 20.0}
    day = [Stretch(3600.0, 0.03, 5)] * 4 + [Stretch(7200.0, 0.0, 5)]
    found = changing(day, **queue)[3]
    known = erlang_a(agents=5, arrival_rate=0.03, **queue)
    assert found.abandoned / found.offered == pytest.approx(known.p_abandon, rel=1e-6)
    assert found.answered_within / found.offered == pytest.approx(known.p_answered_within, rel=1e-6)
    assert found.waited / found.offered == pytest.approx(known.mean_wait, rel=1e-6)
    assert found.busy / (5 * 3600.0) == pytest.approx(known.occupancy, rel=1e-6)
    assert found.overtime == 0.0


def test_with_ample_agents_the_busy_follow_the_offered_load():
    rates = [0.004, 0.02, 0.01]
    day = [Stretch(1800.0, rate, 40) for rate in rates]
    found = changing(day, mean_service=400.0, mean_patience=100.0)
    load = 0.0
    for rate, one in zip(rates, found, strict=True):
        path = solve_ivp(
            lambda _, y, rate=rate: [rate - y[0] / 400.0, y[0]],
            (0.0, 1800.0),
            [load, 0.0],
            rtol=1e-10,
        )
        load = path.y[0, -1]
        assert one.busy == pytest.approx(path.y[1, -1], rel=1e-6)
        assert one.abandoned == pytest.approx(0.0, abs=1e-6)
        assert one.answered_within == pytest.approx(one.offered, rel=1e-6)


def test_agents_who_come_take_those_who_wait_and_cancel_what_is_owed():
    """Nobody hangs up for as good as ever: whoever called in the first stretch, in which nobody is
    there, is answered at its end if an agent comes, and within T if called in its last T."""
    day = [Stretch(100.0, 1e-7, 0), Stretch(4000.0, 0.0, 1)]
    found = changing(day, mean_service=1.0, mean_patience=1e9, within=20.0)[0]
    assert found.answered_within == pytest.approx(1e-7 * 20.0, rel=1e-4)
    assert found.waited == pytest.approx(1e-7 * 100.0**2 / 2.0, rel=1e-4)


@pytest.mark.parametrize(
    ("day", "complaint"),
    [
        ([], "at least one stretch"),
        ([Stretch(10.0, 0.1, 1)], "must last for the limit of 20 s"),
        ([Stretch(100.0, -0.1, 1)], "must not be negative"),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, complaint):
    with pytest.raises(ValueError, match=complaint):
        changing(day, mean_service=60.0, mean_patience=60.0)


# ------------------------------------------------------------------------------ busy days

QUEUE = {"agents": 6, "mean_service": 180.0, "mean_patience": 150.0}


def test_days_of_almost_the_same_busyness_are_erlang_a():
    found = busy_days(**QUEUE, arrival_rate=0.03, cv=1e-3, seconds=864000.0)
    known = erlang_a(**QUEUE, arrival_rate=0.03)
    assert found.p_abandon == pytest.approx(known.p_abandon, rel=1e-3)
    assert found.occupancy == pytest.approx(known.occupancy, rel=1e-3)
    assert found.mean_waiting == pytest.approx(0.03 * known.mean_wait, rel=1e-3)
    assert found.calls_sd == pytest.approx(math.sqrt(25920 + 25.92**2), rel=1e-12)


def test_busy_days_are_averages_of_erlang_a_by_call_and_by_day():
    """Factors drawn by NumPy, each day taken for as long as it is steady."""
    factors = np.random.default_rng(7).gamma(1.0 / 0.3**2, 0.3**2, 800)
    days = [erlang_a(**QUEUE, arrival_rate=0.03 * factor) for factor in factors]
    found = busy_days(**QUEUE, arrival_rate=0.03, cv=0.3, seconds=864000.0)
    per_call = np.array([day.p_abandon for day in days]) * factors
    per_day = np.array([day.occupancy for day in days])
    for known, of_days in ((found.p_abandon, per_call), (found.occupancy, per_day)):
        error = 4.0 * of_days.std() / math.sqrt(len(of_days))
        assert known == pytest.approx(of_days.mean(), abs=error)


def test_the_calls_of_busy_days_scatter_as_drawn():
    chance = np.random.default_rng(8)
    calls = chance.poisson(chance.gamma(1.0 / 0.2**2, 0.2**2 * 500.0, 200_000))
    found = busy_days(**QUEUE, arrival_rate=500.0 / 86400.0, cv=0.2, seconds=86400.0)
    assert found.calls == pytest.approx(calls.mean(), rel=2e-3)
    assert found.calls_sd == pytest.approx(calls.std(), rel=1e-2)


def test_a_short_day_begins_empty():
    """Before anybody can have waited, no agent is busy for long."""
    found = busy_days(**QUEUE, arrival_rate=0.03, cv=0.2, seconds=10.0)
    assert found.occupancy == pytest.approx(0.03 * 10.0 / 2.0 / 6, rel=0.03)
    assert found.p_abandon < 1e-6
