"""The families of distributions that a range can be of: probabilities, inverses and moments (method § 8).

Each is the distribution before its field's bounds are laid on it. Tails are kept apart, as `below` and `above`, since
one less a number near 1 has no digits left. Closed forms throughout; the special functions are SciPy's.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
ROOT = math.sqrt(2 * math.pi)


class Family(ABC):
    """A continuous distribution. Arguments and results are numbers or arrays, in the field's own unit."""

    low: float
    """The least value; -inf where there is none."""
    high: float
    """The greatest value; inf where there is none."""

    @abstractmethod
    def below(self, x: Any) -> Any:
        """P(X < x)."""

    @abstractmethod
    def above(self, x: Any) -> Any:
        """P(X > x)."""

    @abstractmethod
    def lower(self, p: Any) -> Any:
        """The x with P(X < x) = p."""

    @abstractmethod
    def upper(self, q: Any) -> Any:
        """The x with P(X > x) = q."""

    @abstractmethod
    def moments(self, a: float, b: float) -> tuple[float, float]:
        """Mean and variance, given that X lies between a and b."""

    def between(self, a: float, b: float) -> float:
        """P(a < X < b), from whichever tails are the smaller."""
        if self.below(a) > 0.5:
            return float(self.above(a) - self.above(b))
        return float(1.0 - self.below(a) - self.above(b) if self.below(b) > 0.5 else self.below(b) - self.below(a))

    def at(self, p: Any, q: Any) -> Any:
        """The x with P(X < x) = p and P(X > x) = q, where p + q = 1, by the smaller of the two."""
        p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
        left = p <= q
        if left.all():
            return self.lower(p)
        found = np.empty(p.shape)
        found[left] = self.lower(p[left])
        found[~left] = self.upper(q[~left])
        return found


class Slow(Family):
    """A family whose inverse costs some hundred times as much as reading it off a table."""

    @abstractmethod
    def density(self, x: Any) -> Any:
        """The density at x."""


@dataclass(frozen=True)
class Normal(Family):
    """Normal of a mean and a standard deviation.

    >>> round(float(Normal(10, 2).upper(0.05)), 3)
    13.29
    """

    mean: float
    sd: float

    low = -math.inf
    high = math.inf

    def below(self, x: Any) -> Any:
        """Φ(z)."""
        return special.ndtr((x - self.mean) / self.sd)

    def above(self, x: Any) -> Any:
        """Φ(-z)."""
        return special.ndtr((self.mean - x) / self.sd)

    def lower(self, p: Any) -> Any:
        """Mean + sd · Φ⁻¹(p)."""
        return self.mean + self.sd * special.ndtri(p)

    def upper(self, q: Any) -> Any:
        """Mean - sd · Φ⁻¹(q)."""
        return self.mean - self.sd * special.ndtri(q)

    def moments(self, a: float, b: float) -> tuple[float, float]:
        """Of the truncated normal: from the densities at the two ends."""
        z = self.between(a, b)
        ends = [((x - self.mean) / self.sd) for x in (a, b)]
        first = [math.exp(-0.5 * x * x) / ROOT for x in ends]
        second = [x * f if math.isfinite(x) else 0.0 for x, f in zip(ends, first, strict=True)]
        shift = (first[0] - first[1]) / z
        return self.mean + self.sd * shift, self.sd**2 * (1 + (second[0] - second[1]) / z - shift**2)


@dataclass(frozen=True)
class Lognormal(Family):
    """Lognormal: the logarithm is normal of mean `mu` and standard deviation `sigma`.

    >>> round(float(Lognormal(0, 1).lower(0.5)), 3)
    1.0
    """

    mu: float
    sigma: float

    low = 0.0
    high = math.inf

    def _z(self, x: Any) -> Any:
        with np.errstate(divide="ignore"):
            return (np.log(np.maximum(x, 0.0)) - self.mu) / self.sigma

    def below(self, x: Any) -> Any:
        """Φ of the standardised logarithm."""
        return special.ndtr(self._z(x))

    def above(self, x: Any) -> Any:
        """Φ of its negative."""
        return special.ndtr(-self._z(x))

    def lower(self, p: Any) -> Any:
        """exp(mu + sigma · Φ⁻¹(p))."""
        return np.exp(self.mu + self.sigma * special.ndtri(p))

    def upper(self, q: Any) -> Any:
        """exp(mu - sigma · Φ⁻¹(q))."""
        return np.exp(self.mu - self.sigma * special.ndtri(q))

    def moments(self, a: float, b: float) -> tuple[float, float]:
        """The r-th moment is exp(r mu + r² sigma² / 2) times the share of a lognormal shifted by r sigma²."""
        mean = math.exp(self.mu + self.sigma**2 / 2)
        if a <= 0 and b == math.inf:
            return mean, mean**2 * math.expm1(self.sigma**2)
        z = self.between(a, b)
        first, second = (Lognormal(self.mu + r * self.sigma**2, self.sigma).between(a, b) / z for r in (1, 2))
        return mean * first, mean**2 * (math.exp(self.sigma**2) * second - first**2)


