"""Agents who come and go (MODEL.md section 4), worked out by hand."""

import pytest

from tests.agreement.by_hand import Arises


def quarters(*agents, more=""):
    """A team of so many agents in each quarter of an hour from midnight on."""
    return f"""
    reasons.short = {{ talk = "20 min" }}
    reasons.long = {{ talk = "40 min" }}
    {more}
    [teams.desk.staffing]
    interval = "15 min"
    days.all = {{ start = "0:00", agents = {list(agents)} }}
    """


def test_a_departure_that_is_owed_comes_before_the_next_contact(play):
    """At 0:15 one of two busy agents is one too many. The first to become free, at 0:20, leaves,
    though a caller waits; he is answered when the floor rises again."""
    told = play(
        quarters(2, 1, 2, 2, 2),
        [Arises("0:00", "short"), Arises("0:01", "long"), Arises("0:10", "short")],
    )
    told.shows(
        "contacts",
        """
        issue joined end_wait end_talk
        0     0:00   0:00     0:20
        1     0:01   0:01     0:41
        2     0:10   0:30     0:50
        """,
    )
    told.shows(
        "floor",
        """
        team start end   planned floor paid overtime
        desk 0:00  0:15  2       2     2    0
        desk 0:15  0:30  1       1     1    300
        desk 0:30  1:15  2       2     2    0
        desk 1:15  24:00 0       0     0    0
        """,
    )


def test_a_rise_cancels_a_departure_that_is_owed_before_anybody_comes(play):
    """At 0:30 the agent owed since 0:15 is wanted back: nobody new is there to answer the third."""
    told = play(
        quarters(2, 1, 2, 2, 2),
        [Arises("0:00", "long"), Arises("0:01", "long"), Arises("0:10", "short")],
    )
    told.shows(
        "contacts",
        """
        issue joined end_wait end_talk
        0     0:00   0:00     0:40
        1     0:01   0:01     0:41
        2     0:10   0:40     1:00
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  0:15  2     0
        desk 0:15  0:30  1     900
        desk 0:30  1:15  2     0
        desk 1:15  24:00 0     0
        """,
    )


def test_of_a_larger_rise_those_owed_stay_and_the_rest_come(play):
    told = play(
        quarters(2, 1, 4, 4, 4),
        [Arises("0:00", "long"), Arises("0:01", "long"), *[Arises("0:10", "short")] * 3],
    )
    told.shows(
        "contacts",
        """
        issue joined end_wait end_talk
        0     0:00   0:00     0:40
        1     0:01   0:01     0:41
        2     0:10   0:30     0:50
        3     0:10   0:30     0:50
        4     0:10   0:40     1:00
        """,
    )


def test_idle_agents_leave_first(play):
    """Two of three agents leave at 0:15: the idle one at once, then one of the two who are busy."""
    told = play(
        quarters(3, 1, 1),
        [Arises("0:00", "short"), Arises("0:01", "short"), Arises("0:16", "short")],
    )
    told.shows(
        "contacts",
        """
        issue joined end_wait end_talk
        0     0:00   0:00     0:20
        1     0:01   0:01     0:21
        2     0:16   0:21     0:41
        """,
    )
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  0:15  3     0
        desk 0:15  0:45  1     300
        desk 0:45  24:00 0     0
        """,
    )


def test_overtime_is_time_worked_above_the_floor_whatever_the_hour(play):
    """Three talks of 40 min begin at 0:00; the floor falls to 2 at 0:15 and to 0 at 0:30."""
    told = play(quarters(3, 2), [Arises("0:00", "long")] * 3)
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  0:15  3     0
        desk 0:15  0:30  2     900
        desk 0:30  24:00 0     1800
        """,
    )


def test_after_call_work_is_overtime_too_and_crosses_midnight(play):
    told = play(
        """
        horizon = "2 days"
        centre.opening = { mon = "23:00-24:00" }
        reasons.call = { talk = "30 min", after_call = "20 min" }
        teams.desk = { agents = 1 }
        """,
        [Arises("23:40", "call")],
    )
    told.shows("contacts", "issue end_talk end_work\n0 24:10 24:30")
    told.shows(
        "floor",
        """
        team start end   floor overtime
        desk 0:00  23:00 0     0
        desk 23:00 24:00 1     0
        desk 24:00 48:00 0     1800
        """,
    )


