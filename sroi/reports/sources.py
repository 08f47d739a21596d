"""The sheet *Sources*: every source once, with what rests on it, and plainly the numbers for which none is given."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case
from sroi.reports import output
from sroi.reports.book import Book
from sroi.reports.references import References, Rest, Source, Unsourced
from sroi.sheet import Layout

SHEET = "Sources"
SAID = (
    "Every source that the case names, once, and under it what rests on it, as the engine read it. Where: a link to "
    "the row. Blank: not stated."
)
HEADER = ("No.", "Source, and what rests on it", "Where", "Status", "Grade", "Date", "Owner", "More")
WIDTHS = (7, 70, 17, 12, 7, 12, 14, 60)
WHERE = HEADER.index("Where")
FIRST_ROW = 4
NONE_NAMED = "The case names no source."
NONE_MISSING = "Every number that the case states names a source."
MISSING = "No source is given for these"
HOW = "Nothing says where these numbers come from."


def write(book: Book, case: Case, found: References, layout: Layout) -> None:
    """Writes the sheet; `layout` says where each input is typed."""
    page = output.page(book, case, SHEET, SHEET, SAID)
    book.widths(page, dict(enumerate(WIDTHS)))
    page.freeze_panes(FIRST_ROW, 2)
    page.repeat_rows(FIRST_ROW - 1)
    for position, title in enumerate(HEADER):
        book.text(page, FIRST_ROW - 1, position, title, "heading", text_wrap=True, valign="top", align="left")
    row = FIRST_ROW
    for source in found.sources:
        row = _source(book, page, row, source, layout)
    if not found.sources:
        _block(book, page, row, ("", NONE_NAMED))
        row += 1
    some = bool(found.unsourced)
    _block(book, page, row, ("", MISSING if some else NONE_MISSING, *[""] * 5, HOW if some else ""))
    for number, missing in enumerate(found.unsourced, start=1):
        _unsourced(book, page, row + number, missing, layout)
    page.fit_to_pages(1, 0)


def _block(book: Book, page: Worksheet, row: int, words: tuple[str, ...]) -> None:
    """A row of a heading across the page."""
    for position in range(len(HEADER)):
        text = words[position] if position < len(words) else ""
        book.text(page, row, position, text, "block", text_wrap=True)


def _source(book: Book, page: Worksheet, row: int, source: Source, layout: Layout) -> int:
    _block(book, page, row, (source.cited, source.text))
    for number, rest in enumerate(source.rests, start=1):
        _rest(book, page, row + number, rest, layout)
    return row + 1 + len(source.rests)


def _rest(book: Book, page: Worksheet, row: int, rest: Rest, layout: Layout) -> None:
    _words(book, page, row, rest.said, (rest.status, rest.grade, rest.date, rest.owner, rest.more))
    _link(book, page, row, rest.ref, layout)


def _unsourced(book: Book, page: Worksheet, row: int, missing: Unsourced, layout: Layout) -> None:
    _words(book, page, row, missing.said, (missing.status, "", "", "", "; ".join(missing.numbers)))
    _link(book, page, row, missing.ref, layout)


def _words(book: Book, page: Worksheet, row: int, said: str, words: tuple[str, ...]) -> None:
    book.text(page, row, 0, "", "beside")
    book.text(page, row, 1, said, "beside")
    for position, text in enumerate(words, start=WHERE + 1):
        book.text(page, row, position, text, "beside")


def _link(book: Book, page: Worksheet, row: int, ref: str, layout: Layout) -> None:
    """The address of a cell of the case, which leads there."""
    place = layout.cells[ref].replace("$", "")
    page.write_url(row, WHERE, f"internal:{place}", book.format("link"), place.replace("'", ""))
