"""Waiting, hanging up, and calling again (MODEL.md sections 3 and 5), worked out by hand."""

from tests.agreement.by_hand import Arises

ONE_AGENT = """
reasons.call = { talk = "60 s", after_call = "30 s" }
teams.desk = { agents = 1 }
"""


def test_every_field_of_a_contact_and_its_issue(play):
    told = play(ONE_AGENT, [Arises(100, "call"), Arises(120, "call")])
    told.shows(
        "contacts",
        """
        day origin      issue customer segment reason attempt leg why   outcome result   last
        0   reason:call 0     -        -       call   1       1   first handled resolved 1
        0   reason:call 1     -        -       call   1       1   first handled resolved 1
        """,
    )
    told.shows(
        "contacts",
        """
        issue queue team first_queue arrived joined end_wait end_talk end_work
        0     calls desk calls       100     100    100      160      190
        1     calls desk calls       120     120    190      250      280
        """,
    )
    told.shows(
        "contacts",
        """
        issue answered_before waited_before first_wait
        0     0               0             0
        1     0               0             70
        """,
    )
    told.shows(
        "issues",
        """
        day origin      issue customer segment reason why   closing  arose closed decided waited
        0   reason:call 0     -        -       call   first resolved 100   160    160     0
        0   reason:call 1     -        -       call   first resolved 120   250    250     70
        """,
    )
    told.shows(
        "issues",
        """
        issue contacts reached legs_handled transfers first_handled_resolved abandoned
        0     1        1       1            0         1                      0
        1     1        1       1            0         1                      0
        """,
    )
    told.shows(
        "issues",
        """
        issue self_service recovery left unavoidable resolving_team p p0 closing_term memory_term
        0     not_tried    none     0    0           desk           - -  -            -
        1     not_tried    none     0    0           desk           - -  -            -
        """,
    )
    told.shows(
        "floor",
        """
        team start end   planned absence floor paid overtime
        desk 0     24:00 1       0       1     1    0
        """,
    )
    assert not any(len(log) for log in (told.logs.customers, told.logs.outreach, told.logs.memory))


def test_first_come_is_first_served(play):
    told = play(ONE_AGENT, [Arises(0, "call"), Arises(50, "call"), Arises(20, "call")])
    told.shows(
        "contacts",
        """
        issue joined end_wait end_talk end_work
        0     0      0        60       90
        2     20     90       150      180
        1     50     180      240      270
        """,
    )


PATIENCE = """
callers.patience = "30 s"
reasons.call = { talk = "60 s" }
teams.desk = { agents = 1 }
"""


def test_patience_that_ends_before_an_agent_answers_abandons(play):
    told = play(PATIENCE, [Arises(0, "call"), Arises(10, "call"), Arises(45, "call")])
    told.shows(
        "contacts",
        """
        issue outcome   result   team joined end_wait end_talk end_work first_wait
        1     abandoned none     -    10     40       -        -        30
        0     handled   resolved desk 0      0        60       60       0
        2     handled   resolved desk 45     60       120      120      15
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed contacts reached abandoned waited first_handled_resolved
        1     gave_up  40     1        1       1         30     -
        0     resolved 60     1        1       0         0      1
        2     resolved 120    1        1       0         15     1
        """,
    )


def test_whoever_leaves_the_line_does_not_hold_up_those_behind(play):
    told = play(
        """
        callers.patience = "30 s"
        reasons.call = { talk = "60 s" }
        reasons.patient = { talk = "60 s", callers.patience = "10 min" }
        teams.desk = { agents = 1 }
        """,
        [Arises(0, "call"), Arises(5, "call"), Arises(6, "patient"), Arises(7, "patient")],
    )
    told.shows(
        "contacts",
        """
        issue outcome   end_wait end_talk
        1     abandoned 35       -
        0     handled   0        60
        2     handled   60       120
        3     handled   120      180
        """,
    )


