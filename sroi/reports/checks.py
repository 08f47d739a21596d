"""The sheet *Checks*: the whole list, each with what was found, what was expected, and the verdict in words."""

from __future__ import annotations

from collections.abc import Mapping

from sroi.projection import Declared, Result
from sroi.projection.checked import NOTHING, Check
from sroi.projection.checks import CheckLines
from sroi.reports.book import Book
from sroi.reports.grid import Cell, Fixed, Grid, Live
from sroi.sheet import Evaluation, Layout

SHEET = "Checks"
HEADER = (
    *("Check", "If it fires", "What is counted", "Found", "Expected, or at most", "Difference allowed", "Verdict"),
    *("Recalculates", "What was found when this workbook was written, and what to do"),
)
WIDTHS = (44, 10, 18, 14, 14, 12, 10, 14, 52)
LIVE, STAMPED = "yes", "no: as of this run"
GRAVITY: Mapping[str, str] = {"fail": "CHECK", "warn": "WARN"}


def declare(declared: Declared, result: Result) -> Grid:
    """The checks as a table, the master check last."""
    grid = Grid(SHEET, 4, HEADER)
    lines = {check.entry.id: check for check in declared.checks}
    for check in result.checks:
        line = lines.get(check.id)
        numbers = _stamped(check) if line is None else _live(line)
        words = check.words or "Nothing."
        recalculates = "" if check.words == NOTHING else LIVE if check.live else STAMPED
        grid.rows.append((f"{check.said}.", GRAVITY[check.level], check.counted, *numbers, recalculates, words))
    failures = declared.model["checks.failures"]
    grid.rows.append(
        ("All checks that can say CHECK", "", "checks that do", Live(failures, cell="result", in_place=True), "", "",
         Live(declared.master, cell="result", in_place=True), LIVE,
         "The master check. A warning does not change it: it asks for judgement.")
    )  # fmt: skip
    return grid


def _live(check: CheckLines) -> tuple[Cell, ...]:
    """Found, expected, allowed and verdict, recalculated by the workbook."""
    return tuple(Live(line, in_place=True) for line in (check.found, check.expected, check.allowed, check.verdict))


def _stamped(check: Check) -> tuple[Cell, ...]:
    """The same as the engine left them; no numbers where there is nothing to test."""
    if check.found is None:
        return "", "", "", check.verdict
    return Fixed(check.found, "whole"), Fixed(check.expected, "whole"), "", check.verdict


def write(book: Book, grid: Grid, layout: Layout, evaluation: Evaluation) -> None:
    """Writes the table."""
    page = book.sheet(
        SHEET,
        "Checks",
        "CHECK: the arithmetic or an input is wrong, so do not use the numbers. WARN: something asks for judgement.",
        tab="#548235",
    )
    book.widths(page, dict(enumerate(WIDTHS)))
    page.freeze_panes(grid.first_row, 1)
    grid.write(book, page, layout, evaluation)
    page.repeat_rows(grid.first_row - 1)
    page.fit_to_pages(1, 0)
