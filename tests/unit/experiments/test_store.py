"""Points that are kept: the same figures again, and none for anything that would be another."""

import os
import time

import numpy as np
import pytest

from sim.experiments import points as points_module
from sim.experiments import store as store_module
from sim.experiments.points import Lot, PointsStopped, simulate_points
from sim.experiments.replicate import in_silence, replicate
from sim.experiments.store import Store, key_of
from sim.scenario.load import load

CENTRE = """\
title = "A small centre"
horizon = "1 day"
reasons.call = { volume = { per_hour = 12.0 }, talk = { exponential = "4 min" } }
callers.patience = { exponential = "3 min" }
centre.opening = { all = "09:00-13:00" }
teams.agents = { agents = 2, pay = { per_hour = 20.0 } }
"""


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "centre.toml"
    path.write_text(CENTRE, encoding="utf-8")
    return lambda *overrides: load(path, overrides).scenario


def lot(folder, replications=3):
    return Lot(replications, 1, "reference", 1, Store(folder) if folder else None)


def same(ones, others):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for one, other in zip(ones, others, strict=True)
        for name in ("numerators", "denominators", "quantities", "amounts")
    )


def counted(monkeypatch):
    """How many simulations are run from now on."""
    runs = []
    plain = points_module.results_of

    def results_of(scenarios, tasks, manner, workers, longest):
        def noted():
            for task in tasks:
                runs.append(task)
                yield task

        return plain(scenarios, noted(), manner, workers, longest)

    monkeypatch.setattr(points_module, "results_of", results_of)
    return runs


def test_a_point_has_the_figures_that_any_other_command_finds(scenario):
    """Those of the whole counted time; the tables by interval are left out."""
    (kept,) = simulate_points([scenario()], lot(None), in_silence)
    (full,) = replicate(
        [scenario()], replications=3, seed=1, engine="reference", workers=1, progress=in_silence
    )
    for one, other in zip(kept, full, strict=True):
        size = len(one.numerators)
        assert 0 < size < len(other.numerators)
        assert np.array_equal(one.numerators, other.numerators[:size])
        assert np.array_equal(one.denominators, other.denominators[:size])
        assert np.array_equal(one.amounts, other.amounts)


def test_a_finished_point_is_never_run_twice(scenario, tmp_path, monkeypatch):
    first = simulate_points([scenario()], lot(tmp_path / "kept"), in_silence)
    runs = counted(monkeypatch)
    again = simulate_points([scenario()], lot(tmp_path / "kept"), in_silence)
    assert runs == []
    assert same(first[0], again[0])


def test_more_replications_are_added_to_those_that_are_there(scenario, tmp_path, monkeypatch):
    simulate_points([scenario()], lot(tmp_path / "kept"), in_silence)
    runs = counted(monkeypatch)
    more = simulate_points([scenario()], lot(tmp_path / "kept", 5), in_silence)
    assert [replication for _, replication in runs] == [3, 4]
    assert same(more[0], simulate_points([scenario()], lot(None, 5), in_silence)[0])


def test_points_that_are_the_same_are_run_once(scenario, monkeypatch):
    runs = counted(monkeypatch)
    found = simulate_points([scenario(), scenario("title=Another")], lot(None), in_silence)
    assert len(runs) == 3
    assert found[0] is found[1]


def test_whatever_shapes_a_figure_makes_another_point(scenario, monkeypatch):
    plain = key_of(scenario(), 1, "kernel")
    assert key_of(scenario("title=Other"), 1, "kernel") == plain
    assert key_of(scenario("teams.agents.agents=3"), 1, "kernel") != plain
    assert key_of(scenario("callers.patience.exponential=181 s"), 1, "kernel") != plain
    assert key_of(scenario(), 2, "kernel") != plain
    assert key_of(scenario(), 1, "reference") != plain
    monkeypatch.setattr(store_module, "_code", lambda: "another program")
    assert key_of(scenario(), 1, "kernel") != plain


def test_a_damaged_file_is_as_good_as_none(scenario, tmp_path):
    folder = tmp_path / "kept"
    first = simulate_points([scenario()], lot(folder), in_silence)
    (file,) = folder.glob("*.npz")
    file.write_bytes(file.read_bytes()[:100])
    assert same(first[0], simulate_points([scenario()], lot(folder), in_silence)[0])


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nobody(scenario, tmp_path):
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    (found,) = simulate_points([scenario()], lot(tmp_path / "kept"), in_silence)
    assert len(found) == 3


def test_what_was_finished_when_the_user_stops_is_kept(scenario, tmp_path, monkeypatch):
    folder = tmp_path / "kept"

    def stop_after_four(done, of):
        assert of == 6
        if done == 4:
            raise KeyboardInterrupt

    both = [scenario(), scenario("teams.agents.agents=3")]
    with pytest.raises(PointsStopped) as stop:
        simulate_points(both, lot(folder), stop_after_four)
    assert [len(own) for own in stop.value.figures] == [3, 1]
    runs = counted(monkeypatch)
    simulate_points(both, lot(folder), in_silence)
    assert len(runs) == 2


def test_a_point_for_which_nobody_asks_is_forgotten_after_a_month(scenario, tmp_path):
    simulate_points([scenario()], lot(tmp_path), in_silence)
    (file,) = tmp_path.glob("*.npz")
    Store(tmp_path).forget_old()
    assert file.exists()
    long_ago = time.time() - 31 * 86_400.0
    os.utime(file, (long_ago, long_ago))
    Store(tmp_path).forget_old()
    assert not file.exists()
