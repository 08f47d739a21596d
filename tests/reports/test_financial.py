"""The Financial case by hand: what stands on the page for small cases, in words and numbers (method § 6).

Every case is undiscounted over five years from 2026 with one person referred in the first, unless it says otherwise
(`tests/projection/small.py`), so that each number is a sum of a few amounts, done beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sroi.reading import read
from sroi.reports import write_workbook
from sroi.reports.partners import SHEET
from sroi.reports.workbook import plan
from tests.parity.recalculate import Live
from tests.parity.test_workbooks import place
from tests.projection.small import SECTORS, Row, case, gain, outlay, saving

COUNCIL, HEALTH, PEOPLE = SECTORS
CHARITY: Row = {"id": "charity", "name": "Charity", "ledger": "society"}
POLICE: Row = {"id": "police", "name": "Police", "ledger": "public"}
Shown = list[list[Any]]


@pytest.fixture
def shown(tmp_path: Path) -> Any:
    """The page of a case, as stored in its workbook: its rows, each up to its last filled cell."""

    def of(settings: Row | None = None, **tables: Any) -> Shown:
        path = write_workbook(tmp_path / "case.xlsx", read(case(settings, **tables)), force=True)
        return rows(path)

    return of


def rows(path: Path) -> Shown:
    """The rows of the page."""
    found = []
    for cells in load_workbook(path, data_only=True)[SHEET].iter_rows(values_only=True):
        filled = [n for n, value in enumerate(cells) if value not in (None, "")]
        found.append(list(cells[: filled[-1] + 1]) if filled else [])
    return found


def said(page: Shown) -> list[str]:
    """All that stands in the first column."""
    return [str(row[0]) for row in page if row]


def table(page: Shown, header: str, count: int = 1) -> dict[str, list[Any]]:
    """The rows under the header that begins so (of several, the `count`th), by their label, to the next header or
    sentence."""
    starts = [n for n, row in enumerate(page) if row and " ".join(str(row[0]).split()).startswith(header)]
    found: dict[str, list[Any]] = {}
    for row in page[starts[count - 1] + 1 :]:
        if len(row) < 2 or row[0] in found or ", £" in row[0]:
            break
        found[str(row[0])] = row[1:]
    return found


BASE: dict[str, Any] = {
    "outcomes": [gain(duration=2)],
    "costs": [outlay()],
    "values": [saving(amount=30, cashable=0.5), saving(sector="health", amount=5)],
}
"""The council pays £100 in 2026 and saves £30 then and in 2027, half of it cash; the NHS saves £5 each time."""


def test_who_puts_in_and_who_gains_by_year(shown: Any) -> None:
    page = shown({"years": 3}, **BASE)
    assert page[3] == ["Public budgets pay £100 and save £70 in present value; £30 comes back as cash."]
    assert "In present value these save more than they pay: NHS." in said(page)
    assert "In present value these pay more than they save: Council." in said(page)
    header = next(row for row in page if row and row[0] == "Pay in cash, £ real")
    assert header == ["Pay in cash, £ real", "Total", "2026/27", "2027/28", "2028/29"]
    assert table(page, "Pay in cash, £ real") == {
        "Council": [100, 100, 0, 0], "NHS": [0, 0, 0, 0], "All public budgets": [100, 100, 0, 0],
    }  # fmt: skip
    assert table(page, "Save, cash or not, £ real") == {
        "Council": [60, 30, 30, 0], "NHS": [10, 5, 5, 0], "All public budgets": [70, 35, 35, 0],
    }  # fmt: skip
    assert table(page, "Of that, cash, £ real") == {
        "Council": [30, 15, 15, 0], "NHS": [0, 0, 0, 0], "All public budgets": [30, 15, 15, 0],
    }  # fmt: skip
    assert table(page, "Save less pay, £ real") == {
        "Council": [-40, -70, 30, 0], "NHS": [10, 5, 5, 0], "All public budgets": [-30, -65, 35, 0],
    }  # fmt: skip
    # 15 - 100, then 15
    assert table(page, "Cash, less paid, £ real") == {"All public budgets": [-70, -85, 15, 0]}
    assert "Check that in every year the rows add to the sums: OK." in said(page)


def test_how_much_of_it_is_cash(shown: Any) -> None:
    page = shown(**BASE)
    # 30 ÷ 70 is 42.86 %
    line = "Of £70 saved, £30 (43%) is cash that can be taken out of budgets; £40 is capacity freed."
    assert line in said(page)
    assert table(page, "Present value, £") == {
        "Council": [100, 60, 30, 30, "50%", -40, -70],
        "NHS": [0, 10, 0, 10, "0%", 10, 0],
        "All public budgets": [100, 70, 30, 40, "43%", -30, -70],
    }


def test_when_each_payer_has_its_money_back(shown: Any) -> None:
    """100 paid at 0 and 40 saved at the end of each of five years, half of it cash: 2½ years, in cash 5. The NHS pays
    10 to 2029 and saves nothing, and the charity 50 once."""
    costs = [outlay(), outlay(id="own", payer="health", basis="per_year", amount=10, to=2029),
             outlay(id="gift", payer="charity", amount=50)]  # fmt: skip
    page = shown({"benefit_timing": "end"}, sectors=[*SECTORS, CHARITY], costs=costs, outcomes=[gain(duration=5)],
                 values=[saving(amount=40, cashable=0.5)])  # fmt: skip
    assert "Have their money back in cash within 5 years: Council." in said(page)
    assert "Have their money back, counting all that they save, within 5 years: Council." in said(page)
    assert table(page, "Payer (sums in £)") == {
        # 100 out before the first 20 of cash comes back; then all the while less
        "Council": ["2026/27", 100, "none", "after 5.0 years", None, None, "after 2.5 years"],
        "NHS": ["2029/30", 40, "none", "not within 5 years", None, None, "not within 5 years"],
        "Charity": ["2026/27", 50, "none", "not within 5 years", None, None, "not a public budget"],
        # 140 paid in all, of which 110 at the first date; 200 saved: 40 a year against 10 a year is square at 2⅔:
        # -110, -80 (40 - 10), -50, -20, 20 (40, none paid any more at 4), so 3 + 20/40
        "All public budgets": [None, None, None, "not within 5 years", None, None, "after 3.5 years"],
    }
    assert "No outturn prices: there is no price index for 2026/27: state later_inflation in Settings." in said(page)


def test_side_payments_in_both_views(shown: Any) -> None:
    """The council loses 40 and the NHS gains 60, the police 20: three quarters and a quarter of 40. In cash the NHS
    gains 6 and the police nothing, and the council loses 70: 64 short."""
    values = [*BASE["values"][:1], saving(sector="health", amount=30, cashable=0.1), saving(sector="police", amount=10)]
    page = shown(**(BASE | {"sectors": [*SECTORS, POLICE], "values": values}))
    assert "Counting all that is saved, cash or not, those who gain could make good the £40 that others lose." in said(
        page
    )
    assert "In cash alone, those who gain cannot make good those who lose: £64 short." in said(page)
    assert said(page).count("Left out of pocket without side payments: Council.") == 2
    assert table(page, "Present value, £", 2) == {
        "Council": [-40, 0, 40, 0, -70, 0, 0, -70],
        "NHS": [60, 30, 0, 30, 6, 0, 0, 6],
        "Police": [20, 10, 0, 10, 0, 0, 0, 0],
        "All public budgets": [40, 40, 40, 40, -64, 0, 0, -64],
    }


def test_nobody_loses(shown: Any) -> None:
    page = shown(outcomes=[gain()], values=[saving(amount=40)])
    assert page[3] == ["Public budgets pay nothing and save £40 in present value; no cash comes back."]
    assert "In present value no public budget pays more than it saves." in said(page)
    assert "Counting all that is saved, cash or not, no public budget loses." in said(page)
    assert said(page).count("No side payment is needed.") == 2
    assert "Nobody pays cash for a new service in this case: there is no money to have back." in said(page)
    assert "Nobody pays cash for a new service in this case: nobody can stop." in said(page)
    assert "Public budgets pay nothing in cash." in said(page)


def test_nobody_saves(shown: Any) -> None:
    page = shown(costs=[outlay()])
    assert page[3] == ["Public budgets pay £100 and save nothing in present value; no cash comes back."]
    assert "In present value no public budget saves more than it pays." in said(page)
    assert "Public budgets save nothing, so that there is no cash to release." in said(page)
    assert table(page, "Present value, £")["Council"] == [100, 0, 0, 0, "none saved", -100, -100]
    assert "Nobody has its money back in cash within 5 years." in said(page)
    assert "Counting all that is saved, cash or not, no public payer has its money back within 5 years." in said(page)


def test_no_public_budget(shown: Any) -> None:
    """A charity pays 100 once; nobody's budget is on the page but its own payment is."""
    page = shown(sectors=[CHARITY, PEOPLE], costs=[outlay(payer="charity")])
    assert "No sector of this case is a public budget." in said(page)
    assert table(page, "Pay in cash, £ real") == {"All public budgets": [0, 0, 0, 0, 0, 0]}
    assert table(page, "Paid by others, £ real") == {"Charity": [100, 100, 0, 0, 0, 0]}
    assert "In present value no public budget saves more than it pays." in said(page)


