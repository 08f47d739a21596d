"""What a modeller's review found to pass in silence, each now told (wording asserted whole)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import sroi
from sroi.model.parsing import EXCEL_ERRORS
from tests.reading.forms import as_yaml
from tests.reading.test_standins import case, said


def with_row(table: str, **fields: Any) -> dict[str, Any]:
    return case() | {table: [fields]}


def test_m_is_million_in_sums_of_money_only() -> None:
    """In a field of years, 6m may well mean months."""
    assert said(case(outcomes={"duration": "18m"})) == [
        'outcomes[0].duration: Duration must be a whole number; found "18m". '
        "Type it in full: m stands for million in sums of money only."
    ]
    assert sroi.read(case(costs={"amount": "1.5m"})).costs[0].amount == 1_500_000


def test_a_rate_is_in_per_cent_and_within_reason() -> None:
    assert said(with_row("schedules", schedule="own", from_year=0, rate_percent=-200)) == [
        "schedules[0].rate_percent: Rate percent must be between -10 and 100; found -200."
    ]


def test_optimism_of_an_outcome_is_a_share() -> None:
    """A haircut of more than all would turn a gain into a harm (method § 4)."""
    assert said(case(outcomes={"optimism": 1.5})) == [
        "outcomes[0].optimism: A share must be between 0% and 100%; found 150%. Type 1.5% if you meant 1.5 per cent."
    ]


def test_grades_begin_at_one() -> None:
    """0 is what a blank cell is to a spreadsheet: a row without a grade would take grade 0's optimism."""
    assert said(with_row("grades", grade=0, cost_optimism=0.5, benefit_optimism=0.5)) == [
        "grades[0].grade: Grade must be 1 or more; found 0."
    ]


def test_a_unit_value_in_another_currency_is_refused() -> None:
    row = {"id": "own", "name": "Own", "sector": "council", "kind": "fiscal", "unit": "fall", "amount": 5,
           "price_year": "2023/24", "currency": "USD"}  # fmt: skip
    values = [{"outcome": "falls", "sector": "council", "unit_value": "own"}]
    assert said(case() | {"unit_values": [row], "values": values}) == [
        'values[0].unit_value: The unit value "own" is in USD, and the case in GBP. Enter the sum in GBP: as an '
        "amount, or as a row of Unit values with its currency."
    ]


def test_an_own_unit_value_that_no_row_names_is_noted() -> None:
    row = {"id": "own", "name": "Own", "sector": "council", "kind": "fiscal", "unit": "fall", "amount": 5,
           "price_year": "2023/24"}  # fmt: skip
    found = sroi.read(case() | {"unit_values": [row]})
    assert found.notes == ("unit_values[0]: no row of values names the unit value own: it is not used.",)
    values = [{"outcome": "falls", "sector": "council", "unit_value": "own"}]
    assert sroi.read(case() | {"unit_values": [row], "values": values}).notes == ()


def test_an_own_discount_schedule_that_nothing_names_is_noted() -> None:
    rows = [{"schedule": "ours", "from_year": 0, "to_year": 5, "rate_percent": 3},
            {"schedule": "ours", "from_year": 6, "rate_percent": 2}]  # fmt: skip
    unnamed = ("schedules[0]: nothing names the discount schedule ours: it is not used.",)
    assert sroi.read(case() | {"schedules": rows}).notes == unnamed
    named = case() | {"schedules": rows}
    named["settings"]["discount"] = "ours"
    assert sroi.read(named).notes == ()
    changed = case() | {"schedules": rows, "options": [{"name": "low", "ref": "settings.discount", "value": "ours"}]}
    assert sroi.read(changed).notes == ()


def test_text_holds_no_control_characters() -> None:
    """They would not survive a workbook, so that the case would have another hash there."""
    assert said(case(costs={"name": "Hub\x07"}))[0].startswith("costs[0].name: Name must hold no control characters")
    assert sroi.read(case(costs={"source": "one\r\ntwo\rthree"})).costs[0].source == "one\ntwo\nthree"


