"""Issues and the leaving that they cause, on a few rows computed by hand."""

import pytest

from sim.codes import (
    CONTAINED,
    FAILED,
    GAVE_UP,
    IN_WINDOW,
    LAPSED,
    LATE,
    NOT_REACHED,
    OPEN,
    REFUSED,
    SILENT,
    UNRESOLVED,
)
from sim.terms import DAY
from tests.unit.accounting.handmade import (
    NAN,
    Figures,
    a_calendar,
    a_contact,
    an_issue,
    counted,
    some_terms,
)

SILENCE = {
    "closing": SILENT,
    "contacts": 0,
    "reached": 0,
    "first_handled_resolved": -1,
    "resolving_team": -1,
}


def bad(closing, **fields):
    return an_issue(closing=closing, first_handled_resolved=0, resolving_team=-1, **fields)


def test_arose_and_open_at_start_are_closed_and_open_at_end():
    terms = some_terms(a_calendar(1, warm_days=1))
    issues = [
        an_issue(arose=100.0),  # closed in the warm-up
        an_issue(arose=100.0, closed=DAY),  # closes with the first counted instant
        an_issue(arose=100.0, closing=OPEN, closed=NAN, decided=NAN),
        an_issue(arose=DAY + 1.0),
        bad(GAVE_UP, arose=DAY + 2.0),
        an_issue(arose=DAY + 3.0, closing=OPEN, closed=NAN, decided=NAN),
    ]
    told = Figures(terms, issues=issues)
    assert told("issues arose") == 3.0
    assert told("issues open at start") == 2.0
    assert told("issues closed") == 3.0
    assert told("issues open at end") == 2.0
    assert told("issues closed", "closing", "resolved") == 2.0
    assert told("issues closed", "closing", "gave_up") == 1.0
    assert told.pair("share resolved") == (2.0, 3.0)


def test_per_issue_measures_are_of_the_closed_issues_that_called():
    issues = [
        an_issue(contacts=3, transfers=1, waited=900.0, abandoned=1, first_handled_resolved=0),
        an_issue(waited=60.0),
        bad(GAVE_UP, contacts=2, waited=400.0, abandoned=1) | {"first_handled_resolved": -1},
        an_issue(**SILENCE),
        an_issue(closing=OPEN, closed=NAN, decided=NAN, contacts=9, waited=9999.0),
    ]
    told = Figures(some_terms(), issues=issues)
    assert told.pair("contacts per issue") == (6.0, 3.0)
    assert told.pair("transfers per issue") == (1.0, 3.0)
    assert told.pair("time waited per issue") == (1360.0, 3.0)
    assert told.pair("issues abandoned at least once") == (2.0, 3.0)
    assert told.pair("FCR") == (1.0, 2.0)
    assert told.pair("silent share") == (1.0, 4.0)
    assert told.pair("time to resolution") == (600.0, 2.0)


def test_a_ratio_of_sums_is_not_the_mean_of_ratios():
    one = an_issue(contacts=1, segment=0)
    many = [an_issue(contacts=4, segment=1) for _ in range(3)]
    told = Figures(some_terms(), issues=[one, *many])
    assert told("contacts per issue") == 13.0 / 4.0  # not (1 + 4) / 2
    assert told("contacts per issue", "segment", "business") == 4.0


def test_issues_resolved_count_for_the_team_that_resolved_them():
    issues = [
        an_issue(resolving_team=1),
        an_issue(resolving_team=0),
        an_issue(resolving_team=-1, self_service=CONTAINED, contacts=0),
    ]
    told = Figures(some_terms(), issues=issues, contacts=[a_contact(), a_contact(team=1)])
    assert told("issues resolved") == 3.0
    assert told("issues resolved", "team", "specialists") == 1.0
    assert told.pair("handling time per resolved issue") == (600.0, 3.0)
    assert told.pair("handling time per resolved issue", "team", "frontline") == (300.0, 1.0)


def test_self_service_is_paid_for_when_the_issue_arises():
    calendar = a_calendar(2, month_of_day=[0, 1], month_shares=(0.03, 0.03))
    issues = [
        an_issue(self_service=FAILED, arose=DAY - 1.0, reason=1),
        an_issue(self_service=CONTAINED, arose=DAY + 1.0, resolving_team=-1),
        an_issue(self_service=FAILED, arose=DAY + 2.0, closing=OPEN, closed=NAN),
    ]
    counts = counted(some_terms(calendar), issues=issues)
    # tries and settlements by month and reason: the first closes a day later
    assert counts.issues.priced[:, 1].tolist() == [[1, 0, 0], [0, 1, 0]]
    assert counts.issues.priced[:, 0].tolist() == [[0, 0, 0], [2, 0, 0]]


