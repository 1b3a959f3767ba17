"""Where things are said: results on stdout, remarks and progress on stderr."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

WIDTH = 100
"""Of tables that do not go to a terminal."""
_WIDEST = 160


def print_tables(tables: "Callable[[int], RenderableType]") -> None:
    """Print tables, made for the width of the screen: plain text unless it is a terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH
    console.width = min(console.width, _WIDEST)
    with _printing():
        console.print(tables(console.width))


def print_json(text: str) -> None:
    """Print a JSON document, and nothing else, on stdout."""
    with _printing():
        click.echo(text)


def remark(text: str, quiet: bool) -> None:
    """Say something on stderr, unless quiet is wanted."""
    if text and not quiet:
        click.echo(text, err=True)


class Trouble(click.ClickException):
    """Something outside the program is in the way; told in a sentence."""

    exit_code = 1

    def show(self, file: object = None) -> None:
        """Say it on stderr."""
        click.echo(self.message, err=True)


class Refused(Trouble):
    """What the user asked for cannot be done; told in a sentence."""

    exit_code = 2


@contextmanager
def writing(folder: Path, trouble: type[Trouble] = Trouble) -> Iterator[None]:
    """Tell in a sentence why files cannot be written."""
    try:
        yield
    except OSError as error:
        raise trouble(f"{folder.as_posix()}: {_why_not(error)}") from error


@contextmanager
def _printing() -> Iterator[None]:
    """Tell in a sentence why stdout cannot be written; a pipe that nobody reads is no trouble."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Trouble(f"standard output: {error.strerror or error}") from error


def _why_not(error: OSError) -> str:
    if error.errno == errno.EEXIST:
        return "it exists already and is not an empty folder; name another, or remove it"
    if error.errno == errno.ENOSPC:
        return "the disk is full; make room, or name a folder on another one with --out"
    if isinstance(error, PermissionError):
        file = f" ({Path(error.filename).name})" if error.filename else ""
        return (
            f"no permission to write here{file}; is a file of it open in another program? Close "
            "it, or name another folder with --out"
        )
    reason = error.strerror or str(error)
    return f"cannot be written: {reason[:1].lower()}{reason[1:]}; name another folder with --out"