def test_harms_to_a_budget_are_said_by_their_direction(shown: Any) -> None:
    """£7 of harms to the council, all of it cash, beside nothing paid: nobody saves, and £7 more is spent."""
    harm = [gain(effect=-1)]
    page = shown(outcomes=harm, values=[saving(amount=7, cashable=1)])
    assert page[3] == ["Public budgets pay nothing and lose £7 besides in present value; £7 more in cash is spent."]
    assert "What is saved comes to -£7 and the cash released to -£7: neither is a share of the other." in said(page)
    # counted as costs (§ 12) they are paid, beside the parts of what is paid for the programme
    page = shown({"negative_benefits": "costs"}, costs=[outlay()], outcomes=harm, values=[saving(amount=7, cashable=1)])
    assert page[3] == ["Public budgets pay £107 and save nothing in present value; no cash comes back."]
    kinds = table(page, "Pay, by kind, £ real")
    assert {name: row[:2] for name, row in kinds.items()} == {
        "Capital": [0, 0], "Revenue": [100, 100], "Harms, counted as costs": [7, 7], "All public budgets": [107, 107],
    }  # fmt: skip
    assert "Check that in every year the parts add to what is paid: OK." in said(page)


def test_old_services_released_for_more_than_is_paid(shown: Any) -> None:
    """£10 a year paid and £50 a year released over two years."""
    old = outlay(id="old", basis="per_year", amount=50, old_service=True, release_share=1, release_years=0)
    costs = [outlay(basis="per_year", amount=10), old]
    page = shown({"years": 2}, costs=costs)
    assert page[3] == [
        "Public budgets are relieved of £80 more than they pay and save nothing in present value; no cash comes back."
    ]
    assert "Old services no longer paid, £100 in present value, are taken off what is paid, and are in no saving." in (
        said(page)
    )
    assert table(page, "Pay in cash, net, £ real")["Council"] == [-80, -40, -40]
    assert table(page, "No longer paid, £ real") == {"Old services": [100, 50, 50]}
    assert "Less what old services release, public budgets pay -£80 in all years: £0 in capital, £0 one-off." in (
        said(page)
    )
    page = shown({"years": 2, "released_costs": "benefits"}, costs=costs)
    assert page[3] == ["Public budgets pay £20 and save £100 in present value; £100 comes back as cash."]
    assert "Old services no longer paid, £100 in present value, count as saved, and as cash." in said(page)


