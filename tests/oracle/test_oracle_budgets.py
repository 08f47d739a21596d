"""The oracle, who pays and who saves (§ 6), the reduced schedule (§ 1), and prices to come: by hand."""

from __future__ import annotations

from typing import Any

import pytest

from .hand import LIBRARY, Table, fiscal, made, old_service, outcome
from .oracle import project

EVERY_YEAR = [{"id": "all-of-them", "referrals": 1, "from": 2026, "to": 2030}]


def grant(**fields: Any) -> dict[str, Any]:
    """A cost to the council of 100 a year; what is given wins."""
    return {"id": "grant", "payer": "council", "basis": "per_year", "amount": 100, **fields}


# ---------------------------------------------------------------- Who pays, who saves


def test_each_sector_s_own_budget_without_its_parts() -> None:
    case = made(
        settings={"years": 2, "discount": 0.25},
        sectors=[
            {"id": "government", "ledger": "public"},
            {"id": "council", "ledger": "public", "part_of": "government"},
            {"id": "people", "ledger": "people"},
        ],
        groups=EVERY_YEAR,
        costs=[
            grant(payer="government", to=2026),
            grant(id="staff", amount=10),
            grant(id="rooms", amount=7, treatment="in_kind"),
        ],
        outcomes=[outcome(effect={2026: 1, 2027: -1})],
        values=[
            fiscal(amount=40, cashable=0.25),
            fiscal(kind="transfer", amount=8, balance="people"),
            fiscal(sector="people", kind="social", amount=99),
        ],
    )
    found = project(case, LIBRARY)["budgets"]
    assert sorted(found) == ["council", "government"]
    # By hand, undiscounted: the government's own 100 once; 10 a year of cash to the council.
    assert found["government"]["pays"] == pytest.approx([100, 0])
    assert found["government"]["saves"] == pytest.approx([0, 0])
    assert found["council"]["pays"] == pytest.approx([10, 10])
    assert found["council"]["saves"] == pytest.approx([48, -48])  # 40 + 8, gained and then lost
    assert found["council"]["cash_released"] == pytest.approx([10, -10])  # 40 × 0.25
    assert found["council"]["net"] == pytest.approx([38, -58])
    case["settings"]["negative_benefits"] = "costs"
    shown = project(case, LIBRARY)["budgets"]["council"]
    # By hand: what is lost in 2027 is paid instead, 10 + 48, and the net stays.
    assert shown["pays"] == pytest.approx([10, 58])
    assert shown["saves"] == pytest.approx([48, 0])
    assert shown["cash_released"] == pytest.approx([10, 0])
    assert shown["net"] == pytest.approx([38, -58])


def test_capital_and_revenue_one_off_and_recurring() -> None:
    costs = [
        grant(id="building", basis="one_off", amount=1000, capital=True),
        grant(id="training", basis="one_off", amount=50, **{"from": 2027}, payer="health"),
        grant(id="leases", amount=20, capital="yes"),
        grant(id="staff", amount=7),
        grant(id="offices", amount=5, treatment="in_kind"),
        grant(id="fares", amount=3, payer="people"),
        old_service(amount=2, release_share=1, release_years=0),
    ]
    losses = {"outcomes": [outcome(effect=-1)], "values": [fiscal(amount=400)]}
    settings = {"years": 2, "negative_benefits": "costs"}
    found = project(made(costs=costs, settings=settings, groups=EVERY_YEAR, **losses), LIBRARY)["split"]
    # By hand: neither what is in kind, nor what people pay, nor the 400 lost; the old service takes 2 off.
    assert found["capital"] == pytest.approx([1020, 20])
    assert found["revenue"] == pytest.approx([7 - 2, 50 + 7 - 2])
    assert found["one_off"] == pytest.approx([1000, 50])
    assert found["recurring"] == pytest.approx([20 + 7 - 2, 20 + 7 - 2])
    settings["released_costs"] = "benefits"
    found = project(made(costs=costs, settings=settings, groups=EVERY_YEAR, **losses), LIBRARY)["split"]
    # By hand: what is released is then a benefit, in neither part.
    assert found["revenue"] == pytest.approx([7, 57])
    assert found["recurring"] == pytest.approx([27, 27])


