"""What customers brought beyond what was to be expected: known luck, for control variates.

Two things are known beforehand of every run, whatever the strategy: how many issues there would be
if nobody left, and how long a call about one takes before a team has its say. Both come from the
tables; what they came to in a replication is noted as its days are drawn.
"""

from dataclasses import dataclass, fields

import numpy as np

from sim.codes import AFTER_CALL, AVOIDABLE, FIRST, TALK
from sim.demand import Demand
from sim.jit import rule
from sim.logs import Rows
from sim.rules.distributions import inverse
from sim.rules.draws import uniform
from sim.tables.tables import Floats, Ints, Tables

CONTROLS = ("issues", "handle time of their first calls")
"""What is noted of a replication, less what was to be expected."""


@dataclass(frozen=True)
class Noting(Demand):
    """Demand that notes what it hands out on counted days."""

    noted: Floats
    """Issues that arose by themselves, and by how many seconds their talks and after-call work, as
    drawn for a first call, are longer than their means."""

    def issues_of(self, day: int) -> Rows:
        """As `Demand` says."""
        rows = super().issues_of(day)
        tables = self.tables
        if day >= tables.terms.calendar.warm_days:
            reasons = tables.reasons
            self.noted[:] += _noted(
                rows,
                self.seed,
                self.replication,
                tables.origin_keys,
                tables.laws,
                tables.knots,
                reasons.talk,
                reasons.after_call,
                reasons.mean_talk + reasons.mean_work,
            )
        return rows

    def surplus(self) -> Floats:
        """What was noted, less what was to be expected; of mean 0 in the order of `CONTROLS`."""
        return self.noted - [_expected_issues(self.tables), 0.0]


def noting(demand: Demand) -> Noting:
    """The same demand, which notes what it hands out."""
    same = {field.name: getattr(demand, field.name) for field in fields(Demand)}
    return Noting(**same, noted=np.zeros(len(CONTROLS)))


@rule
def _noted(
    rows: Rows,
    seed: int,
    replication: int,
    keys: Ints,
    laws: Floats,
    knots: Floats,
    talks: Ints,
    works: Ints,
    means: Floats,
) -> tuple[int, float]:
    day, origin, ordinal = rows["day"], rows["origin"], rows["ordinal"]
    reason, why = rows["reason"], rows["why"]
    issues, longer = 0, 0.0
    for i in range(len(rows)):
        if why[i] != FIRST and why[i] != AVOIDABLE:
            continue
        issues += 1
        key, of = keys[origin[i]], reason[i]
        u = uniform(seed, replication, key, day[i], ordinal[i], 1, 1, TALK)
        length = inverse(laws, knots, talks[of], u)
        if works[of] >= 0:
            u = uniform(seed, replication, key, day[i], ordinal[i], 1, 1, AFTER_CALL)
            length += inverse(laws, knots, works[of], u)
        longer += length - means[of]
    return issues, longer


def _expected_issues(tables: Tables) -> float:
    """Candidates on the counted days: volumes, grown by those who are to join (sim.demand)."""
    people, streams, calendar = tables.people, tables.streams, tables.terms.calendar
    grown = 1.0 + people.join_rate * calendar.horizon / np.maximum(people.initial, 1)
    of_stream = np.ones(len(streams.segment))
    has_customers = streams.segment >= 0
    of_stream[has_customers] = grown[streams.segment[has_customers]]
    return float(of_stream @ streams.volume[:, calendar.warm_days :].sum(axis=1))
