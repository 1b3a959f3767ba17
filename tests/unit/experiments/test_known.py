"""What is known of a case follows the scenario's own numbers, and nothing else is taken for it."""

import pytest

from sim.accounting.measures import catalogue
from sim.errors import ScenarioError
from sim.experiments.known import CASES, Sum, place_of
from sim.experiments.known.reading import agents_of_day, check_read, law_of, rates_of_day
from sim.experiments.verify import FOLDER
from sim.scenario.demand import Profile
from sim.scenario.distributions import Law
from sim.scenario.load import load
from sim.tables.build import tables_of
from sim.theory.erlang import erlang_b
from sim.theory.laws import Constant, Gamma, Measured, Mixture
from sim.units import HOUR

BY_NAME = {case.name: case for case in CASES}


def scenario_of(name, *overrides):
    return load(FOLDER / f"{name}.toml", overrides).scenario


def known(name, *overrides):
    """The claims of a case, by measure, row and interval."""
    return {
        next(claim.simulated.places()): claim.known
        for claim in BY_NAME[name].claims(scenario_of(name, *overrides))
    }


def test_every_scenario_of_the_folder_is_a_case_and_every_case_a_scenario_without_a_warning():
    assert sorted(BY_NAME) == sorted(file.stem for file in FOLDER.glob("*.toml"))
    for name, case in BY_NAME.items():
        loaded = load(FOLDER / f"{name}.toml")
        assert loaded.warnings == ()
        assert loaded.scenario.title
        check_read(loaded.scenario, case.reads)


@pytest.mark.parametrize("name", [case.name for case in CASES if not case.name.endswith("day")])
def test_every_claim_is_of_a_figure_that_the_scenario_has(name):
    scenario = scenario_of(name)
    places = set(map(place_of, catalogue(tables_of(scenario).terms)))
    claims = list(BY_NAME[name].claims(scenario))
    assert claims
    for claim in claims:
        assert set(claim.places()) <= places
        assert isinstance(claim.known, Sum) or claim.known > 0.0


def test_known_values_follow_the_numbers_of_the_scenario():
    agents = ("centre.lines=12", "teams.agents.agents=12")
    blocked = ("blocked", "total", "total", None)
    assert known("erlang-b")[blocked] == pytest.approx(
        erlang_b(agents=30, arrival_rate=300 / 3600, mean_service=300.0).p_blocked
    )
    found = known("erlang-b", *agents, "reasons.call.volume.per_hour=100.0")
    assert found[blocked] == pytest.approx(
        erlang_b(agents=12, arrival_rate=100 / 3600, mean_service=300.0).p_blocked
    )
    slow = known("erlang-b", *agents, "reasons.call.talk.exponential=10 min")
    assert slow[blocked] > found[blocked]


def test_what_the_formulas_do_not_know_is_refused_with_its_place():
    scenario = scenario_of("erlang-a", "callers.redial={ probability = 0.5, delay = '5 min' }")
    with pytest.raises(ScenarioError, match=r"callers.redial.probability.*remove it"):
        check_read(scenario, BY_NAME["erlang-a"].reads)
    check_read(scenario, BY_NAME["redials"].reads)
    named = scenario_of("erlang-a", "reasons.call.fcr=0.5")
    with pytest.raises(ScenarioError, match=r"reasons\.call\.fcr"):
        check_read(named, BY_NAME["erlang-a"].reads)


@pytest.mark.parametrize(
    ("name", "overrides", "complaint"),
    [
        ("erlang-a", ["callers.patience={ exponential = false, constant = '1 min' }"], "patience"),
        ("erlang-b", ["centre.lines=31"], "as many as the agents, 30"),
        ("one-agent", ["teams.agents.agents=2"], "must be 1"),
        ("erlang-c-tails", ["queues.soon.priority=1"], "same priority"),
        ("priorities", ["reasons.gold.talk.exponential=2 min"], "same mean"),
        ("overflow-lines", ["centre.lines=12"], "both teams' agents"),
        ("day", ["warm_up=1 day"], "one day without warm-up"),
        ("redials", ["callers.redial.per_attempt=0.9"], "must be 1"),
        ("contacts", ["teams.agents.agents=20"], "so that nobody waits"),
        ("churn", ["teams.agents.agents=6"], "so that nobody waits"),
        ("contacts", ["reasons.call.beyond.transferred=0.5"], "must be 0"),
    ],
)
def test_a_scenario_that_is_another_queue_is_refused(name, overrides, complaint):
    with pytest.raises(ScenarioError, match=complaint):
        list(BY_NAME[name].claims(scenario_of(name, *overrides)))


def law(**words):
    return law_of(Law(**words))


def test_the_words_of_a_distribution_are_the_law_of_the_formulas():
    minute = {"exponential": {"mean": "1 min"}}
    assert law(**minute) == Gamma(60.0)
    assert law(gamma={"mean": "1 min", "cv": 0.5}) == Gamma(60.0, 4.0)
    assert law(gamma={"mean": "1 min", "shape": 3.0}) == Gamma(60.0, 3.0)
    assert law(constant="90 s") == Constant(90.0)
    measured = {"at": ["10 s", "1 min"], "survival": [0.5, 0.2], "rest": "never"}
    assert law(empirical=measured) == Measured((10.0, 60.0), (0.5, 0.2), endless=True)
    hasty = law(**minute, at_once=0.25, never=0.25)
    assert hasty == Mixture(((0.25, Constant(0.0)), (0.5, Gamma(60.0))))
    mixed = law(mixture={"share": 0.25, "one": minute, "other": {"constant": "90 s"}})
    assert mixed == Mixture(((0.25, Gamma(60.0)), (0.75, Constant(90.0))))


def test_a_profile_gives_the_calls_of_the_hours_that_it_names():
    profile = Profile(
        interval="60 min",
        days={"mon-fri": 2.0, "sat": 1.0},
        shapes={"all": {"start": "08:00", "weights": [1.0, 3.0]}},
    )
    rates = rates_of_day(profile, per_week=1100.0)
    assert rates[8] * HOUR == pytest.approx(1100.0 * 2 / 11 / 4)
    assert rates[9] * HOUR == pytest.approx(1100.0 * 2 / 11 * 3 / 4)
    assert sum(rates) * HOUR == pytest.approx(200.0)


def test_a_rota_gives_nobody_in_the_hours_that_it_does_not_name():
    agents = agents_of_day(scenario_of("day").teams["agents"])
    assert agents[6:9] == [0, 3, 4]
    assert agents[19:] == [1, 0, 0, 0, 0]