@dataclass(frozen=True)
class Gamma(Slow):
    """Gamma of shape `alpha` and `scale`: its mean is their product.

    >>> Gamma(4, 25).moments(0, math.inf)
    (100, 2500)
    """

    alpha: float
    scale: float

    low = 0.0
    high = math.inf

    def below(self, x: Any) -> Any:
        """The regularised lower incomplete gamma function."""
        return special.gammainc(self.alpha, np.maximum(x, 0.0) / self.scale)

    def above(self, x: Any) -> Any:
        """The regularised upper incomplete gamma function."""
        return special.gammaincc(self.alpha, np.maximum(x, 0.0) / self.scale)

    def lower(self, p: Any) -> Any:
        """Its inverse."""
        return self.scale * special.gammaincinv(self.alpha, p)

    def upper(self, q: Any) -> Any:
        """Its inverse."""
        return self.scale * special.gammainccinv(self.alpha, q)

    def density(self, x: Any) -> Any:
        """x^(alpha-1) exp(-x/scale), normed."""
        x = x / self.scale
        return np.exp(special.xlogy(self.alpha - 1, x) - x - special.gammaln(self.alpha)) / self.scale

    def moments(self, a: float, b: float) -> tuple[float, float]:
        """The r-th moment is that of the whole times the share of a gamma of shape alpha + r."""
        mean, var = self.alpha * self.scale, self.alpha * self.scale**2
        if a <= 0 and b == math.inf:
            return mean, var
        z = self.between(a, b)
        first, second = (Gamma(self.alpha + r, self.scale).between(a, b) / z for r in (1, 2))
        return mean * first, (var + mean**2) * second - (mean * first) ** 2


@dataclass(frozen=True)
class Beta(Slow):
    """Beta of `alpha` and `beta` between two ends; a pert is one (`pert`).

    >>> Beta(2, 2, 0, 10).moments(0, 10)
    (5.0, 5.0)
    """

    alpha: float
    beta: float
    low: float = 0.0
    high: float = 1.0

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low

    def below(self, x: Any) -> Any:
        """The regularised incomplete beta function."""
        return special.betainc(self.alpha, self.beta, np.clip((x - self.low) / self.width, 0.0, 1.0))

    def above(self, x: Any) -> Any:
        """The same from the other end."""
        return special.betainc(self.beta, self.alpha, np.clip((self.high - x) / self.width, 0.0, 1.0))

    def lower(self, p: Any) -> Any:
        """Its inverse."""
        return self.low + self.width * special.betaincinv(self.alpha, self.beta, p)

    def upper(self, q: Any) -> Any:
        """Its inverse."""
        return self.high - self.width * special.betaincinv(self.beta, self.alpha, q)

    def density(self, x: Any) -> Any:
        """y^(alpha-1) (1-y)^(beta-1), normed."""
        y, rest = (x - self.low) / self.width, (self.high - x) / self.width
        power = special.xlogy(self.alpha - 1, y) + special.xlogy(self.beta - 1, rest)
        return np.exp(power - special.betaln(self.alpha, self.beta)) / self.width

    def moments(self, a: float, b: float) -> tuple[float, float]:
        """The r-th moment is that of the whole times the share of a beta of alpha + r."""
        total = self.alpha + self.beta
        mean = self.alpha / total
        var = mean * self.beta / total / (total + 1)
        if a > self.low or b < self.high:
            z = self.between(a, b)
            first, second = (Beta(self.alpha + r, self.beta, self.low, self.high).between(a, b) / z for r in (1, 2))
            mean, var = mean * first, (var + mean**2) * second - (mean * first) ** 2
        return self.low + self.width * mean, self.width**2 * var


