"""`run.py new`: a scenario to begin with."""

from pathlib import Path

import click

_TEMPLATE = Path(__file__).resolve().parents[1] / "scenario" / "new.toml"
_SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "scenario.schema.json"


@click.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.option(
    "--extends",
    "base",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write an alternative to this scenario, which shows what it could change.",
)
def new(name: Path, base: Path | None) -> None:
    """Write a scenario to begin with, NAME.toml.

    It holds everything that is needed, explains every value, says which of them are published and
    which are assumed, and runs as it stands. A file that exists already is never overwritten.
    """
    from sim.cli.console import Refused
    from sim.cli.new_files import new_file
    from sim.errors import quoted
    from sim.report.alternative import alternative, relative
    from sim.report.text.names import visible
    from sim.scenario.load import load

    if name.name in ("", ".."):
        raise Refused(f"{quoted(str(name))}: no name for a file; write one, such as scenarios/mine")
    file = name if name.suffix == ".toml" else name.with_name(f"{name.name}.toml")
    there = relative(_SCHEMA, file.parent)
    schema = f"#:schema {there}\n" if there else ""
    if base is None:
        text = schema + _filled(_TEMPLATE.read_text(encoding="utf-8"), file)
        after = f"run {_typed(file)}"
    else:
        loaded = load(base)
        extends = relative(base.resolve(), file.parent.resolve()) or base.resolve().as_posix()
        text = alternative(loaded, visible(file.stem), extends, schema)
        after = f"compare {_typed(base)} {_typed(file)}"
    new_file(file, text)
    click.echo(f"Written: {file.as_posix()}\nThen:    python run.py {after}")


def _typed(path: Path) -> str:
    """A path as it is typed in any shell."""
    return f'"{path.as_posix()}"' if " " in path.as_posix() else path.as_posix()


def _filled(template: str, file: Path) -> str:
    from sim.report.alternative import in_toml
    from sim.report.text.names import visible

    name = visible(file.stem)
    text = template.replace('"NAME"', in_toml(name)).replace("NAME", name)
    return text.replace("FILE", visible(file.as_posix()))