def test_what_is_saved_is_cash_or_capacity_freed() -> None:
    case = made(
        settings={"years": 2, "discount": 0.25, "benefit_timing": "end"},
        sectors=[{"id": "council", "ledger": "public"}, {"id": "people", "ledger": "people"}],
        groups=EVERY_YEAR,
        costs=[grant(), old_service(amount=20, release_share=1, release_years=0, **{"from": 2027})],
        outcomes=[outcome()],
        values=[fiscal(amount=50, cashable=0.2)],
    )
    found = project(case, LIBRARY)
    # By hand, a year being worth 0.8 of the last: 100 + 0.8 × (100 - 20) paid; 50 × (0.8 + 0.64) saved, a fifth of it
    # in cash.
    assert found["freed"]["council"] == pytest.approx({"pays": 164, "saves": 72, "cash": 14.4, "freed": 57.6})
    assert found["old_released"] == pytest.approx([0, 20])
    assert sorted(found["freed"]) == ["council"]
    case["settings"]["released_costs"] = "benefits"
    found = project(case, LIBRARY)
    # By hand: the 20, at the timing of costs, is then saved and cash, and takes nothing off.
    assert found["freed"]["council"] == pytest.approx({"pays": 180, "saves": 88, "cash": 30.4, "freed": 57.6})
    assert found["old_released"] == [0, 0]


# ---------------------------------------------------------------- What a payer must fund


def test_each_payer_has_its_own_money_back() -> None:
    case = made(
        settings={"benefit_timing": "end"},
        sectors=[
            {"id": "government", "ledger": "public"},
            {"id": "council", "ledger": "public", "part_of": "government"},
            {"id": "charity", "ledger": "society"},
        ],
        costs=[
            grant(to=2026),
            grant(id="time", treatment="in_kind"),
            grant(id="gift", payer="charity", to=2026, amount=10),
            grant(id="start", payer="government", to=2026, amount=1),
        ],
        outcomes=[outcome(duration=5)],
        values=[fiscal(amount=40, cashable=0.5), fiscal(sector="charity", kind="social", amount=99)],
    )
    found = project(case, LIBRARY)["payers"]
    # By hand: 100 paid at 0; 40 back at 1, 2 and half of it by 2½; of cash 20 a year, and so at 5.
    assert found["council"]["payback_years"] == pytest.approx(2.5)
    assert found["council"]["cash_payback_years"] == pytest.approx(5)
    # By hand: what its part saves is not its own; and no budget of a charity's saves anything.
    assert (found["government"]["payback_years"], found["government"]["cash_payback_years"]) == (None, None)
    assert (found["charity"]["payback_years"], found["charity"]["cash_payback_years"]) == (None, None)


@pytest.mark.parametrize(
    ("cost_timing", "benefit_timing", "most"),
    [
        # By hand: 100 paid in 2026 and in 2027, 60 of cash back in each of five years.
        ("start", "start", 80),  # 40, 80, 20
        ("start", "end", 140),  # dates 0, 1, 2, 3: 100, 200 - 60, 80, 20
        ("start", "middle", 140),  # dates 0, ½, 1, 1½: 100, 40, 140, 80
        ("middle", "start", 80),  # dates 0, ½, 1, 1½: -60, 40, -20, 80
        ("end", "start", 20),  # dates 0, 1, 2: -60, -20, 20
        ("end", "end", 80),
    ],
)
def test_the_peak_is_met_at_the_dates_of_the_flows(cost_timing: str, benefit_timing: str, most: float) -> None:
    case = made(
        settings={"cost_timing": cost_timing, "benefit_timing": benefit_timing, "discount": 0.25},
        costs=[grant(to=2027)],
        outcomes=[outcome(duration=5)],
        values=[fiscal(amount=120, cashable=0.5), fiscal(sector="health", amount=500, cashable=1)],
    )
    found = project(case, LIBRARY)["payers"]
    assert list(found) == ["council"]  # the NHS saves and pays nothing
    assert found["council"]["peak_funding"] == pytest.approx(most)
    assert found["council"]["peak_funding_outturn"] is None  # the index ends with 2024


def test_the_peak_in_the_prices_of_each_year() -> None:
    # By hand: with 10 % inflation each financial year's index is 1.1 times the last, and 2026/27 is the base:
    # 100 × 1 paid, then at the next date 100 × 1.1, with 60 × 1 back (the first year's, at its end).
    case = made(
        settings={"price_base": "2026/27", "later_inflation": 0.1, "benefit_timing": "end"},
        costs=[grant(to=2027)],
        outcomes=[outcome(duration=5)],
        values=[fiscal(amount=60, cashable=1)],
    )
    result = project(case, LIBRARY)
    assert result["payers"]["council"]["peak_funding"] == pytest.approx(140)
    assert result["payers"]["council"]["peak_funding_outturn"] == pytest.approx(100 + 110 - 60)
    budget = result["views"]["budget"]
    assert budget["outturn_costs"] == pytest.approx([100, 110, 0, 0, 0])
    assert budget["outturn_cash"] == pytest.approx([60, 66, 72.6, 79.86, 87.846])  # 60 × 1.1^t
    del case["settings"]["later_inflation"]
    case["settings"]["price_base"] = "2023/24"
    assert project(case, LIBRARY)["views"]["budget"]["outturn_cash"] is None


