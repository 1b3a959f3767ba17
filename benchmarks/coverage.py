"""How often intervals cover the truth: `python -m benchmarks.coverage` writes the page in docs.

A bank of replications of a small company and three alternatives is lived once, and experiments are
taken from it: some minutes in all. The truth is the mean of the whole bank, or where a formula
knows it, the formula. `--replications 1000` gives a rough table in a quarter of a minute.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.bank import BOUNDS, Bank, Floats, bank_of
from sim.experiments.choice import MORE_IS_BETTER
from sim.experiments.document import HEADLINE
from sim.experiments.finding import ECONOMIC
from sim.statistics.controls import controlled
from sim.statistics.estimate import (
    Estimate,
    Statistic,
    intervals,
    means,
    ratios,
    standard_errors,
    student,
)
from sim.statistics.paired import difference
from sim.statistics.quantile import quantile, quantile_intervals
from sim.statistics.selection import Knockout, probability_of_best
from sim.statistics.sequential import FEWEST, Stopping
from sim.statistics.simultaneous import errors_for_all
from sim.theory.impatient import erlang_a

HERE = Path(__file__).parent
DAYS = HERE / "days.toml"
ERLANG_A = HERE.parent / "scenarios" / "verification" / "erlang-a.toml"
WEEK = HERE.parent / "scenarios" / "starter.toml"
STRATEGIES = {
    "base": (),
    "lean": ("teams.agents.agents=3",),
    "ample": ("teams.agents.agents=5",),
    "trained": ("reasons.question.fcr=0.85", "reasons.question.talk.lognormal.mean=4.4 min"),
}
SHARES = (0.5, 0.8, 0.95)
TOLD = ("total economic cost per year", "abandonment", "mean wait", "FCR")
RARE = "blocked"


def main() -> None:
    """Live the bank, judge it, print the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--replications", type=int, default=20_000, help="of each strategy")
    replications = parser.parse_args().replications
    banks = {
        name: _lived(name, DAYS, overrides, replications) for name, overrides in STRATEGIES.items()
    }
    queue = _lived("erlang-a", ERLANG_A, ("horizon=1 day",), replications // 4)
    week = _lived("week", WEEK, (), replications // 2)
    print(
        HEAD.format(
            replications=f"{replications:,}",
            fourth=f"{replications // 4:,}",
            half=f"{replications // 2:,}",
        )
    )
    for title, head, rows in (
        ("Means and ratios", "experiment | replications", _single(banks["base"], queue)),
        ("A usual week", "experiment | replications", _usual(week)),
        ("Differences to the base", "experiment | replications", _differences(banks)),
        ("Every measure of the whole", "measure | replications", _every(banks["base"])),
        ("Quantiles of waits", "experiment | replications", _quantiles(banks)),
        ("All differences at once", "experiment | replications", _at_once(banks)),
        ("With control variates", "experiment | replications", _controlled(banks)),
        ("Stopped when precise", "experiment | took", _sequential(banks["base"])),
    ):
        print(f"\n## {title}\n\n| {head} | experiments | coverage |\n|---|---|---|---|")
        for row in rows:
            print(row, flush=True)
    print("\n## What control variates are worth\n\n| figure | variance without / with |\n|---|---|")
    for row in _worth(banks):
        print(row, flush=True)
    print(f"\n{CHOICE}\n\n| experiment | replications | experiments | said | right |")
    print("|---|---|---|---|---|")
    for row in (*_said(banks), *_chosen(banks)):
        print(row, flush=True)


def _lived(name: str, file: Path, overrides: Sequence[str], replications: int) -> Bank:
    def tell(number: int) -> None:
        if number % 500 == 499:
            print(f"{name}: {number + 1:,} of {replications:,}", file=sys.stderr)

    return bank_of(
        file,
        overrides,
        replications,
        waits=replications if name in ("base", "lean") else 0,
        tell=tell,
    )


# ------------------------------------------------------------------- many experiments at once


def _taken(bank: Bank, measure: str, replications: int) -> Statistic:
    """Experiments of so many replications each, side by side as columns."""
    shaped = [_columns(of[measure], replications) for of in (bank.tops, bank.bottoms)]
    return ratios(*shaped) if bank.ratio[measure] else means(shaped[0])


def _columns(totals: Floats, replications: int) -> Floats:
    experiments = len(totals) // replications
    return totals[: experiments * replications].reshape(experiments, replications).T


def _row(name: str, replications: object, covers: Sequence[bool] | Floats) -> str:
    share, number = float(np.mean(covers)), len(covers)
    error = 100.0 * np.sqrt(max(share * (1.0 - share), 1.0 / number) / number)
    return f"| {name} | {replications} | {number:,} | {100.0 * share:.1f} ±{error:.1f} % |"


def _covers(statistic: Statistic, truth: float) -> Floats:
    found = intervals(statistic)
    return np.asarray((found.low <= truth) & (truth <= found.high))


def _single(bank: Bank, queue: Bank) -> Iterator[str]:
    for replications in (5, 10, 20, 50):
        for measure in TOLD:
            covers = _covers(_taken(bank, measure, replications), bank.truth(measure))
            yield _row(_short(measure), replications, covers)
    rare = bank.truth(RARE)
    for replications in (10, 50):
        covers = _covers(_taken(bank, RARE, replications), rare)
        yield _row(f"rare: {rare:.1f} calls blocked a day, most days none", replications, covers)
    theory = erlang_a(
        agents=30, arrival_rate=360.0 / 3600.0, mean_service=300.0, mean_patience=180.0
    )
    for measure, known in (
        ("abandonment", theory.p_abandon),
        ("service level", theory.p_answered_within),
    ):
        covers = _covers(_taken(queue, measure, 20), known)
        yield _row(f"Erlang A, {measure}, by its formula ({known:.4f})", 20, covers)


def _usual(bank: Bank) -> Iterator[str]:
    for replications in (5, 10, 20, 50):
        for measure in ("abandonment", "mean wait", "service level", "FCR"):
            covers = _covers(_taken(bank, measure, replications), bank.truth(measure))
            yield _row(measure, replications, covers)


def _every(bank: Bank) -> Iterator[str]:
    """All measures but those that are the same in every replication."""
    for measure, is_ratio in bank.ratio.items():
        tops, bottoms = bank.tops[measure], bank.bottoms[measure]
        if np.ptp(tops) > 0.0 and not (is_ratio and np.array_equal(tops, bottoms)):
            covers = _covers(_taken(bank, measure, 20), bank.truth(measure))
            yield _row(measure, 20, covers)


def _differences(banks: dict[str, Bank]) -> Iterator[str]:
    for replications in (10, 20, 50):
        for name in ("lean", "trained"):
            for measure in TOLD:
                pair = [_taken(banks[one], measure, replications) for one in (name, "base")]
                truth = banks[name].truth(measure) - banks["base"].truth(measure)
                covers = _covers(difference(*pair), truth)
                yield _row(f"{name}: {_short(measure)}", replications, covers)


# ------------------------------------------------------------------- one experiment after another


def _experiments(bank: Bank, replications: int) -> Iterator[slice]:
    for first in range(0, len(bank.controls) - replications + 1, replications):
        yield slice(first, first + replications)


def _statistic(bank: Bank, measure: str, part: slice) -> Statistic:
    top = bank.tops[measure][part, np.newaxis]
    if not bank.ratio[measure]:
        return means(top)
    return ratios(top, bank.bottoms[measure][part, np.newaxis])


def _within(statistic: Statistic, truth: float) -> bool:
    return _holds(intervals(statistic).row(0), truth)


def _holds(found: Estimate, truth: float) -> bool:
    return found.low is not None and found.high is not None and found.low <= truth <= found.high


def _quantiles(banks: dict[str, Bank]) -> Iterator[str]:
    base, lean = banks["base"], banks["lean"]
    truths = {
        (one, share): float(quantile(one.all_below(), BOUNDS, share).value[0])
        for one in (lean, base)
        for share in SHARES
    }
    for replications in (10, 20):
        alone: dict[float, list[bool]] = {share: [] for share in SHARES}
        changed: dict[float, list[bool]] = {share: [] for share in SHARES}
        for part in _experiments(base, replications):
            before, after = base.below(part), lean.below(part)
            for share in SHARES:
                found = quantile_intervals(before, BOUNDS, share).row(0)
                alone[share].append(_holds(found, truths[base, share]))
                change = difference(*(quantile(one, BOUNDS, share) for one in (after, before)))
                alters = truths[lean, share] - truths[base, share]
                changed[share].append(_within(change, alters))
        for share, covers in alone.items():
            name = f"{share:.0%} wait at most {truths[base, share]:.1f} s"
            yield _row(name.replace("%", " %"), replications, covers)
        for share, covers in changed.items():
            name = f"lean: the wait of {share:.0%}".replace("%", " %")
            yield _row(name, replications, covers)


def _at_once(banks: dict[str, Bank]) -> Iterator[str]:
    base, *others = banks.values()
    for replications in (20, 50):
        ordinary, at_once, factors = [], [], []
        for part in _experiments(base, replications):
            changes, truths = [], []
            for other in others:
                for name in HEADLINE:
                    pair = (_statistic(other, name, part), _statistic(base, name, part))
                    changes.append(difference(*pair))
                    truths.append(other.truth(name) - base.truth(name))
            errors = errors_for_all(changes)
            factors.append(errors / student(replications - 1, 0.95))
            at_once.append(_all_within(changes, truths, errors))
            ordinary.append(_all_within(changes, truths, student(replications - 1, 0.95)))
        yield _row(f"all {len(truths)} differences, ordinary intervals", replications, ordinary)
        wider = f"{np.mean(factors):.2f} times as wide"
        yield _row(f"all {len(truths)}, simultaneous intervals, {wider}", replications, at_once)


def _all_within(changes: Sequence[Statistic], truths: Sequence[float], errors: float) -> bool:
    return all(
        abs(float(one.value[0]) - truth) <= errors * float(standard_errors(one)[0]) + 1e-12
        for one, truth in zip(changes, truths, strict=True)
    )


def _controlled(banks: dict[str, Bank]) -> Iterator[str]:
    base, trained = banks["base"], banks["trained"]
    for replications in (20, 50):
        for measure in TOLD:
            covers = [
                _within(_with_controls(base, measure, part), base.truth(measure))
                for part in _experiments(base, replications)
            ]
            yield _row(_short(measure), replications, covers)
        truth = trained.truth(ECONOMIC) - base.truth(ECONOMIC)
        covers = [
            _within(
                difference(*(_with_controls(one, ECONOMIC, part) for one in (trained, base))),
                truth,
            )
            for part in _experiments(base, replications)
        ]
        yield _row(f"trained: {_short(ECONOMIC)}, difference", replications, covers)


def _with_controls(bank: Bank, measure: str, part: slice) -> Statistic:
    return controlled(_statistic(bank, measure, part), bank.controls[part])


def _worth(banks: dict[str, Bank]) -> Iterator[str]:
    """Over the whole bank, so that it is a property of the figure and not of an experiment."""
    whole = slice(0, len(banks["base"].controls))
    for name in ("base", "lean"):
        for measure in HEADLINE:
            plain = standard_errors(_statistic(banks[name], measure, whole))[0]
            left = standard_errors(_with_controls(banks[name], measure, whole))[0]
            ratio = f"{(plain / left) ** 2:.2f}" if left > 0.0 else "never varies"
            yield f"| {name}: {_short(measure)} | {ratio} |"


def _sequential(bank: Bank) -> Iterator[str]:
    """The rule, and what stopping at the first precise interval would do."""
    for measure, share in ((ECONOMIC, 0.01), ("abandonment", 0.1), ("mean wait", 0.1)):
        for name, fewest, looks in (
            ("stopped at once, from 3 on", 3, False),
            (f"the rule, from {FEWEST} on", FEWEST, True),
            ("the rule, from 20 on", 20, True),
        ):
            covers, took, first = [], [], 0
            while (stop := _stopped(bank, measure, first, share, fewest, looks)) is not None:
                part = slice(first, stop)
                covers.append(_within(_statistic(bank, measure, part), bank.truth(measure)))
                took.append(stop - first)
                first = stop
            spread = f"{np.mean(took):.0f} ({min(took)} to {max(took)})"
            yield _row(f"{_short(measure)} within {100 * share:g} %, {name}", spread, covers)


def _stopped(
    bank: Bank, measure: str, first: int, share: float, fewest: int, looks_ahead: bool
) -> int | None:
    """Where an experiment that begins there ends; None if the bank ends before."""
    rule = Stopping()
    for stop in range(first + fewest, len(bank.controls) + 1):
        found = intervals(_statistic(bank, measure, slice(first, stop))).row(0)
        assert found.mean is not None
        assert found.high is not None
        precise = found.high - found.mean <= share * found.mean
        if rule.enough(stop - first, precise) or (precise and not looks_ahead):
            return stop
    return None


# --------------------------------------------------------------------------------- the best


def _said(banks: dict[str, Bank]) -> Iterator[str]:
    """How probable the best is said to be, and how often it is the best."""
    for measure in (ECONOMIC, "mean wait"):
        truths = np.array([bank.truth(measure) for bank in banks.values()])
        for replications in (5, 10, 20):
            said, right = [], []
            for part in _experiments(banks["base"], replications):
                found = [_statistic(bank, measure, part) for bank in banks.values()]
                best = int(np.argmin([one.value[0] for one in found]))
                leads = [difference(one, found[best]) for one in found if one is not found[best]]
                said.append(probability_of_best(leads))
                right.append(best == np.argmin(truths))
            yield (
                f"| least {_short(measure)}, by what was simulated | {replications} | "
                f"{len(said):,} | {100 * np.mean(said):.1f} % | {100 * np.mean(right):.1f} % |"
            )


def _chosen(banks: dict[str, Bank]) -> Iterator[str]:
    """KN with the true lead of the best as the zone: what it guarantees 95 % for."""
    for measure in (ECONOMIC, "abandonment", "service level"):
        sign = -1.0 if measure in MORE_IS_BETTER else 1.0
        truths = np.array([sign * bank.truth(measure) for bank in banks.values()])
        best, second = np.argsort(truths)[:2]
        zone = truths[second] - truths[best]
        names = list(banks)
        right, took, first = [], [], 0
        while (found := _contest(banks, measure, sign, first, float(zone))) is not None:
            left, ended = found
            right.append(left == best)
            took.append(ended - first)
            first = ended
        yield (
            f"| KN, {_short(measure)}: {names[best]}, ahead by the zone | {np.mean(took):.0f} "
            f"({min(took)} to {max(took)}) | {len(right):,} | at least 95 % | "
            f"{100 * np.mean(right):.1f} % |"
        )


def _contest(
    banks: dict[str, Bank], measure: str, sign: float, first: int, zone: float
) -> tuple[int, int] | None:
    lived = list(banks.values())
    stop = first + FEWEST
    if stop > len(lived[0].controls):
        return None

    def values(still: Sequence[int], part: slice) -> list[Statistic]:
        found = [_statistic(lived[one], measure, part) for one in still]
        return [Statistic(sign * one.value, sign * one.pulls, one.estimator) for one in found]

    still: tuple[int, ...] = tuple(range(len(lived)))
    rule = Knockout(values(still, slice(first, stop)), zone)
    while True:
        found = values(still, slice(first, stop))
        still = rule.left(np.array([one.value[0] for one in found]), still, stop - first)
        if len(still) == 1:
            return still[0], stop
        stop += 1
        if stop > len(lived[0].controls):
            return None


def _short(measure: str) -> str:
    return measure.removesuffix(" per year")


HEAD = """\
# How often intervals cover the truth

A 95 % interval is right if, of many experiments, about 95 in 100 give an interval that holds the
truth. This page is that count. It is written by

    python -m benchmarks.coverage > docs/explanation/coverage.md

The company of `benchmarks/days.toml` (a day of some 300 issues, busyness of 20 %, people who call
again, customers who leave) and three alternatives were lived {replications} times each on the same
luck, and experiments were taken from these one after another. Where nothing else is said, the truth
is the mean of all of them. The queue with a formula (Erlang A) was lived {fourth} times.
± is one standard error of the coverage itself.

These days are chosen to be hard. The centre is small, and each replication is a single day: on most
days hardly anybody waits, and on a few nearly everybody. The mean of few such days lies below the
truth more often than above it, and Student's interval then covers less than 95 %: of measures of
waiting and abandoning, and of counts that most days do not have. More replications mend it, and so
do longer horizons; what adds up over many customers, or is a share of all of them, hardly suffers.
Of a usual week of a small centre (`scenarios/starter.toml`, lived {half} times) see further down.\
"""

CHOICE = """\
## The best of several

Four strategies on the same luck. *Said*: the mean of the probabilities that were told. *Right*: how
often the one chosen was the best. Where two are nearly equal, the one that luck has put ahead is
said to be the better with 75 % on average, and is so in half of the experiments: the probability is
right on average over the differences that one may meet, not for a difference of nought. An
indifference (`--indifference`) is the cure.\
"""

if __name__ == "__main__":
    main()
