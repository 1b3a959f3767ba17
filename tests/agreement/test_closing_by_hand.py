"""Closing time (MODEL.md section 10), worked out by hand."""

from tests.agreement.by_hand import Arises

HOURS = """
centre.opening = { all = "8:00-9:00" }
reasons.call = { talk = "10 min" }
teams.desk = { agents = 1 }
"""


AT_CLOSING = [Arises("8:55", "call"), Arises("8:56", "call")]


def test_at_closing_drop_drops_the_waiting_and_lets_talks_end_in_overtime(play):
    told = play((HOURS, 'centre.closing = "drop"'), AT_CLOSING)
    told.shows(
        "contacts",
        """
        issue outcome result   team joined end_wait end_talk first_wait
        1     dropped none     -    8:56   9:00     -        240
        0     handled resolved desk 8:55   8:55     9:05     0
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed abandoned waited reached
        1     gave_up  9:00   1         240    1
        0     resolved 9:05   0         0      1
        """,
    )
    told.shows(
        "floor",
        """
        team start end   planned floor overtime
        desk 0:00  8:00  0       0     0
        desk 8:00  9:00  1       1     0
        desk 9:00  24:00 0       0     300
        """,
    )


def test_at_closing_serve_serves_the_waiting_and_then_the_agents_leave(play):
    told = play(HOURS, AT_CLOSING)
    told.shows(
        "contacts",
        """
        issue outcome joined end_wait end_talk
        0     handled 8:55   8:55     9:05
        1     handled 8:56   9:05     9:15
        """,
    )
    told.shows(
        "floor",
        """
        team start end   planned floor overtime
        desk 0:00  8:00  0       0     0
        desk 8:00  9:00  1       1     0
        desk 9:00  24:00 0       0     900
        """,
    )


def test_once_the_last_waiting_is_served_every_agent_owes_its_departure(play):
    """At 9:05 one of two agents takes the only one who waits. The other leaves at 9:10. Overtime is
    2 x 10 min + 1 x 5 min."""
    told = play(
        (HOURS, "teams.desk.agents = 2"),
        [Arises(time, "call") for time in ("8:55", "9:00", "8:58", "8:59")],
    )
    told.shows(
        "contacts",
        """
        issue outcome arrived end_wait end_talk
        1     closed  9:00    -        -
        0     handled 8:55    8:55     9:05
        2     handled 8:58    8:58     9:08
        3     handled 8:59    9:05     9:15
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  8:00  0     0
        desk 8:00  9:00  2     0
        desk 9:00  24:00 0     1380
        """,
    )


def test_the_waiting_are_dropped_if_nobody_is_left_to_serve_them(play):
    """The agent's shift ended at 8:45, before closing: it leaves after its talk, at 9:05."""
    told = play(
        """
        centre.opening = { all = "8:00-9:00" }
        reasons.call = { talk = "30 min" }
        [teams.desk.staffing]
        interval = "15 min"
        days.all = { start = "8:00", agents = [1, 1, 1] }
        """,
        [Arises("8:35", "call"), Arises("8:40", "call"), Arises("8:50", "call")],
    )
    told.shows(
        "contacts",
        """
        issue outcome joined end_wait end_talk
        1     dropped 8:40   9:00     -
        2     dropped 8:50   9:00     -
        0     handled 8:35   8:35     9:05
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  8:00  0     0
        desk 8:00  8:45  1     0
        desk 8:45  24:00 0     1200
        """,
    )


def test_departures_are_postponed_for_a_closed_queue_and_not_for_one_still_open(play):
    """The shift ends at 9:00, when `gold` closes with a caller waiting: the agent serves him. Then
    it leaves, though `basic`, open until 9:10, has a caller too, who is dropped at its closing."""
    told = play(
        """
        centre.opening = { all = "8:00-9:00" }
        queues.gold.priority = 1
        queues.basic.opening = { all = "8:00-9:10" }
        reasons.gold = { queue = "gold", talk = "10 min" }
        reasons.basic = { queue = "basic", talk = "10 min" }
        [teams.desk.staffing]
        interval = "60 min"
        days.all = { start = "8:00", agents = [1] }
        """,
        [Arises("8:55", "gold"), Arises("8:58", "basic"), Arises("8:59", "gold")],
    )
    told.shows(
        "contacts",
        """
        issue queue outcome joined end_wait end_talk
        0     gold  handled 8:55   8:55     9:05
        1     basic dropped 8:58   9:10     -
        2     gold  handled 8:59   9:05     9:15
        """,
    )


