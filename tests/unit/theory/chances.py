"""Queues played by brute force, one caller after another, to hold formulas against.

Nothing here knows a formula. Figures of `CALLERS` callers carry luck; `near` says how much.
"""

import math

import numpy as np
import pytest

CALLERS = 200_000
BATCHES = 50


def near(values):
    """The mean of what happened to callers, and four standard errors from batches of them."""
    means = np.array([batch.mean() for batch in np.array_split(np.asarray(values), BATCHES)])
    error = means.std(ddof=1) / math.sqrt(BATCHES)
    assert error < 0.04 * abs(means.mean()), "too uncertain to say anything"
    return pytest.approx(means.mean(), abs=4.0 * error)


def first_come_first_served(agents, gaps, services, patience):
    """Waits of callers, and who is answered: each takes the agent who is free first, unless that is
    later than the patience lasts. Times in one unit; the first tenth is left out."""
    free = [0.0] * agents
    now = 0.0
    waits, answered = [], []
    for gap, service, patient in zip(gaps, services, patience, strict=True):
        now += gap
        first = min(range(agents), key=free.__getitem__)
        wait = max(0.0, free[first] - now)
        answer = wait == 0.0 or wait < patient
        if answer:
            free[first] = now + wait + service
        waits.append(wait if answer else patient)
        answered.append(answer)
    settled = len(waits) // 10
    return np.array(waits)[settled:], np.array(answered)[settled:]
