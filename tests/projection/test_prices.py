"""Prices by hand: nominal sums, years after the index, outturn prices (method § 1, *Prices*).

The index is the shipped one, 100 in 2024, its last calendar year; `later_inflation` of 2 % makes 2025 102, 2026 104.04
and 2027 106.1208, so 2025/26 is 0.75 × 102 + 0.25 × 104.04 = 102.51 and 2026/27 0.75 × 104.04 + 0.25 × 106.1208 =
104.5602.
"""

from __future__ import annotations

import pytest

from sroi.errors import CaseError
from sroi.reading import read
from tests.projection.small import Row, case, gain, outlay, projected, row, rows, saving

LATER: Row = {"first_year": 2025, "years": 2, "price_base": "2024", "later_inflation": 0.02}
GROUPS: list[Row] = [{"id": "residents", "referrals": 1, "from": 2025, "to": 2025}]
PAID = outlay(basis="per_year", amount=1000)


def test_a_nominal_sum_is_worth_less_each_year() -> None:
    result = projected(LATER, groups=GROUPS, costs=[PAID | {"price_year": "nominal"}])
    cost, nominal = rows(result, "outlay.cost", "timeline.nominal")
    assert nominal == pytest.approx([100 / 102.51, 100 / 104.5602], rel=1e-12)
    assert cost == pytest.approx([1000 * 100 / 102.51, 1000 * 100 / 104.5602], rel=1e-12)


def test_a_nominal_sum_in_the_base_year_is_itself() -> None:
    costs = [PAID | {"price_year": "nominal"}]
    result = projected(LATER | {"price_base": "2026/27"}, groups=GROUPS, costs=costs)
    assert row(result, "outlay.cost") == pytest.approx([1000 * 104.5602 / 102.51, 1000], rel=1e-12)


def test_a_nominal_value_is_worth_less_each_year() -> None:
    values = [saving(amount=500, price_year="nominal")]
    result = projected(LATER, groups=GROUPS, outcomes=[gain(duration=2)], values=values)
    assert row(result, "gain-council-fiscal.value") == pytest.approx(
        [500 * 100 / 102.51, 500 * 100 / 104.5602], rel=1e-12
    )


@pytest.mark.parametrize(
    ("year", "index"),
    [
        ("2025", 102),
        ("2027", 106.1208),
        ("2025/26", 102.51),
        ("2024/25", 0.75 * 100 + 0.25 * 102),
        # gdp-deflator.csv: a year held is never recomputed
        ("2023", 96.2507),
        ("2020/21", 85.3192),
    ],
)
def test_years_after_the_index_go_on_with_inflation(year: str, index: float) -> None:
    result = projected(LATER, groups=GROUPS, costs=[PAID | {"price_year": year}])
    held, cost = rows(result, f"price_index.{year}", "outlay.cost")
    assert held[0] == pytest.approx(index, rel=1e-12)
    assert cost == pytest.approx([1000 * 100 / index] * 2, rel=1e-12)


def test_outturn_prices_are_those_of_the_year() -> None:
    assert row(projected(LATER, groups=GROUPS, costs=[PAID]), "timeline.outturn") == pytest.approx(
        [1.0251, 1.045602], rel=1e-12
    )


def test_inflation_that_changes_no_price_still_dates_outturn() -> None:
    """Nothing quoted, nothing nominal: the real result is the same, whatever the inflation."""
    for rate in (0.02, 0.08):
        result = projected(LATER | {"later_inflation": rate, "discount": 0}, groups=GROUPS, costs=[PAID])
        assert result.views["budget"].pv_costs == 2000


def test_the_use_of_later_inflation_is_flagged() -> None:
    said = (
        "Prices after 2024, the last calendar year in the index, rest on later_inflation of 2.0% a year: an assumption "
        "of this case, not a published index. See what another rate does to the answer."
    )
    assert said in projected(LATER, groups=GROUPS, costs=[PAID]).warnings
    settings = {key: value for key, value in LATER.items() if key != "later_inflation"}
    assert not [w for w in projected(settings, groups=GROUPS, costs=[PAID]).warnings if "later_inflation" in w]


def test_a_base_after_the_index_without_inflation_is_refused_where_a_price_needs_it() -> None:
    settings = {"first_year": 2025, "years": 2, "price_base": "2026/27"}
    projected(settings, groups=GROUPS, costs=[PAID])  # nothing needs it
    with pytest.raises(CaseError) as error:
        read(case(settings, groups=GROUPS, costs=[PAID | {"price_year": "2023/24"}]))
    assert [str(problem) for problem in error.value.problems] == [
        "settings.price_base: There is no price index for 2026/27. The years held are 1990 to 2024 and 1990/91 to "
        "2023/24. For later ones state later_inflation in Settings."
    ]


def test_nominal_sums_of_years_gone_by_need_no_inflation() -> None:
    groups = [GROUPS[0] | {"from": 2020, "to": 2020}]
    costs = [PAID | {"price_year": "nominal"}]
    result = projected({"first_year": 2020, "years": 2, "price_base": "2020/21"}, groups=groups, costs=costs)
    # gdp-deflator.csv: 85.3192 in 2020/21, 86.852 in 2021/22
    assert row(result, "outlay.cost") == pytest.approx([1000, 1000 * 85.3192 / 86.852], rel=1e-12)
