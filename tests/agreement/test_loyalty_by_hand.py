"""Staying or leaving (MODEL.md section 6), with every probability worked out by hand."""

from math import exp, log

import pytest

from sim.codes import OUTCOMES
from tests.agreement.by_hand import Arises, Person, terms_of

DAY = 86_400.0

PEOPLE = """
segments.people = {}
teams.desk = { agents = 1 }
[loyalty.base]
resolved = 0.01
unresolved = 0.05
gave_up = 0.04
refused = 0.03
silent = 0.02
preempted = 0.005
[loyalty.odds]
per_minute_waited = 1.1
tolerance = "30 s"
wait_counts_up_to = "5 min"
per_repeat = 1.5
per_transfer = 1.3
self_service_failed = 1.4
"""
CALL = '[reasons.call]\ntalk = "60 s"'
LEAVES = 0.999_999_999
"""A probability of leaving that no draw of these tests escapes."""


def logit(p):
    return log(p / (1 - p))


def p_of(*log_odds):
    return 1 / (1 + exp(-sum(log_odds)))


def _of(rows, customer):
    return rows[rows["customer"] == customer]


def decided(told):
    """The only issue that was decided: p, p0, and the seven terms."""
    (row,) = told.logs.issues
    return row["p"], row["p0"], terms_of(told.logs.issues)[0]


def test_a_resolved_issue_without_a_wait_leaves_the_base(play):
    told = play((PEOPLE, CALL), [Arises(0, "call", 0)])
    p, p0, terms = decided(told)
    assert p == p0 == pytest.approx(0.01, rel=1e-12)
    assert terms == (0.0,) * 7


@pytest.mark.parametrize(
    ("reason", "closing", "base"),
    [
        ('talk = "60 s"\nfcr = 0.0', "unresolved", 0.05),
        ('talk = "60 s"\nauthority = 0.0', "refused", 0.03),
        ('talk = "60 s"\nseeks_help = 0.0', "silent", 0.02),
        (
            'talk = "60 s"\n[reasons.call.self_service]\ntried = 1.0\ncontained = 1.0',
            "resolved",
            0.01,
        ),
    ],
)
def test_each_closing_has_its_base(play, reason, closing, base):
    told = play((PEOPLE, f"[reasons.call]\n{reason}"), [Arises(0, "call", 0)])
    told.shows("issues", f"issue closing\n0 {closing}")
    p, p0, terms = decided(told)
    assert p == pytest.approx(base, rel=1e-12)
    assert p0 == pytest.approx(0.01, rel=1e-12)
    assert terms == pytest.approx((logit(base) - logit(0.01), 0, 0, 0, 0, 0, 0), abs=1e-12)


def test_every_bad_experience_adds_its_log_odds(play):
    """Self-service fails. The first contact waits 90 s for the front, is transferred, and waits
    60 s for the back: 150 s less the tolerated 30. It is not resolved; the second contact, an hour
    after it, is abandoned after 95 s: 65 more. The teams' effects are per leg handled."""
    told = play(
        (
            PEOPLE,
            """
            callers.returns = { probability = 1.0, delay = "1 h" }
            queues.front.routes = [{ team = "front" }]
            queues.back.routes = [{ team = "back" }]
            teams.front = { agents = 1, felt = 1.2 }
            teams.back = { agents = 1, felt = 0.9, factors.fcr = { call = 0.0 } }
            reasons.front = { queue = "front", talk = "100 s" }
            reasons.back = { queue = "back", talk = "220 s" }
            reasons.hour = { queue = "front", talk = "1 h" }
            [reasons.call]
            queue = "front"
            talk = "60 s"
            misrouted = { probability = 1.0, to = "back" }
            self_service = { tried = 1.0, contained = 0.0 }
            callers.patience = "95 s"
            """,
        ),
        [
            Arises(0, "front", 1),
            Arises(0, "back", 2),
            Arises(10, "call", 0),
            Arises(3000, "hour", 3),
        ],
        people=[Person("people")] * 4,
    )
    assert _of(told.logs.contacts, 0)["end_wait"].tolist() == [100, 220, 3975]
    (issue,) = _of(told.logs.issues, 0)
    (terms,) = terms_of([issue])
    expected = (
        logit(0.04) - logit(0.01),
        log(1.1) * (120 + 65) / 60,
        log(1.5) * 1,
        log(1.3) * 1,
        log(1.4),
        log(1.2) + log(0.9),
        0.0,
    )
    assert terms == pytest.approx(expected, abs=1e-12)
    assert issue["p"] == pytest.approx(p_of(logit(0.01), *expected), rel=1e-12)
    assert issue["waited"] == 90 + 60 + 95


