"""The kernel's calendar: a heap of (time, rank, slot) with four children a node.

Four children make the heap half as deep as two, and keep the children of a node in one cache line
(LaMarca and Ladner 1996, The influence of caches on the performance of heaps).
"""

import numpy as np
import numpy.typing as npt

from sim.jit import rule

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@rule
def push(
    times: Floats, ranks: Ints, slots: Ints, size: int, time: float, rank: int, slot: int
) -> int:
    """Enters an event; returns the new size. The arrays must have room for it."""
    place = size
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
    return size + 1


@rule
def remove_first(times: Floats, ranks: Ints, slots: Ints, size: int) -> int:
    """Takes out the event at index 0, the first by time and rank; returns the new size."""
    last = size - 1
    time, rank, slot = times[last], ranks[last], slots[last]
    place = 0
    while True:
        child = 4 * place + 1
        if child >= last:
            break
        best, best_time, best_rank = child, times[child], ranks[child]
        for other in range(child + 1, min(child + 4, last)):
            t = times[other]
            if t < best_time or (t == best_time and ranks[other] < best_rank):
                best, best_time, best_rank = other, t, ranks[other]
        if time < best_time or (time == best_time and rank <= best_rank):
            break
        times[place] = best_time
        ranks[place] = best_rank
        slots[place] = slots[best]
        place = best
    times[place] = time
    ranks[place] = rank
    slots[place] = slot
    return last
