"""The Assumptions log: every number that the case states, what it rests on, and how what is claimed of it has changed.

Values are links to the cells in use; evidence, and the change in words, are as the engine read them. A row of the case
has a line with what it rests on; below it are its numbers, each with its own evidence where Evidence has some, else
that of the row, marked so: a line taken out of the log still says what its number rests on.
"""

from __future__ import annotations

from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from sroi.model import Basis, Case, Row
from sroi.model.assumptions import BY_YEAR, Assumption, assumptions, drift, range_said
from sroi.model.basis import own
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.references import References, named
from sroi.reports.style import INPUT_FORMATS
from sroi.sheet import Layout

SHEET = "Assumptions log"
HEADER = ("Assumption", "Value in use", "Range", "Status", "Grade", "Owner", "Date", "Source", "How the claim changed")
STATUS, SOURCE = HEADER.index("Status"), HEADER.index("Source")
WIDTHS = (30, 14, 15, 17, 7, 13, 11, 38, 46)
FIRST_ROW = 4
ASIDE = ("about", "schedules", "deflators")
"""Tables that are no assumption of the case: what it is, and published figures on their own sheets."""
SAID = (
    "What the case states beyond defaults. Values are live, the rest is as the engine read it. S1, S2, …: see Sources. "
    "Blank: not stated."
)
NOT_STATED = "not stated"


def logged(case: Case) -> tuple[Assumption, ...]:
    """The numbers in the log: what the case states, published tables and blanks left to their defaults aside."""
    return tuple(of for of in assumptions(case) if of.stated and of.row.table not in ASIDE)


def write(book: Book, case: Case, layout: Layout, cited: References) -> None:
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
        _heading(book, page, row, case, numbers[0].row, cited)
        for below, of in enumerate(numbers, start=1):
            _number(book, page, row + below, case, of, layout, cited)
        row += 1 + len(numbers)
    page.fit_to_pages(1, 0)


def _heading(book: Book, page: Worksheet, row: int, case: Case, of: Row, cited: References) -> None:
    """The row of the case, and what it rests on."""
    words = dict.fromkeys(range(len(HEADER)), "") | {0: named(case, of)}
    basis = Basis(**{name: getattr(of, name, None) for name in Basis.__dataclass_fields__})
    for position, text in (words | _rests(basis, cited)).items():
        book.text(page, row, position, text, "block", text_wrap=True)


def _number(
    book: Book, page: Worksheet, row: int, case: Case, of: Assumption, layout: Layout, cited: References
) -> None:
    """One number: its live value, its range, what it rests on and its history."""
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
    mine = own(of.ref, case.evidence)
    rests = _rests(of.basis, cited)
    if mine is None or mine.source is None:  # the row's, whose words stand above
        note = "" if mine is None or mine.note is None else f"; {mine.note}"
        rests[SOURCE] = f"{cited.cite(of.basis.source)}, as its row{note}" if of.basis.source else NOT_STATED + note
    if mine is None or mine.status is None:  # what was seen of a row's effect need not have been seen of the others
        rests[STATUS] = f"{of.basis.status} (row)" if of.basis.status else NOT_STATED
    for position, text in (rests | {len(HEADER) - 1: drift(case, of)}).items():
        book.text(page, row, position, text, "beside")


def _rests(basis: Basis, cited: References) -> dict[int, str]:
    """What a row or a number rests on, by column."""
    source = f"{cited.cite(basis.source)}: {basis.source}" if basis.source else ""
    about = "; ".join(part for part in (source, basis.population, basis.note) if part)
    grade = "" if basis.grade is None else str(basis.grade)
    return {STATUS: basis.status or "", 4: grade, 5: basis.owner or "", 6: basis.date or "", SOURCE: about}
