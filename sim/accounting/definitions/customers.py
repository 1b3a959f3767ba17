"""Measures of customers: lost, joining, contacted, put off."""

from sim.accounting.definitions.measure import ISSUES, LEAVERS, Measure

CUSTOMER_MEASURES = (
    Measure(
        "customers lost, expected",
        "customers",
        "Sum of p - p0 over the decisions to stay or leave: leaving because of service. By cause "
        "it is shared in proportion to the terms that raise p.",
        (*LEAVERS, "cause"),
        ("lost_expected",),
    ),
    Measure(
        "customers lost, drawn",
        "customers",
        "Customers who left and would have stayed after an issue resolved without effort; by cause "
        "each is shared as what is expected is.",
        (*LEAVERS, "cause"),
        ("lost_drawn",),
    ),
    Measure(
        "unavoidable leavers",
        "customers",
        "Customers who left over an issue and would have left in any case.",
        LEAVERS,
        ("unavoidable",),
    ),
    Measure(
        "base leavers",
        "customers",
        "Customers who left for reasons other than service.",
        ("total", "segment"),
        ("left_base",),
    ),
    Measure(
        "joiners",
        "customers",
        "Customers who joined.",
        ("total", "segment"),
        ("joined",),
    ),
    Measure(
        "customers at start",
        "customers",
        "Customers when counting begins.",
        ("total", "segment"),
        ("at_start",),
    ),
    Measure(
        "customers at end",
        "customers",
        "Customers at the horizon: those at start + joiners - all leavers.",
        ("total", "segment"),
        ("at_end",),
    ),
    Measure(
        "customers lost per year",
        "share of the base",
        "Customers lost, expected / (customers at start × years counted).",
        ("total", "segment"),
        ("lost_expected",),
        ("base_years",),
    ),
    Measure(
        "customers lost per 1,000 issues",
        "customers",
        "1,000 × customers lost, expected / issues closed.",
        (*ISSUES, "closing"),
        ("lost_expected",),
        ("closed_issues",),
        scale=1000.0,
    ),
    Measure(
        "damage not yet booked",
        "customers",
        "Customers whom service would lose if each who remembers something at the horizon had one "
        "more issue, resolved at once: sum of logistic(logit(p0) + memory) - p0.",
        ("total", "segment"),
        ("damage",),
    ),
    Measure(
        "messages",
        "messages",
        "Messages of notices sent, false alarms included.",
        ("total",),
        ("messages",),
    ),
    Measure(
        "false alarms",
        "messages",
        "Messages of notices sent to customers who were not hit.",
        ("total",),
        ("false_alarms",),
    ),
    Measure(
        "customers reached",
        "customers",
        "Customers reached by recovery after a bad closing.",
        ("total",),
        ("reached",),
    ),
    Measure(
        "customers recovered",
        "customers",
        "Customers reached after a bad closing who stayed.",
        LEAVERS,
        ("recovered",),
    ),
    Measure(
        "prospects put off",
        "customers",
        "What leavers told × the share of prospects × the share put off, at most the pool.",
        ("total",),
        ("put_off",),
    ),
    Measure(
        "pool of prospects exhausted",
        "share of runs",
        "Share of the runs in which the pool limits the prospects put off.",
        ("total",),
        ("pool_empty",),
    ),
)
