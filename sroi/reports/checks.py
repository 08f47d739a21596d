"""The checks: what was found, what was expected, how far apart they may be, and the verdict in words."""

from __future__ import annotations

from sroi.projection import Declared, Result
from sroi.reports.book import Book
from sroi.reports.grid import Grid, Live
from sroi.sheet import Evaluation, Layout

SHEET = "Checks"


def declare(declared: Declared) -> Grid:
    """The checks as a table, the master check last."""
    grid = Grid(SHEET, 4, ("Check", "Found", "Expected", "Difference allowed", "Fails", "Verdict"))
    for check in declared.checks:
        lines = (check.found, check.expected, check.allowed, check.failed, check.verdict)
        grid.rows.append((check.said, *(Live(line, cell="formula", in_place=True) for line in lines)))
    failures = declared.model["checks.failures"]
    grid.rows.append(
        ("All checks together", "", "", "", Live(failures, cell="result", in_place=True),
         Live(declared.master, cell="result", in_place=True))
    )  # fmt: skip
    return grid


def write(book: Book, result: Result, grid: Grid, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the table, then what asks for judgement."""
    page = book.sheet(
        SHEET,
        "Checks",
        "The arithmetic found two ways. If any verdict says CHECK, do not use the numbers.",
        tab="#548235",
    )
    book.widths(page, {0: 70} | dict.fromkeys(range(1, 6), 18))
    page.freeze_panes(grid.first_row, 1)
    grid.write(book, page, layout, evaluation)
    row = grid.last_row + 2
    book.text(page, row, 0, "What asks for judgement, as found when this workbook was written", "heading")
    for number, warning in enumerate(result.warnings or ("Nothing was found.",), start=1):
        book.text(page, row + number, 0, warning, "label")
    page.fit_to_pages(1, 0)
