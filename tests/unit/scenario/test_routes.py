"""What a queue's routes must say together, and how they become numbers."""

import pytest

from sim.rules.routing import AFTER, CLASS, EVERYONE, LONGER_THAN, TEAM
from sim.scenario.checks import checks
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of


def scenario(*routes, agents=1):
    """A queue with these routes: (team, conditions). Team `gone` has nobody."""
    return Scenario.model_validate(
        {
            "horizon": "1 day",
            "reasons": {"call": {"volume": {"per_hour": 10.0}, "queue": "calls", "talk": "60 s"}},
            "queues": {"calls": {"routes": [{"team": team, **more} for team, more in routes]}},
            "teams": {
                "a": {"agents": agents},
                "b": {"agents": agents},
                "gone": {"agents": 0},
            },
        }
    )


def errors(*routes, agents=1):
    found = checks(scenario(*routes, agents=agents))
    return [(path, message) for path, message, severity in found if severity == "error"]


GOOD = [
    [("a", {})],
    [("a", {"share": 0.3}), ("b", {"share": 0.7})],
    [("a", {"share": 0.1}), ("b", {"share": 0.2}), ("a", {"share": 0.7})],
    [("a", {"share": 0.3}), ("b", {})],
    [("a", {"share": 1.0})],
    [("a", {"share": 1.0}), ("b", {})],
    [("a", {}), ("b", {"longer_than": 3})],
    [("b", {"longer_than": 3, "share": 0.5}), ("a", {"after": "60 s"})],
    [("a", {"share": 0.5}), ("b", {"share": 0.5}), ("gone", {"longer_than": 2})],
]


@pytest.mark.parametrize("routes", GOOD)
def test_routes_that_serve_everyone_are_right(routes):
    assert errors(*routes) == []


ROUTES = ("queues", "calls", "routes")


@pytest.mark.parametrize(
    ("routes", "path", "words"),
    [
        (
            [("a", {"share": 0.6}), ("b", {"share": 0.6})],
            ROUTES,
            "the shares add up to 1.2; at most 1 can be shared out, so lower them",
        ),
        (
            [("a", {"share": 0.6}), ("b", {"share": 0.3})],
            ROUTES,
            "the shares add up to 0.9, and the other 0.1 of the contacts find no route; let them "
            "add up to 1, or add a route without a share",
        ),
        (
            [("a", {"longer_than": 2})],
            ROUTES,
            "the contacts may take only routes with `longer_than`, so that the last in line could "
            "never be answered; add a route without",
        ),
        (
            [("a", {"share": 0.6}), ("b", {"longer_than": 1})],
            ROUTES,
            "the rest of the contacts may take only routes with `longer_than`, so that the last "
            "in line could never be answered; add a route without",
        ),
        (
            [("a", {"share": 0.6, "longer_than": 1}), ("b", {"share": 0.4})],
            (*ROUTES, 0),
            "this share may take only routes with `longer_than`, so that the last in line could "
            "never be answered; add a route without",
        ),
        (
            [("a", {"share": 0.6}), ("gone", {"share": 0.4}), ("b", {"longer_than": 1})],
            (*ROUTES, 1),
            "no team serves this share: gone never has an agent; staff one of them, or add another "
            "route",
        ),
        (
            [("gone", {}), ("b", {"longer_than": 1})],
            ROUTES,
            "no team serves the contacts: gone never has an agent; staff one of them, or add "
            "another route",
        ),
    ],
)
def test_whom_the_routes_forget_is_told_with_the_cure(routes, path, words):
    assert errors(*routes) == [(path, words)]


@pytest.mark.parametrize("said", [{"share": 0.0}, {"share": 1.5}, {"longer_than": -1}])
def test_a_share_is_above_0_and_a_length_not_below(said):
    with pytest.raises(ValueError, match=r"share|longer_than"):
        scenario(("a", said))


def test_routes_become_rows_and_shares_classes():
    queues = tables_of(
        scenario(
            ("b", {"share": 0.25}),
            ("gone", {"after": "30 s", "longer_than": 4}),
            ("a", {"share": 0.5, "longer_than": 2}),
            ("a", {}),
        )
    ).queues
    (rows,), (cuts,) = queues.routes, queues.cuts
    assert rows[:, TEAM].tolist() == [1, 2, 0, 0]
    assert rows[:, AFTER].tolist() == [0, 30, 0, 0]
    assert rows[:, LONGER_THAN].tolist() == [0, 4, 2, 0]
    assert rows[:, CLASS].tolist() == [0, EVERYONE, 1, EVERYONE]
    assert cuts.tolist() == [0.25, 0.75]
    assert queues.teams_of(0).tolist() == [1, 2, 0, 0]


def test_the_last_of_shares_that_add_up_to_1_is_not_cut_off_by_rounding():
    tenths = [("a", {"share": 0.1})] * 7 + [("b", {"share": 0.3})]
    (cuts,) = tables_of(scenario(*tenths)).queues.cuts
    assert len(cuts) == 7
    assert cuts[-1] < 0.701


def test_without_shares_there_is_one_class():
    (cuts,) = tables_of(scenario(("a", {}), ("b", {"longer_than": 2}))).queues.cuts
    assert cuts.size == 0
