"""When a simulated figure agrees with its known value: hand-made replications, judged."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.accounting.measures import Line
from sim.experiments.judging import judged
from sim.experiments.known import Claim, Figure, Runs, Spread, Sum
from sim.statistics.estimate import student_as_rare_as

REPLICATIONS = 100
LIMIT = student_as_rare_as(4.0, REPLICATIONS - 1)


def line(measure, unit, estimator):
    return Line(measure, unit, "total", "total", None, estimator, "")


LINES = (
    line("offered", "contacts", "mean"),
    line("blocked", "contacts", "mean"),
    line("abandonment", "share", "ratio of means"),
)


def runs(offered, blocked=None, abandoned=None):
    """Replications with these numbers; abandonment is of those offered."""
    offered = np.asarray(offered, dtype=float)
    none = np.zeros_like(offered)
    blocked = none if blocked is None else np.asarray(blocked, dtype=float)
    abandoned = none if abandoned is None else np.asarray(abandoned, dtype=float)
    return Runs(
        LINES,
        np.column_stack([offered, blocked, abandoned]),
        np.column_stack([none + 1.0, none + 1.0, offered]),
    )


def scattered(mean, error):
    """Numbers with just this mean and standard error of it."""
    half = error * math.sqrt(REPLICATIONS - 1)
    return mean + np.tile([-half, half], REPLICATIONS // 2)


def test_a_difference_beyond_the_limit_disagrees_and_one_below_it_agrees():
    for away, verdict in ((0.0, "agrees"), (0.99 * LIMIT, "agrees"), (1.01 * LIMIT, "disagrees")):
        for side in (1.0, -1.0):
            found = judged(
                Claim(Figure("offered"), 1000.0),
                runs(scattered(1000.0 + side * away, error=1.0)),
                precision=0.02,
            )
            assert found.verdict == verdict
            assert found.difference == pytest.approx(side * away)
            assert found.error == pytest.approx(0.001)
            assert found.limit == LIMIT
            assert found.finds == pytest.approx((LIMIT + 1.645) * 0.001)


def test_too_large_an_error_proves_nothing_unless_the_difference_is_larger_still():
    claim = Claim(Figure("offered"), 1000.0)
    assert judged(claim, runs(scattered(1000.0, 19.0)), 0.02).verdict == "agrees"
    assert judged(claim, runs(scattered(1000.0, 21.0)), 0.02).verdict == "too uncertain"
    assert judged(claim, runs(scattered(1200.0, 21.0)), 0.02).verdict == "disagrees"


def test_the_error_of_a_share_is_relative_to_the_smaller_of_it_and_the_rest():
    offered = np.full(REPLICATIONS, 100.0)
    for share in (0.1, 0.9):
        found = judged(
            Claim(Figure("abandonment"), share),
            runs(offered, abandoned=scattered(100.0 * share, 0.5)),
            precision=0.02,
        )
        assert found.error == pytest.approx(0.005 / 0.1)
        assert found.verdict == "too uncertain"


def test_few_replications_need_a_larger_difference():
    """The quantile of Student's t that is as improbable as four standard errors that are known."""
    assert student_as_rare_as(4.0, 10**7) == pytest.approx(4.0, rel=1e-4)
    assert student_as_rare_as(4.0, 19) == pytest.approx(stats.t.isf(stats.norm.sf(4.0), 19))
    assert student_as_rare_as(4.0, 0) == math.inf


def test_a_figure_that_nothing_is_known_of_is_too_uncertain():
    claim = Claim(Figure("abandonment"), 0.1)
    nobody = judged(claim, runs(np.zeros(REPLICATIONS)), 0.02)
    assert (nobody.verdict, nobody.mean, nobody.finds) == ("too uncertain", None, None)
    once = judged(Claim(Figure("offered"), 100.0), runs([100.0]), 0.02)
    assert (once.verdict, once.difference) == ("too uncertain", None)


def test_a_quotient_of_counts_is_one_of_their_sums():
    found = judged(
        Claim(Figure("blocked", of="offered"), 0.25),
        runs([100.0, 300.0], blocked=[20.0, 80.0]),
        precision=1.0,
    )
    assert (found.measure, found.unit, found.mean) == ("blocked / offered", "share", 0.25)


def test_an_identity_is_judged_by_the_scatter_of_its_difference():
    """Both sides scatter by much, and almost together."""
    offered = scattered(1000.0, 30.0)
    twice = Claim(Figure("blocked"), Sum(((2.0, Figure("offered")),)))
    exact = judged(twice, runs(offered, blocked=2.0 * offered), 0.02)
    assert (exact.verdict, exact.difference, exact.error) == ("agrees", 0.0, 0.0)
    near = judged(twice, runs(offered, blocked=2.0 * offered + scattered(1.0, 1.0)[::-1]), 0.02)
    assert near.known == pytest.approx(2000.0)
    assert near.difference == pytest.approx(1.0)
    assert near.verdict == "agrees"


def test_an_exact_identity_that_fails_disagrees_however_small_the_difference():
    offered = scattered(1000.0, 30.0)
    same = Claim(Figure("blocked"), Sum(((1.0, Figure("offered")),)))
    assert judged(same, runs(offered, blocked=offered * (1.0 + 1e-12)), 0.02).verdict == "agrees"
    found = judged(same, runs(offered, blocked=offered + 0.01), 0.02)
    assert (found.verdict, found.difference) == ("disagrees", None)


def test_a_spread_is_the_standard_deviation_and_has_the_precision_of_one():
    """Of R normal totals about 1 / sqrt(2 R)."""
    totals = np.random.default_rng(1).normal(500.0, 20.0, 10_000)
    found = judged(Claim(Spread(Figure("offered")), 20.0), runs(totals), 0.02)
    assert found.mean == pytest.approx(totals.std(ddof=1))
    assert found.error == pytest.approx(1.0 / math.sqrt(2.0 * 10_000), rel=0.05)
    assert found.verdict == "agrees"
    assert found.measure == "offered, standard deviation"