@pytest.mark.parametrize("word", sorted(EXCEL_ERRORS))
def test_text_is_not_an_error_of_a_spreadsheet(word: str, tmp_path: Path) -> None:
    """Written as a workbook, it could not be read back."""
    said_of_it = (
        f'Source must be words, and this is an error of a spreadsheet; found "{word}". Type what it should say.'
    )
    assert said(case(costs={"source": word})) == [f"costs[0].source: {said_of_it}"]
    assert said(case(costs={"source": f" {word} "})) == [f"costs[0].source: {said_of_it.replace(word, f' {word} ')}"]
    text = as_yaml(case(costs={"source": word}), tmp_path / "case.yaml")
    line = text.read_text(encoding="utf-8").splitlines().index(f"  source: '{word}'") + 1
    assert said(text) == [f"case.yaml:{line}: {said_of_it}"]
    assert sroi.read(case(costs={"source": f"It said {word}"})).costs[0].source == f"It said {word}"


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (
            "#N/A",
            'Outcome must be words, and this is an error of a spreadsheet; found "#N/A". Type what it should say.',
        ),
        ("a\x07", 'Outcome must hold no control characters; found "a\x07". Type it again without them.'),
    ],
)
def test_a_value_whose_name_would_be_made_of_what_cannot_be_read(typed: str, rule: str) -> None:
    value = {"outcome": typed, "sector": "council", "kind": "fiscal", "amount": 1}
    assert said(with_row("values", **value)) == [f"values[0].outcome: {rule}"]


def test_what_an_own_library_row_leaves_blank_the_shipped_row_says() -> None:
    row = {"id": "qaly", "name": "A QALY of ours", "sector": "people", "kind": "social", "unit": "QALY",
           "amount": 60000, "price_year": "2020/21"}  # fmt: skip
    people = {"id": "people", "name": "People", "ledger": "people"}
    data = case()
    data["sectors"] = [*data["sectors"], people]
    data["values"] = [{"outcome": "falls", "sector": "people", "unit_value": "qaly", "times": 0.1}]
    found = sroi.read(data | {"unit_values": [row]})
    assert found.unit_values[0].health_effect is True
    assert found.unit_values[0].amount == 60000
    assert found.notes == (
        'unit_values[0]: the case\'s own unit value qaly wins over the shipped one: name "A QALY of ours" for '
        '"Quality-adjusted life year", amount 60000 for 70000.',
    )


def test_one_set_of_groups_has_one_hash_however_it_is_named() -> None:
    def of(group: Any) -> str:
        data = case(outcomes={"group": group})
        data["groups"] = [*data["groups"], data["groups"][0] | {"id": "others", "name": "Others"}]
        return sroi.read(data).inputs_sha256

    assert of("all") == of("residents, others") == of(["others", "residents"])
    assert of("all") != of("others")


def test_a_sheet_that_is_no_table_is_named_in_a_note(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Programme costs"
    tables: dict[str, list[list[Any]]] = {
        "About": [["Field", "Value"], ["id", "small"], ["title", "Small"]],
        "Settings": [["Field", "Value"], ["first_year", 2026], ["years", 2], ["price_base", "2023/24"]],
        "Sectors": [["id", "name", "ledger"], ["council", "Council", "public"]],
    }
    for title, rows in tables.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert sroi.read(path).notes == ("'Programme costs': not a table of a case; it is not read.",)


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        (
            {"outcomes": {"status": "attributed", "deadweight": 0.1, "source": "a trial"}},
            "Falls: the effect comes from a comparison group, which already contains deadweight and regression "
            "to the mean; stated beside it, they are taken off twice. Set both to 0 in these rows, or "
            "change their status.",
        ),
        (
            {"groups": {"income": 20000}},
            "Incomes are stated without a reference income: nothing is weighted by them. State the reference income "
            "and an economic value to people, or take the incomes out.",
        ),
        (
            {"groups": {"referrals": {2026: 4, 2028: 9}}},
            "groups.residents.referrals: numbers for years outside From and To count for nothing. "
            "Move them, or widen From and To.",
        ),
        (
            {"costs": {"source": None}},
            "No source is given for Hub, Falls, the value of Falls to Council. Say where each number comes from.",
        ),
    ],
)
def test_what_asks_for_judgement_is_said(changes: dict[str, dict[str, Any]], warning: str) -> None:
    assert warning in sroi.project(sroi.read(case(**changes))).warnings


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    sound = case(costs={"source": "accounts"}, outcomes={"source": "a trial", "status": "attributed"})
    sound["settings"]["benefit_timing"] = "end"
    sound["values"][0]["source"] = "accounts"
    assert sroi.project(sroi.read(sound)).warnings == ()


def test_a_result_of_another_case_is_not_written(tmp_path: Path) -> None:
    meals = sroi.read("meals")
    changed = meals.replace("costs.council-contract.amount", 50_000)
    with pytest.raises(ValueError, match=r"^The result is of another case, or of this one before it was changed\."):
        sroi.write_workbook(tmp_path / "meals.xlsx", changed, sroi.project(meals))
    assert not list(tmp_path.iterdir())