@pytest.mark.parametrize(
    ("said", "planned", "absence", "floor", "paid"),
    [
        ('counts = "floor"', 10, 0, 10, 10),
        ('counts = "floor"\nshrinkage = 0.2', 10, 0, 10, 12.5),
        ('counts = "floor"\nshrinkage = 0.2\nabsence.mean = 0.3', 10, 0.3, 7, 12.5),
        ('counts = "scheduled"\nshrinkage = 0.25', 10, 0, 8, 10),
        ('counts = "scheduled"\nshrinkage = 0.25\nabsence.mean = 0.3', 10, 0.3, 5, 10),
        ('counts = "floor"\nabsence.mean = 0.25', 10, 0.25, 8, 10),
        ('counts = "floor"\nabsence.mean = 0.26', 10, 0.26, 7, 10),
        ('counts = "floor"\nscale = 0.45', 4.5, 0, 5, 4.5),
        ('counts = "floor"\nscale = 0.44', 4.4, 0, 4, 4.4),
        ('counts = "floor"\nabsence.mean = 1.0', 10, 1, 0, 10),
    ],
)
def test_shrinkage_and_absence_make_the_floor_and_half_an_agent_counts_as_one(
    play, said, planned, absence, floor, paid
):
    told = play(f'reasons.call = {{ talk = "60 s" }}\n[teams.desk]\nagents = 10\n{said}', [])
    told.shows(
        "floor",
        f"""
        team start end   planned   absence   floor   paid overtime
        desk 0     24:00 {planned} {absence} {floor} {paid} 0
        """,
    )


def test_absence_scatters_from_day_to_day_but_not_within_a_day(play):
    told = play(
        """
        horizon = "7 days"
        reasons.call = { talk = "60 s" }
        [teams.desk]
        counts = "floor"
        absence = { mean = 0.2, sd = 0.1 }
        [teams.desk.staffing]
        interval = "60 min"
        days.all = { start = "0:00", agents = [100, 50] }
        """,
        [],
    )
    absence = told.values("floor", "absence")
    assert len(set(absence)) == 7
    assert absence[0::3] == absence[1::3] == absence[2::3]
    for row in told.logs.floor:
        assert row["floor"] == int(row["planned"] * (1 - row["absence"]) + 0.5)


def test_the_agents_of_a_weekday_are_those_of_its_own_entry_before_its_group(play):
    """The run begins on a Tuesday."""
    told = play(
        """
        horizon = "2 days"
        start = "2026-03-03"
        reasons.call = { talk = "60 s" }
        [teams.desk.staffing]
        interval = "60 min"
        [teams.desk.staffing.days]
        all = { start = "22:00", agents = [1, 1] }
        wed = { start = "0:00", agents = [2, 3] }
        """,
        [],
    )
    told.shows(
        "floor",
        """
        team start end   planned
        desk 0:00  22:00 0
        desk 22:00 24:00 1
        desk 24:00 25:00 2
        desk 25:00 26:00 3
        desk 26:00 48:00 0
        """,
    )


def test_agents_without_a_table_are_there_while_a_queue_that_they_serve_is_open(play):
    told = play(
        """
        reasons.call = { talk = "60 s", queue = "morning" }
        queues.morning.opening = { all = "8:00-10:00" }
        queues.noon.opening = { all = "9:30-12:00" }
        queues.evening.opening = { all = "18:00-20:00" }
        queues.night = { opening = { all = "22:00-24:00" }, routes = [{ team = "watch" }] }
        teams.watch.agents = 1
        teams.desk.agents = 2
        """,
        [],
    )
    desk = told.logs.floor[told.logs.floor["team"] == told.names.teams.index("desk")]
    hours = [(row["start"] / 3600, row["floor"]) for row in desk]
    assert hours == [(0, 0), (8, 2), (12, 0), (18, 2), (20, 0)]
