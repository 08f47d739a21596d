"""From a central value, its low and its high to a family of distributions (format.md, *ranges*).

============  ===================================================================================================
pert,         the central value is the mode; the ends are low and high, or solved so that low and high are the
triangular    interval's percentiles
uniform       between low and high
normal        the central value is the mean; standard deviation = (high - low) / (2 z)
lognormal     the central value is the median; the same of the logarithms
beta, gamma   the central value is the mean; the widest that has the interval's probability between low and high.
              Two percentiles and a mean are one condition too many for them: where an end of its middle 90 % or 95 %
              is then more than a fifth of the width from the one stated, there is no such distribution
============  ===================================================================================================

z is Φ⁻¹(0.95) or Φ⁻¹(0.975). A whole number is drawn from the shape stretched by ½ at each end, and rounded. Natural
parameters are the distribution as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import special

from sroi.model.ranges import Range
from sroi.simulation.families import Beta, Family, Gamma, Lognormal, Normal, Triangular, Uniform, pert

HELD = {"limits": 1.0, "90%": 0.9, "95%": 0.95}
"""The probability between low and high."""
APART = 0.2
"""How far from the ends stated those of a beta or gamma may be, as a share of the width."""


class ImpossibleError(ValueError):
    """No distribution of the shape has such an interval; `ends` are those of the nearest, if there is one."""

    def __init__(self, ends: tuple[float, float] | None = None) -> None:
        self.ends = ends
        super().__init__(ends)


def fitted(row: Range, central: float, whole: bool) -> Family:
    """The distribution that a range describes, before its field's bounds; not of a discrete one.

    Raises `ImpossibleError`.
    """
    natural = _natural(row)
    if natural is not None:
        return natural
    low, high = row.low or 0.0, row.high or 0.0
    if whole:
        low, high = low - 0.5, high + 0.5
    tail = (1 - HELD[row.interval]) / 2
    if row.shape == "uniform":
        return Uniform(low, high)
    if row.shape == "triangular":
        return _triangular(low, central, high, tail)
    if row.shape == "pert":
        return _pert(low, central, high, tail)
    z = float(special.ndtri(1 - tail))
    if row.shape == "normal":
        return Normal(central, (high - low) / (2 * z))
    if row.shape == "lognormal":
        return Lognormal(math.log(central), math.log(high / low) / (2 * z))
    return _by_mean(row.shape, low, central, high, tail)


def _natural(row: Range) -> Family | None:
    """The family by its natural parameters, if they are what the range states."""
    if row.mean is not None and row.sd is not None:
        return Normal(row.mean, row.sd)
    if row.mu is not None and row.sigma is not None:
        return Lognormal(row.mu, row.sigma)
    if row.alpha is not None and row.beta is not None:
        return Beta(row.alpha, row.beta)
    if row.alpha is not None and row.scale is not None:
        return Gamma(row.alpha, row.scale)
    return None


def root(f: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that is below 0 at `low` and above it at `high` crosses, to the last digits, by bisection.

    >>> round(root(lambda x: x * x - 2, 0, 2), 12)
    1.414213562373
    """
    for _ in range(80):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


def _triangular(low: float, mode: float, high: float, tail: float) -> Triangular:
    """Ends such that low and high are the percentiles.

    With the mode at a share s of the width w, its percentiles lie w (s - √(tail s)) below and w ((1-s) - √(tail (1-s)))
    above it: the ratio of the two gives s, between tail and 1 - tail, and their sum then gives w.
    """
    if tail == 0:
        return Triangular(low, mode, high)
    place = (mode - low) / (high - low)

    def sides(s: float) -> tuple[float, float]:
        return s - math.sqrt(tail * s), (1 - s) - math.sqrt(tail * (1 - s))

    def off(s: float) -> float:
        left, right = sides(s)
        return left * (1 - place) - right * place

    s = root(off, tail, 1 - tail)
    width = (high - low) / sum(sides(s))
    return Triangular(mode - s * width, mode, mode + (1 - s) * width)


def _pert(low: float, mode: float, high: float, tail: float) -> Beta:
    """Ends such that low and high are the percentiles: the mode's place between these grows with its place s between
    the ends, from below 0 to above 1."""
    if tail == 0:
        return pert(low, mode, high)
    place = (mode - low) / (high - low)

    def sides(s: float) -> tuple[float, float]:
        a, b = 1 + 4 * s, 5 - 4 * s
        return s - float(special.betaincinv(a, b, tail)), (1 - s) - float(special.betaincinv(b, a, tail))

    def off(s: float) -> float:
        left, right = sides(s)
        return left * (1 - place) - right * place

    s = root(off, 0.0, 1.0)
    width = (high - low) / sum(sides(s))
    return pert(mode - s * width, mode, mode + (1 - s) * width)


def _by_mean(shape: str, low: float, mean: float, high: float, tail: float) -> Family:
    """The widest beta, or gamma, of that mean which has the interval's probability between low and high."""
    if shape == "beta" and not (0 < low and high < 1):
        raise ImpossibleError

    def made(size: float) -> Family:
        if shape == "beta":
            return Beta(mean * math.exp(size), (1 - mean) * math.exp(size))
        return Gamma(math.exp(size), mean / math.exp(size))

    def off(size: float) -> float:
        return made(size).between(low, high) - (1 - 2 * tail)

    sizes = np.linspace(-5.0, 30.0, 141)
    each = np.exp(sizes)
    if shape == "beta":
        held = special.betainc(mean * each, (1 - mean) * each, [[high], [low]])
    else:
        held = special.gammainc(each, each * (np.array([[high], [max(low, 0.0)]]) / mean))
    short = held[0] - held[1] < 1 - 2 * tail
    steps = np.flatnonzero(short[:-1] & ~short[1:])
    if not steps.size:
        raise ImpossibleError
    family = made(root(off, float(sizes[steps[0]]), float(sizes[steps[0] + 1])))
    ends = float(family.lower(tail)), float(family.upper(tail))
    if max(abs(ends[0] - low), abs(ends[1] - high)) > APART * (high - low):
        raise ImpossibleError(ends)
    return family
