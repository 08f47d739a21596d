"""Method §§ 2 and 3: people, costs and old services, by hand. Each number has its sum beside it."""

from __future__ import annotations

import pytest

from tests.projection.small import outlay, projected, row, rows

BUSY = {"id": "residents", "referrals": 100, "from": 2026, "to": 2027}


def test_served_with_a_fractional_stay_and_exits() -> None:
    plain = {"payer": "council", "amount": 10}
    result = projected(
        groups=[{**BUSY, "engagement": 0.5, "stay_years": 2.25, "exit_rate": 0.2}],
        costs=[
            {"id": "place", "basis": "per_person_year", "group": "all", **plain},
            {"id": "start", "basis": "per_start", "group": ["residents"], **plain},
            {"id": "form", "basis": "per_referral", "group": "residents", **plain},
        ],
    )
    # By hand: a cohort of 50 serves 50, then 50 × 0.8 = 40, then 50 × 0.64 × 0.25 = 8; two cohorts.
    assert row(result, "residents.served") == pytest.approx([50, 90, 48, 8, 0])
    assert row(result, "residents.engaged") == pytest.approx([50, 50, 0, 0, 0])
    assert row(result, "residents.referrals") == [100, 100, 0, 0, 0]
    assert rows(result, "place.cost", "start.cost", "form.cost") == [
        pytest.approx([500, 900, 480, 80, 0]),
        pytest.approx([500, 500, 0, 0, 0]),
        pytest.approx([1000, 1000, 0, 0, 0]),
    ]


@pytest.mark.parametrize(
    ("stay", "served"),
    [
        (0.25, [25, 25, 0, 0, 0]),  # a quarter of a year each
        (1, [100, 100, 0, 0, 0]),
        (1.5, [100, 150, 50, 0, 0]),  # the second year of each cohort counts a half
        (2, [100, 200, 100, 0, 0]),
        (9.5, [100, 200, 200, 200, 200]),  # beyond the horizon
    ],
)
def test_stays(stay: float, served: list[float]) -> None:
    assert row(projected(groups=[{**BUSY, "stay_years": stay}]), "residents.served") == pytest.approx(served)


def test_when_a_cohort_has_gone_nobody_is_left_at_all() -> None:
    # § 4: the recursion leaves some 1e-13 of a person. Priced in the last year alone it was a cost of 1e-12, and a
    # ratio of -5e14 (found by Hypothesis): nil must be nil, for a test of sign rests on it.
    group = {**BUSY, "referrals": 68, "engagement": 0.83, "stay_years": 2.3, "exit_rate": 0.34}
    costs = [{"id": "late", "payer": "people", "basis": "per_person_year", "group": "all", "amount": {2030: 100}}]
    result = projected(groups=[group], costs=costs)
    assert row(result, "residents.whole_year_people")[4] != 0  # the dust is there
    assert row(result, "residents.served")[4] == 0
    assert row(result, "late.cost") == [0, 0, 0, 0, 0]
    assert result.sectors["people"].bcr is None


def test_a_group_that_does_not_count_and_a_profile_cut_by_its_years() -> None:
    groups = [
        {**BUSY, "referrals": {2026: 5, 2027: 6, 2028: 7}},
        {**BUSY, "id": "others", "counts": False},
    ]
    result = projected(groups=groups)
    assert row(result, "residents.referrals") == [5, 6, 0, 0, 0]  # 2028 is after `to`
    assert row(result, "others.engaged") == [0, 0, 0, 0, 0]


def test_bases_years_and_growth() -> None:
    result = projected(
        groups=[BUSY, {**BUSY, "id": "others", "referrals": 10, "to": 2029}],
        costs=[
            outlay(**{"from": 2028}),
            outlay(id="yearly", basis="per_year", **{"from": 2027, "to": 2028}),
            outlay(id="each", basis="per_referral", group="all", amount=2, **{"from": 2027}),
            outlay(id="more", basis="per_year", growth=0.5, optimism=0.2, amount=10),
            outlay(id="gone", counts=False),
        ],
    )
    assert row(result, "outlay.cost") == [0, 0, 100, 0, 0]  # a one-off falls in `from`
    assert row(result, "yearly.cost") == [0, 100, 100, 0, 0]
    assert row(result, "each.cost") == [0, 220, 20, 20, 0]  # 2 × (100 + 10), then 2 × 10 to 2029
    # 10 × 1.2 × 1.5^t
    assert row(result, "more.cost") == pytest.approx([12, 18, 27, 40.5, 60.75])
    assert row(result, "gone.cost") == [0, 0, 0, 0, 0]


def test_optimism_is_the_row_s_own_or_its_grade_s() -> None:
    from sroi.projection import project
    from sroi.reading import read
    from tests.projection.small import case, gain

    held = case(
        costs=[outlay(id="own", grade=3, optimism=0.2), outlay(id="graded", grade=3), outlay(id="plain")],
        outcomes=[gain(grade=3), gain(id="bare")],
        grades=[{"grade": 3, "cost_optimism": 0.5, "benefit_optimism": 0.4}],
    )
    result = project(read(held))
    # By hand: 100 × 1.2, 100 × 1.5, 100; a gain of 1 × (1 - 0.4), and ungraded 1.
    assert [row(result, f"{cost}.cost")[0] for cost in ("own", "graded", "plain")] == pytest.approx([120, 150, 100])
    assert [row(result, f"{name}.corrected")[0] for name in ("gain", "bare")] == pytest.approx([0.6, 1])


OLD = outlay(id="old", basis="per_year", old_service=True)


def test_an_old_service_is_released_over_years() -> None:
    cost = {**OLD, "release_share": 0.6, "release_years": 2, "from": 2027, "optimism": 0.5, "growth": 0.1}
    result = projected(costs=[cost])
    # By hand: 0.6 × (t-1)/2 up to 0.6, 0 before `from`.
    released = [0, 0, 0.3, 0.6, 0.6]
    grown = [100 * 1.1**t for t in range(5)]
    assert row(result, "old.released") == pytest.approx(released)
    # § 3: -amount × (1+g)^t × (1-0.5) × released, and amount × (1-released) still paid, in no total.
    assert row(result, "old.cost") == pytest.approx([-g * 0.5 * r for g, r in zip(grown, released, strict=True)])
    assert row(result, "old.still_paid") == pytest.approx([g * (1 - r) for g, r in zip(grown, released, strict=True)])
    assert row(result, "public_value.costs") == pytest.approx(row(result, "old.cost"))


def test_an_old_service_is_released_at_once() -> None:
    result = projected(costs=[{**OLD, "release_share": 0.6, "release_years": 0, "from": 2027}])
    # By hand: release_years 0 is at once, from 2027.
    assert row(result, "old.released") == pytest.approx([0, 0.6, 0.6, 0.6, 0.6])
    assert row(result, "old.cost") == pytest.approx([0, -60, -60, -60, -60])
    assert row(result, "old.still_paid") == pytest.approx([100, 40, 40, 40, 40])
    # What is released is worth more than is paid: the ratio has no meaning, and says so.
    view = result.views["budget"]
    assert view.pv_costs == pytest.approx(-240)
    assert view.bcr is None
    assert view.reasons["bcr"] == "what is released is worth more than is paid: there is no cost to set it against"
