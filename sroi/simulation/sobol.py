"""Scrambled Sobol points, a row per dimension, that can be entered anywhere (method § 8).

The points are SciPy's own (`scipy.stats.qmc.Sobol`, a random linear scramble and a random shift), in its order, each in
the middle of its cell of 2⁻³², so never 0. Point n is the shift and, by exclusive or, the directions of the bits set in
n's Gray code, n xor n/2. Both are read off a few of SciPy's points; then any point is two table entries, one of the
high bits of n and one of the low ones, which is quicker than drawing a random number, and lies along the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.simulation.families import Array

BITS = 32
MOST_DIMENSIONS = 21_201
"""The most numbers that SciPy's directions serve."""
Words = NDArray[np.uint32]


@dataclass(frozen=True)
class Scramble:
    """One scramble of 2^log2 points."""

    seed: int
    replicate: int
    dimensions: int
    log2: int


@lru_cache(maxsize=32)
def _tables(scramble: Scramble) -> tuple[Words, Words]:
    """The part of the high bits, shift and all, (dimension, high), and that of the low bits, (dimension, low)."""
    from scipy.stats import qmc

    source = np.random.default_rng(np.random.SeedSequence([scramble.seed, scramble.replicate]))
    engine = qmc.Sobol(scramble.dimensions, scramble=True, bits=BITS, seed=source)
    shift = _next(engine)
    log2 = scramble.log2
    directions = np.empty((scramble.dimensions, log2), dtype=np.uint32)
    before = shift
    for bit in range(log2):  # from point 2^bit - 1 to the next, it is that bit of the Gray code that changes
        if bit > 1:
            engine.fast_forward(2**bit - 1 - engine.num_generated)
            before = _next(engine)
        after = _next(engine)
        directions[:, bit] = before ^ after
        before = after
    low = (log2 + 1) // 2
    high = _gray(directions[:, low:])
    if low:  # an odd number of blocks before a point sets the highest of the low bits of its Gray code
        high[:, 1::2] ^= directions[:, low - 1 : low]
    return high ^ shift[:, None], _gray(directions[:, :low])


def _next(engine: Any) -> Words:
    """The next point, as whole numbers of cells."""
    return np.asarray(np.rint(engine.random(1)[0] * 2.0**BITS), dtype=np.uint32)


def _gray(directions: Words) -> Words:
    """The exclusive or of the directions of the bits set in the Gray code of 0, 1, 2 and so on."""
    found = np.zeros((len(directions), 1), dtype=np.uint32)
    for bit in range(directions.shape[1]):
        found = np.concatenate([found, found[:, ::-1] ^ directions[:, bit : bit + 1]], axis=1)
    return found


def points(scramble: Scramble, rows: Sequence[int], start: int, stop: int, out: Array) -> None:
    """Writes points `start` up to `stop` of the dimensions asked for: (row, point)."""
    high, low = _tables(scramble)
    size = low.shape[1]
    first, last = start // size, -(-stop // size)
    cut = slice(start - first * size, stop - first * size)
    for row, dimension in zip(out, rows, strict=True):
        words = high[dimension, first:last, None] ^ low[dimension]
        np.add(words.reshape(-1)[cut], 0.5, out=row)
        np.multiply(row, 2.0**-BITS, out=row)
