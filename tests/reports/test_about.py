"""Sign-off on About: who stands behind the case, live from its fields, and lines to sign on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sroi.reading import read
from sroi.reports import write_workbook
from tests.model.example import example
from tests.model.test_about import SIGNED
from tests.parity.recalculate import Live
from tests.reports.books import Sheet


def written(tmp_path: Path, **about: Any) -> Path:
    """The workbook of the example with these fields of `about`."""
    made = example()
    made["about"] |= about
    return write_workbook(tmp_path / "case.xlsx", read(made))


def signed(sheet: Sheet) -> list[tuple[Any, Any]]:
    """The rows from *Sign-off* on."""
    rows = [(row[3].value, row[4].value) for row in sheet.iter_rows(max_col=5)]
    return rows[rows.index(("Sign-off", "")) + 1 :]


def test_sign_off_names_those_of_the_aqua_book(tmp_path: Path) -> None:
    # Origin: the lines are those that workbook.md asks for: analyst, assurer, senior owner, limits of use, next review.
    about = load_workbook(written(tmp_path, **SIGNED), data_only=True)["About"]
    assert signed(about) == [
        ("Analyst", "A. Analyst"),
        ("Signed and dated", None),
        ("Assurer", "An Assurer"),
        ("Signed and dated", None),
        ("Senior owner", "The director of children's services"),
        ("Signed and dated", None),
        ("Limits of use", "Not for contract prices; not for other places."),
        ("Next review", "2027-11-22"),
    ]
    lines = [row[4] for row in about.iter_rows(max_col=5) if row[3].value == "Signed and dated"]
    assert [line.border.bottom.style for line in lines] == ["thin"] * 3, "there is a line to sign on"


def test_what_is_not_stated_says_so_until_it_is(tmp_path: Path) -> None:
    path = written(tmp_path)
    page = load_workbook(path, data_only=True)["About"]
    assert {said for name, said in signed(page) if name != "Signed and dated"} == {"not stated"}
    field = next(row[0].row for row in page.iter_rows(max_col=1) if row[0].value == "Senior owner")
    shown = next(row[3].row for row in page.iter_rows(max_col=4) if row[3].value == "Senior owner")
    live = Live(path)
    live.set("About", f"B{field}", "The board")
    live.evaluate()
    assert live.value("About", f"E{shown}") == "The board"