def test_waits_count_up_to_their_cap(play):
    """399 s less the tolerated 30 s are more than the 300 s that count."""
    told = play(
        (PEOPLE, CALL, 'reasons.long.talk = "400 s"'),
        [Arises(0, "long", 0), Arises(1, "call", 1)],
        people=[Person("people")] * 2,
    )
    waits = [terms[1] for terms in terms_of(told.logs.issues)]
    assert waits == pytest.approx([0.0, log(1.1) * 300 / 60], abs=1e-12)


def test_the_tolerance_is_per_contact(play):
    """Two waits of 25 s are both tolerated."""
    told = play(
        (
            PEOPLE,
            CALL,
            """
            callers.patience = "25 s"
            callers.redial = { probability = 1.0, per_attempt = 0.0, delay = "10 s" }
            reasons.long.talk = "10 min"
            """,
        ),
        [Arises(0, "long", 1), Arises(1, "call", 0)],
        people=[Person("people")] * 2,
    )
    (issue,) = _of(told.logs.issues, 0)
    assert issue["waited"] == 50
    assert terms_of([issue])[0][1:3] == pytest.approx((0.0, log(1.5)))


def test_blocked_contacts_are_repeats_and_closed_ones_are_not(play):
    """Closed at 0:30, blocked at 1:30, abandoned at 2:30: of the three contacts two count."""
    told = play(
        (
            PEOPLE,
            CALL,
            """
            centre = { lines = 2, opening = { all = "1:00-24:00" } }
            callers.redial = { probability = 1.0, delay = "1 h" }
            most_contacts = 3
            reasons.call.callers.patience = "10 s"
            reasons.long.talk = "50 min"
            """,
        ),
        [Arises("0:30", "call", 0), Arises("1:00", "long", 1), Arises("1:10", "long", 2)],
        people=[Person("people")] * 3,
    )
    outcomes = [OUTCOMES[code] for code in _of(told.logs.contacts, 0)["outcome"]]
    assert outcomes == ["closed", "blocked", "abandoned"]
    (issue,) = _of(told.logs.issues, 0)
    assert (issue["contacts"], issue["reached"]) == (3, 2)
    assert terms_of([issue])[0][2] == pytest.approx(log(1.5))


MEMORY = """
[loyalty.memory]
half_life = "1 days"
weight = 0.5
bad_closing = 2.0
at_most = 3.0
"""


def test_memory_halves_grows_and_weighs_on_the_next_issue(play):
    """The first issue is refused after self-service failed: memory = ln 1.4 / 2 + ln 2. Half a day
    later it is 2 ** -0.5 of that; then a resolved issue adds its own effects, but no closing."""
    told = play(
        (
            PEOPLE,
            MEMORY,
            """
            horizon = "2 days"
            [reasons.bad]
            talk = "60 s"
            authority = 0.0
            self_service = { tried = 1.0, contained = 0.0 }
            [reasons.fair]
            talk = "60 s"
            self_service = { tried = 1.0, contained = 0.0 }
            """,
        ),
        [Arises(0, "bad", 0), Arises("12:00", "fair", 0), Arises("36:00", "fair", 0)],
    )
    first = log(1.4) / 2 + log(2)
    second = first * 2**-0.5 + log(1.4) / 2
    third = second / 2 + log(1.4) / 2
    memories = [terms[6] for terms in terms_of(told.logs.issues)]
    assert memories == pytest.approx([0.0, first * 2**-0.5, second / 2], abs=1e-12)
    p = p_of(logit(0.01), log(1.4), first * 2**-0.5)
    assert told.values("issues", "p")[1] == pytest.approx(p, rel=1e-12)
    left_over = third * 2 ** (-(12 * 3600 - 60) / DAY)
    assert told.values("memory", "memory") == pytest.approx([left_over])


def test_memory_is_capped_and_good_service_is_not_remembered(play):
    told = play(
        (
            PEOPLE,
            MEMORY,
            """
            horizon = "2 days"
            teams.desk.felt = 0.5
            reasons.bad = { talk = "60 s", fcr = 0.0 }
            reasons.good = { talk = "60 s" }
            """,
        ),
        [Arises(0, "bad", 0), Arises(60, "bad", 0), Arises(120, "good", 0), Arises(180, "bad", 1)],
        people=[Person("people")] * 2,
    )
    minute = 2 ** (-60 / DAY)
    memories = [terms[6] for terms in terms_of(told.logs.issues)]
    assert memories == pytest.approx([0, log(2) * minute, log(3) * minute, 0], abs=1e-12)


