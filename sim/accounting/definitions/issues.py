"""Measures of issues: how they closed, what they took, and what of it need not have been."""

from sim.accounting.definitions.measure import CURRENCY, DASHBOARD_FCR, ISSUES, Measure

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
        "sales",
        "sales",
        "Issues resolved by an agent in whose talk something was sold.",
        ISSUES,
        ("sold",),
    ),
    Measure(
        "share sold",
        "share",
        "Sales / issues resolved by an agent.",
        ISSUES,
        ("sold",),
        ("settled",),
    ),
    Measure(
        "time to resolution",
        "s",
        "Mean time from arising to closing of the issues resolved.",
        ISSUES,
        ("time_to_resolve",),
        ("resolved",),
        note="of those resolved; see share resolved",
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
        DASHBOARD_FCR,
        "share",
        "Contacts handled that no further contact of the same customer and reason followed within "
        "`fcr_window` / contacts handled early enough for the window to end inside the run. From "
        "arrival to arrival, whatever came of the further contact; contacts that last longer than "
        "a day (or the window) left out. Without segments each issue is a customer of its own.",
        ISSUES,
        ("looked_back_on", "-followed"),
        ("looked_back_on",),
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

_PRICE = (
    "Its share of each team's handling time × the full cost of the team; by kind that of each, "
    "`first` being value demand"
)
_RELEASED = "released only if staffing follows"

FAILURE_MEASURES = (
    Measure(
        "failure demand, contacts",
        "contacts",
        "Offered contacts, each transfer as one more, that are not first calls of value; by kind "
        "those of each, `first` being value demand.",
        ("total", "kind"),
        ("kind_legs",),
    ),
    Measure(
        "failure demand, share of contacts",
        "share",
        "Failure demand, contacts / all offered contacts, each transfer as one more.",
        ("total", "kind"),
        ("kind_legs",),
        ("all_legs",),
    ),
    Measure(
        "failure demand, handling hours",
        "h",
        "Talk and after-call work of failure demand, where it is spent.",
        ("total", "kind"),
        ("kind_time",),
        scale=1 / 3600,
    ),
    Measure(
        "failure demand, share of handling time",
        "share",
        "Talk and after-call work of failure demand / of all contacts.",
        ("total", "kind"),
        ("kind_time",),
        ("all_time",),
    ),
    Measure(
        "price of failure demand",
        CURRENCY,
        f"{_PRICE}, over the horizon.",
        ("total", "kind"),
        ("kind_cost",),
        note=_RELEASED,
    ),
    Measure(
        "price of failure demand per year",
        f"{CURRENCY} per year",
        f"{_PRICE}, × 365 / counted days.",
        ("total", "kind"),
        ("kind_cost per year",),
        note=_RELEASED,
    ),
)
