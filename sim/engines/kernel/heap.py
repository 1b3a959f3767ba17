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
        if child + 3 < size:
            # Sums of comparisons: a branch that nobody can foresee costs more than all of them.
            t0, t1, t2, t3 = times[child], times[child + 1], times[child + 2], times[child + 3]
            left, right = child + int(t1 < t0), child + 2 + int(t3 < t2)
            sooner, later = min(t0, t1), min(t2, t3)
            best = left + int(later < sooner) * (right - left)
            if t0 == t1 or t2 == t3 or sooner == later:
                best = first_of(times, ranks, child, child + 4)
        else:
            best = first_of(times, ranks, child, size)
        best_time = times[best]
        if time < best_time or (time == best_time and rank <= ranks[best]):
            return place
        times[place] = best_time
        ranks[place] = ranks[best]
        slots[place] = slots[best]
        place = best


@rule
def first_of(times: Floats, ranks: Ints, begin: int, end: int) -> int:
    """The first event, by time and rank, of those at the indices from `begin` to before `end`."""
    best = begin
    for other in range(begin + 1, end):
        if times[other] < times[best] or (
            times[other] == times[best] and ranks[other] < ranks[best]
        ):
            best = other
    return best
