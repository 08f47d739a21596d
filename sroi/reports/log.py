"""The Assumptions log: every number that the case states, what it rests on, and how what is claimed of it has changed.

Values are links to the cells in use; evidence, and the change in words, are as the engine read them. A row of the case
has a line with what it rests on; below it are its numbers, each with evidence of its own only where Evidence has some.
"""

from __future__ import annotations

from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from sroi.model import Basis, Case, Row, Value
from sroi.model.assumptions import BY_YEAR, Assumption, assumptions, drift, range_said
from sroi.model.basis import own
from sroi.model.tables import WORDS
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.style import INPUT_FORMATS
from sroi.sheet import Layout

SHEET = "Assumptions log"
HEADER = ("Assumption", "Value in use", "Range", "Status", "Grade", "Owner", "Date", "Source", "How the claim changed")
WIDTHS = (30, 14, 15, 12, 7, 13, 11, 38, 46)
FIRST_ROW = 4
ASIDE = ("about", "schedules", "deflators")
"""Tables that are no assumption of the case: what it is, and published figures on their own sheets."""
SAID = "What the case states beyond defaults. Values are live, the rest is as the engine read it. Blank: as its row."


def logged(case: Case) -> tuple[Assumption, ...]:
    """The numbers in the log: what the case states, published tables and blanks left to their defaults aside."""
    return tuple(of for of in assumptions(case) if of.stated and of.row.table not in ASIDE)


def write(book: Book, case: Case, layout: Layout) -> None:
    """Writes the sheet."""
    page = output.page(book, case, SHEET, SHEET, SAID)
    book.widths(page, dict(enumerate(WIDTHS)))
    page.freeze_panes(FIRST_ROW, 1)
    page.repeat_rows(FIRST_ROW - 1)
    for position, title in enumerate(HEADER):
        book.text(page, FIRST_ROW - 1, position, title, "heading", text_wrap=True, valign="top")
    row = FIRST_ROW
    for _, group in groupby(logged(case), key=lambda of: of.row.at()):
        numbers = list(group)
        _heading(book, page, row, case, numbers[0].row)
        for below, of in enumerate(numbers, start=1):
            _number(book, page, row + below, case, of, layout)
        row += 1 + len(numbers)
    page.fit_to_pages(1, 0)


def named(case: Case, row: Row) -> str:
    """A row of the case in words: what it is, and its name."""
    if row.table == "settings":
        return "Settings"
    name = str(getattr(row, "name", "") or row.key)
    if isinstance(row, Value):
        outcome = next(o.name for o in case.outcomes if o.id == row.outcome)
        to = {part.sector for part in case.parts(row)}
        name = f"{outcome}, to {', '.join(s.name for s in case.sectors if s.id in to)}"
    return f"{WORDS[row.table].capitalize()}: {name}"


def _heading(book: Book, page: Worksheet, row: int, case: Case, of: Row) -> None:
    """The row of the case, and what it rests on."""
    words = dict.fromkeys(range(len(HEADER)), "") | {0: named(case, of)}
    basis = Basis(**{name: getattr(of, name, None) for name in Basis.__dataclass_fields__})
    for position, text in (words | _rests(basis)).items():
        book.text(page, row, position, text, "block", text_wrap=True)


def _number(book: Book, page: Worksheet, row: int, case: Case, of: Assumption, layout: Layout) -> None:
    """One number: its live value, its range, its own evidence and its history."""
    year = f" in {of.ref.rpartition('.')[2]}" if of.ref.startswith("profiles.") else ""
    book.text(page, row, 0, f"{of.column.header}{year}", "beside", indent=2)
    address = layout.cells.get(of.ref)
    number = "@" if isinstance(of.value, str) else INPUT_FORMATS[of.column.kind]
    value = of.value if isinstance(of.value, str) else float(of.value)
    if of.value == BY_YEAR:
        book.text(page, row, 1, "by year: see Profiles", "beside")
    elif address is None:
        book.text(page, row, 1, str(of.value), "beside")
    else:
        book.formula(page, row, 1, f"={address}", value, "formula", number, align="right", text_wrap=True)
    book.text(page, row, 2, range_said(case, of), "beside")
    rests = _rests(of.basis) if own(of.ref, case.evidence) is not None else {}
    for position, text in (rests | {len(HEADER) - 1: drift(case, of)}).items():
        book.text(page, row, position, text, "beside")


def _rests(basis: Basis) -> dict[int, str]:
    """What a row or a number rests on, by column."""
    about = "; ".join(part for part in (basis.source, basis.population, basis.note) if part)
    grade = "" if basis.grade is None else str(basis.grade)
    return {3: basis.status or "", 4: grade, 5: basis.owner or "", 6: basis.date or "", 7: about}
