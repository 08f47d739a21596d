"""Method § 1: factors, timings, prices, as the engine's lines give them. Each number has its origin beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.projection.small import gain, outlay, projected, row, saving

STANDARD = "green-book-2026-standard"


@pytest.mark.parametrize(
    ("schedule", "year", "factor"),
    [  # The Green Book's declining schedules (February 2026); the factors are those of `tests/oracle/test_oracle.py`
        (STANDARD, 1, 0.9661835748792271),
        (STANDARD, 30, 0.3562784106023024),
        (STANDARD, 31, 0.34590136951679845),
        (STANDARD, 75, 0.09421377257669156),
        (STANDARD, 76, 0.09191587568457714),
        ("green-book-2026-reduced", 30, 0.4119867595159063),
        ("green-book-2026-reduced", 31, 0.40166399484830484),
    ],
)
def test_the_green_book_factors(schedule: str, year: int, factor: float) -> None:
    result = projected({"discount": schedule, "years": 80})
    assert row(result, "timeline.cost_factor")[year] == pytest.approx(factor, rel=1e-12)


def test_the_current_green_book_is_the_default() -> None:
    # Method § 1: 3.5 % to year 30 and 3.0 % from 31; health effects 1.5 % and 1.29 %.
    case = {"years": 33, "discount": None, "health_discount": None}
    result = projected(case)
    rates = row(result, "timeline.standard_rate")
    assert (rates[0], rates[30], rates[31]) == pytest.approx((0.035, 0.035, 0.03))
    health = row(result, "timeline.health_rate")
    assert (health[30], health[31]) == pytest.approx((0.015, 0.0129))
    # the year after is already in the next band at year 30: an end-of-year flow is discounted at 3.0 %
    assert row(result, "timeline.standard_next_rate")[30] == pytest.approx(0.03)


def test_middle_and_end_of_the_year_across_a_band() -> None:
    result = projected({"discount": STANDARD, "years": 32, "cost_timing": "middle", "benefit_timing": "end"})
    at_start = row(result, "timeline.standard_factor")
    # § 1: factor[t] / (1 + rate(t+1))^½, and factor[t+1]; by hand at the edge of the band
    assert row(result, "timeline.cost_factor")[30] == pytest.approx(at_start[30] / 1.03**0.5, rel=1e-14)
    assert row(result, "timeline.benefit_factor")[30] == pytest.approx(at_start[31], rel=1e-14)
    assert row(result, "timeline.cost_factor")[29] == pytest.approx(at_start[29] / 1.035**0.5, rel=1e-14)


def test_timing_moves_the_factor() -> None:
    result = projected({"discount": 0.21, "cost_timing": "middle", "benefit_timing": "end", "years": 2})
    # By hand: √1.21 = 1.1, so the middles of years 0 and 1 are 1/1.1 and 1/1.331; the ends 1/1.21 and 1/1.4641.
    assert row(result, "timeline.cost_factor") == pytest.approx([1 / 1.1, 1 / 1.331], rel=1e-14)
    assert row(result, "timeline.benefit_factor") == pytest.approx([1 / 1.21, 1 / 1.4641], rel=1e-14)
    # format.md: the health schedule stays when the discount is flat; 1.5 % at the end of the year.
    assert row(result, "timeline.health_benefit_factor") == pytest.approx([1 / 1.015, 1 / 1.015**2], rel=1e-14)


def test_the_calendar() -> None:
    result = projected({"first_year": 2028, "years": 3}, groups=[])
    assert result.years == ("2028/29", "2029/30", "2030/31")
    assert row(result, "timeline.calendar") == [2028, 2029, 2030]
    assert row(result, "timeline.elapsed") == [0, 1, 2]
    assert result.evaluation.number("timeline.horizon") == 3
    assert result.evaluation.number("timeline.last_calendar") == 2030


@pytest.mark.parametrize(
    ("price_year", "prices"),
    [  # by hand from gdp-deflator.csv: 2015 is 75.1536, 2015/16 is 75.4791, 2023/24 is 97.188
        ("2015", 97.188 / 75.1536),
        ("2015/16", 97.188 / 75.4791),
        ("2023/24", 1.0),
        (None, 1.0),
    ],
)
def test_price_years_of_costs_and_values(price_year: str | None, prices: float) -> None:
    stated: dict[str, Any] = {} if price_year is None else {"price_year": price_year}
    result = projected(costs=[outlay(**stated)], outcomes=[gain()], values=[saving(**stated)])
    assert row(result, "outlay.cost")[0] == pytest.approx(100 * prices, rel=1e-14)
    assert row(result, "gain-council-fiscal.value")[0] == pytest.approx(prices, rel=1e-14)


def test_growth_and_a_profile() -> None:
    costs = [{"id": "rent", "payer": "council", "basis": "per_year", "amount": {2026: 100, 2028: 50}, "growth": 0.1}]
    # By hand: 100 × 1.1^0, nothing (left out), 50 × 1.1².
    assert row(projected({"years": 3}, costs=costs), "rent.cost") == pytest.approx([100, 0, 60.5])


def test_health_itself_has_its_own_schedule_and_money_saved_by_health_has_not() -> None:
    result = projected(
        {"discount": 0.25, "health_discount": 0, "years": 2},
        outcomes=[gain(lag=1)],
        values=[
            saving(sector="people", kind="social", amount=10, health_effect=True),
            saving(sector="health", amount=10),
        ],
    )
    # By hand, both in year 1: 10 at no discount; 10 × 0.8.
    assert result.sectors["people"].pv_benefits == pytest.approx(10)
    assert result.sectors["health"].pv_benefits == pytest.approx(8)
