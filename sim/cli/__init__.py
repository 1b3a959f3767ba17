"""The command line. It loads what computes only when something is to be computed."""

import sys

import click

from sim.cli.assumptions import assumptions
from sim.cli.breakeven import breakeven
from sim.cli.compare import compare
from sim.cli.frontier import frontier
from sim.cli.new import new
from sim.cli.run import run
from sim.cli.schema import schema
from sim.cli.sensitivity import sensitivity
from sim.cli.show import show
from sim.cli.staff import staff
from sim.cli.study import study
from sim.cli.sweep import sweep
from sim.cli.validate import validate
from sim.cli.verify import verify
from sim.cli.warm_up import warm_up
from sim.errors import ScenarioError

BAD_INPUT = 2
INTERRUPTED = 130


class Commands(click.Group):
    """The commands, and how each of them ends when something is wrong."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a wrong scenario is told in full, and Ctrl-C is no accident."""
        for stream in (sys.stdout, sys.stderr):
            # A console that lacks a character shows a question mark in its place.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            click.echo(str(error), err=True)
            ctx.exit(BAD_INPUT)
        except KeyboardInterrupt:
            click.echo("\nInterrupted; nothing was written.", err=True)
            ctx.exit(INTERRUPTED)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from sim.report.provenance import program_version

        click.echo(f"Waitworth {program_version()}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Say which version this is.",
)
def cli() -> None:
    """Waitworth simulates a call center and compares strategies on what they cost and lose.

    A scenario is a TOML file. Start with

    \b
      python run.py compare scenarios/do-over
      python run.py new scenarios/mine
      python run.py run scenarios/mine.toml
    """


for _command in (
    *(
        new,
        validate,
        run,
        compare,
        study,
        sweep,
        frontier,
        staff,
        breakeven,
        assumptions,
        sensitivity,
    ),
    *(show, verify, warm_up, schema),
):
    cli.add_command(_command)


def main() -> None:
    """What run.py calls."""
    cli(prog_name="run.py")
