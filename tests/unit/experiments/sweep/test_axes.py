"""What `--vary` says: stretches, lists, strategies, and what is wrong with it."""

import pytest

from sim.errors import ScenarioError
from sim.experiments.sweep.axes import axes_of, loaded_at
from sim.experiments.sweep.design import grid, scattered, spots_of
from sim.scenario.load import load

CENTRE = """\
title = "A small centre"
horizon = "1 day"
reasons.call = { volume = { per_hour = 12.0 }, talk = { exponential = "4 min" } }
callers.patience = { weibull = { mean = "3 min", shape = 0.8 } }
centre.opening = { all = "09:00-13:00" }
teams.agents = { agents = 5, scale = 0.9, pay = { per_hour = 20.0 } }
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "centre.toml"
    path.write_text(CENTRE, encoding="utf-8")
    return path


def axis(file, text):
    return axes_of([text], file, load(file))[0]


def test_a_stretch_is_divided_evenly(file):
    found = axis(file, "teams.agents.scale=0.7:1.3:4")
    assert [value.number for value in found.values] == [0.7, 0.9, 1.1, 1.3]
    assert found.is_stretch
    assert (found.now.label, found.now.number) == ("0.9", 0.9)


def test_lengths_of_time_keep_the_unit_in_which_they_are_written(file):
    found = axis(file, "callers.patience.weibull.mean=1 min:5 min:3")
    assert [value.label for value in found.values] == ["1 min", "3 min", "5 min"]
    assert (found.unit, found.now.number) == ("min", 3.0)


def test_lengths_in_different_units_are_told_in_seconds(file):
    found = axis(file, "callers.patience.weibull.mean=30 s:2 min:4")
    assert [value.label for value in found.values] == ["30 s", "60 s", "90 s", "120 s"]


def test_of_whole_things_there_are_whole_numbers_each_once(file):
    found = axis(file, "teams.agents.agents=4:6:9")
    assert [value.text for value in found.values] == ["4", "5", "6"]


def test_lengths_of_several_units_are_numbers_of_the_first_one(file):
    found = axis(file, "callers.patience.weibull.mean=5 min,90 s,1 h")
    assert [value.number for value in found.values] == [5.0, 1.5, 60.0]
    assert found.unit == "min"
    assert [value.label for value in found.values] == ["5 min", "90 s", "1 h"]
    assert found.now.number == 3.0


def test_a_list_is_taken_as_it_is(file):
    found = axis(file, 'teams.agents.site="Hull","Cebu"')
    assert [value.label for value in found.values] == ["Hull", "Cebu"]
    assert not found.is_stretch


def test_marks_within_brackets_and_quotes_divide_nothing(file):
    found = axis(
        file, 'centre.opening={ all = "09:00-13:00" },{ mon = "08:00-12:00", tue = "08:00-9:00" }'
    )
    assert len(found.values) == 2


def test_strategies_are_scenarios_of_the_folder(file):
    (file.parent / "lean.toml").write_text('extends = "centre.toml"\nteams.agents.agents = 3\n')
    found = axes_of(["strategy=centre,lean"], file, load(file))
    loaded = loaded_at(file, found, grid(found), ())
    assert [one.scenario.teams["agents"].agents for one in loaded] == [5, 3]


def test_every_point_has_its_values_and_nothing_else_changed(file):
    found = axes_of(["teams.agents.scale=0.7:1.3:3", "reasons.call.fcr=0.5,0.9"], file, load(file))
    loaded = loaded_at(file, found, grid(found), ["teams.agents.shrinkage=0.2"])
    told = [
        (one.scenario.teams["agents"].scale, one.scenario.reasons["call"].fcr) for one in loaded
    ]
    assert told == [(0.7, 0.5), (0.7, 0.9), (1.0, 0.5), (1.0, 0.9), (1.3, 0.5), (1.3, 0.9)]
    assert {one.scenario.teams["agents"].shrinkage for one in loaded} == {0.2}


def test_scattered_points_cover_each_axis_evenly(file):
    found = axes_of(
        ["teams.agents.scale=1:2", "reasons.call.fcr=0:1", "teams.agents.felt=1:3"],
        file,
        load(file),
    )
    spots = scattered(found, 16, seed=1)
    for nth, axis_ in enumerate(found):
        low, high = min(axis_.numbers), max(axis_.numbers)
        shares = sorted((spot[nth].number - low) / (high - low) for spot in spots)
        for place, share in enumerate(shares):
            assert place / 16 - 0.002 <= share <= (place + 1) / 16 + 0.002


def test_three_values_are_scattered_and_two_are_a_grid(file):
    two = axes_of(["teams.agents.scale=1:2:5", "reasons.call.fcr=0:1:5"], file, load(file))
    three = axes_of(
        ["teams.agents.scale=1:2", "reasons.call.fcr=0:1", "teams.agents.felt=1:3"],
        file,
        load(file),
    )
    assert len(spots_of(two, None, 1)) == 25
    assert len(spots_of(three, None, 1)) == 64
    assert len(spots_of(two, 7, 1)) == 7


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("teams.agents.scale", "write it as --vary"),
        ("=1:2", "write it as --vary"),
        ("teams.agents.scale=0.7", "one value"),
        ("teams.agents.scale=2:1:3", "greater"),
        ("teams.agents.scale=1:2:1", "from 2 to 1,000"),
        ("teams.agents.scale=1:2:many", "from 2 to 1,000"),
        ("teams.agents.scale=low:high:3", "neither a number nor a length"),
        ("teams.agents.scale=1,1", "twice"),
        ("strategy=centre,nobody", 'no scenario "nobody"'),
    ],
)
def test_what_cannot_be_varied_so_is_told_with_its_cure(file, text, told):
    with pytest.raises(ScenarioError) as error:
        axis(file, text)
    assert told in str(error.value)


def test_a_value_that_cannot_be_is_told_once_and_as_the_users_own(file):
    found = axes_of(["teams.agents.pacee=0.5:1:3"], file, load(file))
    with pytest.raises(ScenarioError) as error:
        loaded_at(file, found, grid(found), ())
    (problem,) = error.value.problems
    assert problem.file == "--vary teams.agents.pacee=0.5"
    assert "pace" in problem.message


def test_what_is_varied_twice_is_told(file):
    with pytest.raises(ScenarioError, match="twice"):
        axes_of(["teams.agents.scale=1:2", "teams.agents.scale=1,2"], file, load(file))
