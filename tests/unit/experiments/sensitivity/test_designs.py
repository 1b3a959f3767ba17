"""Morris's and Sobol's methods on functions whose sensitivity is known."""

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform

from sim.experiments.sensitivity.morris import LEVELS, STEP, effects_of, trajectories
from sim.experiments.sensitivity.sobol import indices_of, samples


def ishigami(shares):
    """Ishigami and Homma (1990), with a = 7 and b = 0.1, over the unit cube."""
    x = np.pi * (2.0 * shares - 1.0)
    return (
        np.sin(x[..., 0]) + 7.0 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])
    )


ALONE = (0.3139, 0.4424, 0.0)
IN_ALL = (0.5576, 0.4424, 0.2437)
"""Ishigami's indices in closed form."""


def test_sobol_s_indices_of_ishigami_s_function_are_the_known_ones():
    design = samples(3, 4_096, 1)
    for index, alone, in_all in zip(
        indices_of(design, ishigami(design.spots)), ALONE, IN_ALL, strict=True
    ):
        assert index.alone == pytest.approx(alone, abs=0.02)
        assert index.in_all == pytest.approx(in_all, abs=0.02)
        assert index.alone_low <= alone <= index.alone_high
        assert index.in_all_low <= in_all <= index.in_all_high


def test_they_are_those_that_scipy_finds_on_the_same_samples():
    design = samples(3, 256, 2)
    results = (
        ishigami(design.spots) - ishigami(np.concatenate([design.first, design.second])).mean()
    )
    theirs = sobol_indices(
        func={
            "f_A": results[np.newaxis, :256],
            "f_B": results[np.newaxis, 256:512],
            "f_AB": results[512:].reshape(3, 1, 256),
        },
        n=256,
        dists=[uniform()] * 3,
    )
    ours = indices_of(design, ishigami(design.spots))
    assert [one.alone for one in ours] == pytest.approx(theirs.first_order.ravel(), abs=1e-9)
    assert [one.in_all for one in ours] == pytest.approx(theirs.total_order.ravel(), abs=1e-9)


def test_a_level_added_to_every_result_changes_no_index():
    design = samples(3, 64, 3)
    ones = indices_of(design, ishigami(design.spots))
    others = indices_of(design, ishigami(design.spots) + 1e6)
    assert [one.alone for one in ones] == pytest.approx([one.alone for one in others], abs=1e-6)


def test_what_does_not_vary_has_no_shares():
    design = samples(2, 16, 1)
    assert {one.in_all for one in indices_of(design, np.full(64, 3.0))} == {0.0}


def test_every_walk_moves_every_factor_once_by_one_step_on_the_grid():
    walks = trajectories(5, 40, 1)
    steps = np.diff(walks.spots, axis=1)
    assert np.allclose(np.abs(steps).sum(axis=(1, 2)), 5 * STEP)
    assert (np.count_nonzero(steps, axis=2) == 1).all()
    assert np.allclose(walks.spots * (LEVELS - 1), np.round(walks.spots * (LEVELS - 1)))
    assert walks.spots.min() >= 0.0
    assert walks.spots.max() <= 1.0 + 1e-12


def test_every_level_is_as_likely_as_any_other():
    first = trajectories(1, 4_000, 2).spots[:, 0, 0] * (LEVELS - 1)
    counts = np.bincount(np.round(first).astype(int), minlength=LEVELS)
    assert np.all(np.abs(counts - 1_000) < 4 * np.sqrt(4_000 * 0.25 * 0.75))


def test_the_effects_of_a_sum_are_its_weights_without_spread():
    weights = np.array([3.0, -2.0, 0.0])
    walks = trajectories(3, 10, 1)
    found = effects_of(walks, walks.spots @ weights)
    assert [one.mean for one in found] == pytest.approx(weights)
    assert [one.size for one in found] == pytest.approx(np.abs(weights))
    assert [one.spread for one in found] == pytest.approx([0.0] * 3, abs=1e-9)


def test_the_effect_of_a_factor_that_works_both_ways_is_seen_in_its_size():
    """The second of Ishigami's factors: its effects are 7 (sin² at one level less that at another)
    over the step, of either sign."""
    walks = trajectories(3, 400, 1)
    second = effects_of(walks, ishigami(walks.spots))[1]
    by_hand = 7.0 * (np.sin(np.pi / 3.0) ** 2 - 0.0) / STEP
    assert second.size == pytest.approx(by_hand)
    assert abs(second.mean) < 4 * second.spread / np.sqrt(400)


def test_the_interval_of_a_size_holds_that_of_very_many_walks():
    walks = trajectories(3, 20_000, 9)
    many = effects_of(walks, ishigami(walks.spots))
    hits = 0
    for seed in range(100):
        walks = trajectories(3, 30, seed)
        first = effects_of(walks, ishigami(walks.spots))[0]
        hits += first.low <= many[0].size <= first.high
    assert hits >= 95 - 4 * np.sqrt(100 * 0.05 * 0.95)
