"""The charts of a sweep: a curve, rows, a map or a scatter, as suits what is varied."""

from pathlib import Path

from sim.experiments.sweep.results import Sweep
from sim.report.charts.curve import cost_curve, quality_curve
from sim.report.charts.map import cost_map
from sim.report.charts.scatter import cost_scatter
from sim.report.charts.sheet import house_style, write
from sim.report.export import Tell

_CHARTS = (cost_curve, quality_curve, cost_map, cost_scatter)


def draw_sweep(found: Sweep, folder: Path, tell: Tell) -> tuple[Path, ...]:
    """Draw every chart that suits a sweep, as PNG and SVG in `folder`; returns the files. Raises
    OSError if they cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with house_style():
        drawn = [page for page in (chart(found) for chart in _CHARTS) if page is not None]
        for done, page in enumerate(drawn):
            tell(done, len(drawn))
            files += write(page, folder)
    return tuple(files)
