"""Text that fits: how wide it is, where it breaks, and which letters the font has."""

import functools
import re

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import TextToPath

LINE = 1.35
"""Height of a line, in font sizes."""
_POINTS = 72.0
_NO_GLYPH = "\N{REPLACEMENT CHARACTER}"


def shown(name: str, longest: int = 60) -> str:
    """A name on one line, in letters that the font has, cut to a length.

    >>> shown("lean\\n$_^ <script>"), shown("a" * 9, longest=5)
    ('lean $_^ <script>', 'aaaa…')
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    line = "".join(c if ord(c) in _glyphs() else _NO_GLYPH for c in line)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


@functools.lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line in inches at a font size in points."""
    across, _, _ = TextToPath().get_text_width_height_descent(text, _font(size, bold), ismath=False)
    return float(across) / _POINTS


def height(lines: int, size: float) -> float:
    """Height of lines in inches at a font size in points."""
    return lines * size * LINE / _POINTS


def wrapped(text: str, room: float, size: float, bold: bool = False, lines: int = 9) -> str:
    """Text broken into lines no wider than `room` inches: between words, else after a hyphen,
    underscore or stroke, else anywhere. What exceeds so many lines is cut with an ellipsis."""
    told: list[str] = []
    for piece in _pieces(text, room, size, bold):
        if told and width((told[-1] + piece).rstrip(), size, bold) <= room:
            told[-1] += piece
        else:
            told.append(piece.lstrip())
    told = [line.rstrip() for line in told]
    if len(told) > lines:
        told = [*told[: lines - 1], _cut(told[lines - 1] + "…", room, size, bold)]
    return "\n".join(told)


def _pieces(text: str, room: float, size: float, bold: bool) -> list[str]:
    """The parts between which a line may break, none wider than the room."""
    pieces = []
    for word in re.findall(r"\S+\s*", text):
        if width(word.rstrip(), size, bold) <= room:
            pieces.append(word)
            continue
        for part in re.findall(r"[^-_/]*[-_/]|[^-_/]+", word):
            while width(part.rstrip(), size, bold) > room:
                fits = len(part) - 1
                while fits > 1 and width(part[:fits], size, bold) > room:
                    fits -= 1
                pieces.append(part[:fits])
                part = part[fits:]  # noqa: PLW2901
            pieces.append(part)
    return pieces


def _cut(line: str, room: float, size: float, bold: bool) -> str:
    while len(line) > 1 and width(line, size, bold) > room:
        line = line[:-2].rstrip() + "…"
    return line


@functools.cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont(_font(9.0, False))).get_charmap())


@functools.cache
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
