"""Measures in money: the totals of the bill, and what a unit of work costs."""

from sim.accounting.definitions.measure import AGENTS, CURRENCY, Measure

MONEY_MEASURES = (
    *(
        Measure(
            f"{name}{per_year}",
            f"{CURRENCY} per year" if per_year else CURRENCY,
            definition + (", × 365 / counted days." if per_year else ", over the horizon."),
            ("total",),
            (f"{name}{per_year}",),
        )
        for per_year in ("", " per year")
        for name, definition in (
            (
                "operating cost",
                "Pay, overtime, contracts, lines, self-service, settlements, outreach and fixed "
                "costs, discounted to the first counted day",
            ),
            (
                "margin lost within 12 months",
                "Sum of (p - p0) × the margin of the 12 months after, not discounted",
            ),
            (
                "total economic cost",
                "Operating cost + value of customers lost for service + prospects put off - sales "
                "margin, discounted to the first counted day",
            ),
        )
    ),
    *(
        Measure(
            f"sales margin{per_year}",
            f"{CURRENCY} per year" if per_year else CURRENCY,
            "Sales × the margin of each, discounted to the first counted day"
            + (", × 365 / counted days." if per_year else ", over the horizon."),
            ("total",),
            (f"sales margin{per_year}",),
        )
        for per_year in ("", " per year")
    ),
    Measure(
        "team cost",
        CURRENCY,
        "Pay and overtime, or the contract's fees with malus, bonus, managing and transition; "
        "discounted.",
        ("team",),
        ("cost",),
    ),
    Measure(
        "cost per handled minute",
        CURRENCY,
        "Full cost of a team / minutes of its handling time; in total the operating cost.",
        AGENTS,
        ("cost",),
        ("handling",),
        scale=60.0,
    ),
    Measure(
        "cost per contact",
        CURRENCY,
        "Full cost of a team / legs that it handled; in total operating cost / contacts handled.",
        AGENTS,
        ("cost",),
        ("handled",),
    ),
    Measure(
        "cost per resolved issue",
        CURRENCY,
        "Full cost of a team / issues that it resolved; in total operating cost / all resolved.",
        AGENTS,
        ("cost",),
        ("resolved",),
    ),
)
