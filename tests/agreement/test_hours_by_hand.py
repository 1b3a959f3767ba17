"""Opening hours (MODEL.md section 3), worked out by hand."""

from tests.agreement.by_hand import Arises

HOURS = """
centre.opening = { all = "8:00-9:00" }
reasons.call = { talk = "10 min" }
teams.desk = { agents = 1 }
"""


def test_a_queue_opens_and_closes_before_the_calls_of_the_same_instant(play):
    told = play(
        HOURS,
        [Arises("7:59:59", "call"), Arises("8:00", "call"), Arises("9:00", "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg outcome queue arrived end_talk
        0     0   closed  calls 7:59:59 -
        1     1   handled calls 8:00    8:10
        2     0   closed  calls 9:00    -
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed  contacts reached
        0     gave_up  7:59:59 1        0
        1     resolved 8:10    1        1
        2     gave_up  9:00    1        0
        """,
    )


def test_a_redial_into_closed_hours_waits_for_the_next_opening(play):
    """7:00 + 10 min is closed, so 8:00; 9:00 + 10 min is closed, so 8:00 of the next day. 7:55 +
    10 min is open."""
    told = play(
        (
            HOURS,
            """
            horizon = "2 days"
            reopening_spread = "0 s"
            callers.redial = { probability = 1.0, delay = "10 min" }
            """,
        ),
        [Arises("7:00", "call"), Arises("7:55", "call"), Arises("9:00", "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt outcome arrived end_wait end_talk
        0     1       closed  7:00    -        -
        1     1       closed  7:55    -        -
        0     2       handled 8:00    8:00     8:10
        1     2       handled 8:05    8:10     8:20
        2     1       closed  9:00    -        -
        2     2       handled 32:00   32:00    32:10
        """,
    )


def test_a_redial_at_the_instant_of_closing_waits_for_the_next_opening(play):
    told = play(
        (
            HOURS,
            """
            horizon = "2 days"
            reopening_spread = "0 s"
            centre.lines = 1
            callers.redial = { probability = 1.0, delay = "5 min" }
            """,
        ),
        [Arises("8:50", "call"), Arises("8:55", "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt outcome arrived
        1     1       blocked 8:55
        0     1       handled 8:50
        1     2       handled 32:00
        """,
    )


def test_calls_again_after_opening_come_within_the_spread(play):
    told = play(
        (
            HOURS,
            """
            reopening_spread = "30 min"
            callers.redial = { probability = 1.0, delay = "10 min" }
            teams.desk.agents = 20
            """,
        ),
        [Arises(minute * 60.0, "call") for minute in range(20)],
    )
    again = sorted(told.values("contacts", "arrived"))[20:]
    assert len(set(again)) == 20
    assert 8 * 3600 <= again[0] < 8 * 3600 + 600
    assert 8 * 3600 + 1200 < again[-1] < 8 * 3600 + 1800


def test_a_caller_in_the_menu_at_closing_finds_the_queue_closed(play):
    told = play(
        (HOURS, 'centre.menu = "20 s"\ncallers.redial = { probability = 1.0, delay = "1 min" }'),
        [Arises("8:59:50", "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt leg outcome queue arrived joined end_wait last
        0     1       0   closed  calls 8:59:50 -      -        1
        """,
    )
    told.shows("issues", "issue closing contacts reached\n0 open 1 0")


def test_hours_that_go_on_past_midnight_are_one_stretch(play):
    """Nobody is dropped at midnight."""
    told = play(
        (
            HOURS,
            'horizon = "2 days"\ncentre.closing = "drop"',
            'centre.opening = { mon = "20:00-24:00", tue = "0:00-8:00" }',
        ),
        [Arises(time, "call") for time in ("19:59", "23:55", "23:59", "24:01")],
    )
    told.shows(
        "contacts",
        """
        issue day outcome arrived end_wait end_talk
        0     0   closed  19:59   -        -
        1     0   handled 23:55   23:55    24:05
        2     0   handled 23:59   24:05    24:15
        3     1   handled 24:01   24:15    24:25
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  20:00 0     0
        desk 20:00 24:00 1     0
        desk 24:00 32:00 1     0
        desk 32:00 48:00 0     0
        """,
    )
