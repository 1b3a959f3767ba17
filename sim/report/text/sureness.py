"""How sure the figures are, and what made them so, in a sentence each."""

from collections.abc import Iterable, Sequence

from rich.console import RenderableType
from rich.text import Text

from sim.experiments.results import Document, Precision
from sim.report.text.figures import PER_YEAR, plain, scale
from sim.report.text.names import visible
from sim.statistics.controls import WITH_CONTROLS

_ALMOST_ALL = 1e6
"""Ratios above are those of differences without luck to speak of."""


def sureness(document: Document) -> list[RenderableType]:
    """Whether the precision that was asked for is reached; what common luck saves, and what control
    variates do."""
    told = [*_precision(document), *_saved(document), *_controls(document)]
    return [Text(visible(sentence), style="dim") for sentence in told]


def _precision(document: Document) -> Iterable[str]:
    if not document.precisions:
        return
    missed = [one for one in document.precisions if not one.reached]
    if not missed:
        yield f"Precision reached: {_listed(document, document.precisions)}."
    else:
        reached = [one for one in document.precisions if one.reached]
        yield f"Precision not reached: {_listed(document, missed)}."
        if reached:
            yield f"Precision reached: {_listed(document, reached)}."


def _listed(document: Document, precisions: Sequence[Precision]) -> str:
    of_several = len(document.strategies) > 1
    return "; ".join(
        f"{one.measure.removesuffix(PER_YEAR)} "
        + (
            f"±{_size(one.half_width, one.unit)}"
            + (f" in {one.strategy}" if of_several else "")
            + f", wanted {_size(one.wanted, one.unit)}"
            if one.half_width is not None
            else "has no interval"
        )
        for one in precisions
    )


def _size(size: float, unit: str) -> str:
    if unit == "share of the figure":
        return f"{_rounded(100.0 * size)} %"
    if unit == "share":
        return f"{_rounded(100.0 * size)} points"
    fitting = scale(unit, [size])
    return f"{_rounded(size * fitting.factor)} {fitting.unit.removesuffix(PER_YEAR)}"


def _rounded(number: float) -> str:
    return plain(float(f"{number:.2g}"))


def _saved(document: Document) -> Iterable[str]:
    """Of the differences in the measure that the choice is made by."""
    if not document.choices:
        return
    measure = document.choices[-1].measure
    ratios = [one.variance_ratio for one in document.differences if one.measure == measure]
    if any(ratios):
        yield (
            f"Common luck saves: for such differences in {measure.removesuffix(PER_YEAR)} "
            f"independent runs would need {_times(ratios)} the replications."
        )


def _controls(document: Document) -> Iterable[str]:
    """The range of all measures, and of the one that a choice is made by."""
    if not document.controls:
        return
    estimators = {one.estimator for strategy in document.strategies for one in strategy.measures}
    if not any(one.endswith(WITH_CONTROLS) for one in estimators):
        yield "Too few replications for control variates: the figures are told without them."
        return
    measure = document.choices[-1].measure if document.choices else document.headline[2]
    every = _times([one.variance_ratio for one in document.controls])
    own = _times([one.variance_ratio for one in document.controls if one.measure == measure])
    yield (
        f"Control variates (issues, handle times) are worth {every} the replications; for "
        f"{measure.removesuffix(PER_YEAR)} {own}."
    )


def _times(ratios: Sequence[float | None]) -> str:
    """A range of factors.

    >>> _times([3.14159, 250.7]), _times([0.98]), _times([None])
    ('3.1 to 250 times', '0.98 times', 'as many')
    """
    known = sorted(one for one in ratios if one is not None and one < _ALMOST_ALL)
    if not known:
        return "as many"
    low, high = _rounded(known[0]), _rounded(known[-1])
    return f"{low} times" if low == high else f"{low} to {high} times"
