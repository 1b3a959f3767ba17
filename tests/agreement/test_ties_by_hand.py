"""Events of one instant happen in the order of MODEL.md section 10, worked out by hand."""

from tests.agreement.by_hand import Arises

DESK = """
reasons.call = { talk = "60 s" }
teams.desk = { agents = 1 }
"""


def test_who_is_answered_at_the_instant_at_which_patience_ends_is_answered(play):
    told = play((DESK, 'callers.patience = "50 s"'), [Arises(0, "call"), Arises(10, "call")])
    told.shows("contacts", "issue outcome end_wait\n0 handled 0\n1 handled 60")


def test_a_talk_ends_before_a_call_of_the_same_instant_looks_for_a_line(play):
    told = play((DESK, "centre.lines = 1"), [Arises(0, "call"), Arises(60, "call")])
    told.shows("contacts", "issue leg outcome\n0 1 handled\n1 1 handled")


def test_a_talk_ends_before_work_ends_so_that_a_transfer_joins_in_time(play):
    """At 60 the back's agent becomes free, and a transfer joins the queue of higher priority: it is
    answered before the paper that waits since 10."""
    told = play(
        """
        queues.front.routes = [{ team = "front" }]
        queues.high = { routes = [{ team = "back" }], priority = 1 }
        queues.low.routes = [{ team = "back" }]
        teams = { front = { agents = 1 }, back = { agents = 1 } }
        reasons.paper = { queue = "low", talk = "40 s", after_call = "20 s" }
        [reasons.call]
        queue = "front"
        talk = "60 s"
        misrouted = { probability = 1.0, to = "high" }
        """,
        [Arises(0, "paper"), Arises(10, "paper"), Arises(0, "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg queue end_wait
        2     1   front 0
        0     1   low   0
        2     2   high  60
        1     1   low   120
        """,
    )


def test_the_staffing_changes_before_work_ends(play):
    """At 0:15 the floor falls to 0 and the talk ends: the agent leaves, and nobody answers."""
    told = play(
        """
        callers.patience = "20 min"
        reasons.call = { talk = "15 min" }
        [teams.desk.staffing]
        interval = "15 min"
        days.all = { start = "0:00", agents = [1] }
        """,
        [Arises("0:00", "call"), Arises("0:10", "call")],
    )
    told.shows("contacts", "issue outcome end_wait\n0 handled 0\n1 abandoned 0:30")


def test_the_staffing_changes_before_patience_ends(play):
    told = play(
        """
        callers.patience = "15 min"
        reasons.call = { talk = "15 min" }
        [teams.desk.staffing]
        interval = "15 min"
        days.all = { start = "0:15", agents = [1, 1] }
        """,
        [Arises("0:00", "call")],
    )
    told.shows("contacts", "issue outcome end_wait\n0 handled 0:15")


def test_a_queue_closes_before_the_staffing_changes(play):
    """Both at 1:00: the agent is still there when the queue closes, so the caller is served."""
    told = play(
        """
        centre.opening = { all = "0:00-1:00" }
        reasons.call = { talk = "10 min" }
        teams.desk = { agents = 1 }
        """,
        [Arises("0:55", "call"), Arises("0:56", "call")],
    )
    told.shows("contacts", "issue outcome end_wait\n0 handled 0:55\n1 handled 1:05")


def test_a_queue_closes_before_work_ends_and_drops_who_would_have_been_answered(play):
    told = play(
        """
        centre = { opening = { all = "0:00-1:00" }, closing = "drop" }
        reasons.call = { talk = "10 min" }
        teams.desk = { agents = 1 }
        """,
        [Arises("0:50", "call"), Arises("0:55", "call")],
    )
    told.shows("contacts", "issue outcome end_wait\n1 dropped 1:00\n0 handled 0:50")


def test_patience_ends_before_a_route_opens(play):
    told = play(
        """
        callers.patience = "30 s"
        reasons.call = { talk = "60 s" }
        queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "30 s" }]
        teams = { home = { agents = 1 }, helpers = { agents = 1 } }
        """,
        [Arises(0, "call"), Arises(10, "call")],
    )
    told.shows("contacts", "issue outcome end_wait\n1 abandoned 40\n0 handled 0")


def test_an_agent_who_becomes_free_is_taken_before_a_route_of_that_instant_opens(play):
    """At 60 the home agent is free and the route to the helpers opens: home answers."""
    told = play(
        """
        reasons.call = { talk = "60 s" }
        queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "30 s" }]
        teams = { home = { agents = 1 }, helpers = { agents = 1 } }
        """,
        [Arises(0, "call"), Arises(30, "call")],
    )
    told.shows("contacts", "issue team end_wait\n0 home 0\n1 home 60")


def test_a_route_opens_before_a_call_of_that_instant_arises(play):
    """At 40 the call of 10 may come to the helpers, and the other contact arises; the helper takes
    the first, and the other waits."""
    told = play(
        """
        reasons.call = { talk = "60 s", queue = "calls" }
        reasons.other = { talk = "60 s", queue = "others" }
        queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "30 s" }]
        queues.others = { routes = [{ team = "helpers" }], priority = 1 }
        teams = { home = { agents = 1 }, helpers = { agents = 1 } }
        """,
        [Arises(0, "call"), Arises(10, "call"), Arises(40, "other")],
    )
    told.shows("contacts", "issue team end_wait\n0 home 0\n1 helpers 40\n2 helpers 100")


def test_a_route_opens_before_a_menu_of_that_instant_is_done(play):
    """At 60 the call that joined at 30 may come to the helpers, and the other leaves the menu."""
    told = play(
        """
        centre.menu = "20 s"
        reasons.call = { talk = "60 s", queue = "calls" }
        reasons.other = { talk = "60 s", queue = "others" }
        queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "30 s" }]
        queues.others = { routes = [{ team = "helpers" }], priority = 1 }
        teams = { home = { agents = 1 }, helpers = { agents = 1 } }
        """,
        [Arises(0, "call"), Arises(10, "call"), Arises(40, "other")],
    )
    told.shows(
        "contacts", "issue team joined end_wait\n0 home 20 20\n1 helpers 30 60\n2 helpers 60 120"
    )


def test_the_menu_ends_before_a_redial_of_that_instant(play):
    """Issue 1 is blocked at 5 and redials at 20, when issue 0 hangs up in the menu."""
    told = play(
        """
        centre = { menu = "20 s", menu_hang_up = 1.0, lines = 1 }
        callers.redial = { probability = 1.0, per_attempt = 0.0, delay = "15 s" }
        reasons.call = { talk = "60 s" }
        teams.desk = { agents = 1 }
        most_contacts = 2
        """,
        [Arises(0, "call"), Arises(5, "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt outcome         arrived
        1     1       blocked         5
        0     1       hung_up_in_menu 0
        0     2       blocked         35
        1     2       hung_up_in_menu 20
        """,
    )


