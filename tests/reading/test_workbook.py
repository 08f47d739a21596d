"""Workbooks: tables found by name and heading, cells judged, places kept."""

# ruff: noqa: E501 - sentences are tested whole, each on one line
# ruff: noqa: DTZ001 - what openpyxl makes of a date has no zone

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from sroi.errors import CaseError
from sroi.model import Case
from sroi.reading import read
from tests.model.example import example, example_case
from tests.reading.forms import as_book

Edit = Callable[[Workbook], None]


def edited(tmp_path: Path, *edits: Edit) -> Path:
    """The example as a workbook, after these edits."""
    book = as_book(example())
    for edit in edits:
        edit(book)
    path = tmp_path / "case.xlsx"
    book.save(path)
    return path


def put(sheet: str, cell: str, value: str | float | dt.datetime | None) -> Edit:
    def edit(book: Workbook) -> None:
        book[sheet][cell] = value

    return edit


def problems(tmp_path: Path, *edits: Edit) -> list[str]:
    with pytest.raises(CaseError) as error:
        read(edited(tmp_path, *edits))
    return [str(p) for p in error.value.problems]


def same(case: Case) -> bool:
    return case.inputs_sha256 == example_case().inputs_sha256


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (put("Costs", "E4", "12k"), 'Costs!E4: Amount must be a number; found "12k". Type 12000.'),
        (put("Costs", "E4", None), "Costs!E4: Amount is required; found nothing. Type a number, or a row of Profiles."),
        (put("Costs", "B4", None), "Costs!B4: Name is required; found nothing."),
        (put("Costs", "E4", "#REF!"), "Costs!E4: The cell holds an error; found #REF!. Mend its formula, or type the number."),
        (
            put("Costs", "E4", "=2*50000"),
            "Costs!E4: The cell's formula has no stored result; found =2*50000. "
            "Open the workbook in Excel and save it, or type the number.",
        ),
        (
            put("Costs", "G6", dt.datetime(2009, 10, 1)),
            "Costs!G6: Price year must be a year; found the date 2009-10-01. Format the cell as text and type 2009/10.",
        ),
        (put("Outcomes", "J4", 12), "Outcomes!J4: A share must be between 0% and 100%; found 1200%. "
         "Type 12% if you meant 12 per cent."),
        (put("Settings", "B5", "ten"), 'Settings!B5: Years must be a whole number; found "ten".'),
        (put("Settings", "A5", "Yeers"), 'Settings!A3: Settings needs a field called "Years". Add it, or spell its heading so.'),
        (put("Costs", "C3", "Payr"), 'Costs!A3: Costs needs a column called "Payer". Add it, or spell its heading so.'),
        (put("Costs", "F3", "Amount"), 'Costs!F3: The heading "Amount" is there twice. Take one out.'),
        (put("Settings", "A6", "Years"), "Settings!A6: Years is there twice. Take one out."),
        (put("Profiles", "B4", "lots"), 'Profiles!B4: The number of a year must be a number; found "lots".'),
        (put("Profiles", "A7", "costs.teem.amount"), 'Profiles!A7: There is no cost called "teem". Did you mean "team"?'),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_cell(tmp_path: Path, edit: Edit, said: str) -> None:
    assert said in problems(tmp_path, edit)


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    said = problems(tmp_path, put("Costs", "C3", "Payr"))
    assert said == ['Costs!A3: Costs needs a column called "Payer". Add it, or spell its heading so.']


def test_a_missing_sheet_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, lambda book: book.remove(book["Settings"])) == [
        "case.xlsx: There is no sheet Settings. A case needs about, settings and sectors."
    ]


def test_a_sheet_without_headings_is_told(tmp_path: Path) -> None:
    def empty(book: Workbook) -> None:
        book["Costs"].delete_rows(3)

    def wordless(book: Workbook) -> None:
        book["Settings"].delete_rows(3)

    assert problems(tmp_path, empty) == [
        "Costs: The headings of Costs are not within its first 20 rows. It needs: Id, Name, Payer, Basis."
    ]
    assert problems(tmp_path, wordless) == [
        "Settings: Settings needs the headings Field and Value, side by side. Put them within its first 20 rows."
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "typed"),
    [
        ("Costs", "E4", "£100,000"),
        ("Costs", "E4", "0.1m"),
        ("Groups", "F4", "80%"),
        ("Groups", "D4", "2026/27"),
        ("Costs", "D6", "Per year"),
        ("Costs", "J4", True),
        ("Costs", "J4", "Y"),
        ("Costs", "E3", "  AMOUNT "),
        ("Settings", "A4", "first  year"),
        ("Profiles", "B3", 2026),
        ("Profiles", "B3", "2026/27"),
    ],
)
def test_what_people_type_is_understood(tmp_path: Path, sheet: str, cell: str, typed: str | float) -> None:
    path = edited(tmp_path, put(sheet, cell, typed))
    assert same(read(path)), (sheet, cell)


def test_sheets_are_found_by_name_in_any_spelling_and_order(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["Costs"].title = "x"  # openpyxl will not change the case of a name in one step
        book["x"].title = "COSTS"
        book["Groups"].title = " Groups "
        book.move_sheet("About", 5)
        book.create_sheet("My notes")["A1"] = "not read"

    case = read(edited(tmp_path, rename))
    assert same(case)
    assert case.notes == ("'My notes': not a table of a case; it is not read.",)


def test_a_sheet_all_but_named_as_a_missing_table_is_a_problem(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["Grades"].title = "Grade"

    assert problems(tmp_path, rename) == [
        "Grade: There is no sheet Grades, but one named nearly so. Name it Grades, or something quite different."
    ]
    assert same(read(edited(tmp_path, lambda book: book.create_sheet("Grade"))))


def test_unknown_columns_are_noted_once(tmp_path: Path) -> None:
    case = read(edited(tmp_path, put("Costs", "Z3", "Remarks"), put("Costs", "Z4", "x"), put("Costs", "Z6", "y")))
    assert same(case)
    assert case.notes == ('Costs!Z3: Costs has no field called "remarks"; it is not read.',)


def test_hidden_sheets_and_rows_are_read_and_noted(tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book["Grades"].sheet_state = "hidden"
        book["Costs"].row_dimensions[6].hidden = True

    case = read(edited(tmp_path, hide))
    assert same(case)
    assert case.notes == (
        "Costs!6:6: the row is hidden; it is read all the same.",
        "Grades: the sheet is hidden; it is read all the same.",
    )


def test_a_far_cell_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert problems(tmp_path, put("Grades", "A20001", "x"))[-1] == (
        "Grades: A sheet may have 20,000 rows and 200 columns; found 20,001 rows and 3 columns. "
        "Delete what is far from the table, or copy the table to a new sheet."
    )


def test_tables_of_later_versions_are_refused_when_they_have_rows(tmp_path: Path) -> None:
    def history(book: Workbook) -> None:
        sheet = book.create_sheet("Contract")
        sheet.append(["Ref", "Date", "Value"])

    def filled(book: Workbook) -> None:
        book["Contract"].append(["a", "b", 1])

    assert same(read(edited(tmp_path, history)))
    assert problems(tmp_path, history, filled) == [
        "Contract: The table Contract is not computed by this version. Take its rows out."
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"id,name\n1,2\n", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_workbook_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(content)
    with pytest.raises(CaseError) as error:
        read(path)
    assert str(error.value) == (
        "case.xlsx: The file cannot be read as a workbook. "
        "Open it in Excel and save it as an Excel workbook (.xlsx), without a password.\n1 problem."
    )
