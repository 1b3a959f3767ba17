"""The record types of the logs: all that an engine tells, and all that is ever counted or priced.

Times are seconds from the midnight that begins the first simulated day (warm-up included); a time
that never came is NaN. An index that does not apply is -1. `day` in an issue's identity counts
from the first counted day, so that it is the same whatever the warm-up; it is negative in it.

The three fields `day`, `origin`, `ordinal` name an issue; `origin` is an index into
`Names.origins`. A row is written when its subject ends, or at the horizon if it has not.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_IDENTITY = [("day", "i4"), ("origin", "i4"), ("ordinal", "i4")]
_WHO = [("customer", "i4"), ("segment", "i4"), ("reason", "i4")]

ARISING = np.dtype(
    [
        *_IDENTITY,
        *_WHO,
        ("why", "i4"),
        ("time", "f8"),
        ("told", "f8"),
    ]
)
"""One issue that arises: `why` FIRST, AVOIDABLE, INCIDENT or MESSAGE; `told` is when a notice
reaches its customer (infinity: never)."""

SENDING = np.dtype([*_IDENTITY, *_WHO, ("programme", "i4"), ("kind", "i4"), ("time", "f8")])
"""One message of a notice that is due: `kind` MESSAGE_SENT or FALSE_ALARM, and the identity of the
issue that it is about (for a false alarm, of the issue that it may open)."""

CONTACT = np.dtype(
    [
        *_IDENTITY,
        *_WHO,
        ("attempt", "i4"),
        ("leg", "i4"),
        ("why", "i4"),
        ("outcome", "i4"),
        ("result", "i4"),
        ("last", "i4"),
        ("answered_before", "i4"),
        ("queue", "i4"),
        ("team", "i4"),
        ("first_queue", "i4"),
        ("arrived", "f8"),
        ("joined", "f8"),
        ("end_wait", "f8"),
        ("end_talk", "f8"),
        ("end_work", "f8"),
        ("waited_before", "f8"),
        ("first_wait", "f8"),
    ]
)
"""One leg, or a contact that reached no queue (leg 0, `queue` the one it meant to reach).

`why` is TRANSFER from the second leg on. `last` is 1 on the leg with which the contact ended (or
stands at the horizon): that row speaks for the contact, with `answered_before` (1 if an earlier leg
was answered), `waited_before` (seconds waited on earlier legs), `first_queue` and `first_wait` (the
first leg's queue, and its wait until it was answered, abandoned or dropped, NaN if it waits still;
on leg 1 its own).
`end_wait` is when the leg was answered, abandoned or dropped; NaN if still waiting. `end_talk` and
`end_work` (end of after-call work) are NaN if they did not come before the horizon.
"""

ISSUE = np.dtype(
    [
        *_IDENTITY,
        *_WHO,
        ("why", "i4"),
        ("closing", "i4"),
        ("contacts", "i4"),
        ("reached", "i4"),
        ("legs_handled", "i4"),
        ("transfers", "i4"),
        ("first_handled_resolved", "i4"),
        ("abandoned", "i4"),
        ("self_service", "i4"),
        ("recovery", "i4"),
        ("left", "i4"),
        ("unavoidable", "i4"),
        ("resolving_team", "i4"),
        ("sold", "i4"),
        ("arose", "f8"),
        ("closed", "f8"),
        ("decided", "f8"),
        ("waited", "f8"),
        ("p", "f8"),
        ("p0", "f8"),
        ("closing_term", "f8"),
        ("wait_term", "f8"),
        ("repeats_term", "f8"),
        ("transfers_term", "f8"),
        ("self_service_term", "f8"),
        ("team_term", "f8"),
        ("memory_term", "f8"),
    ]
)
"""One issue, when staying or leaving is decided; `closing` OPEN at the horizon if it is not closed.

`why` is of its first contact. `contacts` counts attempts, `reached` those that were blocked or
joined a queue. `first_handled_resolved` is 1 or 0 once a contact was handled, else -1: whether the
first contact that was answered resolved it. `abandoned` is 1 if any contact was abandoned.
`sold` is 1 if the talk that resolved the issue sold something.
`p` and `p0` are NaN where nothing was decided (lapsed, open, no customer who can leave, or the
customer left before a pending decision); `left` is 1 if this decision made the customer leave,
`unavoidable` 1 if it would have left anyway (u < p0). The seven terms are those of logit(p) -
logit(p0), in the order of `codes.CAUSES`; the odds factor of a recovery is not among them.
"""

FLOOR = np.dtype(
    [
        ("team", "i4"),
        ("start", "f8"),
        ("end", "f8"),
        ("planned", "f8"),
        ("absence", "f8"),
        ("floor", "f8"),
        ("paid", "f8"),
        ("overtime", "f8"),
    ]
)
"""One team over one stretch of unchanged staffing within one day: agents in the table (scaled),
fraction absent, agents on the floor, agents paid for; `overtime` in agent-seconds."""

CUSTOMER_EVENT = np.dtype(
    [("customer", "i4"), ("segment", "i4"), ("what", "i4"), ("time", "f8"), *_IDENTITY]
)
"""One customer who joins or leaves (`what` is one of `codes.DEPARTURES`), and over which issue."""

OUTREACH_EVENT = np.dtype([*_IDENTITY, *_WHO, ("programme", "i4"), ("kind", "i4"), ("time", "f8")])
"""One message sent or one customer reached (`kind` is one of `codes.OUTREACH`); `programme` is an
index into `Names.notices`, -1 for recovery."""

MEMORY = np.dtype([("customer", "i4"), ("segment", "i4"), ("memory", "f8")])
"""What an active customer still remembers at the horizon, in log odds; written where above 0."""

Rows = npt.NDArray[np.void]


@dataclass(frozen=True)
class Logs:
    """What happened in a stretch of a run: the whole interface between moving and counting."""

    contacts: Rows
    issues: Rows
    floor: Rows
    customers: Rows
    outreach: Rows
    memory: Rows
