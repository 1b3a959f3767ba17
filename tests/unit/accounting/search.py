"""What a dashboard looks back on, found by its definition: by a search through all contacts."""

import numpy as np

from sim.codes import HANDLED, IN_MENU, WAITING
from sim.terms import DAY


def looked_back(rows, window, first, horizon):
    """Contacts that nothing followed within the window, and contacts looked back on."""
    rows = rows[(rows["last"] == 1) & (rows["arrived"] >= first)]
    ends = np.where(rows["outcome"] == HANDLED, rows["end_work"], rows["end_wait"])
    under_way = np.isin(rows["outcome"], (HANDLED, WAITING, IN_MENU)) & ~(ends < horizon)
    lasted = np.where(under_way, horizon, ends) - rows["arrived"]
    rows = rows[~(lasted > min(DAY, window))]
    asked = (rows["outcome"] == HANDLED) & (rows["arrived"] + window <= horizon)
    same = rows["segment"][:, None] == rows["segment"]
    alone = rows["segment"] < 0
    for name, of in (
        *((name, ~alone) for name in ("customer", "reason")),
        *((name, alone) for name in ("day", "origin", "ordinal")),
    ):
        same &= (rows[name][:, None] == rows[name]) | ~of[:, None]
    after = rows["arrived"] - rows["arrived"][:, None]
    written = np.arange(len(rows))
    later = (after > 0.0) | ((after == 0.0) & (written > written[:, None]))
    followed = (same & later & (after <= window)).any(axis=1)
    return int((asked & ~followed).sum()), int(asked.sum())