def test_a_redial_comes_before_a_new_issue(play):
    """Issue 1 redials at 60, when issue 2 arises: it takes the only line."""
    told = play(
        (DESK, 'centre.lines = 1\ncallers.redial = { probability = 1.0, delay = "50 s" }'),
        [Arises(0, "call"), Arises(10, "call"), Arises(60, "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt leg outcome arrived
        1     1       0   blocked 10
        0     1       1   handled 0
        2     1       0   blocked 60
        2     2       0   blocked 110
        1     2       1   handled 60
        2     3       1   handled 160
        """,
    )


def test_issues_of_one_instant_arise_by_day_origin_and_ordinal(play):
    """The origins stand in the order of their names, whatever the order in the file."""
    told = play(
        """
        reasons.zebra = { talk = "60 s" }
        reasons.antelope = { talk = "60 s" }
        teams.desk = { agents = 1 }
        """,
        [Arises(9, "zebra"), Arises(9, "antelope"), Arises(9, "antelope"), Arises(9, "zebra")],
    )
    told.shows(
        "contacts",
        """
        issue reason   end_wait
        1     antelope 9
        2     antelope 69
        0     zebra    129
        3     zebra    189
        """,
    )


def test_of_those_who_joined_at_one_instant_the_earlier_identity_is_served_first(play):
    """Issue 2 joins in the event of its redial, before issue 1 arises; at 60 issue 1 is first."""
    told = play(
        (
            DESK,
            """
            callers.patience = "20 s"
            callers.redial = { probability = 1.0, delay = "25 s" }
            """,
        ),
        [Arises(0, "call"), Arises(50, "call"), Arises(5, "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt outcome   joined end_wait
        2     1       abandoned 5      25
        0     1       handled   0      0
        2     2       abandoned 50     70
        2     3       abandoned 95     115
        1     1       handled   50     60
        2     4       handled   140    140
        """,
    )


def test_the_teams_change_in_their_order_and_the_queues_in_theirs(play):
    """Both teams gain an agent at 0:15, the first of the file first: it takes the first caller."""
    told = play(
        """
        reasons.call = { talk = "60 s" }
        queues.calls.routes = [{ team = "one" }, { team = "two" }]
        [teams.two.staffing]
        interval = "15 min"
        days.all = { start = "0:15", agents = [1, 1] }
        [teams.one.staffing]
        interval = "15 min"
        days.all = { start = "0:15", agents = [1, 1] }
        """,
        [Arises(0, "call"), Arises(1, "call")],
    )
    told.shows("contacts", "issue team end_wait\n0 two 0:15\n1 one 0:15")


def test_on_a_coarse_clock_events_wait_for_the_next_tick(play):
    """Ticks every 30 s: a talk of 40 s ends at 60, patience of 20 s at the tick after 30 + 20, when
    the agent becomes free; after-call work of 1 s ends at 120."""
    told = play(
        """
        callers.patience = "20 s"
        reasons.call = { talk = "40 s" }
        reasons.other = { talk = "20 s", after_call = "1 s" }
        teams.desk = { agents = 1 }
        """,
        [Arises(0, "call"), Arises(30, "other"), Arises(90, "call")],
        grain=30.0,
    )
    told.shows(
        "contacts",
        """
        issue outcome joined end_wait end_talk end_work
        0     handled 0      0        60       60
        1     handled 30     60       90       120
        2     handled 90     120      180      180
        """,
    )


def test_on_a_coarse_clock_a_route_opens_at_a_tick(play):
    told = play(
        """
        reasons.call = { talk = "60 s" }
        queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "10 s" }]
        teams = { home = { agents = 1 }, helpers = { agents = 1 } }
        """,
        [Arises(0, "call"), Arises(0, "call")],
        grain=30.0,
    )
    told.shows("contacts", "issue team end_wait\n0 home 0\n1 helpers 30")
