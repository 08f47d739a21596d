"""The top of every output sheet: its title, what the case's status means for a reader, and what the sheet itself is.

One helper writes all of them, so that no page of an illustrative case can be printed without saying that it is one.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case
from sroi.reports.about import standing
from sroi.reports.book import Book
from sroi.reports.style import NAVY

SAID_ROW = 3
"""The row of what the sheet itself is, below what the status means; from 1."""


def page(book: Book, case: Case, name: str, title: str, said: str = "") -> Worksheet:
    """A new output sheet: `title` in A1, the standing of the case in A2 and `said` in A3."""
    sheet = book.sheet(name, title, standing(case), tab=NAVY)
    if said:
        book.text(sheet, SAID_ROW - 1, 0, said, "subtitle")
    return sheet
