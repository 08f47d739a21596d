"""The guard of the parity tests: a book whose stored numbers are wrong, which no evaluator may believe."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.parity.recalculate import Book, CellError, Live, ironcalc, libreoffice

WRONG = -999.0

# Formula on the sheet "Work lines", and what it gives: sums by hand from Inputs A1:C1 = 2, 3, 5.
RIGHT: dict[str, tuple[str, object]] = {
    "A1": ("='Inputs'!A1+'Inputs'!B1*'Inputs'!C1", 17.0),  # 2 + 3*5
    "A2": ("=A1*2", 34.0),  # a formula that reads a formula
    "A3": ("=SUMPRODUCT((Inputs!A1:C1>2)*Inputs!A1:C1)", 8.0),  # 3 + 5
    "A4": ("=INDEX(Inputs!A1:C1,1,1+MAX(0,rate-2))", 3.0),  # the second of 2, 3, 5
    "A5": ('=IF(Inputs!D1="",1,Inputs!D1)', 1.0),  # D1 is blank
    "A6": ("=Inputs!A1>1", True),
    "A7": ('="£"&TEXT(Inputs!C1*1000,"#,##0")', "£5,000"),
    "A8": ("=1/(Inputs!A1-2)", CellError("#DIV/0!")),
    "A9": ('=IF(Inputs!A1=2,"","x")', None),  # the empty text counts as blank
}


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A book that stores -999 beside every formula, on a path with a blank and an accent."""
    path = tmp_path / "wrong répertoire" / "wrong numbers.xlsx"
    path.parent.mkdir()
    book = xlsxwriter.Workbook(str(path))
    inputs, work = book.add_worksheet("Inputs"), book.add_worksheet("Work lines")
    for column, number in enumerate((2, 3, 5)):
        inputs.write_number(0, column, number)
    book.define_name("rate", "=Inputs!$B$1")
    for cell, (formula, _) in RIGHT.items():
        work.write_formula(cell, formula, None, WRONG)
    book.close()
    return path


def shown(book: Book) -> dict[str, object]:
    return {cell: book["Work lines"].get(cell) for cell in RIGHT}


EXPECTED = {cell: value for cell, (_, value) in RIGHT.items()}


def test_ironcalc_does_not_believe_stored_numbers(wrong: Path) -> None:
    assert shown(ironcalc(wrong)) == EXPECTED


@pytest.mark.libreoffice
def test_libreoffice_does_not_believe_stored_numbers(wrong: Path) -> None:
    assert shown(libreoffice(wrong)) == EXPECTED


@pytest.mark.libreoffice
def test_libreoffice_believes_them_unless_forced(wrong: Path) -> None:
    # If this fails, LibreOffice has begun to recalculate by itself: the guard above then proves nothing.
    assert set(shown(libreoffice(wrong, forced=False)).values()) == {WRONG}


@pytest.mark.libreoffice
def test_libreoffice_says_when_it_cannot_read_a_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(RuntimeError, match=r"LibreOffice could not recalculate broken\.xlsx"):
        libreoffice(path)


def test_errors_are_told_from_texts(wrong: Path) -> None:
    work = ironcalc(wrong)["Work lines"]
    assert isinstance(work["A8"], CellError)
    assert not isinstance(work["A7"], CellError)


def test_changes_reach_the_formulas(wrong: Path) -> None:
    book = ironcalc(wrong, {("Inputs", "A1"): 4, ("Inputs", "$D$1"): 7})
    assert book["Work lines"]["A1"] == 19.0  # 4 + 3*5
    assert book["Work lines"]["A2"] == 38.0
    assert book["Work lines"]["A5"] == 7.0


def test_live_changes_are_seen_only_after_evaluate_and_can_be_undone(wrong: Path) -> None:
    live = Live(wrong)
    live.set("Inputs", "A1", 4.0)
    assert live.value("Work lines", "A1") == 17.0
    live.evaluate()
    assert live.value("Work lines", "A1") == 19.0
    live.set("Inputs", "A1", 2.0)
    live.evaluate()
    assert shown(live.book()) == EXPECTED


@pytest.mark.parametrize("value", [0.1 + 0.2, -1.5, True, False, "2015", "=1+1", "yes"])
def test_what_is_set_is_what_the_cell_holds(wrong: Path, value: object) -> None:
    live = Live(wrong)
    live.set("Inputs", "E1", value)
    live.evaluate()
    held = live.value("Inputs", "E1")
    assert (held, type(held)) == (value, type(value))
    live.set("Inputs", "E1", None)
    live.evaluate()
    assert live.value("Inputs", "E1") is None


def test_a_formula_is_not_overwritten(wrong: Path) -> None:
    with pytest.raises(ValueError, match=r"^Work lines!A2 holds a formula \(=A1\*2\); only inputs can be"):
        Live(wrong).set("Work lines", "A2", 1.0)


def test_an_unknown_sheet_and_an_unknown_kind_of_value_are_refused(wrong: Path) -> None:
    live = Live(wrong)
    with pytest.raises(KeyError, match="There is no sheet 'Costs'; there are Inputs, Work lines"):
        live.value("Costs", "A1")
    with pytest.raises(TypeError, match=r"Inputs!A1 can take a number, a boolean, a text or None; found \[1\]\."):
        live.set("Inputs", "A1", [1])
