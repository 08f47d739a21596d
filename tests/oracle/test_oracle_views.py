"""The oracle, §§ 6 and 12 by hand: views and measures. Each number has its origin beside it."""

from __future__ import annotations

import math

import pytest

from .hand import LIBRARY, fiscal, made, meals, outcome
from .measures import irr, mirr, payback
from .oracle import project

# ---------------------------------------------------------------- §§ 6 and 12 by hand


@pytest.mark.parametrize(
    ("cost_timing", "benefit_timing", "years"),
    [
        # By hand: 100 paid once, 40 back in each year; straight lines between dates, counted from the date of
        # the first cost.
        ("start", "start", 1.5),  # dates 0, 1, 2: -60, -20, 20
        ("middle", "middle", 1.5),  # the same, half a year on
        ("end", "end", 1.5),  # the same, a year on
        ("start", "end", 2.5),  # dates 0, 1, 2, 3: -100, -60, -20, 20
        ("start", "middle", 2.25),  # half-year dates: -20 at 1.5 and at 2, 20 at 2.5
        ("middle", "end", 2.25),  # the same, half a year on
        ("middle", "start", 1.25),  # cost at 0.5, benefits at 0, 1, 2: -20 at 1 and 1.5, 20 at 2; less 0.5
        ("end", "start", 0.5),  # cost at 1, benefits at 0, 1, 2: 40, -20, 20; crosses at 1.5; less 1
        ("end", "middle", 1.25),  # 40 at 0.5, -60 at 1, -20 at 1.5 and 2, 20 at 2.5: crosses at 2.25; less 1
    ],
)
def test_payback_by_timing(cost_timing: str, benefit_timing: str, years: float) -> None:
    case = made(
        settings={"cost_timing": cost_timing, "benefit_timing": benefit_timing},
        costs=[{"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100}],
        outcomes=[outcome(duration=5)],
        values=[fiscal(amount=40)],
    )
    assert project(case, LIBRARY)["views"]["budget"]["payback_years"] == pytest.approx(years)


def test_payback_discounted_late_and_never_out_of_pocket() -> None:
    # By hand: a discounted £40 a year at 25 %: -100 + 40 + 32 + 25.6 + 20.48: -28, then -2.4, then 18.08.
    case = made(
        settings={"discount": 0.25},
        costs=[{"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100}],
        outcomes=[outcome(duration=5)],
        values=[fiscal(amount=40)],
    )
    view = project(case, LIBRARY)["views"]["budget"]
    assert view["discounted_payback_years"] == pytest.approx(2 + 2.4 / 20.48)
    assert payback([0, 1, 2], [10, 0, 0], [-10, 5, 4], 0) is None  # by hand: still 1 short
    assert payback([0, 1, 2], [10, 0, 0], [0, 5, 4], 0) == 0  # never out of pocket
    # By hand: back at 0.5 but out again; the last crossing, from -5 to 5, is at 2.5.
    assert payback([0, 1, 2, 3], [10, 0, 25, 0], [-10, 20, -15, 10], 0) == pytest.approx(2.5)


def test_irr() -> None:
    years = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    # Closed form: 100 x² - 230 x + 132 has the roots 1.1 and 1.2, so 10 % and 20 %: two.
    assert irr(years[:3], [-100, 230, -132]) is None
    # The project's issue 2, "The whole projection": published example of the spreadsheet function.
    found = irr(years, [-150000, 15000, 25000, 35000, 45000, 60000])
    assert found == pytest.approx(0.0524328888594, abs=5e-14)
    # Closed form: 0.74^(1/3) - 1.
    assert irr(years[:4], [-100, 0, 0, 74]) == pytest.approx(-0.0954958303, abs=5e-11)
    assert irr(years[:4], [-100, 0, 0, 74]) == pytest.approx(0.74 ** (1 / 3) - 1, abs=1e-14)
    assert irr([0, 0.5], [-100, 110]) == pytest.approx(0.21, abs=1e-14)  # closed form: 1.1² - 1
    assert irr(years[:3], [-100, 50, 50]) == pytest.approx(0, abs=1e-12)  # closed form: the sums are equal
    assert irr(years[:2], [-100, -10]) is None  # the sign never changes
    assert irr(years[:2], [-1, 50]) is None  # 4,900 %: outside the rates sought
    assert irr(years[:2], [-100, 1e-8]) is None  # nil beside the largest


def test_mirr() -> None:
    # By hand at 10 %: 121 at date 2 is 100 now; 121 / 50 over 2 years is √2.42 - 1.
    assert mirr([0, 1, 2], [-50, 0, 121], [1, 1 / 1.1, 1 / 1.21]) == pytest.approx(math.sqrt(2.42) - 1)
    assert mirr([0, 1], [5, 6], [1, 1]) is None  # nothing paid


def test_the_tax_charge() -> None:
    case = made(
        settings={"discount": 0.25, "benefit_timing": "end", "tax_deadweight": 0.2},
        costs=[
            {"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100},
            {"id": "time", "payer": "council", "basis": "one_off", "amount": 50, "treatment": "in_kind"},
        ],
        outcomes=[outcome()],
        values=[fiscal(amount=40), fiscal(sector="people", kind="social", amount=10)],
    )
    views = project(case, LIBRARY)["views"]
    # By hand: 150 + 0.2 × 100 at the start, less 0.2 × 40 at the end of the year (0.8).
    assert views["public_value"]["pv_costs"] == pytest.approx(150 + 20 - 8 * 0.8)
    assert views["public_value"]["costs"][0] == pytest.approx(162)
    assert views["budget"]["pv_costs"] == pytest.approx(100)
    # By hand: (10 × 0.8) ÷ (100 - 40 × 0.8).
    assert views["public_value"]["mvpf"] == pytest.approx(8 / 68)


def test_negative_benefits_as_costs_keep_their_timing() -> None:
    case = made(
        settings={"discount": 0.25, "benefit_timing": "end", "negative_benefits": "costs"},
        costs=[{"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100}],
        outcomes=[outcome(effect=-1)],
        values=[fiscal(amount=40)],
    )
    view = project(case, LIBRARY)["views"]["public_value"]
    # By hand: 40 lost at the end of year 0 is 32 now, as a cost.
    assert (view["pv_costs"], view["pv_benefits"], view["npv"]) == pytest.approx((132, 0, -132))


def test_a_parent_sector_shows_its_parts_and_totals_count_once() -> None:
    case = made(
        sectors=[
            {"id": "government", "ledger": "public"},
            {"id": "council", "ledger": "public", "part_of": "government"},
            {"id": "health", "ledger": "public", "part_of": "government"},
        ],
        costs=[{"id": "outlay", "payer": "government", "basis": "one_off", "amount": 10}],
        outcomes=[outcome()],
        values=[fiscal(amount=4), fiscal(sector="health", amount=3)],
    )
    result = project(case, LIBRARY)
    # By hand: government 4 + 3 - 10; all together the same, each flow once.
    assert result["sectors"]["government"]["net"] == pytest.approx(-3)
    assert result["sectors"]["council"]["net"] == pytest.approx(4)
    assert result["views"]["budget"]["npv"] == pytest.approx(-3)


def test_health_effects_have_their_own_schedule() -> None:
    case = made(
        settings={"discount": 0.25, "health_discount": 0, "years": 2},
        outcomes=[outcome(lag=1)],
        values=[fiscal(sector="people", kind="social", amount=10, health_effect=True), fiscal(amount=10)],
    )
    # By hand: both in year 1; 10 at no discount, 10 × 0.8.
    assert project(case, LIBRARY)["views"]["public_value"]["pv_benefits"] == pytest.approx(18)


def test_side_payments_share_the_gap_by_surplus() -> None:
    case = made(
        sectors=[{"id": name, "ledger": "public"} for name in ("council", "health", "justice")],
        costs=[{"id": "outlay", "payer": "council", "basis": "one_off", "amount": 100}],
        outcomes=[outcome()],
        values=[fiscal(amount=60), fiscal(sector="health", amount=150), fiscal(sector="justice", amount=50)],
    )
    side = project(case, LIBRARY)["side_payments"]["budget"]
    # By hand: the council is 40 short; health has 150 and justice 50 of the 200 to spare: 30 and 10.
    assert side["pays"] == pytest.approx({"council": 0, "health": 30, "justice": 10})
    assert side["receives"] == pytest.approx({"council": 40, "health": 0, "justice": 0})
    assert side["losers"] == ["council"]


@pytest.mark.parametrize("table", ["groups", "costs", "outcomes", "values"])
def test_a_row_that_does_not_count_is_as_if_it_were_not_there(table: str) -> None:
    case = meals()
    first = {**case[table][0], "counts": "no"}
    dropped = project({**case, table: [first, *case[table][1:]]}, LIBRARY)["views"]["public_value"]
    if table in ("groups", "outcomes"):
        gone = {row["id"] for row in case[table][:1]}
        without = {
            **case,
            "values": [row for row in case["values"] if row["outcome"] not in gone and table == "outcomes"],
        }
    else:
        without = {**case, table: case[table][1:]}
    # Property: the same case without the row; no number is known beforehand.
    assert dropped["npv"] == pytest.approx(project(without, LIBRARY)["views"]["public_value"]["npv"])
    assert dropped["npv"] != pytest.approx(39366.93)
