"""A document depends on the scenario, the seed and the number of replications, and on nothing else:
not on workers, on the order in which they end, on compiling, nor on where a run was stopped."""

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.experiments import replication, workers
from sim.experiments.compare import compare
from sim.experiments.results import Document
from sim.experiments.simulate import Interrupted, run
from sim.logs import Logs
from sim.scenario.load import load
from tests.engines import ENGINES
from tests.zoo import zoo

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests" / "zoo" / "closing-serve.toml"
BASE = load(FILE, ["horizon=1 day"])
WEEKS = load(FILE, ["horizon=28 days"])
YEARS = load(FILE, ["horizon=2000 days"])
LEANER = load(FILE, ["horizon=1 day", "teams.front.agents=2"])


def compared(engine: str = "kernel", *, replications: int = 3, **how: Any) -> Document:
    return compare([BASE, LEANER], replications=replications, seed=5, engine=engine, **how)


def ran(*, seed: int = 5, replications: int = 4, **how: Any) -> Document:
    return run(BASE, replications=replications, seed=seed, **how)


# ------------------------------------------------------------------------------ workers and order


@pytest.mark.parametrize("threads", [2, 5])
def test_the_number_of_threads_changes_nothing(threads: int) -> None:
    assert compared("kernel", workers=threads) == compared("kernel")


def test_the_number_of_processes_changes_nothing() -> None:
    assert compared("reference", workers=2) == compared("reference")


def test_both_engines_tell_the_same_document() -> None:
    told = compared("reference").model_dump()
    assert {**told, "engine": "kernel"} == compared("kernel").model_dump()


def last_comes_first(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let replication 1 wait until replication 3 has ended; the list says in which order."""
    ended: list[int] = []
    passed = threading.Event()
    playing = replication.playing

    def waiting(tables: Any, seed: int, number: int, *how: Any) -> Any:
        if number == 1:
            assert passed.wait(60)
        figures = yield from playing(tables, seed, number, *how)
        ended.append(number)
        if number == 3:
            passed.set()
        return figures

    monkeypatch.setattr(workers, "playing", waiting)
    return ended


def test_the_order_in_which_replications_end_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_order = ran()
    ended = last_comes_first(monkeypatch)
    assert ran(workers=2) == in_order
    assert ended.index(3) < ended.index(1)


# --------------------------------------------------------------------------- seed and replication


def test_another_seed_gives_other_figures() -> None:
    assert ran(seed=5).strategies != ran(seed=6).strategies


def test_every_replication_has_luck_of_its_own() -> None:
    """With the same luck twice, the interval would have no width."""
    measure = ran(replications=2).strategies[0].measure("offered")
    assert measure.low is not None
    assert measure.mean is not None
    assert measure.low < measure.mean


# ------------------------------------------------------------------------------- stopped by Ctrl-C


def stopping_at(simulations: float) -> Callable[[float, int], None]:
    def tell(done: float, of: int) -> None:
        if done >= simulations:
            raise KeyboardInterrupt

    return tell


def kept(experiment: Callable[..., Document], simulations: int, **how: Any) -> Document | None:
    with pytest.raises(Interrupted) as stop:
        experiment(progress=stopping_at(simulations), **how)
    return stop.value.document


def test_a_stopped_run_is_the_run_of_its_finished_replications() -> None:
    assert kept(ran, 3) == ran(replications=3)


def test_a_stopped_comparison_keeps_what_every_strategy_has_finished() -> None:
    assert kept(compared, 5) == compared(replications=2)


def test_a_comparison_stopped_before_its_first_replication_is_whole_keeps_nothing() -> None:
    assert kept(compared, 1) is None


def test_a_run_stopped_out_of_order_keeps_no_replication_before_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Replications 0, 2 and 3 have ended: the run of three would be 0, 1 and 2."""
    first = ran(replications=1)
    last_comes_first(monkeypatch)
    assert kept(ran, 3, workers=2) == first


def test_a_stopped_run_has_no_replications_still_under_way() -> None:
    before = threading.active_count()
    with pytest.raises(Interrupted) as stop:
        ran(progress=stopping_at(2), workers=2, replications=500)
    assert threading.active_count() == before
    assert stop.value.document is not None


def test_a_stopped_run_ends_a_simulation_under_way_long_before_its_horizon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played: list[float] = []

    def noting(*of: Any) -> Any:
        steps = replication.playing(*of)
        for share in steps:
            played.append(share)
            yield share

    monkeypatch.setattr(workers, "_PAUSE", 0.001)
    monkeypatch.setattr(workers, "playing", noting)
    with pytest.raises(Interrupted) as stop:
        run(YEARS, replications=2, workers=2, progress=stopping_at(0.01))
    assert stop.value.document is None
    assert 0.0 < max(played) < 0.9


# ------------------------------------------------------------------------------------- progress


@pytest.mark.parametrize(
    ("engine", "side_by_side"), [("reference", 1), ("kernel", 2), ("reference", 2)]
)
def test_progress_counts_simulations_under_way_in_part(
    engine: str, side_by_side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[float, int]] = []
    monkeypatch.setattr(workers, "_PAUSE", 0.001)
    run(
        WEEKS,
        replications=2,
        engine=engine,
        workers=side_by_side,
        progress=lambda done, of: told.append((done, of)),
    )
    assert {of for _, of in told} == {2}
    assert {done for done, _ in told if done == int(done) > 0} == {1, 2}
    assert any(0.0 < done < 1.0 for done, _ in told)


# -------------------------------------------------------------------------------- compiled or not

FINGERPRINTED = (
    ("crowd", 0.0),
    ("laws", 0.0),
    ("loyalty", 0.0),
    ("notices", 0.0),
    ("longer", 0.0),
    ("closing-serve", 30.0),
)
"""Scenarios of the zoo that have all laws, rules and tables between them, and their clocks."""
PRINTED = """\
from tests.experiments.test_determinism import fingerprints
print(*fingerprints())
"""


def fingerprints() -> list[str]:
    """What happens in a part of the zoo on each engine, every bit of it."""
    return [
        fingerprint(zoo.logs(name, grain=grain, engine=engine))
        for name, grain in FINGERPRINTED
        for engine in ENGINES
    ]


def fingerprint(logs: Logs) -> str:
    assert len(logs.contacts) > 200
    return hashlib.sha256(b"".join(rows.tobytes() for rows in vars(logs).values())).hexdigest()


def test_without_compiling_both_engines_tell_the_same_to_the_last_bit() -> None:
    plain = subprocess.run(
        [sys.executable, "-c", PRINTED],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert plain.stdout.split() == fingerprints()
