"""First calls and offered load, against figures worked out by hand."""

import pytest

from sim.experiments.implied import implied, overloads
from sim.scenario.scenario import Scenario

CENTRE = {
    "horizon": "7 days",
    "warm_up": "0 days",
    "centre": {"opening": {"mon-fri": "09:00-13:00"}},
    "reasons": {
        "order": {
            "volume": {"per_hour": 12.0},
            "talk": {"exponential": "4 min"},
            "after_call": "60 s",
        }
    },
    "teams": {"front": {"agents": 2}},
}


def scenario(**changes):
    return Scenario.model_validate({**CENTRE, **changes})


def reason(**changes):
    return {"order": {**CENTRE["reasons"]["order"], **changes}}


def test_a_week_has_the_calls_of_its_open_hours_and_the_load_of_their_handle_time():
    found = implied(scenario())
    (order,), (front,) = found.reasons, found.teams
    assert found.days == 7
    assert order.issues == order.first_calls == pytest.approx(12 * 4 * 5)
    assert order.handle_time == 300.0
    assert order.erlangs == front.erlangs == pytest.approx(12 / 3600 * 300)
    assert (front.busiest, front.floor) == ("Mon 09:00", 2.0)
    assert (front.hours, front.hours_above) == (20.0, 0.0)


def test_the_silent_and_those_whom_self_service_contains_do_not_call():
    offer = {"tried": 0.5, "contained": 0.4, "false_containment": 0.3}
    (order,) = implied(scenario(reasons=reason(seeks_help=0.8, self_service=offer))).reasons
    assert order.issues == pytest.approx(240.0)
    assert order.first_calls == pytest.approx(240.0 * 0.8 * (1 - 0.5 * 0.4))


def test_days_short_of_a_week_are_told_as_they_are():
    found = implied(scenario(horizon="3 days"))
    assert found.days == 3
    assert found.reasons[0].first_calls == pytest.approx(12 * 4 * 3)


def test_days_beyond_whole_weeks_do_not_count():
    assert implied(scenario(horizon="13 days")) == implied(scenario())


def test_customers_bring_their_yearly_issues():
    segments = {"all": {"customers": 36_500}}
    changed = scenario(segments=segments, reasons=reason(volume={"per_customer_year": 2.0}))
    assert implied(changed).reasons[0].issues == pytest.approx(36_500 * 2 * 7 / 365)


def test_a_profile_has_its_peak_in_the_busiest_interval():
    profile = {
        "interval": "60 min",
        "days": {"mon-fri": 1.0, "tue": 6.0},
        "shapes": {"all": {"start": "09:00", "weights": [1, 2, 1]}},
    }
    changed = scenario(
        profiles={"week": profile},
        reasons=reason(volume={"per_week": 1000.0}, profile="week"),
    )
    (front,) = implied(changed).teams
    assert front.first_calls == pytest.approx(1000.0)
    assert front.busiest == "Tue 10:00"
    assert front.erlangs == pytest.approx(1000 * 6 / 10 * 2 / 4 / 3600 * 300)


def test_a_team_has_the_load_of_its_own_speed_and_a_queue_the_reasons():
    changed = scenario(teams={"front": {"agents": 2, "pace": 0.5, "factors": {"handle": 1.5}}})
    found = implied(changed)
    assert found.queues[0].erlangs == pytest.approx(1.0)
    assert found.teams[0].erlangs == pytest.approx(12 / 3600 * 1.5 * (0.5 * 240 + 60))


def test_the_first_team_on_the_route_has_the_calls_and_the_queue_all_floors():
    changed = scenario(
        queues={"calls": {"routes": [{"team": "front"}, {"team": "back", "after": "60 s"}]}},
        teams={"front": {"agents": 2}, "back": {"agents": 3}},
    )
    found = implied(changed)
    (calls,), (front, back) = found.queues, found.teams
    assert calls.floor == 5.0
    assert (front.first_calls, back.first_calls) == (pytest.approx(240.0), 0.0)
    assert (back.busiest, back.erlangs, back.hours) == ("", 0.0, 0.0)


def test_shares_split_the_first_calls_and_routes_of_long_queues_have_none():
    routes = [
        {"team": "back", "longer_than": 2},
        {"team": "front", "share": 0.25},
        {"team": "back", "share": 0.5},
        {"team": "third"},
    ]
    changed = scenario(
        queues={"calls": {"routes": routes}},
        teams={name: {"agents": 2} for name in ("front", "back", "third")},
    )
    found = implied(changed)
    assert [team.first_calls for team in found.teams] == pytest.approx([60.0, 120.0, 60.0])
    assert sum(team.erlangs for team in found.teams) == pytest.approx(found.queues[0].erlangs)
    assert found.queues[0].floor == 6.0


def test_shrinkage_and_mean_absence_are_off_the_floor():
    team = {
        "agents": 10,
        "counts": "scheduled",
        "shrinkage": 0.3,
        "absence": {"mean": 0.1, "sd": 0.05},
    }
    (front,) = implied(scenario(teams={"front": team})).teams
    assert front.floor == 6.0  # 10 x 0.7 x 0.9 = 6.3, rounded


def test_a_team_below_its_first_calls_most_of_the_time_is_overloaded():
    changed = scenario(reasons=reason(volume={"per_hour": 36.0}))
    (warning,) = overloads(implied(changed))
    assert "floor of team front in 20 of the 20 hours with calls" in warning
    assert "Mon 09:00: 3.0 Erlangs on 2 agents" in warning
    assert overloads(implied(scenario())) == ()


def test_a_load_equal_to_the_floor_is_not_above_it():
    changed = scenario(reasons=reason(volume={"per_hour": 24.0}))
    (front,) = implied(changed).teams
    assert front.erlangs == pytest.approx(front.floor)
    assert front.hours_above == 0.0