def test_agents_wait_past_closing_for_a_route_that_is_to_open(play):
    """Idle at closing, the second team stays for the caller who may come to it at 9:03."""
    told = play(
        """
        centre.opening = { all = "8:00-9:00" }
        queues.calls.routes = [{ team = "first" }, { team = "second", after = "5 min" }]
        reasons.call = { talk = "10 min" }
        teams = { first = { agents = 1 }, second = { agents = 2 } }
        """,
        [Arises("8:57", "call"), Arises("8:58", "call")],
    )
    told.shows(
        "contacts",
        """
        issue team   joined end_wait end_talk
        0     first  8:57   8:57     9:07
        1     second 8:58   9:03     9:13
        """,
    )
    told.shows(
        "floor",
        """
        team   start end   floor overtime
        first  0:00  8:00  0     0
        second 0:00  8:00  0     0
        first  8:00  9:00  1     0
        second 8:00  9:00  2     0
        first  9:00  24:00 0     420
        second 9:00  24:00 0     600
        """,
    )


BACK_OFFICE = """
queues.front = { routes = [{ team = "front" }] }
queues.back = { opening = { all = "8:00-9:00" }, routes = [{ team = "back" }] }
teams.front = { agents = 1 }
[reasons.call]
queue = "front"
talk = "10 min"
misrouted = { probability = 1.0, to = "back" }
[reasons.paper]
queue = "back"
talk = "10 min"
"""


def test_a_transfer_that_joins_a_closed_queue_is_dropped_if_the_queue_drops(play):
    """Though the back team has an idle agent until 10:00."""
    told = play(
        (
            BACK_OFFICE,
            """
            queues.back.closing = "drop"
            [teams.back.staffing]
            interval = "60 min"
            days.all = { start = "8:00", agents = [1, 1] }
            """,
        ),
        [Arises("8:55", "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg queue outcome result      last answered_before joined end_wait
        0     2   back  dropped none        1    1               9:05   9:05
        0     1   front handled transferred 0    0               8:55   8:55
        """,
    )
    told.shows("issues", "issue closing closed abandoned waited\n0 gave_up 9:05 1 0")


def test_a_transfer_that_joins_a_closed_queue_is_served_by_whoever_is_still_there(play):
    """The back team is staffed until 10:00, an hour past closing."""
    told = play(
        (
            BACK_OFFICE,
            """
            [teams.back.staffing]
            interval = "60 min"
            days.all = { start = "8:00", agents = [1, 1] }
            """,
        ),
        [Arises("8:55", "call"), Arises("9:50", "call"), Arises("9:55", "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg queue outcome joined end_wait end_talk
        0     1   front handled 8:55   8:55     9:05
        0     2   back  handled 9:05   9:05     9:15
        1     2   back  dropped 10:00  10:00    -
        1     1   front handled 9:50   9:50     10:00
        2     2   back  dropped 10:10  10:10    -
        2     1   front handled 9:55   10:00    10:10
        """,
    )


def test_nobody_stays_for_a_transfer_that_comes_once_every_departure_is_owed(play):
    """At 9:00 nobody waits, so the agent in a talk until 9:06 owes its departure for good. The
    transfer that joins at 9:05 finds nobody who could ever serve it."""
    told = play(
        (BACK_OFFICE, "teams.back = { agents = 1 }"),
        [Arises("8:55", "call"), Arises("8:56", "paper")],
    )
    told.shows(
        "contacts",
        """
        issue leg queue outcome joined end_wait end_talk
        0     2   back  dropped 9:05   9:05     -
        0     1   front handled 8:55   8:55     9:05
        1     1   back  handled 8:56   8:56     9:06
        """,
    )
