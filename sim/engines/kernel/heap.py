"""The kernel's calendar: a heap of (time, rank, slot) with four children a node.

Four children make the heap half as deep as two, and keep the children of a node in one cache line
(LaMarca and Ladner 1996, The influence of caches on the performance of heaps).
"""

import numpy as np
import numpy.typing as npt

from sim.engines.kernel.state import FIRST_IS_OVER, HEAP
from sim.jit import rule

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@rule
def enter(
    n: Ints, times: Floats, ranks: Ints, slots: Ints, time: float, rank: int, slot: int
) -> None:
    """Enters an event: where the first one was, if that is over and not removed yet.

    The arrays must have room for it.
    """
    if n[FIRST_IS_OVER] == 1:
        n[FIRST_IS_OVER] = 0
        place = hole_for(times, ranks, slots, n[HEAP], time, rank)
    else:
        place = n[HEAP]
        n[HEAP] += 1
        while place > 0:
            parent = (place - 1) >> 2
            above = times[parent]
            if above < time or (above == time and ranks[parent] <= rank):
                break
            times[place] = above
            ranks[place] = ranks[parent]
            slots[place] = slots[parent]
            place = parent
    times[place] = time
    ranks[place] = rank
    slots[place] = slot


@rule
def remove_first(n: Ints, times: Floats, ranks: Ints, slots: Ints) -> None:
    """Removes the event at index 0, the first by time and rank."""
    n[FIRST_IS_OVER] = 0
    n[HEAP] -= 1
    last = n[HEAP]
    place = hole_for(times, ranks, slots, last, times[last], ranks[last])
    times[place] = times[last]
    ranks[place] = ranks[last]
    slots[place] = slots[last]


@rule
def hole_for(times: Floats, ranks: Ints, slots: Ints, size: int, time: float, rank: int) -> int:
    """Moves events up from the free place at index 0 until this one fits in; returns its place."""
    place = 0
    while True:
        child = 4 * place + 1
        if child >= size:
            return place
        best, best_time = child, times[child]
        for other in range(child + 1, min(child + 4, size)):
            t = times[other]
            if t < best_time or (t == best_time and ranks[other] < ranks[best]):
                best, best_time = other, t
        if time < best_time or (time == best_time and rank <= ranks[best]):
            return place
        times[place] = best_time
        ranks[place] = ranks[best]
        slots[place] = slots[best]
        place = best
