"""Measures of agents: how long they handle, and how busy they are."""

from sim.accounting.definitions.measure import AGENTS, SERVED, Measure

AGENT_MEASURES = (
    Measure(
        "AHT",
        "s",
        "Average handle time: (talk + after-call work) / handled. All agent time of the counted "
        "days counts, on every leg, also of contacts abandoned later.",
        SERVED,
        ("handling",),
        ("handled",),
    ),
    Measure(
        "talk",
        "s",
        "Talk / handled.",
        SERVED,
        ("talk",),
        ("handled",),
    ),
    Measure(
        "ACW",
        "s",
        "After-call work / handled.",
        SERVED,
        ("work",),
        ("handled",),
    ),
    Measure(
        "occupancy",
        "share",
        "Handling time / floor time, overtime included. By interval all overtime stands where the "
        "shift ended.",
        AGENTS,
        ("handling",),
        ("floor", "overtime"),
        intervals=AGENTS,
    ),
    Measure(
        "utilisation",
        "share",
        "Handling time / paid time. Overtime is paid apart: what is handled in it counts above the "
        "line only.",
        AGENTS,
        ("handling",),
        ("paid",),
    ),
    Measure(
        "agents on the floor",
        "agents",
        "Mean number of agents who can take calls.",
        AGENTS,
        ("floor",),
        ("seconds",),
        intervals=AGENTS,
    ),
    Measure(
        "handling hours",
        "h",
        "Talk and after-call work, where it is spent.",
        SERVED,
        ("handling",),
        scale=1 / 3600,
        intervals=AGENTS,
    ),
    Measure(
        "floor hours",
        "h",
        "Time of agents who can take calls, without overtime.",
        AGENTS,
        ("floor",),
        scale=1 / 3600,
    ),
    Measure(
        "paid hours",
        "h",
        "Agent time paid for, without overtime.",
        AGENTS,
        ("paid",),
        scale=1 / 3600,
    ),
    Measure(
        "overtime hours",
        "h",
        "Time of agents who work beyond the floor: with a call in hand at the end of a shift.",
        AGENTS,
        ("overtime",),
        scale=1 / 3600,
    ),
)
