"""The oracle, §§ 4 and 5 by hand: outcomes, values, cash. Each number has its origin beside it."""

from __future__ import annotations

import pytest

from .hand import LIBRARY, Table, fiscal, made, outcome
from .oracle import project

# ---------------------------------------------------------------- § 4 by hand


def test_lag_exit_duration_and_drop_off() -> None:
    group = {"id": "all-of-them", "referrals": 100, "from": 2026, "to": 2026, "exit_rate": 0.1}
    case = made(
        settings={"years": 6},
        groups=[group],
        outcomes=[outcome(lag=2, duration=3, drop_off=0.5, at_risk=0.4)],
    )
    result = project(case, LIBRARY)["outcomes"]["gain"]
    # By hand: 100 × 0.4 exposed; two years of exits leave 40 × 0.81 = 32.4; each year keeps 0.5 × 0.9 = 0.45.
    assert result["entering"] == pytest.approx([0, 0, 32.4, 0, 0, 0])
    assert result["in_force"] == pytest.approx([0, 0, 32.4, 14.58, 6.561, 0])


def test_the_chain_of_adjustments_for_a_gain_and_a_harm() -> None:
    shares = {"deadweight": 0.5, "attribution": 0.2, "displacement": 0.5, "leakage": 0.5, "optimism": 0.1}
    case = made(
        settings={"years": 2},
        outcomes=[
            outcome(
                basis="proportional",
                baseline=20,
                effect={2026: 0.5, 2027: -0.5},
                regression_to_mean=0.5,
                **shares,
            )
        ],
    )
    result = project(case, LIBRARY)["outcomes"]["gain"]
    assert result["gross"] == pytest.approx([10, -10])  # by hand: 20 × 0.5
    assert result["net"] == pytest.approx([1, -1])  # by hand: 10 × 0.5 × 0.8 × 0.5 × 0.5
    assert result["corrected"] == pytest.approx([0.45, -1.1])  # by hand: 1 × 0.9 × 0.5; -1 × 1.1


def test_negative_deadweight_and_effects_on_those_referred() -> None:
    group = {"id": "all-of-them", "referrals": 10, "from": 2026, "to": 2026, "engagement": 0.5}
    case = made(
        groups=[group],
        outcomes=[outcome(deadweight=-0.5), outcome(id="offered", of="referred")],
    )
    result = project(case, LIBRARY)["outcomes"]
    assert result["gain"]["quantity"][0] == pytest.approx(7.5)  # by hand: 5 engaged × 1.5
    assert result["offered"]["quantity"][0] == pytest.approx(10)  # by hand: all referred


def test_what_failure_costs_and_what_lies_beyond_the_horizon() -> None:
    case = made(
        settings={"years": 2, "discount": 0.25},
        groups=[{"id": "all-of-them", "referrals": 1, "from": 2026, "to": 2027, "stay_years": 2}],
        costs=[{"id": "place", "payer": "council", "basis": "per_person_year", "group": "all", "amount": 10}],
        outcomes=[outcome(basis="proportional", baseline=4, effect=0.5, duration=3, drop_off=0.5)],
        values=[fiscal(amount=100)],
    )
    result = project(case, LIBRARY)
    # By hand: in force without drop-off 1, 2; times baseline 4 × £100.
    assert result["failure"]["council"] == pytest.approx([400, 800])
    # By hand: 400 + 800 × 0.8; it happens from the first year on, in which it comes to 400.
    assert result["failure_sums"] == {
        "full_year": 2026,
        "pv": {"council": pytest.approx(1040), **dict.fromkeys(set(result["failure"]) - {"council"}, 0)},
        "in_full_year": {"council": pytest.approx(400), **dict.fromkeys(set(result["failure"]) - {"council"}, 0)},
    }
    # By hand: in force 1, 1.5, and 0.75, 0.25 beyond; × 4 × 0.5 × £100 at 0.8^2 and 0.8^3; and one more
    # year of service at 10 × 0.8^2.
    assert result["beyond_horizon"]["public_value"]["benefits"] == pytest.approx(150 * 0.64 + 50 * 0.512)
    assert result["beyond_horizon"]["public_value"]["costs"] == pytest.approx(10 * 0.64)


