"""The financial case by hand (method § 6): who pays and saves, side payments, payers, outturn prices, failure."""

from __future__ import annotations

import pytest

from tests.projection.small import SECTORS, Row, gain, outlay, projected, row, saving

CHARITY: list[Row] = [*SECTORS, {"id": "charity", "name": "Charity", "ledger": "society"}]


def test_each_budget_by_year() -> None:
    """The council pays 100 in 2026 and saves 30 in 2026 and 2027, half of it cash; the NHS pays nothing and saves 5."""
    values = [saving(amount=30, cashable=0.5), saving(sector="health", amount=5)]
    result = projected({"years": 3}, outcomes=[gain(duration=2)], costs=[outlay()], values=values)
    council, health = result.budgets["council"], result.budgets["health"]
    assert (council.pays, council.saves) == ((100, 0, 0), (30, 30, 0))
    assert (council.cash_released, council.net) == ((15, 15, 0), (-70, 30, 0))
    assert (health.pays, health.saves, health.net) == ((0, 0, 0), (5, 5, 0), (5, 5, 0))
    assert "people" not in result.budgets


@pytest.mark.parametrize(
    ("gained", "short", "paid"),
    [(150, 0, 100), (100, 0, 100), (40, 60, 0)],  # the council pays 100 and saves nothing; the NHS gains
)
def test_those_who_gain_make_good_those_who_lose_if_they_can(gained: float, short: float, paid: float) -> None:
    result = projected(outcomes=[gain()], costs=[outlay()], values=[saving(sector="health", amount=gained)])
    side = result.side_payments["budget"]
    assert (side.gap, side.surplus, side.short, side.losers) == (100, gained, short, ("council",))
    assert dict(side.pays) == {"council": 0, "health": paid}
    assert dict(side.receives) == {"council": paid, "health": 0}
    cash = result.side_payments["cashable"]  # none of it is cash
    assert (cash.gap, cash.surplus, cash.short, cash.losers) == (100, 0, 100, ("council",))


def test_each_pays_by_its_share_of_the_surplus() -> None:
    """A gap of 100 against surpluses of 300 and 100: 75 and 25."""
    sectors = [*SECTORS, {"id": "police", "name": "Police", "ledger": "public"}]
    values = [saving(sector="health", amount=300), saving(sector="police", amount=100)]
    result = projected(sectors=sectors, outcomes=[gain()], costs=[outlay()], values=values)
    assert dict(result.side_payments["budget"].pays) == {"council": 0, "health": 75, "police": 25}


def test_nobody_loses_nobody_pays() -> None:
    result = projected(outcomes=[gain()], values=[saving(amount=40)])
    side = result.side_payments["budget"]
    assert (side.gap, side.short, side.losers, side.pays["council"]) == (0, 0, (), 0)


@pytest.mark.parametrize(
    ("costs", "benefits", "most"),
    [  # 100 paid in each of three years, 60 back in cash each year
        ("start", "start", 120),  # 40, 80, 120
        ("start", "end", 180),  # 100, then 60 back as 100 is paid: 140, then 180
        ("end", "start", 120),  # 60 in hand, then 100 paid as 60 comes back: 20 in hand, 20 out, and 120 at the end
        ("start", "middle", 180),  # 100, 40, 140, 80, 180, 120
        ("middle", "middle", 120),
    ],
)
def test_the_most_that_must_be_funded(costs: str, benefits: str, most: float) -> None:
    settings = {"years": 3, "cost_timing": costs, "benefit_timing": benefits}
    values = [saving(amount=60, cashable=1)]
    result = projected(settings, outcomes=[gain(duration=3)], costs=[outlay(basis="per_year")], values=values)
    assert result.payers["council"].peak_funding == most


