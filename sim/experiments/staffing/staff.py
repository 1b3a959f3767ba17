"""The whole way: from a scenario to a staffing by interval, verified, and a roster for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import Problem, ScenarioError
from sim.experiments.replicate import ENGINES, Progress, Stopped, in_silence
from sim.experiments.staffing.baseline import Baseline, baselines, scaled
from sim.experiments.staffing.judging import Aim
from sim.experiments.staffing.load import Load, in_plenty, load_of
from sim.experiments.staffing.pattern import everywhere, where, with_staffing
from sim.experiments.staffing.pay import hourly
from sim.experiments.staffing.reading import reader_of
from sim.experiments.staffing.results import Staffed
from sim.experiments.staffing.roster import Rostered, rostered
from sim.experiments.staffing.search import Search
from sim.experiments.staffing.shifts import Menu
from sim.experiments.staffing.start import starts
from sim.experiments.staffing.targets import Target
from sim.experiments.staffing.telling import Found, document_of
from sim.experiments.staffing.trials import Luck, Trials
from sim.experiments.staffing.verify import Entry
from sim.scenario.centre import Staffing
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of

REPLICATIONS = 100
"""Of the verification, if nothing is said."""
INTERVAL = 1800.0
_FIRST = 1_000_000
"""Number of the first replication of a search: no verification gets so far."""
_DAYS, _FEWEST, _MOST = 600, 40, 120
"""About how many days a search lives of each plan, and the bounds of its replications."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What was found, for reading and for going on with."""

    document: Staffed
    staffing: Staffing
    roster: Staffing | None


@dataclass(frozen=True, eq=False)
class _Request:
    """What is asked for, with what all steps need."""

    loaded: Loaded[Scenario]
    scenario: Scenario
    team: str
    aim: Aim
    interval: float
    trials: Trials
    luck: Luck
    replications: int
    menu: Menu | None


def staff(
    loaded: Loaded[Scenario],
    team: str,
    targets: Sequence[Target] = (),
    *,
    menu: Menu | None = None,
    interval: float = INTERVAL,
    replications: int = REPLICATIONS,
    searching: int | None = None,
    seed: int = 1,
    engine: str = ENGINES[0],
    workers: int = 1,
    progress: Progress = in_silence,
) -> Outcome:
    """Staff a team by interval (seconds); the other teams stay as they are.

    With targets at least staffing cost, else at least total economic cost. menu: shifts that are to
    cover it. replications: fresh ones of the verification. searching: those of each plan in the
    search; by the length of the horizon if not given. On Ctrl-C the best that was found so far
    is returned, marked as interrupted; raises KeyboardInterrupt if there is nothing yet.
    """
    scenario = loaded.scenario.model_copy(update={"interval": interval})
    tables = tables_of(scenario)
    days = tables.terms.calendar.days
    request = _Request(
        loaded,
        scenario,
        team,
        Aim(tuple(targets), hourly(scenario.teams[team]) or 1.0),
        interval,
        Trials(reader_of(tables, team), seed, engine, workers, progress),
        Luck(_FIRST, searching or min(_MOST, max(_FEWEST, round(_DAYS / days)))),
        replications,
        menu,
    )
    return _carried_out(request)


def _carried_out(request: _Request) -> Outcome:
    try:
        search, load, formulas = _begun(request)
    except Stopped:
        raise KeyboardInterrupt from None
    better: list[Baseline] = []
    entries: list[Entry] = []
    shifts: Rostered | None = None
    interrupted = False
    try:
        if request.aim.targets:
            search.keep()
        else:
            search.descend()
        better = scaled(request.aim, search.pattern, formulas, request.trials, request.luck)
    except Stopped:
        interrupted = True
    if request.menu is not None:
        shifts = rostered(request.menu, search.pattern, search.plan)
    if not interrupted:
        try:
            entries = _verified(request, search, shifts, formulas, better)
        except Stopped:
            interrupted = True
    document = document_of(
        request.loaded,
        Found(search, load, formulas, tuple(entries), shifts),
        seed=request.trials.seed,
        engine=request.trials.engine,
        simulations=request.trials.done,
        interrupted=interrupted,
    )
    staffing = search.pattern.staffing(search.plan)
    return Outcome(document, staffing, shifts.staffing if shifts else None)


def _begun(request: _Request) -> tuple[Search, Load, tuple[Baseline, ...]]:
    """The first plan, the load that it is for, and the plans by formula."""
    aim, trials, luck = request.aim, request.trials, request.luck
    anywhere = everywhere(request.scenario, request.team, request.interval)
    (plenty,) = trials.of_plans(anywhere, [in_plenty(anywhere)], luck)
    (as_it_is,) = trials.of([request.scenario], luck)
    pattern = where(anywhere, anywhere.pooled(plenty.offered).sum(axis=0))
    if not pattern.size:
        raise ScenarioError([_nobody(request)])
    load = load_of(pattern, plenty, as_it_is)
    formulas = tuple(baselines(pattern, load, aim))
    search = Search(aim, pattern, trials, luck, list(starts(pattern, load, aim.targets)))
    return search, load, formulas


def _nobody(request: _Request) -> Problem:
    return Problem(
        request.loaded.files[0].as_posix(),
        None,
        f"teams.{request.team}",
        "nobody calls the queues that it serves on the counted days; there is nothing to staff for",
    )


def _verified(
    request: _Request,
    search: Search,
    shifts: Rostered | None,
    found: Sequence[Baseline],
    better: Sequence[Baseline],
) -> list[Entry]:
    """All staffings on fresh replications, ours first and the scenario as it is last."""
    pattern, plan = search.pattern, search.plan
    told: list[tuple[str, str, float, Scenario]] = [
        ("staffed", "staffed", 1.0, pattern.staffed(plan))
    ]
    if shifts is not None:
        scenario = with_staffing(request.scenario, request.team, shifts.staffing, request.interval)
        told.append(("roster", "roster", 1.0, scenario))
    told += [(one.name, "formula", 1.0, pattern.staffed(one.plan)) for one in found]
    for one in better:
        name = f"{one.name}, × {one.factor:.4g}"
        told.append((name, "scaled formula", one.factor, pattern.staffed(one.plan)))
    told.append(("as it is", "as it is", 1.0, request.scenario))
    readings = request.trials.of([one[3] for one in told], Luck(0, request.replications))
    return [Entry(*one[:3], reading) for one, reading in zip(told, readings, strict=True)]
