"""A page written cell by cell, from row to row: words, and lines shown where they stand in the workings, or by year.

Its columns are a label, a total, and as many years as fit a printed page: more years go on in another table below.
Sentences run on over the empty cells beside them, so that they are not cut to the width of the label.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from sroi.errors import KernelError
from sroi.reports.book import Book, cached
from sroi.reports.places import HEADER_ROW
from sroi.reports.style import FORMATS
from sroi.sheet import Evaluation, Layout, Line
from sroi.sheet.layout import FIRST_YEAR, TOTAL, column_letters, quoted

LABEL_WIDTH, TOTAL_WIDTH, ACROSS = 30.0, 13.0, 104.0
"""Characters of the label, of the total, and of all the years that stand beside each other."""
NARROWEST, MOST, FEWEST = 10.4, 10, 7
"""Characters of a year's column, wide enough for minus ten million; the most and the fewest of them on a page."""
DIGIT, COMMA, MINUS = 7.42, 3.71, 4.44
"""Pixels of what numbers are written with, in Arial of 10 points."""
ROW, TITLE, PAPER = 15.0, 21.0, (784.0, 512.0)
"""The height of a row and of a block's title, and the width and height of a printed A4 page within its margins."""
PROSE = 150
"""Characters of prose that a printed line holds."""
CALENDAR = "Timeline"


@dataclass(frozen=True)
class Year:
    """A line's number of one year (from 0), where it stands in the workings; of no year, its total."""

    line: Line
    year: int | None = None


@dataclass(frozen=True)
class Label:
    """The label of a year, such as 2028/29: it follows the first year of the case."""

    year: int
    now: str