def pert(low: float, mode: float, high: float) -> Beta:
    """Pert: a beta of alpha = 1 + 4 (mode - low) / (high - low), and beta = 6 - alpha.

    >>> round(pert(0, 25, 100).moments(0, 100)[0], 9)  # (0 + 4 × 25 + 100) / 6
    33.333333333
    """
    place = (mode - low) / (high - low)
    return Beta(1 + 4 * place, 1 + 4 * (1 - place), low, high)


@dataclass(frozen=True)
class Triangular(Family):
    """Triangular: ends and mode.

    >>> float(Triangular(0, 5, 10).below(2.5)), Triangular(0, 3, 9).moments(0, 9)
    (0.125, (4.0, 3.5))
    """

    low: float
    mode: float
    high: float

    @property
    def rise(self) -> float:
        """From the low end to the mode."""
        return self.mode - self.low

    @property
    def fall(self) -> float:
        """From the mode to the high end."""
        return self.high - self.mode

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low

    def below(self, x: Any) -> Any:
        """(x - low)² / (width · rise), up to the mode."""
        left, right = self._shares(x)
        return np.where(x <= self.mode, left, 1.0 - right)

    def above(self, x: Any) -> Any:
        """(high - x)² / (width · fall), from the mode on."""
        left, right = self._shares(x)
        return np.where(x <= self.mode, 1.0 - left, right)

    def _shares(self, x: Any) -> tuple[Any, Any]:
        """What lies below x, where that is left of the mode; and above it, where that is right of it."""
        x = np.clip(x, self.low, self.high)
        left = (x - self.low) ** 2 / (self.width * (self.rise or 1.0))
        return left, (self.high - x) ** 2 / (self.width * (self.fall or 1.0))

    def lower(self, p: Any) -> Any:
        """mode + min(√(p · width · rise) - rise, 0) + max(fall - √((1-p) · width · fall), 0)."""
        return self.at(p, 1.0 - np.asarray(p))

    def upper(self, q: Any) -> Any:
        """The same from the other end."""
        return self.at(1.0 - np.asarray(q), q)

    def at(self, p: Any, q: Any) -> Any:
        """Both halves at once: each is nothing where the other counts."""
        left = np.minimum(np.sqrt(np.asarray(p) * (self.width * self.rise)) - self.rise, 0.0)
        right = np.maximum(self.fall - np.sqrt(np.asarray(q) * (self.width * self.fall)), 0.0)
        return self.mode + left + right

    def moments(self, a: float, b: float) -> tuple[float, float]:
        """From the integrals of y^r about the mode, whose density is a line on either side."""
        a, b = max(a, self.low), min(b, self.high)
        sums = [0.0, 0.0, 0.0]
        for slope, start, end, sign in (
            (self.rise, max(self.mode - b, 0.0), self.mode - a, -1.0),
            (self.fall, max(a - self.mode, 0.0), b - self.mode, 1.0),
        ):
            if slope <= 0 or end <= start:
                continue
            for r in range(3):  # the density at a distance y from the mode is 2 (slope - y) / (width slope)
                whole = [slope * y ** (r + 1) / (r + 1) - y ** (r + 2) / (r + 2) for y in (start, end)]
                sums[r] += sign**r * 2 * (whole[1] - whole[0]) / (self.width * slope)
        first = sums[1] / sums[0]
        return self.mode + first, sums[2] / sums[0] - first**2


@dataclass(frozen=True)
class Uniform(Family):
    """Uniform between two ends.

    >>> Uniform(0, 6).moments(-1, 6)
    (3.0, 3.0)
    """

    low: float
    high: float

    def below(self, x: Any) -> Any:
        """(x - low) / width."""
        return np.clip((x - self.low) / (self.high - self.low), 0.0, 1.0)

    def above(self, x: Any) -> Any:
        """(high - x) / width."""
        return np.clip((self.high - x) / (self.high - self.low), 0.0, 1.0)

    def lower(self, p: Any) -> Any:
        """Low + p · width."""
        return self.low + p * (self.high - self.low)

    def upper(self, q: Any) -> Any:
        """High - q · width."""
        return self.high - q * (self.high - self.low)

    def moments(self, a: float, b: float) -> tuple[float, float]:
        """The middle, and width² / 12."""
        a, b = max(a, self.low), min(b, self.high)
        return (a + b) / 2, (b - a) ** 2 / 12