def test_without_patience_a_caller_is_answered_at_once_or_never(play):
    told = play(PATIENCE.replace('"30 s"', '"0 s"'), [Arises(0, "call"), Arises(59, "call")])
    told.shows(
        "contacts",
        """
        issue outcome   joined end_wait end_talk
        1     abandoned 59     59       -
        0     handled   0      0        60
        """,
    )


REDIAL = """
callers.patience = "30 s"
callers.redial = { probability = 1.0, per_attempt = 0.0, delay = "5 min" }
reasons.call = { talk = "10 min" }
teams.desk = { agents = 1 }
"""


def test_a_redial_is_a_further_contact_of_the_same_issue(play):
    told = play(REDIAL, [Arises(0, "call"), Arises(400, "call")])
    told.shows(
        "contacts",
        """
        issue attempt leg why    outcome   arrived joined end_wait end_talk first_wait
        1     1       1   first  abandoned 400     400    430      -        30
        0     1       1   first  handled   0       0      0        600      0
        1     2       1   redial handled   730     730    730      1330     0
        """,
    )
    told.shows(
        "issues",
        """
        issue why   closing  closed contacts reached abandoned waited first_handled_resolved
        0     first resolved 600    1        1       0         0      1
        1     first resolved 1330   2        2       1         30     1
        """,
    )


def test_the_probability_of_a_redial_falls_with_each_attempt(play):
    """With a factor of 0 per attempt, the first redial is certain and the second impossible."""
    told = play(REDIAL, [Arises(0, "call"), Arises(100, "call")])
    told.shows(
        "contacts",
        """
        issue attempt why    outcome   arrived end_wait
        1     1       first  abandoned 100     130
        1     2       redial abandoned 430     460
        0     1       first  handled   0       0
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed contacts reached waited
        1     gave_up  460    2        2       60
        0     resolved 600    1        1       0
        """,
    )


RETURNS = """
callers.returns = { probability = 1.0, per_attempt = 1.0, delay = "1 h" }
reasons.call = { talk = "60 s", after_call = "30 s", fcr = 0.0 }
teams.desk = { agents = 1 }
most_contacts = 3
"""


def test_a_customer_not_helped_returns_until_the_cap_on_contacts(play):
    """The delay runs from hang-up; the third contact is the last, so the issue closes after it."""
    told = play(RETURNS, [Arises(0, "call")])
    told.shows(
        "contacts",
        """
        issue attempt why    result     arrived end_talk end_work
        0     1       first  unresolved 0       60       90
        0     2       repeat unresolved 3660    3720     3750
        0     3       repeat unresolved 7320    7380     7410
        """,
    )
    told.shows(
        "issues",
        """
        issue closing    closed contacts legs_handled first_handled_resolved resolving_team
        0     unresolved 7380   3        3            0                      -
        """,
    )


def test_the_first_handled_contact_is_the_one_that_counts_as_first(play):
    """The novice resolves nothing; on return it is busy, and the expert resolves the issue."""
    told = play(
        """
        callers.returns = { probability = 1.0, delay = "1 h" }
        reasons.call = { talk = "60 s" }
        reasons.long = { talk = "10 min" }
        queues.calls.routes = [{ team = "novice" }, { team = "expert" }]
        teams.novice = { agents = 1, factors = { fcr = { call = 0.0 }, handle = { call = 2.0 } } }
        teams.expert = { agents = 1, factors = { handle = 0.5 } }
        """,
        [Arises(0, "call"), Arises(3700, "long")],
    )
    told.shows(
        "contacts",
        """
        issue attempt why    result     team   arrived end_wait end_talk
        0     1       first  unresolved novice 0       0        120
        0     2       repeat resolved   expert 3720    3720     3750
        1     1       first  resolved   novice 3700    3700     4300
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed contacts first_handled_resolved resolving_team
        0     resolved 3750   2        0                      expert
        1     resolved 4300   1        1                      novice
        """,
    )
