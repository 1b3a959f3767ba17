"""How far a simulation is, and how long it still takes, in words."""

import time

import pytest

from sim.cli import progress as telling
from sim.cli.progress import in_words, progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on only when a test says so: `clock(seconds)`."""
    now = [1000.0]

    def pass_by(seconds):
        now[0] += seconds

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return pass_by


@pytest.fixture
def told(clock, capsys):
    """Tells of simulations at moments; gives the lines on stderr, where nobody watches a screen.

    Of each step: how long after the one before, and how many simulations are done then.
    """

    def told(of, *steps, things="simulations", compiles=False):
        with progress(False, things, compiles=compiles) as tell:
            for seconds, done in steps:
                clock(seconds)
                tell(done, of)
        return capsys.readouterr().err.splitlines()

    return told


def test_nothing_is_said_of_what_takes_two_seconds(told):
    assert told(10, *[(0.2, done) for done in range(1, 11)]) == []


def test_the_time_that_is_left_is_told_in_words(told):
    assert told(10, (1.0, 1), (2.0, 2)) == ["2 of 10 simulations, about 16 s left"]


def test_a_line_every_ten_seconds_where_nobody_watches_a_screen(told):
    assert told(90, *[(1.0, done) for done in range(1, 31)]) == [
        "2 of 90 simulations, about 88 s left",
        "12 of 90 simulations, about 78 s left",
        "22 of 90 simulations, about 68 s left",
    ]


def test_what_comes_before_the_first_step_tells_nothing_of_the_pace(told):
    """A minute of compiling, then a simulation each second."""
    assert told(50, (60.0, 0.5), (0.5, 1), (1.0, 2)) == ["1 of 50 simulations, about 49 s left"]


def test_a_first_simulation_that_compiles_tells_nothing_of_the_pace(told):
    steps = ((60.0, 0.1), (30.0, 0.9), (9.0, 1), (1.0, 2))
    assert told(50, *steps, compiles=True) == ["2 of 50 simulations, about 48 s left"]
    assert told(1, (60.0, 0.1), (9.0, 0.4), compiles=True) == [
        "40 % of the simulation, about 18 s left"
    ]


def test_a_single_simulation_is_told_in_hundredths_of_it(told):
    assert told(1, (1.0, 0.1), (9.0, 0.4)) == ["40 % of the simulation, about 18 s left"]


def test_parts_of_simulations_count(told):
    """Two side by side, neither of which has ended."""
    assert told(4, (1.0, 0.2), (9.0, 1.1)) == ["1 of 4 simulations, about 29 s left"]


def test_those_under_way_are_not_forgotten_when_one_ends(told):
    """Then only those that have ended are told: 2 of 4, though it has been 2.8."""
    lines = told(4, (1.0, 0.8), (9.0, 2.8), (1.0, 2), (9.0, 2.8))
    assert [line.split(",")[0] for line in lines] == ["2 of 4 simulations"] * 2


def test_what_takes_longer_than_it_was_to_take_is_about_to_end(told):
    lines = told(10, (1.0, 1), (8.0, 9), (60.0, 9))
    assert lines == ["9 of 10 simulations, about 1 s left"] * 2


def test_of_a_pace_that_nobody_has_seen_yet_nothing_is_said(told):
    assert told(10, (5.0, 0.001), (0.01, 0.002)) == []


def test_charts_are_counted_as_charts(told):
    assert told(11, (1.0, 0), (2.0, 4), things="charts") == ["4 of 11 charts, about 4 s left"]


def test_quiet_is_quiet(clock, capsys):
    with progress(True) as tell:
        clock(100.0)
        tell(1, 10)
    assert capsys.readouterr().err == ""


def test_on_a_screen_the_sentence_is_renewed_though_nothing_has_ended(clock):
    watch = telling._Clock("simulations", False)
    clock(3.0)
    assert watch.sentence() == "simulating, 3 s so far"
    watch.tell(0.5, 10)
    clock(10.0)
    watch.tell(1.0, 10)
    clock(60.0)
    assert watch.sentence() == "1 of 10 simulations, about 2 min left"


def test_on_a_screen_the_first_run_says_that_it_compiles_until_it_simulates(clock):
    watch = telling._Clock("simulations", True)
    clock(3.0)
    assert watch.sentence() == "compiling, 3 s so far"
    watch.tell(0.5, 10)
    assert watch.sentence() == "simulating, 3 s so far"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0 s"), (89.4, "89 s"), (90.0, "2 min"), (5_360.0, "89 min"), (5_400.0, "1 h 30 min")],
)
def test_lengths_of_time_are_said_as_one_says_them(seconds, words):
    assert in_words(seconds) == words


def test_of_how_many_is_told_once_it_is_known_and_as_roughly_as_it_is(clock, capsys):
    """A precision is asked for: at first nobody knows how many replications that takes."""
    with progress(quiet=False) as tell:
        for done, of in ((1, 0), (11, 0), (21, 90), (31, 80), (80, 80)):
            clock(1.0 if done == 1 else 10.0)
            tell(done, of)
    assert capsys.readouterr().err.splitlines() == [
        "11 simulations, 11 s so far",
        "21 of about 90 simulations, about 69 s left",
        "31 of about 80 simulations, about 49 s left",
    ]
