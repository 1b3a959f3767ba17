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
def replace_first(
    times: Floats, ranks: Ints, slots: Ints, size: int, time: float, rank: int, slot: int
) -> None:
    """Enters an event in place of the one at index 0, the first by time and rank."""
    place = 0
    while True:
        child = 4 * place + 1
        if child >= size:
            break
        best, best_time = child, times[child]
        for other in range(child + 1, min(child + 4, size)):
            t = times[other]
            if t < best_time or (t == best_time and ranks[other] < ranks[best]):
                best, best_time = other, t
        if time < best_time or (time == best_time and rank <= ranks[best]):
            break
        times[place] = best_time
        ranks[place] = ranks[best]
        slots[place] = slots[best]
        place = best
    times[place] = time
    ranks[place] = rank
    slots[place] = slot


@rule
def remove_first(times: Floats, ranks: Ints, slots: Ints, size: int) -> int:
    """Takes out the event at index 0; returns the new size."""
    last = size - 1
    if last > 0:
        replace_first(times, ranks, slots, last, times[last], ranks[last], slots[last])
    return last


@rule
def enter(
    n: Ints, times: Floats, ranks: Ints, slots: Ints, time: float, rank: int, slot: int
) -> None:
    """Enters an event: where the first one was, if that is over and not removed yet."""
    if n[FIRST_IS_OVER] == 1:
        replace_first(times, ranks, slots, n[HEAP], time, rank, slot)
        n[FIRST_IS_OVER] = 0
    else:
        n[HEAP] = push(times, ranks, slots, n[HEAP], time, rank, slot)