def test_what_is_left_out_and_what_is_in(shown: Any) -> None:
    """£30 in kind by the people; £8 a year of benefits no longer paid by the council to them, in two years."""
    values = [*BASE["values"], saving(kind="transfer", amount=8, balance="people")]
    costs = [outlay(), outlay(id="time", payer="people", amount=30, treatment="in_kind")]
    page = shown(**(BASE | {"values": values, "costs": costs}))
    assert (
        "Not on this page: costs in kind, such as time given, worth £30 in present value. The economic case has "
        in (next(text for text in said(page) if "in kind" in text))
    )
    moved = "What is saved includes transfers, such as benefits no longer paid: £16 in present value."
    assert any(text.startswith(moved) for text in said(page))
    assert table(page, "Save, cash or not, £ real")["Council"][:2] == [76, 38]
    idle = [*BASE["costs"], outlay(id="time", payer="people", treatment="in_kind", counts=False)]
    assert "No costs in kind count." in said(shown(**(BASE | {"costs": idle})))


def test_no_flow_is_in_two_rows(shown: Any) -> None:
    """The council is part of a government that pays £1 itself: sums count £101, and say whose parts are whose."""
    sectors: list[Row] = [{"id": "government", "name": "Government", "ledger": "public"},
                          COUNCIL | {"part_of": "government"}, HEALTH, PEOPLE]  # fmt: skip
    page = shown(**(BASE | {"sectors": sectors, "costs": [outlay(), outlay(id="one", payer="government", amount=1)]}))
    paid = table(page, "Pay in cash, £ real")
    assert {name: row[0] for name, row in paid.items()} == {
        "Government": 1, "Council": 100, "NHS": 0, "All public budgets": 101,
    }  # fmt: skip
    assert "Government is shown without its parts, which have rows of their own: Council." in said(page)