def test_another_currency_has_no_outturn() -> None:
    # The index held, which reaches 2016/17, is the United Kingdom's.
    case = made(
        settings={"first_year": 2016, "years": 1, "price_base": "2016"}, costs=[grant(**{"from": 2016, "to": 2016})]
    )
    assert project(case, LIBRARY)["views"]["budget"]["outturn_costs"] is not None
    case["settings"]["currency"] = "USD"
    assert project(case, LIBRARY)["views"]["budget"]["outturn_costs"] is None


def test_nobody_funds_what_is_covered_from_the_first_date() -> None:
    case = made(
        costs=[grant(to=2027)],
        outcomes=[outcome(duration=5)],
        values=[fiscal(amount=150, cashable=1)],
    )
    assert project(case, LIBRARY)["payers"]["council"]["peak_funding"] == 0  # by hand: 150 back at each 100 paid


def test_the_year_after_a_grant_ends() -> None:
    sectors: Table = [
        {"id": "council", "ledger": "public"},
        {"id": "health", "ledger": "public"},
        {"id": "charity", "ledger": "society"},
        {"id": "people", "ledger": "people"},
    ]
    costs = [
        grant(payer="charity", to=2027),
        grant(id="volunteers", payer="charity", treatment="in_kind", amount=5),
        grant(id="time", payer="people", treatment="in_kind"),
        grant(id="staff", amount={2026: 10, 2027: 10, 2028: 90, 2029: 95, 2030: 95}),
        old_service(payer="health", amount=30, release_share=1, release_years=0, **{"from": 2028}),
    ]
    case = made(
        settings={"discount": 0.25, "negative_benefits": "costs"},
        sectors=sectors,
        groups=EVERY_YEAR,
        costs=costs,
        outcomes=[outcome(effect={2026: 1, 2027: 1, 2028: 2, 2029: 2, 2030: 2}), outcome(id="loss", effect=-1)],
        values=[fiscal(amount=25, sector="health"), fiscal(amount=4, outcome="loss", cashable=1)],
    )
    found = project(case, LIBRARY)["payers"]
    assert sorted(found) == ["charity", "council"]  # the NHS has only the old service, people only their time
    assert found["charity"]["peak_funding"] == pytest.approx(200)
    assert found["charity"]["last_payment"] == 1
    # By hand, 2028 less 2027: 0 - 100; 90 - 10, the loss being no cost row; -30 - 0.
    assert found["charity"]["cost_changes"] == pytest.approx(
        {"council": 80, "health": -30, "charity": -100, "people": 0}
    )
    # By hand in 2028: -90 - 4 to the council; 2 × 25 + 30 to the NHS.
    assert found["charity"]["net"] == pytest.approx({"council": -94, "health": 80})
    # By hand: the council pays to the last year, and beyond it nothing is known.
    assert found["council"]["last_payment"] == 4
    assert (found["council"]["cost_changes"], found["council"]["net"]) == ({}, {})
    assert found["council"]["peak_funding"] == pytest.approx(10 + 10 + 90 + 95 + 95 + 5 * 4)
    case["settings"]["released_costs"] = "benefits"
    found = project(case, LIBRARY)["payers"]
    # By hand: what the NHS releases is then no lower cost, but saved all the same.
    assert found["charity"]["cost_changes"] == pytest.approx({"council": 80, "health": 0, "charity": -100, "people": 0})
    assert found["charity"]["net"] == pytest.approx({"council": -94, "health": 80})


def test_the_year_after_may_be_the_last() -> None:
    case = made(costs=[grant(to=2029), grant(id="later", payer="health", amount=60, **{"from": 2030})])
    found = project(case, LIBRARY)["payers"]["council"]
    # By hand: the council stops after the fourth of five years, and the NHS begins in the fifth.
    assert (found["last_payment"], found["net"]) == (3, {"council": 0, "health": -60})
    assert found["cost_changes"] == {"council": -100, "health": 60, "people": 0}


