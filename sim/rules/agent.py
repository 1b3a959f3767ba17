"""How many agents there are, and what happens when their number changes (MODEL.md section 4)."""

import math

from sim.jit import rule


@rule
def absence_of_day(mean: float, sd: float, score: float) -> float:
    """The fraction of a team absent on a day; `score` is the day's standard normal draw."""
    return min(1.0, max(0.0, mean + sd * score))


@rule
def floor_of(planned: float, absence: float, shrinkage: float, counts_floor: bool) -> float:
    """Agents who can take calls: the planned number less absence, and less shrinkage if the table
    counts agents scheduled; rounded half up."""
    present = planned * (1.0 - absence)
    if not counts_floor:
        present = planned * (1.0 - shrinkage) * (1.0 - absence)
    return max(0.0, math.floor(present + 0.5))


@rule
def paid_of(planned: float, shrinkage: float, counts_floor: bool) -> float:
    """Agents paid for."""
    if counts_floor:
        return planned / (1.0 - shrinkage)
    return planned


@rule
def leaving_at_once(surplus: int, idle: int) -> int:
    """Of `surplus` agents who should go, those who go now: idle ones first. The rest are owed."""
    return min(surplus, idle)


@rule
def staying_of_owed(rise: int, owed: int) -> int:
    """Of `rise` agents who are wanted back, those who simply do not leave: departures still owed
    are cancelled before anyone arrives."""
    return min(rise, owed)
