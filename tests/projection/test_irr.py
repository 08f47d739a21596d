"""Rates of return (method § 6): published answers, sums by hand, laws, the scalar oracle and polynomial roots."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.polynomial import polynomial
from numpy.typing import NDArray

from sroi.projection.irr import HIGHEST_RATE, LOWEST_RATE, SENTENCES, Rates, Reason, irr, mirr, sentence
from tests.oracle import measures as oracle

Floats = NDArray[np.float64]


def column(*flows: float) -> Floats:
    """One draw."""
    return np.array(flows, dtype=np.float64)[:, None]


def one(rates: Rates) -> tuple[float | None, Reason]:
    """The rate of a single draw, and why there is none."""
    assert rates.rate.shape == rates.reason.shape == (1,)
    rate, reason = float(rates.rate[0]), Reason(rates.reason[0])
    assert np.isnan(rate) == (reason is not Reason.FOUND)
    return (rate if reason is Reason.FOUND else None), reason


def rate_of(*flows: float, step_years: float = 1.0) -> float:
    """The rate of one draw that has one."""
    rate, reason = one(irr(column(*flows), step_years))
    assert rate is not None, reason
    return rate


def reason_of(*flows: float, step_years: float = 1.0) -> Reason:
    """Why one draw has no rate."""
    return one(irr(column(*flows), step_years))[1]


def with_rates(*rates: float, last: float = 1.0) -> list[float]:
    """Flows worth nothing at these rates and, within the range, at no other: a product of factors."""
    return [float(value) for value in last * polynomial.polyfromroots([1 / (1 + rate) for rate in rates])]


# The examples; a published case; sums by hand.


def test_flows_with_two_rates() -> None:
    # The issue: 10 % and 20 % both fit, for -100 + 230/1.1 - 132/1.21 = -100 + 230/1.2 - 132/1.44 = 0.
    assert reason_of(-100, 230, -132) is Reason.SEVERAL


@pytest.mark.parametrize(
    ("flows", "rate", "within"),
    [
        ((-150000, 15000, 25000, 35000, 45000, 60000), 0.0524328888594, 5e-14),  # the issue
        ((-100, 0, 0, 74), -0.0954958303, 5e-11),  # the issue: 0.74 ^ (1/3) - 1
        # S. Aos, WSIPP, 2013: 3,000 dollars in year one, 500 a year for twenty years, both at the end of the year.
        ((-3000 + 500, *[500] * 19), 0.1930042883, 5e-11),
        ((-100, 121), 0.21, 1e-13),
        ((-100, 100), 0.0, 1e-13),
        ((100, -110), 0.1, 1e-13),  # a loan
        ((-1, 0, 0, 0, 0, 32), 1.0, 1e-13),  # doubled five times
        ((-100, 60, 60), (0.6 + 2.76**0.5) / 2 - 1, 1e-13),  # the quadratic's solution
        ((-16, 0, 1), -0.75, 1e-13),  # (1/16) ^ (1/2) - 1
        ((-20, 1), LOWEST_RATE, 0.0),  # both ends of the range are in it
        ((-1, 21), HIGHEST_RATE, 0.0),
    ],
)
def test_flows_with_one_rate(flows: tuple[float, ...], rate: float, within: float) -> None:
    assert rate_of(*flows) == pytest.approx(rate, abs=within, rel=0)


def test_half_year_steps() -> None:
    # By hand: 110 for 100 after half a year is 1.1 ^ 2 - 1 a year; after two and a half years 1.1 ^ 0.4 - 1.
    assert rate_of(-100, 110, step_years=0.5) == pytest.approx(0.21, abs=1e-13)
    assert rate_of(-100, 0, 0, 0, 0, 110, step_years=0.5) == pytest.approx(1.1**0.4 - 1, abs=1e-13)
    assert str(irr(column(-100, 100), 1.0).rate[0]) == "0.0"  # not "-0.0"
    # Ten times as much in half a year is 9,900 %, beyond the range; in a year, 900 %.
    assert reason_of(-1, 10, step_years=0.5) is Reason.NONE_IN_RANGE
    assert rate_of(-1, 10) == pytest.approx(9, abs=1e-12)


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        ((0, 0, 0), Reason.NO_CHANGE),
        ((5,), Reason.NO_CHANGE),
        ((-100, -5, 0), Reason.NO_CHANGE),
        ((0, 100, 5), Reason.NO_CHANGE),
        ((-1, 21.001), Reason.NONE_IN_RANGE),  # 2,000.1 %
        ((-20.001, 1), Reason.NONE_IN_RANGE),
        ((1, -2, 2), Reason.NONE_IN_RANGE),  # worth 1 - 2v + 2v² = v² + (1 - v)²: always above zero
        ((1, -2, 1), Reason.SEVERAL),  # worth (1 - v)²: touches zero at a rate of nil
        ((100, -220, 121), Reason.SEVERAL),  # worth (10 - 11v)²: touches zero at 10 %, and crosses nowhere
        ((-100, 220, -121), Reason.SEVERAL),
    ],
)
def test_flows_without_a_rate(flows: tuple[float, ...], reason: Reason) -> None:
    assert reason_of(*flows) is reason


def test_rates_that_meet_are_counted_whatever_rounding_leaves() -> None:
    # Closed form: flows made from one rate twice. At the touch rounding leaves a little on either side of zero.
    assert {reason_of(*with_rates(n / 1000, n / 1000)) for n in range(10, 400, 7)} == {Reason.SEVERAL}


def test_rates_that_nearly_meet_are_counted() -> None:
    # Closed form: flows made from their rates. All of these pairs lie within one cell of the grid, of half a percent.
    for near in (1e-3, 1e-4, 1e-5, 1e-6):
        assert reason_of(*with_rates(0.1, 0.1 + near)) is Reason.SEVERAL
        assert reason_of(*with_rates(-0.9, -0.9 + near / 10)) is Reason.SEVERAL
        assert reason_of(*with_rates(0.1, 0.1 + near, 3.0)) is Reason.SEVERAL  # beside one that is crossed
    # A pair out of range beside one in it does not count.
    assert rate_of(*with_rates(0.25, 30.0, 30.01)) == pytest.approx(0.25, abs=1e-12)


def test_three_rates_in_one_place_are_one_rate() -> None:
    # Closed form: (1 - v)³ crosses zero once, at nil; so flat, rounding leaves some five digits.
    assert rate_of(1, -3, 3, -1) == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("before", [0, 1000])
def test_long_rows_do_not_overflow(before: int) -> None:
    # By hand: 1 paid and, a century later, 2 or a millionth back; with and without five centuries of nil before.
    flows = np.zeros((before + 201, 2))
    flows[before], flows[-1] = -1, (2, 1e-6)
    assert irr(flows, 0.5).rate == pytest.approx([2**0.01 - 1, 1e-6**0.01 - 1], abs=1e-12)


@pytest.mark.parametrize("size", [1e308, 1e-300])
def test_large_and_small_sums_do_not_overflow(size: float) -> None:
    # By hand: 110 for 100, whatever they are counted in.
    assert rate_of(-size, 1.1 * size) == pytest.approx(0.1, abs=1e-12)
    assert one(mirr(column(-size, 1.1 * size), np.ones(2), 1.0))[0] == pytest.approx(0.1, abs=1e-12)


# Dust, and the laws.


def test_dust_is_nil() -> None:
    # § 6: below 1e-9 of the largest is nil. The largest here is 121 or 100: 1e-7 is dust, and 2e-7 is not.
    later = [0.0] * 20
    assert rate_of(-100, 121, *later, -1e-7) == rate_of(-100, 121)
    # Counted, it gives a second rate, near (2e-7 ÷ 121) ^ (1/21) - 1 = -62 %.
    assert reason_of(-100, 121, *later, -2e-7) is Reason.SEVERAL
    assert reason_of(-100, 1e-7) is Reason.NO_CHANGE
    assert reason_of(-100, 2e-7) is Reason.NONE_IN_RANGE


AMOUNTS = st.one_of(st.just(0.0), st.integers(-1000, 1000).map(float), st.floats(-1e3, 1e3).map(lambda x: round(x, 3)))
STEPS = st.sampled_from([1.0, 0.5])


@st.composite
def some_flows(draw: st.DrawFn) -> Floats:
    """A few draws over up to 24 dates, some as an investment with returns, others of any signs."""
    dates = draw(st.integers(1, 24))
    rows: list[list[float]] = []
    for _ in range(draw(st.integers(1, 4))):
        flows = draw(st.lists(AMOUNTS, min_size=dates, max_size=dates))
        if draw(st.booleans()):
            paid = draw(st.integers(0, dates))
            flows = [-abs(value) if date < paid else abs(value) for date, value in enumerate(flows)]
        rows.append(flows)
    return np.array(rows).T


def same(left: Rates, right: Rates) -> None:
    """The same rates and reasons but for rounding, and for a rate at the very end of the range."""
    inside = ~(_at_an_end(left.rate) | _at_an_end(right.rate))
    assert left.reason[inside].tolist() == right.reason[inside].tolist()
    assert left.rate[inside] == pytest.approx(right.rate[inside], abs=1e-9, nan_ok=True)


def _at_an_end(rate: Floats) -> NDArray[np.bool_]:
    return (np.abs(rate - LOWEST_RATE) < 1e-9) | (np.abs(rate - HIGHEST_RATE) < 1e-9)


@given(some_flows(), STEPS)
def test_all_draws_at_once_are_the_oracle_draw_by_draw(flows: Floats, step_years: float) -> None:
    # Origin: the oracle, written from § 6 alone, one path at a time, without NumPy.
    dates = [place * step_years for place in range(len(flows))]
    found = irr(flows, step_years)
    for draw, nets in enumerate(flows.T):
        if _at_an_end(found.rate)[draw]:
            continue  # on the edge of the range rounding decides
        expected = oracle.irr(dates, nets.tolist())
        assert (found.reason[draw] == Reason.FOUND) == (expected is not None)
        if expected is not None:
            assert found.rate[draw] == pytest.approx(expected, abs=1e-9)


@given(some_flows(), STEPS, st.floats(0.0, 0.2))
def test_modified_rates_are_the_oracle_draw_by_draw(flows: Floats, step_years: float, discount: float) -> None:
    dates = [place * step_years for place in range(len(flows))]
    factors = [(1 + discount) ** -date for date in dates]
    found = mirr(flows, np.array(factors), step_years)
    for draw, nets in enumerate(flows.T):
        expected = oracle.mirr(dates, nets.tolist(), factors)
        assert (found.reason[draw] == Reason.FOUND) == (expected is not None)
        if expected is not None:
            assert found.rate[draw] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(some_flows(), STEPS, st.floats(1e-6, 1e6))
def test_scaling_flows_leaves_the_rate(flows: Floats, step_years: float, scale: float) -> None:
    same(irr(flows * scale, step_years), irr(flows, step_years))


@given(some_flows(), STEPS)
def test_turning_every_sign_leaves_the_rate(flows: Floats, step_years: float) -> None:
    same(irr(-flows, step_years), irr(flows, step_years))


@given(some_flows(), STEPS, st.integers(1, 30), st.integers(0, 30))
def test_shifting_dates_leaves_the_rate(flows: Floats, step_years: float, before: int, after: int) -> None:
    padded = np.pad(flows, ((before, after), (0, 0)))
    same(irr(padded, step_years), irr(flows, step_years))


@given(some_flows())
def test_years_told_in_half_years_leave_the_rate(flows: Floats) -> None:
    halves = np.zeros((2 * len(flows) - 1, flows.shape[1]))
    halves[::2] = flows
    same(irr(halves, 0.5), irr(flows, 1.0))


@given(some_flows())
def test_turning_time_round_turns_growth_round(flows: Floats) -> None:
    # A law of the formula: rate r fits flows if 1 ÷ (1 + r) − 1 fits them reversed. Of those within both ranges.
    ahead, back = irr(flows, 1.0), irr(flows[::-1], 1.0)
    both = (ahead.reason == Reason.FOUND) & (back.reason == Reason.FOUND) & (np.abs(np.log1p(ahead.rate)) < 2.99)
    assert np.log1p(back.rate[both]) == pytest.approx(-np.log1p(ahead.rate[both]), abs=1e-9)


def test_draws_do_not_touch_each_other() -> None:
    # Property checked: 1,500 draws, three blocks and some, have the rates that each has alone.
    flows = np.random.default_rng(3).normal(size=(12, 1500))
    together = irr(flows, 1.0)
    assert set(together.reason.tolist()) == {Reason.FOUND, Reason.SEVERAL, Reason.NONE_IN_RANGE}
    for draw in range(0, 1500, 7):
        alone = irr(flows[:, [draw]], 1.0)
        same(alone, Rates(together.rate[[draw]], together.reason[[draw]]))


# The count of rates.


@given(st.lists(st.integers(-90, 150), min_size=1, max_size=4, unique=True), STEPS)
def test_as_many_rates_as_the_flows_were_made_from(percents: list[int], step_years: float) -> None:
    # Closed form: the product of (v - v₁)(v - v₂)… is nil at those alone.
    flows = with_rates(*((1 + percent / 100) ** step_years - 1 for percent in percents))
    rate, reason = one(irr(column(*flows), step_years))
    if len(percents) == 1:
        assert rate == pytest.approx(percents[0] / 100, abs=1e-12)
    else:
        assert reason is Reason.SEVERAL


def test_the_count_is_that_of_polynomial_roots() -> None:
    # Brute force: the eigenvalues of the companion matrix, as numpy.roots finds them, of small polynomials.
    flows = np.random.default_rng(7).integers(-9, 10, size=(5, 2000)).astype(float)
    found = irr(flows, 1.0)
    seen: dict[Reason, int] = dict.fromkeys(Reason, 0)
    for draw, nets in enumerate(flows.T):
        roots = np.roots(nets)  # highest power first: powers of 1 + rate
        in_range = roots[(np.abs(roots.imag) < 1e-6) & (roots.real > 0.05) & (roots.real < 21)].real - 1
        mixed = bool((nets > 0).any() and (nets < 0).any())
        several = Reason.SEVERAL if in_range.size else Reason.NONE_IN_RANGE
        expected = Reason.NO_CHANGE if not mixed else Reason.FOUND if in_range.size == 1 else several
        assert found.reason[draw] == expected, nets
        if expected is Reason.FOUND:
            assert found.rate[draw] == pytest.approx(in_range[0], abs=1e-9)
        seen[expected] += 1
    # Not one kind alone: without this the loop could pass on nothing.
    assert min(seen[reason] for reason in (Reason.FOUND, Reason.SEVERAL, Reason.NONE_IN_RANGE, Reason.NO_CHANGE)) > 40


# MIRR by hand, words, refusals, time.


def test_modified_rate_by_hand() -> None:
    # 5 %: 100 + 52.5 ÷ 1.05 = 150 is paid, told at the start; 110.25 × 1.05 + 99.225 comes back, told at the end.
    factors = 1.05 ** -np.arange(4.0)
    flows = column(-100, -52.5, 110.25, 99.225)
    expected = ((110.25 * 1.05 + 99.225) / 150) ** (1 / 3) - 1
    assert one(mirr(flows, factors, 1.0))[0] == pytest.approx(expected, abs=1e-14)
    # The same dates half a year apart, with the same factors: the cube root becomes the power 1 ÷ 1.5.
    assert one(mirr(flows, factors, 0.5))[0] == pytest.approx((1 + expected) ** 2 - 1, abs=1e-14)
    # Factors per draw: at 5 % and at nil.
    both = mirr(np.hstack([flows, flows]), np.stack([factors, np.ones(4)], axis=1), 1.0)
    assert both.rate == pytest.approx([expected, ((110.25 + 99.225) / 152.5) ** (1 / 3) - 1], abs=1e-14)


def test_modified_rate_of_two_rates() -> None:
    # By hand at nil: 230 back for 232 paid, over two years, though no single internal rate fits.
    assert one(mirr(column(-100, 230, -132), np.ones(3), 1.0))[0] == pytest.approx((230 / 232) ** 0.5 - 1, abs=1e-14)


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        ((0, 100, 5), Reason.NOTHING_PAID),
        ((0, 0, 0), Reason.NOTHING_PAID),
        ((-100, 0, -1), Reason.NOTHING_BACK),
        ((-100, 0, 1e-7), Reason.NOTHING_BACK),  # dust
        ((-100,), Reason.ONE_DATE),
        ((100,), Reason.ONE_DATE),
    ],
)
def test_flows_without_a_modified_rate(flows: tuple[float, ...], reason: Reason) -> None:
    assert one(mirr(column(*flows), np.ones(len(flows)), 1.0))[1] is reason


def test_no_draws_no_rates() -> None:
    none = np.zeros((3, 0))
    assert irr(none, 1.0).rate.shape == mirr(none, np.ones(3), 1.0).rate.shape == (0,)


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason) - {Reason.FOUND}
    assert {why.name: sentence(why) for why in SENTENCES} == {
        "NO_CHANGE": "the sign of the net flows never changes",
        "SEVERAL": "more than one rate fits",
        "NONE_IN_RANGE": "no rate from -95% to 2,000% fits",
        "NOTHING_PAID": "nothing is paid: no net flow is below zero",
        "NOTHING_BACK": "nothing comes back: no net flow is above zero",
        "ONE_DATE": "there is only one date",
    }
    # As it stands in the arrays, a small integer.
    assert sentence(irr(column(1, 1), 1.0).reason[0]) == "the sign of the net flows never changes"
    with pytest.raises(ValueError, match=r"^A rate that was found needs no reason\. Ask for a sentence only where"):
        sentence(Reason.FOUND)


@pytest.mark.parametrize(
    ("flows", "step_years", "message"),
    [
        (
            np.ones(3),
            1.0,
            "Net flows are (date, draw), with at least one date, and these are of shape (3,). "
            "Give a single path of flows as one column.",
        ),
        (
            np.ones((0, 3)),
            1.0,
            "Net flows are (date, draw), with at least one date, and these are of shape (0, 3). "
            "Give a single path of flows as one column.",
        ),
        (column(-1, 2), 0.0, "Dates lie some years apart, above zero, and the step is 0.0. Give 1.0 or 0.5."),
        (
            np.array([[-1.0, -1.0], [2.0, np.nan]]),
            1.0,
            "Net flows are finite numbers, and that of date 1 in draw 1 (counted from 0) is nan. "
            "Mend the line that made it.",
        ),
    ],
)
def test_flows_refused(flows: Floats, step_years: float, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        irr(flows, step_years)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        mirr(flows, np.ones(len(flows)), step_years)


def test_factors_refused() -> None:
    wrong = (
        "Discount factors have one row per date: there are 2 dates and 1 draws, and factors of shape (3,). "
        "Give them as (date,) or (date, draw)."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(wrong)}$"):
        mirr(column(-1, 2), np.ones(3), 1.0)
    nil = "Discount factors are numbers above zero, and one of these is not. Give those of a schedule."
    for factor in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match=f"^{re.escape(nil)}$"):
            mirr(column(-1, 2), np.array([1.0, factor]), 1.0)


def test_ten_thousand_draws_of_thirty_years_take_no_time() -> None:
    """Measured on two shared cores: 0.06 s for an investment; fails at ten times that, as a loop over draws would."""
    rng = np.random.default_rng(1)
    flows = np.vstack([-rng.uniform(50, 150, (3, 10_000)), rng.uniform(0, 60, (28, 10_000))])
    took = []
    for _ in range(3):
        start = time.perf_counter()
        found = irr(flows, 1.0)
        took.append(time.perf_counter() - start)
    assert (found.reason == Reason.FOUND).all()
    assert min(took) < 0.6
    # What was found fits: the worth of the flows at each rate, as a share of their size, is rounding.
    powers = (1 + found.rate) ** -np.arange(31.0)[:, None]
    assert (np.abs((flows * powers).sum(axis=0)) <= 1e-11 * (np.abs(flows) * powers).sum(axis=0)).all()
