"""Routes by share (MODEL.md section 4), worked out by hand.

The one thing left to chance is the draw of a leg. With two shares of one half, those whose draw is
low take the first: the issues 1, 2, 3 and 5 of a world, and not 0, 4, 6 and 7. A test says so.
"""

import pytest

from sim.codes import ROUTE
from sim.rules.draws import origin_of, uniform
from tests.agreement.by_hand import Arises

SHARES = """
reasons.call = { talk = "60 s", queue = "calls" }
queues.calls.routes = [{ team = "low", share = 0.5 }, { team = "high", share = 0.5 }]
teams = { low = { agents = 1 }, high = { agents = 1 } }
"""


def draws(leg):
    key = origin_of("reason:call")
    return [uniform(1, 0, key, 0, number, 1, leg, ROUTE) for number in range(8)]


def test_the_draws_are_those_on_which_these_worlds_rely():
    first, second = ("".join("H" if u > 0.5 else "L" for u in draws(leg)) for leg in (1, 2))
    assert first == "HLLLHLHH"
    assert second[:4] == "HHLH"


def test_a_contact_waits_for_the_team_of_its_share_while_another_overtakes_it(play):
    told = play(
        SHARES,
        [Arises(time, "call") for time in (0, 5, 10, 20, 70)],
    )
    told.shows(
        "contacts",
        """
        issue team joined end_wait end_talk
        0     high 0      0        60
        1     low  5      5        65
        2     low  10     65       125
        4     high 70     70       130
        3     low  20     125      185
        """,
    )


def test_a_route_without_a_share_is_open_to_every_share(play):
    told = play(
        (SHARES, 'queues.calls.routes = [{ team = "low", share = 0.5 }, { team = "high" }]'),
        [Arises(time, "call") for time in (0, 5, 10, 20, 30)],
    )
    told.shows(
        "contacts",
        """
        issue team joined end_wait end_talk
        0     high 0      0        60
        1     low  5      5        65
        2     high 10     60       120
        3     low  20     65       125
        4     high 30     120      180
        """,
    )


def test_a_share_may_have_to_wait_too(play):
    """Issue 1 takes its share's route after 30 s, and before that nothing else is open to it."""
    told = play(
        (
            SHARES,
            """
            [[queues.calls.routes]]
            team = "low"
            share = 0.5
            after = "30 s"
            [[queues.calls.routes]]
            team = "high"
            share = 0.5
            """,
        ),
        [Arises(0, "call"), Arises(5, "call")],
    )
    told.shows("contacts", "issue team end_wait\n0 high 0\n1 low 35")


def test_each_leg_is_drawn_for_anew(play):
    """Issue 1 draws low on its first leg and high on its second; issue 2 draws low twice."""
    told = play(
        """
        queues.door.routes = [{ team = "low", share = 0.5 }, { team = "high", share = 0.5 }]
        queues.back.routes = [{ team = "left", share = 0.5 }, { team = "right", share = 0.5 }]
        teams = { low.agents = 5, high.agents = 5, left.agents = 5, right.agents = 5 }
        [reasons.call]
        queue = "door"
        talk = "60 s"
        misrouted = { probability = 1.0, to = "back" }
        """,
        [Arises(time, "call") for time in (0, 1, 2)],
    )
    told.shows(
        "contacts",
        """
        issue leg team  joined end_talk
        0     1   high  0      60
        1     1   low   1      61
        2     1   low   2      62
        0     2   right 60     120
        1     2   right 61     121
        2     2   left  62     122
        """,
    )


BESIDE = """
reasons.call.talk = "5 min"
reasons.other = { talk = "60 s", queue = "others" }
queues.others.routes = [{ team = "high" }]
"""
"""Another queue for the team that is called high. In the worlds below it becomes free at 60, when
issue 1 talks for long, issue 2 waits behind it, and issue 4 waits for high alone."""
WAITING = [
    Arises(0, "other"),
    Arises(1, "call"),
    Arises(10, "call"),
    Arises(20, "other"),
    Arises(30, "call"),
]


@pytest.mark.parametrize(("priority", "served_at_60"), [(0, 3), (5, 4)])
def test_who_stands_behind_another_share_counts_by_its_own_joining_and_priority(
    play, priority, served_at_60
):
    """Not by that of the first in its line, who joined earlier but waits for somebody else."""
    told = play((SHARES, BESIDE, f"queues.calls.priority = {priority}"), WAITING)
    served = dict(
        zip(told.values("contacts", "end_wait"), told.values("contacts", "ordinal"), strict=True)
    )
    assert served[60.0] == served_at_60


def test_of_a_closed_queue_those_are_dropped_whose_share_has_nobody_left(play):
    """The shift of low ended at 8:45. Issue 4 is served, although it joined after issue 2."""
    told = play(
        """
        centre.opening = { all = "8:00-9:00" }
        reasons.call.talk = "40 min"
        queues.calls.routes = [{ team = "low", share = 0.5 }, { team = "high", share = 0.5 }]
        teams.high.agents = 1
        [teams.low.staffing]
        interval = "15 min"
        days.all = { start = "8:00", agents = [1, 1, 1] }
        """,
        [Arises(time, "call") for time in ("8:30", "8:31", "8:40", "8:55", "8:50")],
    )
    told.shows(
        "contacts",
        """
        issue outcome team joined end_wait end_talk
        2     dropped -    8:40   9:00     -
        3     dropped -    8:55   9:00     -
        0     handled high 8:30   8:30     9:10
        1     handled low  8:31   8:31     9:11
        4     handled high 8:50   9:10     9:50
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor overtime
        high 0:00  8:00  0     0
        low  0:00  8:00  0     0
        low  8:00  8:45  1     0
        high 8:00  9:00  1     0
        high 9:00  24:00 0     3000
        low  8:45  24:00 0     1560
        """,
    )


def test_a_team_is_held_only_by_contacts_of_its_share(play):
    """At 9:00 the shifts end and `calls` closes. It still holds issue 2, for low: so low stays, and
    at 9:15 serves it. High is not held: at 9:06 it leaves, and nobody is left for issue 3, though
    its queue is open until 10:00."""
    told = play(
        """
        centre.opening = { all = "8:00-9:00" }
        queues.others = { routes = [{ team = "high" }], opening = { all = "8:00-10:00" } }
        queues.calls.routes = [{ team = "low", share = 0.5 }, { team = "high", share = 0.5 }]
        reasons.call = { talk = "20 min", queue = "calls" }
        reasons.other = { talk = "10 min", queue = "others" }
        [teams.low.staffing]
        interval = "60 min"
        days.all = { start = "8:00", agents = [1] }
        [teams.high.staffing]
        interval = "60 min"
        days.all = { start = "8:00", agents = [1] }
        """,
        [
            Arises("8:56", "other"),
            Arises("8:55", "call"),
            Arises("8:57", "call"),
            Arises("8:58", "other"),
        ],
    )
    told.shows(
        "contacts",
        """
        issue outcome team joined end_wait end_talk
        0     handled high 8:56   8:56     9:06
        1     handled low  8:55   8:55     9:15
        2     handled low  8:57   9:15     9:35
        3     dropped -    8:58   10:00    -
        """,
    )
