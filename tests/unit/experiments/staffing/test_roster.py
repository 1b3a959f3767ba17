"""Shifts that cover what is needed, against every roster there could be."""

from itertools import product

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiments.staffing.roster import cover, tours_of
from sim.experiments.staffing.shifts import menu_of

MENU = """\
[shifts.long]
start = "00:00"
length = "4 h"
breaks = [{ after = "1 h", latest = "2 h", length = "1 h" }]
[shifts.late]
start = "02:00"
latest_start = "03:00"
length = "3 h"
price = 1.25
[shifts.night]
start = "05:00"
length = "1 h"
days = "sat"
"""
HOUR = 3600.0


def menu(folder, text=MENU, interval=HOUR):
    file = folder / "shifts.toml"
    file.write_text(text, encoding="utf-8")
    return menu_of(file, interval)


@pytest.mark.parametrize("seed", range(12))
def test_a_roster_costs_as_little_as_the_cheapest_of_all_that_cover(tmp_path, seed):
    needed = np.random.default_rng(seed).integers(0, 4, 6)
    found = cover(menu(tmp_path), 0, needed, HOUR)
    tours = list(tours_of(menu(tmp_path), 0, 6, HOUR))
    assert len(tours) == 4
    there = np.array([tour.there for tour in tours])
    cheapest = min(
        sum(n * tour.price for n, tour in zip(numbers, tours, strict=True))
        for numbers in product(range(4), repeat=4)
        if (np.array(numbers) @ there >= needed).all()
    )
    assert not found.missing.any()
    assert (found.covered >= needed).all()
    assert sum(tour.price * agents for tour, agents in found.tours) == pytest.approx(cheapest)


def test_breaks_are_off_the_floor_and_unpaid_unless_they_are_paid(tmp_path):
    tours = [tour for tour in tours_of(menu(tmp_path), 0, 6, HOUR) if tour.shift == "long"]
    assert [tour.there.tolist() for tour in tours] == [[1, 0, 1, 1, 0, 0], [1, 1, 0, 1, 0, 0]]
    assert {tour.paid_hours for tour in tours} == {3.0}
    paid = menu(tmp_path, MENU.replace('length = "1 h" }]', 'length = "1 h", paid = true }]'))
    assert {t.paid_hours for t in tours_of(paid, 0, 6, HOUR) if t.shift == "long"} == {4.0}


def test_agents_whom_no_shift_can_bring_are_told_as_missing(tmp_path):
    weekday, saturday = (
        cover(menu(tmp_path), day, np.array([0, 0, 0, 0, 0, 0, 2]), HOUR) for day in (0, 5)
    )
    assert weekday.missing.tolist() == saturday.missing.tolist() == [0] * 6 + [2]
    assert weekday.tours == ()


def test_least_and_most_of_a_shift_are_kept(tmp_path):
    text = MENU.replace("price = 1.25", "price = 1.25\nleast = 1\nmost = 2")
    found = cover(menu(tmp_path, text), 0, np.array([0, 0, 5, 5, 5, 0]), HOUR)
    late = sum(agents for tour, agents in found.tours if tour.shift == "late")
    assert late == 2
    assert found.missing.tolist() == [0, 0, 0, 0, 3, 0]
    none = cover(menu(tmp_path, text), 0, np.zeros(6, dtype=int), HOUR)
    assert sum(agents for _, agents in none.tours) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"4 h"', '"4h10m"'), "multiple of 60 minutes"),
        (('after = "1 h"', 'after = "3 h"'), "`latest` must not be before"),
        (('latest = "2 h"', 'latest = "4 h"'), "must lie within the shift"),
        (('"05:00"', '"23:30"'), "multiple of 60 minutes"),
        (('length = "3 h"', 'length = "23 h"'), "ends after midnight"),
        (('latest_start = "03:00"', 'latest_start = "01:00"'), "must not be before `start`"),
        (("price", "prise"), "did you mean"),
    ],
)
def test_a_menu_that_cannot_be_is_told_with_its_line(tmp_path, change, sentence):
    with pytest.raises(ScenarioError) as caught:
        menu(tmp_path, MENU.replace(*change))
    assert sentence in str(caught.value)
    assert "line" in str(caught.value)
