"""Queues and teams as they stand at a moment."""

from bisect import bisect_left, insort
from collections.abc import Iterator

from sim.engines.reference.entities import Leg
from sim.rules.routing import AFTER, CLASS, LONGER_THAN, may_take
from sim.tables.tables import Tables


class Line:
    """A queue: contacts that wait, in the order in which they joined."""

    def __init__(self, tables: Tables, index: int) -> None:
        queues = tables.queues
        self.index = index
        self.priority = int(queues.priority[index])
        self.serves_at_closing = bool(queues.serve_at_closing[index])
        self.routes = queues.routes[index]
        self.teams = queues.teams_of(index).tolist()
        self.after = self.routes[:, AFTER].tolist()
        self.cuts = queues.cuts[index]
        self.open = bool(queues.opens[index].size and queues.opens[index][0] < 0)
        self._one_class = not self.cuts.size
        self._conditions = self.routes[:, [LONGER_THAN, CLASS]].tolist()
        self._legs: list[tuple[float, tuple[int, int, int], Leg]] = []
        """By the time of joining, then by issue, attempt and leg."""

    def add(self, leg: Leg) -> None:
        """A leg begins to wait."""
        insort(self._legs, (leg.joined, leg.order, leg))

    def remove(self, leg: Leg) -> None:
        """A leg waits no longer."""
        del self._legs[bisect_left(self._legs, (leg.joined, leg.order))]

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._legs)

    def head(self) -> Leg:
        """The leg that has waited longest; there must be one."""
        return self._legs[0][2]

    def legs(self) -> Iterator[Leg]:
        """All who wait, in order; not to be changed meanwhile."""
        return (leg for *_, leg in self._legs)

    def candidates(self) -> Iterator[Leg]:
        """Who may be served next, in order; only the head if all have the same routes, for then
        nobody has an open route that the head has not."""
        return iter((self.head(),)) if self._one_class else self.legs()

    def may_take(self, leg: Leg, route: int) -> bool:
        """Whether a route is open to a leg, now or after a longer wait."""
        longer_than, open_to = self._conditions[route]
        return may_take(longer_than, open_to, self.waiting, leg.of_class)

    def teams_for(self, leg: Leg) -> Iterator[int]:
        """The teams to which a leg may come, now or after a longer wait."""
        return (team for route, team in enumerate(self.teams) if self.may_take(leg, route))


class Team:
    """Interchangeable agents: idle, busy, and those who owe a departure."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.busy = 0
        self.owed = 0
        self.floor = 0
        self.planned = self.absence = self.paid = 0.0
        self.step_began = 0.0
        self.overtime = 0.0
        self._counted_until = 0.0

    def count_overtime(self, now: float) -> None:
        """Adds the agent-seconds worked above the floor since the last count."""
        if self.busy > self.floor:
            self.overtime += (self.busy - self.floor) * (now - self._counted_until)
        self._counted_until = now
