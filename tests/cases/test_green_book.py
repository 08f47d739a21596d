"""The Green Book's own tables, as cases: what £1,000 is worth later, by discounting and by inflation.

Source: The Green Book (2018), tables 1 and 2; declining schedules of the edition of February 2026. Read in the source.
Tolerances: half a pound on tables printed in pounds; factors, printed to sixteen digits, to 1e-14 of each.
"""

from __future__ import annotations

import pytest

from sroi import library
from sroi.model.settings import CURRENT_HEALTH, CURRENT_STANDARD
from sroi.projection import Result
from tests.projection.small import Row, gain, outlay, projected, row, saving

TABLE_1 = [1000, 966, 934, 902, 871, 842, 814, 786, 759, 734, 709]
"""£1,000 in each of the years 0 to 10, at 3.5 %."""
TABLE_2 = [1000, 980, 961, 942, 924, 906]
"""£1,000 paid in each of the years 0 to 5 with inflation of 2 %, in the prices of year 0."""
REDUCED = "green-book-2026-reduced"
FACTORS = [
    (CURRENT_STANDARD, 1, 0.9661835748792271),
    (CURRENT_STANDARD, 10, 0.7089188137097722),
    (CURRENT_STANDARD, 30, 0.3562784106023024),
    (CURRENT_STANDARD, 31, 0.34590136951679845),
    (CURRENT_STANDARD, 75, 0.09421377257669156),
    (CURRENT_STANDARD, 76, 0.09191587568457714),
    (CURRENT_HEALTH, 30, 0.6397624299064907),
    (CURRENT_HEALTH, 31, 0.6316146015465404),
    (REDUCED, 30, 0.4119867595159063),
    (REDUCED, 31, 0.40166399484830484),
]
"""Schedule, years from the start, factor."""
RATES = {CURRENT_STANDARD: (0.035, 0.03), CURRENT_HEALTH: (0.015, 0.0129), REDUCED: (0.03, 0.0257)}
"""The rates of the first two bands, years 0 to 30 and 31 to 75, as the table prints them."""
STANDARD_125 = 0.027410763016195137
DIGITS = 1e-14


def a_thousand_a_year(**settings: object) -> Result:
    """£1,000 to the council in each year of the case."""
    years = int(str(settings["years"]))
    return projected(settings=settings, outcomes=[gain(duration=years)], values=[saving(amount=1000)])


def present_values(**settings: object) -> list[float]:
    """What £1,000 in each of the years 0 to 10 is worth at the start."""
    return row(a_thousand_a_year(years=11, **settings), "gain-council-fiscal.present_value")


def test_a_thousand_pounds_at_three_and_a_half_per_cent() -> None:
    assert present_values(discount=0.035, benefit_timing="start") == pytest.approx(TABLE_1, abs=0.5)
    # the schedule now in force has the same first band
    assert present_values(discount=CURRENT_STANDARD) == pytest.approx(TABLE_1, abs=0.5)


@pytest.mark.parametrize(
    "settings",
    [{"discount": 0.035, "benefit_timing": "end"}, {"discount": 0.035, "benefit_timing": "middle"},
     {"discount": REDUCED}, {"discount": CURRENT_HEALTH}, {"discount": 0.0351}],
)  # fmt: skip
def test_no_other_timing_or_schedule_gives_table_1(settings: Row) -> None:
    assert present_values(**settings) != pytest.approx(TABLE_1, abs=0.5)


def over_a_century(schedule: str) -> list[float]:
    """A schedule's factors at the starts of 100 years, the longest that a case may run."""
    if schedule == CURRENT_HEALTH:
        return row(a_thousand_a_year(years=100, health_discount=schedule), "timeline.health_factor")
    return row(a_thousand_a_year(years=100, discount=schedule), "timeline.standard_factor")


@pytest.mark.parametrize(("schedule", "year", "factor"), FACTORS)
def test_the_declining_schedules(schedule: str, year: int, factor: float) -> None:
    assert over_a_century(schedule)[year] == pytest.approx(factor, rel=DIGITS, abs=0)


@pytest.mark.parametrize("schedule", RATES)
def test_a_step_at_the_wrong_year_is_seen(schedule: str) -> None:
    """The first band is 0 to 30, both included: by the published factors and rates, a schedule that stepped a year
    early would have another factor in year 30, and one that stepped a year late in year 31; the engine has neither."""
    first, second = RATES[schedule]
    published = {year: factor for name, year, factor in FACTORS if name == schedule}
    early = published[30] * (1 + first) / (1 + second)
    late = published[31] * (1 + second) / (1 + first)
    factors = over_a_century(schedule)
    assert factors[30] != pytest.approx(early, rel=1e-3)
    assert factors[31] != pytest.approx(late, rel=1e-3)


def test_the_factor_of_year_125() -> None:
    """A case runs 100 years at most, so this year is in none: the engine goes to the hundredth, and the library's band,
    75 years to 125 at one rate, the rest of the way. (`tests/oracle/` reaches it alone.)"""
    band = next(band for band in library.schedule(CURRENT_STANDARD) if band.from_year == 76)
    assert (band.to_year, band.rate_percent) == (125, 2.5)
    reached = over_a_century(CURRENT_STANDARD)[99] / (1 + band.rate_percent / 100) ** (125 - 99)
    assert reached == pytest.approx(STANDARD_125, rel=DIGITS, abs=0)


def in_prices_of_the_first_year(inflation: float) -> list[float]:
    """£1,000 paid in each of six years, each in the money of its own year, in the prices of the first.

    The index is the case's own, for years that the shipped one does not hold.
    """
    years = [f"{year}/{year - 1999}" for year in range(2050, 2056)]
    result = projected(
        settings={"first_year": 2050, "years": 6, "price_base": years[0]},
        groups=[],
        costs=[
            outlay(id=f"paid-{t}", amount=1000, price_year=year) | {"from": 2050 + t} for t, year in enumerate(years)
        ],
        deflators=[{"year": year, "index": 100 * (1 + inflation) ** t} for t, year in enumerate(years)],
    )
    return row(result, "public_value.costs")


def test_a_thousand_pounds_under_two_per_cent_inflation() -> None:
    assert in_prices_of_the_first_year(0.02) == pytest.approx(TABLE_2, abs=0.5)
    # 2 % off each year is not the same as an index that rises by 2 %, and the wrong way up is worse
    assert in_prices_of_the_first_year(1 / 0.98 - 1) != pytest.approx(TABLE_2, abs=0.5)
    assert in_prices_of_the_first_year(1 / 1.02 - 1) != pytest.approx(TABLE_2, abs=0.5)
