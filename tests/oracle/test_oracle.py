"""The oracle against published answers, and §§ 1 to 3 by hand. Each number has its origin beside it."""

from __future__ import annotations

import pytest

from .hand import LIBRARY, fiscal, made, meals, old_service, outcome
from .money import discount_factor, prices
from .oracle import project

# ---------------------------------------------------------------- Published answers


def test_the_meals_example_comes_out_as_published() -> None:
    view = project(meals(), LIBRARY)["views"]["public_value"]
    # SROI Guide (2012), worked example, recalled: year totals, PV, net PV and ratio.
    assert [round(total, 2) for total in view["benefits"]] == [82508.57, 144.16, 67.70, 1121.93, 1009.74]
    assert view["pv_benefits"] == pytest.approx(81741.93, abs=0.005)
    assert view["npv"] == pytest.approx(39366.93, abs=0.005)
    assert view["bcr"] == pytest.approx(1.929013, abs=5e-7)


@pytest.mark.parametrize(
    ("schedule", "year", "factor"),
    [  # The Green Book, declining schedules of February 2026 (the 2018 tables' first band is the same)
        ("green-book-2026-standard", 1, 0.9661835748792271),
        ("green-book-2026-standard", 10, 0.7089188137097722),
        ("green-book-2026-standard", 30, 0.3562784106023024),
        ("green-book-2026-standard", 31, 0.34590136951679845),
        ("green-book-2026-standard", 75, 0.09421377257669156),
        ("green-book-2026-standard", 76, 0.09191587568457714),
        ("green-book-2026-standard", 125, 0.027410763016195137),
        ("green-book-2026-health", 30, 0.6397624299064907),
        ("green-book-2026-health", 31, 0.6316146015465404),
        ("green-book-2026-reduced", 30, 0.4119867595159063),
        ("green-book-2026-reduced", 31, 0.40166399484830484),
    ],
)
def test_the_green_book_factors(schedule: str, year: int, factor: float) -> None:
    assert discount_factor(schedule, year, "start", LIBRARY) == pytest.approx(factor, rel=1e-12)


def test_the_green_book_table_of_1000_pounds() -> None:
    # The Green Book (2018), table 1: £1,000 in years 0 to 10 at 3.5 %.
    worth = [round(1000 * discount_factor(0.035, t, "start", LIBRARY)) for t in range(11)]
    assert worth == [1000, 966, 934, 902, 871, 842, 814, 786, 759, 734, 709]


def test_the_green_book_table_of_prices() -> None:
    # The Green Book (2018), table 2: £1,000 paid in years 0 to 5 with 2 % inflation, in prices of year 0. As
    # nominal sums from 2025/26 on, all past the shipped index, so that later_inflation makes each step 2 %.
    case = made(
        settings={"first_year": 2025, "years": 6, "price_base": "2025/26", "later_inflation": 0.02},
        costs=[{"id": "bill", "payer": "council", "basis": "per_year", "amount": 1000, "price_year": "nominal"}],
    )
    assert [round(cost) for cost in project(case, LIBRARY)["costs"]["bill"]["cost"]] == [
        1000,
        980,
        961,
        942,
        924,
        906,
    ]


def test_the_wsipp_slide() -> None:
    # S. Aos, WSIPP, 2013: $3,000 in year one, $500 a year for twenty years, 3 %, both at the end of the year.
    case = made(
        settings={"years": 20, "discount": 0.03, "cost_timing": "end", "benefit_timing": "end"},
        costs=[{"id": "outlay", "payer": "council", "basis": "one_off", "amount": 3000}],
        outcomes=[outcome(duration=20)],
        values=[fiscal(amount=500)],
    )
    view = project(case, LIBRARY)["views"]["public_value"]
    assert view["npv"] == pytest.approx(4526.116071, abs=5e-7)
    assert view["bcr"] == pytest.approx(2.553966578, abs=0.005)  # the tolerance stated for ratios
    assert view["irr"] == pytest.approx(0.1930042883, abs=5e-11)


