"""Routes that are open only while the queue is long (MODEL.md section 4), worked out by hand."""

import pytest

from tests.agreement.by_hand import Arises

LONG = """
reasons.call = { talk = "5 min", queue = "calls" }
queues.calls.routes = [{ team = "home" }, { team = "help", longer_than = 1 }]
teams = { home = { agents = 1 }, help = { agents = 1 } }
"""


def test_whoever_makes_the_queue_long_enough_opens_the_route_to_the_first_in_line(play):
    """Issue 2 makes it two who wait: the helper takes issue 1. At 320 the helper is free again, but
    issue 3 waits alone."""
    told = play(LONG, [Arises(time, "call") for time in (0, 10, 20, 30)])
    told.shows(
        "contacts",
        """
        issue team joined end_wait end_talk
        0     home 0      0        300
        1     help 10     20       320
        2     home 20     300      600
        3     home 30     600      900
        """,
    )


def test_however_many_agents_are_idle_a_route_takes_only_what_is_too_long(play):
    """Each who joins makes two of the one who waits; then one of them is served."""
    told = play((LONG, "teams.help.agents = 5"), [Arises(10 * n, "call") for n in range(5)])
    told.shows(
        "contacts",
        """
        issue team joined end_wait
        0     home 0      0
        1     help 10     20
        2     help 20     30
        3     help 30     40
        4     home 40     300
        """,
    )


HASTY = """
reasons.hasty = { talk = "5 min", queue = "calls", callers.patience = "40 s" }
reasons.other = { talk = "60 s", queue = "others" }
queues.others.routes = [{ team = "help" }]
"""


@pytest.mark.parametrize(
    ("patience", "team", "answered"), [("50 s", "help", 60), ("40 s", "home", 300)]
)
def test_a_route_closes_again_when_the_queue_grows_short(play, patience, team, answered):
    """The helper is free at 60. If the hasty one has hung up by then, issue 1 waits alone."""
    told = play(
        (LONG, HASTY, f"reasons.hasty.callers.patience = '{patience}'"),
        [Arises(0, "call"), Arises(10, "call"), Arises(15, "hasty"), Arises(0, "other")],
    )
    rows = told.logs.contacts
    (row,) = rows[rows["ordinal"] == 1]
    assert told.names.teams[row["team"]] == team
    assert row["end_wait"] == answered


def test_a_wait_and_a_length_must_hold_together(play):
    """At 40 issue 1 has waited 30 s, and two wait: the helper takes it for 30 s. At 50 issue 2 has
    waited long enough, but alone. At 100 issue 3 joins, and issue 2 is served at that instant."""
    told = play(
        (
            LONG,
            """
            queues.calls.routes = [
                { team = "home" }, { team = "help", longer_than = 1, after = "30 s" }]
            teams.help.factors.handle = 0.1
            """,
        ),
        [Arises(time, "call") for time in (0, 10, 20, 100)],
    )
    told.shows(
        "contacts",
        """
        issue team joined end_wait end_talk
        1     help 10     40       70
        2     help 20     100      130
        0     home 0      0        300
        3     home 100    300      600
        """,
    )


def test_priority_counts_only_while_the_queue_is_long_enough(play):
    """At 60 the helper is free. The first caller is of the higher priority, but its queue is no
    longer than one: the other contact is served. The second time there are two."""
    told = play(
        (LONG, HASTY, "queues.calls.priority = 5"),
        [
            Arises(0, "call"),
            Arises(0, "other"),
            Arises(10, "call"),
            Arises(20, "other"),
            Arises(70, "call"),
            Arises(80, "other"),
        ],
    )
    told.shows(
        "contacts",
        """
        issue team joined end_wait end_talk
        1     help 0      0        60
        3     help 20     60       120
        0     home 0      0        300
        2     help 10     120      420
        5     help 80     420      480
        4     home 70     300      600
        """,
    )


@pytest.mark.parametrize(("third", "team"), [(59.0, "help"), (60.0, "home")])
def test_of_one_instant_an_abandonment_comes_before_a_joining(play, third, team):
    """Three must wait. The hasty one hangs up at 60, when the last one joins."""
    told = play(
        (
            LONG,
            HASTY,
            'queues.calls.routes = [{ team = "home" }, { team = "help", longer_than = 2 }]',
        ),
        [Arises(0, "call"), Arises(10, "call"), Arises(20, "hasty"), Arises(third, "call")],
    )
    rows = told.logs.contacts
    (row,) = rows[rows["ordinal"] == 1]
    assert told.names.teams[row["team"]] == team


CLOSING = """
centre.opening = { all = "8:00-9:00" }
reasons.call = { talk = "30 min", queue = "calls" }
queues.calls.routes = [{ team = "home" }, { team = "help", longer_than = 1 }]
[teams.home.staffing]
interval = "15 min"
days.all = { start = "8:00", agents = [1, 1, 1] }
[teams.help.staffing]
interval = "60 min"
days.all = { start = "8:00", agents = [1] }
"""
CALLS = [Arises(time, "call") for time in ("8:40", "8:50", "8:51", "8:55", "8:56")]


