"""Customers' events of one instant, in the order of MODEL.md section 10, worked out by hand."""

import pytest

from tests.agreement.by_hand import Arises, Message, Person

LOYALTY = """
segments.people = {}
reasons.call = { talk = "60 s" }
reasons.never = { talk = "60 s", fcr = 0.0 }
teams.desk = { agents = 1 }
[loyalty.base]
resolved = 1e-9
unresolved = 0.999999999
gave_up = 1e-9
refused = 1e-9
silent = 1e-9
preempted = 1e-9
"""


def test_a_customer_leaves_before_an_issue_of_that_instant_arises(play):
    told = play(LOYALTY, [Arises(100, "call", 0)], people=[Person("people", leaves=100)])
    told.shows("issues", "issue closing")
    told.shows("customers", "customer what time\n0 base 100")


def test_a_customer_joins_before_an_issue_of_that_instant_arises(play):
    told = play(
        LOYALTY,
        [Arises(99, "call", 0), Arises(100, "call", 0)],
        people=[Person("people", joined=100)],
    )
    told.shows("issues", "issue arose closing\n1 100 resolved")
    told.shows("customers", "customer what time issue\n0 joined 100 -")


def test_a_decision_to_leave_comes_before_leaving_for_other_reasons(play):
    """The decision over the unresolved issue falls due at 60 + 40, when the customer would leave
    anyway: it leaves for service."""
    told = play(
        (
            LOYALTY,
            """
            [recovery]
            detected.unresolved = 1.0
            reached = "40 s"
            odds_in_window = 1.0
            """,
        ),
        [Arises(0, "never", 0)],
        people=[Person("people", leaves=100)],
    )
    told.shows("customers", "customer what time issue\n0 service 100 0")


def test_a_talk_ends_before_a_decision_to_leave(play):
    """At 120 the second issue is resolved, and is decided as such; then the decision over the first
    falls due, and the customer leaves."""
    told = play(
        (
            LOYALTY,
            """
            [recovery]
            detected.unresolved = 1.0
            reached = "60 s"
            odds_in_window = 1.0
            """,
        ),
        [Arises(0, "never", 0), Arises(50, "call", 0)],
        people=[Person("people")],
    )
    told.shows("contacts", "issue end_wait end_talk\n0 0 60\n1 60 120")
    told.shows(
        "issues",
        """
        issue closing    closed decided left
        1     resolved   120    120     0
        0     unresolved 60     120     1
        """,
    )
    told.shows("customers", "customer what time issue\n0 service 120 0")


MESSAGE = """
segments.people = {}
reasons.call = { talk = "60 s" }
teams.desk = { agents = 1 }
[incidents.outage]
reason = "call"
lag = "1 h"
hits.people = 1.0
at = []
[notices.sorry]
incident = "outage"
detected_after = "1 min"
per_hour = 60.0
reach = 1.0
preempts = 1.0
"""


@pytest.mark.parametrize(("told_at", "closing"), [(100, "preempted"), (101, "resolved")])
def test_a_message_comes_before_the_issue_of_that_instant(play, told_at, closing):
    told = play(
        MESSAGE,
        [Arises(100, "call", 0, incident="outage", told=told_at)],
        messages=[Message(told_at, 0)],
        people=[Person("people")],
    )
    told.shows("issues", f"issue why arose closing\n0 incident 100 {closing}")
    told.shows("outreach", f"issue customer kind programme time\n0 0 message sorry {told_at}")


def test_a_customer_leaves_before_a_message_of_that_instant(play):
    told = play(
        MESSAGE,
        [Arises(100, "call", 0, incident="outage", told=50)],
        messages=[Message(50, 0)],
        people=[Person("people", leaves=50)],
    )
    assert not len(told.logs.outreach)
