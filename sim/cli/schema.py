"""`run.py schema`: what may stand in a scenario, for editors."""

from pathlib import Path

import click


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def schema(file: Path | None) -> None:
    """Write the JSON Schema of scenario files, with which an editor completes and explains keys.

    It goes to FILE, which must not exist yet, or to the screen. The same schema lies in
    docs/reference/scenario.schema.json. Editors with Even Better TOML (taplo) use it where a
    scenario begins with a line such as

    \b
      #:schema ../docs/reference/scenario.schema.json
    """
    from sim.cli.console import print_json
    from sim.cli.new_files import new_file
    from sim.report.reference.schema import scenario_schema

    if file is None:
        print_json(scenario_schema().rstrip("\n"))
        return
    new_file(file, scenario_schema())
    click.echo(f"Written: {file.as_posix()}")
