"""The sheet *Changes*: how what is claimed of numbers has changed, from the case's table `history`.

A number's claims stand under it, the oldest first, each with its status, who claimed it, and by how much it moved; last
comes what the case holds now, live.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case
from sroi.model.assumptions import BY_YEAR, Assumption, assumptions, moved
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.references import References, number_said
from sroi.reports.style import INPUT_FORMATS
from sroi.sheet import Layout
from sroi.sheet.layout import column_letters

SHEET = "Changes"
HEADER = ("Number, and when it was claimed", "Status", "Value", "Since the claim before", "Source")
WIDTHS = (52, 14, 18, 24, 70)
FIRST_ROW = 4
NOTHING = (
    "No change is recorded: the case's table History is empty. That may mean that nothing has changed, or that nobody "
    "wrote it down."
)
NOW = "In the case now"
SAME, DIFFERENT = "As claimed last", "Not as claimed last"
NO_SOURCE, NOT_STATED = "No source is given.", "not stated"
VALUE = HEADER.index("Value")
DATED = "This edition"


def write(book: Book, case: Case, layout: Layout, named: References) -> None:
    """Writes the sheet."""
    page = output.page(book, case, SHEET, "Changes in what is claimed", _edition(case))
    book.widths(page, dict(enumerate(WIDTHS)))
    page.freeze_panes(FIRST_ROW, 1)
    page.repeat_rows(FIRST_ROW - 1)
    for position, title in enumerate(HEADER):
        align = "right" if position == VALUE else "left"
        book.text(page, FIRST_ROW - 1, position, title, "heading", text_wrap=True, valign="top", align=align,
                  indent=int(position == VALUE + 1))  # fmt: skip
    row = FIRST_ROW
    for of in assumptions(case):
        if of.claims:
            row = _number(book, page, row, case, of, layout, named)
    if row == FIRST_ROW:
        book.text(page, row, 0, NOTHING, "note_across")
    page.fit_to_pages(1, 0)


def _edition(case: Case) -> str:
    """Which edition this is."""
    about = case.about
    parts = [f"version {about.version}" if about.version else "", f"of {about.date}" if about.date else ""]
    stated = " ".join(part for part in parts if part)
    return f"{DATED}: {stated}." if stated else f"{DATED} states no version and no date."


def _number(
    book: Book, page: Worksheet, row: int, case: Case, of: Assumption, layout: Layout, named: References
) -> int:
    """A number's claims, and what the case holds now; the row after them."""
    for column in range(len(HEADER)):
        book.text(page, row, column, number_said(case, of.ref) if column == 0 else "", "block", text_wrap=True)
    before = None
    for claim in of.claims:
        row += 1
        since = "" if before is None else moved(before.value, claim.value).capitalize()
        source = f"{named.cite(claim.source)}: {claim.source}" if claim.source else NO_SOURCE
        _words(book, page, row, (f"Claimed in {claim.date}", claim.status or NOT_STATED, None, since, source))
        if isinstance(claim.value, str):
            book.text(page, row, VALUE, claim.value, "formula", align="right")
        else:
            book.number(page, row, VALUE, float(claim.value), "formula", INPUT_FORMATS[of.column.kind])
        before = claim
    row += 1
    _words(book, page, row, (NOW, of.basis.status or NOT_STATED, None, None, ""))
    _held(book, page, row, of, layout)
    return row + 1


def _words(book: Book, page: Worksheet, row: int, words: tuple[str | None, ...]) -> None:
    for column, text in enumerate(words):
        if text is not None:
            book.text(page, row, column, text, "beside")


def _held(book: Book, page: Worksheet, row: int, of: Assumption, layout: Layout) -> None:
    """What the case holds of a number, by reference, and whether that is what was claimed last."""
    address, last = layout.cells.get(of.ref), of.claims[-1].value
    if address is None or of.value == BY_YEAR:
        _words(book, page, row, (None, None, "by year: see Profiles", ""))
        return
    words = isinstance(of.value, str)
    value = of.value if words else float(of.value)
    number = "@" if words else INPUT_FORMATS[of.column.kind]
    book.formula(page, row, VALUE, f"={address}", value, "result", number, align="right")
    here, above = (f"${column_letters(VALUE)}${at}" for at in (row + 1, row))
    alike = SAME if value == last else DIFFERENT
    book.formula(page, row, VALUE + 1, f'=IF({here}={above},"{SAME}","{DIFFERENT}")', alike, "beside", "@")
