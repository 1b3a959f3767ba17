"""What customers brought beyond what was to be expected: noted without disturbing anything, of mean
0, and the same for strategies that leave the world as it is."""

from pathlib import Path

import numpy as np
import pytest

from sim.demand import demand_of
from sim.experiments.controls import CONTROLS, noting
from sim.experiments.replication import carry_on, playing
from sim.scenario.load import load
from sim.tables.build import tables_of
from tests.zoo import zoo

STARTER = Path(__file__).parents[3] / "scenarios" / "starter.toml"


def surpluses(tables, replications):
    """R x 2, of days drawn and not played."""
    found = []
    for replication in range(replications):
        demand = noting(demand_of(tables, 3, replication))
        for day in range(tables.terms.calendar.days):
            demand.issues_of(day)
        found.append(demand.surplus())
    return np.array(found)


@pytest.mark.parametrize("name", ["crowd", "volumes", "notices", "longer"])
def test_what_was_to_be_expected_is_what_comes_on_average(name):
    """Joiners, fixes, profiles, incidents and busyness included; within four standard errors."""
    found = surpluses(zoo.tables(name), 60)
    errors = found.std(axis=0, ddof=1) / np.sqrt(60)
    assert (np.abs(found.mean(axis=0)) < 4.0 * errors + 1e-9).all()
    assert found[:, 0].std() > 0.0


def test_a_busy_day_shows_as_more_issues_and_long_talks_as_longer_handle_times():
    busy = load(STARTER, ["horizon=1 day", "busyness.cv=0.5"])
    found = surpluses(tables_of(busy.scenario), 40)
    assert found[:, 0].std() > 150.0  # of 600, half
    steady = load(
        STARTER, ["horizon=1 day", "reasons.question.talk={constant='4 min', lognormal=false}"]
    )
    assert surpluses(tables_of(steady.scenario), 3)[:, 1] == pytest.approx([0.0] * 3, abs=1e-6)


def test_the_warm_up_is_not_noted():
    whole = load(STARTER, ["horizon=7 days", "warm_up=0 days"])
    late = load(STARTER, ["horizon=7 days", "warm_up=14 days"])
    assert surpluses(tables_of(whole.scenario), 2) == pytest.approx(
        surpluses(tables_of(late.scenario), 2)
    )


def test_noting_changes_nothing_and_is_left_out_unless_asked_for():
    tables = zoo.tables("prices")
    plain = carry_on(playing(tables, 3, 0, "kernel"), lambda _: None)
    noted = carry_on(playing(tables, 3, 0, "kernel", True), lambda _: None)
    assert plain.controls.shape == (0,)
    assert noted.controls.shape == (len(CONTROLS),)
    for figures in ("numerators", "denominators", "quantities", "amounts"):
        assert (getattr(plain, figures) == getattr(noted, figures)).all()


def test_both_engines_note_the_same():
    tables = zoo.tables("prices")
    kernel, reference = (
        carry_on(playing(tables, 3, 1, engine, True), lambda _: None).controls
        for engine in ("kernel", "reference")
    )
    assert (kernel == reference).all()
