"""`run.py validate`: is a scenario right, and what does it imply?"""

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli import options
from sim.errors import Problem, ScenarioError, told

if TYPE_CHECKING:
    from sim.experiments.implied import Implied
    from sim.scenario.load import Loaded
    from sim.scenario.scenario import Scenario


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.overrides
@options.as_json
@options.quiet
def validate(files: tuple[Path, ...], overrides: tuple[str, ...], json: bool, quiet: bool) -> None:
    """Tell what is wrong with scenarios, and what they imply.

    FILES are scenarios, or folders of studies. Each problem is told with its file, its line and the
    cure. For each scenario that is right: the first calls and the load that its volumes imply,
    against the floor. With --quiet only the problems.
    """
    from sim.scenario.load import load

    problems: dict[Problem, None] = {}
    right: dict[Path, Loaded[Scenario]] = {}
    for file in _scenarios(files, problems):
        try:
            right[file] = load(file, overrides)
            problems |= dict.fromkeys(right[file].warnings)
        except ScenarioError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        click.echo(told(problems), err=True)
    if json:
        _print_json(right, problems)
    elif not quiet:
        for file, loaded in right.items():
            _print_tables(file, loaded)
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(2)


def _scenarios(files: tuple[Path, ...], problems: dict[Problem, None]) -> dict[Path, None]:
    """The scenario files meant, those of studies included; what is wrong goes to `problems`."""
    from sim.scenario.study import STUDY, study

    found: dict[Path, None] = {}
    for file in files:
        if file.is_dir() or file.name == STUDY:
            try:
                found |= dict.fromkeys(study(file).scenarios)
            except ScenarioError as error:
                problems |= dict.fromkeys(error.problems)
        else:
            found[file] = None
    return found


def _print_tables(file: Path, loaded: "Loaded[Scenario]") -> None:
    from rich.console import Group
    from rich.text import Text

    from sim.cli.console import print_tables
    from sim.experiments.implied import implied, overloads
    from sim.report.text.load import load as tables
    from sim.report.text.names import visible

    found = implied(loaded.scenario)
    print_tables(
        lambda width: Group(
            Text(f"{visible(file.as_posix())} is a scenario", style="bold"),
            *(Text(f"warning: {visible(warning)}") for warning in overloads(found)),
            tables(found, loaded.scenario.interval, width),
            Text(""),
        )
    )


def _print_json(right: "dict[Path, Loaded[Scenario]]", problems: dict[Problem, None]) -> None:
    from sim.cli.console import print_json
    from sim.experiments.implied import implied, overloads

    def said(found: "Implied") -> dict[str, Any]:
        return {**asdict(found), "warnings": overloads(found)}

    scenarios = [
        {"file": file.as_posix(), "implied": said(implied(loaded.scenario))}
        for file, loaded in right.items()
    ]
    print_json(
        json_format.dumps(
            {"problems": [asdict(one) for one in problems], "scenarios": scenarios},
            allow_nan=False,
        )
    )
