"""The folder of a staffing run: scenarios to go on with, tables, charts, and its origin."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from sim.experiments.staffing.results import Amount, Staffed
from sim.experiments.staffing.staff import Outcome
from sim.report.export import PROVENANCE, all_or_nothing, write_table, write_text
from sim.report.provenance import made_by
from sim.scenario.centre import Staffing
from sim.scenario.load import Loaded
from sim.scenario.scenario import Scenario
from sim.scenario.source import dotted

STAFFED, ROSTERED, GIVEN = "staffed.toml", "rostered.toml", "as-given.toml"
STAFFING = "staffing.json"


def write_staffing(
    found: Outcome, loaded: Loaded[Scenario], overrides: Sequence[str], folder: Path
) -> None:
    """Write all files into a folder that does not exist yet, or is empty. Raises OSError if they
    cannot be written; then nothing is left of them."""
    from sim.report.charts.staffing import draw_staffing

    document = found.document
    with all_or_nothing(folder) as made:
        write_text(made / STAFFING, document.model_dump_json())
        write_text(made / PROVENANCE, json.dumps(_origin(document, loaded, overrides), indent=2))
        base = _from(loaded.files[0], folder)
        if overrides:
            write_text(made / GIVEN, _as_given(base, overrides))
            base = GIVEN
        for name, staffing in ((STAFFED, found.staffing), (ROSTERED, found.roster)):
            if staffing is not None:
                write_text(made / name, scenario_text(document, loaded.scenario, staffing, base))
        _intervals(made / "staffing.csv", document)
        _verification(made / "verification.csv", document)
        if document.roster is not None:
            _roster(made / "roster.csv", document)
        draw_staffing(document, made / "charts")


def scenario_text(document: Staffed, scenario: Scenario, staffing: Staffing, base: str) -> str:
    """A scenario that extends another by the staffing of a team."""
    before = scenario.teams[document.team]
    place = dotted(("teams", document.team))
    what = "; ".join(document.targets) or "least total economic cost"
    lines = [
        f"# Staffed by `run.py staff` for: {what}.",
        f"extends  = {_quoted(base)}",
        f"title    = {_quoted(f'{document.title or document.name}, {document.team} staffed anew')}",
        f'interval = "{document.interval / 60:g} min"',
        "",
    ]
    if before.agents is not None:
        lines.append(f"{place}.agents = false")
    path = f"teams.{document.team}.agents"
    if before.agents is not None and path in scenario.assumptions:
        lines.append(f"assumptions.{_quoted(path)} = false")
    if before.scale != 1.0:
        lines.append(f"{place}.scale = 1.0")
    lines.append(f'{place}.staffing.interval = "{staffing.interval / 60:g} min"')
    gone = list(before.staffing.days) if before.staffing else []
    lines += [f"{place}.staffing.days.{name} = false" for name in gone if name not in staffing.days]
    for name, shift in staffing.days.items():
        agents = ", ".join(f"{number:g}" for number in shift.agents)
        row = f'{{ start = "{shift.start}", agents = [{agents}] }}'
        lines.append(f"{place}.staffing.days.{name} = {row}")
    return "\n".join(lines)


def _as_given(base: str, overrides: Sequence[str]) -> str:
    """A scenario with what `--set` said."""
    lines = ["# The scenario with what --set changed.", f"extends = {_quoted(base)}"]
    for text in overrides:
        path, _, value = text.partition("=")
        lines.append(f"{path.strip()} = {_as_toml(value.strip())}")
    return "\n".join(lines)


def _as_toml(value: str) -> str:
    """A value as TOML, as `--set` reads it: text if it is no TOML."""
    import tomllib

    try:
        tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return _quoted(value)
    return value


def _quoted(text: str) -> str:
    """A TOML text, or a quoted key."""
    return json.dumps(text, ensure_ascii=False)


def _from(file: Path, folder: Path) -> str:
    """The way from a folder to a file: relative, unless they lie on different drives."""
    try:
        return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return file.resolve().as_posix()


def _origin(
    document: Staffed, loaded: Loaded[Scenario], overrides: Sequence[str]
) -> dict[str, object]:
    return {
        **made_by(),
        "kind": document.kind,
        "schema_version": document.schema_version,
        "team": document.team,
        "targets": list(document.targets),
        "seed": document.seed,
        "replications": document.replications,
        "engine": document.engine,
        "set": list(overrides),
        "files": [file.as_posix() for file in loaded.files],
        "resolved": loaded.resolved,
    }


def _ends(amount: Amount) -> tuple[float | None, float | None, float | None]:
    return amount.mean, amount.low, amount.high


def _intervals(path: Path, document: Staffed) -> None:
    """By interval: load, formulas, agents, and what they achieve; a row for each weekday."""
    head = [
        *("day", "time", "load_erlangs", "first_calls_erlangs", "contacts_offered"),
        *("erlang_c_floor", "erlang_a_floor", "agents_on_the_floor", f"agents_{document.counts}"),
        *("service_level", "service_level_low", "service_level_high"),
        *("abandonment", "abandonment_low", "abandonment_high"),
    ]
    write_table(
        path,
        head,
        (
            [
                *(day, one.time, one.load, one.first_calls, one.offered),
                *(one.erlang_c, one.erlang_a, one.agents, one.table),
                *_ends(one.service_level),
                *_ends(one.abandonment),
            ]
            for one in document.intervals
            for day in one.days
        ),
    )


def _verification(path: Path, document: Staffed) -> None:
    """Every staffing and target: the long-run value where it is worst, and the probability that a
    single period keeps the bound."""
    head = [
        *("staffing", "factor", "paid_hours_per_week"),
        *("staffing_cost_per_week", "staffing_cost_low", "staffing_cost_high"),
        *("total_economic_cost_per_week", "total_economic_cost_low", "total_economic_cost_high"),
        *("dearer_than_staffed", "dearer_low", "dearer_high"),
        *("target", "periods", "kept_in_the_long_run", "missed_beyond_luck", "worst"),
        *("worst_value", "worst_low", "worst_high"),
        *("probability_kept", "probability_low", "probability_high", "least_probability"),
    ]
    rows = []
    for one in document.contenders:
        cost = [
            *(one.name, one.factor, one.paid_hours),
            *_ends(one.staffing_cost),
            *_ends(one.economic_cost),
            *_ends(one.dearer),
        ]
        for kept in one.targets:
            rows.append(
                [
                    *cost,
                    *(kept.target, kept.periods, kept.kept, kept.missed, kept.worst),
                    *_ends(kept.value),
                    *_ends(kept.probability),
                    kept.least,
                ]
            )
        if not one.targets:
            rows.append([*cost, *[None] * (len(head) - len(cost))])
    write_table(path, head, rows)


def _roster(path: Path, document: Staffed) -> None:
    assert document.roster is not None
    write_table(
        path,
        ("day", "shift", "start", "end", "breaks", "agents", "paid_hours_each"),
        (
            [
                *(line.day, line.shift, line.start, line.end, "; ".join(line.breaks)),
                *(line.agents, line.paid_hours),
            ]
            for line in document.roster.lines
        ),
    )
