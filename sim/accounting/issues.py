"""Issues counted: how they arose and closed, what they took, and whom they made leave."""

from typing import NamedTuple

import numpy as np

from sim.accounting.intervals import Window, counted, month_at
from sim.codes import CAUSES, CLOSINGS, IN_WINDOW, LATE, NOT_TRIED, OPEN, RESOLVED
from sim.jit import rule
from sim.logs import Rows
from sim.terms import Floats, Terms

LEAVING = ("lost_expected", "lost_drawn", "unavoidable", "recovered")
"""What decisions did, counted when they were made: the sum of p - p0, who left because of service,
who would have left anyway, and who was reached after a bad closing and stayed."""
_EXPECTED, _DRAWN, _UNAVOIDABLE, _RECOVERED = range(4)

BLAMED = LEAVING[:2]
"""What is shared among causes: expected and drawn."""

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
    "settled",
    "sold",
    *LEAVING,
)
"""The columns of a table of issues: how many closed in each way (`open`: at the horizon), then

arose, open_at_start, tries: arose in the window, open when it began, self-service tried by those
that arose in it · called, contacts, transfers, waited, ever_abandoned: closed issues with a
contact, their contacts, transfers and seconds waited, and those with an abandoned contact ·
ever_handled, resolved_at_first: closed issues with a handled contact, and those whose first one
resolved them · time_to_resolve: seconds from arising to closing of those resolved · settled, sold:
resolved by an agent, and those of them whose talk sold something · last what `LEAVING` says.
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
    _SETTLED,
    _SOLD,
) = range(len(CLOSINGS), len(ISSUES) - len(LEAVING))
_LEAVING = len(ISSUES) - len(LEAVING)

PRICED = ("tries", "settled", "sold")
"""The columns of a reason's month: tries of self-service, issues resolved by an agent, and those of
them whose talk sold something."""
_MONTH_TRIES, _MONTH_SETTLED, _MONTH_SOLD = range(3)


class Issues(NamedTuple):
    """Sums over issues."""

    reasons: Floats
    """By segment (the last row: of customers without one) and reason, of `ISSUES`."""
    closings: Floats
    """By closing, of `LEAVING`."""
    causes: Floats
    """By cause (`codes.CAUSES`), of `BLAMED`: p - p0, and who left because of service, shared among
    the terms that raised p, in proportion; the closing's if p did not rise or no term raised it."""
    resolved_by: Floats
    """Issues resolved, by month and the team of the resolving leg."""
    priced: Floats
    """By month and reason, of `PRICED`."""
    lost: Floats
    """Expected customers lost, by month and segment."""


def no_issues(terms: Terms) -> Issues:
    """Nothing counted yet."""
    names, months = terms.names, len(terms.calendar.months)
    return Issues(
        reasons=np.zeros((len(names.segments) + 1, len(names.reasons), len(ISSUES))),
        closings=np.zeros((len(CLOSINGS), len(LEAVING))),
        causes=np.zeros((len(CAUSES), len(BLAMED))),
        resolved_by=np.zeros((months, len(names.teams))),
        priced=np.zeros((months, len(names.reasons), len(PRICED))),
        lost=np.zeros((months, len(names.segments))),
    )


@rule
def count_issues(rows: Rows, window: Window, issues: Issues) -> None:
    """Add a batch of issue rows, whatever their order."""
    reasons, closings, causes = issues.reasons, issues.closings, issues.causes
    resolved_by, priced, lost = issues.resolved_by, issues.priced, issues.lost
    month_ends, month = window.month_ends, 0
    for i in range(len(rows)):
        row = rows[i]
        segment, reason, closing = row["segment"], row["reason"], row["closing"]
        arose, closed, decided = row["arose"], row["closed"], row["decided"]
        cells = reasons[segment, reason]
        if counted(window, arose):
            cells[_AROSE] += 1.0
            if row["self_service"] != NOT_TRIED:
                cells[_TRIES] += 1.0
                month = month_at(month_ends, arose, month)
                priced[month, reason, _MONTH_TRIES] += 1.0
        elif not closed < window.first:  # also if it never closed
            cells[_OPEN_AT_START] += 1.0
        if counted(window, closed):
            cells[closing] += 1.0
            if closing == RESOLVED:
                cells[_TIME_TO_RESOLVE] += closed - arose
                team = row["resolving_team"]
                if team >= 0:
                    month = month_at(month_ends, closed, month)
                    resolved_by[month, team] += 1.0
                    priced[month, reason, _MONTH_SETTLED] += 1.0
                    priced[month, reason, _MONTH_SOLD] += row["sold"]
                    cells[_SETTLED] += 1.0
                    cells[_SOLD] += row["sold"]
            if row["contacts"] > 0:
                cells[_CALLED] += 1.0
                cells[_CONTACTS] += row["contacts"]
                cells[_TRANSFERS] += row["transfers"]
                cells[_WAITED] += row["waited"]
                cells[_EVER_ABANDONED] += row["abandoned"]
            if row["first_handled_resolved"] >= 0:
                cells[_EVER_HANDLED] += 1.0
                cells[_RESOLVED_AT_FIRST] += row["first_handled_resolved"]
        elif not closed < window.horizon:
            cells[OPEN] += 1.0
        if segment < 0 or not counted(window, decided) or not row["p"] >= 0.0:
            continue
        expected = row["p"] - row["p0"]
        month = month_at(month_ends, decided, month)
        lost[month, segment] += expected
        left, unavoidable, recovery = row["left"], row["unavoidable"], row["recovery"]
        _count_leaving(cells[_LEAVING:], expected, left, unavoidable, recovery)
        _count_leaving(closings[closing], expected, left, unavoidable, recovery)
        _blame(causes, row, expected, left == 1 and unavoidable == 0)


@rule
def _count_leaving(
    cells: Floats, expected: float, left: int, unavoidable: int, recovery: int
) -> None:
    cells[_EXPECTED] += expected
    if left == 1:
        cells[_UNAVOIDABLE if unavoidable == 1 else _DRAWN] += 1.0
    elif recovery in (IN_WINDOW, LATE):
        cells[_RECOVERED] += 1.0


@rule
def _blame(causes: Floats, row: np.void, expected: float, drawn: bool) -> None:
    """Share what a decision costs among its causes; `drawn` if it made the customer leave."""
    terms = (
        max(0.0, row["closing_term"]),
        max(0.0, row["wait_term"]),
        max(0.0, row["repeats_term"]),
        max(0.0, row["transfers_term"]),
        max(0.0, row["self_service_term"]),
        max(0.0, row["team_term"]),
        max(0.0, row["memory_term"]),
    )
    raising = 0.0
    for term in terms:
        raising += term
    if expected <= 0.0 or raising <= 0.0:
        causes[_CLOSING, _EXPECTED] += expected
        causes[_CLOSING, _DRAWN] += drawn
        return
    for cause in range(len(terms)):
        causes[cause, _EXPECTED] += expected * (terms[cause] / raising)
        causes[cause, _DRAWN] += drawn * (terms[cause] / raising)
