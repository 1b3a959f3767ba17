"""What is under way at the horizon, and what happens at midnight (section 10), by hand."""

from tests.agreement.by_hand import Arises, Person

DESK = """
reasons.call = { talk = "10 min", after_call = "10 min" }
teams.desk = { agents = 1 }
"""


def test_what_is_under_way_at_the_horizon_is_counted_as_under_way(play):
    told = play(
        """
        centre.menu = "2 min"
        queues.calls.routes = [{ team = "desk" }]
        queues.papers.routes = [{ team = "clerks" }]
        teams = { desk = { agents = 1 }, clerks = { agents = 1 } }
        reasons.call = { queue = "calls", talk = "10 min", after_call = "10 min" }
        reasons.paper = { queue = "papers", talk = "10 min", after_call = "10 min" }
        """,
        [
            Arises("23:43", "paper"),
            Arises("23:48", "call"),
            Arises("23:50", "call"),
            Arises("23:59", "call"),
        ],
    )
    told.shows(
        "contacts",
        """
        issue leg outcome result   last queue  team   arrived joined end_wait end_talk end_work
        1     1   handled none     1    calls  desk   23:48   23:50  23:50    -        -
        2     1   waiting none     1    calls  -      23:50   23:52  -        -        -
        3     0   in_menu none     1    calls  -      23:59   -      -        -        -
        0     1   handled resolved 1    papers clerks 23:43   23:45  23:45    23:55    -
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed decided contacts reached legs_handled
        0     resolved 23:55  23:55   1        1       1
        1     open     -      -       1        1       0
        2     open     -      -       1        1       0
        3     open     -      -       1        0       0
        """,
    )


def test_events_at_the_very_horizon_do_not_happen(play):
    """The talk would end at 24:00, where the second issue would arise."""
    told = play(DESK, [Arises("23:50", "call"), Arises("24:00", "call")])
    told.shows("contacts", "issue outcome result end_talk\n0 handled none -")
    told.shows("issues", "issue closing\n0 open")


def test_an_issue_that_waits_for_its_next_call_is_open_at_the_horizon(play):
    told = play(
        (DESK, 'reasons.call.fcr = 0.0\ncallers.returns = { probability = 1.0, delay = "10 h" }'),
        [Arises("20:00", "call")],
    )
    told.shows("contacts", "issue attempt result\n0 1 unresolved")
    told.shows("issues", "issue closing contacts first_handled_resolved\n0 open 1 0")


def test_the_days_join_without_a_seam(play):
    """A talk, a wait, patience, a redial and after-call work go on past midnight."""
    told = play(
        (
            DESK,
            """
            horizon = "2 days"
            callers.patience = "15 min"
            callers.redial = { probability = 1.0, delay = "1 h" }
            """,
        ),
        [
            Arises("23:45", "call"),
            Arises("23:54", "call"),
            Arises("23:52", "call"),
            Arises("24:05", "call"),
            Arises("24:00", "call"),
        ],
    )
    told.shows(
        "contacts",
        """
        issue day attempt outcome   joined end_wait end_talk end_work
        0     0   1       handled   23:45  23:45    23:55    24:05
        1     0   1       abandoned 23:54  24:09    -        -
        4     1   1       abandoned 24:00  24:15    -        -
        3     1   1       abandoned 24:05  24:20    -        -
        2     0   1       handled   23:52  24:05    24:15    24:25
        1     0   2       handled   25:09  25:09    25:19    25:29
        3     1   2       abandoned 25:20  25:35    -        -
        4     1   2       handled   25:15  25:29    25:39    25:49
        3     1   3       handled   26:35  26:35    26:45    26:55
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor
        desk 0:00  24:00 1
        desk 24:00 48:00 1
        """,
    )


def test_the_warm_up_is_simulated_and_its_days_are_negative(play):
    told = play(
        (DESK, 'horizon = "1 day"\nwarm_up = "2 days"'),
        [Arises("1:00", "call"), Arises("25:00", "call"), Arises("49:00", "call")],
    )
    told.shows("contacts", "issue day arrived\n0 -2 1:00\n1 -1 25:00\n2 0 49:00")


def test_memory_at_the_horizon_has_decayed_until_then(play):
    told = play(
        """
        horizon = "2 days"
        segments.people = {}
        reasons.bad = { talk = "1 s", fcr = 0.0 }
        teams.desk = { agents = 1 }
        loyalty.memory = { half_life = "1 d", bad_closing = 2.718281828459045 }
        [loyalty.base]
        resolved = 1e-9
        unresolved = 1e-9
        gave_up = 1e-9
        refused = 1e-9
        silent = 1e-9
        preempted = 1e-9
        """,
        [Arises("23:59:59", "bad", 1)],
        people=[Person("people")] * 2,
    )
    told.shows("memory", "customer segment memory\n1 people 0.5")
