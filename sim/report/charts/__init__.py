"""The charts of a document: each says its finding in its title, and draws its intervals."""

from collections.abc import Callable
from pathlib import Path

from sim.experiments.results import Document
from sim.report.charts.bill import bill
from sim.report.charts.causes import losses_by_cause
from sim.report.charts.dashboard import dashboard_and_true_view
from sim.report.charts.day import days
from sim.report.charts.sheet import house_style, write
from sim.report.charts.tradeoff import cost_and_abandonment, cost_and_customers

CHARTS = (cost_and_abandonment, cost_and_customers, bill, losses_by_cause, dashboard_and_true_view)


def draw_all(
    document: Document, folder: Path, tell: Callable[[float, int], None]
) -> tuple[Path, ...]:
    """Draw every chart whose data are there, as PNG and SVG in `folder`; returns the files. The
    same document gives the same bytes. `tell` is told how many charts are done, and of how many.
    Raises OSError if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with house_style():
        pages = [*(chart(document) for chart in CHARTS), *days(document)]
        drawn = [page for page in pages if page is not None]
        for done, page in enumerate(drawn):
            tell(done, len(drawn))
            files += write(page, folder)
    return tuple(files)
