"""What a caller decides: to try again or to give up, and when."""

import math

from sim.jit import rule


@rule
def tries_again(
    probability: float, per_attempt: float, attempt: int, most_contacts: int, u: float
) -> bool:
    """Whether a caller makes another attempt after attempt number `attempt` (from 1).

    The probability falls by the factor `per_attempt` with each attempt made before; `u` is the
    contact's draw. Never beyond `most_contacts`.
    """
    if attempt >= most_contacts:
        return False
    return u < probability * math.pow(per_attempt, float(attempt - 1))


@rule
def after_reopening(moment: float, opens: float, spread: float, u: float) -> float:
    """When an attempt meant for `moment` is made, if the queue opens next at `opens`.

    `opens` is `moment` itself while the queue is open; otherwise the attempt comes a share `u` of
    `spread` seconds after the opening.
    """
    if opens <= moment:
        return moment
    return opens + u * spread
