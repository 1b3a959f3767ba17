"""Lines and the menu (MODEL.md section 3), worked out by hand."""

from tests.agreement.by_hand import Arises

ONE_LINE = """
centre.lines = 1
reasons.call = { talk = "60 s", after_call = "30 s" }
teams.desk = { agents = 1 }
"""


def test_with_all_lines_taken_a_call_is_blocked_and_after_call_work_takes_no_line(play):
    """The line is free again at hang-up, 60; the third caller takes it and waits for the agent."""
    told = play(ONE_LINE, [Arises(0, "call"), Arises(59, "call"), Arises(60, "call")])
    told.shows(
        "contacts",
        """
        issue leg why   outcome queue first_queue last arrived joined end_wait end_talk end_work
        1     0   first blocked calls calls       1    59      -      -        -        -
        0     1   first handled calls calls       1    0       0      0        60       90
        2     1   first handled calls calls       1    60      60     90       150      180
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  closed contacts reached abandoned waited first_handled_resolved
        1     gave_up  59     1        1       0         0      -
        0     resolved 60     1        1       0         0      1
        2     resolved 150    1        1       0         30     1
        """,
    )


def test_who_waits_holds_a_line(play):
    told = play(
        (ONE_LINE, "centre.lines = 2"), [Arises(0, "call"), Arises(10, "call"), Arises(20, "call")]
    )
    told.shows(
        "contacts",
        """
        issue leg outcome end_wait
        2     0   blocked -
        0     1   handled 0
        1     1   handled 90
        """,
    )


def test_who_hangs_up_frees_the_line(play):
    told = play(
        (ONE_LINE, 'centre.lines = 2\ncallers.patience = "20 s"'),
        [Arises(0, "call"), Arises(10, "call"), Arises(30, "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg outcome   joined end_wait
        1     1   abandoned 10     30
        2     1   abandoned 30     50
        0     1   handled   0      0
        """,
    )


def test_a_transfer_keeps_its_line(play):
    told = play(
        """
        centre.lines = 1
        queues.front.routes = [{ team = "front" }]
        queues.back.routes = [{ team = "back" }]
        teams = { front = { agents = 1 }, back = { agents = 1 } }
        [reasons.call]
        queue = "front"
        talk = "60 s"
        misrouted = { probability = 1.0, to = "back" }
        """,
        [Arises(0, "call"), Arises(60, "call"), Arises(120, "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg outcome joined end_talk
        0     1   handled 0      60
        1     0   blocked -      -
        0     2   handled 60     120
        2     1   handled 120    180
        2     2   handled 180    240
        """,
    )


def test_who_is_blocked_redials(play):
    told = play(
        (ONE_LINE, 'callers.redial = { probability = 1.0, delay = "10 s" }'),
        [Arises(0, "call"), Arises(45, "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt leg why    outcome arrived end_wait
        1     1       0   first  blocked 45      -
        1     2       0   redial blocked 55      -
        0     1       1   first  handled 0       0
        1     3       1   redial handled 65      90
        """,
    )
    told.shows(
        "issues",
        """
        issue closing  contacts reached
        0     resolved 1        1
        1     resolved 3        3
        """,
    )


MENU = """
centre.menu = "20 s"
reasons.call = { talk = "60 s" }
teams.desk = { agents = 1 }
"""


def test_the_menu_comes_before_joining_a_queue(play):
    """The wait does not count the menu, and the line order is that of joining."""
    told = play(MENU, [Arises(0, "call"), Arises(10, "call")])
    told.shows(
        "contacts",
        """
        issue attempt leg outcome arrived joined end_wait end_talk first_wait
        0     1       1   handled 0       20     20       80       0
        1     1       1   handled 10      30     80       140      50
        """,
    )


def test_who_hangs_up_in_the_menu_reached_no_queue(play):
    told = play((MENU, "centre = { menu_hang_up = 1.0, lines = 1 }"), [Arises(0, "call")])
    told.shows(
        "contacts",
        """
        issue leg outcome         result queue arrived joined end_wait last waited_before first_wait
        0     0   hung_up_in_menu none   calls 0       -      -        1    0             -
        """,
    )
    told.shows(
        "issues",
        """
        issue closing closed contacts reached abandoned waited
        0     gave_up 20     1        0       0         0
        """,
    )


def test_the_menu_holds_a_line_until_the_hang_up(play):
    """At 20 the first caller hangs up in the menu, before the call of the same instant arises."""
    told = play(
        (MENU, "centre = { menu_hang_up = 1.0, lines = 1 }"),
        [Arises(0, "call"), Arises(19, "call"), Arises(20, "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg outcome         arrived
        1     0   blocked         19
        0     0   hung_up_in_menu 0
        2     0   hung_up_in_menu 20
        """,
    )


def test_redials_follow_the_menu_too(play):
    told = play(
        (
            MENU,
            "centre.menu_hang_up = 1.0",
            'callers.redial = { probability = 1.0, delay = "1 min" }\nmost_contacts = 2',
        ),
        [Arises(0, "call")],
    )
    told.shows(
        "contacts",
        """
        issue attempt why    outcome         arrived
        0     1       first  hung_up_in_menu 0
        0     2       redial hung_up_in_menu 80
        """,
    )
    told.shows("issues", "issue closing closed contacts reached\n0 gave_up 100 2 0")
