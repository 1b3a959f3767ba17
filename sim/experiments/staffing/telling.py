"""From what was found to the document that is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.codes import RULES
from sim.experiments.staffing.baseline import Baseline
from sim.experiments.staffing.finding import finding_of
from sim.experiments.staffing.load import Load
from sim.experiments.staffing.pay import hourly
from sim.experiments.staffing.reading import queues_of
from sim.experiments.staffing.results import Amount, Interval, Staffed
from sim.experiments.staffing.roster import Rostered
from sim.experiments.staffing.search import Search
from sim.experiments.staffing.targets import ABANDONMENT, SERVICE_LEVEL
from sim.experiments.staffing.verify import Entry, amount, by_interval, contenders
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.tables.build import tables_of

_UNKNOWN = Amount(mean=None, low=None, high=None)


@dataclass(frozen=True, eq=False)
class Found:
    """What the steps have found."""

    search: Search
    load: Load
    formulas: tuple[Baseline, ...]
    entries: tuple[Entry, ...]
    """Of the verification; empty if it was not reached."""
    roster: Rostered | None


def document_of(
    loaded: Loaded[Scenario],
    found: Found,
    *,
    seed: int,
    engine: str,
    simulations: int,
    interrupted: bool,
) -> Staffed:
    """The document of a staffing run."""
    search, pattern = found.search, found.search.pattern
    team = pattern.scenario.teams[pattern.team]
    document = Staffed(
        name=loaded.files[0].stem,
        file=loaded.files[0].as_posix(),
        title=pattern.scenario.title,
        team=pattern.team,
        currency=pattern.scenario.currency,
        counts=team.counts,
        interval=pattern.interval,
        targets=tuple(target.said() for target in search.aim.targets),
        priced=hourly(team) > 0.0,
        seed=seed,
        replications=found.entries[0].reading.replications if found.entries else 0,
        search_replications=search.luck.replications,
        engine=engine,
        simulations=simulations,
        service_level_rule=_rule(found),
        contenders=contenders(search.aim, pattern, found.entries) if found.entries else (),
        intervals=tuple(_intervals(found)),
        roster=found.roster.told if found.roster else None,
        finding=(),
        interrupted=interrupted,
        warnings=tuple(problem.message for problem in loaded.warnings),
    )
    return document.model_copy(update={"finding": finding_of(document)})


def _rule(found: Found) -> str:
    """The rule and the threshold of the team's queues' service levels, or that they differ."""
    pattern = found.search.pattern
    tables = tables_of(pattern.scenario)
    targets = tables.terms.targets
    rules = {
        f"{RULES[targets.rule[queue]]}, within {targets.within[queue]:g} s"
        for queue in queues_of(tables, pattern.team)
    }
    return rules.pop() if len(rules) == 1 else "each queue by its own rule"


def _intervals(found: Found) -> Iterator[Interval]:
    search, load = found.search, found.load
    pattern, plan = search.pattern, search.plan
    table = pattern.table(plan)
    sizes = {one.name: one.plan for one in found.formulas}
    reading = found.entries[0].reading if found.entries else None
    service = {
        name: by_interval(name, pattern, reading) if reading else None
        for name in (SERVICE_LEVEL, ABANDONMENT)
    }

    def achieved(name: str, nth: int) -> Amount:
        estimates = service[name]
        return amount(estimates, nth) if estimates else _UNKNOWN

    for nth in range(pattern.size):
        yield Interval(
            days=pattern.days(nth),
            time=pattern.clock(nth),
            load=float(load.erlangs[nth]),
            first_calls=float(load.first_calls[nth] * load.first_handle),
            erlang_c=int(sizes["Erlang C, all calls"][nth]),
            erlang_a=int(sizes["Erlang A, all calls"][nth]),
            agents=int(plan[nth]),
            table=int(table[nth]),
            offered=float(load.calls[nth] * pattern.interval),
            service_level=achieved(SERVICE_LEVEL, nth),
            abandonment=achieved(ABANDONMENT, nth),
        )
