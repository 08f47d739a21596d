"""The sheet Value map: a calculator gets the impact across, and the benefits down, whatever is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sroi.model import header
from sroi.reading import read
from sroi.reports import write_workbook
from sroi.reports.value_map import ATTRIBUTION, EACH, IMPACT, PRESENT, QUANTITY, REGRESSION, TIMES, TOTAL, YEAR
from tests.parity.recalculate import Live
from tests.projection.small import GROUPS, Row, case, gain, outlay, saving
from tests.reports.books import Written

Cells = list[Any]
TEN = [GROUPS[0] | {"referrals": 10, "to": 2027, "engagement": 0.8}]
GAIN = gain(
    basis="proportional", baseline=2, effect=0.5, deadweight=0.1, attribution=0.2, displacement=0.25, leakage=0.5,
    optimism=0.2, regression_to_mean=0.5, lag=1, duration=2, drop_off=0.5, indicator="a count", stakeholder="Residents",
    status="observed",
)  # fmt: skip


def tables(**more: Any) -> Row:
    """The case of `tests/projection/test_value_map.py`, worked there by hand, and what stands apart."""
    held = case(
        {"discount": 0.25},
        groups=TEN,
        costs=[outlay(), outlay(id="time", payer="people", treatment="in_kind", amount=30)],
        outcomes=[GAIN, gain(id="peace"), gain(id="other", counts=False)],
        values=[
            saving(amount=100, growth=0.1, times=3),
            saving(kind="transfer", amount=10, balance="people", id="grant"),
            saving(amount=7, id="spare", counts=False),
            saving(outcome="other", amount=5),
        ],
    )
    return held | more


def rows(sheet: Any) -> list[Cells]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def page(path: Path) -> list[Cells]:
    """The rows of the sheet, as stored."""
    return rows(load_workbook(path, data_only=True)["Value map"])


def under(page: list[Cells], heading: str) -> list[Cells]:
    """The rows of the table of that heading, up to a blank one."""
    start = next(n for n, row in enumerate(page) if str(row[0]).startswith(heading)) + 1
    end = next((n for n in range(start, len(page)) if not any(page[n])), len(page))
    return page[start:end]


def multiplied(row: Cells) -> float:
    """What the numbers of a row multiply to."""
    product = float(row[QUANTITY])
    for share in row[QUANTITY + 1 : REGRESSION + 1]:
        product *= 1 - share
    return product * float(row[TIMES]) * float(row[EACH])


def mapped(page: list[Cells]) -> list[Cells]:
    """The rows of values."""
    return [row for row in under(page, "Whose outcome") if isinstance(row[IMPACT], float | int)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(tmp_path_factory.mktemp("map") / "map.xlsx", read(tables()))


def test_a_row_by_hand(path: Path) -> None:
    # Origin: 8 people in 2027, one unit each; 0.27 and then 0.8 and 0.5 are kept; 3 units of £110: £285.12. All years:
    # 285.12 + 470.448 + 172.4976; discounted 617.5014912 (tests/projection/test_value_map.py)
    row = mapped(page(path))[0]
    assert row[0] == "Council: fiscal value, per thing"
    assert row[YEAR:IMPACT] == pytest.approx([2027, 8, 0.1, 0.25, 0.2, 0.5, 0.2, 0.5, 3, 110])
    assert row[ATTRIBUTION] == 0.2
    assert row[IMPACT:] == pytest.approx([285.12, 2, 0.5, 928.0656, 617.5014912, "S1: by hand."])


def test_a_transfer_is_nothing_in_public_value(path: Path) -> None:
    rows = [row for row in mapped(page(path)) if "transfer" in row[0]]
    assert [row[0] for row in rows] == [
        "Council: transfer, per thing", "People: the other side of the transfer, per thing",
    ]  # fmt: skip
    # 0.864 × £10, and 2.592 over all years
    assert [row[IMPACT] for row in rows] == pytest.approx([8.64, -8.64])
    assert [row[TOTAL] for row in rows] == pytest.approx([25.92, -25.92])
    assert [row[PRESENT] for row in rows] == [0, 0]


def test_inputs_stand_by_payer_in_cash_and_in_kind(path: Path) -> None:
    found = [[row[at] for at in (0, YEAR, EACH, IMPACT, PRESENT)] for row in under(page(path), "Inputs")]
    assert found == [
        ["Council: Outlay", "yes", 100, None, 100],
        ["People: Time", "yes", None, 30, 30],
        ["Tax charge: nil unless the case states one", None, None, None, 0],
        ["All inputs", None, 100, 30, 130],
    ]


def test_what_is_not_monetised_and_what_does_not_count_stand_apart(path: Path, tmp_path: Path) -> None:
    held = page(path)
    words = [str(row[0]) for row in under(held, "Counted, but not monetised")]
    assert words[0] == "Residents: Peace"
    assert words[-1] == "Counted in: thing"
    columns = (0, YEAR, QUANTITY, PRESENT)
    assert [[row[at] for at in columns] for row in under(held, "Rows that do not count")] == [
        ["Gain. Council: fiscal value, per thing", "no", "As written, the value is shown only.", 0],
        ["Other. Council: fiscal value, per thing", "no", "As written, the outcome is shown only.", 0],
    ]
    plain = case(costs=[outlay()], outcomes=[gain()], values=[saving()])
    none = page(write_workbook(tmp_path / "plain.xlsx", read(plain)))
    assert [row[0] for row in under(none, "Counted, but")] == ["None, as written."]
    assert [row[0] for row in under(none, "Rows that do not")] == ["None, as written."]


def test_an_outcome_says_how_it_is_known(path: Path) -> None:
    said = [str(row[0]) for row in under(page(path), "Whose outcome")]
    assert said[0] == "Residents: Gain"
    assert said[1] == (
        "Output: not stated. Indicator: a count. Counted in: thing. Evidence: observed. Source S1: by hand."
    )


def shown(live: Live) -> list[Cells]:
    """The sheet recalculated."""
    held = live.book()["Value map"]
    last = max(int("".join(c for c in at if c.isdigit())) for at in held)
    return [[held.get(f"{chr(65 + column)}{row}") for column in range(17)] for row in range(1, last + 1)]


CHANGES: dict[str, tuple[str, str, object]] = {
    "a harm": ("Outcomes", "effect", -0.5),
    "nothing kept": ("Outcomes", "deadweight", 1.0),
    "more due to others": ("Outcomes", "attribution", 0.75),
    "later": ("Outcomes", "lag", 3.0),
    "never": ("Outcomes", "lag", 9.0),
    "the row does not count": ("Values", "counts", "no"),
    "the outcome does not count": ("Outcomes", "counts", "no"),
    "dearer by the year": ("Values", "growth", 0.3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_it_multiplies_and_adds(path: Path, change: str) -> None:
    sheet, field, value = CHANGES[change]
    live = Live(path)
    live.set(sheet, cell_of(path, sheet, field, 5), value)
    live.evaluate()
    held = shown(live)
    values = mapped(held)
    assert [row[IMPACT] for row in values] == pytest.approx([multiplied(row) for row in values], rel=1e-9, abs=1e-9)
    whole = next(row for row in held if row[0] == "All rows, in public value")[PRESENT]
    assert sum(row[PRESENT] for row in values) == pytest.approx(whole, rel=1e-9, abs=1e-9)
    answer = {row[0]: row[PRESENT] for row in under(held, "What it comes to")}
    assert answer["Benefits"] == pytest.approx(whole, rel=1e-9, abs=1e-9)
    assert [said for name, said in answer.items() if str(name).endswith("?")] == ["OK"] * 3


def cell_of(path: Path, sheet: str, field: str, row: int) -> str:
    """The cell of a field, found by its header."""
    headers = [cell.value for cell in load_workbook(path)[sheet][4]]
    return f"{get_column_letter(headers.index(header(field)) + 1)}{row}"


def test_a_row_made_to_count_stands_in_the_total(path: Path) -> None:
    # The spare value: £7 for each of 0.864, 1.296 and 0.432 units, at factors of 0.8, 0.64 and 0.512.
    live = Live(path)
    live.set("Values", cell_of(path, "Values", "counts", 7), "yes")
    live.evaluate()
    held = shown(live)
    assert under(held, "Rows that do not count")[0][YEAR] == "yes"
    spare = 7 * (0.864 * 0.8 + 1.296 * 0.64 + 0.432 * 0.512)
    assert under(held, "Rows that do not count")[0][PRESENT] == pytest.approx(spare)
    whole = next(row for row in held if row[0] == "All rows, in public value")[PRESENT]
    assert whole == pytest.approx(617.5014912 + spare)
    assert {row[PRESENT] for row in under(held, "What it comes to") if str(row[0]).endswith("?")} == {"OK"}


def test_an_outcome_says_when_a_value_is_put_on_it(tmp_path: Path) -> None:
    made = case(costs=[outlay()], outcomes=[gain()], values=[saving(amount=7, counts=False)])
    path = write_workbook(tmp_path / "unvalued.xlsx", read(made))
    said = under(page(path), "Counted, but not monetised")[-1]
    assert said[-1] == "No value is put on it."
    live = Live(path)
    live.set("Values", cell_of(path, "Values", "counts", 5), "yes")
    live.evaluate()
    held = shown(live)
    assert under(held, "Counted, but not monetised")[-1][-1] == "A value is put on it now: see below."
    assert under(held, "Rows that do not count")[0][PRESENT] == 7


def test_every_row_of_the_shipped_cases_multiplies(written: Written) -> None:
    held = rows(written.stored["Value map"])
    values = mapped(held)
    assert len(values) > 3
    assert [row[IMPACT] for row in values] == pytest.approx([multiplied(row) for row in values], rel=1e-9, abs=1e-6)
    benefits = written.result.views["public_value"].pv_benefits
    assert sum(row[PRESENT] for row in values) == pytest.approx(benefits, rel=1e-9)
    assert "Illustrative" in str(held[1][0]) or written.case.about.status != "illustrative"


def test_weighted_values_have_a_column_of_their_own(tmp_path: Path) -> None:
    # (20,000 ÷ 10,000)^1.3 × 50 = 123.11444; a public pound has no weight
    made = case(
        {"reference_income": 20_000},
        groups=[GROUPS[0] | {"income": 10_000}],
        costs=[outlay()],
        outcomes=[gain()],
        values=[saving(amount=110), saving(sector="people", kind="economic", amount=50)],
    )
    held = page(write_workbook(tmp_path / "weighted.xlsx", read(made)))
    assert [row[PRESENT + 1] for row in mapped(held)] == pytest.approx([110, 123.11444])
    assert next(row for row in held if row[0] == "All rows, in public value")[PRESENT + 1] == pytest.approx(233.11444)


def test_harms_and_releases_stand_where_the_case_counts_them(tmp_path: Path) -> None:
    # £110 is lost, and counted as a cost; an old service of £100 is released in full for two years
    old = {"id": "old", "payer": "council", "basis": "per_year", "amount": 100, "old_service": True, "to": 2027}
    made = case(
        {"negative_benefits": "costs", "released_costs": "benefits"},
        costs=[outlay(), old | {"release_share": 1, "release_years": 0, "source": "by hand"}],
        outcomes=[gain(effect=-1)],
        values=[saving(amount=110)],
    )
    held = page(write_workbook(tmp_path / "harms.xlsx", read(made)))
    inputs = {row[0]: row[PRESENT] for row in under(held, "Inputs")}
    assert inputs["Harm, counted as a cost: Gain, Council: fiscal value, per thing"] == 110
    assert inputs["All inputs"] == 210
    values = {row[0]: row[PRESENT] for row in under(held, "Whose outcome")}
    assert values["Council: Old, released (an old service, counted as a benefit)"] == 200
    assert values["All rows, in public value"] == 200
