"""A document made by hand, with the figures that a test wants and plausible others."""

import functools
import math

from sim.accounting.definitions import VIEWS
from sim.codes import CAUSES
from sim.experiments.results import BillItem, Difference, Document, Measure, Strategy

DAYS = 73
"""Counted days: a fifth of a year."""
HEADLINE = (
    "operating cost per year",
    "total economic cost per year",
    "service level",
    "abandonment",
    "customers lost, expected",
)
NAMES = ("in-house", "lean", "handle-time", "outsourced", "proactive", "do-over", "wild", "extra")
COSTS = (4.21e6, 3.80e6, 3.95e6, 3.1e6, 4.35e6, 4.62e6, 4.2e6, 4.22e6)
ABANDONMENTS = (0.051, 0.083, 0.061, 0.118, 0.042, 0.021, 0.052, 0.05)
LOST = (1210.0, 2100.0, 1730.0, 3320.0, 850.0, 410.0, 1240.0, 1190.0)
VALUE = 700.0
_SHARES = (0.3, 0.34, 0.2, 0.03, 0.02, 0.0, 0.11)
"""Of the customers lost, by cause."""


def measure(name, unit, mean, spread=0.02, kind="total", row="total", interval=None, runs=20):
    """A measure whose interval goes a share of its mean either way; None without a spread."""
    low = high = None
    if mean is not None and spread is not None:
        low, high = mean - spread * abs(mean), mean + spread * abs(mean)
    return Measure(
        measure=name,
        unit=unit,
        row_kind=kind,
        row=row,
        interval=interval,
        mean=mean,
        low=low,
        high=high,
        replications=runs,
        estimator="mean",
    )


def item(total, what, amount, who="", discount=0.99):
    """An item of the bill over the counted days."""
    return BillItem(
        total=total,
        what=what,
        who=who,
        month="2026-03",
        unit="hours",
        quantity=1.0,
        price=None,
        how="",
        amount=amount / discount,
        low=amount * 0.97,
        high=amount * 1.03,
        present_value=amount,
        assumptions=(),
    )


def bill(cost, lost, outsourced=False, proactive=False):
    """Items of a year's operating cost and of customers lost a year, over the counted days."""
    share = DAYS / 365.0
    operating = {"pay": 0.74, "overtime": 0.015, "fixed costs": 0.12, "lines": 0.02}
    if outsourced:
        operating = {
            "contract fee": 0.66,
            "malus": -0.05,
            "vendor management": 0.07,
            "transition": 0.05,
            "pay": 0.1,
            "fixed costs": 0.12,
        }
    if proactive:
        operating |= {"recovery": 0.03, "gestures": 0.04, "messages": 0.002, "fix kept up": 0.01}
    operating["settlements"] = 1.0 - sum(operating.values())
    items = [item("operating cost", what, cost * s * share) for what, s in operating.items()]
    items += [
        item("total economic cost", "customers lost", 0.6 * lost * VALUE * share, "consumer"),
        item("total economic cost", "customers lost", 0.4 * lost * VALUE * share, "business"),
        item("total economic cost", "prospects put off", 0.1 * lost * VALUE * share, "consumer"),
        item("margin lost within 12 months", "margin lost", lost * 200.0 * share, "consumer"),
    ]
    return tuple(items)


def by_interval(abandonment):
    """Half hours of two days, open from 08:00 to 20:00; busier on Monday."""
    found = []
    for day, busy in (("Mon", 1.2), ("Tue", 1.0)):
        for half in range(14, 42):
            label = f"{day} {half // 2:02d}:{half % 2 * 30:02d}"
            is_open = 16 <= half < 40
            bend = math.exp(-(((half - 22) / 5) ** 2)) + 0.7 * math.exp(-(((half - 31) / 5) ** 2))
            offered = busy * (60 + 140 * bend) if is_open else 0.0
            floor = 14.0 + round(18 * bend) if is_open else 0.0
            rush = abandonment * (0.4 + bend * busy) * 2 if is_open else None
            for name, unit, mean, spread in (
                ("offered", "contacts", offered, 0.03),
                ("agents on the floor", "agents", floor, 0.01),
                ("handling hours", "h", 0.46 * floor * (0.7 + 0.2 * bend), 0.03),
                ("mean wait", "s", None if rush is None else 900 * rush, 0.15),
                ("service level", "share", None if rush is None else 1 - 2.2 * rush, 0.04),
            ):
                found.append(measure(name, unit, mean, spread, interval=label))
    return found