def test_dust_is_no_payment_and_a_payer_of_nothing_never_paid() -> None:
    amounts = {2026: 1e6, 2027: 1e-4}
    case = made(costs=[grant(amount=amounts), grant(id="nothing", payer="health", amount=0)])
    found = project(case, LIBRARY)["payers"]
    assert found["council"]["last_payment"] == 0  # by hand: 1e-4 is below 1e-9 of a million
    assert found["health"]["last_payment"] is None
    assert found["health"]["cost_changes"] == {}


# ---------------------------------------------------------------- § 1: the reduced schedule


def test_the_reduced_schedule_stands_beside_a_long_horizon() -> None:
    def long(years: int) -> dict[str, Any]:
        return made(
            settings={"years": years, "discount": "green-book-2026-standard", "benefit_timing": "end"},
            costs=[grant(basis="one_off")],
            outcomes=[outcome(lag=49)],
            values=[
                fiscal(amount=1000),
                fiscal(sector="people", kind="social", health_effect=True, amount=1000),
                fiscal(sector="people", kind="economic", amount=500),
            ],
        )

    assert project(long(50), LIBRARY)["reduced"] is None
    result = project(long(51), LIBRARY)
    # By hand from § 1's table: 1,500 at the end of year 49, date 50: 30 years at 3 % and 20 at 2.57 %; the
    # health effect as ever, 30 at 1.5 % and 20 at 1.29 %.
    benefits = 1500 / 1.03**30 / 1.0257**20 + 1000 / 1.015**30 / 1.0129**20
    assert result["reduced"]["pv_costs"] == pytest.approx(100, rel=1e-12)
    assert result["reduced"]["pv_benefits"] == pytest.approx(benefits, rel=1e-12)
    assert result["reduced"]["npv"] == pytest.approx(benefits - 100, rel=1e-12)
    assert result["reduced"]["bcr"] == pytest.approx(benefits / 100, rel=1e-12)
    # By hand: the standard result keeps its own, 3.5 % and 3 %.
    standard = 1500 / 1.035**30 / 1.03**20 + 1000 / 1.015**30 / 1.0129**20
    assert result["views"]["public_value"]["pv_benefits"] == pytest.approx(standard, rel=1e-12)


# ---------------------------------------------------------------- §§ 1 and 4: prices to come, beyond and failing


def beyond(**settings: Any) -> dict[str, Any]:
    """Two years; the outcome lasts four, in nominal pounds, and the service three, in the base year's."""
    return made(
        settings={"years": 2, "price_base": "2026/27", **settings},
        groups=[{"id": "all-of-them", "referrals": 1, "from": 2026, "to": 2026, "stay_years": 3}],
        costs=[grant(id="place", basis="per_person_year", group="all", amount=10)],
        outcomes=[outcome(basis="proportional", baseline=2, effect=0.5, duration=4)],
        values=[fiscal(amount=121, price_year="nominal")],
    )


def test_nominal_sums_fall_in_real_terms_also_beyond_the_horizon_and_where_all_fails() -> None:
    result = project(beyond(later_inflation=0.1), LIBRARY)
    # By hand: 121 paid in each year is 121, 110, and beyond the horizon 100 and 100/1.1, in 2026/27 prices.
    assert result["values"]["gain-council-fiscal"]["value"] == pytest.approx([121, 110])
    assert result["views"]["budget"]["outturn_benefits"] == pytest.approx([121, 121])  # as stated
    assert result["beyond_horizon"]["budget"]["benefits"] == pytest.approx(100 + 100 / 1.1)
    assert result["beyond_horizon"]["public_value"]["costs"] == pytest.approx(10)  # the third year of service
    # By hand: the baseline of 2 where the effect is half of it, × 0.5 = 1.
    assert result["failure"]["council"] == pytest.approx([242, 220])


def test_nothing_is_said_of_what_lies_beyond_the_index() -> None:
    case = beyond(first_year=2022, price_base="2023/24")
    case["groups"][0] |= {"from": 2022, "to": 2022}
    result = project(case, LIBRARY)
    # From gdp-deflator.csv: 2022/23 is 91.9381 and 2023/24, the last, 97.188; 2024/25 is not held.
    assert result["values"]["gain-council-fiscal"]["value"] == pytest.approx([121 * 97.188 / 91.9381, 121])
    assert result["beyond_horizon"] is None
    with pytest.raises(ValueError, match="2026/27 is outside the index"):
        project(beyond(price_base="2023/24"), LIBRARY)