def test_each_payer_has_its_own_money_back() -> None:
    """100 paid at 0, 40 saved at the end of each of five years, half of it cash: 2½ years, and in cash 5."""
    parts: list[Row] = [{"id": "government", "name": "Government", "ledger": "public"}, *CHARITY]
    parts[1] = parts[1] | {"part_of": "government"}
    costs = [outlay(), outlay(id="gift", payer="charity", amount=10), outlay(id="first", payer="government", amount=1),
             outlay(id="time", treatment="in_kind")]  # fmt: skip
    values = [saving(amount=40, cashable=0.5), saving(sector="charity", kind="social", amount=99)]
    result = projected({"benefit_timing": "end"}, sectors=parts, outcomes=[gain(duration=5)], costs=costs,
                       values=values)  # fmt: skip
    council, charity, government = (result.payers[key] for key in ("council", "charity", "government"))
    assert (council.payback_years, council.cash_payback_years) == (2.5, 5)
    assert not {"payback_years", "cash_payback_years"} & set(council.reasons)
    assert (charity.payback_years, charity.cash_payback_years) == (None, None)
    assert charity.reasons["payback_years"] == "it is no public budget: what it gains is not money to it"
    assert charity.reasons["cash_payback_years"] == "not within the 5 years of the case"
    # what its part saves is not its own
    assert government.reasons["payback_years"] == "not within the 5 years of the case"


def test_a_payer_never_out_of_pocket_has_its_money_back_at_once() -> None:
    costs = [outlay(amount=10), outlay(id="old", basis="per_year", amount=500, old_service=True, release_share=1,
                                       release_years=0)]  # fmt: skip
    council = projected(costs=costs).payers["council"]
    assert (council.cash_payback_years, council.reasons["cash_payback_years"]) == (0, "never out of pocket")
    assert (council.payback_years, council.reasons["payback_years"]) == (0, "never out of pocket")


def test_capacity_freed_is_saved_and_not_cash() -> None:
    """£400 and £600 saved, of which a quarter and all is cash; the council saves £400 and £40 of a transfer."""
    values = [saving(amount=400, cashable=0.25), saving(sector="health", amount=600, cashable=1),
              saving(kind="transfer", amount=40, balance="people")]  # fmt: skip
    evaluation = projected(outcomes=[gain()], costs=[outlay()], values=values).evaluation
    assert [evaluation.number(f"council.pv_{name}") for name in ("pays", "saves", "cash", "freed")] == [
        100, 440, 100, 340,
    ]  # fmt: skip
    assert (evaluation.number("health.pv_freed"), evaluation.number("budget.pv_freed")) == (0, 340)


def test_harms_counted_as_costs_stand_beside_the_parts() -> None:
    """£7 of harms to the council, beside £100 of one-off revenue; none of it is paid for the programme."""
    harm = gain(id="harm", effect=-1)
    values = [
        saving(outcome="harm", amount=7),
        saving(outcome="harm", id="moved", kind="transfer", amount=2, balance="people"),
    ]
    result = projected({"years": 2, "negative_benefits": "costs"}, outcomes=[harm], costs=[outlay()], values=values)
    assert row(result, "budget.harm_costs") == [9, 0]
    assert (result.split.revenue, result.budgets["council"].pays) == ((100, 0), (109, 0))
    assert not result.failed


def test_the_year_after_a_grant_ends() -> None:
    """A charity pays 100 a year to 2027; the council pays 10 until then and 80 from 2028: its cost rises by 70."""
    costs = [
        outlay(id="grant", payer="charity", basis="per_year", to=2027),
        outlay(id="share", basis="per_year", amount=10, to=2027),
        outlay(id="after", basis="per_year", amount=80, **{"from": 2028}),
    ]
    values = [saving(amount=25)]
    result = projected(sectors=CHARITY, outcomes=[gain(duration=5)], costs=costs, values=values)
    charity = result.payers["charity"]
    assert (charity.peak_funding, charity.last_payment) == (200, "2027/28")
    assert dict(charity.cost_changes) == {"council": 70, "health": 0, "people": 0, "charity": -100}
    assert dict(charity.net) == {"council": 25 - 80, "health": 0}
    council = result.payers["council"]
    assert (council.last_payment, dict(council.cost_changes)) == ("2030/31", {})
    assert council.reasons["cost_changes"] == "it pays to the end of the case"


def test_an_old_service_released_is_not_a_payment_less() -> None:
    """The council pays 10 a year to 2029 for the new, and is released from an old service worth more from the start."""
    costs = [
        outlay(id="new", basis="per_year", amount=10, to=2029),
        outlay(id="old", basis="per_year", amount=500, old_service=True, release_share=1, release_years=0),
    ]
    council = projected(costs=costs).payers["council"]
    assert (council.last_payment, council.peak_funding, council.cost_changes["council"]) == ("2029/30", 0, -10)