def test_customers_without_memory_of_anything_have_no_row(play):
    told = play((PEOPLE, CALL, MEMORY), [Arises(0, "call", 0)])
    assert not len(told.logs.memory)


LEAVER = (
    PEOPLE,
    CALL,
    f"""
    reasons.bad = {{ talk = "60 s", fcr = 0.0 }}
    loyalty.base.unresolved = {LEAVES}
    """,
)


def test_whoever_leaves_has_no_further_issues(play):
    told = play(LEAVER, [Arises(0, "bad", 0), Arises(1000, "call", 0)])
    told.shows(
        "issues",
        """
        issue closing    left unavoidable decided
        0     unresolved 1    0           60
        """,
    )
    told.shows(
        "customers",
        """
        customer segment what    time day origin            issue
        0        people  service 60   0   reason:bad@people 0
        """,
    )


def test_whoever_would_have_left_anyway_is_not_lost_to_service(play):
    told = play((*LEAVER, f"loyalty.base.resolved = {LEAVES}"), [Arises(0, "bad", 0)])
    told.shows("issues", "issue left unavoidable\n0 1 1")
    told.shows("customers", "customer what time\n0 unavoidable 60")


def test_what_lies_ahead_of_a_lost_customers_other_issues_lapses(play):
    """When the customer leaves at 1060, issue 0 waits for its return call, due at 3660: it lapses
    at once. Issue 1 is in the queue behind: it runs to its end, and lapses then."""
    told = play(
        (
            *LEAVER,
            """
            [reasons.again]
            talk = "60 s"
            fcr = 0.0
            callers.returns = { probability = 1.0, delay = "1 h" }
            """,
        ),
        [Arises(0, "again", 0), Arises(1010, "call", 0), Arises(1000, "bad", 0)],
    )
    told.shows("contacts", "issue end_wait end_talk\n0 0 60\n2 1000 1060\n1 1060 1120")
    told.shows(
        "issues",
        """
        issue closing    arose closed decided left contacts p0   legs_handled
        2     unresolved 1000  1060   1060    1    1        0.01 1
        0     lapsed     0     1060   1060    0    1        -    1
        1     lapsed     1010  1120   1120    0    1        -    1
        """,
    )


def test_a_lost_customer_in_a_queue_may_still_hang_up_and_does_not_redial(play):
    told = play(
        (
            *LEAVER,
            """
            callers.patience = "2 min"
            callers.redial = { probability = 1.0, delay = "1 h" }
            reasons.long.talk = "10 min"
            """,
        ),
        [Arises(0, "bad", 0), Arises(5, "long", 1), Arises(10, "call", 0)],
        people=[Person("people")] * 2,
    )
    told.shows(
        "issues",
        """
        issue closing    closed contacts left
        0     unresolved 60     1        1
        2     lapsed     130    1        0
        1     resolved   660    1        0
        """,
    )


def test_base_churn_cancels_a_redial(play):
    told = play(
        (
            PEOPLE,
            CALL,
            'callers.patience = "10 s"\ncallers.redial = { probability = 1.0, delay = "1 h" }',
        ),
        [Arises(0, "call", 1), Arises(5, "call", 0)],
        people=[Person("people", leaves=3000), Person("people")],
    )
    told.shows(
        "issues",
        """
        issue closing  closed contacts p
        0     resolved 60     1        0.01
        1     lapsed   3000   1        -
        """,
    )
    told.shows("customers", "customer what time issue\n0 base 3000 -")


def test_without_a_table_loyalty_nobody_decides(play):
    told = play(
        'segments.people = {}\nteams.desk = { agents = 1 }\nreasons.call.talk = "60 s"',
        [Arises(0, "call", 0)],
    )
    told.shows(
        "issues", "issue customer segment closing decided left p p0\n0 0 people resolved 60 0 - -"
    )


def test_segments_of_a_world_keep_their_names(play):
    told = play(
        (PEOPLE, CALL, "segments.firms = {}"),
        [Arises(0, "call", 0), Arises(100, "call", 2)],
        people=[Person("people"), Person("people"), Person("firms")],
    )
    told.shows(
        "contacts",
        "customer segment origin\n0 people reason:call@people\n2 firms reason:call@firms",
    )
