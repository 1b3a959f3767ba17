"""Which strategy is best, as far as luck lets it be known. Less is better.

Strategies that met the same luck are compared pair by pair, so what luck did to all of them alike
counts for nothing.
"""

from collections.abc import Sequence

import numpy as np

from sim.statistics.estimate import Floats, Statistic, standard_errors


def probability_of_best(leads: Sequence[Statistic], zone: float = 0.0) -> float:
    """At least with this probability no other is better than the one chosen by more than `zone`.

    One less the sum, over the others, of Student's probabilities that the other is better by more
    than the zone, given the paired difference seen: Bonferroni's bound on the probability of
    correct selection (Chen, Lin, Yücesan and Chick 2000, Simulation budget allocation for further
    enhancing the efficiency of ordinal optimization, Discrete Event Dynamic Systems 10; with a zone
    Branke, Chick and Schmidt 2007, Selecting a selection procedure, Management Science 53). It
    takes all differences for equally likely beforehand, and holds for any dependence.

    leads: by how much each other is worse than the one chosen, as paired differences of one row.
    NaN with fewer than two replications, or where a value is undefined.
    """
    from scipy.special import stdtr

    doubt = 0.0
    for one in leads:
        lead, error = float(one.value[0]) + zone, float(standard_errors(one)[0])
        if not (np.isfinite(lead) and np.isfinite(error)):
            return float("nan")
        t = lead / error if error > 0.0 else np.copysign(np.inf, lead)
        doubt += float(stdtr(one.degrees, -t))
    return max(0.0, 1.0 - doubt)


class Knockout:
    """The procedure KN: strategies drop out as soon as they are clearly behind another.

    Whatever luck the strategies share, the one that is left is the best with at least the given
    confidence, if the best is ahead of all others by `zone` or more. Totals are taken as normal, of
    ratios the linear form (Kim and Nelson 2001, A fully sequential procedure for indifference-zone
    selection in simulation, ACM Transactions on Modeling and Computer Simulation 11, with c = 1).
    """

    def __init__(self, first: Sequence[Statistic], zone: float, confidence: float = 0.95) -> None:
        """first: what the first replications of every strategy say. zone: a difference that does
        not matter, above 0. Raises ValueError with fewer than two strategies or replications."""
        replications, contenders = len(first[0].pulls), len(first)
        if contenders < 2 or replications < 2 or not zone > 0.0:
            raise ValueError("a choice needs two strategies, two replications and a zone above 0")
        miss = 2.0 * (1.0 - confidence) / (contenders - 1)
        eta = 0.5 * (miss ** (-2.0 / (replications - 1)) - 1.0)
        pulls = np.hstack([one.pulls for one in first])
        gaps = pulls[:, :, np.newaxis] - pulls[:, np.newaxis, :]
        variances = np.square(gaps).sum(axis=0) / (replications - 1)
        self._zone = zone
        self._scaled: Floats = 2.0 * eta * (replications - 1) * variances

    @property
    def longest(self) -> int:
        """After so many replications a single strategy is left in any case."""
        return 1 + int(self._scaled.max() / self._zone**2)

    def left(self, values: Floats, still: Sequence[int], replications: int) -> tuple[int, ...]:
        """Which of the strategies `still` in the contest stay in it.

        values: what each of these comes to after so many replications of each.
        """
        scaled = self._scaled[np.ix_(still, still)]
        by = self._zone / (2.0 * replications) * (scaled / self._zone**2 - replications)
        behind = values[:, np.newaxis] - values[np.newaxis, :] > np.maximum(by, 0.0)
        if np.maximum(by, 0.0).max() == 0.0:  # the end: of equals the first
            return (still[int(np.argmin(values))],)
        return tuple(
            one for one, out in zip(still, np.any(behind, axis=1).tolist(), strict=True) if not out
        )
