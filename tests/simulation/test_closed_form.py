"""The closed form of the benchmark case against densities integrated, sums by hand and the recursion, draw by draw.

None of it comes from the engine, nor from the formulas of `closed_form`: the brute force draws with the standard
library's `random`, follows a cohort's recursion of method § 4 year by year, and knows no moments.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

import sroi
from benchmarks.uncertain import PUBLIC, SECTORS, tables
from tests.simulation.closed_form import (
    Benchmark,
    beta_left,
    beta_power,
    left,
    lognormal,
    triangular,
    whole_triangular,
)

DRAWS = 20_000
Function = Callable[[float], float]
WITHIN = 4.5
"""Standard errors: one draw in 150,000 lies further out by chance, and the seed never changes."""


def integrated(density: Function, low: float, high: float, of: Function, steps: int = 40_000) -> float:
    """E[of(X)] by the midpoint rule, the density made to integrate to one."""
    points = [low + (step + 0.5) * (high - low) / steps for step in range(steps)]
    return math.fsum(density(x) * of(x) for x in points) / math.fsum(map(density, points))


def power_of(power: int) -> Function:
    return lambda x: x**power


def exponential_of(power: int) -> Function:
    return lambda x: math.exp(power * x)


def test_moments_are_those_of_the_densities() -> None:
    # Integrated numerically; the triangle of (0.1, 0.3, 0.6) rises to 0.3 and falls to 0.6.
    def triangle(x: float) -> float:
        return (x - 0.1) / 0.2 if x < 0.3 else (0.6 - x) / 0.3

    def bell(log: float) -> float:
        return math.exp(-(((log - 1.5) / 0.4) ** 2) / 2)

    for power in (1, 2):
        assert triangular(0.1, 0.3, 0.6)[power - 1] == pytest.approx(
            integrated(triangle, 0.1, 0.6, power_of(power)), rel=1e-7
        )
        # The power of a lognormal number is exp(power × Z), Z being normal.
        raised = integrated(bell, -3, 6, exponential_of(power))
        assert lognormal(1.5, 0.4)[power - 1] == pytest.approx(raised, rel=1e-7)
    for power in (1, 2, 7, 58):
        expected = integrated(lambda x: x**2 * (1 - x) ** 16, 0, 1, power_of(power))
        assert beta_power(3, 17, power) == pytest.approx(expected, rel=1e-7)


def test_what_is_left_of_a_share() -> None:
    # By hand: a share that is 0.2 or 0.4 with even chances has mean 0.3 and square 0.1; what is left is 0.8 or 0.6,
    # with mean 0.7 and square (0.64 + 0.36)/2 = 0.5. Beta(1, 1) is uniform: mean 1/2, square 1/3 either way round.
    assert left((0.3, 0.1)) == pytest.approx((0.7, 0.5))
    assert beta_left(1, 1) == pytest.approx((1 / 2, 1 / 3))
    assert beta_left(4, 16) == pytest.approx(left((beta_power(4, 16, 1), beta_power(4, 16, 2))))


def test_whole_numbers_have_the_areas_of_the_stretched_triangle() -> None:
    # By hand: from -0.5 to 3.5 with its peak of 1/2 at 1. Up to 0.5: 1 × (1/3)/2 = 1/6. From 1.5 down the other side:
    # heights 0.4, 0.2, 0 at 1.5, 2.5, 3.5, so that 2 has 0.3 and 3 has 0.1, and 1 what is left: 13/30.
    assert whole_triangular(0, 1, 3) == pytest.approx({0: 1 / 6, 1: 13 / 30, 2: 0.3, 3: 0.1})
    assert math.fsum(whole_triangular(5, 12, 20).values()) == pytest.approx(1)


def test_two_years_by_hand() -> None:
    # By hand: one person referred a year, drop-off uniform, two years, weights 1. In force: 1, then 1 + kept, so that
    # G = 2 + kept; E[G] = 5/2 and E[G²] = 4 + 4/2 + 1/3 = 19/3.
    case = tables(outcomes=1, years=2)
    for row in case["ranges"]:
        if row["ref"].endswith(".drop_off"):
            row.update(alpha=1, beta=1)
    assert Benchmark(case).in_force(case["outcomes"][0], [1, 1]) == pytest.approx((5 / 2, 19 / 3))


def drawn_once(case: dict[str, Any], rng: random.Random) -> dict[str, float]:
    """The case's numbers by ref: each drawn from its range."""
    central = {
        f"{table}.{row.get('id') or '-'.join((row['outcome'], row['sector'], row['kind']))}.{field}": found
        for table in ("groups", "outcomes", "values")
        for row in case[table]
        for field, found in row.items()
        if not isinstance(found, str)
    }
    for row in case["ranges"]:
        ref = row["ref"]
        if row["shape"] == "lognormal":
            central[ref] = math.exp(rng.gauss(row["mu"], row["sigma"]))
        elif row["shape"] == "beta":
            central[ref] = rng.betavariate(row["alpha"], row["beta"])
        elif ref.endswith((".lag", ".duration")):
            central[ref] = round(rng.triangular(row["low"] - 0.5, row["high"] + 0.5, central[ref]))
        else:
            central[ref] = rng.triangular(row["low"], row["high"], central[ref])
    return central