def test_wrong_pockets() -> None:
    # Given as Deloitte's for the UK (the report was not identified): individual placement and support, per person; the
    # NHS pays 921. Welfare as fiscal.
    case = made(
        sectors=[
            {"id": "health", "ledger": "public"},
            {"id": "dwp", "ledger": "public"},
            {"id": "people", "ledger": "people"},
        ],
        costs=[{"id": "ips", "payer": "health", "basis": "one_off", "amount": 921}],
        outcomes=[outcome()],
        values=[
            fiscal(sector="health", amount=373),
            fiscal(sector="dwp", amount=230),
            fiscal(sector="people", kind="social", amount=330),
            fiscal(sector="people", kind="economic", amount=503),
        ],
    )
    result = project(case, LIBRARY)
    views = result["views"]
    assert views["public_value"]["pv_benefits"] == pytest.approx(1436, abs=0.5)  # published total
    assert views["public_value"]["bcr"] == pytest.approx(1.559, abs=0.0005)  # published, society
    assert views["health"]["bcr"] == pytest.approx(0.405, abs=0.0005)  # published, payer
    assert views["public_value"]["mvpf"] == pytest.approx(2.62, abs=0.005)  # published
    # By hand: the public purse gets 603 of its 921 back; the NHS is 548 short and DWP 230 ahead, which is not
    # enough for a side payment.
    assert views["budget"]["npv"] == pytest.approx(603 - 921)
    assert views["budget"]["payback_years"] is None
    side = result["side_payments"]["budget"]
    assert (side["gap"], side["surplus"], side["short"]) == pytest.approx((548, 230, 318))
    assert side["losers"] == ["health"]
    assert set(side["pays"].values()) == {0.0}


# ---------------------------------------------------------------- § 1 by hand


def test_timing_moves_the_factor() -> None:
    case = made(settings={"discount": 0.21, "cost_timing": "middle", "benefit_timing": "end", "years": 2})
    factors = project(case, LIBRARY)["factors"]
    # By hand: √1.21 = 1.1, so the middles of years 0 and 1 are 1/1.1 and 1/1.21/1.1; ends 1/1.21, 1/1.21².
    assert factors["cost"] == pytest.approx([1 / 1.1, 1 / 1.331], rel=1e-14)
    assert factors["benefit"] == pytest.approx([1 / 1.21, 1 / 1.4641], rel=1e-14)
    # By hand: the health schedule stays when the discount is flat, 1.5 % at the end of the year.
    assert factors["health"] == pytest.approx([1 / 1.015, 1 / 1.015**2], rel=1e-14)


def test_price_years_are_calendar_or_financial() -> None:
    # By hand from gdp-deflator.csv: 2015 is 75.1536, 2015/16 is 75.4791, 2023/24 is 97.188.
    assert prices("2015", "2023/24", 2026, LIBRARY, None) == pytest.approx(97.188 / 75.1536, rel=1e-14)
    assert prices("2015/16", "2023/24", 2026, LIBRARY, None) == pytest.approx(97.188 / 75.4791, rel=1e-14)
    # By hand: 2024 is 100; at 2 % a year 2025 is 102, 2026 is 104.04; 2025/26 is 0.75 × 102 + 0.25 × 104.04.
    assert prices("2025/26", "2024", 2026, LIBRARY, 0.02) == pytest.approx(100 / 102.51, rel=1e-14)
    with pytest.raises(ValueError, match="2025/26 is outside the index"):
        prices("2025/26", "2024", 2026, LIBRARY, None)


def test_growth_and_a_profile() -> None:
    case = made(
        settings={"years": 3},
        costs=[
            {
                "id": "rent",
                "payer": "council",
                "basis": "per_year",
                "amount": {2026: 100, 2028: 50},
                "growth": 0.1,
            }
        ],
    )
    # By hand: 100 × 1.1^0, nothing (left out), 50 × 1.1².
    assert project(case, LIBRARY)["costs"]["rent"]["cost"] == pytest.approx([100, 0, 60.5])


# ---------------------------------------------------------------- §§ 2 and 3 by hand


