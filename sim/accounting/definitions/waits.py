"""Quantiles of waits: how long those waited who waited longest but so many."""

from dataclasses import dataclass

from sim.accounting.definitions.measure import CALLERS
from sim.codes import WAITS

ERROR = "within 0.8 % or 0.1 s"
"""By how much a quantile that is told can differ from that of the very waits: a bin's width."""


@dataclass(frozen=True)
class Quantile:
    """One measure that is neither a mean nor a ratio: what a share of waits does not exceed, all
    replications together."""

    name: str
    definition: str
    share: float
    of: tuple[str, ...]
    """Whose waits, of `codes.WAITS`."""
    unit: str = "s"
    rows: tuple[str, ...] = CALLERS
    """Kinds of row over the whole horizon."""
    intervals: tuple[str, ...] = ()
    """None has it by interval."""
    note: str = ERROR
    """What must be said wherever the figure stands."""
    estimator: str = "quantile"


_WHOSE = {
    "wait of the answered": ("of the handled", WAITS[:1]),
    "wait of the abandoned": (
        "of the abandoned (until they were gone; with those dropped at closing time)",
        WAITS[1:],
    ),
    "wait of all offered": ("of all offered whose waiting is over", WAITS),
}
_SHARES = {"median": 0.5, "80 %": 0.8, "90 %": 0.9, "95 %": 0.95}

WAIT_MEASURES = tuple(
    Quantile(
        f"{name}, {which}",
        f"Wait that {share:.0%} {whose} did not exceed, on all legs.".replace("%", " %"),
        share,
        of,
    )
    for name, (whose, of) in _WHOSE.items()
    for which, share in _SHARES.items()
)
