"""Quantile functions that are quick enough for a hundred numbers and a hundred thousand draws (method § 8).

A slow inverse is read off a table of 2,048 cells, equal steps of √u - √(1 - u), so that they lie close together at both
ends. Only subtraction, square root and multiplication find the cell, which every machine rounds alike, so a table's
reading never falls as u rises, to the last bit. The nodes themselves are exact near the ends; elsewhere they are cubic
Hermite between exact nodes, with the exact slope, 1 / density. In the last cells of either
tail, 6 draws in 100,000 (5 in 10,000 where the inverse is quick), the inverse itself is asked.

Measured against SciPy (in `tests/simulation/test_distributions.py`): off by less than 0.006 standard
deviations at every quantile from 1e-7 to 1 - 1e-7 (a gamma of shape 0.3; a pert 0.0002), by less than 0.0001 between
1 % and 99 %; means by less than 1e-5 standard deviations, and standard deviations by less than 5e-5 of themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sroi.simulation.families import Array, Family, Slow, Triangular, Uniform

BLOCK = 16384
"""Values at a time, so that the steps in between stay in the processor's cache."""
HALF = 1024
"""Cells on either side of the median."""
TAIL = 8
"""Cells at each end that are not read off: some 0.00006 of probability."""
QUICK_TAIL = 24
"""Those of a family whose inverse is quick: some 0.0005."""
Step = Callable[[Array, Array], None]
"""Writes the quantiles of a block of uniforms."""


@dataclass(frozen=True)
class Within:
    """A family within its field's bounds: what is left, and what was cut off at either end."""

    family: Family
    low: float
    high: float
    """The bounds, or the family's own ends where those are narrower."""
    below: float
    above: float
    left: float
    """The probability within the bounds."""

    def at(self, p: Array, q: Array) -> Array:
        """The exact quantile, where p + q = 1 and both are of what is left."""
        found = self.family.at(self.below + p * self.left, self.above + q * self.left)
        return np.asarray(np.minimum(np.maximum(found, self.low), self.high))


@dataclass(frozen=True)
class Listed:
    """Values in ascending order, and the chance of each; the chances sum to 1."""

    values: tuple[float, ...]
    chances: tuple[float, ...]


def within(family: Family, low: float, high: float) -> Within:
    """A family within bounds."""
    low, high = max(low, family.low), min(high, family.high)
    left = family.between(low, high) if low < high else 0.0
    return Within(family, low, high, float(family.below(low)), float(family.above(high)), left)


def blocks(u: Array, step: Step) -> Array:
    """The quantiles of uniforms of any shape, a block at a time."""
    flat = np.ascontiguousarray(u, dtype=np.float64).reshape(-1)
    found = np.empty_like(flat)
    for start in range(0, flat.size, BLOCK):
        step(flat[start : start + BLOCK], found[start : start + BLOCK])
    return found.reshape(np.shape(u))


@lru_cache(maxsize=1024)
def quantile_of(part: Within | Listed) -> Step:
    """The quickest way to the quantiles of a family within bounds, or of a list of values."""
    if isinstance(part, Listed):
        return _listed(np.array(part.values), np.array(part.chances))
    if isinstance(part.family, Uniform):
        return _uniform(part.low, part.high)
    if isinstance(part.family, Triangular):
        return _triangular(part, part.family)
    return _table(part)


def _uniform(low: float, high: float) -> Step:
    def step(u: Array, out: Array) -> None:
        np.multiply(u, high - low, out=out)
        np.add(out, low, out=out)

    return step


def _triangular(part: Within, family: Triangular) -> Step:
    rise, fall, width = family.rise, family.fall, family.width

    def step(u: Array, out: Array) -> None:
        """`Triangular.at`, in place."""
        work = np.multiply(u, part.left * width * rise)
        np.add(work, part.below * width * rise, out=work)
        np.sqrt(work, out=work)
        np.subtract(work, rise, out=work)
        np.minimum(work, 0.0, out=work)
        np.subtract(1.0, u, out=out)
        np.multiply(out, part.left * width * fall, out=out)
        np.add(out, part.above * width * fall, out=out)
        np.sqrt(out, out=out)
        np.subtract(fall, out, out=out)
        np.maximum(out, 0.0, out=out)
        np.add(out, work, out=out)
        np.add(out, family.mode, out=out)

    return step


def _table(part: Within) -> Step:
    start, rise = _nodes(part)
    last = 1 - (TAIL if isinstance(part.family, Slow) else QUICK_TAIL) / HALF

    def step(u: Array, out: Array) -> None:
        cell = np.subtract(1.0, u)
        np.sqrt(cell, out=cell)
        work = np.sqrt(u)
        np.subtract(work, cell, out=cell)
        np.abs(cell, out=work)
        ends = (work > last).nonzero()[0]
        np.multiply(cell, HALF, out=cell)
        np.add(cell, HALF, out=cell)
        index = cell.astype(np.intp)
        np.floor(cell, out=work)
        np.subtract(cell, work, out=cell)
        np.take(rise, index, out=work, mode="clip")
        np.multiply(work, cell, out=work)
        np.take(start, index, out=out, mode="clip")
        np.add(out, work, out=out)
        if ends.size:
            rare = u[ends]
            out[ends] = part.at(rare, 1.0 - rare)

    return step