def test_served_with_a_fractional_stay_and_exits() -> None:
    group = {"id": "all-of-them", "referrals": 100, "from": 2026, "to": 2027}
    case = made(
        groups=[{**group, "engagement": 0.5, "stay_years": 2.25, "exit_rate": 0.2}],
        costs=[
            {"id": "place", "payer": "council", "basis": "per_person_year", "group": "all", "amount": 10},
            {"id": "start", "payer": "council", "basis": "per_start", "group": ["all-of-them"], "amount": 10},
            {"id": "form", "payer": "council", "basis": "per_referral", "group": "all-of-them", "amount": 10},
        ],
    )
    result = project(case, LIBRARY)
    # By hand: a cohort of 50 serves 50, then 50 × 0.8 = 40, then 50 × 0.64 × 0.25 = 8; two cohorts.
    assert result["people"]["all-of-them"]["served"] == pytest.approx([50, 90, 48, 8, 0])
    assert result["costs"]["place"]["cost"] == pytest.approx([500, 900, 480, 80, 0])
    assert result["costs"]["start"]["cost"] == pytest.approx([500, 500, 0, 0, 0])
    assert result["costs"]["form"]["cost"] == pytest.approx([1000, 1000, 0, 0, 0])


def test_an_old_service_is_released_over_years() -> None:
    cost = old_service(release_share=0.6, release_years=2, **{"from": 2027}, optimism=0.5)
    result = project(made(costs=[cost]), LIBRARY)["costs"]["old"]
    # By hand: 0.6 × (t-1)/2 up to 0.6; the cost is -100 × (1 - 0.5) × released.
    assert result["released"] == pytest.approx([0, 0, 0.3, 0.6, 0.6])
    assert result["cost"] == pytest.approx([0, 0, -15, -30, -30])


def test_an_old_service_is_released_at_once() -> None:
    cost = old_service(release_share=0.6, release_years=0, **{"from": 2027})
    # By hand: released_years 0 is at once, from 2027.
    assert project(made(costs=[cost]), LIBRARY)["costs"]["old"]["released"] == pytest.approx([0, 0.6, 0.6, 0.6, 0.6])


def test_released_costs_move_the_ratio_and_not_the_net_value() -> None:
    new = {"id": "new", "payer": "council", "basis": "one_off", "amount": 1000}
    costs = [new, old_service(release_share=1, release_years=0)]
    lower = project(made(costs=costs), LIBRARY)
    higher = project(made(costs=costs, settings={"released_costs": "benefits"}), LIBRARY)
    # By hand: 1,000 paid, 5 × 100 released: costs of 500 and no benefit, or 500 on 1,000.
    assert lower["views"]["budget"]["pv_costs"] == pytest.approx(500)
    assert higher["views"]["budget"]["bcr"] == pytest.approx(0.5)
    assert higher["views"]["cashable"]["pv_benefits"] == pytest.approx(500)
    assert higher["sectors"]["council"]["pv_cashable"] == pytest.approx(500)
    assert lower["views"]["budget"]["npv"] == higher["views"]["budget"]["npv"] == pytest.approx(-500)


def test_optimism_is_the_row_s_own_or_its_grade_s() -> None:
    cost = {"payer": "council", "basis": "one_off", "amount": 100, "grade": 3}
    case = made(
        costs=[{"id": "own", **cost, "optimism": 0.2}, {"id": "graded", **cost}],
        outcomes=[outcome(grade=3), outcome(id="plain")],
    )
    case["grades"] = [{"grade": 3, "cost_optimism": 0.5, "benefit_optimism": 0.4}]
    result = project(case, LIBRARY)
    # By hand: 100 × 1.2, 100 × 1.5; a gain of 1 × (1 - 0.4), and ungraded 1.
    assert result["costs"]["own"]["pv"] == pytest.approx(120)
    assert result["costs"]["graded"]["pv"] == pytest.approx(150)
    assert result["outcomes"]["gain"]["corrected"][0] == pytest.approx(0.6)
    assert result["outcomes"]["plain"]["corrected"][0] == 1
    with pytest.raises(ValueError, match="grade 3 is missing"):
        project({**case, "grades": []}, LIBRARY)
