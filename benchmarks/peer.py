"""The peer: the case of `benchmarks.uncertain` as a skilled analyst would write it in NumPy, for that case alone.

Plain Monte Carlo in one thread: NumPy's own `lognormal`, `triangular` and `beta`; a cohort's survival multiplied on
from year to year; a matrix product per year that adds outcomes up to sectors; yearly flows by sector kept for every
draw. It is as fast as we could make it without giving that up: draws in chunks that stay in the cache (a chunk of them
all takes twice as long over the years), and one sort where percentiles are asked for (`numpy.percentile` takes four
times as long). It knows what the engine must find out: that referrals never change, that nothing grows, what is
uncertain.

It answers less than `sroi.simulate`: two views, no rate of return, no standard errors, no tables, nothing named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CHUNK = 2048
"""Draws at a time: 20 outcomes of them, survival and stock, stay in a cache of 1 MB."""
PERCENTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class Inputs:
    """The case as arrays, one number an outcome."""

    people: Floats
    """Mean and standard deviation of the logarithm, a row each."""
    amount: Floats
    effect: Floats
    """Low, mode and high, a row each."""
    attribution: Floats
    deadweight: Floats
    """Alpha and beta, a row each."""
    drop_off: Floats
    lag: Floats
    """Low, mode and high where it is drawn, else all the same."""
    duration: Floats
    baseline: Floats
    sectors: tuple[str, ...]
    public: tuple[bool, ...]
    """Of each sector."""
    member: Floats
    """`(sector, outcome)`: 1 where the outcome falls to the sector."""
    years: int
    factors: Floats
    """Discount factors by year."""
    yearly_cost: float

    @property
    def outcomes(self) -> int:
        """How many there are."""
        return len(self.baseline)

    @property
    def drawn(self) -> bool:
        """Whether any lag or duration is."""
        return bool((self.lag[0] != self.lag[2]).any() or (self.duration[0] != self.duration[2]).any())


@dataclass(frozen=True)
class Summary:
    """One result over the draws."""

    mean: float
    sd: float
    percentiles: Floats
    """At `PERCENTILES`."""


@dataclass(frozen=True)
class Answer:
    """What the peer finds; views are `public_value` (every sector) and `budget` (the public ones)."""

    flows: Floats
    """`(year, sector, draw)`: undiscounted value."""
    sectors: Mapping[str, Summary]
    """Present value of benefits."""
    npv: Mapping[str, Summary]
    chance_positive: Mapping[str, float]
    ratio_of_means: Mapping[str, float]
    payback_by_year: Floats
    """Chance that cumulative net value stays at or above nil from the end of that year."""
    fan: Floats
    """`(percentile, year)` of cumulative net value, undiscounted, in public value."""


def inputs(tables: Mapping[str, Any]) -> Inputs:
    """Reads the tables of `benchmarks.uncertain` into arrays."""
    ranges = {row["ref"]: row for row in tables["ranges"]}
    groups = {row["id"]: row for row in tables["groups"]}
    sectors = tuple(row["id"] for row in tables["sectors"])
    years, rate = tables["settings"]["years"], tables["settings"]["discount"]
    rows: dict[str, list[Any]] = {}
    for outcome, value in zip(tables["outcomes"], tables["values"], strict=True):
        ref = f"outcomes.{outcome['id']}"
        worth = ranges[f"values.{value['outcome']}-{value['sector']}-{value['kind']}.amount"]
        people = ranges[f"groups.{groups[outcome['group']]['id']}.referrals"]
        one: dict[str, Any] = {"people": (people["mu"], people["sigma"]), "amount": (worth["mu"], worth["sigma"])}
        for field in ("deadweight", "drop_off"):
            one[field] = ranges[f"{ref}.{field}"]["alpha"], ranges[f"{ref}.{field}"]["beta"]
        for field in ("effect", "attribution", "lag", "duration"):
            row = ranges.get(f"{ref}.{field}", {"low": outcome[field], "high": outcome[field]})
            one[field] = row["low"], outcome[field], row["high"]
        one["member"] = [float(value["sector"] == sector) for sector in sectors]
        one["baseline"] = outcome["baseline"]
        for name, found in one.items():
            rows.setdefault(name, []).append(found)
    return Inputs(
        **{name: np.array(found, float).T.copy() for name, found in rows.items()},
        sectors=sectors,
        public=tuple(row["ledger"] == "public" for row in tables["sectors"]),
        years=years,
        factors=(1 + rate) ** -np.arange(years, dtype=float),
        yearly_cost=tables["costs"][0]["amount"],
    )


def simulate(case: Inputs, draws: int, seed: int = 1, chunk: int = CHUNK) -> Answer:
    """Draws, evaluates and summarises."""
    rng = np.random.default_rng(seed)
    flows = np.empty((case.years, len(case.sectors), draws))
    follow = follow_drawn if case.drawn else follow_certain
    for start in range(0, draws, chunk):
        stop = min(start + chunk, draws)
        worth, kept = drawn_numbers(case, rng, stop - start)
        follow(case, rng, worth, kept, flows[:, :, start:stop])
    return summarised(case, flows)


def drawn_numbers(case: Inputs, rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
    """What an outcome is worth a year of those just referred, and the share kept a year: `(outcome, draw)` each."""
    worth, kept = np.empty((case.outcomes, size)), np.empty((case.outcomes, size))
    for i in range(case.outcomes):
        (mu, sigma), (low, mode, high) = case.people[:, i], case.effect[:, i]
        row = rng.lognormal(mu, sigma, size)
        row *= rng.triangular(low, mode, high, size)
        (alpha, beta), (low, mode, high) = case.deadweight[:, i], case.attribution[:, i]
        row *= 1 - rng.beta(alpha, beta, size)
        row *= 1 - rng.triangular(low, mode, high, size)
        (mu, sigma), (alpha, beta) = case.amount[:, i], case.drop_off[:, i]
        row *= rng.lognormal(mu, sigma, size)
        np.multiply(row, case.baseline[i], out=worth[i])
        np.subtract(1, rng.beta(alpha, beta, size), out=kept[i])
    return worth, kept


def follow_certain(case: Inputs, _: np.random.Generator, worth: Floats, kept: Floats, flows: Floats) -> None:
    """Fills the flows of one chunk: no lag, and effects that last to the horizon."""
    surviving, in_force = worth, worth.copy()
    np.matmul(case.member, in_force, out=flows[0])
    for year in range(1, case.years):
        surviving *= kept
        in_force += surviving
        np.matmul(case.member, in_force, out=flows[year])


def follow_drawn(case: Inputs, rng: np.random.Generator, worth: Floats, kept: Floats, flows: Floats) -> None:
    """Fills the flows of one chunk, lag and duration being drawn."""
    lag, last = whole(rng, case.lag, worth.shape[1]), whole(rng, case.duration, worth.shape[1])
    last += lag
    follow_between(case, worth, kept, lag, last, flows)


def follow_between(case: Inputs, worth: Floats, kept: Floats, lag: Floats, last: Floats, flows: Floats) -> None:
    """Fills the flows of one chunk: the first cohort's effect begins in year `lag` and is gone in year `last`.

    What the first cohort brings in a year is added to what is in force: later ones are that cohort a year on.
    """
    latest, earliest = lag.max(), last.min()
    surviving, in_force = np.zeros_like(worth), np.zeros_like(worth)
    for year in range(case.years):
        surviving *= kept
        if year >= earliest:
            surviving *= year < last
        if year <= latest:
            surviving += worth * (year == lag)
        in_force += surviving
        np.matmul(case.member, in_force, out=flows[year])


def whole(rng: np.random.Generator, limits: Floats, size: int) -> Floats:
    """Whole numbers: the triangle stretched by a half at each end, then rounded; `(outcome, draw)`."""
    return np.rint([rng.triangular(low - 0.5, mode, high + 0.5, size) for low, mode, high in limits.T])


def summarised(case: Inputs, flows: Floats) -> Answer:
    """The statistics of the flows."""
    pv_cost = case.yearly_cost * case.factors.sum()
    worth = np.einsum("t,tsn->sn", case.factors, flows)
    budget = worth[list(case.public)].sum(axis=0)
    benefits = {"public_value": worth.sum(axis=0), "budget": budget}
    net = flows.sum(axis=1)
    net -= case.yearly_cost
    np.cumsum(net, axis=0, out=net)
    least = net[-1].copy()
    payback = np.empty(case.years)
    for year in reversed(range(case.years)):
        np.minimum(least, net[year], out=least)
        payback[year] = np.count_nonzero(least >= 0) / least.size
    net.sort(axis=1)
    return Answer(
        flows=flows,
        sectors={sector: summary(row) for sector, row in zip(case.sectors, worth, strict=True)},
        npv={view: summary(found - pv_cost) for view, found in benefits.items()},
        chance_positive={view: float((found > pv_cost).mean()) for view, found in benefits.items()},
        ratio_of_means={view: float(found.mean() / pv_cost) for view, found in benefits.items()},
        payback_by_year=payback,
        fan=percentiles(net),
    )


def summary(row: Floats) -> Summary:
    """Mean, standard deviation and percentiles of one row of draws."""
    return Summary(float(row.mean()), float(row.std(ddof=1)), percentiles(np.sort(row)))


def percentiles(ordered: Floats) -> Floats:
    """At `PERCENTILES`, of rows in order, straight lines between draws: what `numpy.percentile` gives."""
    place = np.array(PERCENTILES) / 100 * (ordered.shape[-1] - 1)
    below = np.minimum(place.astype(int), ordered.shape[-1] - 2)
    low, high = ordered[..., below], ordered[..., below + 1]
    return np.moveaxis(low + (high - low) * (place - below), -1, 0)