def test_the_year_after_a_payer_stops(shown: Any) -> None:
    """A charity pays 100 a year to 2027; the council pays 10 until then and 80 from 2028: its cost rises by 70. It
    saves 25 then: 55 less than it pays."""
    costs = [
        outlay(id="grant", payer="charity", basis="per_year", to=2027),
        outlay(id="share", basis="per_year", amount=10, to=2027),
        outlay(id="after", basis="per_year", amount=80, **{"from": 2028}),
        outlay(id="unpaid", payer="health", counts=False),
    ]
    page = shown(sectors=[*SECTORS, CHARITY], outcomes=[gain(duration=5)], costs=costs, values=[saving(amount=25)])
    assert "Payments by Charity end in 2027/28. In 2028/29 the cash cost of all others rises by £70." in said(page)
    assert "In that year all public budgets together pay £55 more than they save." in said(page)
    assert "Whose cash cost rises: Council." in said(page)
    assert table(page, "After Charity stops, £") == {
        "Council": [70, None, -55], "NHS": [0, None, 0], "Charity": [-100],
    }  # fmt: skip
    assert "Payments by Council go on to the end of the case: there is no year after." in said(page)
    none = "not applicable"
    assert table(page, "After Council stops, £") == {
        "Council": [none, None, none], "NHS": [none, None, none], "Charity": [none],
    }  # fmt: skip
    assert "There are no payments by NHS, and so no end of them." in said(page)
    assert table(page, "Payer (sums in £)")["NHS"] == ["never", 0, "none", "never pays", None, None, "never pays"]


def test_a_payer_that_stops_and_nobody_takes_over(shown: Any) -> None:
    """The council pays 100 in 2098 and nothing after; the century's turn is two digits: 2098/99, then 2099/00."""
    late = [{"id": "residents", "name": "Residents", "referrals": 1, "from": 2098, "to": 2098}]
    page = shown({"first_year": 2098, "years": 3}, costs=[outlay(amount=100)], groups=late)
    assert "Payments by Council end in 2098/99. In 2099/00 the cash cost of all others does not change." in said(page)
    assert "In that year all public budgets together save as much as they pay." in said(page)
    assert "Nobody's cash cost rises." in said(page)


def test_revenue_and_capital_one_off_and_recurring(shown: Any) -> None:
    """£50 of building and £7 of training once, £20 and £3 a year: 126 in three years, of which 50 and 57."""
    once = [outlay(id="building", amount=50, capital=True), outlay(id="training", amount=7)]
    yearly = [outlay(id="rent", basis="per_year", amount=20), outlay(id="staff", basis="per_year", amount=3)]
    costs = [*once, *yearly]
    page = shown({"years": 3}, costs=costs)
    line = "Of £126 that public budgets pay in all years, £50 (40%) is capital and £57 (45%) is one-off."
    assert line in said(page)
    assert table(page, "Pay, by kind, £ real") == {
        "Capital": [50, 50, 0, 0], "Revenue": [76, 30, 23, 23], "All public budgets": [126, 80, 23, 23],
    }  # fmt: skip
    assert table(page, "Pay, by how often, £ real") == {
        "One-off": [57, 57, 0, 0], "Recurring": [69, 23, 23, 23], "All public budgets": [126, 80, 23, 23],
    }  # fmt: skip


