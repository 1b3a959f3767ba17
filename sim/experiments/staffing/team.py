"""Which team is staffed, and whether it can be."""

from collections.abc import Iterator, Sequence

from sim.errors import Problem, ScenarioError, meant, quoted
from sim.experiments.staffing.pay import hourly
from sim.experiments.staffing.reading import MOST_DAYS
from sim.experiments.staffing.targets import Target
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.units import DAY


def team_of(loaded: Loaded[Scenario], name: str | None, targets: Sequence[Target]) -> str:
    """The team that is named; without a name the only one that is not a vendor's.

    Raises ScenarioError with everything that stands against staffing it.
    """
    teams = loaded.scenario.teams
    own = [one for one, team in teams.items() if team.contract is None]
    if name is None and len(own) != 1:
        there = f"there are: {', '.join(own)}" if own else "all teams of this scenario are vendors'"
        sentence = f"say which team is to be staffed, the others stay as they are; {there}"
        raise ScenarioError([Problem("--team", None, "", sentence)])
    if name is not None and name not in teams:
        guess = meant(name, teams)
        hint = f', did you mean "{guess}"?' if guess else f"; there are: {', '.join(teams)}"
        raise ScenarioError([Problem(f"--team {name}", None, "", f"no such team{hint}")])
    chosen = own[0] if name is None else name
    problems = list(_against(loaded, chosen, targets))
    if problems:
        raise ScenarioError(problems)
    return chosen


def _against(loaded: Loaded[Scenario], name: str, targets: Sequence[Target]) -> Iterator[Problem]:
    file, team = loaded.files[0].as_posix(), loaded.scenario.teams[name]
    place = f"teams.{name}"
    if team.contract is not None:
        yield Problem(
            file, None, place, "it is a vendor's, who staffs it; only in-house teams are staffed"
        )
    elif not targets and not hourly(team):
        yield Problem(
            file,
            None,
            f"{place}.pay",
            "its agents cost nothing, so that no number of them costs least; give it `pay`, or a "
            'target, such as --target "abandonment=3%"',
        )
    if loaded.scenario.horizon > MOST_DAYS * DAY:
        yield Problem(
            file,
            None,
            "horizon",
            f"found {loaded.scenario.horizon / DAY:g} days; intervals are told apart on at most "
            f"{MOST_DAYS}. Shorten it for this, as by --set {quoted('horizon=14 days')}",
        )
