"""Both engines tell the same story, bit for bit (DESIGN.md section 2).

The zoo is played on a continuous clock and on one that ticks every 30 seconds, where everything
ties. A failure shows the first row that differs, and the rows before it.
"""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.demand import demand_of
from sim.logs import Logs
from sim.scenario.load import load
from sim.tables.build import tables_of
from tests.engines import engines_of, played
from tests.zoo import zoo

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def first_difference(one: Logs, other: Logs) -> str:
    """The first row in which two logs differ, with what came before; empty if there is none."""
    for field in fields(Logs):
        rows, others = getattr(one, field.name), getattr(other, field.name)
        if rows.tobytes() == others.tobytes():
            continue
        most = min(len(rows), len(others))
        same = [rows[i].tobytes() == others[i].tobytes() for i in range(most)]
        at = same.index(False) if False in same else most
        names = rows.dtype.names
        before = [dict(zip(names, row, strict=True)) for row in rows[max(0, at - 2) : at].tolist()]
        here = [
            dict(zip(names, row, strict=True))
            for row in (*rows[at : at + 1].tolist(), *others[at : at + 1].tolist())
        ]
        return f"{field.name}, row {at} of {len(rows)} and {len(others)}:\n" + "\n".join(
            map(str, [*before, "differ:", *here])
        )
    return ""


@pytest.mark.parametrize("grain", [0.0, 30.0])
@pytest.mark.parametrize("name", zoo.NAMES)
def test_the_kernel_tells_what_the_reference_engine_tells(name: str, grain: float) -> None:
    for seed in (1, 2):
        logs = [
            zoo.logs(name, grain=grain, seed=seed, engine=engine)
            for engine in engines_of(zoo.tables(name))
        ]
        assert all(first_difference(logs[0], other) == "" for other in logs[1:])


def test_they_agree_on_the_whole_company_of_the_flagship_study() -> None:
    file = SCENARIOS / "do-over" / "do-over.toml"
    demand = demand_of(tables_of(load(file, ("horizon=2 days", "warm_up=2 days")).scenario), 3, 1)
    assert first_difference(played(demand, "reference"), played(demand, "kernel")) == ""


def test_a_difference_is_shown_with_what_came_before() -> None:
    logs = zoo.logs("erlang-a")
    contacts = logs.contacts.copy()
    contacts["joined"][5] = np.nextafter(contacts["joined"][5], 0.0)
    told = first_difference(logs, Logs(**{**vars(logs), "contacts": contacts}))
    assert told.startswith("contacts, row 5 of ")
    assert told.count("'joined'") == 4
