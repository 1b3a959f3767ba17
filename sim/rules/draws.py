"""Draws: chance keyed by what it is for, never by when it is asked.

A draw is a pure function of the seed and the replication (the key) and of the origin, the issue's
day and ordinal, the attempt, the leg and the purpose (the counter). Two strategies therefore
meet the same customers with the same luck, and a new reason, team or purpose changes nobody
else's draws.

The generator is Philox4x64-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as
easy as 1, 2, 3", section 4.3). One block gives the draws of four purposes: purpose number =
4 x block + lane. Philox is written twice, with equal results: compiled, and in Python integers
for runs with `NUMBA_DISABLE_JIT=1`. Only this file knows unsigned integers.

Integers taken and given are signed 64-bit numbers. `day` counts from the first simulated day
and may be negative (32 bits); `ordinal` is from 0 to 2**32 - 1; `leg` is from 0 to 255.
"""

from hashlib import blake2b
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic

from sim.jit import rule

_NUMBA: Any = numba  # its own hints know neither its types nor its settings

_MULTIPLIER_0 = np.uint64(0xD2E7470EE14C6C93)
_MULTIPLIER_1 = np.uint64(0xCA5A826395121157)
_WEYL_0 = np.uint64(0x9E3779B97F4A7C15)
_WEYL_1 = np.uint64(0xBB67AE8584CAA73B)
_ROUNDS = 10

_DROPPED_BITS = np.uint64(12)
_STEP = 2.0**-52

Words = tuple[int, int, int, int]
"""Four 64-bit words; unsigned where they come out of Philox."""


def origin_of(name: str) -> int:
    """Number an origin (reason, incident, customer group, team) by its name alone.

    Returns a signed 64-bit hash (BLAKE2b), the same on every machine and in every run. Adding an
    origin therefore changes no other's draws; renaming one changes its own.
    """
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little", signed=True)


def _product_code(typing_context: Any, left: Any, right: Any) -> Any:
    """Tell numba the machine code of a 128-bit product, as its upper and lower 64 bits."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word, wide = ir.IntType(64), ir.IntType(128)
        left_factor, right_factor = (builder.zext(argument, wide) for argument in arguments)
        product = builder.mul(left_factor, right_factor)
        upper = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), word)
        lower = builder.trunc(product, word)
        return context.make_tuple(builder, signature.return_type, (upper, lower))

    word = _NUMBA.types.uint64
    return _NUMBA.types.UniTuple(word, 2)(word, word), generate


_product: Any = intrinsic(_product_code)


@rule
def philox_compiled(
    word_0: int, word_1: int, word_2: int, word_3: int, key_0: int, key_1: int
) -> Words:
    """Philox4x64-10 of a counter of four words and a key of two, in machine integers."""
    words: Any = np.uint64(word_0), np.uint64(word_1), np.uint64(word_2), np.uint64(word_3)
    c0, c1, c2, c3 = words
    k0, k1 = np.uint64(key_0), np.uint64(key_1)
    for _ in range(_ROUNDS):
        high_0, low_0 = _product(_MULTIPLIER_0, c0)
        high_1, low_1 = _product(_MULTIPLIER_1, c2)
        c0, c1, c2, c3 = high_1 ^ c1 ^ k0, low_1, high_0 ^ c3 ^ k1, low_0
        k0, k1 = k0 + _WEYL_0, k1 + _WEYL_1
    return c0, c1, c2, c3


def philox_in_integers(
    word_0: int, word_1: int, word_2: int, word_3: int, key_0: int, key_1: int
) -> Words:
    """Philox4x64-10 of a counter of four words and a key of two, in Python integers."""
    mask = 2**64 - 1
    multiplier_0, multiplier_1 = int(_MULTIPLIER_0), int(_MULTIPLIER_1)
    weyl_0, weyl_1 = int(_WEYL_0), int(_WEYL_1)
    c0, c1, c2, c3 = word_0 & mask, word_1 & mask, word_2 & mask, word_3 & mask
    k0, k1 = key_0 & mask, key_1 & mask
    for _ in range(_ROUNDS):
        product_0, product_1 = multiplier_0 * c0, multiplier_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> 64) ^ c1 ^ k0,
            product_1 & mask,
            (product_0 >> 64) ^ c3 ^ k1,
            product_0 & mask,
        )
        k0, k1 = (k0 + weyl_0) & mask, (k1 + weyl_1) & mask
    return c0, c1, c2, c3


philox = philox_in_integers if _NUMBA.config.DISABLE_JIT else philox_compiled


@rule
def _between_0_and_1(word: int) -> float:
    """Place a 64-bit word at the middle of one of 2**52 equal steps, so never at 0 or 1."""
    return (float(word >> _DROPPED_BITS) + 0.5) * _STEP


@rule
def block(
    seed: int,
    replication: int,
    origin: int,
    day: int,
    ordinal: int,
    attempt: int,
    leg: int,
    block: int,
) -> tuple[float, float, float, float]:
    """Draw the uniforms of the four purposes 4 x block to 4 x block + 3, each in (0, 1)."""
    word_0, word_1, word_2, word_3 = philox(
        origin, (day << 32) | ordinal, (attempt << 8) | leg, block, seed, replication
    )
    return (
        _between_0_and_1(word_0),
        _between_0_and_1(word_1),
        _between_0_and_1(word_2),
        _between_0_and_1(word_3),
    )


@rule
def uniform(
    seed: int,
    replication: int,
    origin: int,
    day: int,
    ordinal: int,
    attempt: int,
    leg: int,
    purpose: int,
) -> float:
    """Draw the one uniform in (0, 1) that belongs to this purpose."""
    draw_0, draw_1, draw_2, draw_3 = block(
        seed, replication, origin, day, ordinal, attempt, leg, purpose // 4
    )
    lane = purpose % 4
    if lane == 0:
        return draw_0
    if lane == 1:
        return draw_1
    if lane == 2:
        return draw_2
    return draw_3
