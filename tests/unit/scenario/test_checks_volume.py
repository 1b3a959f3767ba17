"""Volumes that no run could hold are told before they are tried."""

import pytest

from sim.errors import ScenarioError
from sim.scenario.load import load

FILE = "scenarios/verification/erlang-a.toml"


def test_more_issues_than_can_be_simulated_are_refused() -> None:
    with pytest.raises(ScenarioError, match=r"at most 5,000,000 can be simulated"):
        load(FILE, ("reasons.call.volume.per_hour=1e12",))


def test_a_volume_just_within_the_bound_is_taken() -> None:
    assert load(FILE, ("reasons.call.volume.per_hour=200000",)).scenario
