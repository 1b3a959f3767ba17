"""Measures of contacts: what came of them, and how they were served."""

from sim.accounting.definitions.measure import CALLERS, SERVED, Measure

CONTACT_MEASURES = (
    Measure(
        "first calls",
        "contacts",
        "First attempts of an issue, whatever came of them.",
        CALLERS,
        ("first_calls",),
    ),
    Measure(
        "contacts",
        "contacts",
        "All attempts: offered, blocked, closed, hung up or still in the menu; legs in a queue's "
        "row.",
        CALLERS,
        ("contacts_made",),
    ),
    Measure(
        "offered",
        "contacts",
        "Contacts that joined a queue: handled + abandoned (with those dropped) + still waiting.",
        CALLERS,
        ("offered",),
        intervals=("total", "queue"),
    ),
    Measure(
        "handled",
        "contacts",
        "Contacts answered and not abandoned on a later leg; also those with an agent, or waiting "
        "for a second one, at the horizon.",
        SERVED,
        ("handled",),
        intervals=("total", "queue", "team"),
    ),
    Measure(
        "abandoned",
        "contacts",
        "Contacts that ended in a queue on any leg, those dropped at closing time included.",
        CALLERS,
        ("abandoned", "dropped"),
        intervals=("total", "queue"),
    ),
    Measure(
        "dropped",
        "contacts",
        "Abandoned contacts that the closing of the queue ended, not the caller.",
        CALLERS,
        ("dropped",),
    ),
    Measure(
        "still waiting",
        "contacts",
        "Contacts in a queue at the horizon that no agent has answered yet.",
        CALLERS,
        ("waiting",),
    ),
    Measure(
        "blocked",
        "contacts",
        "Contacts that found all lines taken.",
        CALLERS,
        ("blocked",),
    ),
    Measure(
        "closed",
        "contacts",
        "Contacts outside the opening hours of their queue.",
        CALLERS,
        ("closed",),
    ),
    Measure(
        "menu hang-ups",
        "contacts",
        "Contacts that ended in the menu (IVR), before they were offered.",
        CALLERS,
        ("hung_up_in_menu",),
    ),
    Measure(
        "in the menu",
        "contacts",
        "Contacts in the menu (IVR) at the horizon.",
        CALLERS,
        ("in_menu",),
    ),
)

SERVICE_MEASURES = (
    Measure(
        "service level",
        "share",
        "Share answered within the threshold on the first leg, by the rule of each contact's "
        "queue: one of the four below.",
        CALLERS,
        ("served",),
        ("served_of",),
        intervals=("total", "queue"),
    ),
    Measure(
        "service level, counted",
        "share",
        "Answered within the threshold / offered: whoever abandons counts against it, however "
        "early.",
        CALLERS,
        ("answered_in_time",),
        ("offered",),
        intervals=("total", "queue"),
    ),
    Measure(
        "service level, excluded",
        "share",
        "Answered within the threshold / (offered - abandoned within the threshold).",
        CALLERS,
        ("answered_in_time",),
        ("offered", "-abandoned_in_time"),
        intervals=("total", "queue"),
    ),
    Measure(
        "service level, met",
        "share",
        "(Answered + abandoned within the threshold) / offered: whoever abandons early counts as "
        "served.",
        CALLERS,
        ("answered_in_time", "abandoned_in_time"),
        ("offered",),
        intervals=("total", "queue"),
    ),
    Measure(
        "service level, answered",
        "share",
        "Answered within the threshold / answered: whoever abandons does not count.",
        CALLERS,
        ("answered_in_time",),
        ("answered",),
        intervals=("total", "queue"),
    ),
    Measure(
        "abandonment",
        "share",
        "Abandoned on any leg / offered, those dropped at closing time included.",
        CALLERS,
        ("abandoned", "dropped"),
        ("offered",),
        intervals=("total", "queue"),
    ),
    Measure(
        "ASA",
        "s",
        "Average speed of answer: waits on all legs of the handled / handled (without those who "
        "wait for a second agent at the horizon).",
        SERVED,
        ("answered_wait",),
        ("answered_waits",),
        intervals=("total", "queue"),
    ),
    Measure(
        "time to abandon",
        "s",
        "Mean wait of the abandoned, on all legs.",
        CALLERS,
        ("wait", "-answered_wait"),
        ("waits", "-answered_waits"),
    ),
    Measure(
        "mean wait",
        "s",
        "Waits on all legs of the handled and the abandoned / both; of those still waiting at the "
        "horizon it is not known.",
        CALLERS,
        ("wait",),
        ("waits",),
        intervals=("total", "queue"),
    ),
    Measure(
        "resolved per contact",
        "share",
        "Handled contacts that resolved their issue / handled contacts.",
        SERVED,
        ("solved",),
        ("handled",),
    ),
)
