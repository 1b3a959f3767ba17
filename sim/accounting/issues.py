"""Issues counted: how they arose and closed, what they took, and whom they made leave."""

from dataclasses import dataclass

import numpy as np

from sim.accounting.intervals import Window, counted, interval_at, window_of
from sim.codes import CAUSES, CLOSINGS, IN_WINDOW, LATE, NOT_TRIED, OPEN, RESOLVED
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Ints, Terms

LEAVING = ("lost_expected", "lost_drawn", "unavoidable", "recovered")
"""What decisions did, counted when they were made: the sum of p - p0, who left because of service,
who would have left anyway, and who was reached after a bad closing and stayed."""
_EXPECTED, _DRAWN, _UNAVOIDABLE, _RECOVERED = range(4)

_CLOSING = CAUSES.index("closing")

ISSUES = (
    *CLOSINGS,
    "arose",
    "open_at_start",
    "tries",
    "called",
    "contacts",
    "transfers",
    "waited",
    "ever_abandoned",
    "ever_handled",
    "resolved_at_first",
    "time_to_resolve",
    *LEAVING,
)
"""The columns of a table of issues: how many closed in each way (`open`: at the horizon), then

arose, open_at_start, tries: arose in the window, open when it began, self-service tried by those
that arose in it · called, contacts, transfers, waited, ever_abandoned: closed issues with a
contact, their contacts, transfers and seconds waited, and those with an abandoned contact ·
ever_handled, resolved_at_first: closed issues with a handled contact, and those whose first one
resolved them · time_to_resolve: seconds from arising to closing of those resolved · last what
`LEAVING` says.
"""
(
    _AROSE,
    _OPEN_AT_START,
    _TRIES,
    _CALLED,
    _CONTACTS,
    _TRANSFERS,
    _WAITED,
    _EVER_ABANDONED,
    _EVER_HANDLED,
    _RESOLVED_AT_FIRST,
    _TIME_TO_RESOLVE,
) = range(len(CLOSINGS), len(ISSUES) - len(LEAVING))
_LEAVING = len(ISSUES) - len(LEAVING)

PRICED = ("tries", "settled")
"""The columns of a reason's month: tries of self-service, and issues resolved by an agent."""
_MONTH_TRIES, _MONTH_SETTLED = range(2)


@dataclass(frozen=True, eq=False)
class Issues:
    """Sums over issues."""

    reasons: Floats
    """By reason, of `ISSUES`."""
    segments: Floats
    """By segment, of `ISSUES`."""
    closings: Floats
    """By closing, of `LEAVING`."""
    causes: Floats
    """Expected customers lost, by cause (`codes.CAUSES`): p - p0 is shared among the terms that
    raised p, in proportion; it is the closing's if p did not rise or no term raised it."""
    resolved_by: Floats
    """Issues resolved, by the team of the resolving leg."""
    priced: Floats
    """By month and reason, of `PRICED`."""
    lost: Floats
    """Expected customers lost, by month and segment."""


def no_issues(terms: Terms) -> Issues:
    """Nothing counted yet."""
    names, months = terms.names, len(terms.calendar.months)
    return Issues(
        reasons=np.zeros((len(names.reasons), len(ISSUES))),
        segments=np.zeros((len(names.segments), len(ISSUES))),
        closings=np.zeros((len(CLOSINGS), len(LEAVING))),
        causes=np.zeros(len(CAUSES)),
        resolved_by=np.zeros(len(names.teams)),
        priced=np.zeros((months, len(names.reasons), len(PRICED))),
        lost=np.zeros((months, len(names.segments))),
    )


def count_issues(issues: Issues, rows: Rows, terms: Terms) -> None:
    """Add a batch of issue rows, whatever their order."""
    window, months = window_of(terms.calendar), terms.calendar.month_of_day
    _count_issues(rows, window, issues.reasons, issues.segments)
    _price_issues(rows, window, months, issues.priced, issues.resolved_by)
    _count_leaving(
        rows,
        window,
        months,
        issues.reasons,
        issues.segments,
        issues.closings,
        issues.causes,
        issues.lost,
    )


