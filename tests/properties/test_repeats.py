"""Counting row by row finds the further contacts that a search through all contacts finds."""

from dataclasses import replace

import numpy as np
import pytest

from sim.accounting.fold import add, empty
from sim.logs import Logs
from tests.properties.worlds import World, world_of
from tests.unit.accounting.search import looked_back

HOUR = 3600.0


def counted(world: World, window: float) -> tuple[int, int]:
    """Contacts that nothing followed, and contacts looked back on, the logs in many batches."""
    terms = replace(world.tables.terms, fcr_window=window)
    counts = empty(terms)
    nothing = {name: getattr(world.logs, name)[:0] for name in Logs.__annotations__}
    for rows in np.array_split(world.logs.contacts, 7):
        add(counts, Logs(**{**nothing, "contacts": rows}), terms)
    asked, followed = counts.repeats.sums.sum(axis=(0, 1))
    return int(asked - followed), int(asked)


@pytest.mark.parametrize("hours", [1.0, 7.0])
def test_a_contact_is_followed_if_another_arrives_within_the_window(
    world: World, hours: float
) -> None:
    calendar = world.tables.terms.calendar
    found = counted(world, hours * HOUR)
    assert found == looked_back(
        world.logs.contacts, hours * HOUR, calendar.first_counted, calendar.horizon
    )


def test_some_worlds_have_contacts_that_arrived_before_one_that_ended_earlier(engine: str) -> None:
    """Else the order of rows would not matter above."""
    world = world_of("crowd", 0.0, engine)
    rows = world.logs.contacts[world.logs.contacts["last"] == 1]
    whose = rows["customer"] * 10 + rows["reason"]
    in_order = np.lexsort((np.arange(len(rows)), whose))
    rows, whose = rows[in_order], whose[in_order]
    late = (np.diff(rows["arrived"]) < 0.0) & (np.diff(whose) == 0)
    assert late.any()