def test_a_closed_queue_is_served_by_length_until_it_is_too_short_and_the_rest_is_dropped(play):
    """The shift of home ended at 8:45. The helper stays while more than one waits: at 9:21 it takes
    issue 2 and at 9:51 issue 3. Then issue 4 could never be served."""
    told = play(CLOSING, CALLS)
    told.shows(
        "contacts",
        """
        issue outcome team joined end_wait end_talk
        0     handled home 8:40   8:40     9:10
        1     handled help 8:50   8:51     9:21
        2     handled help 8:51   9:21     9:51
        4     dropped -    8:56   9:51     -
        3     handled help 8:55   9:51     10:21
        """,
    )


def test_who_hangs_up_leaves_the_others_of_a_closed_queue_too_few(play):
    """At 9:00 two wait for the helper; at 9:05 the second hangs up, and the first is dropped."""
    told = play(
        (
            CLOSING,
            "reasons.hasty = { talk = '1 min', queue = 'calls', callers.patience = '9 min' }",
        ),
        [*CALLS[:3], Arises("8:56", "hasty")],
    )
    told.shows(
        "contacts",
        """
        issue outcome   team joined end_wait end_talk
        3     abandoned -    8:56   9:05     -
        2     dropped   -    8:51   9:05     -
        0     handled   home 8:40   8:40     9:10
        1     handled   help 8:50   8:51     9:21
        """,
    )


@pytest.mark.parametrize(
    ("calls", "served"),
    [
        (["8:57"], "3 handled home 8:57 9:10"),
        (["8:57", "8:59"], "3 handled help 8:57 9:06\n4 handled home 8:59 9:10"),
    ],
)
def test_a_team_is_held_only_while_the_closed_queue_is_long_enough(play, calls, served):
    """The helper's shift ends at 9:00, in a talk until 9:06. If one waits in the closed queue, it
    leaves then; if two, it stays for the first of them."""
    told = play(
        """
        queues.others = { routes = [{ team = "help" }], opening = { all = "8:00-9:15" } }
        reasons.other = { talk = "10 min", queue = "others" }
        reasons.call = { talk = "20 min", queue = "calls" }
        teams.home.agents = 1
        [queues.calls]
        opening = { all = "8:00-9:00" }
        routes = [{ team = "home" }, { team = "help", longer_than = 1 }]
        [teams.help.staffing]
        interval = "60 min"
        days.all = { start = "8:00", agents = [1] }
        """,
        [
            Arises("8:56", "other"),
            Arises("8:58", "other"),
            Arises("8:50", "call"),
            *(Arises(time, "call") for time in calls),
        ],
    )
    told.shows(
        "contacts",
        f"""
        issue outcome team joined end_wait
        0     handled help 8:56   8:56
        2     handled home 8:50   8:50
        1     dropped -    8:58   9:15
        {served}
        """,
    )


def test_a_transfer_that_joins_a_closed_queue_makes_it_longer(play):
    """Issue 1 waits for home. At 9:05 a transfer joins it: now they are two, and the helper, who is
    there for the door, takes the first of them."""
    told = play(
        """
        queues.door = { routes = [{ team = "door" }, { team = "help", after = "1 h" }] }
        [reasons.through]
        talk = "7 min"
        queue = "door"
        misrouted = { probability = 1.0, to = "calls" }
        [reasons.call]
        talk = "20 min"
        queue = "calls"
        [teams]
        door.agents = 1
        home.agents = 1
        help.agents = 1
        [queues.calls]
        opening = { all = "8:00-9:00" }
        routes = [{ team = "home" }, { team = "help", longer_than = 1 }]
        """,
        [Arises("8:50", "call"), Arises("8:57", "call"), Arises("8:58", "through")],
    )
    told.shows(
        "contacts",
        """
        issue leg team joined end_wait end_talk
        2     1   door 8:58   8:58     9:05
        0     1   home 8:50   8:50     9:10
        2     2   home 9:05   9:10     9:17
        1     1   help 8:57   9:05     9:25
        """,
    )


def test_those_who_are_too_few_after_a_service_are_dropped_at_once(play):
    """Three wait for low, whose shift is over, or, while they are more than two, for help. At 9:20
    help takes the first, and the two others are dropped in their order."""
    told = play(
        """
        centre.opening = { all = "8:00-9:00" }
        reasons.call = { talk = "30 min", queue = "calls" }
        [queues.calls]
        routes = [{ team = "low" }, { team = "help", longer_than = 2 }]
        [teams.low.staffing]
        interval = "15 min"
        days.all = { start = "8:00", agents = [1, 1] }
        [teams.help.staffing]
        interval = "60 min"
        days.all = { start = "8:00", agents = [1] }
        """,
        [Arises(time, "call") for time in ("8:25", "8:31", "8:40", "8:50", "8:55")],
    )
    told.shows(
        "contacts",
        """
        issue outcome team joined end_wait end_talk
        0     handled low  8:25   8:25     8:55
        1     handled help 8:31   8:50     9:20
        3     dropped -    8:50   9:20     -
        4     dropped -    8:55   9:20     -
        2     handled help 8:40   9:20     9:50
        """,
    )
