"""Method §§ 4 and 5: the chain of adjustments, lags and durations, worth and cash, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.projection.small import gain, projected, row, rows, saving

TEN = {"id": "residents", "referrals": 10, "from": 2026, "to": 2026}
PROPORTIONAL: dict[str, Any] = {"basis": "proportional", "baseline": 2}


def test_every_adjuster_is_its_own_step() -> None:
    shares = {"deadweight": 0.1, "attribution": 0.2, "displacement": 0.25, "leakage": 0.5}
    result = projected(
        groups=[TEN],
        outcomes=[
            gain(**PROPORTIONAL, effect=0.5, at_risk=0.3, **shares, optimism=0.4, regression_to_mean=0.5),
        ],
    )
    # By hand: 2 × 0.5 = 1; × 0.9 × 0.8 × 0.75 × 0.5 = 0.27; × 0.6 × 0.5 = 0.081; of 10 × 0.3 = 3 people.
    assert [row(result, f"gain.{step}")[0] for step in ("gross", "net", "corrected")] == pytest.approx([1, 0.27, 0.081])
    assert row(result, "gain.exposed") == pytest.approx([3, 0, 0, 0, 0])
    assert row(result, "gain.quantity") == pytest.approx([0.243, 0, 0, 0, 0])


def test_optimism_makes_a_harm_worse_and_regression_leaves_it() -> None:
    result = projected(outcomes=[gain(effect=-1, deadweight=0.5, optimism=0.4, regression_to_mean=0.9)])
    # By hand: -1 × 0.5 = -0.5; × (1 + 0.4) = -0.7.
    assert row(result, "gain.corrected")[0] == pytest.approx(-0.7)


def test_a_profile_may_turn_from_harm_to_gain() -> None:
    result = projected(outcomes=[gain(effect={2026: -1, 2027: 2}, optimism=0.5, duration=5)])
    # By hand: an early dip of -1 × 1.5, then 2 × 0.5, and nothing in the years left out.
    assert row(result, "gain.quantity") == pytest.approx([-1.5, 1, 0, 0, 0])


def test_lag_duration_and_drop_off() -> None:
    result = projected(outcomes=[gain(lag=1, duration=3, drop_off=0.5)])
    # By hand: one person from year 1, then a half, then a quarter; gone after three years.
    assert row(result, "gain.entering") == [0, 1, 0, 0, 0]
    assert row(result, "gain.in_force") == pytest.approx([0, 1, 0.5, 0.25, 0], abs=1e-15)
    assert row(result, "gain.quantity") == pytest.approx([0, 1, 0.5, 0.25, 0])


def test_people_who_leave_take_the_effect_with_them() -> None:
    group = {**TEN, "exit_rate": 0.2}
    result = projected(groups=[group], outcomes=[gain(lag=2, duration=2, drop_off=0.5)])
    # By hand: 10 × 0.8² enter in year 2; a year later × 0.5 × 0.8.
    assert row(result, "gain.entering") == pytest.approx([0, 0, 6.4, 0, 0])
    assert row(result, "gain.quantity") == pytest.approx([0, 0, 6.4, 2.56, 0])


@pytest.mark.parametrize("lag", [5, 6, 50])
def test_a_lag_beyond_the_horizon_brings_nothing(lag: int) -> None:
    assert row(projected(outcomes=[gain(lag=lag, duration=9)]), "gain.quantity") == [0, 0, 0, 0, 0]


def test_cohorts_add_up() -> None:
    group = {**TEN, "referrals": 4, "to": 2028}
    result = projected(groups=[group], outcomes=[gain(duration=2, drop_off=0.25)])
    # By hand: each cohort counts 4 and then 3.
    assert row(result, "gain.quantity") == pytest.approx([4, 7, 7, 3, 0], abs=1e-12)
    assert row(result, "gain.quantity")[4] == 0  # nil, not some 1e-16 of a person


def test_referred_or_engaged() -> None:
    group = {**TEN, "engagement": 0.4}
    result = projected(groups=[group], outcomes=[gain(), gain(id="treated", of="referred")])
    assert [row(result, f"{name}.quantity")[0] for name in ("gain", "treated")] == pytest.approx([4, 10])


def test_groups_are_followed_apart_and_added() -> None:
    groups = [TEN, {**TEN, "id": "others", "referrals": 5, "exit_rate": 0.5, "from": 2027, "to": 2027}]
    result = projected(groups=groups, outcomes=[gain(group="all", duration=5), gain(id="one", group=["others"])])
    # By hand: ten who stay; five from year 1, halved each year.
    assert row(result, "gain.in_force.residents") == pytest.approx([10] * 5)
    assert row(result, "gain.in_force.others") == pytest.approx([0, 5, 2.5, 1.25, 0.625])
    assert row(result, "gain.quantity") == pytest.approx([10, 15, 12.5, 11.25, 10.625])
    assert row(result, "one.quantity") == pytest.approx([0, 5, 0, 0, 0])


def test_what_does_not_count() -> None:
    result = projected(
        outcomes=[gain(counts=False), gain(id="other")],
        values=[saving(), saving(outcome="other", counts=False, cashable=0.5)],
    )
    assert rows(result, "gain.quantity", "gain-council-fiscal.value", "other-council-fiscal.cash") == [[0] * 5] * 3
    assert row(result, "other.quantity") == [1, 0, 0, 0, 0]
    assert result.views["public_value"].pv_benefits == 0


def test_value_and_cash() -> None:
    result = projected(
        groups=[TEN],
        outcomes=[gain(duration=2)],
        values=[
            saving(amount=5, times=3, growth=0.1, cashable=0.25),
            saving(sector="people", kind="social", amount={2027: 7}),
            saving(sector="people", kind="economic", amount=-2),
        ],
    )
    # By hand: 10 × 3 × 5 = 150, then × 1.1; a quarter is cash. 10 × 7 in 2027 only. A harm priced as such.
    assert row(result, "gain-council-fiscal.freed") == pytest.approx([30, 30, 0, 0, 0])
    assert row(result, "gain-council-fiscal.value") == pytest.approx([150, 165, 0, 0, 0])
    assert row(result, "gain-council-fiscal.cash") == pytest.approx([37.5, 41.25, 0, 0, 0])
    assert row(result, "gain-people-social.value") == pytest.approx([0, 70, 0, 0, 0])
    assert row(result, "gain-people-economic.value") == pytest.approx([-20, -20, 0, 0, 0])
    assert "gain-people-social.cash" not in result.declared.model.lines
    assert result.outcomes["gain"].quantity == pytest.approx(20)
    assert result.outcomes["gain"].pv == pytest.approx(150 + 165 + 70 - 40)


def test_an_event_of_the_library_falls_to_each_sector_s_part() -> None:
    sectors = [
        {"id": "nhs", "ledger": "public", "library": ["health"]},
        {"id": "council", "ledger": "public", "library": ["adult-social-care"]},
    ]
    result = projected(
        {"price_base": "2023/24"},
        sectors=sectors,
        outcomes=[gain(unit="fracture")],
        values=[{"outcome": "gain", "unit_value": "hip-fracture", "times": 1}],
    )
    from sroi import library

    index = {point.year: point.index for point in library.deflators()}
    parts = library.unit_value("hip-fracture")
    # By hand, from unit-values.csv and gdp-deflator.csv: amount × index of 2023/24 ÷ index of its price year.
    worth = {part.sector: part.amount * index["2023/24"] / index[part.price_year] for part in parts}
    found = {"health": result.sectors["nhs"].pv_benefits, "adult-social-care": result.sectors["council"].pv_benefits}
    assert found == pytest.approx(worth)
    assert all(number > 0 for number in found.values())
