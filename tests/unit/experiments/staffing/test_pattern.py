"""Plans and the staffing tables that they become."""

import numpy as np
import pytest

from sim.experiments.staffing.pattern import everywhere, where
from sim.rules.agent import floor_of
from tests.unit.experiments.staffing.centres import ERLANG_A, centre

WEEK = """\
horizon = "7 days"
reasons.call = { volume = { per_week = 500.0 }, profile = "p", talk = { exponential = "5 min" } }
[profiles.p]
interval = "60 min"
days = { mon = 30, tue = 20, wed = 20, thu = 20, fri = 10 }
shapes.mon-fri = { start = "08:00", weights = [1, 2] }
[teams.agents]
counts = "scheduled"
shrinkage = 0.3
[teams.agents.absence]
mean = 0.05
[teams.agents.staffing]
interval = "60 min"
days.mon-wed = { start = "08:00", agents = [3, 4] }
days.thu-fri = { start = "08:00", agents = [3, 4] }
"""


def test_days_of_like_demand_that_the_scenario_staffs_alike_are_staffed_alike(tmp_path):
    pattern = everywhere(centre(tmp_path, WEEK).scenario, "agents", 1800.0)
    mon, tue, wed, thu, fri, sat, sun = pattern.group_of
    assert tue == wed
    assert sat == sun
    assert len({mon, tue, thu, fri, sat}) == 5


@pytest.mark.parametrize("floor", [1, 2, 5, 6, 7, 23])
def test_the_table_has_the_fewest_agents_that_bring_a_plan_to_the_floor(tmp_path, floor):
    pattern = everywhere(centre(tmp_path, WEEK).scenario, "agents", 1800.0)
    number = int(pattern.table(np.array([floor]))[0])
    present = [floor_of(float(n), 0.05, 0.3, False) for n in (number - 1, number)]
    assert present[0] < floor <= present[1]


def test_a_plan_reads_back_as_it_was_from_the_staffing_that_it_becomes(tmp_path):
    anywhere = everywhere(centre(tmp_path, WEEK).scenario, "agents", 1800.0)
    needed = ((anywhere.slot >= 16) & (anywhere.slot < 20)).astype(float)
    pattern = where(anywhere, needed)
    plan = np.arange(1, pattern.size + 1)
    shift = pattern.staffing(plan).days["wed"]
    own = pattern.table(plan)[pattern.group == pattern.group_of[2]]
    assert (shift.start, shift.agents) == ("08:00", own.tolist())
    assert pattern.hours(plan) == pytest.approx(
        sum(sum(day.agents) for day in pattern.staffing(plan).days.values()) * 0.5
    )


def test_a_weekday_that_is_not_counted_is_staffed_as_the_counted_one_before_it(tmp_path):
    pattern = everywhere(centre(tmp_path, ERLANG_A).scenario, "agents", 3600.0)
    assert set(pattern.group_of.tolist()) == {0}
    assert pattern.days(0) == ("mon",)