# ---------------------------------------------------------------- § 5 by hand


def test_stepped_release_with_a_harm() -> None:
    effects = {2026: 3, 2027: 4.4, 2028: 0, 2029: -0.5, 2030: -2}
    case = made(
        groups=[{"id": "all-of-them", "referrals": 1, "from": 2026, "to": 2030}],
        outcomes=[outcome(effect=effects)],
        values=[fiscal(amount=10, times=0.1, block=0.1, cashable=0.5)],
    )
    # By hand: 0.3, 0.44, 0, -0.05 and -0.2 in blocks of 0.1: 3 (though 0.3/0.1 is 2.9999…), 4, 0, -1, -2;
    # each block is 0.5 × 10 × 0.1 = 0.5.
    assert project(case, LIBRARY)["values"]["gain-council-fiscal"]["cash"] == pytest.approx([1.5, 2, 0, -0.5, -1])


def test_release_waits_for_its_lag_and_reopens_at_once() -> None:
    effects = {2026: 3, 2027: 5, 2028: 4, 2029: -1, 2030: 2}
    case = made(
        groups=[{"id": "all-of-them", "referrals": 1, "from": 2026, "to": 2030}],
        outcomes=[outcome(effect=effects)],
        values=[fiscal(amount=10, cashable=1, release_lag=1)],
    )
    # By hand: min(freed, max(0, least of this year and the last)): 0, 3, 4, -1, 0.
    result = project(case, LIBRARY)
    assert result["pools"]["gain-council-fiscal"]["held"] == pytest.approx([0, 3, 4, -1, 0])
    assert result["views"]["cashable"]["benefits"] == pytest.approx([0, 30, 40, -10, 0])


def test_a_pool_releases_together() -> None:
    rows = [
        fiscal(amount=10, cashable=1, block=2, pool="beds"),
        fiscal(id="second", outcome="more", amount=10, cashable=1, block=2, pool="beds"),
    ]
    case = made(outcomes=[outcome(effect=1.5), outcome(id="more", effect=0.5)], values=rows)
    result = project(case, LIBRARY)
    # By hand: neither frees a whole bed-pair; together 2 do: one block of 2 × 10.
    assert result["pools"]["beds"]["cash"] == pytest.approx([20, 0, 0, 0, 0])
    assert result["sectors"]["council"]["pv_cashable"] == pytest.approx(20)


def test_an_event_goes_to_the_sectors_the_library_names() -> None:
    sectors: Table = [
        {"id": "health", "ledger": "public"},
        {"id": "council", "ledger": "public", "library": ["adult-social-care"]},
    ]
    case = made(
        settings={"price_base": "2008/09"},
        sectors=sectors,
        outcomes=[outcome(unit="incident")],
        values=[{"outcome": "gain", "unit_value": "hip-fracture"}],
    )
    values = project(case, LIBRARY)["values"]
    # unit-values.csv: hip fracture, 10,000 to health and 2,700 to social care, in 2008/09 prices.
    assert values["gain-health-fiscal"]["value"][0] == pytest.approx(10000)
    assert values["gain-council-fiscal"]["value"][0] == pytest.approx(2700)


def test_a_transfer_is_on_both_sides_and_in_no_public_value() -> None:
    case = made(
        outcomes=[outcome()],
        values=[fiscal(kind="transfer", amount=70, cashable=0.5, balance="people")],
    )
    views = project(case, LIBRARY)["views"]
    benefits = {name: view["pv_benefits"] for name, view in views.items()}
    # By hand: 70 to the council, half of it cash; 70 from the people; nothing to all together.
    expected = {"public_value": 0, "budget": 70, "cashable": 35, "council": 70, "people": -70, "health": 0}
    assert benefits == pytest.approx(expected)
    case["settings"]["negative_benefits"] = "costs"
    shown = project(case, LIBRARY)["views"]
    # By hand: the people's loss is a cost to them, and still in neither side of public value.
    assert (shown["people"]["pv_costs"], shown["public_value"]["pv_costs"]) == pytest.approx((70, 0))
    assert shown["public_value"]["pv_benefits"] == 0