def strategy(name, cost=COSTS[0], abandonment=ABANDONMENTS[0], lost=LOST[0], spread=0.02, **bills):
    """A strategy by its operating cost, abandonment and customers lost a year; `lost` None without
    customers."""
    share = DAYS / 365.0
    gone = 0.0 if lost is None else lost
    items = bill(cost, gone, **bills)
    if lost is None:
        items = tuple(one for one in items if one.total == "operating cost")
    economic = sum(
        one.present_value for one in items if one.total != "margin lost within 12 months"
    )
    found = [
        measure("operating cost", "USD", cost * share, spread),
        measure("operating cost per year", "USD per year", cost, spread),
        measure("total economic cost", "USD", economic, spread),
        measure("total economic cost per year", "USD per year", economic / share, spread),
        measure("abandonment", "share", abandonment, spread),
        measure("service level", "share", 1 - 4 * abandonment, spread),
        measure("customers lost, expected", "customers", gone * share, spread),
        *(
            measure(
                "customers lost, expected", "customers", gone * share * part, spread, "cause", c
            )
            for c, part in zip(CAUSES, _SHARES, strict=True)
        ),
        *(measure(name, unit, mean, spread) for name, unit, mean in _views(abandonment)),
        *by_interval(abandonment),
    ]
    return Strategy(
        name=name,
        file=f"scenarios/{name}.toml",
        title="",
        currency="USD",
        counted_days=DAYS,
        warm_up_days=28,
        start=None,
        service_level_rule="counted, within 20 s",
        measures=tuple(found),
        bill=items,
        assumptions=(),
        warnings=(),
    )


def _views(abandonment):
    """Every measure of the two views, in the order in which they are asked for."""
    figures = {
        "handled": ("contacts", 182_000.0),
        "issues resolved": ("issues", 131_000.0),
        "issues abandoned at least once": ("share", 1.7 * abandonment),
        "ASA": ("s", 1100 * abandonment),
        "time waited per issue": ("s", 1900 * abandonment),
        "resolved per contact": ("share", 0.74),
        "FCR": ("share", 0.66),
        "AHT": ("s", 348.0),
        "handling time per resolved issue": ("s", 512.0),
        "cost per contact": ("USD", 4.6),
        "cost per resolved issue": ("USD", 6.9),
    }
    names = {name for view in VIEWS for name in (view.dashboard, view.true)}
    return [(name, *figures[name]) for name in sorted(names) if name in figures]


def document(*strategies, noise=0.1, runs=20):
    """A comparison; the differences' intervals go `noise` of the difference either way, or have
    none."""
    base, *others = strategies
    names = HEADLINE
    changes = [_difference(base, other, name, noise, runs) for other in others for name in names]
    return Document(
        kind="compare" if others else "run",
        title="Care before cost",
        question="",
        seed=1,
        replications=runs,
        engine="reference",
        strategies=strategies,
        differences=tuple(changes),
        headline=names,
        finding=(),
    )


def _difference(base, other, name, noise, runs):
    first, second = base.measure(name, row="total"), other.measure(name, row="total")
    change = None if None in (first.mean, second.mean) else second.mean - first.mean
    half = None if None in (noise, change) else noise * abs(change)
    return Difference(
        strategy=other.name,
        measure=name,
        unit=first.unit,
        mean=change,
        low=None if half is None else change - half,
        high=None if half is None else change + half,
        replications=runs,
        estimator="paired difference",
    )


@functools.cache
def study(number, names=NAMES, noise=0.1, runs=20, spread=0.02):
    """A comparison of so many strategies."""
    return document(
        *(
            strategy(
                names[n],
                COSTS[n],
                ABANDONMENTS[n],
                LOST[n],
                spread=spread,
                outsourced=n == 3,
                proactive=n in (4, 5),
            )
            for n in range(number)
        ),
        noise=noise,
        runs=runs,
    )