def test_only_leaving_beyond_p0_is_booked_and_with_its_sign():
    issues = [
        bad(GAVE_UP, p=0.012, p0=0.003, closing_term=1.4),
        an_issue(p=0.0028, p0=0.003, segment=1, team_term=-0.1),
        an_issue(closing=LAPSED),
    ]
    told = Figures(some_terms(), issues=issues)
    assert told("customers lost, expected") == pytest.approx(0.0088)
    assert told("customers lost, expected", "segment", "business") == pytest.approx(-0.0002)
    assert told("customers lost, expected", "closing", "gave_up") == pytest.approx(0.009)
    assert told("customers lost, expected", "closing", "resolved") == pytest.approx(-0.0002)
    assert told("customers lost, expected", "reason", "invoice") == pytest.approx(0.0088)


def test_causes_share_the_loss_in_proportion_to_the_terms_that_raise_it():
    issue = bad(
        UNRESOLVED,
        p=0.05,
        p0=0.01,
        closing_term=1.0,
        wait_term=0.5,
        repeats_term=0.5,
        team_term=-0.4,
    )
    told = Figures(some_terms(), issues=[issue])
    shares = {
        cause: told("customers lost, expected", "cause", cause)
        for cause in ("closing", "wait", "repeats", "transfers", "self_service", "team", "memory")
    }
    assert shares == pytest.approx(
        {
            "closing": 0.02,
            "wait": 0.01,
            "repeats": 0.01,
            "transfers": 0.0,
            "self_service": 0.0,
            "team": 0.0,
            "memory": 0.0,
        }
    )


@pytest.mark.parametrize(
    "issue",
    [
        an_issue(p=0.002, p0=0.003, wait_term=0.2, team_term=-0.6),  # p fell
        bad(UNRESOLVED, p=0.004, p0=0.003, closing_term=-0.1),  # an odds factor raised it
    ],
)
def test_a_loss_that_no_term_explains_is_the_closing_s(issue):
    told = Figures(some_terms(), issues=[issue])
    expected = issue["p"] - issue["p0"]
    assert told("customers lost, expected", "cause", "closing") == pytest.approx(expected)
    assert told("customers lost, expected", "cause", "wait") == 0.0


def test_causes_closings_and_segments_add_up_to_all_customers_lost():
    issues = [
        bad(REFUSED, p=0.05, p0=0.003, closing_term=1.0, memory_term=0.4, segment=1),
        an_issue(p=0.004, p0=0.003, wait_term=0.3, reason=1),
        an_issue(p=0.002, p0=0.003, team_term=-0.4),
    ]
    told = Figures(some_terms(), issues=issues)
    whole = told("customers lost, expected")
    for kind in ("segment", "reason", "closing", "cause"):
        parts = [
            told("customers lost, expected", kind, line.row)
            for line in told.lines
            if line.measure == "customers lost, expected" and line.row_kind == kind
        ]
        assert sum(parts) == pytest.approx(whole)


def test_who_would_have_left_anyway_is_not_lost_for_service():
    issues = [
        bad(UNRESOLVED, p=0.02, p0=0.003, left=1),
        bad(GAVE_UP, p=0.02, p0=0.003, left=1),
        bad(UNRESOLVED, p=0.003, p0=0.003, left=1, unavoidable=1),
    ]
    told = Figures(some_terms(), issues=issues)
    assert (told("customers lost, drawn"), told("unavoidable leavers")) == (2.0, 1.0)
    assert told("customers lost, drawn", "closing", "unresolved") == 1.0
    assert told.pair("customers lost per 1,000 issues") == pytest.approx((34.0, 3.0))


def test_leaving_counts_when_it_is_decided():
    terms = some_terms(a_calendar(1, warm_days=1))
    issues = [
        bad(GAVE_UP, arose=0.0, closed=DAY - 10.0, decided=DAY + 10.0, p=0.02, p0=0.003),
        bad(GAVE_UP, arose=0.0, closed=DAY - 10.0, decided=DAY - 5.0, p=0.02, p0=0.003),
        bad(GAVE_UP, arose=DAY, decided=NAN, p=0.02, p0=0.003),  # pending at the horizon
    ]
    told = Figures(terms, issues=issues)
    assert told("customers lost, expected") == pytest.approx(0.017)
    assert told("issues closed") == 1.0


def test_recovered_is_who_was_reached_and_stayed():
    issues = [
        bad(UNRESOLVED, p=0.01, p0=0.003, recovery=IN_WINDOW),
        bad(UNRESOLVED, p=0.01, p0=0.003, recovery=LATE),
        bad(UNRESOLVED, p=0.01, p0=0.003, recovery=IN_WINDOW, left=1),
        bad(UNRESOLVED, p=0.02, p0=0.003, recovery=NOT_REACHED),
    ]
    told = Figures(some_terms(), issues=issues)
    assert told("customers recovered") == 2.0


def test_a_resolved_issue_counts_in_its_reason_and_segment():
    issues = [an_issue(reason=1), an_issue(), an_issue(segment=1), an_issue(segment=1)]
    told = Figures(some_terms(), issues=issues)
    resolved = {
        kind: [told("issues resolved", kind, row) for row in rows]
        for kind, rows in (("reason", ("invoice", "fault")), ("segment", ("home", "business")))
    }
    assert resolved == {"reason": [3.0, 1.0], "segment": [2.0, 2.0]}
    assert told("issues resolved") == 4.0
