"""The price index by year, live: as held, then extended by the case's own later inflation (method § 1)."""

from __future__ import annotations

from sroi.model import Case
from sroi.model.price_index import PriceIndex, begins
from sroi.projection import Declared
from sroi.projection.price_index import SHEET, TABLE
from sroi.reports.book import Book
from sroi.reports.grid import Fixed, Grid, Live
from sroi.sheet import Evaluation, Layout
from sroi.sheet.layout import column_letters, quoted

FIRST_ROW = 4
COLUMNS = ("year", "index", "begins")


def declare(declared: Declared) -> Grid | None:
    """The table of years, or nothing where the case needs none beyond Deflators."""
    indices = declared.names.indices
    if indices.name != TABLE:
        return None
    grid = Grid(SHEET, FIRST_ROW, ("Year", "Index", "Financial year that begins in", "Where it comes from"))
    for label, line in zip(indices.columns["year"], indices.lines["index"], strict=True):
        year = str(label)
        first = Fixed(float(begins(year)) if "/" in year else 0.0, "year")
        grid.rows.append((year, Live(line, "factor", in_place=True), first, _origin(declared.case, year)))
    return grid


def _origin(case: Case, year: str) -> str:
    index = PriceIndex.of(case.tables)
    if year in index.held:
        return "Deflators"
    if "/" in year:
        return f"three quarters of {begins(year)}, one quarter of {begins(year) + 1}"
    return f"{begins(year) - 1} with later inflation: an assumption, not a published index"


def ranges(grid: Grid | None) -> dict[tuple[str, str], str]:
    """Where lookups find the table's columns."""
    if grid is None:
        return {}
    rows = (grid.first_row + 1, grid.last_row)
    return {(TABLE, name): _range(grid, column, rows) for column, name in enumerate(COLUMNS)}


def _range(grid: Grid, column: int, rows: tuple[int, int]) -> str:
    letters = column_letters(column)
    return f"{quoted(grid.sheet)}!${letters}${rows[0]}:${letters}${rows[1]}"


def write(book: Book, grid: Grid, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the sheet."""
    said = "What prices are in each year: published points, and the case's own later inflation after the last of them."
    page = book.sheet(SHEET, "Price index", said, tab="#7F7F7F")
    book.widths(page, {0: 14, 1: 14, 2: 20, 3: 70})
    page.freeze_panes(grid.first_row, 1)
    page.repeat_rows(grid.first_row - 1)
    grid.write(book, page, layout, evaluation)
    page.fit_to_pages(1, 0)
