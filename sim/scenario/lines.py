"""On which line of a TOML file each key and each entry of a list stands.

No TOML library tells lines. This is a walk over the text that knows only where keys and values
begin and end; it takes for granted that `tomllib` has accepted the text.
"""

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]
"""A place in a scenario: keys of tables, and entries of lists from 0."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?""""{0,2}' r"|'''.*?''''{0,2}" r'|"(?:[^"\\]|\\.)*"' r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")


def lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every key and every entry of a list; a table's is its header's.

    `text` is valid TOML with "\\n" as line ends. A table that is only mentioned by its parts has
    the line of the first of them.
    """
    return _Walk(text).found


class _Walk:
    """One walk over a text; `found` is its result."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.found: dict[KeyPath, int] = {(): 1}
        self.entries: dict[KeyPath, int] = {}  # of arrays of tables: how many so far
        table: KeyPath = ()
        at = self.blank(0)
        while at < len(text):
            if text[at] == "[":
                table, at = self.header(at)
            else:
                at = self.pair(at, table)
            at = self.blank(at)

    def line(self, at: int) -> int:
        return bisect_right(self.ends, at - 1) + 1

    def blank(self, at: int) -> int:
        """Past spaces, line ends and comments."""
        return _end(_BLANK, self.text, at)

    def header(self, at: int) -> tuple[KeyPath, int]:
        """Past `[a.b]` or `[[a.b]]`; also the table that it opens."""
        brackets = 2 if self.text.startswith("[[", at) else 1
        keys, end = self.dotted(at + brackets)
        table: KeyPath = ()
        for key in keys:
            self.found.setdefault(table, self.line(at))
            if table in self.entries:
                table += (self.entries[table] - 1,)
            table += (key,)
        if brackets == 2:
            self.found.setdefault(table, self.line(at))
            self.entries[table] = self.entries.get(table, 0) + 1
            table += (self.entries[table] - 1,)
        self.found[table] = self.line(at)
        return table, end + brackets

    def pair(self, at: int, table: KeyPath) -> int:
        """Past `key = value`."""
        keys, end = self.dotted(at)
        path = table
        for key in keys:
            path += (key,)
            self.found.setdefault(path, self.line(at))
        return self.value(self.blank(end + 1), path)

    def dotted(self, at: int) -> tuple[list[str], int]:
        """The parts of a key, and the place of the first character behind it."""
        keys: list[str] = []
        while True:
            end = _end(_KEY, self.text, start := _end(_SPACE, self.text, at))
            keys.append(_unquoted(self.text[start:end]))
            end = _end(_SPACE, self.text, end)
            if self.text[end] != ".":
                return keys, end
            at = end + 1

    def value(self, at: int, path: KeyPath) -> int:
        """Past a value, and past everything within it."""
        opener = self.text[at]
        if opener not in "[{":
            return _end(_STRING if opener in "\"'" else _BARE, self.text, at)
        closer = "]" if opener == "[" else "}"
        at = self.blank(at + 1)
        entry = 0
        while self.text[at] != closer:
            if opener == "[":
                self.found[(*path, entry)] = self.line(at)
                at = self.value(at, (*path, entry))
                entry += 1
            else:
                at = self.pair(at, path)
            at = self.blank(at)
            if self.text[at] == ",":
                at = self.blank(at + 1)
        return at + 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    if match is None:
        raise AssertionError(f"not valid TOML at character {at}")
    return match.end()


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
