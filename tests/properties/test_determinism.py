"""The same seed tells the same story, and another seed another one."""

import pytest

from sim.demand import demand_of
from tests.agreement.difference import first_difference
from tests.engines import ENGINES, played
from tests.properties import random_scenarios
from tests.zoo import zoo

NAMES = ["crowd", "loyalty", "notices", "laws"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_and_replication_give_the_same_logs(name, engine):
    """Tables and demand are made anew, and another replication is played in between."""
    first = zoo.logs(name, engine=engine)
    zoo.logs(name, engine=engine, replication=1)
    zoo.tables.cache_clear()
    again = played(demand_of(zoo.tables(name), 1, 0), engine)
    assert first_difference(first, again) == ""


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_or_replication_gives_other_logs(name, engine):
    one = zoo.logs(name, engine=engine)
    for other in (
        zoo.logs(name, engine=engine, seed=2),
        zoo.logs(name, engine=engine, replication=1),
    ):
        assert one.contacts.tobytes() != other.contacts.tobytes()


def test_seed_and_replication_are_not_mistaken_for_each_other():
    """Seed 1 of replication 0 is not seed 0 of replication 1."""
    one, other = (zoo.logs("erlang-a", seed=s, replication=r) for s, r in ((0, 1), (1, 0)))
    assert one.contacts.tobytes() != other.contacts.tobytes()


def test_a_demand_may_be_played_again_and_days_asked_in_any_order(engine):
    demand = demand_of(zoo.tables("crowd"), 1, 0)
    backwards = [demand.issues_of(day).tobytes() for day in (3, 2, 1, 0)]
    logs = played(demand, engine)
    assert [demand.issues_of(day).tobytes() for day in (3, 2, 1, 0)] == backwards
    assert first_difference(logs, zoo.logs("crowd", engine=engine)) == ""


@pytest.mark.parametrize("grain", [0.0, 30.0])
@pytest.mark.parametrize("number", random_scenarios.NUMBERS)
def test_all_engines_tell_the_same_of_scenarios_made_by_chance(number, grain):
    one = random_scenarios.logs(number, grain)
    for engine in ENGINES:
        other = random_scenarios.logs(number, grain, engine)
        assert first_difference(one, other) == ""
