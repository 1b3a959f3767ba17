"""Measures of issues: how they closed, what they took, and what of it need not have been."""

from sim.accounting.definitions.measure import CURRENCY, ISSUES, Measure

ISSUE_MEASURES = (
    Measure(
        "issues arose",
        "issues",
        "Issues that arose, also those that nobody called about.",
        ISSUES,
        ("arose",),
    ),
    Measure(
        "issues open at start",
        "issues",
        "Issues that arose before counting began and had not closed by then.",
        ISSUES,
        ("open_at_start",),
    ),
    Measure(
        "issues closed",
        "issues",
        "Issues that closed: those open at start + arose - those open at the horizon.",
        (*ISSUES, "closing"),
        ("closed_issues",),
    ),
    Measure(
        "issues open at end",
        "issues",
        "Issues that had not closed at the horizon.",
        ISSUES,
        ("open",),
    ),
    Measure(
        "issues resolved",
        "issues",
        "Issues that closed resolved; in a team's row those that its agents resolved.",
        (*ISSUES, "team"),
        ("resolved",),
    ),
    Measure(
        "share resolved",
        "share",
        "Issues resolved / issues closed.",
        ISSUES,
        ("resolved",),
        ("closed_issues",),
    ),
    Measure(
        "time to resolution",
        "s",
        "Mean time from arising to closing of the issues resolved; to be read with the share "
        "resolved.",
        ISSUES,
        ("time_to_resolve",),
        ("resolved",),
    ),
    Measure(
        "silent share",
        "share",
        "Issues whose customer never said anything / issues closed.",
        ISSUES,
        ("silent",),
        ("closed_issues",),
    ),
    Measure(
        "self-service tries",
        "issues",
        "Issues that arose and were tried in self-service.",
        ISSUES,
        ("tries",),
    ),
    Measure(
        "FCR",
        "share",
        "First contact resolution, true: closed issues resolved at their first handled contact / "
        "closed issues with a handled contact.",
        ISSUES,
        ("resolved_at_first",),
        ("ever_handled",),
    ),
    Measure(
        "contacts per issue",
        "contacts",
        "Attempts per closed issue that called at all.",
        ISSUES,
        ("contacts",),
        ("called",),
    ),
    Measure(
        "transfers per issue",
        "transfers",
        "Transfers per closed issue that called at all.",
        ISSUES,
        ("transfers",),
        ("called",),
    ),
    Measure(
        "time waited per issue",
        "s",
        "Waits on all legs of all contacts per closed issue that called at all.",
        ISSUES,
        ("waited",),
        ("called",),
    ),
    Measure(
        "issues abandoned at least once",
        "share",
        "Closed issues with an abandoned contact / closed issues that called at all.",
        ISSUES,
        ("ever_abandoned",),
        ("called",),
    ),
    Measure(
        "handling time per resolved issue",
        "s",
        "All talk and after-call work / issues resolved.",
        (*ISSUES, "team"),
        ("handling",),
        ("resolved",),
    ),
)

FAILURE_MEASURES = (
    Measure(
        "failure demand, share of contacts",
        "share",
        "Offered contacts, each transfer as one more, that are not first calls of value / all; by "
        "kind the share of each, `first` being value demand.",
        ("total", "kind"),
        ("kind_legs",),
        ("all_legs",),
    ),
    Measure(
        "failure demand, share of handling time",
        "share",
        "Handling time of contacts that are not first calls of value / all; by kind the share of "
        "each.",
        ("total", "kind"),
        ("kind_time",),
        ("all_time",),
    ),
    Measure(
        "price of failure demand",
        CURRENCY,
        "Its share of each team's handling time × the full cost of the team.",
        ("total", "kind"),
        ("kind_cost",),
        note="released only if staffing follows",
    ),
)
