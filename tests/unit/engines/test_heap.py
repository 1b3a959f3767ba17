"""The kernel's calendar against Python's heapq, which it must follow entry for entry."""

import heapq
import math
import random

import pytest

from sim.engines.kernel.heap import (
    clear,
    empty_heap,
    enter,
    first_is_over,
    is_next,
    remove_first,
    size_of,
)


def first_of(events):
    return tuple(events[1].item())


class Pair:
    """A heap and the list that heapq keeps of the same events."""

    def __init__(self, room=300):
        self.events = empty_heap(room)
        self.known = []
        self.over = False

    def enter(self, time, rank, slot):
        if self.over:
            heapq.heapreplace(self.known, (time, rank, slot))
        else:
            heapq.heappush(self.known, (time, rank, slot))
        self.over = False
        enter(self.events, time, rank, slot)

    def finish_first(self):
        first_is_over(self.events)
        self.over = True

    def remove_first(self):
        remove_first(self.events)
        heapq.heappop(self.known)
        self.over = False


@pytest.mark.parametrize("ticks", [5, 40, 10**9])
@pytest.mark.parametrize("seed", range(4))
def test_events_come_in_the_order_of_time_and_then_of_rank(ticks, seed):
    luck = random.Random(seed)
    pair = Pair()
    for number in range(3000):
        if len(pair.known) > 250 or (pair.known and luck.random() < 0.48):
            if not pair.over:
                assert first_of(pair.events) == pair.known[0]
            if pair.over or luck.random() < 0.5:
                pair.remove_first()
            else:
                pair.finish_first()
        else:
            pair.enter(float(luck.randrange(ticks)), luck.randrange(2**62), number)
        assert size_of(pair.events) == len(pair.known)


def test_an_empty_calendar_has_its_first_event_at_infinity():
    events = empty_heap(4)
    assert events[1]["time"] == math.inf
    enter(events, 3.0, 7, 1)
    remove_first(events)
    assert events[1]["time"] == math.inf
    enter(events, 2.0, 7, 1)
    enter(events, 1.0, 7, 2)
    clear(events)
    assert (size_of(events), events[1]["time"]) == (0, math.inf)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 20])
@pytest.mark.parametrize("over", [False, True])
def test_an_event_outside_is_next_if_it_comes_before_all_that_are_left(count, over):
    pair = Pair()
    for number in range(count):
        pair.enter(float(number // 2), number, number)
    if over:
        pair.finish_first()
    left = sorted(pair.known)[1:] if over else sorted(pair.known)
    for time in (-1.0, 0.0, 1.0, 50.0):
        for rank in (-1, 0, 1, 2, 3, 100):
            expected = all((time, rank) < event[:2] for event in left)
            assert is_next(pair.events, time, rank) == expected or (time, rank) in {
                event[:2] for event in left
            }


def test_an_event_takes_the_place_of_the_one_that_is_over():
    pair = Pair()
    for number in range(30):
        pair.enter(float(number), 0, number)
    pair.finish_first()
    pair.enter(12.5, 0, 99)
    come = []
    while pair.known:
        come.append(first_of(pair.events))
        pair.remove_first()
    assert come == sorted(come)
    assert [slot for _, _, slot in come] == [*range(1, 13), 99, *range(13, 30)]