Content = str | Line | Year | Label


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and how."""

    content: Content
    cell: str = "formula"
    number: str = "money"
    more: dict[str, Any] = field(default_factory=dict)


def words(text: str, cell: str = "label", **more: Any) -> Cell:
    """Words that nothing changes."""
    return Cell(text, cell, more=more)


def number(line: Line, cell: str = "formula", style: str = "money") -> Cell:
    """One number, at the right as numbers stand."""
    return Cell(line, cell, style, {"align": "right"})


def said(line: Line, cell: str = "label") -> Cell:
    """Live words, which run on over the empty cells beside them."""
    return Cell(line, cell, "text", {"text_wrap": False})


def short(line: Line, cell: str = "formula") -> Cell:
    """A live word or two in place of a number, at the right as numbers stand."""
    return Cell(line, cell, "text", {"align": "right", "text_wrap": False})


@dataclass
class Page:
    """The page being arranged. Rows count from 1, columns from 0."""

    sheet: str
    width: float
    """Characters of a year's column."""
    row: int = 1
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    named: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Words of the page that lines refer to, by ref: their row and column."""
    blocks: list[int] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    """The rows at which blocks and tables begin: where a printed page may break."""

    @staticmethod
    def of(sheet: str, largest: float, row: int) -> Page:
        """A page whose columns hold numbers of this size, with minus and commas."""
        digits = f"{abs(largest):.0f}"
        pixels = DIGIT * len(digits) + COMMA * ((len(digits) - 1) // 3) + MINUS
        return Page(sheet, max(NARROWEST, math.ceil(10 * (pixels / 7 + 0.2)) / 10), row)

    @property
    def beside(self) -> int:
        """How many years stand beside each other."""
        return max(FEWEST, min(MOST, int(ACROSS / self.width)))

    @property
    def columns(self) -> int:
        """All columns of the page."""
        return 2 + self.beside

    def put(self, cells: Sequence[Cell | None], *, first: int = 0) -> None:
        """A row of cells; `None` leaves one empty."""
        for column, cell in enumerate(cells, start=first):
            if cell is not None:
                if column >= self.columns:
                    raise KernelError(f"{self.sheet} row {self.row}: column {column} is beyond the page")
                self.cells[(self.row, column)] = cell
        self.row += 1

    def title(self, text: str) -> None:
        """The title of a block, after an empty row."""
        self.row += 1
        self.blocks.append(self.row)
        self.put([words(text, "big")])

    def prose(self, text: str, cell: str = "counter") -> None:
        """Words across the page, in as many rows as they take; of a kind of cell that does not wrap."""
        for part in textwrap.wrap(text, PROSE):
            self.put([words(part, cell)])

    def sentence(self, line: Line, cell: str = "result") -> None:
        """A live sentence across the page."""
        self.put([said(line, cell)])

    def sentences(self, lines: Sequence[Line], cell: str = "result") -> None:
        """Live sentences, each in a row of its own."""
        for line in lines:
            self.sentence(line, cell)

    def apart(self) -> None:
        """What follows may begin a printed page."""
        self.tables.append(self.row)

    def header(self, titles: Sequence[str | Label], *, left: Sequence[int] = (0,)) -> None:
        """The header of a table, across the page; those `left` are of words."""
        cells = []
        for column in range(self.columns):
            title = titles[column] if column < len(titles) else ""
            align = "left" if column in left else "right"
            if isinstance(title, Label):
                cells.append(Cell(title, "heading", "text", {"align": align, "valign": "top"}))
                continue
            if column or titles[1:2] != [""]:  # broken here, since programs break lines at different places
                wide = {0: 28, 1: 12}.get(column, 10)
                title = title if column in left[1:] else "\n".join(textwrap.wrap(title, wide, break_long_words=False))
            wraps = {"text_wrap": True} if "\n" in title else {}
            cells.append(words(title, "heading", align=align, valign="top", **wraps))
        self.put(cells)

    def addresses(self) -> dict[str, str]:
        """The addresses of the words that lines refer to."""
        sheet = quoted(self.sheet)
        return {ref: f"{sheet}!${column_letters(column)}${row}" for ref, (row, column) in self.named.items()}

    def write(self, book: Book, page: Worksheet, layout: Layout, evaluation: Evaluation) -> None:
        """Writes every cell, one page wide."""
        widths = dict.fromkeys(range(2, self.columns), self.width)
        book.widths(page, {0: LABEL_WIDTH, 1: max(TOTAL_WIDTH, self.width)} | widths)
        for (row, column), cell in sorted(self.cells.items()):
            _write(book, page, (row - 1, column), cell, layout, evaluation)
        for row in self.blocks:
            page.set_row(row - 1, TITLE)
        page.set_h_pagebreaks([row - 1 for row in self.breaks(book.heights(page))])
        page.fit_to_pages(1, 0)

    def breaks(self, heights: Mapping[int, float]) -> list[int]:
        """The rows that begin a printed page, so that no table is cut: at a block, where that leaves little empty.

        `heights` are those of rows, in points, that are not of the usual height. A program that fits a page to its
        width may break pages by itself.
        """
        wide = sum(7 * width + 5 for width in (LABEL_WIDTH, max(TOTAL_WIDTH, self.width)))
        wide += self.beside * (7 * self.width + 5)
        room = PAPER[1] * max(1.0, wide * 0.75 / PAPER[0])
        found: list[int] = []
        top = 1
        while True:
            fits, used = top, 0.0
            while fits < self.row and used + heights.get(fits, ROW) <= room:
                used += TITLE if fits in self.blocks else heights.get(fits, ROW)
                fits += 1
            if fits >= self.row:
                return found
            half = (top + fits) // 2
            at_blocks = [row for row in self.blocks if half <= row <= fits]
            at_tables = [row for row in self.tables if top < row <= fits]
            top = max(at_blocks or at_tables or [fits])
            found.append(top)


def _write(
    book: Book, page: Worksheet, at: tuple[int, int], cell: Cell, layout: Layout, evaluation: Evaluation
) -> None:
    content, form = cell.content, FORMATS[cell.number]
    match content:
        case str():
            book.text(page, *at, content, cell.cell, **cell.more)
        case Label(year=year, now=now):
            place = f"={CALENDAR}!{column_letters(FIRST_YEAR + year)}{HEADER_ROW}"
            book.formula(page, *at, place, now, cell.cell, form, **cell.more)
        case Year(line=line, year=year):
            spot = layout.spot(line.name)
            column = column_letters(TOTAL if year is None else FIRST_YEAR + year)
            value = float(evaluation.row(line.name).sum()) if year is None else cached(line, evaluation, year)
            book.formula(page, *at, f"={quoted(spot.sheet)}!{column}{spot.row}", value, cell.cell, form, **cell.more)
        case Line():
            book.reference(page, *at, content, layout, evaluation, cell.cell, form, **cell.more)