def test_a_payer_that_never_pays_says_so() -> None:
    council = projected(costs=[outlay(counts=False)]).payers["council"]
    assert (council.last_payment, council.peak_funding) == (None, 0)
    assert council.reasons["last_payment"] == council.reasons["net"] == "it never pays"


def test_outturn_prices_of_public_budgets() -> None:
    """Base 2024 is 100; 2025/26 is 102.51 and 2026/27 104.5602 with 2 % (`test_prices.py`)."""
    settings = {"first_year": 2025, "years": 2, "price_base": "2024", "later_inflation": 0.02}
    groups = [{"id": "residents", "referrals": 1, "from": 2025, "to": 2025}]
    result = projected(
        settings, groups=groups, outcomes=[gain(duration=2)], costs=[outlay(basis="per_year")],
        values=[saving(amount=10, cashable=0.5)],
    )  # fmt: skip
    outturn = result.outturn
    assert outturn.costs == pytest.approx((102.51, 104.5602), rel=1e-12)
    assert outturn.benefits == pytest.approx((10.251, 10.45602), rel=1e-12)
    assert outturn.cash == pytest.approx((5.1255, 5.22801), rel=1e-12)
    # 95 × 1.0251 + 95 × 1.045602: what is paid less the cash that comes back at the same time
    assert result.payers["council"].peak_funding_outturn == pytest.approx(95 * 2.070702, rel=1e-12)


def test_outturn_prices_without_an_index_say_why() -> None:
    result = projected(costs=[outlay()])
    why = "there is no price index for 2026/27: state later_inflation in Settings"
    assert (result.outturn.costs, result.outturn.reason) == (None, why)
    held = result.to_dict()
    assert held["outturn"] == {"costs": None, "benefits": None, "cash": None,
                               "reasons": dict.fromkeys(("costs", "benefits", "cash"), why)}  # fmt: skip
    assert held["payers"]["council"]["reasons"]["peak_funding_outturn"] == why


def test_costs_parted_two_ways() -> None:
    costs = [
        outlay(id="building", amount=50, capital=True),
        outlay(id="training", amount=7),
        outlay(id="rent", basis="per_year", amount=20, capital=True, to=2027),
        outlay(id="staff", basis="per_year", amount=3, payer="health"),
        outlay(id="time", basis="per_year", amount=1000, treatment="in_kind"),
        outlay(id="gift", basis="per_year", amount=1000, payer="people"),
    ]
    split = projected({"years": 3}, costs=costs).split
    assert (split.capital, split.revenue) == ((70, 20, 0), (10, 3, 3))
    assert (split.one_off, split.recurring) == ((57, 0, 0), (23, 23, 3))


def test_cost_per_outcome_sets_all_costs_against_each() -> None:
    """100 paid, 4 gains in all: 25 each. A harm has none, with the reason."""
    harm = gain(id="harm", effect=-1)
    result = projected(outcomes=[gain(duration=4), harm], costs=[outlay()])
    assert result.outcomes["gain"].cost_per_outcome == 25
    assert result.outcomes["harm"].cost_per_outcome is None
    assert result.outcomes["harm"].reasons == {
        "cost_per_outcome": "there is no gain in its count to share the costs among"
    }


def test_what_failure_costs_today() -> None:
    """Ten people, to half of whom it happens each year, for two years: 5 × 100, whatever the effect and drop-off."""
    groups = [{"id": "residents", "referrals": 10, "from": 2026, "to": 2026}]
    outcomes = [gain(basis="proportional", baseline=0.5, effect=0.2, duration=2, drop_off=0.9), gain(id="no-baseline")]
    values = [saving(amount=100), saving(outcome="no-baseline", amount=100)]
    result = projected(groups=groups, outcomes=outcomes, values=values)
    assert result.failure["council"] == pytest.approx((500, 500, 0, 0, 0), abs=1e-9)
    assert result.failure["health"] == (0, 0, 0, 0, 0)


