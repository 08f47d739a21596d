"""A page of stamped numbers, written from row to row: what draws and one-way changes come to.

Its columns are as wide as its tables need, and no more than a printed page is.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from sroi.errors import KernelError
from sroi.model import Case
from sroi.reports import as_run, sure
from sroi.reports.book import Book
from sroi.reports.in_use import chosen_cell
from sroi.reports.style import FORMATS
from sroi.sheet.formulas import NOT_APPLICABLE

LAST = 12
"""How many columns there are."""
WIDE, HEADED = 165, 12
"""Characters of prose in a line across the page, and of a heading in a line of its column."""
WIDTHS = {0: 50.0, 1: 13.0} | dict.fromkeys(range(2, LAST - 1), 12.5) | {LAST - 1: 20.0}
ERRORS = {"money": "#,##0", "ratio": '"£"0.0000', "years": "0.000", "share": "0.000%"}
"""Number formats of standard errors: of a ratio or of years more digits than of the figure itself."""
PLACES = {"money": 0, "ratio": 2, "years": 1, "share": 3}
"""Decimals that a style shows: what rounds to nil there is written as nil, so that no -0 is read."""


@dataclass
class Writer:
    """The sheet being written, from row to row (from 1)."""

    book: Book
    page: Worksheet
    case: Case
    row: int = 4

    def heading(self, *titles: str, left: Sequence[int] = (0, 1)) -> None:
        """A heading across the page, and on to the next row; those of words stand `left`."""
        for position in range(LAST):
            title = titles[position] if position < len(titles) else ""
            if position > 1:  # broken here, since programs break lines at different places
                title = "\n".join(textwrap.wrap(title, HEADED))
            align = "left" if position in left else "right"
            self.text(position, title, "heading", text_wrap=True, valign="top", align=align)
        self.row += 1

    def prose(self, text: str, cell: str = "counter") -> None:
        """Words across the page, in as many rows as they take."""
        for line in textwrap.wrap(text, WIDE):
            self.book.text(self.page, self.row - 1, 0, line, cell)
            self.row += 1

    def number(
        self, column: int, value: float | None, style: str, *, error: bool = False, cell: str = "formula"
    ) -> None:
        """A stamped number, rounded to nil where that is all it shows; or that there is none."""
        if value is None or math.isnan(value):
            self.book.text(self.page, self.row - 1, column, NOT_APPLICABLE, "formula", align="right")
            return
        shown = ERRORS[style] if error else FORMATS[style]
        nil = not error and abs(value) < 0.5 * 10.0 ** -PLACES.get(style, 4)
        self.book.number(self.page, self.row - 1, column, 0.0 if nil else float(value), cell, shown)

    def text(self, column: int, text: str, cell: str = "label", **more: Any) -> None:
        """Words in a column of the row."""
        self.book.text(self.page, self.row - 1, column, text, cell, **more)


def written_holds(writer: Writer, names: tuple[str, str]) -> None:
    """Writes whether a page's numbers still hold: the flag, live, then what it rests on.

    `names` are the option and the scenario that the numbers are of, as they are chosen in the workbook.
    """
    if writer.row != sure.FLAG_ROW:
        raise KernelError(f"the flag of {writer.page.get_name()} stands in row {writer.row}, not {sure.FLAG_ROW}")
    book, page = writer.book, writer.page
    chosen = bool(writer.case.options or writer.case.scenarios)
    changed, option, scenario = (f"$B${sure.FLAG_ROW + n}" for n in (1, 2, 3))
    holds = f"{changed}=0"
    if chosen:
        holds = f"AND({holds},{option}={chosen_cell('option')},{scenario}={chosen_cell('scenario')})"
    writer.text(0, "Do these numbers still hold?", "strong")
    book.formula(page, writer.row - 1, 1, f'=IF({holds},"{sure.HOLDS}","{sure.STALE}")', sure.HOLDS, "result", "@")
    writer.row += 1
    writer.text(0, "Inputs and ranges changed since: see Inputs as run")
    count = f"={as_run.COUNT}+{as_run.COUNT_DRAWN}"
    book.formula(page, writer.row - 1, 1, count, 0.0, "result", "0", align="left")
    writer.row += 1
    for label, name in zip(("Option computed", "Scenario computed"), names, strict=True) if chosen else ():
        writer.text(0, label)
        writer.text(1, name, "formula", align="left")
        writer.row += 1
