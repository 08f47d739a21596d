"""Lines arranged as a table on an output sheet: a row of text and lines, each line in its own cell.

A grid's lines are declared on the model like any other, so their cells are live formulas with cached values; only
their place differs: a cell of the table rather than a row of workings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from sroi.reports.book import Book, cached
from sroi.reports.style import FORMATS, number_format
from sroi.sheet import Evaluation, Layout, Line, Spot
from sroi.sheet.layout import FIRST_YEAR, column_letters, quoted


@dataclass(frozen=True)
class Live:
    """A cell that shows a line: in place, or by reference if the line stands elsewhere."""

    line: Line
    format: str = ""
    cell: str = "formula"
    in_place: bool = False


@dataclass(frozen=True)
class Fixed:
    """A number of the engine's that does not recalculate; `ref`, where given, lets formulas refer to it."""

    value: float
    format: str
    ref: str = ""


class Right(str):
    """Words in place of a number, which stand at the right as numbers do."""

    __slots__ = ()


@dataclass(frozen=True)
class InYear:
    """A cell that shows one year, from 0, of a yearly line that stands elsewhere: its number, or words for it."""

    line: Line
    year: int
    words: tuple[str, str] | None = None
    """What is said where the number is above nil, and where it is not."""


@dataclass(frozen=True)
class Formula:
    """Words that a formula of the page itself chooses, and those that it chooses now."""

    text: str
    now: str


Cell = str | Live | InYear | Fixed | Formula
"""Plain words, a line, one year of it, a number as the engine left it, or words chosen beside the lines."""


@dataclass
class Grid:
    """Rows of a table on one sheet, from a first row (from 1)."""

    sheet: str
    first_row: int
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    first_column: int = 0
    words: int = 1
    """How many of the first columns hold words: their headings stand left, those of numbers in the middle."""

    @property
    def last_row(self) -> int:
        """The last row of the table, from 1."""
        return self.first_row + len(self.rows)

    def spots(self) -> dict[str, Spot]:
        """The places of the lines that stand in this table."""
        return {
            cell.line.name: Spot(self.sheet, self.first_row + 1 + number, self.first_column + position)
            for number, row in enumerate(self.rows)
            for position, cell in enumerate(row)
            if isinstance(cell, Live) and cell.in_place
        }

    def cells(self) -> dict[str, str]:
        """The addresses of the fixed numbers, by ref."""
        return {
            cell.ref: f"{quoted(self.sheet)}!${column_letters(self.first_column + position)}${row_number}"
            for row_number, row in enumerate(self.rows, start=self.first_row + 1)
            for position, cell in enumerate(row)
            if isinstance(cell, Fixed)
        }

    def write(self, book: Book, page: Worksheet, layout: Layout, evaluation: Evaluation) -> None:
        """Writes the header and the rows."""
        for position, title in enumerate(self.header):
            align = "left" if position < self.words else "center"
            book.text(page, self.first_row - 1, self.first_column + position, title, "heading", text_wrap=True,
                      align=align, valign="top")  # fmt: skip
        for number, row in enumerate(self.rows):
            for position, cell in enumerate(row):
                self._cell(
                    book,
                    page,
                    self.first_row + number,
                    self.first_column + position,
                    cell,
                    layout,
                    evaluation,
                )

    def _cell(
        self,
        book: Book,
        page: Worksheet,
        row: int,
        column: int,
        cell: Cell,
        layout: Layout,
        evaluation: Evaluation,
    ) -> None:
        if isinstance(cell, Fixed):
            left = {"align": "left"} if cell.format == "stage" else {}  # a number that names its row
            book.number(page, row, column, cell.value, "formula", FORMATS[cell.format], **left)
            return
        if isinstance(cell, Formula):
            book.formula(page, row, column, cell.text, cell.now, "beside", "@", text_wrap=True)
            return
        if isinstance(cell, InYear):
            _in_year(book, page, row, column, cell, layout, evaluation)
            return
        if isinstance(cell, str):
            more = {"align": "right"} if isinstance(cell, Right) else {}
            book.text(page, row, column, cell, "beside" if column > self.first_column else "strong", **more)
            return
        number = FORMATS[cell.format] if cell.format else number_format(cell.line)
        if cell.in_place:
            book.line(page, cell.line, layout, evaluation, cell.cell, number, **_aligned(cell.line))
        else:
            book.reference(
                page,
                row,
                column,
                cell.line,
                layout,
                evaluation,
                cell.cell,
                number,
                **_aligned(cell.line),
            )


def _in_year(
    book: Book, page: Worksheet, row: int, column: int, cell: InYear, layout: Layout, evaluation: Evaluation
) -> None:
    """One year of a line, or the words for it."""
    spot, now = layout.spot(cell.line.name), cached(cell.line, evaluation, cell.year)
    place = f"{quoted(spot.sheet)}!${column_letters(FIRST_YEAR + cell.year)}${spot.row}"
    if cell.words is None:
        book.formula(page, row, column, f"={place}", now, "formula", number_format(cell.line), align="right")
        return
    some, none = cell.words
    said = some if isinstance(now, float) and now > 0 else none
    book.formula(page, row, column, f'=IF({place}>0,"{some}","{none}")', said, "beside", "@", text_wrap=True)


def _aligned(line: Line) -> dict[str, object]:
    """Words wrap at the left; numbers, and *not applicable* in their place, stand at the right."""
    return {"text_wrap": True, "indent": 1, "align": "left"} if line.style == "text" else {"align": "right"}


def spots(grids: Sequence[Grid]) -> dict[str, Spot]:
    """The places of all lines that stand in tables."""
    return {name: spot for grid in grids for name, spot in grid.spots().items()}
