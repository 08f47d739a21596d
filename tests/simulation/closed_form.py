"""What the draws of `benchmarks.uncertain` tend to: means and standard deviations without a draw.

Written from method §§ 1, 4, 5 and 8 in plain Python, without looking at the engine. Every number of that case is
independent of every other, so that the moments of a product are products of moments, and the variance of a sum is the
sum of variances. One outcome, of yearly referrals `R` that never change, is worth

    V = R × baseline × effect × (1-deadweight) × (1-attribution) × amount × G

`G` being its discounted years in force per person referred a year: with `kept = 1 - drop_off`, lag `L`, duration `D`,

    G = Σ_t d[t] Σ_a kept^a, for 0 ≤ a < D and a ≤ t-L
      = Σ_a w[a] kept^a, w[a] = Σ_t d[t] for t ≥ a+L, nil where a ≥ D

Of a drop-off that is beta(α, β), kept is beta(β, α), and `E[kept^n] = Π_j (β+j) / (α+β+j)` for j from 0 to n-1. So
`E[G]` is a sum over ages, `E[G²]` a double sum of `E[kept^(a+b)]`; where lag and duration are drawn, both are summed
over the whole numbers that they can be, each with its probability.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Pair = tuple[float, float]
"""The mean of a number and the mean of its square."""


@dataclass(frozen=True)
class Moments:
    """The mean and the standard deviation of one result."""

    mean: float
    sd: float


def triangular(low: float, mode: float, high: float) -> Pair:
    """Mean (a+m+b)/3; mean of the square (a²+m²+b²+am+ab+mb)/6."""
    squares = low**2 + mode**2 + high**2 + low * mode + low * high + mode * high
    return (low + mode + high) / 3, squares / 6


def lognormal(mu: float, sigma: float) -> Pair:
    """E[X^n] = exp(nμ + n²σ²/2)."""
    return math.exp(mu + sigma**2 / 2), math.exp(2 * mu + 2 * sigma**2)


def beta_power(alpha: float, beta: float, power: int) -> float:
    """E[X^n] of beta(α, β): B(α+n, β) / B(α, β), factor by factor."""
    return math.prod((alpha + step) / (alpha + beta + step) for step in range(power))


def beta_left(alpha: float, beta: float) -> Pair:
    """Of what is left, 1 - X, which is beta(β, α)."""
    return beta_power(beta, alpha, 1), beta_power(beta, alpha, 2)


def left(pair: Pair) -> Pair:
    """Of 1 - X, given X."""
    mean, square = pair
    return 1 - mean, 1 - 2 * mean + square


def whole_triangular(low: float, mode: float, high: float) -> dict[int, float]:
    """The probability of each whole number: the triangle stretched by a half at each end, then rounded (§ 8)."""
    a, b = low - 0.5, high + 0.5

    def below(x: float) -> float:
        if x <= a:
            return 0.0
        if x >= b:
            return 1.0
        return (x - a) ** 2 / ((b - a) * (mode - a)) if x <= mode else 1 - (b - x) ** 2 / ((b - a) * (b - mode))

    return {n: below(n + 0.5) - below(n - 0.5) for n in range(int(low), int(high) + 1)}


def of_range(row: Mapping[str, Any], central: float) -> Pair:
    """The moments of a number by its row of the table ranges."""
    if row["shape"] == "triangular":
        return triangular(row["low"], central, row["high"])
    if row["shape"] == "lognormal":
        return lognormal(row["mu"], row["sigma"])
    return beta_power(row["alpha"], row["beta"], 1), beta_power(row["alpha"], row["beta"], 2)


@dataclass(frozen=True)
class Benchmark:
    """The closed form of one case of `benchmarks.uncertain`, of any number of outcomes and years."""

    tables: Mapping[str, Any]

    @property
    def years(self) -> int:
        """The horizon."""
        return int(self.tables["settings"]["years"])

    def factors(self) -> list[float]:
        """Discount factors at the start of each year, of a flat rate (§ 1)."""
        return [(1 + self.tables["settings"]["discount"]) ** -year for year in range(self.years)]

    def pv_costs(self) -> float:
        """Present value of the one cost: certain, the same every year."""
        return float(self.tables["costs"][0]["amount"]) * math.fsum(self.factors())

    def benefits(self, sectors: Collection[str]) -> Moments:
        """Present value of what falls to these sectors."""
        return self._sum(sectors, self.factors())

    def npv(self, sectors: Collection[str]) -> Moments:
        """What falls to these sectors, less the cost: of all sectors public value, of the public ones the budget's."""
        found = self.benefits(sectors)
        return Moments(found.mean - self.pv_costs(), found.sd)

    def value_in(self, year: int, sectors: Collection[str]) -> Moments:
        """What falls to these sectors in one year, the first being 0, undiscounted."""
        return self._sum(sectors, [float(year == each) for each in range(self.years)])

    def net_until(self, year: int) -> Moments:
        """Undiscounted value of every sector less cost from the first year to this one: what payback is read from."""
        every = [row["id"] for row in self.tables["sectors"]]
        found = self._sum(every, [float(each <= year) for each in range(self.years)])
        return Moments(found.mean - (year + 1) * self.tables["costs"][0]["amount"], found.sd)

    def quantity(self, outcome: str) -> Moments:
        """How much of one outcome there is within the horizon, undiscounted."""
        row = next(row for row in self.tables["outcomes"] if row["id"] == outcome)
        return _moments(_product([*self._chain(row), self.in_force(row, [1.0] * self.years)]), row["baseline"])

    def in_force(self, row: Mapping[str, Any], weights: Sequence[float]) -> Pair:
        """Moments of Σ_t weight[t] × in_force[t] per person referred a year."""
        drop_off = self._range("outcomes", row["id"], "drop_off")
        kept = [beta_power(drop_off["beta"], drop_off["alpha"], power) for power in range(2 * self.years)]
        mean, square = 0.0, 0.0
        for lag, chance_of_lag in self._whole(row, "lag").items():
            for duration, chance_of_duration in self._whole(row, "duration").items():
                chance = chance_of_lag * chance_of_duration
                ages = [math.fsum(weights[age + lag :]) for age in range(min(duration, self.years - lag))]
                mean += chance * math.fsum(w * kept[a] for a, w in enumerate(ages))
                square += chance * math.fsum(
                    w * v * kept[a + b] for a, w in enumerate(ages) for b, v in enumerate(ages)
                )
        return mean, square

    def _sum(self, sectors: Collection[str], weights: Sequence[float]) -> Moments:
        """Of the weighted yearly values of these sectors: means and variances of the outcomes added up."""
        parts = []
        for value in self.tables["values"]:
            if value["sector"] in sectors:
                row = next(row for row in self.tables["outcomes"] if row["id"] == value["outcome"])
                amount = self._range("values", f"{row['id']}-{value['sector']}-{value['kind']}", "amount")
                worth = of_range(amount, value["amount"])
                pairs = [*self._chain(row), worth, self.in_force(row, weights)]
                parts.append(_moments(_product(pairs), row["baseline"]))
        mean = math.fsum(part.mean for part in parts)
        return Moments(mean, math.sqrt(math.fsum(part.sd**2 for part in parts)))

    def _chain(self, row: Mapping[str, Any]) -> list[Pair]:
        """Referrals, effect, what is not deadweight, what is not due to others."""
        group = next(group for group in self.tables["groups"] if group["id"] == row["group"])
        deadweight = self._range("outcomes", row["id"], "deadweight")
        return [
            of_range(self._range("groups", group["id"], "referrals"), group["referrals"]),
            of_range(self._range("outcomes", row["id"], "effect"), row["effect"]),
            beta_left(deadweight["alpha"], deadweight["beta"]),
            left(of_range(self._range("outcomes", row["id"], "attribution"), row["attribution"])),
        ]

    def _range(self, table: str, key: str, field: str) -> Mapping[str, Any]:
        ref = f"{table}.{key}.{field}"
        return next(row for row in self.tables["ranges"] if row["ref"] == ref)

    def _whole(self, row: Mapping[str, Any], field: str) -> dict[int, float]:
        """The whole numbers a lag or duration can be, with their probabilities: one of 1 where it is certain."""
        ref = f"outcomes.{row['id']}.{field}"
        drawn = [found for found in self.tables["ranges"] if found["ref"] == ref]
        return whole_triangular(drawn[0]["low"], row[field], drawn[0]["high"]) if drawn else {row[field]: 1.0}


def _product(pairs: Sequence[Pair]) -> Pair:
    """Moments of a product of independent numbers."""
    return math.prod(mean for mean, _ in pairs), math.prod(square for _, square in pairs)


def _moments(pair: Pair, scale: float) -> Moments:
    mean, square = pair
    return Moments(scale * mean, scale * math.sqrt(square - mean**2))
