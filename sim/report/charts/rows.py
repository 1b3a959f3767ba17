"""Charts with a row for each strategy: names on the left, marks to the right of them."""

from collections.abc import Sequence

from sim.experiments.results import Document
from sim.report.charts import marks
from sim.report.charts.lettering import height, wrapped
from sim.report.charts.sheet import INK, MARGIN, MUTED, Sheet

LEFT = 2.3
"""Where the marks begin, inches."""
SIZE = 9.0
"""Font size of the names."""


def write_names(
    page: Sheet, document: Document, middles: Sequence[float], notes: Sequence[str] = ()
) -> None:
    """Each strategy's name at the height of its row's middle (inches), with a note below it; the
    base in bold."""
    compared = len(document.strategies) > 1
    for nth, (label, middle) in enumerate(zip(marks.labels(document), middles, strict=True)):
        is_base = nth == 0 and compared
        lines = [
            (line, INK, "bold" if is_base else "normal")
            for line in wrapped(label, LEFT - MARGIN - 0.1, SIZE, is_base, lines=2).split("\n")
        ]
        if notes and notes[nth]:
            lines.append((notes[nth], MUTED, "normal"))
        below = middle + height(len(lines), SIZE) / 2
        for line, colour, weight in lines:
            below -= height(1, SIZE)
            page.text(MARGIN, below + 0.04, line, fontsize=SIZE, color=colour, weight=weight)