@rule
def _count_issues(rows: Rows, window: Window, reasons: Floats, segments: Floats) -> None:
    reason, segment, closing = rows["reason"], rows["segment"], rows["closing"]
    arose, closed, self_service = rows["arose"], rows["closed"], rows["self_service"]
    contacts, transfers, waited = rows["contacts"], rows["transfers"], rows["waited"]
    abandoned, first_handled = rows["abandoned"], rows["first_handled_resolved"]
    for i in range(len(rows)):
        for table, row in ((reasons, reason[i]), (segments, segment[i])):
            if row < 0:
                continue
            cells = table[row]
            _count_arising(cells, window, arose[i], closed[i], self_service[i] != NOT_TRIED)
            if not counted(window, closed[i]):
                continue
            cells[closing[i]] += 1.0
            if closing[i] == RESOLVED:
                cells[_TIME_TO_RESOLVE] += closed[i] - arose[i]
            if contacts[i] > 0:
                cells[_CALLED] += 1.0
                cells[_CONTACTS] += contacts[i]
                cells[_TRANSFERS] += transfers[i]
                cells[_WAITED] += waited[i]
                cells[_EVER_ABANDONED] += abandoned[i]
            if first_handled[i] >= 0:
                cells[_EVER_HANDLED] += 1.0
                cells[_RESOLVED_AT_FIRST] += first_handled[i]


@rule
def _count_arising(cells: Floats, window: Window, arose: float, closed: float, tried: bool) -> None:
    is_open = not closed < window.horizon  # also if it never closed
    if counted(window, arose):
        cells[_AROSE] += 1.0
        cells[_TRIES] += 1.0 if tried else 0.0
    elif is_open or closed >= window.first:
        cells[_OPEN_AT_START] += 1.0
    if is_open:
        cells[OPEN] += 1.0


@rule
def _price_issues(
    rows: Rows, window: Window, month_of_day: Ints, priced: Floats, resolved_by: Floats
) -> None:
    reason, self_service = rows["reason"], rows["self_service"]
    closing, resolving_team = rows["closing"], rows["resolving_team"]
    arose, closed = rows["arose"], rows["closed"]
    for i in range(len(rows)):
        if self_service[i] != NOT_TRIED and counted(window, arose[i]):
            month = month_of_day[interval_at(window, arose[i]) // window.per_day]
            priced[month, reason[i], _MONTH_TRIES] += 1.0
        settled = closing[i] == RESOLVED and resolving_team[i] >= 0
        if settled and counted(window, closed[i]):
            month = month_of_day[interval_at(window, closed[i]) // window.per_day]
            priced[month, reason[i], _MONTH_SETTLED] += 1.0
            resolved_by[resolving_team[i]] += 1.0


@rule
def _count_leaving(
    rows: Rows,
    window: Window,
    month_of_day: Ints,
    reasons: Floats,
    segments: Floats,
    closings: Floats,
    causes: Floats,
    lost: Floats,
) -> None:
    reason, segment, closing = rows["reason"], rows["segment"], rows["closing"]
    decided, p, p0 = rows["decided"], rows["p"], rows["p0"]
    left, unavoidable, recovery = rows["left"], rows["unavoidable"], rows["recovery"]
    terms = (
        rows["closing_term"],
        rows["wait_term"],
        rows["repeats_term"],
        rows["transfers_term"],
        rows["self_service_term"],
        rows["team_term"],
        rows["memory_term"],
    )
    for i in range(len(rows)):
        if segment[i] < 0 or not counted(window, decided[i]) or not p[i] >= 0.0:
            continue
        expected = p[i] - p0[i]
        month = month_of_day[interval_at(window, decided[i]) // window.per_day]
        lost[month, segment[i]] += expected
        for cells in (
            reasons[reason[i]][_LEAVING:],
            segments[segment[i]][_LEAVING:],
            closings[closing[i]],
        ):
            cells[_EXPECTED] += expected
            if left[i] == 1:
                cells[_UNAVOIDABLE if unavoidable[i] == 1 else _DRAWN] += 1.0
            elif recovery[i] in (IN_WINDOW, LATE):
                cells[_RECOVERED] += 1.0
        raising = 0.0
        for term in terms:
            raising += max(0.0, term[i])
        if expected <= 0.0 or raising <= 0.0:
            causes[_CLOSING] += expected
            continue
        for cause in range(len(terms)):
            causes[cause] += expected * (max(0.0, terms[cause][i]) / raising)
