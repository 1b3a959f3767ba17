"""The kernel's calendars: heaps of events (time, rank, slot) with four children a node.

Four children make a heap half as deep as two, and keep the children of a node close together in
memory (LaMarca and Ladner 1996, The influence of caches on the performance of heaps).

A heap is one array of `EVENT`, so that compiled code has one thing to hand on: index 0 tells how
many events there are (`slot`) and whether the first is over but not removed yet (`rank` 1); the
first event is at index 1, the children of the one at index i at 4i - 2 to 4i + 1. An empty heap has
an event at infinity at index 1, so that nobody has to ask whether there is one.
"""

import math

import numpy as np

from sim.jit import rule
from sim.logs import Rows

EVENT = np.dtype([("time", "f8"), ("rank", "i8"), ("slot", "i8")])


def empty_heap(room: int) -> Rows:
    """A heap for at most `room` events."""
    events = np.zeros(room + 2, dtype=EVENT)
    events["time"][1] = math.inf
    return events


@rule
def size_of(events: Rows) -> int:
    """How many events there are, one that is over but not removed included."""
    return int(events[0]["slot"])


@rule
def enter(events: Rows, time: float, rank: int, slot: int) -> None:
    """Enters an event: where the first one was, if that is over and not removed yet.

    There must be room for it.
    """
    head = events[0]
    if head["rank"] == 1:
        head["rank"] = 0
        place = hole_for(events, int(head["slot"]), time, rank)
    else:
        place = int(head["slot"]) + 1
        head["slot"] = place
        while place > 1:
            parent = (place + 2) >> 2
            above = events[parent]
            if above["time"] < time or (above["time"] == time and above["rank"] <= rank):
                break
            events[place] = above
            place = parent
    new = events[place]
    new["time"] = time
    new["rank"] = rank
    new["slot"] = slot


@rule
def first_is_over(events: Rows) -> None:
    """The first event is over: the next one to be entered may take its place."""
    events[0]["rank"] = 1


@rule
def is_next(events: Rows, time: float, rank: int) -> bool:
    """Whether an event that is not in the heap comes before all that are in it."""
    begin, end = 1, 2
    if events[0]["rank"] == 1:
        begin, end = 2, min(6, int(events[0]["slot"]) + 1)
    for place in range(begin, end):
        other = events[place]
        if other["time"] < time or (other["time"] == time and other["rank"] < rank):
            return False
    return True


@rule
def remove_first(events: Rows) -> None:
    """Removes the first event; there must be one."""
    head = events[0]
    head["rank"] = 0
    last = int(head["slot"])
    head["slot"] = last - 1
    if last == 1:
        events[1]["time"] = math.inf
        return
    moved = events[last]
    place = hole_for(events, last - 1, moved["time"], moved["rank"])
    events[place] = moved


@rule
def clear(events: Rows) -> None:
    """Removes all events."""
    events[0]["slot"] = 0
    events[0]["rank"] = 0
    events[1]["time"] = math.inf


@rule
def hole_for(events: Rows, size: int, time: float, rank: int) -> int:
    """Moves events up from the free place at index 1 until this one fits in; returns its place."""
    place = 1
    while True:
        child = 4 * place - 2
        if child + 3 <= size:
            # Sums of comparisons: a branch that nobody can foresee costs more than all of them.
            t0, t1 = events[child]["time"], events[child + 1]["time"]
            t2, t3 = events[child + 2]["time"], events[child + 3]["time"]
            left, right = child + int(t1 < t0), child + 2 + int(t3 < t2)
            sooner, later = min(t0, t1), min(t2, t3)
            best, best_time = left + int(later < sooner) * (right - left), min(sooner, later)
            if t0 == t1 or t2 == t3 or sooner == later:
                best = first_of(events, child, child + 4)
        elif child <= size:
            best = first_of(events, child, size + 1)
            best_time = events[best]["time"]
        else:
            return place
        if time < best_time or (time == best_time and rank <= events[best]["rank"]):
            return place
        events[place] = events[best]
        place = best


@rule(inlined=False)
def first_of(events: Rows, begin: int, end: int) -> int:
    """The first event, by time and rank, of those at the indices from `begin` to before `end`."""
    best = begin
    for other in range(begin + 1, end):
        one, two = events[best], events[other]
        if two["time"] < one["time"] or (two["time"] == one["time"] and two["rank"] < one["rank"]):
            best = other
    return best