def quantities(number: dict[str, float], row: dict[str, Any], years: int) -> list[float]:
    """How much of an outcome there is each year: every cohort followed by age (method § 4)."""

    def of(field: str) -> float:
        return number[f"outcomes.{row['id']}.{field}"]

    corrected = of("baseline") * of("effect") * (1 - of("deadweight")) * (1 - of("attribution"))
    in_force = [0.0] * years
    for start in range(years):
        left_of_cohort = number[f"groups.{row['group']}.referrals"]
        for year in range(start + int(of("lag")), min(years, start + int(of("lag")) + int(of("duration")))):
            in_force[year] += left_of_cohort
            left_of_cohort *= 1 - of("drop_off")
    return [people * corrected for people in in_force]


def brute_force(case: dict[str, Any], draws: int, seed: int) -> dict[str, list[float]]:
    """What `Benchmark` has in closed form, once per draw, sector by sector and in all."""
    rng = random.Random(seed)  # noqa: S311
    years, yearly = case["settings"]["years"], case["costs"][0]["amount"]
    factors = [(1 + case["settings"]["discount"]) ** -year for year in range(years)]
    found: dict[str, list[float]] = {}
    for _ in range(draws):
        number = drawn_once(case, rng)
        flows = {row["id"]: [0.0] * years for row in case["sectors"]}
        for row, value in zip(case["outcomes"], case["values"], strict=True):
            amount = number[f"values.{value['outcome']}-{value['sector']}-{value['kind']}.amount"]
            quantity = quantities(number, row, years)
            found.setdefault(row["id"], []).append(sum(quantity))
            for year, much in enumerate(quantity):
                flows[value["sector"]][year] += much * amount
        worth = {sector: sum(map(lambda d, v: d * v, factors, flow)) for sector, flow in flows.items()}
        for sector, present in worth.items():
            found.setdefault(sector, []).append(present)
        found.setdefault("npv", []).append(sum(worth.values()) - yearly * sum(factors))
        found.setdefault("third year", []).append(sum(flow[2] for flow in flows.values()))
        found.setdefault("net", []).append(sum(sum(flow) for flow in flows.values()) - years * yearly)
    return found


def standard_errors(sample: Sequence[float]) -> tuple[float, float, float, float]:
    """Mean and standard deviation of a sample, and the standard error of each; of the second by the fourth moment."""
    size, mean = len(sample), math.fsum(sample) / len(sample)
    variance = math.fsum((x - mean) ** 2 for x in sample) / (size - 1)
    fourth = math.fsum((x - mean) ** 4 for x in sample) / size
    sd = math.sqrt(variance)
    return mean, sd, sd / math.sqrt(size), math.sqrt((fourth - variance**2) / size) / (2 * sd)


@pytest.mark.parametrize("drawn", [False, True])
def test_brute_force_tends_to_the_closed_form(drawn: bool) -> None:
    case = tables(drawn=drawn, outcomes=4, years=7)  # health has two outcomes, so that a sum is tested too
    for row in case["outcomes"]:
        row["duration"] = 3  # short of the horizon, so that it matters
    for row in case["ranges"]:
        if row["ref"].endswith(".duration"):
            row.update(low=2, high=5)
    closed = Benchmark(case)
    expected = {sector: closed.benefits([sector]) for sector in SECTORS}
    expected |= {row["id"]: closed.quantity(row["id"]) for row in case["outcomes"]}
    expected |= {"npv": closed.npv(SECTORS), "third year": closed.value_in(2, SECTORS), "net": closed.net_until(6)}
    found = brute_force(case, DRAWS, seed=6)
    assert found.keys() == expected.keys()
    for name, sample in found.items():
        mean, sd, error_of_mean, error_of_sd = standard_errors(sample)
        assert abs(mean - expected[name].mean) < WITHIN * error_of_mean, name
        assert abs(sd - expected[name].sd) < WITHIN * error_of_sd, name


@pytest.mark.parametrize("drawn", [False, True])
def test_net_benefit_of_the_case_is_in_doubt(drawn: bool) -> None:
    """A chance of 0 or 1 would measure nothing: both views lie within two standard deviations of nil."""
    closed = Benchmark(tables(drawn=drawn))
    for sectors in (SECTORS, PUBLIC):
        assert abs(closed.npv(sectors).mean) < 2 * closed.npv(sectors).sd


@pytest.mark.parametrize("drawn", [False, True])
def test_the_case_reads_and_its_centre_is_the_medians_and_modes(drawn: bool) -> None:
    """Property: what the closed form reads is a case. With every range gone it is the central case, to a millionth."""
    case = tables(drawn=drawn)
    result = sroi.project(sroi.read(case))
    number = drawn_once({**case, "ranges": []}, random.Random(1))  # noqa: S311
    years = case["settings"]["years"]
    for row in case["outcomes"]:
        assert result.outcomes[row["id"]].quantity == pytest.approx(sum(quantities(number, row, years)), rel=1e-6)
