"""What a sweep finds, in sentences."""

from collections.abc import Iterator, Sequence

from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.results import Difference
from sim.experiments.standing import amount_of, bare_amount, head
from sim.experiments.sweep.results import Bottom, Point, Varied


def finding_of_sweep(
    axes: Sequence[Varied], points: Sequence[Point], bottoms: Sequence[Bottom]
) -> tuple[str, ...]:
    """Where each measure is best, how sure that place is, and what it saves."""
    return tuple(" ".join(_sentences(axes, points, bottom)) for bottom in bottoms)


def _sentences(axes: Sequence[Varied], points: Sequence[Point], bottom: Bottom) -> Iterator[str]:
    best = points[bottom.best]
    measure = best.measure(bottom.measure)
    interval = ""
    if measure.low is not None and measure.high is not None:
        low, high = (bare_amount(end, bottom.unit) for end in (measure.low, measure.high))
        interval = f" (95 % interval {low} to {high})"
    where = " and ".join(
        f"{axis.path} = {value}" for axis, value in zip(axes, best.values, strict=True)
    )
    amount = amount_of(measure.mean or 0.0, bottom.unit)
    yield f"{head(bottom.measure)}: {where}, {amount}{interval}."
    if len(bottom.possible) == len(points):
        yield "Luck may explain all differences between the points."
    elif bottom.low is not None and bottom.high is not None:
        yield _place(axes[0], bottom, bottom.low, bottom.high)
    elif len(bottom.possible) > 1:
        yield f"{_as_good(points, bottom)} may be as good, as far as luck goes."
    if bottom.saves is not None:
        yield _saving(axes, best.values, bottom.saves, bottom)


def _place(axis: Varied, bottom: Bottom, low: float, high: float) -> str:
    unit = f" {axis.unit}" if axis.unit else ""
    least, most = f"{low:g}{unit}", f"{high:g}{unit}"
    where = f"between {least} and {most}"
    if bottom.beyond_low:
        where = f"below {most}"
    elif bottom.beyond_high:
        where = f"above {least}"
    told = f"The bottom lies {where} (95 %, if the curve has one valley)"
    if bottom.beyond_low or bottom.beyond_high:
        told += f"; nothing {'below ' + least if bottom.beyond_low else 'above ' + most} was tried"
    return f"{told}."


def _as_good(points: Sequence[Point], bottom: Bottom) -> str:
    others = [points[nth].name for nth in bottom.possible if nth != bottom.best]
    if len(others) > 3:
        return f"{len(others)} other points"
    return " and ".join(filter(None, (", ".join(others[:-1]), others[-1])))


def _saving(
    axes: Sequence[Varied], values: Sequence[str], saves: Difference, bottom: Bottom
) -> str:
    now = " and ".join(axis.now for axis in axes if axis.now)
    than = f"what is in force ({now})" if now else "what is in force"
    if saves.mean is None or saves.low is None or saves.high is None:
        return ""
    sign, way = (-1.0, "more") if bottom.measure in MORE_IS_BETTER else (1.0, "less")
    mean, (low, high) = sign * saves.mean, sorted((sign * saves.low, sign * saves.high))
    interval = f"95 % interval {bare_amount(low, bottom.unit)} to {bare_amount(high, bottom.unit)}"
    if mean == low == high == 0.0:
        is_now = all(axis.now == value for axis, value in zip(axes, values, strict=True))
        return f"It {'is' if is_now else 'comes to the same as'} {than}."
    if low <= 0.0:
        return f"It cannot be told apart from {than}: {interval} {way}."
    return f"That is {amount_of(mean, bottom.unit)} {way} than {than} ({interval})."
