"""Draws against the published known answers, NumPy's Philox, and themselves without a compiler."""

import math
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import numba
import numpy as np
import pytest
from scipy import stats

from sim.rules import draws

# The vectors "philox4x64 10" of Random123 1.14 (kat_vectors; D. E. Shaw Research):
# four counter words, two key words, four words that come out.
KNOWN_ANSWERS = [
    (
        "0000000000000000 0000000000000000 0000000000000000 0000000000000000",
        "0000000000000000 0000000000000000",
        "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b",
    ),
    (
        "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
        "ffffffffffffffff ffffffffffffffff",
        "87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0",
    ),
    (
        "243f6a8885a308d3 13198a2e03707344 a4093822299f31d0 082efa98ec4e6c89",
        "452821e638d01377 be5466cf34e90c6c",
        "a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6",
    ),
]

BILLING = draws.origin_of("billing")

KEYS = [
    (0, 0, BILLING, 0, 0, 1, 0, 0),
    (7, 3, BILLING, -28, 0, 1, 0, 5),
    (2**62, 10_000, draws.origin_of("faults"), 3_650, 2**32 - 1, 20, 255, 41),
    (-1, -1, -1, -1, 1, 2, 3, 6),
]

compiled_only = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="needs the compiled form of Philox"
)


def words_of(text: str) -> list[int]:
    """Read hexadecimal words as signed 64-bit integers."""
    return np.array([int(word, 16) for word in text.split()], np.uint64).view(np.int64).tolist()


def numpy_block(*key: int) -> list[int]:
    """Let NumPy's Philox make the block of a draw; it counts up once before the first block."""
    seed, replication, origin, day, ordinal, attempt, leg, block = key
    words = [
        origin,
        ((day & 0xFFFFFFFF) << 32) | ordinal,
        attempt * 256 + leg,
        block,
    ]
    before = sum((word & (2**64 - 1)) << (64 * place) for place, word in enumerate(words)) - 1
    philox_key = (seed & (2**64 - 1)) | (replication & (2**64 - 1)) << 64
    return np.random.Philox(counter=before % 2**256, key=philox_key).random_raw(4).tolist()


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
@pytest.mark.parametrize(
    "philox", [pytest.param(draws.philox_compiled, marks=compiled_only), draws.philox_in_integers]
)
def test_philox_gives_the_published_answers(philox, counter, key, answer):
    words = philox(*words_of(counter), *words_of(key))
    assert [f"{word:016x}" for word in words] == answer.split()


@compiled_only
def test_compiled_philox_equals_philox_in_python_integers():
    words = np.random.default_rng(1).integers(-(2**63), 2**63, size=(200, 6)).tolist()
    for key in words:
        assert draws.philox_compiled(*key) == draws.philox_in_integers(*key)


@pytest.mark.parametrize("key", KEYS)
def test_a_block_is_the_block_of_numpys_philox(key):
    expected = [(word // 2**12 + 0.5) / 2**52 for word in numpy_block(*key)]
    assert list(draws.block(*key)) == expected


@pytest.mark.parametrize("key", KEYS)
def test_a_purpose_is_a_lane_of_its_block(key):
    *where, block = key
    lanes = [draws.uniform(*where, 4 * block + lane) for lane in range(4)]
    assert lanes == list(draws.block(*where, block))


@pytest.mark.parametrize("philox_word", [0, 2**64 - 1])
def test_a_uniform_is_never_0_or_1(philox_word):
    draw = draws._between_0_and_1(np.uint64(philox_word))
    assert 0.0 < draw < 1.0
    assert min(draw, 1.0 - draw) == 2.0**-53


def test_each_part_of_the_key_changes_the_draw():
    parts = product(
        (1, 2), (0, 1), (BILLING, -BILLING), (-1, 0, 1), (0, 1, 2**32 - 1), (1, 2), (0, 1), range(8)
    )
    keys = list(parts)
    assert len({draws.uniform(*key) for key in keys}) == len(keys)


def test_an_origin_is_the_hash_of_its_name_and_nothing_else():
    digest = bytes.fromhex("24d41c2a46191011")  # printf billing | b2sum -l 64
    assert int.from_bytes(digest, "little", signed=True) == BILLING
    names = [f"reason {number}" for number in range(1000)] + ["Störung", "故障"]
    origins = {draws.origin_of(name) for name in names}
    assert len(origins) == len(names)
    assert all(-(2**63) <= origin < 2**63 for origin in origins)


@pytest.mark.parametrize("varied", ["replication", "day", "ordinal", "attempt", "purpose"])
def test_draws_are_uniform_and_free_of_each_other(varied):
    key = {
        "seed": 1,
        "replication": 0,
        "origin": BILLING,
        "day": 0,
        "ordinal": 0,
        "attempt": 1,
        "leg": 0,
        "purpose": 2,
    }
    sample = np.array(
        [draws.uniform(*(key | {varied: number}).values()) for number in range(20_000)]
    )
    cells = np.floor(sample * 16).astype(int)
    assert stats.chisquare(np.bincount(cells, minlength=16)).pvalue > 1e-3
    pairs = np.bincount(cells[:-1] * 16 + cells[1:], minlength=256)
    assert stats.chisquare(pairs).pvalue > 1e-3
    assert abs(sample.mean() - 0.5) < 4 / math.sqrt(12 * len(sample))


def test_draws_are_the_same_without_the_compiler():
    program = (
        "from sim.rules import draws\n"
        f"for key in {KEYS!r}:\n"
        "    print(*(value.hex() for value in (draws.uniform(*key), *draws.block(*key))))\n"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        cwd=Path(draws.__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = [(draws.uniform(*key), *draws.block(*key)) for key in KEYS]
    assert printed.splitlines() == [" ".join(value.hex() for value in row) for row in here]
