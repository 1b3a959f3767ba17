"""The textbook's queues, from scenario files alone (MODEL.md section 12).

A simulated share or mean must lie within four standard errors of its formula, and the standard
error itself must be small, or the test would say nothing. Errors come from batches: the arrivals
of three hours, of several days that begin empty, the first three hours and the last left out.
"""

from pathlib import Path

import numpy as np
import pytest

from sim.codes import ABANDONED, BLOCKED, HANDLED
from sim.demand import demand_of
from sim.scenario.load import load
from sim.tables.build import tables_of
from sim.theory.erlang import erlang_b, erlang_c
from sim.theory.impatient import erlang_a
from sim.theory.lines import finite_lines
from tests.engines import engines_of, played

TEXTBOOK = Path(__file__).parents[2] / "scenarios" / "textbook"
HOUR = 3600.0
BATCH = 3 * HOUR
BATCHES = 6
DAYS = {"reference": 4, "kernel": 20}
"""The compiled engine can afford more days, and must then meet narrower bounds."""
WITHIN = 20.0


class Simulated:
    """Contacts of a textbook scenario over some days, in batches."""

    def __init__(self, name: str, *overrides: str, of_days: float = 1.0) -> None:
        loaded = load(TEXTBOOK / f"{name}.toml", ["horizon=1 day", "warm_up=0 s", *overrides])
        self.scenario = loaded.scenario
        tables = tables_of(self.scenario)
        engine = engines_of(tables)[-1]
        self.batches = []
        for day in range(round(DAYS[engine] * of_days)):
            rows = played(demand_of(tables, 1, day), engine).contacts
            number = (rows["arrived"] // BATCH).astype(int) - 1
            self.batches += [rows[number == batch] for batch in range(BATCHES)]

    @property
    def given(self) -> dict[str, float]:
        """What the formulas need."""
        (reason,) = self.scenario.reasons.values()
        (team,) = self.scenario.teams.values()
        assert reason.volume.per_hour
        law = reason.talk
        mean = law.constant or (law.exponential or law.lognormal or law.gamma).mean
        return {
            "agents": team.agents,
            "arrival_rate": reason.volume.per_hour / HOUR,
            "mean_service": mean,
        }

    def meets(self, expected: float, numerator, denominator, error: float) -> None:
        """Compares a ratio of sums with what theory expects; `error` is the largest standard
        error that still says something, as a share of what is expected, with 24 batches."""
        y = np.array([numerator(rows) for rows in self.batches], dtype=float)
        x = np.array([denominator(rows) for rows in self.batches], dtype=float)
        ratio = y.sum() / x.sum()
        standard_error = np.std(y - ratio * x, ddof=1) / np.sqrt(len(x)) / x.mean()
        assert standard_error < error * np.sqrt(24 / len(x)) * expected
        assert abs(ratio - expected) < 4 * standard_error


def waits(rows):
    return rows["end_wait"] - rows["joined"]


def wait(rows):
    return np.nansum(waits(rows))


def waited(rows):
    return (waits(rows) > 0).sum()


def arrived(rows):
    return len(rows)


def joined(rows):
    return (rows["leg"] == 1).sum()


def handled(rows):
    return (rows["outcome"] == HANDLED).sum()


def abandoned(rows):
    return (rows["outcome"] == ABANDONED).sum()


def blocked(rows):
    return (rows["outcome"] == BLOCKED).sum()


def wait_of_handled(rows):
    return wait(rows[rows["outcome"] == HANDLED])


def handled_within(rows):
    return ((rows["outcome"] == HANDLED) & (waits(rows) <= WITHIN)).sum()


def abandoned_within(rows):
    return ((rows["outcome"] == ABANDONED) & (waits(rows) <= WITHIN)).sum()


def talk(rows):
    return np.nansum(rows["end_talk"] - rows["end_wait"])


def capacity(agents):
    return lambda rows: agents * BATCH


def test_erlang_a():
    simulated = Simulated("erlang-a")
    patience = simulated.scenario.callers.patience.exponential.mean
    given = simulated.given
    theory = erlang_a(**given, mean_patience=patience, within=WITHIN)
    for expected, numerator, denominator, error in (
        (theory.p_abandon, abandoned, arrived, 0.07),
        (theory.p_wait, waited, arrived, 0.05),
        (theory.mean_wait, wait, arrived, 0.07),
        (theory.mean_wait_answered, wait_of_handled, handled, 0.07),
        (theory.p_answered_within, handled_within, arrived, 0.04),
        (theory.p_abandoned_within, abandoned_within, arrived, 0.07),
        (theory.occupancy, talk, capacity(given["agents"]), 0.01),
    ):
        simulated.meets(expected, numerator, denominator, error)


@pytest.mark.parametrize(("agents", "patience"), [(34, "2 min"), (25, "5 min")])
def test_erlang_a_with_many_agents_and_with_few(agents, patience):
    simulated = Simulated(
        "erlang-a",
        f"teams.agents.agents={agents}",
        f"callers.patience.exponential={patience}",
        of_days=0.75,
    )
    minutes = 60.0 * float(patience.split()[0])
    theory = erlang_a(**simulated.given, mean_patience=minutes, within=WITHIN)
    simulated.meets(theory.p_abandon, abandoned, arrived, 0.12)
    simulated.meets(theory.p_wait, waited, arrived, 0.09)
    simulated.meets(theory.mean_wait, wait, arrived, 0.12)


def test_erlang_c():
    """With one agent more than the file says, so that three hours are long for the queue."""
    simulated = Simulated("erlang-c", "teams.agents.agents=32")
    theory = erlang_c(**simulated.given, within=WITHIN)
    simulated.meets(theory.p_wait, waited, arrived, 0.1)
    simulated.meets(theory.mean_wait, wait, arrived, 0.3)
    simulated.meets(theory.service_level, handled_within, arrived, 0.04)
    simulated.meets(theory.occupancy, talk, capacity(32), 0.01)


@pytest.mark.parametrize(
    "law",
    [
        'exponential = "5 min"',
        'exponential = false, constant = "5 min"',
        'exponential = false, lognormal = { mean = "5 min", cv = 2.0 }',
        'exponential = false, gamma = { mean = "5 min", cv = 0.5 }',
    ],
)
def test_erlang_b_holds_for_any_law_of_talk(law):
    simulated = Simulated("erlang-b", f"reasons.call.talk={{{law}}}", of_days=0.75)
    theory = erlang_b(**simulated.given)
    simulated.meets(theory.p_blocked, blocked, arrived, 0.12)
    simulated.meets(theory.occupancy, talk, capacity(simulated.given["agents"]), 0.02)


def test_m_m_n_k():
    simulated = Simulated("mmnk")
    given = simulated.given
    theory = finite_lines(**given, lines=simulated.scenario.centre.lines)
    simulated.meets(theory.p_blocked, blocked, arrived, 0.09)
    simulated.meets(theory.p_wait, waited, joined, 0.05)
    simulated.meets(theory.mean_wait, wait, joined, 0.07)
    simulated.meets(theory.occupancy, talk, capacity(given["agents"]), 0.01)


@pytest.mark.parametrize(
    ("law", "cv"),
    [
        ("1 min", 0.0),
        ('{ exponential = "1 min" }', 1.0),
        ('{ exponential = false, lognormal = { mean = "1 min", cv = 1.5 } }', 1.5),
    ],
)
def test_one_agent_with_any_law_of_talk(law, cv):
    """M/G/1: mean wait = load / (1 - load) x (1 + cv^2) / 2 x mean talk (Pollaczek 1930)."""
    simulated = Simulated(
        "erlang-c",
        "teams.agents.agents=1",
        "reasons.call.volume.per_hour=36.0",
        f"reasons.call.talk={law}",
        of_days=3.0,
    )
    load = 36.0 * 60.0 / HOUR
    expected = load / (1 - load) * (1 + cv**2) / 2 * 60.0
    simulated.meets(expected, wait, arrived, 0.25)
    simulated.meets(load, waited, arrived, 0.07)
