"""Sums of cells: which are added up, found once, and adding them up, for every replication."""

from typing import NamedTuple

import numpy as np

from sim.jit import rule
from sim.terms import Floats, Ints


class Sums(NamedTuple):
    """One sum of cells after another."""

    places: Ints
    """Of the cells that are added up, those of the first sum first; one at a negative place is
    taken away."""
    begins: Ints
    """Where in `places` those of each sum begin; at last where they end."""
    scales: Floats
    """Factors on the sums."""


def sums_of(columns: list[tuple[Ints, float]]) -> Sums:
    """The sums of the rows (of places) of one column after another, and their factors."""
    rows = [(row, scale) for column, scale in columns for row in column]
    return Sums(
        places=np.concatenate([row for row, _ in rows]),
        begins=np.cumsum([0, *(len(row) for row, _ in rows)]),
        scales=np.array([scale for _, scale in rows]),
    )


def added_up(sums: Sums, cells: Floats) -> Floats:
    """The sums of each row of cells, those of the first sum first."""
    added = np.empty((len(sums.scales), len(cells)))
    _add_up(*sums, cells, added)
    return added.ravel()


@rule
def _add_up(places: Ints, begins: Ints, scales: Floats, cells: Floats, added: Floats) -> None:
    for row in range(len(cells)):
        for i in range(len(scales)):
            total = 0.0
            for k in range(begins[i], begins[i + 1]):
                place = places[k]
                total += cells[row, place] if place >= 0 else -cells[row, -place]
            added[i, row] = scales[i] * total
