"""Tables of figures, aligned at their intervals and broken into blocks on a narrow screen."""

import math
import textwrap
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

GAP = 2
"""Blank columns between columns."""
_NARROWEST_HEAD = 15
_INTERVAL = " ±"

Row = tuple[str, Sequence[Text]]
"""A label and its cells, each of one line."""


def grid(
    corner: str, heads: Sequence[str], rows: Sequence[Row], width: int, words: int = 0
) -> RenderableType:
    """A table with labels on the left; columns that do not fit beside the others come below.

    The first `words` columns hold words, the others figures. No block is wider than `width` unless
    a label and one column are so alone.
    """
    columns = [[cells[nth] for _, cells in rows] for nth in range(len(heads))]
    columns = [aligned(column) if nth >= words else column for nth, column in enumerate(columns)]
    widths = [_width(head, column) for head, column in zip(heads, columns, strict=True)]
    labels = max([cell_len(label) for label, _ in rows] + [cell_len(corner)])
    blocks: list[RenderableType] = []
    for chosen in _blocks(widths, width - labels):
        # Padded here, not by rich, which would strip the blanks that align the intervals.
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
        table.add_column(Text(corner), width=labels, no_wrap=True)
        for nth in chosen:
            to_the_right = nth >= words
            head = _head(heads[nth], widths[nth], to_the_right)
            table.add_column(head, width=widths[nth], no_wrap=True)
            for cell in columns[nth] if to_the_right else []:
                cell.pad_left(widths[nth] - cell.cell_len)
        for line, (label, _) in enumerate(rows):
            table.add_row(Text(label), *(columns[nth][line] for nth in chosen))
        blocks += [Text(""), table] if blocks else [table]
    return Group(*blocks)


def _head(head: str, width: int, to_the_right: bool) -> Text:
    lines = textwrap.wrap(head, width)
    return Text("\n".join(line.rjust(width) if to_the_right else line for line in lines))


def heading(text: str) -> Text:
    """The heading of a section, after a blank line."""
    return Text(f"\n{text}", style="bold")


def aligned(cells: Sequence[Text]) -> list[Text]:
    """Figures of the same width, with their plus-minus signs below each other."""
    tails = [_tail(cell) for cell in cells]
    padded = [cell.copy() for cell in cells]
    for cell, tail in zip(padded, tails, strict=True):
        cell.pad_right(max(tails) - tail)
    widest = max((cell.cell_len for cell in padded), default=0)
    for cell in padded:
        cell.pad_left(widest - cell.cell_len)
    return padded


def _tail(cell: Text) -> int:
    """The width of a figure's interval, with what follows it."""
    _, sign, after = cell.plain.partition(_INTERVAL)
    return cell_len(sign + after)


def _width(head: str, column: Sequence[Text]) -> int:
    """Of a column: its figures, or its head wrapped to lines that are not too short."""
    longest_word = max((cell_len(word) for word in head.split()), default=0)
    wrapped = max(longest_word, min(cell_len(head), _NARROWEST_HEAD))
    return max(1, wrapped, *(cell.cell_len for cell in column))


def _blocks(widths: Sequence[int], room: int) -> list[list[int]]:
    """Numbers of the columns that stand beside each other: as few blocks as can be, of about the
    same number of columns."""
    if not widths:
        return []
    greedy = _filled(widths, room, len(widths))
    even = _filled(widths, room, math.ceil(len(widths) / len(greedy)))
    return even if len(even) == len(greedy) else greedy


def _filled(widths: Sequence[int], room: int, most: int) -> list[list[int]]:
    """Columns in blocks that fit into the room, at most so many in each."""
    blocks: list[list[int]] = [[]]
    used = 0
    for nth, width in enumerate(widths):
        if blocks[-1] and (used + GAP + width > room or len(blocks[-1]) == most):
            blocks.append([])
            used = 0
        blocks[-1].append(nth)
        used += GAP + width
    return blocks
