"""How busy a day is, given the day before (MODEL.md section 2)."""

import math

from sim.jit import rule


@rule
def next_score(score: float, correlation: float, innovation: float) -> float:
    """The standard normal score of a day after one of `score`: a Gaussian AR(1).

    `innovation` is the day's own standard normal draw, and the score itself if `correlation` is 0.
    """
    return correlation * score + math.sqrt(1.0 - correlation * correlation) * innovation
