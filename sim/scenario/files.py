"""Reading files that people wrote: what can be wrong with a file before its meaning is asked."""

import os
import re
import stat
import tomllib
from difflib import get_close_matches
from pathlib import Path

from sim.errors import Problem, ScenarioError, quoted
from sim.scenario.lines import KeyPath
from sim.scenario.misfits import DEEPEST, everything, misfits
from sim.scenario.source import Document

MOST_BYTES = 5_000_000


# tomllib takes time in the square of a dotted key's length: hours for a file full of one key.
_DEEP_KEY = re.compile(
    r"""(?:^|[{,])[ \t]*\[{0,2}(?:[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.)"""
    rf"{{{DEEPEST}}}",
    re.MULTILINE,
)


class NotThereError(Exception):
    """There is no such file to read; the text says so, for the place that names the file."""


def shown(path: Path) -> str:
    """A path as it is told to the user: without detours, with "/"."""
    return Path(os.path.normpath(path)).as_posix()


def text_of(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, with "\\n" as line ends.

    Raises NotThereError if there is no file to read, ScenarioError if it holds no text.
    """
    data = _bytes_of(path)
    if len(data) > MOST_BYTES:
        raise _refused(path, None, f"larger than {MOST_BYTES // 1_000_000} MB; is it a scenario?")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused(
            path,
            line,
            f"not UTF-8 text (byte 0x{data[error.start]:02X}); save the file with the encoding "
            '"UTF-8" (in Windows editors: Save as, Encoding)',
        ) from None
    if not text.strip():
        raise _refused(path, None, "the file is empty")
    return text


def _bytes_of(path: Path) -> bytes:
    look_for(path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from None


def look_for(path: Path) -> None:
    """Raise NotThereError unless there is a plain file."""
    name = quoted(shown(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise NotThereError(f"there is no file {name}{_neighbour(path)}") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(mode):
        raise NotThereError(f"{name} is a folder; name a file in it")
    if not stat.S_ISREG(mode):
        raise NotThereError(f"{name} is not a plain file")


def _unreadable(path: Path, error: Exception) -> NotThereError:
    reason = getattr(error, "strerror", None) or str(error)
    return NotThereError(f"{quoted(shown(path))} cannot be read: {reason}")


def _neighbour(path: Path) -> str:
    try:
        names = [file.name for file in path.parent.iterdir() if file.suffix == path.suffix]
    except OSError:
        return f"; there is no folder {quoted(shown(path.parent))}"
    close = get_close_matches(path.name, names, n=1)
    return f"; did you mean {quoted(close[0])}?" if close else ""


def document_of(path: Path) -> tuple[Document, dict[KeyPath, Problem]]:
    """What a TOML file says, and what is wrong with its names and numbers.

    Raises NotThereError and ScenarioError as `text_of`, and ScenarioError if it is not TOML.
    """
    text = text_of(path)
    if _DEEP_KEY.search(text):
        raise _too_deep(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError([_not_toml(path, text, str(error))]) from None
    except ValueError:
        raise _refused(path, None, "a number has thousands of digits") from None
    except RecursionError:
        raise _too_deep(path) from None
    if not table:
        raise _refused(path, None, "the file says nothing: it holds only comments")
    if any(len(place) > DEEPEST for place, _ in everything(table)):
        raise _too_deep(path)
    base = table.pop("extends", None)
    document = Document(shown(path), path.parent, table, text, base)
    return document, misfits(document)


def _refused(path: Path, line: int | None, message: str) -> ScenarioError:
    return ScenarioError([Problem(shown(path), line, "", message)])


def _too_deep(path: Path) -> ScenarioError:
    return _refused(path, None, f"nested more than {DEEPEST} deep; no scenario needs that")


_CURES = (
    ("Cannot", "a key or table is given twice; keep one of them"),
    ("Duplicate", "a key is given twice; keep one of them"),
    ("Unterminated", "a text is not closed by a quote"),
    ("Illegal character", "a text is not closed by a quote, or holds a character not allowed"),
    ("Unclosed", "a bracket is not closed"),
    ("Expected '='", "a line is a [table], or a key = value"),
    ("Expected ']'", "the name of a table stands in brackets; odd names also in quotes"),
    ("Invalid initial", "a key with other characters than letters, digits, - and _ needs quotes"),
    ("", 'texts, times and lengths stand in quotes ("90 s"), numbers have no unit, and a point'),
)


def _not_toml(path: Path, text: str, error: str) -> Problem:
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", error)
    reason = error[: place.start()] if place else error
    rows = text.rstrip("\n").split("\n")
    line = min(int(place[1]) if place and place[1] else len(rows), len(rows))
    cure = next(cure for start, cure in _CURES if reason.startswith(start))
    return Problem(
        shown(path),
        line,
        "",
        f"not TOML: {_lowered(reason)} (the line reads {quoted(rows[line - 1].strip())}); {cure}",
    )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
