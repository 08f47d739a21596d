"""Ranges as distributions: SciPy's own distributions are the reference of shapes, and sums by hand of the rest."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pytest
from scipy import stats

import sroi
from sroi.errors import CaseError
from sroi.model import Case
from sroi.model.assumptions import assumptions, range_said
from sroi.reading import read
from sroi.simulation.distributions import Distribution, cuts, distributions, range_faults

TAILS = np.array([1e-6, 1e-5, 1e-4, 3e-4, 0.001, 0.01, 0.05, 0.25])
U = np.concatenate([TAILS, [0.5], 1 - TAILS[::-1]])
Z90, Z95 = 1.6448536269514722, 1.959963984540054  # the 95th and 97.5th percentile of a normal


def made(*ranges: dict[str, Any], outcome: dict[str, Any] | None = None, amount: float = 100, **tables: Any) -> Case:
    """A case of one outcome, with its ranges."""
    row: dict[str, Any] = {"id": "o", "name": "O", "group": "g", "unit": "unit", "basis": "absolute", "effect": 0.2}
    return read({
        "about": {"id": "c", "title": "C"},
        "settings": {"first_year": 2026, "years": 5, "price_base": "2023/24", "discount": 0.03},
        "sectors": [{"id": "s", "name": "S", "ledger": "public"}],
        "groups": [{"id": "g", "name": "G", "referrals": 100, "from": 2026, "to": 2026}],
        "outcomes": [row | (outcome or {})],
        "values": [{"outcome": "o", "sector": "s", "kind": "fiscal", "amount": amount}],
        "ranges": list(ranges),
    } | tables)  # fmt: skip


def one(field: str, central: float, **words: Any) -> Distribution:
    """The distribution of one number of the outcome, or of its amount."""
    ref = "values.o-s-fiscal.amount" if field == "amount" else f"outcomes.o.{field}"
    row = {"ref": ref} | words
    case = made(row, amount=central) if field == "amount" else made(row, outcome={field: central})
    return distributions(case)[ref]


# Of each: the field, the central value, the range, and the distribution that it is by format.md.
EXACT: dict[str, tuple[str, float, dict[str, Any], Any]] = {
    # pert: alpha = 1 + 4 (20-10)/(50-10) = 2, beta = 6 - 2 = 4
    "pert": ("amount", 20, {"low": 10, "high": 50}, stats.beta(2, 4, 10, 40)),
    "triangular": ("amount", 20, {"low": 10, "high": 50, "shape": "triangular"}, stats.triang(0.25, 10, 40)),
    "mode at the low end": ("amount", 10, {"low": 10, "high": 50, "shape": "triangular"}, stats.triang(0, 10, 40)),
    "uniform": ("amount", 20, {"low": 10, "high": 50, "shape": "uniform"}, stats.uniform(10, 40)),
    # sd = (140 - 60) / (2 × 1.645)
    "normal": (
        "amount", 100, {"low": 60, "high": 140, "shape": "normal", "interval": "90%"}, stats.norm(100, 40 / Z90)
    ),
    # sigma = ln(400/25) / (2 × 1.96), median 100
    "lognormal": (
        "amount", 100, {"low": 25, "high": 400, "shape": "lognormal", "interval": "95%"},
        stats.lognorm(math.log(16) / 2 / Z95, scale=100),
    ),
    "a beta like a U": ("deadweight", 0.5, {"alpha": 0.5, "beta": 0.5, "shape": "beta"}, stats.beta(0.5, 0.5)),
    "a beta with a long tail": ("deadweight", 0.02, {"alpha": 0.6, "beta": 30, "shape": "beta"}, stats.beta(0.6, 30)),
    "beta": ("deadweight", 0.2, {"alpha": 8, "beta": 32, "shape": "beta"}, stats.beta(8, 32)),
    "gamma": ("amount", 100, {"alpha": 4, "scale": 25, "shape": "gamma"}, stats.gamma(4, scale=25)),
    "gamma, mostly nothing": ("amount", 10, {"alpha": 0.3, "scale": 40, "shape": "gamma"}, stats.gamma(0.3, scale=40)),
    "normal by parameters": ("amount", 0, {"mean": 1, "sd": 5, "shape": "normal"}, stats.norm(1, 5)),
    "lognormal by parameters": (
        "amount", 3, {"mu": 1, "sigma": 1.2, "shape": "lognormal"}, stats.lognorm(1.2, scale=math.e)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXACT)
def test_quantiles_are_those_of_scipy(name: str) -> None:
    field, central, words, exact = EXACT[name]
    found = one(field, central, **words)
    tails = np.geomspace(1e-7, 0.5, 501)
    u = np.concatenate([tails, 1 - tails])
    off = np.abs(found.quantile(u) - exact.ppf(u)) / exact.std()
    assert off.max() < 0.006
    assert off[(u >= 0.01) & (u <= 0.99)].max() < 1e-4
    assert (found.mean, found.sd) == pytest.approx((exact.mean(), exact.std()), rel=1e-9)
    assert found.cut == 0


@pytest.mark.parametrize("name", EXACT)
def test_what_is_drawn_has_that_mean_and_sd(name: str) -> None:
    field, central, words, exact = EXACT[name]
    found = one(field, central, **words)
    u = (np.arange(100_000) + 0.5) / 100_000
    x, right = found.quantile(u), exact.ppf(u)
    assert x.mean() == pytest.approx(right.mean(), abs=1e-5 * found.sd)
    assert x.std() == pytest.approx(right.std(), rel=5e-5)
    assert (np.diff(x) >= 0).all(), "it never falls"


@pytest.mark.parametrize("shape", ["pert", "triangular"])
@pytest.mark.parametrize(("interval", "tail"), [("90%", 0.05), ("95%", 0.025)])
@pytest.mark.parametrize("central", [10, 12, 30, 50])
def test_the_ends_of_an_interval_are_its_percentiles(shape: str, interval: str, tail: float, central: float) -> None:
    found = one("amount", central, low=10, high=50, shape=shape, interval=interval)
    assert found.quantile(np.array([tail, 1 - tail])) == pytest.approx([10, 50], rel=1e-4)
    u = np.linspace(0.001, 0.999, 9999)
    x = found.quantile(u)
    steps = np.diff(x)
    assert abs(x[np.argmin(steps)] - central) < 2.5, "the central value is the mode: draws lie closest there"


@pytest.mark.parametrize(("shape", "field", "ends"), [
    ("beta", "deadweight", (0.1, 0.2, 0.35)), ("gamma", "amount", (50, 100, 180)),
])  # fmt: skip
def test_beta_and_gamma_have_the_mean_and_the_probability(
    shape: str, field: str, ends: tuple[float, float, float]
) -> None:
    low, mean, high = ends
    found = one(field, mean, low=low, high=high, shape=shape, interval="90%")
    assert found.mean == pytest.approx(mean, rel=1e-9)
    if shape == "beta":  # of a mean m and a variance v, alpha + beta = m (1 - m) / v - 1
        total = mean * (1 - mean) / found.sd**2 - 1
        exact = stats.beta(mean * total, (1 - mean) * total)
    else:  # the shape is mean² / variance
        exact = stats.gamma(mean**2 / found.sd**2, scale=found.sd**2 / mean)
    assert exact.cdf(high) - exact.cdf(low) == pytest.approx(0.9, abs=1e-9)


def test_a_whole_number_is_stretched_and_rounded() -> None:
    # 1 to 5 about 3, stretched to 0.5 to 5.5: below 1.5 lie 1² / (5 × 2.5) = 0.08; below 2.5, 2² / 12.5 = 0.32.
    found = one("duration", 3, low=1, high=5, shape="triangular")
    assert found.whole
    assert found.quantile(np.array([1e-9, 0.0799, 0.0801, 0.3199, 0.3201, 0.5, 0.6801, 0.9201, 1 - 1e-9])).tolist() == [
        1, 1, 2, 2, 3, 3, 4, 5, 5
    ]  # fmt: skip
    # chances 0.08, 0.24, 0.36, 0.24, 0.08: the variance is 2 (0.08 × 4 + 0.24) = 1.12
    assert (found.mean, found.sd) == pytest.approx((3, math.sqrt(1.12)))


def test_whole_numbers_of_a_uniform_are_equally_likely() -> None:
    x = one("lag", 2, low=0, high=3, shape="uniform").quantile((np.arange(4000) + 0.5) / 4000)
    assert np.unique(x, return_counts=True)[1].tolist() == [1000] * 4


def test_whole_numbers_of_a_normal_round_it() -> None:
    # natural parameters are the distribution itself; a duration is 1 or more, so what rounds to 0 or less is cut off
    found = one("duration", 2, mean=2, sd=1, shape="normal")
    cut = float(stats.norm(2, 1).cdf(0.5))
    assert found.cut == pytest.approx(cut)
    one_year = (float(stats.norm(2, 1).cdf(1.5)) - cut) / (1 - cut)
    u = np.array([1e-12, one_year - 1e-9, one_year + 1e-9])
    assert found.quantile(u).tolist() == [1, 1, 2]
    k = np.arange(1, 15)
    chance = np.diff(stats.norm(2, 1).cdf(np.append(k - 0.5, 14.5))) / (1 - cut)
    assert found.mean == pytest.approx((k * chance).sum())


def test_ends_that_are_drawn_otherwise_than_stated_are_said() -> None:
    # A median of 1.2, and a logarithm whose middle 90 % is as wide as stated: 1.2 × √(0.4 / 3) = 0.4382,
    # 1.2 × √(3 / 0.4) = 3.286
    ends = {"low": 0.4, "high": 3, "shape": "lognormal", "interval": "90%"}
    assert one("effect", 1.2, **ends).moved == (
        "outcomes.o.effect: 90% of its draws lie between 0.4382 and 3.286, where the range states 0.4 and 3: no "
        "lognormal range about its central value 1.2 within the field's bounds has just these."
    )
    # 1.28 - 0.75 and 1.28 + 0.75
    ends = {"low": 0.5, "high": 2, "shape": "normal", "interval": "95%"}
    assert "95% of its draws lie between 0.53 and 2.03, where" in one("effect", 1.28, **ends).moved
    assert one("effect", 1.25, **ends).moved == ""
    assert one("effect", 0.8, **ends | {"shape": "pert"}).moved == ""
    assert one("effect", 1.28, mean=1.28, sd=0.4, shape="normal").moved == ""
    assert one("duration", 2, low=1, high=5, interval="90%").moved == ""


def test_what_the_field_cannot_hold_is_cut_off_and_said() -> None:
    found = one("deadweight", 0.9, mean=0.9, sd=0.1, shape="normal")
    assert found.cut == pytest.approx(0.15865525393)  # above 1, one sd away; below -5 there is nothing
    exact = stats.truncnorm(-59, 1, 0.9, 0.1)
    assert found.quantile(U) == pytest.approx(exact.ppf(U), abs=3e-4)
    assert (found.mean, found.sd) == pytest.approx((exact.mean(), exact.std()), rel=1e-9)
    # 0.9 - 0.1 φ(1) / Φ(1) = 0.9 - 0.1 × 0.24197 / 0.84134 = 0.8712
    assert found.said == (
        "outcomes.o.deadweight: 15.9% of its normal range lay outside -5 to 1, where it cannot be, and is not drawn; "
        "the mean of the draws is 0.8712, the central value 0.9."
    )
    assert cuts(made({"ref": "outcomes.o.effect", "low": 0.1, "high": 0.4})) == ()


@pytest.mark.parametrize(("words", "exact"), [
    ({"mu": 0.0, "sigma": 0.5, "shape": "lognormal"}, stats.lognorm(0.5)),
    ({"alpha": 3, "scale": 0.3, "shape": "gamma"}, stats.gamma(3, scale=0.3)),
    # The mode 0.8 at a share s between the ends: low and high are percentiles, so the high end is over 1.
    ({"low": 0.5, "high": 0.99, "interval": "90%"}, None),
    ({"low": 0.5, "high": 0.99, "interval": "90%", "shape": "triangular"}, None),
])  # fmt: skip
def test_moments_after_truncation_are_those_of_the_draws(words: dict[str, Any], exact: Any) -> None:
    found = one("deadweight", 0.8, **words)
    assert 0.001 < found.cut < 0.6
    if exact is not None:
        assert found.cut == pytest.approx(exact.sf(1))
        assert found.quantile(U) == pytest.approx(exact.ppf(U * exact.cdf(1)), abs=1e-3)
    x = found.quantile((np.arange(400_000) + 0.5) / 400_000)
    assert x.max() <= 1
    assert (x.mean(), x.std()) == pytest.approx((found.mean, found.sd), rel=1e-4)


def test_a_multiplier_keeps_every_year_of_its_profile_within_bounds() -> None:
    words = {"mean": 1, "sd": 0.5, "shape": "normal"}
    outcome = {"basis": "proportional", "baseline": 2, "effect": {"2026": 0.4, "2027": 0.8}}
    found = distributions(made({"ref": "outcomes.o.effect"} | words, outcome=outcome))["outcomes.o.effect"]
    assert found.central == 1
    assert (found.lower, found.upper) == (-12.5, 1.25)  # -10 / 0.8 and 1 / 0.8
    assert found.cut == pytest.approx(float(stats.norm(1, 0.5).sf(1.25)))


def test_bounds_and_centres_are_the_fields_own() -> None:
    case = made(
        {"ref": "settings.discount", "low": 0.01, "high": 0.05},
        {"ref": "groups.g.stay_years", "mean": 1, "sd": 0.5, "shape": "normal"},
        {"ref": "values.o-s-fiscal.times", "low": 0.5, "high": 2},
        {"ref": "outcomes.o.effect", "low": 0, "high": 3},
        {"ref": "outcomes.o.optimism", "low": 0, "high": 0.2},
    )
    found = {ref.rpartition(".")[2]: (d.central, d.lower, d.upper) for ref, d in distributions(case).items()}
    inf = math.inf
    assert found == {
        "discount": (0.03, -0.1, 1),
        "stay_years": (1, 0, inf),
        "times": (1, -inf, inf),
        "effect": (0.2, -inf, inf),
        "optimism": (0, 0, 1),
    }
    assert distributions(case)["groups.g.stay_years"].quantile(np.array([1e-300])).item() > 0, "over 0"


def test_discrete_values_come_in_their_shares() -> None:
    found = one("amount", 20, values="30; 10; 20; 10", weights="3; 1; 4; 2", shape="discrete")
    # 10 has 3 of 10, 20 has 4, 30 has 3
    assert found.quantile(np.array([1e-9, 0.2999, 0.3001, 0.6999, 0.7001, 0.9999])).tolist() == [10, 10, 20, 20, 30, 30]
    assert (found.mean, found.sd) == pytest.approx((20, math.sqrt(60)))


def test_many_close_discrete_values() -> None:
    values = [1 + n / 1000 for n in range(50)] + [9.0]
    weights = [1e-6] * 50 + [1.0]
    found = one("amount", 5, values=values, weights=weights, shape="discrete")
    x = found.quantile(np.array([0.5e-6 / (1 + 5e-5), 10.5e-6 / (1 + 5e-5), 0.9]))
    assert x == pytest.approx([1.0, 1.010, 9.0])


def test_the_same_bits_in_pieces_and_another_process() -> None:
    u = np.random.default_rng(4).random(20_001)
    for field, central, words, _ in EXACT.values():
        found = one(field, central, **words)
        whole = found.quantile(u)
        parts = [found.quantile(u[:7]), found.quantile(u[7:9000]), found.quantile(u[9000:])]
        assert np.concatenate(parts).tobytes() == whole.tobytes()
        assert pickle.loads(pickle.dumps(found)).quantile(u).tobytes() == whole.tobytes()  # noqa: S301 our own


SAID: dict[str, tuple[dict[str, Any], str]] = {
    "No gamma": (
        {"ref": "values.o-s-fiscal.amount", "low": 99, "high": 180, "shape": "gamma", "interval": "90%"},
        "ranges[0].low: No gamma range with the mean 100 has 99 and 180 as the ends of its middle 90%; found 98.7 and "
        "101 as the nearest there is. Use pert, which may lean.",
    ),
    "mean at the end": (
        {"ref": "outcomes.o.effect", "low": 0.2, "high": 0.9, "shape": "beta", "interval": "95%"},
        "ranges[0].low: No beta range with the mean 0.2 has 0.2 and 0.9 as the ends of its middle 95%. Use pert, which "
        "may lean.",
    ),
    "far away": (
        {"ref": "values.o-s-fiscal.amount", "mean": 10, "sd": 1, "shape": "normal"},
        "ranges[0].mean: The central value 100 must be among what the range draws; found 998 draws of 1,000 between "
        "6.91 and 13.09.",  # 10 ± 3.09
    ),
    "outside": (
        {"ref": "outcomes.o.deadweight", "mean": 9, "sd": 1, "shape": "normal"},
        "ranges[0].mean: A normal range must be of numbers that the field can hold; found less than one draw in a "
        "million that lies between -5 and 1.",
    ),
    "values": (
        {"ref": "outcomes.o.effect", "values": "1; 2", "weights": "1; 1", "shape": "discrete"},
        "ranges[0].values: The values must enclose the central value 0.2; found 1 to 2.",
    ),
    "too many": (
        {"ref": "outcomes.o.lag", "mu": 1, "sigma": 9, "shape": "lognormal"},
        "ranges[0].mu: A range of whole numbers may hold 10,000 of them at most; found 0 to",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_an_impossible_range_is_told_at_its_cell(name: str) -> None:
    words, said = SAID[name]
    with pytest.raises(CaseError) as error:
        distributions(made(words))
    assert str(error.value).startswith(said)


def test_faults_of_options_are_told_with_those_of_the_case() -> None:
    ref = "values.o-s-fiscal.amount"
    change = {"name": "dear", "ref": ref, "value": 100, "low": 99, "high": 180}
    case = made(
        {"ref": ref, "low": 60, "high": 150, "shape": "gamma", "interval": "90%"},
        {"ref": "outcomes.o.effect", "values": "1; 2", "weights": "1; 1", "shape": "discrete"},
        options=[change],
    )
    assert [problem.place for problem in range_faults(case)] == ["ranges[1].values", "options[0].value"]


def test_the_log_says_of_what_low_and_high_are_the_ends() -> None:
    def logged(**words: Any) -> str:
        case = made({"ref": "outcomes.o.deadweight"} | words, outcome={"deadweight": 0.5})
        return next(range_said(case, of) for of in assumptions(case) if of.ref == "outcomes.o.deadweight")

    ends = {"low": 0.05, "high": 0.95}
    assert logged(**ends) == "5% to 95%"  # the defaults: pert, limits
    assert logged(**ends, shape="normal", interval="90%") == "5% to 95% (normal, middle 90%)"
    assert logged(**ends, interval="95%") == "5% to 95% (middle 95%)"
    assert logged(**ends, shape="uniform") == "5% to 95% (uniform)"


def test_a_simulation_warns_of_ends_drawn_otherwise_than_stated() -> None:
    ends = {"low": 0.4, "high": 3, "shape": "lognormal", "interval": "90%"}
    case = made({"ref": "outcomes.o.effect"} | ends, outcome={"effect": 1.2})
    warned = sroi.simulate(case, draws=64).warnings
    assert warned[0].startswith("outcomes.o.effect: 90% of its draws lie between 0.4382 and 3.286, where the range")
