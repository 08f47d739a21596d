"""Plain and Latin hypercube draws: one stream of random numbers per ref, which can be entered anywhere (method § 8).

A stream is PCG64, seeded from the seed and the ref's own bytes, so that it is the same whatever other refs there are,
and whatever the order of rows. In a Latin hypercube each of N equal strata of every number has one draw: which one is
told by a permutation that is computed at any place without being held, a keyed mixing of bits which goes on until it
falls below N.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sroi.simulation.families import Array

LEAST = 2.0**-54
"""Uniforms lie strictly between 0 and 1: an exact 0 is this."""
MOST = 1.0 - 2.0**-53
"""The greatest number below 1."""
ROUNDS = 5
"""Rounds of mixing, each an odd multiple, a shift and a sum."""


def _entropy(seed: int, ref: str, purpose: int) -> np.random.SeedSequence:
    name = int.from_bytes(hashlib.sha256(ref.encode()).digest()[:16], "little")
    return np.random.SeedSequence([seed, name, purpose])


@lru_cache(maxsize=65_536)
def _state(seed: int, ref: str) -> tuple[int, int]:
    """Where a ref's stream begins."""
    state: Any = np.random.PCG64(_entropy(seed, ref, 0)).state["state"]
    return state["state"], state["inc"]


@lru_cache(maxsize=65_536)
def _keys(seed: int, ref: str) -> tuple[tuple[int, int], ...]:
    """An odd factor and a summand for each round of a ref's permutation."""
    words = _entropy(seed, ref, 1).generate_state(2 * ROUNDS).tolist()
    return tuple((a | 1, b) for a, b in zip(words[::2], words[1::2], strict=True))


def streams(seed: int, refs: tuple[str, ...], start: int, stop: int) -> Array:
    """The numbers of each ref's stream from `start` up to `stop`, strictly between 0 and 1: (ref, draw)."""
    found = np.empty((len(refs), stop - start))
    bits = np.random.PCG64(0)
    generator = np.random.Generator(bits)
    for row, ref in zip(found, refs, strict=True):
        state, inc = _state(seed, ref)
        bits.state = {
            "bit_generator": "PCG64",
            "state": {"state": state, "inc": inc},
            "has_uint32": 0,
            "uinteger": 0,
        }
        bits.advance(start)
        generator.random(out=row)
        np.maximum(row, LEAST, out=row)
    return found


def hypercube(seed: int, refs: tuple[str, ...], draws: int, start: int, stop: int) -> Array:
    """A Latin hypercube of so many draws, from `start` up to `stop`: (stratum + a random share of it) / draws."""
    found = streams(seed, refs, start, stop)
    places = np.arange(start, stop, dtype=np.uint32)
    for row, ref in zip(found, refs, strict=True):
        np.add(row, permuted(places, draws, _keys(seed, ref)), out=row)
        np.divide(row, draws, out=row)
        np.clip(row, LEAST, MOST, out=row)
    return found


def permuted(places: NDArray[np.uint32], size: int, keys: tuple[tuple[int, int], ...]) -> NDArray[np.uint32]:
    """Where a permutation of 0 to size - 1 sends each place.

    >>> sorted(permuted(np.arange(5, dtype=np.uint32), 5, ((3, 1), (5, 2))).tolist())
    [0, 1, 2, 3, 4]
    """
    bits = max(1, (size - 1).bit_length())
    found = _mixed(places, bits, keys)
    beyond = np.flatnonzero(found >= size)
    while beyond.size:
        found[beyond] = _mixed(found[beyond], bits, keys)
        beyond = beyond[found[beyond] >= size]
    return found


def _mixed(x: NDArray[np.uint32], bits: int, keys: tuple[tuple[int, int], ...]) -> NDArray[np.uint32]:
    """A permutation of all numbers of so many bits."""
    mask, shift = np.uint32(2**bits - 1), np.uint32(max(1, (bits + 1) // 2))
    x = x.copy()
    for factor, summand in keys:
        np.multiply(x, np.uint32(factor), out=x)
        np.add(x, np.uint32(summand), out=x)
        np.bitwise_and(x, mask, out=x)
        np.bitwise_xor(x, x >> shift, out=x)
    return x
