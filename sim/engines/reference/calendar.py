"""SimPy's environment with the model's order of events at one instant."""

from collections.abc import Generator
from heapq import heappush
from typing import Any

import simpy
from simpy.events import EventPriority

Story = Generator[simpy.Event, Any, None]
"""A process: it waits for one event after another."""


class Calendar(simpy.Environment):
    """An environment whose events have an absolute time and a rank (`rules.order.rank`).

    SimPy's own `schedule` takes a delay and adds it to the present; the sum of the two roundings
    need not be the time that the model means, so events are entered at their time here. Events at
    or after the horizon never happen and are not entered.
    """

    def __init__(self, horizon: float) -> None:
        super().__init__()
        self.horizon = horizon

    def at(self, time: float, rank: int) -> simpy.Event:
        """An event that happens by itself at `time`; a process may wait for it."""
        event = simpy.Event(self)
        event._ok = True
        event._value = None
        if time < self.horizon:
            heappush(self._queue, (time, EventPriority(rank), next(self._eid), event))
        return event


def cancel(event: simpy.Event) -> None:
    """Nobody waits for this event any more; it passes without effect."""
    if event.callbacks is not None:
        event.callbacks.clear()
