"""Who is served next, and by whom (MODEL.md section 4), worked out by hand."""

from tests.agreement.by_hand import Arises

PRIORITIES = """
reasons.gold = { queue = "gold", talk = "60 s" }
reasons.basic = { queue = "basic", talk = "60 s" }
queues.gold.priority = 2
queues.basic.priority = 1
teams.desk = { agents = 1 }
"""


def test_the_queue_of_higher_priority_is_served_first(play):
    told = play(
        PRIORITIES,
        [Arises(0, "basic"), Arises(10, "basic"), Arises(20, "gold"), Arises(30, "gold")],
    )
    told.shows(
        "contacts",
        """
        issue queue joined end_wait
        0     basic 0      0
        2     gold  20     60
        3     gold  30     120
        1     basic 10     180
        """,
    )


def test_a_talk_is_never_interrupted_for_a_higher_priority(play):
    told = play(PRIORITIES, [Arises(0, "basic"), Arises(1, "gold")])
    told.shows("contacts", "issue end_wait end_talk\n0 0 60\n1 60 120")


def test_across_queues_of_equal_priority_the_earlier_is_served_first(play):
    told = play(
        (PRIORITIES, "queues.gold.priority = 1"),
        [Arises(0, "basic"), Arises(10, "basic"), Arises(5, "gold"), Arises(15, "gold")],
    )
    told.shows(
        "contacts",
        """
        issue queue joined end_wait
        0     basic 0      0
        2     gold  5      60
        1     basic 10     120
        3     gold  15     180
        """,
    )


def test_of_its_open_routes_a_contact_takes_the_first_with_an_idle_agent(play):
    told = play(
        """
        reasons.call = { talk = "60 s" }
        queues.calls.routes = [{ team = "second" }, { team = "first" }]
        teams = { first = { agents = 1 }, second = { agents = 1 } }
        """,
        [Arises(0, "call"), Arises(1, "call"), Arises(2, "call")],
    )
    told.shows(
        "contacts",
        """
        issue team   end_wait
        0     second 0
        1     first  1
        2     second 60
        """,
    )


OVERFLOW = """
reasons.call = { talk = "5 min", queue = "calls" }
reasons.other = { talk = "60 s", queue = "others" }
queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "30 s" }]
queues.others.routes = [{ team = "helpers" }]
teams = { home = { agents = 1 }, helpers = { agents = 1 } }
"""


def test_a_route_opens_once_a_contact_has_waited_long_enough(play):
    told = play(OVERFLOW, [Arises(0, "call"), Arises(100, "call"), Arises(110, "call")])
    told.shows(
        "contacts",
        """
        issue team    joined end_wait end_talk
        0     home    0      0        300
        1     helpers 100    130      430
        2     home    110    300      600
        """,
    )


def test_an_agent_takes_who_may_come_to_it_and_not_who_waited_longer(play):
    """At 45 the helper's first talk ends: the call that joined at 20 may come to it at 50 only, so
    the other contact of 40 is served before it."""
    told = play(
        (OVERFLOW, 'reasons.other.talk = "45 s"'),
        [Arises(0, "call"), Arises(0, "other"), Arises(20, "call"), Arises(40, "other")],
    )
    told.shows(
        "contacts",
        """
        issue team    joined end_wait end_talk
        1     helpers 0      0        45
        3     helpers 40     45       90
        0     home    0      0        300
        2     helpers 20     90       390
        """,
    )


def test_priority_counts_only_among_those_with_an_open_route(play):
    told = play(
        (OVERFLOW, 'queues.calls.priority = 5\nreasons.other.talk = "45 s"'),
        [Arises(0, "call"), Arises(0, "other"), Arises(20, "call"), Arises(40, "other")],
    )
    told.shows(
        "contacts",
        """
        issue team    end_wait
        1     helpers 0
        3     helpers 45
        0     home    0
        2     helpers 90
        """,
    )


def test_with_its_route_open_the_higher_priority_goes_first(play):
    """At 60 the helper becomes free. The other contact waits since 10, the call since 20 only, but
    long enough for the route, and its queue has the higher priority."""
    calls = [Arises(0, "call"), Arises(0, "other"), Arises(20, "call"), Arises(10, "other")]
    told = play((OVERFLOW, "queues.calls.priority = 5"), calls)
    told.shows(
        "contacts",
        """
        issue team    end_wait
        1     helpers 0
        0     home    0
        2     helpers 60
        3     helpers 360
        """,
    )


def test_a_second_leg_waits_anew_for_its_routes(play):
    """The contact waited 40 s on its first leg, and waits 30 s again before the helpers' route."""
    told = play(
        """
        queues.door.routes = [{ team = "door" }]
        queues.calls.routes = [{ team = "home" }, { team = "helpers", after = "30 s" }]
        teams = { door = { agents = 1 }, home = { agents = 1 }, helpers = { agents = 1 } }
        [reasons.call]
        queue = "door"
        talk = "40 s"
        misrouted = { probability = 1.0, to = "calls" }
        [reasons.long]
        queue = "calls"
        talk = "10 min"
        """,
        [Arises(0, "long"), Arises(0, "call"), Arises(1, "call")],
    )
    told.shows(
        "contacts",
        """
        issue leg team    joined end_wait end_talk
        1     1   door    0      0        40
        2     1   door    1      40       80
        1     2   helpers 40     70       110
        2     2   helpers 80     110      150
        0     1   home    0      0        600
        """,
    )


def test_the_team_scales_what_was_drawn_for_the_leg(play):
    told = play(
        """
        reasons.call = { talk = "60 s", after_call = "10 s" }
        reasons.other = { talk = "60 s", after_call = "10 s" }
        teams.desk = { agents = 2, factors.handle = { call = 1.5 } }
        """,
        [Arises(0, "call"), Arises(0, "other")],
    )
    told.shows("contacts", "issue reason end_talk end_work\n1 other 60 70\n0 call 90 105")
