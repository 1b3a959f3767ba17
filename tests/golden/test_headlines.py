"""The headline figures of a few scenarios stay what they were, unless a commit says why not.

They stand in headlines.json. To write the file anew: python -m tests.golden.test_headlines
"""

import json
from pathlib import Path

import pytest

from sim.experiments.document import HEADLINE
from sim.experiments.replicate import ENGINES
from sim.experiments.results import Strategy
from sim.experiments.simulate import run
from sim.scenario.load import load

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("headlines.json")
DIGITS = 6
"""Significant ones: other machines differ in the last of sixteen."""
PLAYED: dict[str, tuple[str, ...]] = {
    "scenarios/verification/erlang-a.toml": (),
    "scenarios/verification/erlang-b.toml": (),
    "scenarios/verification/erlang-c.toml": (),
    "scenarios/verification/mmnk.toml": (),
    "tests/zoo/crowd.toml": (),
    "tests/zoo/prices.toml": (),
    "scenarios/do-over/base.toml": ("horizon=2 days", "warm_up=1 day"),
    "scenarios/do-over/do-over.toml": ("horizon=2 days", "warm_up=1 day"),
}
"""The scenarios, and what is changed in them so that they take no time."""
COUNTS = ("offered", "handled", "abandoned", "blocked", "issues arose", "AHT", "occupancy")
REPLICATIONS = 2


def figures(name: str) -> dict[str, float | None]:
    """A scenario's headline figures, rounded."""
    loaded = load(ROOT / name, PLAYED[name])
    document = run(loaded, replications=REPLICATIONS, seed=1, engine=ENGINES[0])
    (strategy,) = document.strategies
    return {measure: rounded(strategy, measure) for measure in (*COUNTS, *HEADLINE)}


def rounded(strategy: Strategy, measure: str) -> float | None:
    mean = strategy.measure(measure).mean
    return None if mean is None else float(f"{mean:.{DIGITS}g}")


def moved(now: dict[str, float | None], golden: dict[str, float | None]) -> list[str]:
    """What differs by more than the rounding, in words."""
    told = []
    for measure in {**golden, **now}:
        old, new = golden.get(measure), now.get(measure)
        if old is None or new is None:
            if old is not new:
                told.append(f"{measure}: was {old}, is {new}")
        elif new != pytest.approx(old, rel=2 * 10.0 ** (1 - DIGITS), abs=1e-12):
            by = f", by {(new - old) / old:+.3%}" if old else ""
            told.append(f"{measure}: was {old}, is {new}{by}")
    return told


@pytest.mark.parametrize("name", PLAYED)
def test_headline_figures_stay_what_they_were(name: str) -> None:
    golden = json.loads(FILE.read_text(encoding="utf-8"))
    changes = moved(figures(name), golden[name])
    assert not changes, (
        f"{name} tells other figures than before:\n  " + "\n  ".join(changes) + "\n"
        "If that is meant, write the file anew with `python -m tests.golden.test_headlines`, and "
        "let the commit say why every user's figures move."
    )


def test_a_figure_that_moves_is_told_with_what_it_was() -> None:
    old = {"abandonment": 0.1, "mean wait": 20.0, "FCR": None, "gone": 1.0}
    new = {"abandonment": 0.1000001, "mean wait": 21.0, "FCR": 0.5, "blocked": 0.0}
    assert moved(new, old) == [
        "mean wait: was 20.0, is 21.0, by +5.000%",
        "FCR: was None, is 0.5",
        "gone: was 1.0, is None",
        "blocked: was None, is 0.0",
    ]


if __name__ == "__main__":
    text = json.dumps({name: figures(name) for name in PLAYED}, indent=2)
    FILE.write_text(text + "\n", encoding="utf-8", newline="\n")