@lru_cache(maxsize=1)
def _coarse() -> NDArray[np.intp]:
    """Nodes whose quantile is asked: at every cell near the ends, ever fewer towards the middle."""
    sizes = (2, 4, 8, 16, 32, 64)
    half = np.concatenate([np.arange(17), *(np.arange(9 * size, 16 * size + 1, size) for size in sizes)])
    return np.concatenate([half, 2 * HALF - half[-2::-1]])


def _chances(at: NDArray[np.intp]) -> tuple[Array, Array]:
    """The probabilities below and above where a cell begins: √p - √(1-p) = y, from -1 to 1 in equal steps.

    With √p = sin θ, y is √2 sin(θ - π/4), and so 2p = 1 + y √(2 - y²); of the smaller, what is left after (1 - y²)².
    """
    y = at / HALF - 1
    root = np.abs(y) * np.sqrt(2 - y**2)
    less = (1 - y**2) ** 2 / (2 * (1 + root))
    return np.where(y < 0, less, 1 - less), np.where(y < 0, 1 - less, less)


def _nodes(part: Within) -> tuple[Array, Array]:
    """Where each cell begins, and how much it rises."""
    family = part.family
    at = _coarse() if isinstance(family, Slow) else np.arange(2 * HALF + 1)
    exact = part.at(*_chances(at))
    exact[0] = exact[0] if math.isfinite(exact[0]) else exact[1]  # never read off
    exact[-1] = exact[-1] if math.isfinite(exact[-1]) else exact[-2]
    nodes = _hermite(part, family, exact) if isinstance(family, Slow) else exact
    nodes = np.maximum.accumulate(nodes)
    start, rise = nodes[:-1].copy(), np.diff(nodes)
    for _ in range(4):  # a cell ends no higher than the next begins, however it is rounded
        rise = np.where(start + rise > nodes[1:], np.nextafter(rise, 0.0), rise)
    start.flags.writeable = rise.flags.writeable = False
    return start, rise


def _hermite(part: Within, family: Slow, exact: Array) -> Array:
    """Every node, from exact ones and their slopes, which are held to where a cubic cannot overshoot."""
    at = _coarse()
    secant = np.diff(exact) / np.diff(at)
    with np.errstate(all="ignore"):
        p, q = _chances(at)
        speed = 2 / HALF / (1 / np.sqrt(p) + 1 / np.sqrt(q))  # how fast the probability grows with the cell
        slope = np.nan_to_num(speed * part.left / family.density(exact), nan=0.0, posinf=np.inf)
    limit = 3 * np.minimum(np.append(secant, secant[-1]), np.append(secant[0], secant))
    slope = np.clip(slope, 0.0, limit)
    cell, start, end, start_slope, end_slope = _cubic()
    return np.asarray(
        exact[cell] * start + exact[cell + 1] * end + slope[cell] * start_slope + slope[cell + 1] * end_slope
    )


@lru_cache(maxsize=1)
def _cubic() -> tuple[NDArray[np.intp], Array, Array, Array, Array]:
    """Of every node, the coarse cell it is in and the four weights of its cubic."""
    at, fine = _coarse(), np.arange(2 * HALF + 1)
    cell = np.minimum(np.searchsorted(at, fine, side="right") - 1, len(at) - 2)
    h = np.diff(at)[cell]
    t = (fine - at[cell]) / h
    away = 1 - t
    return cell, (1 + 2 * t) * away**2, (3 - 2 * t) * t**2, h * t * away**2, -h * t**2 * away


GUIDES = 4096
"""Cells of [0, 1] that say where in a list of values to begin looking."""


def _listed(values: Array, chances: Array) -> Step:
    """The least value whose cumulated chance reaches u."""
    total = np.cumsum(chances)[:-1]
    first = np.searchsorted(total, np.arange(GUIDES) / GUIDES)
    last = np.searchsorted(total, np.arange(1, GUIDES + 1) / GUIDES)
    most = int(np.max(last - first))
    padded = np.append(total, np.inf)

    def step(u: Array, out: Array) -> None:
        if most > 4:
            np.take(values, np.searchsorted(total, u), out=out, mode="clip")
            return
        np.multiply(u, GUIDES, out=out)
        index = np.take(first, out.astype(np.intp), mode="clip")
        for _ in range(most):
            np.take(padded, index, out=out, mode="clip")
            index += u > out
        np.take(values, index, out=out, mode="clip")

    return step
