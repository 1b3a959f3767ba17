"""What happens before any call: silence, self-service, notices (sections 3 and 7), by hand."""

import pytest

from tests.agreement.by_hand import Arises, Message, Person

REASON = """
teams.desk = { agents = 1 }
[reasons.call]
talk = "60 s"
"""


def test_who_seeks_no_help_closes_silent_and_no_dashboard_sees_it(play):
    told = play((REASON, "reasons.call.seeks_help = 0.0"), [Arises(100, "call")])
    assert not len(told.logs.contacts)
    told.shows(
        "issues",
        """
        issue closing arose closed decided contacts reached self_service first_handled_resolved
        0     silent  100   100    100     0        0       not_tried    -
        """,
    )


def test_the_silent_do_not_try_self_service(play):
    told = play(
        (
            REASON,
            "reasons.call.seeks_help = 0.0",
            "reasons.call.self_service = { tried = 1.0, contained = 1.0 }",
        ),
        [Arises(100, "call")],
    )
    told.shows("issues", "issue closing self_service\n0 silent not_tried")


@pytest.mark.parametrize(
    ("offer", "self_service", "closing", "calls"),
    [
        ("tried = 0.0, contained = 1.0", "not_tried", "resolved", 1),
        ("tried = 1.0, contained = 0.0", "failed", "resolved", 1),
        ("tried = 1.0, contained = 1.0", "contained", "resolved", 0),
        (
            "tried = 1.0, contained = 1.0, false_containment = 1.0",
            "falsely_contained",
            "unresolved",
            0,
        ),
    ],
)
def test_self_service_contains_or_not(play, offer, self_service, closing, calls):
    told = play((REASON, f"reasons.call.self_service = {{ {offer} }}"), [Arises(100, "call")])
    assert len(told.logs.contacts) == calls
    told.shows(
        "issues",
        f"""
        issue self_service   closing   closed           contacts
        0     {self_service} {closing} {100 + 60 * calls} {calls}
        """,
    )


def test_self_service_is_tried_once_and_not_before_a_return(play):
    told = play(
        (
            REASON,
            """
            reasons.call = { fcr = 0.0, self_service = { tried = 1.0, contained = 0.0 } }
            callers.returns = { probability = 1.0, delay = "1 h" }
            most_contacts = 2
            """,
        ),
        [Arises(0, "call")],
    )
    told.shows("contacts", "issue attempt why\n0 1 first\n0 2 repeat")
    told.shows("issues", "issue self_service closing contacts\n0 failed unresolved 2")


def test_in_an_outage_nobody_is_contained(play):
    """The outage is from 1:00 to 2:00 of the second counted day, its end excluded."""
    told = play(
        (
            REASON,
            """
            horizon = "2 days"
            [reasons.call.self_service]
            tried = 1.0
            contained = 1.0
            outages = [{ day = 1, start = "1:00", end = "2:00" }]
            """,
        ),
        [Arises(time, "call") for time in ("1:30", "24:59", "25:00", "25:59", "26:00")],
    )
    told.shows(
        "issues",
        """
        issue self_service contacts closed
        0     contained    0        1:30
        1     contained    0        24:59
        2     failed       1        25:01
        3     failed       1        26:00
        4     contained    0        26:00
        """,
    )


def test_days_count_from_the_first_counted_day(play):
    told = play(
        (
            REASON,
            """
            warm_up = "1 day"
            [reasons.call.self_service]
            tried = 1.0
            contained = 1.0
            outages = [{ day = 0 }]
            """,
        ),
        [Arises("23:00", "call"), Arises("24:00", "call")],
    )
    told.shows("issues", "issue day self_service\n0 -1 contained\n1 0 failed")


OUTAGE = """
segments.people = {}
teams.desk = { agents = 1 }
[reasons.fault]
talk = "60 s"
[incidents.outage]
reason = "fault"
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


def outage(play, *changes, told=50):
    return play(
        (OUTAGE, *changes),
        [Arises(100, "fault", 0, incident="outage", told=told)],
        messages=[Message(50, 0)],
        people=[Person("people")],
    )


def test_who_is_told_before_calling_is_preempted_at_the_planned_time(play):
    told = outage(play)
    assert not len(told.logs.contacts)
    told.shows("issues", "issue why closing arose closed\n0 incident preempted 100 100")
    told.shows("outreach", "issue kind time\n0 message 50")


def test_who_is_told_too_late_or_does_not_read_it_acts_as_planned(play):
    for late in (101, float("inf")):
        told = outage(play, told=late)
        told.shows("contacts", "issue why arrived\n0 incident 100")
        told.shows("issues", "issue why closing\n0 incident resolved")


def test_the_silent_are_preempted_too(play):
    told = outage(play, "reasons.fault.seeks_help = 0.0")
    told.shows("issues", "issue closing\n0 preempted")


def test_a_silent_customer_may_call_because_of_the_message(play):
    told = outage(
        play,
        "reasons.fault.seeks_help = 0.0",
        "notices.sorry = { preempts = 0.0, silent_then_call = 1.0 }",
    )
    told.shows("contacts", "issue why arrived\n0 message 100")
    told.shows("issues", "issue why closing contacts\n0 message resolved 1")


def test_a_silent_customer_who_was_not_told_stays_silent(play):
    told = outage(
        play,
        "reasons.fault.seeks_help = 0.0",
        "notices.sorry = { preempts = 0.0, silent_then_call = 1.0 }",
        told=101,
    )
    told.shows("issues", "issue why closing contacts\n0 incident silent 0")


def test_customers_who_have_left_get_no_message(play):
    told = play(
        OUTAGE,
        [Arises(100, "fault", 0, incident="outage", told=50)],
        messages=[Message(50, 0)],
        people=[Person("people", leaves=40)],
    )
    assert not len(told.logs.outreach)
    assert not len(told.logs.issues)