def test_what_failure_costs_in_all_and_in_the_first_full_year() -> None:
    """One person: falls twice a year from the first year for two, at £100, and moves in the third, at £50 health.

    At 25% a year: 200 + 200 × 0.8 = 360, and 50 × 0.64 = 32. By 2028 both have begun: nothing falls any more in that
    year, and the move costs 50. An outcome that nobody meets has not begun, and is not waited for.
    """
    common = {"basis": "proportional", "effect": 0.2}
    outcomes = [
        gain(baseline=2, duration=2, **common),
        gain(id="move", baseline=1, lag=2, duration=1, **common),
        gain(id="never", baseline=1, at_risk=0, lag=4, **common),
    ]
    values = [
        saving(amount=100),
        saving(outcome="move", sector="health", amount=50),
        saving(outcome="never", amount=1000),
    ]
    result = projected({"discount": 0.25}, outcomes=outcomes, values=values)
    assert row(result, "gain-council-fiscal.failure") == pytest.approx([200, 200, 0, 0, 0])
    number = result.evaluation.number
    assert number("timeline.first_full_year") == 2028
    assert number("council.pv_failure") == pytest.approx(360)
    assert number("health.pv_failure") == pytest.approx(32)
    assert number("council.failure_full_year") == 0
    assert number("health.failure_full_year") == pytest.approx(50)


def test_what_failure_costs_in_health_is_discounted_as_health_is() -> None:
    """One unit a year for two years, worth £100 of health: 100 + 100 / 1.015, the Green Book's rate of health, 1.5%."""
    outcomes = [gain(basis="proportional", baseline=1, effect=0.5, duration=2)]
    values = [saving(sector="people", kind="social", amount=100, health_effect=True)]
    result = projected({"discount": "green-book-2026-standard"}, outcomes=outcomes, values=values)
    assert result.evaluation.number("people.pv_failure") == pytest.approx(100 + 100 / 1.015)


def test_where_nothing_fails_at_a_known_rate_nothing_is_waited_for() -> None:
    result = projected(outcomes=[gain()], values=[saving()])
    assert result.evaluation.number("timeline.first_full_year") == 2026
    assert result.evaluation.number("council.pv_failure") == 0


def test_the_reduced_schedule_beside_a_long_case() -> None:
    """One pound saved in year 50 of 51: the Green Book's reduced schedule is 3 % to year 30, then 2.57 %."""
    group = {"id": "residents", "referrals": 1, "from": 2076, "to": 2076}
    result = projected({"years": 51, "discount": "green-book-2026-standard"}, groups=[group], outcomes=[gain()],
                       costs=[outlay()], values=[saving()])  # fmt: skip
    factor = 1.03**-30 * 1.0257**-20
    assert result.reduced is not None
    assert result.reduced.pv_benefits == pytest.approx(factor, rel=1e-12)
    assert result.reduced.pv_costs == 100
    assert result.reduced.bcr == pytest.approx(factor / 100, rel=1e-12)
    assert result.reduced.npv == pytest.approx(factor - 100, rel=1e-12)
    assert result.to_dict()["reduced"]["pv_costs"] == 100


def test_health_keeps_its_own_schedule_beside_the_reduced_one() -> None:
    """1.5 % to year 30, then 1.29 %: the health schedule, on which health effects stay."""
    group = {"id": "residents", "referrals": 1, "from": 2076, "to": 2076}
    value = {"outcome": "gain", "sector": "people", "kind": "social", "amount": 1, "health_effect": True}
    result = projected({"years": 51}, groups=[group], outcomes=[gain()], values=[value])
    assert result.reduced is not None
    assert result.reduced.pv_benefits == pytest.approx(1.015**-30 * 1.0129**-20, rel=1e-12)
    assert result.reduced.bcr is None


def test_the_tax_charge_stands_on_the_reduced_schedule_too() -> None:
    """A tenth of the £100 paid in year 0, less a tenth of the £1 saved in year 50 (§ 12): 110 - 0.1 × its factor."""
    group = {"id": "residents", "referrals": 1, "from": 2076, "to": 2076}
    result = projected({"years": 51, "tax_deadweight": 0.1}, groups=[group], outcomes=[gain()], costs=[outlay()],
                       values=[saving()])  # fmt: skip
    factor = 1.03**-30 * 1.0257**-20
    assert result.reduced is not None
    assert result.reduced.pv_costs == pytest.approx(110 - 0.1 * factor, rel=1e-12)
    assert result.reduced.npv == pytest.approx(1.1 * factor - 110, rel=1e-12)


def test_fifty_years_are_not_long() -> None:
    assert projected({"years": 50}).reduced is None
    assert projected({"years": 50}).to_dict()["reduced"] is None
