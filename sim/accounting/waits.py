"""Waits kept as histograms, from which quantiles are told: of a size that no horizon changes.

From a wait to twice of it there are 128 bins of equal width, so that none is wider than 1/128 of
the waits in it. They begin where the first bits of a floating-point number change, so that a wait's
bin is read from its bits: a logarithm would cost as much as half of all other counting of contacts.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.codes import WAITS
from sim.jit import rule
from sim.terms import Floats, Ints, Terms

Numbers = npt.NDArray[np.uint32]

_BITS = 7
_SHORTEST_POWER = -4
_OCTAVES = 32
_SHORTEST = 2.0**_SHORTEST_POWER
_FRACTION_BITS, _EXPONENT_BIAS = 52, 1023  # of IEEE 754 double precision
_SHIFT = _FRACTION_BITS - _BITS
_FIRST = (_EXPONENT_BIAS + _SHORTEST_POWER) << _BITS

BINS = _OCTAVES << _BITS


class Waits(NamedTuple):
    """What one replication has counted, without the bins that hold nothing."""

    places: Ints
    """In the table of `no_waits`, laid end to end."""
    numbers: Numbers


NO_WAITS = Waits(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint32))
"""Of a replication whose waits are not kept."""


def no_waits(terms: Terms) -> Numbers:
    """Nothing counted yet: for each queue (legs), and then for each segment (the last: customers
    without one) and reason (contacts on all their legs) the bins of both histograms."""
    names = terms.names
    rows = len(names.queues) + (len(names.segments) + 1) * len(names.reasons)
    return np.zeros((rows, len(WAITS) * BINS), dtype=np.uint32)


@rule
def bin_of(wait: float) -> int:
    """The bin of a wait in seconds. Waits below the shortest that is told apart are in the first
    bin, those beyond eight years in the last."""
    bits = np.float64(max(_SHORTEST, wait)).view(np.int64) >> _SHIFT  # in this order for NaN too
    return min(int(bits) - _FIRST, BINS - 1)


def bounds() -> Floats:
    """For each bin the wait at which it ends; 0 for the first, whose waits are taken as none."""
    ends = np.arange(1, BINS + 1)
    whole, part = np.divmod(ends, 1 << _BITS)
    waits: Floats = (1.0 + part / (1 << _BITS)) * np.exp2(whole + _SHORTEST_POWER)
    waits[0] = 0.0
    return waits


def kept(table: Numbers) -> Waits:
    """What stands in a table."""
    flat = table.ravel()
    places = np.flatnonzero(flat)
    return Waits(places, flat[places])


def wait_rows(terms: Terms) -> dict[tuple[str, str], Ints]:
    """For each kind of row and its rows the rows of the table that it adds up."""
    names = terms.names
    queues, reasons = len(names.queues), len(names.reasons)
    cells = queues + np.arange((len(names.segments) + 1) * reasons).reshape(-1, reasons)
    return {
        ("total", "total"): cells.ravel(),
        **{("queue", name): np.array([nth]) for nth, name in enumerate(names.queues)},
        **{("reason", name): cells[:, nth] for nth, name in enumerate(names.reasons)},
        **{("segment", name): cells[nth] for nth, name in enumerate(names.segments)},
    }


def at_or_below(waits: Sequence[Waits], rows: Ints) -> Floats:
    """How many waits of each replication lie at or below each of `bounds`, these rows of the table
    together: replications × `WAITS` × bounds."""
    found = np.zeros((len(waits), len(WAITS), BINS))
    for nth, (places, numbers) in enumerate(waits):
        row, place = np.divmod(places, found[nth].size)
        chosen = np.isin(row, rows)
        bins = np.bincount(place[chosen], numbers[chosen], found[nth].size)
        found[nth] = bins.reshape(found[nth].shape)
    return np.asarray(found.cumsum(axis=-1))
