"""The value map by hand: across a row the numbers of the year shown multiply to its impact (method §§ 4 to 6)."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sroi.projection import Result, project
from sroi.reading import read
from tests.projection.small import GROUPS, Row, case, gain, outlay, projected, row, saving

TEN = [GROUPS[0] | {"referrals": 10, "to": 2027, "engagement": 0.8}]
"""Eight people start in 2026, and eight in 2027."""
FULL = {
    "basis": "proportional",
    "baseline": 2,
    "effect": 0.5,
    "deadweight": 0.1,
    "attribution": 0.2,
    "displacement": 0.25,
    "leakage": 0.5,
    "optimism": 0.2,
    "regression_to_mean": 0.5,
    "lag": 1,
    "duration": 2,
    "drop_off": 0.5,
}
"""Every adjustment there is. They keep 0.9 × 0.8 × 0.75 × 0.5 = 0.27, then 0.8 for optimism and 0.5 for regression."""
QUARTER = {"discount": 0.25}
"""Factors of 1, 0.8, 0.64, 0.512 and 0.4096."""


def full(**fields: Any) -> Result:
    """Units are £100 each, growing by a tenth a year, three to the outcome."""
    return projected(
        QUARTER,
        groups=TEN,
        outcomes=[gain(**FULL | fields)],
        values=[
            saving(amount=100, growth=0.1, times=3),
            saving(sector="council", kind="transfer", amount=10, balance="people", id="grant"),
        ],
    )


def numbers(result: Result, *lines: str) -> list[float]:
    return [result.evaluation.number(line) for line in lines]


def number(result: Result, line: str) -> float:
    return result.evaluation.number(line)


def test_across_a_row_the_numbers_multiply_to_the_impact_of_the_year_shown() -> None:
    result = full()
    # With a lag of 1 it is in force for 8 people in 2027, 8 + ½ × 8 in 2028, ½ × 8 in 2029.
    assert row(result, "gain.map_in_force") == pytest.approx([0, 8, 12, 4, 0])
    assert row(result, "gain.map_begun") == [0, 1, 1, 1, 1]
    assert row(result, "gain.map_first") == [0, 1, 0, 0, 0]
    assert row(result, "gain.map_people_by_year") == pytest.approx([0, 8, 0, 0, 0])
    assert number(result, "gain.map_after") == 4
    assert number(result, "gain.map_year") == 2027
    assert number(result, "gain.map_people") == 8
    assert number(result, "gain.map_quantity") == pytest.approx(8)  # × 2 × 0.5
    assert number(result, "gain.map_kept") == pytest.approx(0.27)
    assert number(result, "gain.map_optimism") == 0.2
    assert number(result, "gain.map_regression") == 0.5
    assert number(result, "gain.map_net") == pytest.approx(0.864)  # 8 × 0.27 × 0.8 × 0.5
    assert number(result, "gain-council-fiscal.map_times") == 3
    assert number(result, "gain-council-fiscal.map_each") == pytest.approx(110)  # 100 × 1.1, a year on
    assert row(result, "gain-council-fiscal.map_each_by_year") == pytest.approx([0, 110, 0, 0, 0])
    assert number(result, "gain-council-fiscal.map_impact") == pytest.approx(285.12)  # 0.864 × 3 × 110
    assert number(result, "gain-council-fiscal.map_value") == pytest.approx(285.12)
    assert row(result, "gain-council-fiscal.map_value_by_year") == pytest.approx([0, 285.12, 0, 0, 0])
    # later: 1.296 × 3 × 121 = 470.448 and 0.432 × 3 × 133.1 = 172.4976
    assert number(result, "gain-council-fiscal.map_total") == pytest.approx(285.12 + 470.448 + 172.4976)
    assert number(result, "gain-council-fiscal.map_present") == pytest.approx(
        0.8 * 285.12 + 0.64 * 470.448 + 0.512 * 172.4976
    )
    assert number(result, "value_map.present") == pytest.approx(617.5014912)


def test_a_transfer_has_an_impact_on_both_sides_and_none_in_public_value() -> None:
    result = full()
    # 0.864 × 1 × 10
    assert numbers(result, "grant.map_impact", "grant-balance.map_impact") == pytest.approx([8.64, -8.64])
    assert numbers(result, "grant.map_each", "grant-balance.map_each") == [10, -10]
    assert numbers(result, "grant.map_present", "grant-balance.map_present") == [0, 0]
    # 0.864 + 1.296 + 0.432 units of £10
    assert numbers(result, "grant.map_total", "grant-balance.map_total") == pytest.approx([25.92, -25.92])


def test_optimism_makes_a_harm_larger_and_regression_leaves_it() -> None:
    result = full(effect=-0.5)
    assert numbers(result, "gain.map_optimism", "gain.map_regression") == [-0.2, 0]
    assert number(result, "gain.map_quantity") == pytest.approx(-8)
    assert number(result, "gain.map_net") == pytest.approx(-2.592)  # -8 × 0.27 × 1.2
    assert number(result, "gain-council-fiscal.map_impact") == pytest.approx(-855.36)  # × 3 × 110
    assert number(result, "value_map.apart") == pytest.approx(0, abs=1e-9)


def test_the_year_shown_is_the_first_in_which_something_changes() -> None:
    # Ten people a year; nothing changes in 2026, 0.5 units each in 2027, 1 in 2028.
    result = projected(
        groups=[GROUPS[0] | {"referrals": 10, "to": 2030}],
        outcomes=[gain(effect=None)],
        profiles=[{"ref": "outcomes.gain.effect", "2027": 0.5, "2028": 1}],
        values=[saving(amount=2)],
    )
    assert number(result, "gain.map_year") == 2027
    assert number(result, "gain.map_gross") == 0.5
    assert row(result, "gain.map_gross_by_year") == [0, 0.5, 0, 0, 0]
    assert numbers(result, "gain.map_quantity", "gain-council-fiscal.map_impact", "gain-council-fiscal.map_total") == [
        5,
        10,
        30,
    ]


@pytest.mark.parametrize("counts", ["outcome", "value"])
def test_a_row_that_does_not_count_has_no_impact(counts: str) -> None:
    result = projected(outcomes=[gain(counts=counts != "outcome")], values=[saving(amount=2, counts=counts != "value")])
    assert numbers(
        result, "gain-council-fiscal.map_impact", "gain-council-fiscal.map_total", "gain-council-fiscal.map_present"
    ) == [0, 0, 0]
    assert number(result, "gain-council-fiscal.map_each") == 2  # it is worth what it is worth, counted or not
    assert number(result, "gain.map_valued") == (1 if counts == "outcome" else 0)
    assert number(result, "gain.map_year") == (0 if counts == "outcome" else 2026)
    assert number(result, "gain-council-fiscal.map_times") == (1 if counts == "outcome" else 0)
    assert number(result, "value_map.apart") == 0


def paid_and_saved(settings: Row | None = None, **tables: list[Row]) -> Result:
    """The council pays £100 and saves £110 in one year, undiscounted."""
    held: dict[str, list[Row]] = {"costs": [outlay()], "outcomes": [gain()], "values": [saving(amount=110)]}
    return projected(settings, **held | tables)


def test_inputs_in_cash_and_in_kind_stand_apart() -> None:
    given = outlay(id="time", payer="people", treatment="in_kind", amount=30)
    result = paid_and_saved(costs=[outlay(), given])
    assert numbers(result, "value_map.in_cash", "value_map.in_kind", "value_map.paid") == [100, 30, 130]


def test_the_tax_charge_is_an_input() -> None:
    result = paid_and_saved({"tax_deadweight": 0.2})
    assert number(result, "outlay.map_input") == 100
    assert number(result, "value_map.tax") == pytest.approx(-2)  # 0.2 × (100 − 110)
    assert number(result, "value_map.paid") == pytest.approx(98)
    assert number(result, "public_value.pv_costs") == pytest.approx(98)


def test_an_old_service_released_is_a_negative_input_or_a_row_of_value() -> None:
    old = {"id": "old", "payer": "council", "basis": "per_year", "amount": 100, "old_service": True, "to": 2027}
    costs = [outlay(), old | {"release_share": 1, "release_years": 0, "source": "by hand"}]
    lowers, gains = (paid_and_saved({"released_costs": how}, costs=costs) for how in ("costs", "benefits"))
    assert number(lowers, "old.map_input") == -200
    assert numbers(lowers, "value_map.paid", "value_map.present") == [-100, 110]
    assert number(gains, "old.map_released") == 200
    assert numbers(gains, "value_map.paid", "value_map.present") == [100, 310]


def test_a_harm_that_counts_as_a_cost_is_an_input() -> None:
    # £110 is lost; and the row still multiplies to its value of the year
    result = paid_and_saved({"negative_benefits": "costs"}, outcomes=[gain(effect=-1)])
    assert numbers(
        result, "gain-council-fiscal.map_impact", "gain-council-fiscal.map_present", "gain-council-fiscal.map_harm"
    ) == [-110, 0, 110]
    assert numbers(result, "value_map.paid", "value_map.present", "value_map.apart") == [210, 0, 0]


def test_an_economic_value_to_people_is_also_shown_weighted() -> None:
    worth = saving(sector="people", kind="economic", amount=50)
    values = [saving(amount=110), worth]
    poor = [GROUPS[0] | {"income": 10_000}]
    result = paid_and_saved({"reference_income": 20_000}, groups=poor, values=values)
    # (20,000 ÷ 10,000)^1.3 = 2.4622888; a public pound has no weight
    assert number(result, "gain-people-economic.map_weighted") == pytest.approx(123.11444)
    assert number(result, "gain-council-fiscal.map_weighted") == 110
    assert number(result, "public_value.weighted_pv_benefits") == pytest.approx(233.11444)
    unknown = paid_and_saved({"reference_income": 20_000}, values=values)
    assert math.isnan(number(unknown, "gain-council-fiscal.map_weighted"))


def test_an_effect_that_came_in_bears_no_optimism_in_its_year() -> None:
    # a re-run: the effect of 2026 came in as 3, of which nothing is taken off
    tables: dict[str, Any] = {
        "outcomes": [gain(optimism=0.5)],
        "actuals": [{"ref": "outcomes.gain.effect", "year": 2026, "value": 3, "source": "by hand"}],
        "values": [saving(amount=2)],
    }
    again = project(read(case(**tables)).as_it_was())
    assert row(again, "gain.map_bias_by_year") == [0, 0, 0, 0, 0]
    assert numbers(again, "gain.map_bias", "gain.map_gross", "gain-council-fiscal.map_impact") == [0, 3, 6]
