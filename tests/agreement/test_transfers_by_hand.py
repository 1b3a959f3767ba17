"""Transfers, refusals and retries (MODEL.md sections 4 and 5), worked out by hand."""

import pytest

from tests.agreement.by_hand import Arises

TWO_TEAMS = """
callers.patience = "5 min"
queues.front.routes = [{ team = "front" }]
queues.back.routes = [{ team = "back" }]
teams.front = { agents = 1 }
teams.back = { agents = 1 }
"""

MISROUTED = (
    TWO_TEAMS
    + """
[reasons.call]
queue = "front"
talk = "60 s"
after_call = "30 s"
misrouted = { probability = 1.0, to = "back" }
[reasons.long]
queue = "back"
talk = "10 min"
"""
)


def test_a_misrouted_contact_is_transferred_once_and_waits_anew(play):
    """The second leg joins when the first talk ends, while the first agent still has after-call
    work; it waits for the second team, and is not found misrouted again."""
    told = play(MISROUTED.replace('"10 min"', '"90 s"'), [Arises(0, "long"), Arises(10, "call")])
    told.shows(
        "contacts",
        """
        issue leg why      queue team  result      last arrived joined end_wait end_talk end_work
        0     1   first    back  back  resolved    1    0       0      0        90       90
        1     1   first    front front transferred 0    10      10     10       70       100
        1     2   transfer back  back  resolved    1    10      70     90       150      180
        """,
    )
    told.shows(
        "contacts",
        """
        issue leg answered_before waited_before first_queue first_wait
        0     1   0               0             back        0
        1     1   0               0             front       0
        1     2   1               0             front       0
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed contacts reached legs_handled transfers waited first_handled_resolved
        0     resolved 90     1        1       1            0         0      1
        1     resolved 150    1        1       2            1         20     1
        """,
    )


def test_patience_runs_anew_on_each_leg_and_waits_add_up(play):
    """The caller waits 60 s for the front, and then the whole 5 min of patience for the back, which
    the third caller reached first."""
    told = play(MISROUTED, [Arises(0, "call"), Arises(30, "call"), Arises(145, "long")])
    told.shows(
        "contacts",
        """
        issue leg outcome   joined end_wait end_talk end_work waited_before first_wait last
        0     1   handled   0      0        60       90       0             0          0
        0     2   handled   60     60       120      150      0             0          1
        1     1   handled   30     90       150      180      0             60         0
        1     2   abandoned 150    450      -        -        60            60         1
        2     1   handled   145    150      750      750      0             5          1
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  waited
        0     resolved 0
        1     gave_up  360
        2     resolved 5
        """,
    )


def test_whoever_hangs_up_on_the_second_leg_was_handled_and_abandoned(play):
    told = play(MISROUTED, [Arises(0, "long"), Arises(10, "call")])
    told.shows(
        "contacts",
        """
        issue leg outcome   result      last answered_before joined end_wait end_talk end_work
        1     1   handled   transferred 0    0               10     10       70       100
        1     2   abandoned none        1    1               70     370      -        -
        0     1   handled   resolved    1    0               0      0        600      600
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed abandoned legs_handled transfers waited first_handled_resolved
        1     gave_up  370    1         1            1         300    0
        0     resolved 600    0         1            0         0      1
        """,
    )


AUTHORITY = (
    TWO_TEAMS
    + """
[reasons.case]
queue = "front"
talk = "60 s"
authority = 0.0
beyond = { transferred = 1.0, to = "back" }
"""
)


def test_a_case_beyond_authority_is_passed_to_the_team_that_may_settle_it(play):
    told = play((AUTHORITY, "teams.back.authority = 1.0"), [Arises(0, "case")])
    told.shows(
        "contacts",
        """
        issue leg queue result      last end_talk
        0     1   front transferred 0    60
        0     2   back  resolved    1    120
        """,
    )


def test_a_transfer_beyond_the_most_legs_is_refused(play):
    """Nobody may settle the case: front passes it on, back passes it on, and the third is last."""
    told = play(AUTHORITY, [Arises(0, "case")])
    told.shows(
        "contacts",
        """
        issue leg why      queue result      last end_talk
        0     1   first    front transferred 0    60
        0     2   transfer back  transferred 0    120
        0     3   transfer back  refused     1    180
        """,
    )
    told.shows(
        "issues",
        """
        issue closing closed legs_handled transfers first_handled_resolved resolving_team
        0     refused 180    3            2         0                      -
        """,
    )


def test_a_misrouted_contact_with_one_leg_at_most_is_refused(play):
    told = play((MISROUTED, "most_legs = 1"), [Arises(0, "call")])
    told.shows(
        "contacts",
        """
        issue leg result  last
        0     1   refused 1
        """,
    )


REFUSED = """
reasons.case = { talk = "60 s", authority = 0.0 }
teams.desk = { agents = 1 }
callers.after_refusal = { probability = 1.0, per_attempt = 0.0, delay = "1 h" }
"""


def test_a_refused_customer_tries_again_and_is_refused_again(play):
    told = play(REFUSED, [Arises(0, "case")])
    told.shows(
        "contacts",
        """
        issue attempt why   result  arrived end_talk
        0     1       first refused 0       60
        0     2       retry refused 3660    3720
        """,
    )
    told.shows(
        "issues",
        """
        issue closing closed contacts
        0     refused 3720   2
        """,
    )


def test_refusal_comes_before_misrouting_and_misrouting_before_resolving(play):
    """The case is beyond authority and misrouted: it is refused, since nobody passes it on."""
    told = play(
        (
            AUTHORITY,
            """
            [reasons.case]
            fcr = 0.0
            beyond.transferred = 0.0
            misrouted = { probability = 1.0, to = "back" }
            """,
        ),
        [Arises(0, "case")],
    )
    told.shows(
        "contacts",
        """
        issue leg result
        0     1   refused
        """,
    )


def test_a_team_may_find_fewer_contacts_misrouted_than_the_reason_says(play):
    told = play((MISROUTED, "teams.front.transfers = 0.0"), [Arises(0, "call")])
    told.shows(
        "contacts",
        """
        issue leg result
        0     1   resolved
        """,
    )


def test_a_team_that_transfers_much_keeps_the_reasons_that_nobody_misroutes(play):
    """Only the reason `call` says where its misrouted contacts go."""
    told = play(
        (MISROUTED, "teams.back.transfers = 1.0"),
        [Arises(0, "long"), Arises(1000, "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg queue result
        0     1   back  resolved
        1     1   front transferred
        1     2   back  resolved
        """,
    )


@pytest.mark.parametrize(("pace", "result"), [("1.0", "resolved"), ("0.5", "unresolved")])
def test_pressure_shortens_talk_but_not_after_call_work_and_costs_resolution(play, pace, result):
    """An elasticity of 10 leaves a probability of 0.5 ** 10 < 0.001 to resolve at pace 0.5."""
    told = play(
        f"""
        reasons.call = {{ talk = "60 s", after_call = "30 s" }}
        teams.desk = {{ agents = 1, pace = {pace}, elasticity = 10.0, factors.handle = 2.0 }}
        """,
        [Arises(0, "call")],
    )
    talk = 120 * float(pace)
    told.shows("contacts", f"issue result end_talk end_work\n0 {result} {talk} {talk + 60}")
