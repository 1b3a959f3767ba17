"""How many replications: added one by one until an interval is narrow enough, and stays so.

Who stops the moment an interval is narrow stops too often where luck made it so, and its intervals
then cover less than they say. So the precision must hold for some replications more (Hoad, Robinson
and Davies 2010, Automated selection of the number of replications for a discrete-event simulation,
Journal of the Operational Research Society 61), and is not looked at before there are enough to
judge the scatter (ten: Law 2015, Simulation Modeling and Analysis, 5th edition, section 9.4.1).
"""

import math

FEWEST = 10
_LOOK_AHEAD = 5
_UP_TO = 100
_HOPELESS = 1e6


def look_ahead(replications: int) -> int:
    """For how many further replications a precision must hold that was reached with so many: 5, and
    5 % from a hundred replications on (Hoad, Robinson and Davies 2010).

    >>> look_ahead(20), look_ahead(100), look_ahead(250)
    (5, 5, 12)
    """
    return max(_LOOK_AHEAD, _LOOK_AHEAD * replications // _UP_TO)


def needed(replications: int, half: float, wanted: float) -> int:
    """About how many replications an interval of this half-width needs to get one as wanted, since
    the width falls with the root of their number; never fewer than there are.

    >>> needed(20, 0.04, 0.02), needed(20, 0.01, 0.02)
    (80, 20)
    """
    if half <= wanted:
        return replications
    if half >= _HOPELESS * wanted:
        return replications * int(_HOPELESS) ** 2
    return math.ceil(replications * (half / wanted) ** 2)


class Stopping:
    """Looks at precisions replication by replication and says when to stop."""

    def __init__(self) -> None:
        self._since: int | None = None

    def enough(self, replications: int, precise: bool) -> bool:
        """Whether to stop with so many replications, of which the intervals are narrow enough or
        not. To be asked after each replication."""
        if not precise:
            self._since = None
        elif self._since is None:
            self._since = replications
        return self._since is not None and replications >= self._since + look_ahead(self._since)
