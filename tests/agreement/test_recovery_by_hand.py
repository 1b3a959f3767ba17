"""Recovery after a bad closing (MODEL.md section 7), worked out by hand."""

from math import exp, log, sqrt

import pytest

from tests.agreement.by_hand import Arises, Person

WORLD = """
segments.people = {}
teams.desk = { agents = 1 }
reasons.bad = { talk = "60 s", fcr = 0.0 }
reasons.refused = { talk = "60 s", authority = 0.0 }
reasons.good = { talk = "60 s" }
[loyalty.base]
resolved = 0.01
unresolved = 0.2
gave_up = 0.2
refused = 0.1
silent = 0.2
preempted = 0.01
[recovery]
detected = { unresolved = 1.0, gave_up = 1.0, refused = 0.0 }
reached = "1 h"
window = "2 h"
deadline = "4 h"
odds_in_window = 0.5
odds_late = 0.75
"""
LEAVES = 0.999_999_999


def odds_times(p, factor):
    odds = factor * p / (1 - p)
    return odds / (1 + odds)


@pytest.mark.parametrize(
    ("reached", "recovery", "after", "factor"),
    [
        ("1 h", "within_window", 1, 0.5),
        ("2 h", "within_window", 2, 0.5),
        ("3 h", "late", 3, 0.75),
        ("4 h", "late", 4, 0.75),
        ("5 h", "not_reached", 4, 1.0),
    ],
)
def test_the_customer_decides_when_reached_or_at_the_deadline(
    play, reached, recovery, after, factor
):
    told = play((WORLD, f'recovery.reached = "{reached}"'), [Arises(0, "bad", 0)])
    told.shows(
        "issues",
        f"""
        issue closing    recovery   closed decided             left
        0     unresolved {recovery} 60     {60 + 3600 * after} 0
        """,
    )
    assert told.values("issues", "p") == pytest.approx([odds_times(0.2, factor)], rel=1e-12)
    assert told.values("issues", "p0") == pytest.approx([0.01], rel=1e-12)
    rows = told.values("outreach", "time")
    assert rows == ([] if recovery == "not_reached" else [60 + 3600 * after])


def test_a_customer_reached_is_an_outreach(play):
    told = play(WORLD, [Arises(0, "bad", 0)])
    told.shows(
        "outreach",
        """
        issue origin            customer segment reason programme kind     time
        0     reason:bad@people 0        people  bad    -         recovery 3660
        """,
    )


def test_a_customer_who_is_never_reached_decides_at_the_deadline(play):
    told = play(
        (WORLD, 'recovery.reached = { constant = "1 h", never = 1.0 }'), [Arises(0, "bad", 0)]
    )
    told.shows("issues", "issue recovery decided\n0 not_reached 14460")


def test_only_bad_closings_that_are_detected_are_recovered(play):
    told = play(
        (
            WORLD,
            """
            reasons.quiet = { talk = "60 s", seeks_help = 0.0 }
            [reasons.contained]
            talk = "60 s"
            self_service = { tried = 1.0, contained = 1.0, false_containment = 1.0 }
            """,
        ),
        [
            Arises(0, "good", 0),
            Arises(100, "refused", 1),
            Arises(200, "quiet", 2),
            Arises(300, "contained", 3),
        ],
        people=[Person("people")] * 4,
    )
    told.shows(
        "issues",
        """
        issue closing    recovery decided p
        0     resolved   none     60      0.01
        1     refused    none     160     0.1
        2     silent     none     200     0.2
        3     unresolved none     300     0.2
        """,
    )
    assert not len(told.logs.outreach)


def test_memory_and_effects_are_those_of_the_closing(play):
    """The two decisions fall due half an hour apart; each weighs what was remembered when its issue
    closed, and the memory of the second issue decays from its own closing."""
    told = play(
        (
            WORLD,
            """
            horizon = "1 day"
            [loyalty.memory]
            half_life = "1 h"
            bad_closing = 4.0
            at_most = 100.0
            """,
        ),
        [Arises(0, "bad", 0), Arises(1800, "bad", 0), Arises(3700, "good", 0)],
    )
    first, second = log(4), log(4) * sqrt(0.5)
    third = (second + log(4)) * 2 ** (-1900 / 3600)
    told.shows(
        "issues",
        f"""
        issue closed decided memory_term
        0     60     3660    0
        2     3760   3760    {third}
        1     1860   5460    {second}
        """,
    )
    p = odds_times(0.2, 0.5 * exp(second))
    assert told.values("issues", "p")[2] == pytest.approx(p, rel=1e-12)
    assert first > second


def test_leaving_over_something_else_first_cancels_the_decision(play):
    """Refused at 1060, the customer leaves; the unresolved issue keeps its closing, is not decided
    by a draw, and nothing is booked for it."""
    told = play(
        (WORLD, f"loyalty.base.refused = {LEAVES}"),
        [Arises(0, "bad", 0), Arises(1000, "refused", 0)],
    )
    told.shows(
        "issues",
        """
        issue closing    recovery closed decided left p0
        1     refused    none     1060   1060    1    0.01
        0     unresolved none     60     1060    0    -
        """,
    )
    assert not len(told.logs.outreach)


def test_base_churn_cancels_a_pending_decision(play):
    told = play(WORLD, [Arises(0, "bad", 0)], people=[Person("people", leaves=2000)])
    told.shows("issues", "issue closing decided p left\n0 unresolved 2000 - 0")


def test_a_decision_may_end_in_leaving_over_an_issue_long_closed(play):
    told = play(
        (WORLD, f"loyalty.base.unresolved = {LEAVES}"),
        [Arises(0, "bad", 0), Arises(4000, "good", 0)],
    )
    told.shows("issues", "issue closing left decided\n0 unresolved 1 3660")
    told.shows("customers", "customer what time issue\n0 service 3660 0")


def test_a_decision_that_falls_due_after_the_horizon_is_pending(play):
    told = play(WORLD, [Arises("23:30", "bad", 0)])
    told.shows(
        "issues",
        """
        issue closing    recovery closed decided p memory_term
        0     unresolved pending  23:31  -       - -
        """,
    )