def test_outturn_prices_stand_beside_the_real_ones(shown: Any) -> None:
    """Base 2024 is 100; 2025/26 is 102.51 and 2026/27 104.5602 with 2 % (`tests/projection/test_prices.py`)."""
    settings = {"first_year": 2025, "years": 2, "price_base": "2024", "later_inflation": 0.02}
    groups = [{"id": "residents", "name": "Residents", "referrals": 1, "from": 2025, "to": 2025}]
    page = shown(settings, groups=groups, outcomes=[gain(duration=2)],
                 costs=[outlay(basis="per_year", capital=True)], values=[saving(amount=10, cashable=0.5)])  # fmt: skip
    # 102.51 + 104.5602, and a tenth of it
    line = "In outturn prices public budgets pay £207 (real: £200) and save £21 (real: £20) in all years together."
    assert line in said(page)
    assert table(page, "Pay in cash, £ outturn")["Council"] == pytest.approx([207.0702, 102.51, 104.5602])
    assert table(page, "Of that, cash, £ outturn")["Council"] == pytest.approx([10.35351, 5.1255, 5.22801])
    assert table(page, "Cash, less paid, £ outturn")["All public budgets"] == pytest.approx(
        [10.35351 - 207.0702, 5.1255 - 102.51, 5.22801 - 104.5602]
    )
    assert table(page, "Pay, by kind, £ outturn")["Capital"] == pytest.approx([207.0702, 102.51, 104.5602])
    # 95 × 1.0251 + 95 × 1.045602: the cash comes back as it is paid
    assert table(page, "Payer (sums in £)")["Council"][1:3] == pytest.approx([190, 95 * 2.070702])


def test_no_outturn_prices_say_why(shown: Any) -> None:
    page = shown(costs=[outlay()])
    assert "There are no outturn prices: there is no price index for 2026/27: state later_inflation in Settings." in (
        said(page)
    )


@pytest.mark.parametrize("years", [1, 10, 11, 60])
def test_years_that_do_not_fit_go_on_below(years: int, shown: Any) -> None:
    """£1 a year: every year once, in order, at most ten beside each other, and one total."""
    page = shown({"years": years}, costs=[outlay(basis="per_year", amount=1)])
    starts = [row for row in page if row and " ".join(str(row[0]).split()).startswith("Pay in cash, £ real")]
    labels = [f"{year}/{(year + 1) % 100:02d}" for year in range(2026, 2026 + years)]
    assert [label for row in starts for label in row[1:] if label not in (None, "", "Total")] == labels
    assert max(len(row) for row in starts) <= 12
    assert sum(row.count("Total") for row in starts) == 1
    tables = [table(page, "Pay in cash, £ real", n + 1)["Council"] for n in range(len(starts))]
    assert [number for row in tables for number in row if number is not None] == [years] + [1] * years
    assert f"The case runs {years} year{'s' if years > 1 else ''}." in page[4][0]


def test_many_names_take_two_lines_or_are_counted(shown: Any) -> None:
    """Two budgets of seven save; with long names they are listed in two lines, with very long ones counted."""

    def page(letters: int) -> list[str]:
        sectors = [{"id": f"s{n}", "name": f"Budget {n} " + "x" * letters, "ledger": "public"} for n in range(7)]
        values = [saving(sector=f"s{n}", id=f"v{n}", amount=5) for n in (1, 6)]
        return said(shown(sectors=sectors, outcomes=[gain()], values=values))

    lead = "In present value these save more than they pay"
    assert f"{lead}: Budget 1 , Budget 6 ." in [text.replace("x", "") for text in page(3)]
    two = [text.replace("x", "") for text in page(12)]
    assert f"{lead}, of the first 4: Budget 1 ." in two
    assert "Of the other 3: Budget 6 ." in two
    assert f"{lead}: 2 of 7 public budgets." in page(60)


def test_the_words_follow_the_inputs(tmp_path: Path) -> None:
    """The NHS comes to save 55 each time instead of 5, all of it cash: 110 beside the council's 60."""
    made = read(case(**BASE))
    path, planned = write_workbook(tmp_path / "case.xlsx", made), plan(made)
    live = Live(path)
    live.set(*place(planned, "values.gain-health-fiscal.amount"), 55)
    live.set(*place(planned, "values.gain-health-fiscal.cashable"), 1)
    live.evaluate()
    page = live.book()[SHEET]
    assert page["A4"] == "Public budgets pay £100 and save £170 in present value; £140 comes back as cash."
    texts = list(page.values())
    assert "Of £170 saved, £140 (82%) is cash that can be taken out of budgets; £30 is capacity freed." in texts
    assert "In cash alone, those who gain could make good the £70 that others lose." in texts
